"""What a clustering of the vocabulary gives back: tables that agree with each other, and what a reader must know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd


@dataclass(frozen=True, eq=False)
class TermClusters:
    """Clusters of concepts, from `kit.cluster_terms`.

    Attributes
    ----------
    terms : DataFrame, one row per concept, cluster by cluster, those without a cluster last
        `concept`, `parent`, `label_id`, `label_en` (str), `status` (str: ``clustered``; ``alone``, in no cluster;
        ``rare``, named in fewer units than the minimum; ``absent``), `cluster` (Int64; missing unless clustered),
        `units` (int64, units that name it), `leaf` (Int64, its number in `linkage`), `order` (Int64, its place from 0
        along the dendrogram); both missing for rare and absent concepts.
    clusters : DataFrame, one row per cluster, largest first
        `cluster` (int64, from 1), `size` (int64, concepts), `terms` (str, in alphabetical order), `name` (str: its one
        or two most central concepts; empty with too few documents for topics), `units` (int64, units that name two or
        more of its concepts), `sentence_no` (str: these units' numbers, where the corpus is one document and units are
        sentences; else empty), `stability`, `null_mean`, `null_95` (float64, mean largest Jaccard coefficient: of this
        cluster, of all null clusters, and the most stable one's 95 % quantile), `passes_null` (bool: above it, and not
        resting on one unit), `reason` (str: ``passes``; ``one-unit``, no second unit names two of its concepts, so that
        nothing is seen to repeat; ``within-null``).
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
        What a reader must know, also in each table's ``attrs``: `unit`, `documents`, `sentences`, `tokens`,
        `fingerprint`, `codebook`, `variant`, `remarks`, and `unit_by` (``caller`` or ``size``), `resampled` (what is
        drawn), `minimum`, `resamples`, `seed`, `n_units`, `tied_merges`, `empty` (str: why there is no cluster:
        ``no-documents``, ``too-few-concepts``, ``nothing-shared``, ``no-association``; empty if there is one).

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
