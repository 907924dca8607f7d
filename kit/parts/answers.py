"""What each part of a corpus answers about its documents: labels, what tells copies, what makes the fingerprint."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.corpus.fingerprint import Summary
from kit.corpus.fingerprint import united as united_words
from kit.corpus.stories.rule import Evidence
from kit.corpus.stories.runs import MARKS, UInt64, joined, none
from kit.corpus.stories.sketches import Sketches
from kit.errors import CorpusError
from kit.index.token_index import Int64
from kit.index.words import UInt8
from kit.parts.part import Part


def catalogue_of(part: Part) -> pd.DataFrame:
    """Return what the catalogue says of the documents of a part."""
    return part.corpus.sizes


class Known(NamedTuple):
    """What is known of documents before they are compared, with their rows in the whole corpus."""

    rows: Int64
    bodies: UInt8
    sketches: Sketches


def known_of(part: Part) -> Known:
    """Return what is known of the documents of a part."""
    return Known(part.numbers.rows, part.corpus.bodies, part.corpus.sketches)


def join_known(parts: Sequence[Known]) -> Known:
    """Join what is known of the documents of several parts."""
    rows, bodies, sketches = zip(*parts, strict=True)
    values, runs = (np.concatenate(column) for column in zip(*sketches, strict=True))
    return Known(np.concatenate(rows), np.concatenate(bodies), Sketches(values, runs))


def evidence_of(part: Part, wanted: npt.NDArray[np.bool_]) -> tuple[Int64, Evidence]:
    """Return what some documents of a part are compared by, and their rows in the whole corpus."""
    rows = np.flatnonzero(wanted)
    if not len(rows):  # the part need not be opened
        return rows, Evidence(none(0), none(0))
    return part.numbers.rows[rows], part.corpus.evidence(rows)


def join_evidence(parts: Sequence[tuple[Int64, Evidence]]) -> tuple[Int64, Evidence]:
    """Join what documents of several parts are compared by."""
    found = [evidence for _, evidence in parts]
    sets = joined([one.runs for one in found]), joined([one.figures for one in found])
    return np.concatenate([rows for rows, _ in parts]), Evidence(*sets)


def marks_of(part: Part, wanted: npt.NDArray[np.bool_]) -> tuple[Int64, UInt64]:
    """Return the marks of some documents of a part, and their rows in the whole corpus."""
    rows = np.flatnonzero(wanted)
    if not len(rows):  # the part need not be opened
        return rows, np.zeros((0, MARKS // 64), np.uint64)
    return part.numbers.rows[rows], part.corpus.marks(rows)


def join_marks(parts: Sequence[tuple[Int64, UInt64]]) -> tuple[Int64, UInt64]:
    """Join the marks of documents of several parts."""
    rows, marks = (np.concatenate(column) for column in zip(*parts, strict=True))
    return rows, marks


def order_of(rows: Int64) -> Int64 | slice:
    """Return what puts different rows in order: all as they are, uncopied, where they are so."""
    return slice(None) if (np.diff(rows) > 0).all() else np.argsort(rows)


def simulated_in(part: Part) -> int:
    """Count the simulated documents of a part."""
    return part.corpus.simulated


def labels_of(part: Part, by: str) -> tuple[Int64, Any, list[str]]:
    """Return the rows of a part's documents, and their labels (None: there is no such column)."""
    try:
        labels = part.corpus.group_of(by).to_numpy(object)
    except CorpusError:
        columns = [name for name in part.corpus.documents.columns if name not in ("doc_id", "text")]
        return np.zeros(0, np.int64), None, [*columns, "copy_of", "year", "month"]
    return part.numbers.rows, labels, []


def join_labels(found: Sequence[tuple[Int64, Any, list[str]]]) -> tuple[Int64, Any, list[str]]:
    """Join the labels of parts; those that have no such column stay unstated."""
    stated = [(rows, labels) for rows, labels, _ in found if labels is not None]
    if not stated:
        return np.zeros(0, np.int64), None, list(dict.fromkeys(name for *_, names in found for name in names))
    rows, labels = (np.concatenate(column) for column in zip(*stated, strict=True))
    return rows, labels, []


def join_fingerprints(parts: Sequence[list[Summary]]) -> list[Summary]:
    """Join what parts add to a fingerprint."""
    found = [one for part in parts for one in part]
    return [Summary(np.concatenate([one.documents for one in found]), united_words([one.words for one in found]))]
