"""Where rules fire: looked up in the postings, and chosen so that hits of one concept do not overlap."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from kit.codebook.rules import Rule, with_enclitics, with_hyphened_enclitics
from kit.index.postings import Postings, postings, rows_of
from kit.index.token_index import Int32, TokenIndex

Integers = npt.NDArray[np.integer[Any]]


def find_hits(index: TokenIndex, rules: Sequence[Rule]) -> tuple[Int32, Int32]:
    """Return every hit of every rule that no block makes void, whether or not hits overlap."""
    stream = postings(index)
    found = [_hits(index, stream, rule) for rule in rules]
    lengths = [len(places) for places in found]
    return (
        np.repeat(np.arange(len(rules), dtype=np.int32), lengths),
        np.concatenate([*found, np.zeros(0, np.int32)]),
    )


def _hits(index: TokenIndex, stream: Postings, rule: Rule) -> Int32:
    """Return the places where a rule fires and no block makes it void, rising."""
    spelled = rule.abbreviation
    places = _spelled(index, stream, spelled) if spelled else _phrase(index, stream, rule.words)
    for block in rule.blocks:
        if len(places):
            places = places[~_inside(places, len(rule.words), _phrase(index, stream, block), len(block))]
    return places


def _phrase(index: TokenIndex, stream: Postings, words: Sequence[str]) -> Int32:
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
