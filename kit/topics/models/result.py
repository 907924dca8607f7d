"""What a topic model gives back: tables that agree with each other, and what a reader must know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd


@dataclass(frozen=True, eq=False)
class Topics:
    """Topics of documents, from `kit.fit_topics`.

    A topic is a distribution over terms, with the passages that show it; it is not a label of documents.

    Attributes
    ----------
    terms : DataFrame, topic by topic, the most telling term first
        `topic` (int64, from 1), `rank` (int64, from 1), `term` (str), `weight` (float64; what terms are ranked by),
        `probability` (float64; of the term in the topic), `lift` (float64; that probability over the term's share of
        the corpus), `exclusivity` (float64, 0 to 1; the topic's share of the term's probability over all topics),
        `frex` (float64, 0 to 1; harmonic mean of the ranks by probability and by exclusivity), `documents` (int64; with
        the term, wire copies once), `seeded` (bool; a term of the topic's own concept).
    documents : DataFrame, one row per unit and topic, units in the order of the corpus
        `doc_id` (str), `paragraph` (Int64, from 0; missing where the unit is the document), `topic` (int64), `weight`
        (float64, 0 to 1; the weights of a unit add up to 1). Units without a term of the model have no rows; they are
        in `units` with their reason. Copies have the rows of their original.
    topics : DataFrame, one row per topic, by falling share; anchored topics first
        `topic` (int64, from 1), `label` (str; the Indonesian label of its concept, or its first three terms), `concept`
        (str; empty if free), `share` (float64; mean weight over units, copies once), `units` (int64; units in which it
        has the largest weight), `npmi` (float64; coherence of its first ten terms over units), `named` (float64; of an
        anchored topic's `units`, the share that names its concept; missing if it is free, or largest in no unit),
        `exclusivity` (float64; mean over its first ten terms).
    seeds : DataFrame, one row per concept asked for
        `concept` (str), `status` (str: ``anchored``; ``unused``, named in fewer documents than those anchored;
        ``rare``, in fewer than 5 units; ``absent``), `topic` (Int64), `documents` (int64; that name it), `terms` (str;
        the patterns that anchor it, phrases whole).
    passages : DataFrame, topic by topic
        `topic` (int64), `rank` (int64), `doc_id` (str), `sentence` (int64, row of `corpus.sentences`), `start`, `end`
        (int64, code points of the text), `weight` (float64), `text` (str).
    units : DataFrame, one row per document or paragraph of the corpus
        `doc_id` (str), `paragraph` (Int64), `terms` (int64; running terms of the model in it), `status` (str:
        ``fitted``, ``copy`` of an earlier document, ``empty``).
    quality : DataFrame, one row
        `n_topics`, `units` (fitted), `terms` (int64), `npmi` (float64; mean over topics), `diversity` (float64; share
        of distinct terms among the first ten of all topics), `exclusivity` (float64; mean over topics), `fit` (float64;
        nats by which a running term is better predicted than by its share of the corpus; in the fitted units, not held
        out).
    attrs : dict
        What a reader must know, also in each table's ``attrs``: `model`, `unit`, `documents`, `fingerprint`,
        `variant`, `remarks`, `seed`, and every parameter.

    """

    terms: pd.DataFrame
    documents: pd.DataFrame
    topics: pd.DataFrame
    seeds: pd.DataFrame
    passages: pd.DataFrame
    units: pd.DataFrame
    quality: pd.DataFrame
    attrs: dict[str, Any]

    def __repr__(self) -> str:
        """Say how many topics of how many units."""
        return f"<Topics: {len(self.topics)} topics of {int((self.units['status'] == 'fitted').sum())} units>"
