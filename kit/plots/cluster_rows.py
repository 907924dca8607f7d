"""The rows of a figure of clusters: which concepts have a place in it, and where each cluster stands."""

from __future__ import annotations

import pandas as pd

from kit.topics.clusters.result import TermClusters


def drawn(result: TermClusters) -> pd.DataFrame:
    """Return the concepts that have a place in a figure, cluster by cluster: those neither rare nor absent."""
    return result.terms[result.terms["order"].notna()].reset_index(drop=True)


def bands(terms: pd.DataFrame) -> list[tuple[int, int, int]]:
    """Return cluster, first row and end of each stretch of rows of one cluster.

    Parameters
    ----------
    terms : DataFrame
        `cluster`, in the order drawn; rows of one cluster are neighbours.

    Returns
    -------
    list of (int, int, int)

    Examples
    --------
    >>> bands(pd.DataFrame({"cluster": pd.array([1, 1, None, 2], dtype="Int64")}))
    [(1, 0, 2), (2, 3, 4)]

    """
    found = terms.reset_index(names="_row").dropna(subset="cluster").groupby("cluster")["_row"].agg(["min", "max"])
    return [(int(cluster), int(first), int(last) + 1) for cluster, first, last in found.itertuples()]
