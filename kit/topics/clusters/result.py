"""What a clustering of the vocabulary gives back: tables that agree with each other, and what a reader must know."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from kit.errors import QueryError
from kit.measures.association.graphml import graphml


@dataclass(frozen=True, eq=False)
class TermClusters:
    """Clusters of concepts, terms or queries, from `kit.cluster_terms`; below, "concept" means any of these.

    Attributes
    ----------
    terms : DataFrame, one row per concept, cluster by cluster, those without a cluster last
        `concept`, `parent`, `label_id`, `label_en` (str; the parent of a term is the concept it names), `status` (str:
        ``clustered``; ``alone``, in no cluster; ``beyond``, not among the most frequent; ``rare``, named in fewer units
        than the minimum; ``absent``), `cluster` (Int64; missing unless clustered), `units` (int64, units that name it),
        `leaf` (Int64, its number in `linkage`), `order` (Int64, its place from 0 along the dendrogram); both missing
        unless clustered or alone.
    clusters : DataFrame, one row per cluster, largest first
        `cluster` (int64, from 1), `size` (int64, concepts), `terms` (str, in alphabetical order), `name` (str: its one
        or two most central concepts; empty for one document, and, with too few documents for topics, unless the cluster
        passes), `units` (int64, units that name two or more of its concepts), `sentence_no` (str: these units' numbers,
        where the corpus is one document and units are sentences; else empty), `stability`, `null_mean`, `null_99`
        (float64, mean largest Jaccard coefficient: of this cluster; of all null clusters; and the bound for its size,
        such that in 99 % of null data sets no cluster exceeds its bound; missing with fewer than 99 resamples),
        `passes_null` (bool), `reason` (str: ``passes``: above the bound, sharing more units within itself than its
        concepts do in 99 % of null data, and not resting on one unit; ``one-unit``, no second unit names two of its
        concepts, so nothing repeats; ``within-null``, not above the bound; ``no-surplus``, above it, but sharing no
        more units; ``few-resamples``, too few to tell).
    linkage : DataFrame, one row per merge, nearest first
        `left`, `right` (int64, leaves, or number of leaves + row of a merge), `height` (float64, mean distance; merges
        below 1 make clusters), `size` (int64, concepts), `tied` (bool, another pair was as near).
    matrix : DataFrame, one row per concept and unit that names it
        `concept` (str), `unit` (int64, row of `units`), `doc_id` (str), `sentence` (Int64, row of `corpus.sentences`;
        missing where units are larger), `mentions` (int64, glosses not counted).
    units : DataFrame, one row per unit, in reading order
        `doc_id` (str), `paragraph` (Int64, in the document from 0), `sentence` (Int64, row of `corpus.sentences`),
        `sentence_no` (Int64, in the document from 1), `concepts` (int64, concepts named).
    association : DataFrame, one row per pair of concepts that are not rare or absent
        `concept_a`, `concept_b` (str, in alphabetical order), `units_a`, `units_b`, `both` (int64, units that name the
        one, the other, both), `n_units` (int64, units that name any concept), `expected` (float64, units both would
        share by their frequencies alone), `association` (float64, -1 to 1), `distance` (float64, 1 - association).
    attrs : dict
        What a reader must know, also in each table's ``attrs``: `documents`, `sentences`, `tokens`, `fingerprint`,
        `codebook`, `variant`, `remarks`, `items` (``concept``, ``term`` or ``query``), `unit`, `unit_by` (``caller`` or
        ``size``), `resampled` (what is drawn), `enough_documents` (bool: for topics), `minimum`, `resamples`, `seed`,
        `n_units`, `tied_merges`, `empty` (str: why there is no cluster: ``no-documents``, ``too-few-concepts``,
        ``nothing-shared``, ``no-association``; empty if there is one).

    """

    terms: pd.DataFrame
    clusters: pd.DataFrame
    linkage: pd.DataFrame
    matrix: pd.DataFrame
    units: pd.DataFrame
    association: pd.DataFrame
    attrs: dict[str, Any]

    def __repr__(self) -> str:
        """Say how many clusters there are, of what."""
        clustered = int((self.terms["status"] == "clustered").sum())
        passing = int(self.clusters["passes_null"].sum())
        return (
            f"<TermClusters: {len(self.clusters)} clusters of {clustered} concepts by {self.attrs['unit']}, "
            f"{passing} above the null>"
        )

    def edges(self, minimum: float = 0.0) -> pd.DataFrame:
        """Return the pairs named together more often than their frequencies make likely, as edges with weights.

        Parameters
        ----------
        minimum : float
            Only pairs whose association is above this; -1 gives all.

        Returns
        -------
        DataFrame, one row per edge, strongest first
            `source`, `target`, `weight`, `distance`, `log_ratio`, `both`, `expected`, as
            `kit.topics.clusters.result.edges_of` has them. ``.to_csv(file, index=False)`` writes the edge list that
            Gephi and igraph read.

        Raises
        ------
        QueryError
            `minimum` is not between -1 and 1.

        """
        return edges_of(self.association, minimum)

    def distance_matrix(self) -> pd.DataFrame:
        """Return the distances of all pairs as a square table, 0 on the diagonal, in the order of `linkage`'s leaves.

        Returns
        -------
        DataFrame, concepts × concepts
            float64; missing nowhere.

        """
        return distance_matrix_of(self.terms, self.association)

    def to_graphml(self, minimum: float = 0.0, *, language: Literal["en", "id"] = "en") -> str:
        """Return the network of `edges` as GraphML (undirected), for Gephi, Cytoscape, igraph or networkx.

        Parameters
        ----------
        minimum : float
            As for `edges`.
        language : {"en", "id"}
            Language of `label`.

        Returns
        -------
        str
            Nodes with their `label`, labels in both languages, cluster and units; numbers have six significant digits.

        """
        return graphml(nodes_of(self.terms), self.edges(minimum), id_column="concept", language=language)


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
