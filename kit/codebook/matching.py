"""Where rules fire: looked up in the postings, and chosen so that hits of one concept do not overlap."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from kit.codebook.notation import with_enclitics, with_hyphened_enclitics
from kit.codebook.rules import Rule
from kit.index.postings import Postings, postings, rows_of
from kit.index.token_index import Int32, TokenIndex

Integers = npt.NDArray[np.integer[Any]]


class Hits(NamedTuple):
    """Where rules fire, one row per hit, by rule.

    Attributes
    ----------
    rule : int32 array
        Number of the rule.
    first, last : int32 arrays
        Places of its first and last word in the word stream.
    block : int32 array
        Number of the block of the rule that makes the hit void; -1: none.

    """

    rule: Int32
    first: Int32
    last: Int32
    block: Int32

    def some(self, rows: npt.NDArray[np.bool_]) -> Hits:
        """Return some of the hits."""
        return Hits(*(column[rows] for column in self))


def find_hits(index: TokenIndex, rules: Sequence[Rule], *, blocked: bool = False) -> Hits:
    """Return every hit of every rule, whether or not hits overlap; those that a block makes void if asked for."""
    stream = postings(index)
    found = [_hits(index, stream, rule, blocked=blocked) for rule in rules]
    lengths = np.array([len(places) for places, _ in found], np.int64)
    first = np.concatenate([*(places for places, _ in found), np.zeros(0, np.int32)])
    width = np.array([len(rule.words) for rule in rules], np.int32)
    return Hits(
        rule=np.repeat(np.arange(len(rules), dtype=np.int32), lengths),
        first=first,
        last=first + np.repeat(width, lengths) - np.int32(1),
        block=np.concatenate([*(block for _, block in found), np.zeros(0, np.int32)]),
    )


def _hits(index: TokenIndex, stream: Postings, rule: Rule, *, blocked: bool) -> tuple[Int32, Int32]:
    """Return the places where a rule fires, rising, and the number of the block that makes each void."""
    spelled = rule.abbreviation
    places = _spelled(index, stream, spelled) if spelled else phrase_places(index, stream, rule.words)
    block = np.full(len(places), -1, np.int32)
    for number, words in enumerate(rule.blocks):
        if (block < 0).any():
            inside = _inside(places, len(rule.words), phrase_places(index, stream, words), len(words))
            block[inside & (block < 0)] = number
    return (places, block) if blocked else (places[block < 0], block[block < 0])


def phrase_places(index: TokenIndex, stream: Postings, words: Sequence[str]) -> Int32:
    """Return where words stand in a row, the last with or without an enclitic."""
    spellings = [*([word] for word in words[:-1]), with_enclitics(words[-1])]
    rows = [rows_of(index.forms, spelling) for spelling in spellings]
    return stream.phrase(rows) if all(rows) else np.zeros(0, np.int32)


def _spelled(index: TokenIndex, stream: Postings, abbreviation: str) -> Int32:
    """Return where an abbreviation stands in its own case."""
    surfaces = rows_of(index.surfaces, with_hyphened_enclitics(abbreviation))
    places = stream.of(sorted({int(index.surface_type[row]) for row in surfaces}))
    here = index.surface[stream.token[places]]
    fits = np.zeros(len(here), bool)
    for row in surfaces:  # they are few
        fits |= here == row
    return np.sort(places[fits])


def _inside(places: Int32, width: int, blocks: Int32, block_width: int) -> npt.NDArray[np.bool_]:
    """Tell which hits lie wholly inside a block phrase; `blocks` are its places, rising."""
    if not len(blocks):
        return np.zeros(len(places), bool)
    nearest = np.searchsorted(blocks, places, side="right") - 1
    end = blocks[np.maximum(nearest, 0)] + block_width
    return (nearest >= 0) & (places + width <= end)


def leftmost_longest(group: Integers, first: Integers, last: Integers, rank: Integers) -> npt.NDArray[np.intp]:
    """Choose hits that do not overlap within a group: always the leftmost, of these the longest."""
    order = np.lexsort((-rank, -last, first, group))
    width = int(last.max()) + 2 if len(last) else 1
    begin = group[order].astype(np.int64) * width + first[order]
    stop = begin + (last - first)[order] + 1
    # A hit that no other one reaches or touches is chosen at once; the loop is for the few that overlap.
    reached = np.maximum.accumulate(stop)
    apart = np.ones(len(order) + 1, bool)
    apart[1:-1] = begin[1:] >= reached[:-1]
    kept = apart[:-1] & apart[1:]
    rest = np.flatnonzero(~kept)
    following = np.searchsorted(begin[rest], stop[rest]).tolist()
    chosen = []
    row = 0
    while row < len(following):
        chosen.append(row)
        row = following[row]
    kept[rest[chosen]] = True
    return order[kept]
