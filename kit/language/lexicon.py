"""Distinct strings, numbered as they come: the compiled dictionary of the index."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kit.language.machine import Number, compiled, load
from kit.language.words import Int32, Int64, UInt8

_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_ONE = np.uint64(1)
_HALF = np.uint64(32)
_LOWER_HALF = np.uint64(0xFFFFFFFF)


class Lexicon(NamedTuple):
    """Strings and a hash table with open addresses.

    Attributes
    ----------
    slots : uint64 array, a power of two, at least half of it empty
        Number + 1, and the upper half of the hash above it; 0 where empty.
    keys : uint64 array, strings x 2
        First eight bytes; the next eight, or a hash of them and all the rest, told from these by a last byte of 0.
    bounds : int64 array
        Where each string begins in `data`, and the end.
    data : uint8 array
        The strings, one behind the other.
    kinds : uint8 array
        Kind of each string, as the caller has it.

    """

    slots: npt.NDArray[np.uint64]
    keys: npt.NDArray[np.uint64]
    bounds: Int64
    data: UInt8
    kinds: UInt8


class Strings(NamedTuple):
    """Some stretches of a text: where they begin (bytes), how long they are, and of what kind."""

    place: Int64
    length: Int32
    kind: UInt8


@compiled()
def number_all(text: UInt8, strings: Strings, lexicon: Lexicon, known: Number, numbers: Int32) -> Number:
    """Give strings their numbers, new ones in the order they come; return how many strings the lexicon then knows.

    The lexicon has room for all, should all be new; behind the last string the text has eight more bytes.
    """
    places, lengths, kinds = strings
    slots, keys, bounds, data, known_kinds = lexicon
    for row in range(places.size):
        place, length = places[row], np.int64(lengths[row])
        number, slot, first, rest = _find(text, place, length, slots, keys, bounds, data)
        if number < 0:
            number = known
            slots[slot] = np.uint64(known + 1) | (_spread(first, rest) >> _HALF << _HALF)
            keys[known, 0] = first
            keys[known, 1] = rest
            begin = bounds[known]
            for step in range(length):
                data[begin + step] = text[place + step]
            bounds[known + 1] = begin + length
            known_kinds[known] = kinds[row]
            known += 1
        numbers[row] = number
    return known


@compiled()
def fill_slots(slots: npt.NDArray[np.uint64], keys: npt.NDArray[np.uint64], known: Number) -> None:
    """Enter the first strings into an empty hash table."""
    mask = np.uint64(slots.size - 1)
    for number in range(known):
        spread = _spread(keys[number, 0], keys[number, 1])
        slot = spread & mask
        while slots[slot] != 0:
            slot = (slot + _ONE) & mask
        slots[slot] = np.uint64(number + 1) | (spread >> _HALF << _HALF)


@compiled(inline="always")
def _find(
    text: UInt8,
    place: Number,
    length: Number,
    slots: npt.NDArray[np.uint64],
    keys: npt.NDArray[np.uint64],
    bounds: Int64,
    data: UInt8,
) -> tuple[Number, Number, Number, Number]:
    """Return the number of a string or -1, the slot where it is or belongs, and its key."""
    first, rest = _key(text, place, length)
    spread = _spread(first, rest)
    mask = np.uint64(slots.size - 1)
    slot = spread & mask
    while slots[slot] != 0:
        if slots[slot] >> _HALF == spread >> _HALF:
            number = np.int64(slots[slot] & _LOWER_HALF) - 1
            same = keys[number, 0] == first and keys[number, 1] == rest
            if same and (length <= 16 or _equal(text, place, length, bounds[number], bounds[number + 1], data)):
                return number, slot, first, rest
        slot = (slot + _ONE) & mask
    return np.int64(-1), slot, first, rest


@compiled(inline="always")
def _key(text: UInt8, place: Number, length: Number) -> tuple[Number, Number]:
    """Return the key of a string. Up to 16 bytes, equal keys are equal strings, since no string holds NUL."""
    first, rest = load(text, place), np.uint64(0)
    if length < 8:
        first &= (_ONE << np.uint64(8 * length)) - _ONE
    elif length > 8:
        rest = load(text, place + 8)
        if length < 16:
            rest &= (_ONE << np.uint64(8 * length - 64)) - _ONE
        elif length > 16:
            for step in range(16, length, 8):
                rest = (rest ^ (rest >> np.uint64(29))) * _SPREAD ^ load(text, place + min(step, length - 8))
            rest = (rest * _SPREAD | _ONE) << np.uint64(8)
    return first, rest


@compiled(inline="always")
def _spread(first: Number, rest: Number) -> Number:
    """Return the hash of a key."""
    mixed = (first ^ (rest * _SPREAD)) * _SPREAD
    return mixed ^ (mixed >> _HALF)


@compiled()
def _equal(text: UInt8, place: Number, length: Number, begin: Number, stop: Number, data: UInt8) -> bool:
    """Tell whether a string is, byte by byte, one that the lexicon keeps."""
    if stop - begin != length:
        return False
    for step in range(length):  # noqa: SIM110 - numba has no generators in expressions
        if data[begin + step] != text[place + step]:
            return False
    return True
