"""Which documents tell one story, and which of them is the original; docs/copies.md gives the rule with its reasons.

A document is a copy of the first original that it has its text from, in the order of `ranking`. So every copy is like
its original itself, never by way of a third text, and the answer does not hang on how a corpus is cut into parts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from operator import le
from typing import Protocol

import numpy as np
import pandas as pd

from kit.corpus.stories.candidates import Candidates
from kit.corpus.stories.rule import LEAST, ORIGINALS, Bools, Evidence, alike, needed
from kit.corpus.stories.runs import Rows, UInt64
from kit.corpus.stories.sketches import Sketches
from kit.index.words import Int64

#: Candidates a text, on average, that are looked at at once.
_CANDIDATES = 8
#: Runs at once of the texts that may be originals, and of those that may be copies; each is some eight bytes.
_ORIGINAL_RUNS, _COPY_RUNS = 1 << 22, 1 << 24
_PAIRS = 1 << 14  # whose marks are looked at at once

_NOTHING = hashlib.sha256().digest()


class Traced(Protocol):
    """What is asked of a corpus, in one part or in many, that knows what its documents are copies of."""

    @property
    def catalogue(self) -> pd.DataFrame:
        """One row per document: doc_id, date, words, copy_of."""


class Compared(Protocol):
    """What tells of documents, by their rows, rising, what they are compared by: a corpus in one part or in many."""

    def evidence(self, rows: Rows) -> Evidence:
        """Return their runs and figures."""
        ...

    def marks(self, rows: Rows) -> UInt64:
        """Return the marks of their runs, as `kit.corpus.stories.runs.marks_of`."""
        ...


def ranking(catalogue: pd.DataFrame) -> Int64:
    """Return the rows of documents in the order in which they can be originals.

    Earliest date, dated before undated; then most words and numbers; then `doc_id`.
    """
    date, dates = pd.factorize(catalogue["date"])
    words, names = catalogue["words"].to_numpy(np.int64), catalogue["doc_id"].tolist()
    found: Int64 = np.lexsort((_places(names), -words, _places(dates.tolist())[date], dates[date] == ""))
    return found


def _places(values: list[str]) -> Int64:
    """Return the place of each of some different texts in their order."""
    if all(map(le, values, values[1:])):
        return np.arange(len(values))
    places = np.empty(len(values), np.int64)
    places[sorted(range(len(values)), key=values.__getitem__)] = np.arange(len(values))
    return places


def decided(catalogue: pd.DataFrame, bodies: Sequence[bytes], sketches: Sketches, compared: Compared) -> pd.Series:
    """Decide what each document is a copy of.

    Parameters
    ----------
    catalogue : DataFrame
        `doc_id`, `date` and `words`, one row per document.
    bodies : sequence of bytes
        SHA-256 of the texts; of those that `may_be_equal` to no other, anything that tells them apart.
    sketches : Sketches
    compared : Compared
        Asked for the evidence of some documents at a time.

    Returns
    -------
    Series of str
        `doc_id` of the original; empty for originals.

    """
    order = ranking(catalogue)
    copied = np.full(len(order), -1, np.int64)
    first: dict[bytes, int] = {_NOTHING: -1}
    for row in order.tolist():
        equal = first.setdefault(bodies[row], row)
        if equal != row:
            copied[row] = equal
    able = order[(copied[order] < 0) & (sketches.runs[order] >= LEAST)]
    near = _nearest(able, sketches, compared)
    copied[able] = np.where(near >= 0, able[near], -1)
    copies = np.flatnonzero(copied >= 0)
    further = copied[copied[copies]]  # what the equal text is a near-copy of
    copied[copies] = np.where(further >= 0, further, copied[copies])
    names = catalogue["doc_id"].to_numpy(object)
    return pd.Series(np.where(copied >= 0, names[copied], ""), dtype="str", name="copy_of") if len(names) else _none()


def may_be_equal(sketches: Sketches) -> Bools:
    """Tell which texts begin their sketch as another does, so that they may be equal to it: few."""
    key = np.ascontiguousarray(sketches.minima[:, :2]).view(np.uint64).ravel()
    order = np.argsort(key)
    same = np.concatenate([[False], key[order[1:]] == key[order[:-1]], [False]])
    found = np.zeros(len(key), bool)
    found[order] = (same[1:] | same[:-1])[: len(key)]
    return found


def stories(corpus: Traced) -> Int64:
    """Return the number of each document's story: copies share the number of their original."""
    catalogue = corpus.catalogue
    copied = catalogue["copy_of"] != ""
    if not copied.any():
        return np.arange(len(copied))
    original = catalogue["copy_of"].where(copied, catalogue["doc_id"])
    story: Int64 = pd.factorize(original)[0].astype(np.int64)
    return story


