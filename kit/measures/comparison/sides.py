"""Which group is compared with which: each with a chosen one, or with all others together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from kit.corpus.selection import JOINT
from kit.errors import QueryError
from kit.index.token_index import Int64
from kit.measures.counts.counts import Counts
from kit.measures.counts.grouping import Grouping


@dataclass(frozen=True, eq=False)
class Sides:
    """Groups and what each is compared with.

    Parameters
    ----------
    names : sequence of str
        What the groups are called.
    rows : sequence of int64 arrays
        The documents of each group.
    compared : sequence of int
        The groups that can be compared: they are stated and have words.
    against : mapping of int to int64 array
        For each group that is compared with others, their documents.
    reference : str
        The group that all are compared with; empty where each is compared with all others.

    """

    names: Sequence[str]
    rows: Sequence[Int64]
    compared: Sequence[int]
    against: Mapping[int, Int64]
    reference: str


def sides_of(grouping: Grouping, counts: Counts, reference: str | Sequence[str] | None) -> Sides:
    """Set groups against each other.

    Raises
    ------
    QueryError
        The reference is no group, or has no words.

    """
    names = grouping.names
    rows = [np.flatnonzero(grouping.code == number).astype(np.int64) for number in range(len(names))]
    stated = grouping.stated
    compared = [number for number in range(len(names)) if stated[number] and counts.sizes[rows[number]].any()]
    if reference is None:
        every = {one: [rows[other] for other in compared if other != one] for one in compared}
        against = {one: np.sort(np.concatenate(others)) for one, others in every.items() if others}
        return Sides(names, rows, compared, against, "")
    wanted = reference if isinstance(reference, str) else JOINT.join(map(str, reference))
    known = [names[number] for number in compared]
    if wanted not in known:
        remedy = "use one of " + ", ".join(repr(name) for name in known[:8]) if known else "leave it out"
        raise QueryError(f"reference = {wanted!r} is no group that has words", place="compare", remedy=remedy)
    chosen = compared[known.index(wanted)]
    return Sides(names, rows, compared, {one: rows[chosen] for one in compared if one != chosen}, wanted)


def some(counts: Counts, rows: Int64) -> Counts:
    """Return the counts of some documents."""
    ids = tuple(counts.doc_ids[row] for row in rows.tolist())
    return replace(counts, matrix=counts.matrix[rows], sizes=counts.sizes[rows], doc_ids=ids, story=counts.story[rows])
