"""What stands near a hit: whether the conditions of its pattern are met."""

from __future__ import annotations

from functools import cache, cached_property, partial

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.codebook.matching import Hits, Matcher, Source
from kit.codebook.prepared import Ready, Use
from kit.index.order import leftmost_longest
from kit.index.postings import postings
from kit.index.token_index import Int32, Int64, ranges

Flags = npt.NDArray[np.bool_]
Span = tuple[Int32, Int32]
_BLOCKS = 15  # bits of the number of blocks that the word stream is cut into, to pass over what is far from all hits
_NONE = np.iinfo(np.int32).max  # no condition
_SAME = {"words": "sentence", "per": "document"}  # the stretches that other scopes are in


class Surroundings:
    """The texts of a source as conditions see them.

    Parameters
    ----------
    source : Source
    matcher : Matcher
        Of this source.
    hits : Hits
        What the rules hit, by rule, less what blocks and other senses make void. Those of rules that require something
        near them are passed over: only what stands by itself meets a condition of another.
    concepts : Series of str, one per rule
        The concept of each rule.
    ready : Ready
        The rules.

    """

    def __init__(
        self,
        source: Source,
        matcher: Matcher,
        hits: Hits,
        concepts: pd.Series,
        ready: Ready,
    ) -> None:
        self._source = source
        self._stream = postings(source.index)
        self._matcher = matcher
        self._hits = hits
        self._concept, names = pd.factorize(concepts)
        self._numbers = {name: number for number, name in enumerate(names)}
        self._ready = ready
        self._found: dict[tuple[str, ...], Span] = {}
        self._separate: dict[object, Span] = {}

    def fails(self, hits: Hits) -> Int32:
        """Return the number of the condition that makes each hit void, of those of its rule; -1: none."""
        bounds = np.searchsorted(hits.rule, np.arange(len(self._ready.rules) + 1))
        begin, stop = bounds[:-1], bounds[1:]
        failed = np.full(len(hits.rule), _NONE, np.int32)
        stretches = cache(partial(self._stretches, hits.first))
        for use in self._ready.uses:  # all hits of all rules under a condition at once
            under = np.flatnonzero(stop[use.rule] > begin[use.rule])
            if not len(under):
                continue
            rule = use.rule[under]
            rows, times = ranges(begin[rule], stop[rule]), (stop - begin)[rule]
            first, last = hits.first[rows], hits.last[rows]
            low, high = (edge[rows] for edge in stretches(_SAME.get(use.condition.scope, use.condition.scope)))
            if use.condition.scope == "words":
                reach = use.condition.reach
                low, high = np.maximum(low, first - reach), np.minimum(high, last + reach)
            wrong = self._meets(use, first, last, low, high) != np.repeat(use.required[under], times)
            np.minimum.at(failed, rows[wrong], np.repeat(use.place[under].astype(np.int32), times)[wrong])
        failed[failed == _NONE] = -1
        return failed

    def _meets(self, use: Use, first: Int32, last: Int32, low: Int32, high: Int32) -> Flags:
        """Tell around which hits a condition is met, between the lowest and the highest place that it looks at."""
        condition = use.condition
        if condition.times > 1 or condition.scope == "per":
            begin, end = self._places_apart(use)
            there = _how_many(begin, end, low, first - 1) + _how_many(begin, end, last + 1, high)
            asked = (high - low + 1) // condition.reach if condition.scope == "per" else condition.times
            enough: Flags = there >= asked
            return enough
        begin, end = self._places(use)
        near = self._near(begin, low, high)  # mostly few
        begin, end = _by_place(begin[near], end[near])
        return _between(begin, end, low, first - 1) | _between(begin, end, last + 1, high)

    def _places(self, use: Use) -> Span:
        """Return where any entry of a condition stands."""
        begin, end, bounds = self._sought
        phrases = zip(bounds[use.phrases].tolist(), bounds[use.phrases + 1].tolist(), strict=True)
        found = [slice(*phrase) for phrase in phrases]
        named = [self._named(concepts) for concepts in use.condition.concepts]
        nil = np.zeros(0, np.int32)
        return (
            np.concatenate([nil, *(begin[rows] for rows in found), *(first for first, _ in named)]),
            np.concatenate([nil, *(end[rows] for rows in found), *(last for _, last in named)]),
        )

    def _near(self, places: Int32, low: Int32, high: Int32) -> Int64:
        """Return which places are in a block of the word stream that some hits' stretches, from low to high, touch."""
        shift = max(len(self._stream.token).bit_length() - _BLOCKS, 0)
        blocks = (len(self._stream.token) >> shift) + 2
        opened = np.bincount(low >> shift, minlength=blocks) - np.bincount((high >> shift) + 1, minlength=blocks)
        return np.flatnonzero((np.cumsum(opened) > 0)[places >> shift])

    def _places_apart(self, use: Use) -> Span:
        """Return where the entries of a condition stand, of those that share words as many as fit."""
        asked = use.condition.asked
        if asked not in self._separate:
            self._separate[asked] = _apart(*self._places(use))
        return self._separate[asked]

    def _stretches(self, places: Int32, scope: str) -> Span:
        """Return the first and last place of the stretch of a scope that each place is in."""
        bounds = self._cut(scope)
        stretch = np.searchsorted(bounds, places, side="right") - 1
        return bounds[stretch], bounds[stretch + 1] - np.int32(1)

    def _cut(self, scope: str) -> Int32:
        """Cut the word stream into the stretches of a scope."""
        index, stream, paragraphs = self._source.index, self._stream, self._source.paragraphs
        if scope == "phrase":
            return np.concatenate([[0], np.flatnonzero(~stream.joined) + 1]).astype(np.int32)
        tokens = index.document_tokens if scope == "document" else index.sentence_tokens
        if scope == "paragraph":
            document = np.searchsorted(index.document_tokens, tokens[:-1], side="right")
            number = np.zeros(len(document), np.int32) if paragraphs is None else paragraphs()
            opens = np.ones(len(tokens), bool)
            opens[1:-1] = (np.diff(document) != 0) | (np.diff(number) != 0)
            tokens = tokens[opens]
        return np.searchsorted(stream.token, tokens).astype(np.int32)

    def _named(self, concepts: tuple[str, ...]) -> Span:
        """Return the hits of some concepts that require nothing."""
        if concepts not in self._found:
            asked = np.isin(np.arange(len(self._numbers)), [self._numbers.get(name, -1) for name in concepts])
            rows = np.flatnonzero((asked[self._concept] & self._ready.standing)[self._hits.rule])
            self._found[concepts] = self._hits.first[rows], self._hits.last[rows]
        return self._found[concepts]

    @cached_property
    def _sought(self) -> tuple[Int32, Int32, Int64]:
        """Where the phrases of all conditions stand, by phrase, and where each phrase begins among them."""
        phrases, numbers = self._ready.sought
        which, begin, end = self._matcher.all_places(phrases)
        return begin, end, np.searchsorted(which, np.arange(len(numbers) + 1))


