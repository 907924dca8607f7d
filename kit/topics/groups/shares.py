"""How much of the corpus, of its groups and of its years each topic has."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from kit.corpus.calls import recorded
from kit.corpus.corpus import NOT_STATED
from kit.measures.counts.grouping import By, group_documents
from kit.measures.uncertainty import minimum
from kit.parts.summaries import AnyCorpus
from kit.topics.groups.intervals import logit_t, mean_share
from kit.topics.groups.share_remarks import share_remarks, share_variant
from kit.topics.groups.weights import StoryWeights, story_weights
from kit.topics.models.result import Topics

_PERIODS = ("year", "month")
_PERIOD = re.compile(r"\d{4}(-\d\d)?", re.ASCII)
_TYPES = {
    "group": "str",
    "topic": "int64",
    "label": "str",
    "share": "float64",
    "low": "float64",
    "high": "float64",
    "stories": "int64",
    "documents": "int64",
}


@recorded("topic")
def topic_shares(corpus: AnyCorpus, topics: Topics, *, by: By | None = None, level: float = 0.95) -> pd.DataFrame:
    """Measure the share of each topic, in the whole corpus, in each group of documents, or year by year.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    topics : Topics
        From `kit.fit_topics` of this corpus, or of a larger one that holds its documents.
    by : str, mapping, or sequence of these, optional
        What makes the groups, as in `kit.term_frequencies`.
    level : float
        Share of samples in which an interval contains the true value.

    Returns
    -------
    DataFrame, one row per group and topic
        `group` (str, only with `by`: its values, joined by " · "; documents that do not state it are ``not stated`` and
        come last), `topic` (int64), `label` (str), `share`, `low`, `high` (float64, 0 to 1: mean weight over the
        stories of the group, and its interval), `stories` (int64, those in the mean), `documents` (int64, the documents
        of these stories, copies included). Groups in code-point order, topics in their own. Years or months between the
        first and the last without a document are there too, with 0 stories and a missing share, so that no line is
        drawn across them. `low` and `high` are missing (nan) below the stated minimum. No rows if there are no topics;
        the remarks in ``attrs`` say why.

    Raises
    ------
    QueryError
        The topics were fitted to other documents, or the level is not a share.
    CorpusError
        There is no such column.

    Notes
    -----
    A story is an article with its copies; it counts once in each group that printed it. Documents without a term of the
    model have no weights and are in no mean. The interval is a t interval of the mean on the scale of the logit; it
    comes from differences between stories, not between words. It takes the topics as given: `kit.topic_stability` shows
    how far they would change with other documents.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> from kit.topics.models.fit import fit_topics
    >>> about = ["Warga antre beras", "Pemain mencetak gol", "Hujan merendam sawah"]
    >>> frame = pd.DataFrame({"doc_id": f"d{row:03}", "text": f"{about[row % 3]} {row}."} for row in range(120))
    >>> corpus = kit.Corpus.from_frame(frame, clean=False)
    >>> topic_shares(corpus, fit_topics(corpus, 3)).round(2)[["topic", "share", "low", "high", "stories"]]
       topic  share   low  high  stories
    0      1   0.33  0.27  0.41      120
    1      2   0.33  0.27  0.41      120
    2      3   0.33  0.27  0.41      120
    >>> dated = kit.Corpus.from_frame(frame.assign(date=["2019-01-02", "2021-01-02", "2021-01-02"] * 40), clean=False)
    >>> table = topic_shares(dated, fit_topics(dated, 3), by="year")
    >>> table.query("topic == 1").round(2)[["group", "share", "stories"]]
      group  share  stories
    0  2019   0.88       40
    3  2020    NaN        0
    6  2021   0.06       80

    """
    minimum.check(level)
    weights = story_weights(topics, corpus)
    grouping = None if by is None else group_documents(corpus, by)
    labels = None if grouping is None else np.asarray(grouping.names, object)[grouping.code]
    groups = [""] if grouping is None else grouping.names[: len(corpus)]
    parts = []
    for group in groups:
        rows = np.arange(len(weights.doc)) if labels is None else np.flatnonzero(labels[weights.doc] == group)
        parts.append(_group(topics, weights.take(rows), group, level))
    table = _table(topics, corpus, parts, weights, by, level)
    return _without_gaps(topics, table, by, level) if isinstance(by, str) and by in _PERIODS else table


def _without_gaps(topics: Topics, table: pd.DataFrame, by: str, level: float) -> pd.DataFrame:
    """Add the years or months between the first and the last that have no document, in order, with no share."""
    there = [group for group in dict.fromkeys(table["group"]) if group != NOT_STATED]
    stated = set(there)
    gaps = [period for period in _periods(there, by) if period not in stated]
    if not gaps:
        return table
    none = np.zeros(0, np.int64)
    empty = _group(topics, StoryWeights(np.zeros((0, len(topics.topics))), none, none, 0), "", level)
    # All at once: one mistyped year makes thousands of them.
    between = empty.iloc[np.tile(np.arange(len(empty)), len(gaps))].assign(group=np.repeat(gaps, len(empty)))
    whole = pd.concat([table, between.astype(_TYPES)])
    last = whole["group"] == NOT_STATED
    order = whole.assign(_last=last).sort_values(["_last", "group", "topic"], kind="stable", ignore_index=True)
    order = order.drop(columns="_last")
    order.attrs = dict(table.attrs)
    return order


def _periods(there: Sequence[str], by: str) -> list[str]:
    """Return all years or months from the first to the last."""
    numbers = [int(name[:4]) * 12 + int(name[5:7] or 1) - 1 for name in there if _PERIOD.fullmatch(name)]
    if not numbers:
        return []
    if by == "year":
        return [f"{year:04}" for year in range(min(numbers) // 12, max(numbers) // 12 + 1)]
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(min(numbers), max(numbers) + 1)]


def _group(topics: Topics, weights: StoryWeights, group: str, level: float) -> pd.DataFrame:
    """Return the shares of all topics in one group."""
    once = weights.weights[weights.once]
    low, high = logit_t(once, level)
    number = len(topics.topics)
    columns = {
        "group": [group] * number,
        "topic": topics.topics["topic"].to_numpy(np.int64),
        "label": topics.topics["label"].tolist(),
        "share": mean_share(once),
        "low": low,
        "high": high,
        "stories": [len(once)] * number,
        "documents": [len(weights.doc)] * number,
    }
    return pd.DataFrame(columns).astype(_TYPES)


def _table(
    topics: Topics,
    corpus: AnyCorpus,
    parts: list[pd.DataFrame],
    weights: StoryWeights,
    by: By | None,
    level: float,
) -> pd.DataFrame:
    """Lay the groups under each other and say what a reader must know."""
    table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame({name: [] for name in _TYPES}).astype(_TYPES)
    missing = int(table.loc[table["stories"] > 0, "low"].isna().sum())
    copies = len(weights.once) < len(weights.doc)
    remarks = share_remarks(topics, missing=missing, cells=len(table), without=weights.without, copies=copies)
    if by is None:
        table = table.drop(columns="group")
    table.attrs = corpus.about(unit="story", variant=share_variant(level), remarks=remarks, level=level)
    table.attrs["missing"] = topics.attrs.get("missing")
    if by is not None:
        table.attrs["by"] = by if isinstance(by, str) else "group"
    return table
