"""The lines of many texts, found in their bytes: which of them may be furniture where they stand.

Like all of a survey they decide nothing: `kit.reading.news` asks the rules where these lines say that one may hold.
"""

from __future__ import annotations

from functools import cache, partial
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from kit.reading.dateline import dateline_signs
from kit.reading.edges import BEYOND, CLASSES, LONGEST, OTHER, class_of
from kit.reading.kept_edges import known_edges
from kit.reading.rules import Rules
from kit.reading.signs import codes_of
from kit.reading.survey_bytes import BLANK, KINDS, SPACES, Bools, Bytes, Int64, UInt8, among, bytes_of
from kit.reading.text import LINE_BREAKS

Int32 = npt.NDArray[np.int32]
Span = tuple[int, int]

_DEEPEST = 8  # signs passed over before the first letter of a line
_CLASS = class_of()
_IS_BREAK, _IS_SPACE = bytes_of(LINE_BREAKS), bytes_of(SPACES)
_IS_SEEN_SIGN = _CLASS == OTHER
#: What a line may begin with that holds what is left of a dateline, and end with that a bracket closes.
_LEFT, _MAY_CLOSE = bytes_of(",| -") | (np.arange(256) >= 0x80), bytes_of(")],") | (np.arange(256) == 0xA0)


class Lines(NamedTuple):
    """The lines of a text that are not blank, without blank edges, and what may be taken from them.

    Attributes
    ----------
    rows : int32 array, lines x 3
        Where each begins and ends, and where it begins if all are joined by one sign.
    rules : int64 array
        The rules each may fall under, wherever it stands, as `Rules.among` takes them.
    may_fall : list of (begin, stop, rules)
        Those that may fall under rules for the place where they stand.
    may_credit : list of (begin, stop)
        Those near the end that a bracket may close.
    may_open : bool
        Whether the first may begin with a dateline.
    joined : bool
        Whether nothing but one line break stands between them, and nothing around them.

    """

    rows: Int32
    rules: Int64
    may_fall: list[tuple[int, int, int]]
    may_credit: list[Span]
    may_open: bool
    joined: bool

    def known(self) -> dict[Span, int]:
        """Return the rules of each line by its place."""
        return dict(zip(map(tuple, self.rows[:, :2].tolist()), self.rules.tolist(), strict=True))


def lines_of(of: Bytes, broken: Bools, rules: Rules) -> list[Lines | None]:
    """Return the lines of each text, and what may be furniture among them."""
    data = of.data
    breaks = of.low[_IS_BREAK[data[of.low]]]
    begins, stops = breaks[:-1] + 1, breaks[1:].copy()
    for edge, step in ((begins, 1), (stops, -1)):
        rows = np.flatnonzero(begins < stops)
        while len(rows := rows[(begins[rows] < stops[rows]) & _IS_SPACE[data[edge[rows] - (step < 0)]]]):
            edge[rows] += step
    shown = begins < stops
    begins, stops = begins[shown], stops[shown]
    texts = of.texts(begins)
    cuts = np.searchsorted(texts, np.arange(len(of.begins) + 1))
    heads, below = np.zeros(len(begins), bool), cuts[texts + 1] - 1 - np.arange(len(begins))
    heads[cuts[:-1][cuts[:-1] < cuts[1:]]] = True
    # blanks beyond ASCII at an edge, and line breaks, are left to the rules
    lead, last = data[begins], data[stops - 1]
    odd = (lead >= 0x80) & ~((lead == 0xE2) & (data[begins + 1] == 0x80) & (data[begins + 2] - 0x90 < 0x18))
    odd |= (last >= 0x80) & (KINDS[last] & BLANK > 0)
    strange = np.diff(cuts) == 0
    strange[texts[odd]] = True
    next_line = (data[of.leads] == 0xC2) & (data[of.leads + 1] == 0x85)
    strange[of.texts(of.leads[broken | next_line])] = True
    first, stop = of.characters(begins, texts), of.characters(stops, texts)
    reached = np.cumsum(stop - first + 1) - (stop - first + 1)
    spans: Int32 = np.stack([first, stop, reached - reached[cuts[texts]]], axis=1).astype(np.int32)
    follows = np.where(heads, begins == of.begins[texts], begins == np.roll(stops, 1) + 1)
    follows &= (data[begins - 1] == ord("\n")) & ((below > 0) | (stops + 1 == of.bounds[texts + 1]))
    loose = of.line_counts(~follows, cuts)
    found = _rules(data, begins, stops, rules)
    here = found & (
        rules.at("anywhere")
        | heads * rules.at("start")
        | (below <= rules.below) * rules.at("end")
        | (below == 0) * rules.at("last")
    )
    falls = np.flatnonzero(here)
    closed = _MAY_CLOSE[last] | ((last == ord(".")) & _MAY_CLOSE[data[stops - 2]])
    near = np.flatnonzero((below <= rules.below) & closed)
    opens = _may_open(data, begins, stops, heads, rules)
    made = zip(
        cuts.tolist(),
        _lists(falls, cuts, first, stop, here),
        _lists(near, cuts, first, stop),
        strict=False,
    )
    ends = cuts[1:].tolist()
    return [
        None if odd_one else Lines(spans[begin:end], found[begin:end], fall, credit, opens[begin], not free)
        for (begin, fall, credit), end, odd_one, free in zip(made, ends, strange.tolist(), loose, strict=True)
    ]


