"""The tables of a clustering: concepts, clusters and pairs, with their counts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd

from kit.topics.clusters.association import SCALE, associations, distances, expected_units
from kit.topics.clusters.occurrences import Integers
from kit.topics.clusters.stability import Stability

_CLUSTER_TYPES = {
    "cluster": "int64",
    "size": "int64",
    "terms": "str",
    "name": "str",
    "units": "int64",
    "sentence_no": "str",
    "stability": "float64",
    "null_mean": "float64",
    "null_99": "float64",
    "passes_null": "bool",
    "reason": "str",
}
#: Which clusters have names.
Named = Literal["all", "passing", "none"]
_NAMED = 2  # concepts that name a cluster


def terms_table(
    concepts: pd.DataFrame,
    cells: pd.DataFrame,
    chosen: Sequence[str],
    minimum: int,
    clusters: Sequence[Integers],
    merges: pd.DataFrame,
) -> pd.DataFrame:
    """List all concepts with their cluster and their place in the tree."""
    names = concepts["concept"]
    leaf = {name: row for row, name in enumerate(chosen)}
    place = {chosen[row]: number for number, row in enumerate(leaves(merges, len(chosen)))}
    cluster = {chosen[row]: number for number, rows in enumerate(clusters, 1) for row in rows}
    units = names.map(cells["concept"].value_counts()).fillna(0).astype("int64")
    kinds = {
        "clustered": names.isin(list(cluster)),
        "alone": names.isin(list(chosen)),
        "beyond": units >= minimum,
        "rare": units > 0,
    }
    status = np.select(list(kinds.values()), list(kinds), "absent")
    table = concepts.assign(
        status=pd.array(status, dtype="str"),
        cluster=pd.array([cluster.get(name) for name in names], dtype="Int64"),
        units=units,
        leaf=pd.array([leaf.get(name) for name in names], dtype="Int64"),
        order=pd.array([place.get(name) for name in names], dtype="Int64"),
    )
    return table.sort_values(["cluster", "order"], kind="stable", na_position="last", ignore_index=True)


def leaves(merges: pd.DataFrame, items: int) -> list[int]:
    """Order the leaves of a tree: at each merge the larger group first, of equal ones that with the first member."""
    members: list[list[int]] = [[item] for item in range(items)]
    for left, right in merges[["left", "right"]].itertuples(index=False):
        first, second = members[left], members[right]
        members.append(second + first if len(second) > len(first) else first + second)
    return members[-1] if members else []


def clusters_table(
    clusters: Sequence[Integers],
    chosen: Sequence[str],
    shared: Integers,
    cells: pd.DataFrame,
    stable: Stability,
    *,
    named: Named,
    sentence_no: pd.Series | None = None,
) -> pd.DataFrame:
    """List the clusters with their stability."""
    apart = distances(shared)
    rows = []
    reached = zip(clusters, stable.observed.tolist(), stable.null_99.tolist(), stable.above.tolist(), strict=True)
    for number, (members, value, bound, above) in enumerate(reached, 1):
        terms = [chosen[row] for row in members]
        counts = cells.loc[cells["concept"].isin(terms), "unit"].value_counts()
        together = sorted(counts.index[counts > 1])
        reason = _reason(len(together), bound, stable=value > bound, above=above)
        has_name = named == "all" or (named == "passing" and reason == "passes")
        rows.append(
            {
                "cluster": number,
                "size": len(terms),
                "terms": ", ".join(terms),
                "name": " + ".join(_central(terms, apart[np.ix_(members, members)])) if has_name else "",
                "units": len(together),
                "sentence_no": "" if sentence_no is None else ", ".join(str(sentence_no[row]) for row in together),
                "stability": value,
                "null_mean": stable.null_mean,
                "null_99": bound,
                "passes_null": reason == "passes",
                "reason": reason,
            }
        )
    return pd.DataFrame(rows, columns=list(_CLUSTER_TYPES)).astype(_CLUSTER_TYPES)


def _reason(units: int, bound: float, *, stable: bool, above: bool) -> str:
    """Say why a cluster passes or not."""
    if units == 1:
        return "one-unit"
    if math.isnan(bound):
        return "few-resamples"
    if not stable:
        return "within-null"
    return "passes" if above else "no-surplus"


def association_table(shared: Integers, chosen: Sequence[str], n_units: int) -> pd.DataFrame:
    """List all pairs of concepts."""
    first, second = np.triu_indices(len(chosen), 1)
    names = pd.array(list(chosen), dtype="str")
    alone = np.diagonal(shared)
    return pd.DataFrame(
        {
            "concept_a": names[first],
            "concept_b": names[second],
            "units_a": alone[first],
            "units_b": alone[second],
            "both": shared[first, second],
            "n_units": np.full(len(first), n_units, np.int64),
            "expected": expected_units(shared)[first, second].round(9),
            "association": associations(shared)[first, second],
            "distance": distances(shared)[first, second] / SCALE,
        }
    )


def _central(terms: Sequence[str], apart: Integers) -> list[str]:
    """Return the concepts nearest to the others of their cluster; of equal ones the alphabetically first."""
    total = apart.sum(axis=1).tolist()
    order = sorted(range(len(terms)), key=lambda row: (total[row], terms[row]))
    return [terms[row] for row in order[:_NAMED]]
