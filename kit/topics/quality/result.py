"""What comparing numbers of topics gives back: a row per number, its topics, every run, and the number recommended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd


@dataclass(frozen=True, eq=False)
class TopicChoice:
    """Numbers of topics compared, from `kit.compare_topics`.

    Attributes
    ----------
    table : DataFrame, one row per number of topics, rising
        `n_topics` (int64), `status` (str: ``examined``; ``interrupted``, with only some of its runs; ``not-run``;
        ``too-few`` units or terms), `npmi`, `umass` (float64; mean coherence of the topics' first ten terms over the
        units they were fitted to, kit.topics.coherence.coherence), `diversity`, `exclusivity`, `overlap` (float64, 0 to
        1; of the first ten terms, kit.topics.quality.distinctness), `heldout`, `heldout_error` (float64; nats per
        running term gained on the half not fitted, and its standard error over resamples), `stability`,
        `stability_error` (float64; mean likeness of a topic to its match in half of the documents, and its standard
        error), `null_stability`, `null_bound` (float64; the same in shuffled data, and its upper prediction bound),
        `excess` (float64; (stability - null) / (1 - null)), `supported` (Int64; topics more stable than any of null
        data), `resamples`, `nulls` (int64; runs finished), `recommended` (bool). Missing where there is no number.
    topics : DataFrame, one row per topic of each number, in the order of the model
        `n_topics`, `topic` (int64), `label` (str; its concept or first three terms), `terms` (str; its first ten),
        `share`, `npmi`, `exclusivity`, `stability`, `null_bound` (float64; bound for the most stable topic of null
        data), `supported` (boolean).
    runs : DataFrame, one row per topic of each finished run
        `n_topics` (int64), `kind` (str: ``resample``, ``null``), `run`, `topic` (int64), `likeness`, `heldout`
        (float64).
    recommended : int or None
        The number of topics by the rule; none if there is no stable structure or nothing could be examined.
    reason : dict of language to str
        Why.
    attrs : dict
        What a reader must know, also in each table's ``attrs``; `finest` is the largest number of topics that are all
        supported (int, or none).

    """

    table: pd.DataFrame
    topics: pd.DataFrame
    runs: pd.DataFrame
    recommended: int | None
    reason: dict[str, str]
    attrs: dict[str, Any]

    def __repr__(self) -> str:
        """Say how many numbers were examined and what is recommended."""
        examined = int((self.table["status"] == "examined").sum())
        return f"<TopicChoice: {examined} numbers of topics examined, recommended: {self.recommended}>"