def _lists(places: Int64, cuts: Int64, *columns: Int64) -> list[list[Any]]:
    """Return the cells of some rows, one list of tuples for each stretch of rows between cuts."""
    cells = list(zip(*(column[places].tolist() for column in columns), strict=True))
    return [cells[begin:stop] for begin, stop in pairwise(np.searchsorted(places, cuts).tolist())]


def _may_open(data: UInt8, begins: Int64, stops: Int64, heads: Bools, rules: Rules) -> list[bool]:
    """Tell which first lines may begin with a dateline or what is left of one: short ones, and those with its signs."""
    signs = np.zeros(256, bool)
    signs[128:] = True
    signs[[ord(sign) for sign in dateline_signs(rules) if sign.isascii()]] = True
    longest = rules.dateline["longest"]
    found = np.zeros(len(begins), bool)
    rows = np.flatnonzero(heads)
    ahead = np.minimum(begins[rows, None] + np.arange(longest), len(data) - 1)
    found[rows] = (stops[rows] - begins[rows] <= longest) | _LEFT[data[begins[rows]]] | signs[data[ahead]].any(axis=1)
    return found.tolist()


def _rules(data: UInt8, begins: Int64, stops: Int64, rules: Rules) -> Int64:
    """Return the rules that each line may fall under, wherever it stands."""
    edges = known_edges(rules)
    first, told = _first(data, begins, stops)
    ahead = [first + step for step in range(LONGEST)]
    classes = [
        np.where(place < stops, _CLASS[np.take(data, place, mode="clip")], OTHER).astype(np.int64) for place in ahead
    ]
    key = (classes[0] * CLASSES + classes[1]) * CLASSES + classes[2]
    beyond = np.logical_or.reduce([one == BEYOND for one in classes])
    begun = edges.head[key]
    found = np.where(told, np.where(beyond, begun, 0), edges.heads) | edges.any
    rows = np.flatnonzero(begun)
    for number, (known, bits) in zip(accumulate(classes, _with), edges.longer.values(), strict=True):
        chosen = rows[among(number[rows], known)]
        found[chosen] |= bits[np.searchsorted(known, number[chosen])]
    has = cache(partial(_has, data, begins, stops))
    for signs, bits_of in edges.rare.items():
        found |= has(signs) * np.int64(bits_of)
    behind, endless = _behind_run(data, first)
    for signs, bits_of in edges.run.items():
        found |= (bytes_of("".join(signs))[behind] | endless) * np.int64(bits_of)
    for signs, table in edges.tails.items():
        may = table[data[stops - 2], data[stops - 1]]
        found |= may * has(signs) if signs else may
    return found


def _with(number: Int64, one: Int64) -> Int64:
    """Put one more class behind others."""
    return number << 6 | one


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


def _behind_run(data: UInt8, first: Int64) -> tuple[UInt8, Bools]:
    """Return what follows the first letters, figures and hyphens in a row of each line, and whether they are many."""
    ends, rows = first.copy(), np.arange(len(first))
    for _ in range(_LONG_RUN):
        rows = rows[_IN_RUN[data[ends[rows]]]]
        ends[rows] += 1
        if not len(rows):
            break
    endless = np.zeros(len(first), bool)
    endless[rows] = True
    return data[ends], endless


_IN_RUN = (_CLASS != OTHER) | bytes_of("-")
_LONG_RUN = 40
