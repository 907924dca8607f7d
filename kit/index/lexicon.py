"""Distinct strings, numbered as they come: the compiled dictionary of the index."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kit.index.words import Int32, Int64, UInt8
from kit.machine.compiled import Number, compiled, fetch, load

#: Strings that are looked up together.
AT_ONCE = 64

_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_ONE, _TWO = np.uint64(1), np.uint64(2)
_HALF = np.uint64(32)
_ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
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
def number_all(
    text: UInt8, strings: Strings, lexicon: Lexicon, known: Number, numbers: Int32, scratch: npt.NDArray[np.uint64]
) -> Number:
    """Give strings their numbers, new ones in the order they come; return how many strings the lexicon then knows.

    The lexicon has room for all, should all be new; behind the last string the text has 16 more bytes. Strings go
    through in batches: the keys of all (kept in `scratch`, AT_ONCE x 3), for whose slots, and then keys, the memory is
    asked at once, so that it fetches many at a time, and then one after the other.
    """
    places, lengths, kinds = strings
    slots, keys, bounds, data, known_kinds = lexicon
    mask = np.uint64(slots.size - 1)
    for begin in range(0, places.size, AT_ONCE):
        batch = min(places.size - begin, AT_ONCE)
        for step in range(batch):
            first, rest = _key(text, places[begin + step], np.int64(lengths[begin + step]))
            scratch[step, 0] = first
            scratch[step, 1] = rest
            spread = _spread(first, rest)
            scratch[step, 2] = spread
            fetch(slots, spread & mask)
        for step in range(batch):
            number = slots[scratch[step, 2] & mask] & _LOWER_HALF
            fetch(keys, _TWO * max(number, _ONE) - _TWO)
        for step in range(batch):
            row = begin + step
            place, length = places[row], np.int64(lengths[row])
            first, rest, spread = scratch[step, 0], scratch[step, 1], scratch[step, 2]
            number, slot = _find(text, place, length, first, rest, spread, slots, keys, bounds, data)
            if number < 0:
                number = known
                slots[slot] = np.uint64(known + 1) | (spread >> _HALF << _HALF)
                keys[known, 0] = first
                keys[known, 1] = rest
                start = bounds[known]
                for byte in range(length):
                    data[start + byte] = text[place + byte]
                bounds[known + 1] = start + length
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
    first: Number,
    rest: Number,
    spread: Number,
    slots: npt.NDArray[np.uint64],
    keys: npt.NDArray[np.uint64],
    bounds: Int64,
    data: UInt8,
) -> tuple[Number, Number]:
    """Return the number of a string or -1, and the slot where it is or belongs."""
    mask = np.uint64(slots.size - 1)
    slot = spread & mask
    while slots[slot] != 0:
        if slots[slot] >> _HALF == spread >> _HALF:
            number = np.int64(slots[slot] & _LOWER_HALF) - 1
            same = keys[number, 0] == first and keys[number, 1] == rest
            if same and (length <= 16 or _equal(text, place, length, bounds[number], bounds[number + 1], data)):
                return number, slot
        slot = (slot + _ONE) & mask
    return np.int64(-1), slot


@compiled(inline="always")
def _key(text: UInt8, place: Number, length: Number) -> tuple[Number, Number]:
    """Return the key of a string. Up to 16 bytes, equal keys are equal strings, since no string holds NUL."""
    head, tail = min(length, 8), min(max(length - 8, 0), 8)  # no branches: lengths cannot be foreseen
    first = load(text, place) & (_ALL >> np.uint64(64 - 8 * head))
    rest = load(text, place + 8) & (_ALL >> np.uint64(64 - 8 * max(tail, 1))) & (_ALL * np.uint64(tail > 0))
    if length > 16:
        rest = load(text, place + 8)
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