def _by_place(first: Int32, last: Int32) -> Span:
    """Sort stretches by their beginning; the end of each is the nearest end of those that begin there or later."""
    order = np.argsort(first, kind="stable")
    return first[order], np.minimum.accumulate(last[order][::-1])[::-1]


def _between(begin: Int32, end: Int32, low: Int32, high: Int32) -> Flags:
    """Tell in which stretches, from low to high, a whole one of those found lies."""
    if not len(begin):
        return np.zeros(len(low), bool)
    row = np.searchsorted(begin, low)
    there: Flags = end[np.minimum(row, len(end) - 1)] <= high
    return there & (row < len(begin))


def _apart(first: Int32, last: Int32) -> Span:
    """Choose stretches that share no word, as many as there can be: always the first to end."""
    order = np.lexsort((-last, first))
    first, last = first[order], last[order]
    least = np.minimum.accumulate(last[::-1])[::-1]
    inmost = (last == least) & np.append(least[1:] != least[:-1], True)  # holds no other one
    first, last = first[inmost], last[inmost]
    rank = np.zeros(len(first), np.int64)
    kept = leftmost_longest(rank, first, last, rank)
    return first[kept], last[kept]


def _how_many(begin: Int32, end: Int32, low: Int32, high: Int32) -> Int64:
    """Count the stretches, of some that share no word and are sorted, that lie from low to high."""
    count: Int64 = np.searchsorted(end, high, side="right") - np.searchsorted(begin, low)
    return np.maximum(count, 0)
