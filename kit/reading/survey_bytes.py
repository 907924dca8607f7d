"""The bytes of many texts in a row: what each byte is, and which character of which text stands there."""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

UInt8 = npt.NDArray[np.uint8]
Int32 = npt.NDArray[np.int32]
Int64 = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

PADDING = 16  # the compiled look reads so many bytes at once
SPACES = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f "
#: What bytes are: a blank (or the last byte of one), an opening bracket, a full stop and the like, what may begin a
#: paragraph, letters, parts of a word, signs that are not seen.
BLANK, BRACKET, STOP, OPENS, SMALL, CAPITAL, IN_WORD, CONTROL = (1 << bit for bit in range(8))


def _kinds() -> UInt8:
    """Return what each byte is."""
    small, capitals = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    controls = [*range(9), *range(0x0E, 0x1C), 0x7F]
    table = np.zeros(256, np.uint8)
    for kind, codes in (
        (BLANK, [*map(ord, SPACES), *range(0x80, 0x8B), 0x9F, 0xA0, 0xA8, 0xA9, 0xAF]),
        (BRACKET, [ord("(")]),
        (STOP, map(ord, ".;?!")),
        (OPENS, [*map(ord, capitals + "\"'("), 0xC2, 0xE2]),
        (SMALL, map(ord, small)),
        (CAPITAL, map(ord, capitals)),
        (IN_WORD, [*map(ord, small + capitals + "0123456789_"), *range(0x80, 0x100), *controls]),
        (CONTROL, controls),
    ):
        table[list(codes)] |= kind
    return table


def bytes_of(signs: str) -> Bools:
    """Return which bytes are among some signs of ASCII."""
    table = np.zeros(256, bool)
    table[[ord(sign) for sign in signs if sign.isascii()]] = True
    return table


KINDS = _kinds()


def in_a_row(encoded: list[bytes]) -> tuple[UInt8, Int64, Int64]:
    """Return texts in a row, each behind a line break, and some more at the end; where each begins and ends."""
    lengths = np.fromiter(map(len, encoded), np.int64, count=len(encoded))
    begins = 1 + np.cumsum(lengths + 1) - (lengths + 1)
    return np.frombuffer(b"\n" + b"\n".join(encoded) + b"\n" * PADDING, np.uint8), begins, begins + lengths


class Bytes:
    """Some texts in a row, each behind a line break, and some more breaks at the end."""

    def __init__(self, encoded: list[bytes]) -> None:
        self.data, self.begins, _ = in_a_row(encoded)
        self.low = np.flatnonzero(self.data < ord(" "))
        self.bounds = np.append(self.begins, len(self.data))
        high = np.flatnonzero(self.data >= 0x80)
        inside = self.data[high] < 0xC0
        self.inner, self.leads = high[inside], high[~inside]  # bytes that begin no character, and those that begin one
        self.shift = np.searchsorted(self.inner, self.begins)

    @cached_property
    def kinds(self) -> UInt8:
        """What each byte is."""
        return np.frombuffer(self.data.tobytes().translate(KINDS.tobytes()), np.uint8)

    def texts(self, places: Int64) -> Int64:
        """Return the text that each of some bytes is in."""
        return np.searchsorted(self.begins, places, side="right") - 1

    def characters(self, places: Int64, texts: Int64) -> Int64:
        """Return bytes as code points of the texts they are in."""
        found = places - self.begins[texts]
        return found - (np.searchsorted(self.inner, places) - self.shift[texts]) if len(self.inner) else found

    def by_text(self, places: Int64) -> list[list[int]]:
        """Return bytes, in order, as code points of their texts, one list a text."""
        listed = self.characters(places, self.texts(places)).tolist()
        cuts = np.searchsorted(places, self.bounds).tolist()
        return [listed[begin:stop] for begin, stop in pairwise(cuts)]

    def line_counts(self, chosen: Bools, cuts: Int64) -> list[int]:
        """Count the chosen lines of each text."""
        before = np.append(0, np.cumsum(chosen))
        return np.diff(before[cuts]).tolist()  # type: ignore[no-any-return]

    def counts(self, places: Int64) -> list[int]:
        """Count how many of some bytes, in order, each text has."""
        found: list[int] = np.diff(np.searchsorted(places, self.bounds)).tolist()
        return found

    def have(self, places: Int64) -> list[bool]:
        """Tell of each text whether one of some bytes, in order, is in it."""
        return list(map(bool, self.counts(places)))


def places_of(found: Bools) -> Int64:
    """Return the bytes that are found, of all but the first and the last."""
    return np.flatnonzero(found) + 1


def among(numbers: Int64, known: Int64) -> Bools:
    """Tell which numbers are among known ones, which are sorted."""
    if not len(known):
        return np.zeros(len(numbers), bool)
    found: Bools = known[np.minimum(np.searchsorted(known, numbers), len(known) - 1)] == numbers
    return found
