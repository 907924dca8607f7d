"""What the compiled look at bytes finds, text by text, as a survey has it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kit.reading import survey_kernel as kernel
from kit.reading.damage import Lost, Places, glued_words, may_be_two, words_before
from kit.reading.survey_bytes import KINDS, Int32, Int64, UInt8

_NONE = Lost(0, 0)
_SIX = 6
_AHEAD = 24  # bytes looked back at for the beginning of a word


class LostLinks(NamedTuple):
    """The lost links of texts that have no other damage.

    Attributes
    ----------
    text : int64 array
        The texts that have some, rising.
    first, places : int32 arrays
        Where the first of each stands (code point), and how many there are.
    shown : int64 array, texts x 2
        From where to where the first is shown with what stands round it, in bytes of the data.

    """

    text: Int64
    first: Int32
    places: Int32
    shown: Int64


class Looked(NamedTuple):
    """What may be in one text, as `kit.reading.survey.Survey` has it."""

    damage: Places | None
    hyphens: bool
    hidden: bool
    apart: bool
    inline: bool


def looked(data: UInt8, begins: Int64, stops: Int64) -> Iterator[Looked]:
    """Yield what may be in each text of UTF-8 bytes, behind the last of which stand PADDING bytes more."""
    rows, told = _look(data, begins, stops)
    cuts, kinds, places = _cuts(rows, len(begins)), rows.kind.tolist(), rows.place.tolist()
    for text, bits in enumerate(told.tolist()):
        yield _looked(bits, kinds[cuts[text] : cuts[text + 1]], places[cuts[text] : cuts[text + 1]])


def lost_links_of(data: UInt8, begins: Int64, stops: Int64) -> tuple[LostLinks, list[tuple[int, Looked]]]:
    """Return the lost links of texts, where they are all their damage, and by text what may be in the others."""
    rows, told, cuts, asked = _asked(data, begins, stops)
    bounds = np.array(cuts)
    lost = np.flatnonzero(~asked & (np.diff(bounds) > 0))
    first, places = bounds[lost], np.diff(bounds)[lost].astype(np.int32)
    shown = np.empty((len(lost), 2), np.int64)
    kernel.show(data, begins[lost], stops[lost], begins[lost] + rows.byte[first], shown)
    left = np.flatnonzero(asked).tolist()
    spans = [slice(*cuts[text : text + 2]) for text in left]
    known = [
        _looked(int(told[text]), rows.kind[of].tolist(), rows.place[of].tolist())
        for text, of in zip(left, spans, strict=True)
    ]
    return LostLinks(lost, rows.place[first], places, shown), list(zip(left, known, strict=True))


def flagged(data: UInt8, begins: Int64, stops: Int64) -> Iterator[Looked | Lost]:
    """Yield of each text what it has of lost links, where that is all its damage, or else what may be in it."""
    rows, told, cuts, asked = _asked(data, begins, stops)
    kinds, places = rows.kind.tolist(), rows.place.tolist()
    for bits, begin, stop, ask in zip(told.tolist(), cuts, cuts[1:], asked.tolist(), strict=False):
        if ask:
            yield _looked(bits, kinds[begin:stop], places[begin:stop])
        else:
            yield Lost(places[begin], stop - begin) if begin < stop else _NONE


def _asked(data: UInt8, begins: Int64, stops: Int64) -> tuple[kernel.Rows, UInt8, list[int], npt.NDArray[np.bool_]]:
    """Return what is found but for words that are one, what each text may have, its rows, and whether to ask of it."""
    rows, told = _look(data, begins, stops)
    tails = np.flatnonzero(rows.kind == kernel.TAIL)
    of = rows.text[tails]
    spans = zip(begins[of].tolist(), (begins[of] + rows.byte[tails]).tolist(), strict=True)
    one = tails[[_is_one(data, *span) for span in spans]] if len(tails) else tails
    if len(one):
        kept = np.delete(np.arange(len(rows.kind)), one)
        rows = kernel.Rows(rows.text[kept], rows.place[kept], rows.byte[kept], rows.kind[kept])
    asked = (told & kernel.ASKED) > 0
    asked[rows.text[rows.kind != kernel.SURE]] = True
    return rows, told, _cuts(rows, len(begins)), asked


def _is_one(data: UInt8, begin: int, end: int) -> bool:
    """Tell whether the small letters before a place are one word for certain: they stand behind a blank."""
    before, _, word = bytes(data[max(begin, end - _AHEAD) : end]).rpartition(b" ")
    return bool(before) and word.isalpha() and word.islower() and not may_be_two(word.decode())


def _look(data: UInt8, begins: Int64, stops: Int64) -> tuple[kernel.Rows, UInt8]:
    """Return what is found, and what each text may have."""
    size = int((stops - begins).sum()) + 2 * len(begins) + 2
    text, place, byte = (np.empty(size, np.int32) for _ in range(3))
    rows = kernel.Rows(text, place, byte, np.empty(size, np.uint8))
    told = np.zeros(len(begins), np.uint8)
    count = kernel.look(data, begins, stops, kernel.CLASSES, KINDS, kernel.IS_SPACE, _words(), rows, told)
    return kernel.Rows(text[:count], place[:count], byte[:count], rows.kind[:count]), told


def _cuts(rows: kernel.Rows, texts: int) -> list[int]:
    """Return where the rows of each text begin, and the end."""
    return np.searchsorted(rows.text, np.arange(texts + 1)).tolist()  # type: ignore[no-any-return]


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
    listed = sorted(behind)
    return kernel.Words(
        np.array(sorted(map(_short, before_link)), np.int64),
        np.array(sorted(map(_short, before_name)), np.int64),
        kernel.ends_of((*behind, *whole)),
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
