"""Clusters for other programs: edges with weights, a square matrix of distances, GraphML."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from kit.errors import QueryError

_RENAMED = {"concept_a": "source", "concept_b": "target"}
_EDGE_COLUMNS = ["source", "target", "weight", "distance", "log_ratio", "both", "expected"]
_NODE_COLUMNS = ["concept", "label_id", "label_en", "cluster", "units"]
_PLACES = 6  # decimals of a logarithm, whose last digits are not the same everywhere


def edges_of(association: pd.DataFrame, minimum: float) -> pd.DataFrame:
    """List the pairs that are associated, as a network's edges.

    Parameters
    ----------
    association : DataFrame
        As `kit.topics.clusters.result.TermClusters.association`.
    minimum : float
        Pairs whose association is above it are edges; from -1 to 1.

    Returns
    -------
    DataFrame, one row per edge, strongest first, then by name
        `source`, `target` (str), `weight` (float64, the association), `distance` (float64, 1 - weight), `log_ratio`
        (float64, ``log2((both + ½) / (expected + ½))``, 6 decimals: pointwise mutual information with shrinkage, in
        bits; its positive part is shrunk PPMI), `both` (int64, shared units), `expected` (float64).

    Raises
    ------
    QueryError
        `minimum` is not between -1 and 1.

    Examples
    --------
    >>> pair = {"concept_a": ["a"], "concept_b": ["b"], "both": [3], "expected": [0.5], "association": [0.555555556]}
    >>> edges_of(pd.DataFrame(pair | {"distance": [0.444444444]}), 0.0)[["source", "log_ratio"]].to_numpy().tolist()
    [['a', 1.807355]]

    """
    if not -1 <= minimum <= 1:
        raise QueryError(f"minimum = {minimum}", place="edges", remedy="use an association, from -1 to 1")
    kept = association[association["association"] > minimum].rename(columns=_RENAMED)
    ratio = (kept["both"] + 0.5) / (kept["expected"] + 0.5)
    table = kept.assign(weight=kept["association"], log_ratio=[round(math.log2(one), _PLACES) for one in ratio])
    table = table.astype({"log_ratio": "float64"})
    order = ["weight", "source", "target"]
    table = table.sort_values(order, ascending=[False, True, True], ignore_index=True)[_EDGE_COLUMNS]
    table.attrs = dict(association.attrs)
    return table


def distance_matrix_of(terms: pd.DataFrame, association: pd.DataFrame) -> pd.DataFrame:
    """Return the distances as a square table.

    Parameters
    ----------
    terms, association : DataFrame
        As in `kit.topics.clusters.result.TermClusters`.

    Returns
    -------
    DataFrame, concepts × concepts
        float64, 0 on the diagonal; rows and columns in the order of `linkage` (alphabetical), which
        `scipy.cluster.hierarchy` can read beside it.

    Examples
    --------
    >>> terms = pd.DataFrame({"concept": ["b", "a", "c"], "leaf": pd.array([1, 0, None], dtype="Int64")})
    >>> pair = pd.DataFrame({"concept_a": ["a"], "concept_b": ["b"], "distance": [0.25]})
    >>> distance_matrix_of(terms, pair).to_numpy().tolist()
    [[0.0, 0.25], [0.25, 0.0]]

    """
    names = pd.Index(terms.dropna(subset="leaf").sort_values("leaf")["concept"].astype("str"), name="concept")
    square = np.zeros((len(names), len(names)))
    first = names.get_indexer(pd.Index(association["concept_a"]))
    second = names.get_indexer(pd.Index(association["concept_b"]))
    square[first, second] = square[second, first] = association["distance"]
    table = pd.DataFrame(square, index=names, columns=names.rename(None))
    table.attrs = dict(association.attrs)
    return table


def nodes_of(terms: pd.DataFrame) -> pd.DataFrame:
    """Return the concepts that take part, for a network's nodes.

    Parameters
    ----------
    terms : DataFrame
        As `kit.topics.clusters.result.TermClusters.terms`.

    Returns
    -------
    DataFrame
        `concept`, `label_id`, `label_en` (str), `cluster` (Int64), `units` (int64).

    """
    return terms.loc[terms["leaf"].notna(), _NODE_COLUMNS].reset_index(drop=True)
