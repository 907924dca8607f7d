"""Passages drawn from more than anybody reads: the same ones however a corpus is cut, with the counts of all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.corpus.spans import counted_passages, mixed_bits
from kit.index.token_index import Int64

#: Passages of one row of a table that its evidence holds at most, if nobody says how many.
MOST = 1000
#: Passages of all rows together that it holds at most: of a table of many rows each has fewer.
IN_ALL = 100_000
#: What a column of a table may count of the passages behind it; a name of an institution counts as a name alone.
COUNTED = ("passages", "passages without glosses", "names", "sentences", "documents")

_TOTALS = ("key", "rows")


def groups_of(passages: pd.DataFrame, by: Sequence[str]) -> Int64:
    """Give each passage the number of the row of a table that it stands behind, in the order in which these come."""
    numbers: Int64 = passages.groupby(list(by), sort=False, dropna=False).ngroup().to_numpy(np.int64)
    return numbers


def count_passages(passages: pd.DataFrame, group: Int64, groups: int, what: str) -> Int64:
    """Count the passages of each group as a column of a table does: one of `COUNTED`."""
    if what == "names":
        return _counted(passages, group, groups, names=True) - _counted(passages, group, groups)
    if what not in ("sentences", "documents"):
        return _counted(passages, group, groups, glosses=what == "passages")
    numbered = passages.assign(group=group)
    kept = counted_passages(numbered, glosses=True)
    unit = pd.factorize(kept["sentence" if what == "sentences" else "doc_id"])[0]
    pairs = np.unique(kept["group"].to_numpy(np.int64) * (len(passages) + 1) + unit)
    return np.bincount(pairs // (len(passages) + 1), minlength=groups).astype(np.int64)


def _counted(passages: pd.DataFrame, group: Int64, groups: int, *, glosses: bool = False, names: bool = False) -> Int64:
    """Count the passages of each group that count as mentions, with others if asked for."""
    kept = counted_passages(passages.assign(group=group), glosses=glosses, names=names)["group"]
    return np.bincount(kept.to_numpy(np.int64), minlength=groups).astype(np.int64)


def share_of(most: int | None, rows: int) -> int | None:
    """Return how many passages of one row are kept at most, given how many rows there are."""
    return None if most is None else max(1, min(most, IN_ALL // max(rows, 1)))


def drawn(passages: pd.DataFrame, group: Int64, most: int | None) -> npt.NDArray[np.bool_]:
    """Tell which passages are kept: of each group so many at most, those whose hash is least.

    The hash is of the document's name and the place in it: which are kept depends on nothing else.
    """
    keep = np.ones(len(passages), bool)
    if most is None or not len(passages):
        return keep
    rows = np.flatnonzero(np.bincount(group)[group] > most)
    codes, names = pd.factorize(passages["doc_id"].iloc[rows])
    hashes = pd.util.hash_array(np.asarray(names, object), categorize=False)[codes]
    for column in ("start", "end"):
        hashes = mixed_bits(hashes ^ passages[column].to_numpy(np.int64)[rows].astype(np.uint64))
    order = np.lexsort((hashes, group[rows]))
    ranked = group[rows][order]
    rank = np.arange(len(rows)) - np.searchsorted(ranked, ranked)
    keep[rows[order[rank >= most]]] = False
    return keep


def joined_keys(frame: pd.DataFrame, by: Sequence[str]) -> list[str]:
    """Return the key of each row: its values joined by " · "; a missing one is "–"."""
    columns = (["–" if pd.isna(value) else str(value) for value in frame[name].tolist()] for name in by)
    return [" · ".join(values) for values in zip(*columns, strict=True)]


def first_of(group: Int64) -> npt.NDArray[np.intp]:
    """Return the row of the first passage of each group."""
    return np.unique(group, return_index=True)[1]


def totals_of(passages: pd.DataFrame, group: Int64, keys: Sequence[str], counts: Mapping[str, str]) -> pd.DataFrame:
    """Count the passages of each group: `key` (str), `rows`, and what each column of the table counts (int64)."""
    rows = np.bincount(group, minlength=len(keys)).astype(np.int64)
    numbers = {name: count_passages(passages, group, len(keys), what) for name, what in counts.items()}
    return pd.DataFrame({"key": list(keys), "rows": rows, **numbers})


def drawn_of(totals: pd.DataFrame, most: int | None) -> dict[str, Any]:
    """Return, of each row of a table of which passages were drawn, the number of all and what the columns count."""
    large = totals[totals["rows"] > most] if most is not None else totals.iloc[:0]
    rows = large.to_dict("records")
    return {row["key"]: {"rows": row["rows"], "counts": {n: row[n] for n in row if n not in _TOTALS}} for row in rows}
