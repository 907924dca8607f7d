"""What the compiled look at bytes finds, text by text, as a survey has it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import numpy as np

from kit.reading import survey_kernel as kernel
from kit.reading.damage import Lost, Places, glued_words, words_before
from kit.reading.survey_bytes import KINDS, Int64, UInt8

_NONE = Lost(0, 0)
_SIX = 6


class Looked(NamedTuple):
    """What may be in one text, as `kit.reading.survey.Survey` has it."""

    damage: Places | None
    hyphens: bool
    hidden: bool
    apart: bool
    inline: bool


def looked(data: UInt8, begins: Int64, stops: Int64) -> Iterator[Looked]:
    """Yield what may be in each text of UTF-8 bytes, behind the last of which stand three bytes more."""
    rows, told, cuts = _look(data, begins, stops)
    kinds, places = rows.kind.tolist(), rows.place.tolist()
    for text, bits in enumerate(told.tolist()):
        yield _looked(bits, kinds[cuts[text] : cuts[text + 1]], places[cuts[text] : cuts[text + 1]])


def flagged(data: UInt8, begins: Int64, stops: Int64) -> Iterator[Looked | Lost]:
    """Yield of each text what it has of lost links, where that is all its damage, or else what may be in it."""
    rows, told, cuts = _look(data, begins, stops)
    asked = (told & kernel.ASKED) > 0
    asked[rows.text[rows.kind != kernel.SURE]] = True
    kinds, places = rows.kind.tolist(), rows.place.tolist()
    for bits, begin, stop, ask in zip(told.tolist(), cuts, cuts[1:], asked.tolist(), strict=False):
        if ask:
            yield _looked(bits, kinds[begin:stop], places[begin:stop])
        else:
            yield Lost(places[begin], stop - begin) if begin < stop else _NONE


def _look(data: UInt8, begins: Int64, stops: Int64) -> tuple[kernel.Rows, UInt8, list[int]]:
    """Return what is found, what each text may have, and where the rows of each text begin and end."""
    room = int((stops - begins).sum()) + 2 * len(begins) + 2
    rows = kernel.Rows(np.empty(room, np.int32), np.empty(room, np.int32), np.empty(room, np.uint8))
    told = np.zeros(len(begins), np.uint8)
    count = kernel.look(data, begins, stops, kernel.CLASSES, KINDS, kernel.IS_SPACE, _words(), rows, told)
    rows = kernel.Rows(rows.text[:count], rows.place[:count], rows.kind[:count])
    return rows, told, np.searchsorted(rows.text, np.arange(len(begins) + 1)).tolist()


def _looked(bits: int, kinds: list[int], places: list[int]) -> Looked:
    """Return what may be in a text."""
    found: tuple[list[int], ...] = ([], [], [], [], [])
    for kind, place in zip(kinds, places, strict=True):
        found[kind].append(place)
    return Looked(
        None if bits & kernel.UNTOLD else _places(bits, *found),
        bool(bits & kernel.HYPHEN),
        bool(bits & kernel.HIDDEN),
        bool(bits & kernel.APART),
        bool(bits & kernel.INLINE),
    )


def _places(
    bits: int, joints: list[int], sure: list[int], marks: list[int], capitals: list[int], tails: list[int]
) -> Places:
    """Return what may be damage."""
    misread, foreign = bool(bits & kernel.MISREAD), bool(bits & (kernel.FOREIGN | kernel.REPLACED))
    return Places(joints, marks, capitals, tails, 0, misread, foreign, sure)


@cache
def _words() -> kernel.Words:
    """Return the words of the rules as the kernel has them."""
    before_link, before_name = words_before()
    behind, whole = glued_words()
    ends = np.zeros(1 << 16, bool)
    ends[[ord(word[-2]) << 8 | ord(word[-1]) for word in (*behind, *whole)]] = True
    listed = sorted(behind)
    return kernel.Words(
        np.array(sorted(map(_short, before_link)), np.int64),
        np.array(sorted(map(_short, before_name)), np.int64),
        ends,
        np.array(sorted(_packed(word[-_SIX:]) for word in whole), np.int64),
        np.array([_packed(word[-_SIX:]) for word in listed], np.int64),
        np.array([(1 << 8 * min(len(word), _SIX)) - 1 for word in listed], np.int64),
        np.array([len(word) for word in listed], np.int64),
    )


def _short(word: str) -> int:
    """Return small letters as one number, five bits a letter."""
    number = 0
    for letter in word:
        number = number << 5 | (ord(letter) & 31)
    return number


def _packed(letters: str) -> int:
    """Return letters of ASCII as one number."""
    return int.from_bytes(letters.encode(), "big")
