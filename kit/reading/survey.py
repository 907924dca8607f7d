"""One look at the bytes of many texts: which places the rules have to look at at all, so that they pass over the rest.

A survey decides nothing. It names what may be damage, a hyphen at the end of a line, a sign that is not seen, a line
of furniture; `kit.reading.damage`, `kit.reading.line_ends` and `kit.reading.news` look there as they look at a text
that nobody surveyed, and find the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, partial
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kit.reading.damage import Places, glued_words
from kit.reading.edges import BEYOND, CLASSES, LONGEST, OTHER, class_of, codes_of, edges_of
from kit.reading.rules import Rules
from kit.reading.text import LINE_BREAKS

UInt8 = npt.NDArray[np.uint8]
Int64 = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

#: Characters of texts from which on a survey costs less than it saves.
ENOUGH = 500_000
_PIECE = 1_000_000  # bytes looked at at once: what a processor keeps near
_DEEPEST = 8  # signs passed over before the first letter of a line

#: Where a line has to be to fall under a rule by its beginning, or its end: nowhere, the last, near the first or last.
NOWHERE, LAST, EDGE, ANYWHERE = range(4)


class Survey(NamedTuple):
    """Where the rules have to look in one text: code points.

    Attributes
    ----------
    damage : Places
        What may be damage.
    hyphens : bool
        Whether a hyphen may stand at the end of a line.
    hidden : bool
        Whether signs that are not seen may be among them.
    lines : dict or None
        Its lines that are not blank, without blank edges, each with where it has to be to fall under a rule: by its
        beginning, times four, plus by its end. None if that cannot be told.

    """

    damage: Places
    hyphens: bool
    hidden: bool
    lines: dict[tuple[int, int], int] | None


def survey(texts: Sequence[str], rules: Rules | None = None) -> Iterator[Survey | None]:
    """Yield where the rules have to look in each text, or None for each if they are few; lines only with `rules`."""
    if sum(map(len, texts)) < ENOUGH:
        yield from [None] * len(texts)
        return
    waiting: list[bytes] = []
    size = 0
    for text in texts:
        waiting.append(text.encode("utf-8", "surrogatepass"))
        size += len(waiting[-1])
        if size >= _PIECE:
            yield from _piece(waiting, rules)
            waiting, size = [], 0
    if waiting:
        yield from _piece(waiting, rules)


_PADDING = 8
_SIX = 6  # letters at the end of a word that are looked at
_SPACES = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f "
#: What bytes are: a blank (or the last byte of one), an opening bracket, a full stop and the like, what may begin a
#: paragraph, letters, parts of a word, signs that are not seen.
_BLANK, _BRACKET, _STOP, _OPENS, _SMALL, _CAPITAL, _IN_WORD, _CONTROL = (1 << bit for bit in range(8))


def _kinds() -> UInt8:
    """Return what each byte is."""
    small, capitals = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    controls = [*range(9), *range(0x0E, 0x1C), 0x7F]
    table = np.zeros(256, np.uint8)
    for kind, codes in (
        (_BLANK, [*map(ord, _SPACES), *range(0x80, 0x8B), 0x9F, 0xA0, 0xA8, 0xA9, 0xAF]),
        (_BRACKET, [ord("(")]),
        (_STOP, map(ord, ".;?!")),
        (_OPENS, [*map(ord, capitals + "\"'("), 0xC2, 0xE2]),
        (_SMALL, map(ord, small)),
        (_CAPITAL, map(ord, capitals)),
        (_IN_WORD, [*map(ord, small + capitals + "0123456789_"), *range(0x80, 0x100), *controls]),
        (_CONTROL, controls),
    ):
        table[list(codes)] |= kind
    return table


def _of(signs: str) -> Bools:
    """Return which bytes are among some signs of ASCII."""
    table = np.zeros(256, bool)
    table[[ord(sign) for sign in signs if sign.isascii()]] = True
    return table


_KINDS, _CLASS = _kinds(), class_of()
_IS_BREAK, _IS_SPACE = _of(LINE_BREAKS), _of(_SPACES)
_IS_SEEN_SIGN = _CLASS == OTHER


class _Bytes:
    """Some texts in a row, each behind a line break, and some more breaks at the end."""

    def __init__(self, encoded: list[bytes]) -> None:
        lengths = np.fromiter(map(len, encoded), np.int64, count=len(encoded))
        self.data = np.frombuffer(b"\n" + b"\n".join(encoded) + b"\n" * _PADDING, np.uint8)
        self.begins = 1 + np.cumsum(lengths + 1) - (lengths + 1)
        self.bounds = np.append(self.begins, len(self.data))
        high = np.flatnonzero(self.data >= 0x80)
        inside = self.data[high] < 0xC0
        self.inner, self.leads = high[inside], high[~inside]  # bytes that begin no character, and those that begin one
        self.shift = np.searchsorted(self.inner, self.begins)

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

    def have(self, places: Int64) -> list[bool]:
        """Tell of each text whether one of some bytes, in order, is in it."""
        found: list[bool] = (np.diff(np.searchsorted(places, self.bounds)) > 0).tolist()
        return found


def _piece(encoded: list[bytes], rules: Rules | None) -> Iterator[Survey]:
    """Survey some texts."""
    of = _Bytes(encoded)
    data, kinds = of.data, _KINDS[of.data]
    before, at, behind = kinds[:-2], kinds[1:-1], kinds[2:]  # of each byte but the first and the last
    comma = data[1:-1] == ord(",")
    small_around = (before & behind & _SMALL) > 0
    word_ends = ((before & at & _SMALL) > 0) & ((behind & (_SMALL | _CAPITAL)) == 0)
    columns = (
        of.by_text(_places(comma & ((behind & _OPENS) > 0) & ((before & (_SMALL | _CAPITAL)) == 0))),
        of.by_text(
            _places((comma & ((before & (_BLANK | _BRACKET)) > 0)) | (((at & _STOP) > 0) & ((before & _BLANK) > 0)))
        ),
        of.by_text(_places(((at & _CAPITAL) > 0) & small_around)),
        of.by_text(_glued(data, kinds, _places(word_ends) + 1)),
        np.add.reduceat((kinds & _STOP) > 0, of.begins, dtype=np.int64).tolist(),
    )
    lead, second, third = data[of.leads], data[of.leads + 1], data[of.leads + 2]
    general = (lead == 0xE2) & (second == 0x80)
    hyphen = ((lead == 0xC2) & ((second == 0xAC) | (second == 0xAD))) | (general & ((third == 0x90) | (third == 0x91)))
    unseen = (lead == 0xC2) & (second == 0xAD) | (lead == 0xCD) | (lead == 0xD8) | (lead == 0xE1) | (lead == 0xEF)
    unseen |= (lead == 0xF3) | ((lead == 0xE2) & (second == 0x81)) | (general & ((third < 0x90) | (third >= 0xA8)))
    dashes = _places((data[1:-1] == ord("-")) & ((before & _IN_WORD) > 0) & _GOES_ON[data[2:]])
    behind_it = data[of.leads + np.where(lead >= 0xF0, 4, np.where(lead >= 0xE0, 3, 2))]
    alone = ((lead == 0xC2) & (second < 0xA0)) | ((lead == 0xC3) & (second == 0x82))
    misread = of.have(of.leads[alone | (behind_it >= 0x80)])
    foreign = of.have(of.leads[(lead >= 0xCE) & (lead <= 0xD4)])
    hyphens = of.have(np.union1d(dashes, of.leads[hyphen]))
    controls = _places(((at & _CONTROL) > 0) & (data[1:-1] < 0x80))
    hidden = of.have(np.union1d(controls, of.leads[unseen]))
    lines = _lines(of, general & ((third == 0xA8) | (third == 0xA9)), rules) if rules else [None] * len(encoded)
    yield from map(Survey, map(Places, *columns, misread, foreign), hyphens, hidden, lines)


_GOES_ON = (_KINDS & (_BLANK | _CONTROL) > 0) | (np.arange(256) >= 0x80)  # what may follow a hyphen at a line's end


def _places(found: Bools) -> Int64:
    """Return the bytes that are found, of all but the first and the last."""
    return np.flatnonzero(found) + 1


def _glued(data: UInt8, kinds: UInt8, ends: Int64) -> Int64:
    """Return the ends of words that may be two."""
    behind, whole = glued_words()
    pairs = np.zeros(1 << 16, bool)
    pairs[[ord(end[-2]) << 8 | ord(end[-1]) for end in (*behind, *whole)]] = True
    ends = ends[pairs[data[ends - 2].astype(np.uint16) << 8 | data[ends - 1]] & (ends > _SIX)]
    last: Int64 = np.zeros(len(ends), np.int64)
    for before in range(_SIX, 0, -1):
        last = last << 8 | data[ends - before]
    found = _among(last, np.array(sorted(_packed(word[-_SIX:]) for word in whole)))
    for word in behind:
        length = min(len(word), _SIX)
        rows = np.flatnonzero((last & ((1 << 8 * length) - 1)) == _packed(word[-_SIX:]))
        for before in range(1, 5):  # the other word has so many letters at least
            place = np.maximum(ends[rows] - len(word) - before, 0)
            rows = rows[((kinds[place] & _SMALL) > 0) | (data[place] >= 0x80)]
        found[rows] = True
    return ends[found]


def _among(numbers: Int64, known: Int64) -> Bools:
    """Tell which numbers are among known ones, which are sorted."""
    if not len(known):
        return np.zeros(len(numbers), bool)
    found: Bools = known[np.minimum(np.searchsorted(known, numbers), len(known) - 1)] == numbers
    return found


def _packed(letters: str) -> int:
    """Return letters of ASCII as one number."""
    return int.from_bytes(letters.encode(), "big")


def _lines(of: _Bytes, broken: Bools, rules: Rules) -> list[dict[tuple[int, int], int] | None]:
    """Return the lines of each text, and where they may be furniture."""
    data = of.data
    breaks = np.flatnonzero(_IS_BREAK[data])
    begins, stops = breaks[:-1] + 1, breaks[1:].copy()
    for edge, step in ((begins, 1), (stops, -1)):
        rows = np.flatnonzero(begins < stops)
        while len(rows := rows[(begins[rows] < stops[rows]) & _IS_SPACE[data[edge[rows] - (step < 0)]]]):
            edge[rows] += step
    shown = begins < stops
    begins, stops = begins[shown], stops[shown]
    texts = of.texts(begins)
    codes = _where(data, begins, stops, rules)
    # blanks beyond ASCII at an edge, and line breaks, are left to the rules
    lead, last = data[begins], data[stops - 1]
    odd = (lead >= 0x80) & ~((lead == 0xE2) & (data[begins + 1] == 0x80) & (data[begins + 2] - 0x90 < 0x18))
    odd |= (last >= 0x80) & (_KINDS[last] & _BLANK > 0)
    strange = np.zeros(len(of.begins), bool)
    strange[texts[odd]] = True
    next_line = (data[of.leads] == 0xC2) & (data[of.leads + 1] == 0x85)
    strange[of.texts(of.leads[broken | next_line])] = True
    spans = list(zip(of.characters(begins, texts).tolist(), of.characters(stops, texts).tolist(), strict=True))
    cuts = np.searchsorted(texts, np.arange(len(of.begins) + 1)).tolist()
    listed = codes.tolist()
    return [
        None if odd_one else dict(zip(spans[begin:stop], listed[begin:stop], strict=True))
        for begin, stop, odd_one in zip(cuts, cuts[1:], strange.tolist(), strict=False)
    ]


def _where(data: UInt8, begins: Int64, stops: Int64, rules: Rules) -> Int64:
    """Return where each line has to be to fall under a rule by its beginning, times four, plus by its end."""
    first, told = _first(data, begins, stops)
    ahead = [first + step for step in range(LONGEST)]
    classes = [
        np.where(place < stops, _CLASS[np.take(data, place, mode="clip")], OTHER).astype(np.int64) for place in ahead
    ]
    key = (classes[0] * CLASSES + classes[1]) * CLASSES + classes[2]
    beyond = np.logical_or.reduce([one == BEYOND for one in classes])
    numbers: list[Int64] = list(accumulate(classes, _with))
    heads, tails = np.zeros(len(begins), np.int64), np.zeros(len(begins), np.int64)
    has = cache(partial(_has, data, begins, stops))
    run = cache(partial(_run, data, first))
    for where, places in _PLACES.items():
        edges = edges_of(rules, places)
        may = edges.head[key]
        rows = np.flatnonzero(may & ~beyond)
        may[rows] = False
        for number, known in zip(numbers, edges.longer.values(), strict=True):
            may[rows[_among(number[rows], known)]] = True
        heads[~told | may | has(edges.rare) | run(edges.run) | edges.any] = where
        for signs, table in edges.tails.items():
            may = table[data[stops - 2], data[stops - 1]]
            tails[may & has(signs) if signs and may.any() else may] = where
    return heads * 4 + tails


def _with(number: Int64, one: Int64) -> Int64:
    """Put one more class behind others."""
    return number << 6 | one


_PLACES = {
    LAST: frozenset(("anywhere", "start", "end", "last")),
    EDGE: frozenset(("anywhere", "start", "end")),
    ANYWHERE: frozenset(("anywhere",)),
}


def _first(data: UInt8, begins: Int64, stops: Int64) -> tuple[Int64, Bools]:
    """Return the first letter or figure of each line, or sign that tells nothing, and whether there is one."""
    first, rows = begins.copy(), np.arange(len(begins))
    for _ in range(_DEEPEST):
        place = first[rows]
        at, second = data[place], data[place + 1]
        step = _IS_SEEN_SIGN[at] * 1 + ((at == 0xE2) & (second == 0x80)) * 3
        step += ((at == 0xC2) & ((second == 0xA0) | (second == 0xAB) | (second == 0xBB))) * 2
        first[rows] += step
        rows = rows[(step > 0) & (first[rows] < stops[rows])]
        if not len(rows):
            break
    told = first < stops
    told[rows] = False
    return np.minimum(first, stops), told


def _has(data: UInt8, begins: Int64, stops: Int64, signs: frozenset[str]) -> Bools:
    """Tell which lines have one of some signs."""
    codes = codes_of(signs)
    if not codes:
        return np.zeros(len(begins), bool)
    found = data >= 0x80 if len(codes) >= 128 else np.zeros(len(data), bool)
    for code in codes:
        if code < 0x80:
            found |= data == code
    places = np.flatnonzero(found)
    return np.searchsorted(places, begins) < np.searchsorted(places, stops)


def _run(data: UInt8, first: Int64, signs: frozenset[str]) -> Bools:
    """Tell in which lines the first letters, figures and hyphens in a row are followed by one of some signs."""
    if not signs:
        return np.zeros(len(first), bool)
    ends = np.flatnonzero(_ENDS_RUN[data])
    return _of("".join(signs))[data[ends[np.searchsorted(ends, first)]]]


_ENDS_RUN = (_CLASS == OTHER) & ~_of("-")