def originals(corpus: Traced) -> Int64:
    """Return, for each document, the row of its story's first document in the corpus, which may be its own."""
    story, order = stories(corpus), ranking(corpus.catalogue)
    first: Int64 = order[np.unique(story[order], return_index=True)[1]].astype(np.int64)
    return first[story]


def _nearest(rows: Rows, sketches: Sketches, compared: Compared) -> Int64:
    """Return, for each text, the first before it that is an original and that it is a near-copy of; -1 if none is.

    Some of the earliest texts are decided at a time, and all later ones are held against their originals before the
    next: of many copies of one text so only the first few are compared with each other.
    """
    sizes = sketches.runs[rows].astype(np.int64)
    candidates, most = Candidates(sketches.minima[rows], sizes), _CANDIDATES * max(len(rows), 1)
    near = np.full(len(rows), -1, np.int64)

    def compare(firsts: Int64, seconds: Int64) -> int:
        first, second, horizon = candidates.pairs(firsts, seconds, most)
        same = _alike(first, second, rows, sizes, compared)
        for original, copy in zip(first[same].tolist(), second[same].tolist(), strict=True):
            if near[copy] < 0 and near[original] < 0:
                near[copy] = original
        return horizon

    left = np.arange(len(rows))
    while len(left):
        decided, left = np.split(left, [np.searchsorted(left, compare(left, left))])
        originals, rest = decided[near[decided] < 0], left
        while len(rest):
            rest = rest[np.searchsorted(rest, compare(originals, rest)) :]
        left = left[near[left] < 0]
    return near


def _alike(first: Int64, second: Int64, rows: Rows, sizes: Int64, compared: Compared) -> Bools:
    """Tell of pairs of texts whether the second is a near-copy of the first."""
    texts, found = np.union1d(first, second), np.zeros(len(first), bool)
    many = int(sizes[texts].sum()) > _ORIGINAL_RUNS
    pairs = _likely(first, second, rows, sizes, compared) if many else np.arange(len(first))
    found[pairs] = _held(first[pairs], second[pairs], rows, sizes, compared)
    return found


def _likely(first: Int64, second: Int64, rows: Rows, sizes: Int64, compared: Compared) -> Int64:
    """Return the pairs of which the marks do not show yet that too many runs are missing: few, whatever they share."""
    texts = np.union1d(first, second)
    texts = texts[np.argsort(rows[texts])]
    place, marks = np.zeros(len(rows), np.int64), compared.marks(rows[texts])
    place[texts] = np.arange(len(texts))
    kept = [np.zeros(0, np.int64)]
    for some in np.split(np.arange(len(first)), np.arange(_PAIRS, len(first), _PAIRS)):
        one, other = first[some], second[some]
        missing = np.bitwise_count(marks[place[other]] & ~marks[place[one]]).sum(axis=1, dtype=np.int64)
        kept.append(some[sizes[other] - missing >= needed(sizes[one], sizes[other])])
    return np.concatenate(kept)


def _held(first: Int64, second: Int64, rows: Rows, sizes: Int64, compared: Compared) -> Bools:
    """Hold the second text of each pair against the first, with the runs of some texts at hand."""
    found = np.zeros(len(first), bool)
    originals = _shares(first, rows, sizes, _ORIGINAL_RUNS)
    place = np.full(len(rows), -1, np.int64)
    for some in _shares(second, rows, sizes, _COPY_RUNS):
        place[some] = np.arange(len(some))
        mine = np.flatnonzero(place[second] >= 0)
        copy, known = place[second[mine]], compared.evidence(rows[some])
        place[some] = -1
        for others in originals:
            place[others] = np.arange(len(others))
            there = np.flatnonzero(place[first[mine]] >= 0)
            pairs, original = mine[there], place[first[mine[there]]]
            place[others] = -1
            if len(pairs):
                both = sizes[first[pairs]], sizes[second[pairs]]
                found[pairs] = alike(compared.evidence(rows[others]), known, original, copy[there], both)
    return found


def _shares(texts: Int64, rows: Rows, sizes: Int64, most: int) -> list[Int64]:
    """Share out different texts, by their rows, so that each share has not too many runs."""
    texts = np.unique(texts)
    texts = texts[np.argsort(rows[texts])]
    full = (np.cumsum(sizes[texts]) - sizes[texts]) // most
    many = np.arange(len(texts)) // ORIGINALS
    return np.split(texts, np.flatnonzero(np.diff(full) | np.diff(many)) + 1) if len(texts) else []


def _none() -> pd.Series:
    """Return the column without rows."""
    return pd.Series([], dtype="str", name="copy_of")
