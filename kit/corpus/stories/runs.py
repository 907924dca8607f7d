"""Texts as sets of runs of five words, and of figures: hashes of the words as spelled, the same in every corpus."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from kit.index.token_index import TokenIndex, ranges
from kit.index.words import Int32, Int64
from kit.language.tokens import COUNTED

UInt64: TypeAlias = npt.NDArray[np.uint64]
Rows: TypeAlias = npt.NDArray[np.integer]

#: Words of a run.
WORDS = 5
#: Bits of a hash; what is left of 64 counts documents where sets are made.
BITS = 48

_DOCUMENTS = 64 - BITS  # so many bits of documents, and about so many tokens, are looked at at once
_TOKENS = 1 << 21
_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # odd, so that no bit is lost; from the golden ratio (Knuth 1998, 6.4)
_MIXERS = ((33, 0xFF51AFD7ED558CCD), (33, 0xC4CEB9FE1A85EC53), (33, 1))  # the finalizer of MurmurHash3


class Sets(NamedTuple):
    """Sets of hashes, one per text: `hashes` (uint64, 48 bits), rising in each set, and where each begins (int64)."""

    hashes: UInt64
    bounds: Int64

    def of(self, row: int) -> UInt64:
        """Return one of the sets."""
        return self.hashes[self.bounds[row] : self.bounds[row + 1]]


def joined(parts: list[Sets]) -> Sets:
    """Put the sets of several parts behind each other."""
    sizes = np.concatenate([np.zeros(0, np.int64), *(np.diff(part.bounds) for part in parts)])
    hashes = np.concatenate([np.zeros(0, np.uint64), *(part.hashes for part in parts)])
    return Sets(hashes, np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64))


def taken(sets: Sets, rows: Rows) -> Sets:
    """Return some of the sets, in the order given."""
    begin, stop = sets.bounds[:-1][rows], sets.bounds[1:][rows]
    bounds = np.concatenate([[0], np.cumsum(stop - begin)]).astype(np.int64)
    return Sets(sets.hashes[ranges(begin, stop)], bounds)


def runs_of(index: TokenIndex, paragraph: Int32, rows: Rows) -> Iterator[Sets]:
    """Yield the runs of five words of some documents, a few documents at a time.

    Words and numbers count, case-folded; a run ends with its paragraph, of which one of fewer words is a run itself.
    """
    hashes = _hashes(index)
    opening = np.ones(len(paragraph), bool)
    opening[1:] = paragraph[1:] != paragraph[:-1]
    heads = np.union1d(index.sentence_tokens[:-1][opening], index.document_tokens)
    for some in _pieces(index, rows):
        tokens, doc, types = _counted(index, some)
        unit = np.searchsorted(heads, tokens, side="right")
        first = np.flatnonzero(np.diff(unit, prepend=-1))
        length = np.diff(first, append=len(unit))
        left = np.repeat(first + length, length) - np.arange(len(unit))  # words up to the paragraph's end
        start = np.flatnonzero((left >= WORDS) | (np.arange(len(unit)) == np.repeat(first, length)))
        run = np.zeros(len(start), np.uint64)
        for place in range(WORDS):
            within = place < left[start]
            run[within] = run[within] * _FACTOR + hashes[types[start[within] + place]]
        yield _sets(doc[start], _mixed(run), len(some))


def figures_of(index: TokenIndex, rows: Rows) -> Sets:
    """Return the different numbers of some documents."""
    hashes = _hashes(index)
    numbers = np.array([kind == "number" for kind in index.kinds], bool)
    found = []
    for some in _pieces(index, rows):
        _, doc, types = _counted(index, some)
        figure = numbers[types]
        found.append(_sets(doc[figure], hashes[types[figure]], len(some)))
    return joined(found)


def _pieces(index: TokenIndex, rows: Rows) -> Iterator[Rows]:
    """Yield some of the rows at a time, of not too many tokens."""
    sizes = np.diff(index.document_tokens)[rows]
    full, many = (np.cumsum(sizes) - sizes) // _TOKENS, np.arange(len(rows)) >> _DOCUMENTS
    cuts = np.flatnonzero(np.diff(full) | np.diff(many)) + 1
    for begin, stop in pairwise([0, *cuts.tolist(), len(rows)]):
        yield rows[begin:stop]


def _counted(index: TokenIndex, rows: Rows) -> tuple[Int64, Int64, Int32]:
    """Return the words and numbers of documents: their rows, the place of their document, their types."""
    counts = np.array([kind in COUNTED for kind in index.kinds], bool)
    begin, stop = index.document_tokens[:-1][rows], index.document_tokens[1:][rows]
    tokens, doc = ranges(begin, stop), np.repeat(np.arange(len(rows)), stop - begin)
    types = index.type_of(tokens)
    kept = counts[types] if len(counts) else np.zeros(0, bool)
    return tokens[kept], doc[kept], types[kept]


def _hashes(index: TokenIndex) -> UInt64:
    """Hash each type by its spelling."""
    data, bounds = index.terms.data.tobytes(), index.terms.bounds.tolist()
    found = bytearray()
    for begin, stop in pairwise(bounds):
        found += hashlib.blake2b(data[begin:stop], digest_size=8).digest()
    return np.frombuffer(bytes(found), "<u8").astype(np.uint64)


def _mixed(values: UInt64) -> UInt64:
    """Let every bit of a value depend on all of them."""
    for shift, factor in _MIXERS:
        values = (values ^ (values >> np.uint64(shift))) * np.uint64(factor)
    return values


def _sets(doc: Int64, hashes: UInt64, documents: int) -> Sets:
    """Return the different hashes of each document."""
    keys = np.sort((doc.astype(np.uint64) << np.uint64(BITS)) | (hashes >> np.uint64(_DOCUMENTS)))  # one sort, not two
    keys = keys[np.append(True, keys[1:] != keys[:-1])[: len(keys)]]
    sizes = np.bincount((keys >> np.uint64(BITS)).astype(np.int64), minlength=documents)
    bounds = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    return Sets(keys & np.uint64((1 << BITS) - 1), bounds)
