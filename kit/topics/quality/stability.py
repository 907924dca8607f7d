"""The stability of the topics of one model, beside what topics of shuffled data reach."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.corpus.calls import recorded
from kit.errors import QueryError
from kit.parts.summaries import AnyCorpus
from kit.progress import counted
from kit.topics.models.anchors import Seeds, find_anchors
from kit.topics.models.choice import TopicChoice, check_choice
from kit.topics.models.gathered import matrix_of
from kit.topics.models.matrix import TopicMatrix, term_options
from kit.topics.models.result import Topics
from kit.topics.quality.choice_remarks import stability_remarks
from kit.topics.quality.choice_tables import Examined, mean, stability_of
from kit.topics.quality.replication import (
    Run,
    Setting,
    check_runs,
    drawn_of,
    null_run,
    resample,
    runs_of,
    whole,
    without_documents,
)

_COLUMNS = {
    "topic": "int64",
    "label": "str",
    "stability": "float64",
    "least": "float64",
    "null_stability": "float64",
    "null_bound": "float64",
    "supported": "boolean",
    "resamples": "int64",
}


@recorded("topic")
def topic_stability(
    corpus: AnyCorpus,
    topics: Topics,
    *,
    choice: TopicChoice | None = None,
    seeds: Seeds | None = None,
    codebook: Codebook | None = None,
    resamples: int = 10,
    nulls: int = 10,
    warm: bool = False,
    seed: int = 0,
    progress: bool | None = None,
) -> pd.DataFrame:
    """Say of each topic of a model how stable it is.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
        The one the topics were fitted to.
    topics : Topics
        From `kit.fit_topics`.
    choice : TopicChoice, optional
        What `kit.compare_topics` returned for this corpus with these arguments. If it compared this number of topics,
        with the seed that the topics were fitted with and on all units, its runs are the same draws and are taken
        from it.
    seeds, codebook
        Those the topics were fitted with.
    resamples : int
        How many random halves of the documents to fit topics to, at least 2.
    nulls : int
        How many shuffled corpora (null data) to fit topics to, at least 5.
    warm : bool
        Whether halves begin from the topics of all documents, in the corpus and in null data alike. That is faster, but
        it does not test whether another start finds a topic. Of twelve topics of 3,875 news articles, all had a
        likeness of .94 or more to their match in a half when warm; from its own start, the half did not find two of
        them.
    seed : int
        Seed of the halves and of the null data; `kit.topics.quality.replication` says what is drawn.
    progress : bool, optional
        Whether to show how many runs are done and how long the others may take; if left out, as soon as it takes time:
        a bar in a terminal or notebook, else a line on standard error every half a minute.

    Returns
    -------
    DataFrame, one row per topic, in the order of the model
        `topic` (int64), `label` (str), `stability` (float64, 0 to 1; mean likeness of the topic to its match in the
        halves), `least` (float64; the least likeness), `null_stability` (float64; mean over the topics of null data),
        `null_bound` (float64; upper 95 % prediction bound of the most stable topic of null data), `supported` (boolean;
        above it), `resamples` (int64; finished). No rows if the model has no topics. If the user stops the work, the
        runs finished are used, and a remark says so.

    Raises
    ------
    QueryError
        An argument is not valid, the topics were not fitted to this corpus with these seeds, or `choice` comes from
        another call.

    Notes
    -----
    A run is described in `kit.topics.quality.replication`, likeness in `kit.topics.quality.matching`, the bound in
    `kit.topics.quality.rule`.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> texts = [f"Warga antre beras {row}." if row < 30 else f"Pemain mencetak gol {row}." for row in range(60)]
    >>> frame = pd.DataFrame({"doc_id": [f"d{row:02}" for row in range(60)], "text": texts})
    >>> corpus = kit.Corpus.from_frame(frame, clean=False)
    >>> from kit.topics.models.fit import fit_topics
    >>> topic_stability(corpus, fit_topics(corpus, 2), resamples=2, nulls=5).stability.round(2).tolist()
    [1.0, 1.0]

    """
    facts = topics.attrs
    _check(corpus, topics, resamples, nulls, seed)
    options = {name: facts[name] for name in ("names", "stopwords", "min_count", "max_share")}
    n_topics = len(topics.topics)
    runs: list[Run] = []
    table = topics.topics[["topic", "label"]].copy()
    if n_topics:
        matrix = matrix_of(corpus, within=facts["unit"], unit=facts["count"], **options)
        anchors, _ = find_anchors(corpus, matrix, seeds, n_topics, codebook)
        setting = Setting(matrix, anchors, facts["model"], seed, warm)
        kept = {} if choice is None else _kept(choice, topics, matrix, seed, warm=warm)
        found = whole(setting, n_topics, drawn_of(matrix), facts["seed"])
        if not np.array_equal(found.documents.mean(axis=0).round(6), topics.topics["share"].to_numpy(np.float64)):
            remedy = "pass the seeds and the codebook that fit_topics was given"
            raise QueryError("fitting again did not give the same topics", place="topic_stability", remedy=remedy)
        found = without_documents(found)
        try:
            with counted(resamples + nulls, "topic_stability", shown=progress) as steps:
                for run in range(max(resamples, nulls)):
                    if run < resamples:
                        runs.append(kept.get((n_topics, "resample", run)) or resample(setting, found, run))
                        steps.update()
                    if run < nulls:
                        runs.append(kept.get((n_topics, "null", run)) or null_run(setting, n_topics, run))
                        steps.update()
        except KeyboardInterrupt:
            if not runs:
                raise
        table = _table(table, Examined(setting, found, tuple(runs)))
    told = stability_remarks(
        runs={"resamples": resamples, "nulls": nulls, "seed": seed},
        warm=warm,
        done=len(runs),
        asked=resamples + nulls if n_topics else 0,
    )
    table = table.reindex(columns=[*_COLUMNS]).astype(_COLUMNS)
    passed = {name: facts[name] for name in ("unit", "model", "n_topics", "count", *options) if name in facts}
    more: dict[str, Any] = {
        "missing": facts.get("missing"),
        "seed": seed,
        "warm": warm,
        "n_resamples": resamples,
        "n_nulls": nulls,
    }
    table.attrs = corpus.about(variant=facts["variant"], remarks=[*facts["remarks"], *told], **passed, **more)
    return table


def _kept(
    choice: TopicChoice, topics: Topics, matrix: TopicMatrix, seed: int, *, warm: bool
) -> Mapping[tuple[int, str, int], Run]:
    """Return the runs of a comparison that are draws of these topics, too."""
    facts = {name: topics.attrs[name] for name in ("fingerprint", "unit", "model", "seeds")}
    given = {name: topics.attrs[name] for name in ("names", "stopwords", "max_share")} | {"unit": topics.attrs["count"]}
    facts |= {"terms": term_options(matrix, given), "seed": seed, "warm": warm}
    check_choice(choice, facts, "choice", "topic_stability")
    same = topics.attrs["seed"] == seed and choice.attrs["units"] == matrix.counts.shape[0]
    return runs_of(choice) if same else {}


def _table(table: pd.DataFrame, examined: Examined) -> pd.DataFrame:
    """Add what the runs say of each topic."""
    halves, null = examined.of("resample"), examined.of("null")
    least = np.stack([run.likeness for run in halves]).min(axis=0) if halves else np.full(len(table), np.nan)
    told = stability_of(examined)
    return table.reset_index(drop=True).assign(
        stability=told["stability"],
        least=least,
        null_stability=mean([value for run in null for value in run.likeness.tolist()]),
        null_bound=told["null_bound"],
        supported=told["supported"],
        resamples=len(halves),
    )


def _check(corpus: AnyCorpus, topics: Topics, resamples: int, nulls: int, seed: int) -> None:
    """Refuse arguments that have no meaning."""
    place = "topic_stability"
    if topics.attrs.get("fingerprint") != corpus.fingerprint:
        raise QueryError(
            "the topics come from another corpus", place=place, remedy="pass the corpus they were fitted to"
        )
    check_runs(resamples, nulls, seed, place)
