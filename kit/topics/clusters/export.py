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

    `source`, `target` (str), `weight` (float64, the association), `distance` (float64, 1 - weight), `log_ratio`
    (float64, ``log2((both + ½) / (expected + ½))``, 6 decimals: pointwise mutual information with shrinkage, in
    bits; its positive part is shrunk PPMI), `both` (int64, shared units), `expected` (float64).
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
    """Return the distances as a square table."""
    names = pd.Index(terms.dropna(subset="leaf").sort_values("leaf")["concept"].astype("str"), name="concept")
    square = np.zeros((len(names), len(names)))
    first = names.get_indexer(pd.Index(association["concept_a"]))
    second = names.get_indexer(pd.Index(association["concept_b"]))
    square[first, second] = square[second, first] = association["distance"]
    table = pd.DataFrame(square, index=names, columns=names.rename(None))
    table.attrs = dict(association.attrs)
    return table


def nodes_of(terms: pd.DataFrame) -> pd.DataFrame:
    """Return the concepts that take part, for a network's nodes."""
    return terms.loc[terms["leaf"].notna(), _NODE_COLUMNS].reset_index(drop=True)
