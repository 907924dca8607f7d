"""Which types of an index are words looked up: many words at once, as they are, and with an enclitic behind them."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kit.codebook.notation import ENCLITICS
from kit.index.token_index import Int64
from kit.index.words import Words

#: In place of a type: no form of the index.
ABSENT = -1
_HYPHEN = ord("-")


def types_of(words: Words, terms: Words) -> tuple[Int64, Int64, Int64]:
    """Return the type of each word as it is (or `ABSENT`), and its types as the last word of a phrase.

    The latter as bounds, one more than words, and types: its own first, then those with an enclitic, rising.
    """
    known = _array(words)
    word, row = _met(terms, known)
    inner = np.full(len(words), ABSENT, np.int64)
    inner[word] = row
    bearing, bare = _without_enclitics(terms)
    longer, place = _met(bare, known)
    word, row = np.concatenate([word, longer]), np.concatenate([row, bearing[place]])
    bounds = np.zeros(len(words) + 1, np.int64)
    np.cumsum(np.bincount(word, minlength=len(words)), out=bounds[1:])
    return inner, bounds, row[np.argsort(word, kind="stable")]


def _met(terms: Words, known: pa.Array) -> tuple[Int64, Int64]:
    """Return which known words terms are, and the rows of these terms."""
    found = pc.index_in(_array(terms), value_set=known)
    return np.asarray(found.drop_null()).astype(np.int64), np.flatnonzero(np.asarray(found.is_valid()))


def _without_enclitics(terms: Words) -> tuple[Int64, Words]:
    """Return which terms end in an enclitic, and these without it and a hyphen before it."""
    data, begin, end = terms.data, terms.bounds[:-1], terms.bounds[1:]
    stop = end.copy()
    for enclitic in ENCLITICS:  # none is the end of another
        rows = np.flatnonzero(end - begin > len(enclitic))
        for place, letter in enumerate(reversed(enclitic.encode()), start=1):
            rows = rows[data[end[rows] - place] == letter]
        stop[rows] -= len(enclitic)
    rows = np.flatnonzero(stop < end)
    begin, stop = begin[rows], stop[rows]
    stop -= data[stop - 1] == _HYPHEN
    bounds = np.zeros(len(rows) + 1, np.int64)
    np.cumsum(stop - begin, out=bounds[1:])
    return rows, Words(data[np.arange(bounds[-1]) + np.repeat(begin - bounds[:-1], stop - begin)], bounds)


def _array(words: Words) -> pa.Array:
    """Return words as an Arrow array, without a copy."""
    buffers = [None, pa.py_buffer(np.ascontiguousarray(words.bounds)), pa.py_buffer(np.ascontiguousarray(words.data))]
    return pa.Array.from_buffers(pa.large_binary(), len(words), buffers)
