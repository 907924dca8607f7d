"""What comparing numbers of topics gives back, and the number of topics that a model takes from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from kit.errors import QueryError
from kit.wording.words import Remark, remark

_MODEL = "pass what kit.compare_topics gave back for the same corpus and arguments, or leave it out"


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
        `n_topics`, `topic` (int64), `label` (str; the Indonesian label of its concept, or its first three terms),
        `terms` (str; its first ten), `share`, `npmi`, `exclusivity`, `stability`, `null_bound` (float64; bound for the
        most stable topic of null data), `supported` (boolean).
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


def number_of(n_topics: int | None, choice: TopicChoice | None, facts: Mapping[str, Any]) -> tuple[int, Remark | None]:
    """Return how many topics to fit, and what a reader must know of where the number comes from.

    A number asked for comes first, then the one recommended; if none is, the smallest of those compared.
    """
    if choice is not None:
        check_choice(choice, facts, "choice", "fit_topics")
    if n_topics is None and choice is None:
        raise QueryError(
            "no number of topics", place="fit_topics", remedy="give n_topics, or choice to take its number"
        )
    if n_topics is not None and (
        isinstance(n_topics, bool) or not isinstance(n_topics, (int, np.integer)) or n_topics < 2
    ):
        raise QueryError(f"n_topics = {n_topics!r}", place="fit_topics", remedy="ask for 2 topics or more")
    if choice is None:
        return int(n_topics or 0), None
    tried = [int(number) for number in choice.table["n_topics"]]
    best = choice.recommended
    number = int(n_topics) if n_topics is not None else best if best is not None else min(tried)
    if best is None:
        key = "none" if n_topics is None else "none_asked"
        return number, remark(f"topics.number.{key}", k=number, reason=choice.reason)
    listed = ", ".join(str(one) for one in tried)
    if number == best:
        return number, remark("topics.number.recommended", k=number, tried=listed)
    return number, remark("topics.number.other", k=number, best=best, tried=listed)


def check_choice(choice: object, facts: Mapping[str, Any], name: str, place: str) -> None:
    """Refuse a comparison of another corpus, or of other models, than the facts tell of."""
    if not isinstance(choice, TopicChoice):
        raise QueryError(f"{name} = {choice!r}", place=place, remedy=_MODEL)
    other = [key for key, value in facts.items() if choice.attrs.get(key) != value]
    if other:
        raise QueryError(f"{name} comes from a call with other {other[0]}", place=place, remedy=_MODEL)
