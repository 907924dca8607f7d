"""Which documents tell one story, and which of them is the original; docs/copies.md gives the rule with its reasons.

A document is a copy of the first original that it has its text from, in the order of `ranking`. So every copy is like
its original itself, never by way of a third text, and the answer does not hang on how a corpus is cut into parts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.corpus.stories.runs import Rows, Sets, figures_of, joined, runs_of, taken
from kit.corpus.stories.sketches import Sketches, UInt32, likely
from kit.index.token_index import TokenIndex
from kit.index.words import Int32, Int64

#: Runs of five words that a text must have to be a near-copy or to have one; below, only equal texts are copies.
LEAST = 20
#: Share of the runs of the text with fewer of them that must stand in the other.
SHARED = 0.85
#: Share of a copy's runs that must stand in the original: what is mostly new is no copy.
OLD = 0.5
#: Share of the figures of the text with fewer of them that may be missing in the other, but one always may: rates,
#: weather and results are told in the same words each day.
FIGURES = 0.3

#: By how much the Jaccard index that two sketches estimate may fall short of the one needed: three standard errors.
_SLACK = 0.2
_NOTHING = hashlib.sha256().digest()


class Evidence(NamedTuple):
    """What two texts are compared by: the runs and the figures of each."""

    runs: Sets
    figures: Sets


class Traced(Protocol):
    """What is asked of a corpus, in one part or in many, that knows what its documents are copies of."""

    @property
    def catalogue(self) -> pd.DataFrame:
        """One row per document: doc_id, date, words, copy_of."""


def evidence_of(index: TokenIndex, paragraph: Int32, rows: Rows) -> Evidence:
    """Return what some documents are compared by."""
    return Evidence(joined(list(runs_of(index, paragraph, rows))), figures_of(index, rows))


def ranking(catalogue: pd.DataFrame) -> Int64:
    """Return the rows of documents in the order in which they can be originals.

    Earliest date, dated before undated; then most words and numbers; then `doc_id`.
    """
    dates, words, names = (catalogue[name].tolist() for name in ("date", "words", "doc_id"))
    return np.array(
        sorted(range(len(names)), key=lambda row: (not dates[row], dates[row], -words[row], names[row])), np.int64
    )


def decided(
    catalogue: pd.DataFrame, bodies: Sequence[bytes], sketches: Sketches, evidence: Callable[[Rows], Evidence]
) -> pd.Series:
    """Decide what each document is a copy of.

    Parameters
    ----------
    catalogue : DataFrame
        `doc_id`, `date` and `words`, one row per document.
    bodies : sequence of bytes
        SHA-256 of the texts.
    sketches : Sketches
    evidence : function
        Returns the evidence of some rows, rising; asked once, for the few that may be copies.

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
    groups = likely(sketches.minima[able])
    chosen = np.array([place for place, shared in enumerate(groups) if shared], np.int64)
    if len(chosen):
        rows = able[chosen]
        rank = np.argsort(rows)
        place = np.argsort(rank)  # of each of the chosen among the rising rows
        runs, figures = (taken(sets, place) for sets in evidence(rows[rank]))
        near = _nearest([groups[one] for one in chosen.tolist()], sketches.minima[rows], Evidence(runs, figures))
        copied[rows] = np.where(near >= 0, rows[near], -1)
        copies = np.flatnonzero(copied >= 0)
        further = copied[copied[copies]]  # what the equal text is a near-copy of
        copied[copies] = np.where(further >= 0, further, copied[copies])
    names = catalogue["doc_id"].to_numpy(object)
    return pd.Series(np.where(copied >= 0, names[copied], ""), dtype="str", name="copy_of") if len(names) else _none()


def alike(evidence: Evidence, original: int, copy: int) -> bool:
    """Tell whether a text is a near-copy of another, which comes before it."""
    one, other = evidence.runs.of(original), evidence.runs.of(copy)
    if _common(one, other) < _needed(len(one), len(other)):
        return False
    one, other = evidence.figures.of(original), evidence.figures.of(copy)
    fewer = min(len(one), len(other))
    return fewer - _common(one, other) <= max(1, FIGURES * fewer)


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


def _nearest(groups: Sequence[Sequence[int]], values: UInt32, evidence: Evidence) -> Int64:
    """Return, for each text, the first before it that is an original and that it is a near-copy of; -1 if none is."""
    members: dict[int, list[int]] = {}
    sizes = np.diff(evidence.runs.bounds)
    found = np.full(len(groups), -1, np.int64)
    for text, mine in enumerate(groups):
        before = np.unique(np.fromiter(chain.from_iterable(members.get(group, ()) for group in mine), np.int64))
        if len(before):
            need = _needed(sizes[before], sizes[text])
            jaccard = need / (sizes[before] + sizes[text] - need)
            before = before[(values[before] == values[text]).mean(axis=1) >= jaccard - _SLACK]
        found[text] = next((one for one in before.tolist() if alike(evidence, one, text)), -1)
        if found[text] < 0:
            for group in mine:
                members.setdefault(group, []).append(text)
    return found


def _needed(original: Any, copy: Any) -> Any:
    """Return how many runs an original and its copy must have in common, given how many each has."""
    return np.maximum(SHARED * np.minimum(original, copy), OLD * copy)


def _common(one: npt.NDArray[np.uint64], other: npt.NDArray[np.uint64]) -> int:
    """Count what two sets have in common."""
    return len(np.intersect1d(one, other, assume_unique=True))


def _none() -> pd.Series:
    """Return the column without rows."""
    return pd.Series([], dtype="str", name="copy_of")
