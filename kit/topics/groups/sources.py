"""What a topic comes from: how much of its variance outlet, place or the furniture of the page explains."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.arguments import check_amount
from kit.corpus.calls import recorded
from kit.corpus.corpus import NOT_STATED
from kit.errors import QueryError
from kit.parts.part import Part
from kit.parts.summaries import AnyCorpus, join_columns, reduce
from kit.topics.groups.share_remarks import source_remarks
from kit.topics.groups.variance import SCALE, explained
from kit.topics.groups.weights import Floats, Integers, StoryWeights, in_order, story_weights
from kit.topics.models.result import Topics
from kit.wording.words import remark

#: The source that is no column: which rules of cleaning found furniture in the document.
FURNITURE = "furniture"
#: From this share of variance on, and with this share of its weight from one group, a topic is that group.
EFFECT, WEIGHT = 0.5, 0.8
#: A topic mostly of one group: that weight, from a group of at most this share of the stories, and so small a p.
HALF, SURE = 0.5, 0.01
#: Stories that state the source, and how many more than groups. In 1,000 samples each of three shapes of weights, 2 to
#: 20 groups and true shares from 0 to .8, ε² of 100 stories missed the truth by at most .01 on average, with a standard
#: deviation of at most .11 (50 stories: .20).
STORIES, WITHIN = 100, 30
_FEWEST_RESAMPLES = 99
_TYPES = {
    "topic": "int64",
    "label": "str",
    "source": "str",
    "epsilon2": "float64",
    "null_95": "float64",
    "p": "float64",
    "largest": "str",
    "largest_share": "float64",
    "stories_share": "float64",
    "groups": "int64",
    "stories": "int64",
    "status": "str",
}


@recorded("topic", "source")
def topic_sources(
    corpus: AnyCorpus,
    topics: Topics,
    *,
    by: Sequence[str] = ("outlet", "place", FURNITURE),
    resamples: int = 999,
    seed: int = 0,
) -> pd.DataFrame:
    """Measure how much of each topic's variance over stories a source explains, and flag topics that are a source.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    topics : Topics
        From `kit.fit_topics` of this corpus, or of a larger one that holds its documents.
    by : sequence of str
        Metadata columns of the documents, ``year``, ``month``, or ``furniture``: which rules took passages out of the
        document while cleaning (their names joined by +; ``none``), which shows the style of a newsroom.
    resamples : int
        How many permutations of the groups, at least 99.
    seed : int
        Seed of the permutations.

    Returns
    -------
    DataFrame, one row per source and topic
        `topic` (int64), `label` (str), `source` (str), `epsilon2` (float64; share of variance between the groups),
        `null_95` (float64; what 95 % of the permutations do not exceed), `p` (float64; of the permutations, not
        corrected for the number of rows), `largest` (str; the group with most of the topic's weight),
        `largest_share` (float64; its share of that weight), `stories_share` (float64; its share of the stories),
        `groups`, `stories` (int64; stories that state the source), `status` (str): ``one-group``, a topic that is only
        a group; ``mostly-one-group``; ``mixed``; and where `epsilon2` is missing (nan), why: ``no-groups``,
        ``too-few``, ``constant``. Sources as given, topics in their own order. No rows if there are no topics.

    Raises
    ------
    QueryError
        The topics were fitted to other documents, no source is named, there are too few permutations, or the seed is
        not a whole number.
    CorpusError
        There is no such column.

    Notes
    -----
    With n stories in G groups, SSB and SST the sums of squares between groups and in all,
    ε² = (SSB - (G - 1) MSW) / SST, MSW = (SST - SSB) / (n - G) (Kelley 1935; the least biased of three measures in
    Okada 2013). Copies count once, under their original.

    A topic is ``one-group`` where ε² is at least .5 and at least 80 % of its weight is in one group. Both are needed:
    most weight of any topic lies in an outlet that has most of the stories, and a weight that depends on the outlet may
    depend on many. It is ``mostly-one-group`` where at least 80 % of its weight is in a group with at most half of the
    stories and p is at most .01. A theme that only one outlet covers is flagged just as its house style is: read the
    passages.

    Examples
    --------
    >>> import kit
    >>> from kit.topics.models.fit import fit_topics
    >>> about = ["Warga antre beras", "Pemain mencetak gol", "Hujan merendam sawah"]
    >>> frame = pd.DataFrame({"doc_id": f"d{row:03}", "text": f"{about[row % 3]} {row}."} for row in range(120))
    >>> corpus = kit.Corpus.from_frame(frame.assign(outlet=["warta.id", "gol.id", "warta.id"] * 40), clean=False)
    >>> table = topic_sources(corpus, fit_topics(corpus, 3), by="outlet", resamples=99)
    >>> table.round(2)[["topic", "epsilon2", "largest", "status"]]
       topic  epsilon2   largest     status
    0      1      0.24  warta.id      mixed
    1      2      1.00    gol.id  one-group
    2      3      0.24  warta.id      mixed

    """
    sources = [by] if isinstance(by, str) else list(by)
    if not sources:
        raise QueryError("by names no source", remedy='name columns, such as by=("outlet", "place")')
    remedy = f"take at least {_FEWEST_RESAMPLES}, or leave it out"
    check_amount("resamples", resamples, _FEWEST_RESAMPLES, place="topic_sources", remedy=remedy)
    check_amount("seed", seed, 0, place="topic_sources", remedy="use a whole number from 0")
    weights = story_weights(topics, corpus)
    once = weights.take(weights.once)
    parts = [_source(topics, once, _labels(corpus, source), source, resamples, seed) for source in sources]
    table = pd.concat(parts, ignore_index=True)
    rule = {"effect": EFFECT, "weight": round(100 * WEIGHT), "stories": STORIES, "within": WITHIN}
    copies = len(weights.once) < len(weights.doc)
    table.attrs = corpus.about(
        unit="story",
        variant=remark("topic_groups.source_variant", resamples=resamples, seed=seed),
        remarks=source_remarks(topics, rule, without=weights.without, copies=copies),
        missing=topics.attrs.get("missing"),
        resamples=resamples,
        seed=seed,
    )
    return table


def furniture_of(corpus: AnyCorpus) -> npt.NDArray[np.object_]:
    """Return which rules of cleaning found furniture in each document."""
    rows, found = reduce(corpus, _furniture, join_columns)
    rules = np.full(len(corpus), "none", object)
    rules[rows] = found
    return rules


def _furniture(part: Part) -> tuple[Integers, npt.NDArray[np.object_]]:
    """Return the rows of the documents of a part that had furniture, and which rules found it."""
    removed = part.corpus.removed[["doc", "rule"]].drop_duplicates().sort_values(["doc", "rule"])
    joined = removed.groupby("doc")["rule"].agg("+".join)
    return part.numbers.rows[joined.index.to_numpy(np.int64)], joined.to_numpy(object)


def _labels(corpus: AnyCorpus, source: str) -> npt.NDArray[np.object_]:
    """Return each document's group; a researcher's own column goes before the kit's name."""
    if source == FURNITURE and not reduce(corpus, _states_furniture, any):
        return furniture_of(corpus)
    groups: npt.NDArray[np.object_] = corpus.group_of(source).to_numpy(object)
    return groups


def _states_furniture(part: Part) -> bool:
    """Tell whether the documents of a part have a column of the name."""
    return FURNITURE in part.corpus.documents.columns


def _source(
    topics: Topics, once: StoryWeights, labels: npt.NDArray[np.object_], source: str, resamples: int, seed: int
) -> pd.DataFrame:
    """Return the rows of one source."""
    stated = once.take(np.flatnonzero(labels[once.doc] != NOT_STATED))
    names = in_order(labels[stated.doc])
    group = pd.Index(names).get_indexer(pd.Index(labels[stated.doc])).astype(np.int64)
    number = len(topics.topics)
    columns: dict[str, Any] = {
        "topic": topics.topics["topic"].to_numpy(np.int64),
        "label": topics.topics["label"].tolist(),
        "source": [source] * number,
        **_effects(stated.weights, group, len(names), resamples, seed),
        **_largest(stated.weights, group, names),
        "groups": [len(names)] * number,
        "stories": [len(group)] * number,
    }
    columns["status"] = [
        _status(*row, groups=len(names), stories=len(group))
        for row in zip(*(columns[name] for name in ("epsilon2", "p", "largest_share", "stories_share")), strict=True)
    ]
    return pd.DataFrame(columns).astype(_TYPES)


def _enough(groups: int, stories: int) -> bool:
    """Tell whether the variance can be parted."""
    return groups > 1 and stories >= STORIES and stories - groups >= WITHIN


def _effects(weights: Floats, group: Integers, groups: int, resamples: int, seed: int) -> dict[str, Floats]:
    """Return what the groups explain; missing below the minimum."""
    if not weights.shape[1] or not _enough(groups, len(group)):
        return {name: np.full(weights.shape[1], np.nan) for name in ("epsilon2", "null_95", "p")}
    found = explained(weights, group, resamples, seed)
    return {"epsilon2": found.epsilon2, "null_95": found.null_95, "p": found.p}


def _largest(weights: Floats, group: Integers, names: list[str]) -> dict[str, Any]:
    """Return the group with most of each topic's weight; of equals the first in order."""
    number = weights.shape[1]
    if not names:
        empty = np.full(number, np.nan)
        return {"largest": [""] * number, "largest_share": empty, "stories_share": empty}
    whole = np.rint(weights * SCALE).astype(np.int64)
    added = np.stack([whole[group == row].sum(axis=0) for row in range(len(names))])
    first = added.argmax(axis=0)
    total = added.sum(axis=0)
    size = np.bincount(group, minlength=len(names))
    return {
        "largest": [names[row] for row in first.tolist()],
        "largest_share": np.divide(added.max(axis=0), total, out=np.full(number, np.nan), where=total > 0),
        "stories_share": size[first] / len(group),
    }


def _status(effect: float, p: float, weight: float, share: float, *, groups: int, stories: int) -> str:
    """Judge one topic by one source."""
    if groups <= 1:
        return "no-groups"
    if not _enough(groups, stories):
        return "too-few"
    if np.isnan(effect):
        return "constant"
    if weight >= WEIGHT and effect >= EFFECT:
        return "one-group"
    return "mostly-one-group" if weight >= WEIGHT and share <= HALF and p <= SURE else "mixed"
