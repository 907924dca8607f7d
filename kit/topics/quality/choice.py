"""How many topics: numbers of topics compared by coherence, distinctness, held-out fit and stability beside a null."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, get_args

import numpy as np
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.corpus.calls import recorded
from kit.errors import QueryError
from kit.parts.summaries import AnyCorpus
from kit.progress import counted
from kit.topics.coherence.coherence import TOP
from kit.topics.models.anchors import Seeds, find_anchors, named_seeds
from kit.topics.models.choice import TopicChoice, check_choice
from kit.topics.models.fit import UNITS_A_TOPIC
from kit.topics.models.gathered import matrix_of
from kit.topics.models.matrix import TopicMatrix, Within, term_options
from kit.topics.models.solution import Model
from kit.topics.models.space import sample_of
from kit.topics.quality.choice_remarks import needs, remarks, too_few
from kit.topics.quality.choice_tables import TOPIC, Examined, number_row, number_table, run_rows, topic_rows
from kit.topics.quality.replication import (
    Run,
    Setting,
    check_runs,
    drawn_of,
    half_drawn,
    null_drawn,
    null_half,
    null_run,
    resample,
    runs_of,
    whole,
)
from kit.topics.quality.rule import finest, recommended
from kit.wording.words import Remark, in_both, remark

#: Units looked at; of more, as many are taken, evenly spread.
MOST = 8_000
#: Fitted units below which no number of topics is examined, however small.
FEWEST_UNITS = 50


@recorded(table=["n_topics"], topics=["n_topics", "topic"], runs=["n_topics", "kind", "run", "topic"])
def compare_topics(
    corpus: AnyCorpus,
    k: int | Iterable[int] = range(2, 13),
    *,
    model: Model = "spherical",
    seeds: Seeds | None = None,
    codebook: Codebook | None = None,
    within: Within = "document",
    resamples: int = 10,
    nulls: int = 10,
    warm: bool = False,
    seed: int = 0,
    progress: bool | None = None,
    resume: TopicChoice | None = None,
    **terms: Any,
) -> TopicChoice:
    """Compare numbers of topics, and recommend one by a stated rule, or none.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
        Documents that copy another are left out. From a corpus in parts the counts of terms are gathered, as by
        `kit.fit_topics`.
    k : iterable of int, or int
        Numbers of topics, from 2.
    model : {"spherical", "nmf", "lda"}
    seeds, codebook
        Concepts that topics are anchored to, as in `kit.fit_topics`.
    within : {"document", "paragraph"}
    resamples : int
        How many random halves of the documents to fit topics to, at least 2.
    nulls : int
        How many shuffled corpora (null data) to fit topics to, at least 5.
    warm : bool
        Whether halves begin from the topics of all documents. That is faster and still tells structure from chance, but
        all numbers of topics look nearly equally stable: leave it off to choose a number.
    seed : int
        Seed of all draws: `kit.topics.quality.replication` says what is drawn and in which order.
    progress : bool, optional
        Whether to show how many runs are done and how long the others may take; if left out, as soon as it takes time:
        a bar in a terminal or notebook, else a line on standard error every half a minute.
    resume : TopicChoice, optional
        What an interrupted call with the same arguments gave back; its runs are not done again.
    **terms
        What terms are, as in `kit.fit_topics`: `unit`, `names`, `stopwords`, `min_count`, `max_share`.

    Returns
    -------
    TopicChoice
        A number of topics that needs more units than there are has a row without values, and a remark says how many
        units it needs. If the user stops the work (Ctrl-C, or the stop button), the finished runs are returned, and a
        remark says so.

    Raises
    ------
    QueryError
        An argument is not valid, or `resume` comes from another call.

    Notes
    -----
    The rule is in `kit.topics.quality.rule`: of the numbers that are above the null and whose excess is within one
    standard error of the largest, the smallest is recommended. With 10 resamples and 10 null runs, each number of
    topics takes 31 fits: one to all documents, one to each half, and two to each shuffled corpus. If there are more
    than 8,000 units, only 8,000 are used, evenly spread over the corpus.

    Measured on 100 shuffled corpora of 120 documents (2 to 6 topics): none was recommended in all 100. On corpora with
    planted topics, whose texts take two fifths of their words from the topic's own thirty, the planted number was
    recommended in 10 of 10 (3 topics in 60 and in 120 documents, 5 in 100 and in 200, 8 in 160 and in 320) and in 9 of
    10 (5 in 60).

    Examples
    --------
    >>> import kit, pandas as pd
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": ["Layanan harus cepat."]}), clean=False)
    >>> choice = compare_topics(corpus, [2, 3])
    >>> choice.recommended is None, choice.table.status.tolist()
    (True, ['too-few', 'too-few'])
    >>> print(choice.reason["en"])
    Nothing could be examined: 2 topics need at least 50 articles of different text that have terms of the model; the
    corpus has 1 of different text, 0 of them with terms of the model (a term has to stand in at least 2).

    """
    numbers = _numbers(k)
    _check(model, resamples, nulls, seed)
    named = named_seeds(seeds, codebook)
    whole_matrix = matrix_of(corpus, within=within, **terms)
    rows = sample_of(whole_matrix.counts.shape[0], MOST)
    there = whole_matrix.counts.shape[0]
    matrix = whole_matrix.take(rows) if len(rows) < there else whole_matrix
    facts: dict[str, Any] = {
        "unit": within,
        "model": model,
        "n_topics": numbers,
        "n_resamples": resamples,
        "n_nulls": nulls,
        "warm": warm,
        "seed": seed,
        "units": len(rows),
        "terms": term_options(whole_matrix, terms),
        "seeds": named,
    }
    kept = _kept(resume, facts, corpus)
    possible = [number for number in numbers if _enough(matrix, number)]
    settings = {}
    for number in possible:
        anchors, _ = find_anchors(corpus, whole_matrix, seeds, number, codebook)
        settings[number] = Setting(matrix, anchors.take(rows) if len(rows) < there else anchors, model, seed, warm)
    asked = len(possible) * (resamples + nulls)
    examined: dict[int, Examined] = {}
    try:
        with counted(asked, "compare_topics", shown=progress) as steps:
            _examine(matrix, settings, examined, {"resample": resamples, "null": nulls}, kept, steps)
    except KeyboardInterrupt:
        if not any(one.runs for one in examined.values()):
            raise
    return _choice(corpus, numbers, matrix, whole_matrix, examined, facts, asked)


def _examine(
    matrix: TopicMatrix,
    settings: Mapping[int, Setting],
    examined: dict[int, Examined],
    amounts: Mapping[str, int],
    kept: Mapping[tuple[int, str, int], Run],
    steps: Any,
) -> None:
    """Do the runs; each is put down as soon as it is finished.

    Draw by draw and not number by number: a draw's space is made once, and what an interruption leaves of the numbers
    can be compared, as corpus and null data can, which take turns.
    """
    every = drawn_of(matrix)
    for number, setting in settings.items():
        examined[number] = Examined(setting, whole(setting, number, every), ())
    for run in range(max(amounts.values())):
        for kind in (kind for kind, amount in amounts.items() if run < amount):
            seed = next(iter(settings.values())).seed if settings else 0
            missing = [number for number in settings if (number, kind, run) not in kept]
            half = half_drawn(matrix, seed, run) if missing and kind == "resample" else None
            drawn = null_drawn(matrix, seed, run) if missing and kind == "null" else None
            null = None if drawn is None else (drawn, null_half(drawn, seed, run))
            for number, setting in settings.items():
                found = examined[number].found
                done = kept.get((number, kind, run))
                if done is None:
                    resampled = kind == "resample"
                    done = resample(setting, found, run, half) if resampled else null_run(setting, number, run, null)
                examined[number] = replace(examined[number], runs=(*examined[number].runs, done))
                steps.update()


def _choice(
    corpus: AnyCorpus,
    numbers: list[int],
    matrix: TopicMatrix,
    whole_matrix: TopicMatrix,
    examined: dict[int, Examined],
    facts: dict[str, Any],
    asked: int,
) -> TopicChoice:
    """Put the tables together and apply the rule."""
    unit, complete = facts["unit"], facts["n_resamples"] + facts["n_nulls"]
    lacking = [number for number in numbers if not _enough(matrix, number)]
    tests = max(len(numbers) - len(lacking), 1)
    rows: list[dict[str, object]] = []
    for number in numbers:
        if number in examined and examined[number].runs:
            status = "examined" if len(examined[number].runs) == complete else "interrupted"
            rows.append(number_row(examined[number], status, tests))
        else:
            rows.append({"n_topics": number, "status": "too-few" if number in lacking else "not-run"})
    full = [row for row in rows if row["status"] == "examined"]
    chosen, most = recommended(number_table(full, None)), finest(number_table(full, None))
    done = [run for one in examined.values() for run in one.runs]
    units, needed = matrix.counts.shape[0], max(FEWEST_UNITS, UNITS_A_TOPIC * (lacking[0] if lacking else 0))
    vocabulary = (matrix.counts.shape[1], max(TOP, lacking[0] if lacking else 0))
    lack: Remark | None = None
    if lacking and units < needed:
        different = int((whole_matrix.units["status"] != "copy").sum())
        counted = {"different": different, "there": units, "minimum": matrix.minimum}
        lack = needs(unit, topics=lacking[0], needed=needed, **counted)
    few = too_few(lacking, units=lack, terms=vocabulary)
    why: Remark
    if chosen is not None:
        row = next(row for row in full if row["n_topics"] == chosen)
        shown = {name: float(str(row[column])) for name, column in _SHOWN.items()}
        why = remark("topic_choice.reason.recommended", k=chosen, **shown)
    elif full:
        why = remark("topic_choice.reason.no-structure")
    elif done:
        why = remark("topic_choice.reason.interrupted")
    elif lack is not None:
        why = remark("topic_choice.reason.too-few", needs=lack)
    else:
        why = few or remark("topic_choice.reason.no-structure")
    told = [
        why,
        *remarks(
            runs={"resamples": facts["n_resamples"], "nulls": facts["n_nulls"], "seed": facts["seed"]},
            warm=facts["warm"],
            unit=unit,
            used=units,
            there=whole_matrix.counts.shape[0],
            few=few,
            done=len(done),
            asked=asked,
            finest=most,
        ),
    ]
    attrs = corpus.about(
        variant=remark("topic_choice.variant"), remarks=told, recommended=chosen, finest=most, reason=why, **facts
    )
    listed = [topic_rows(one) for one in examined.values() if one.runs]
    tables = {
        "table": number_table(rows, chosen),
        "topics": pd.concat(listed, ignore_index=True) if listed else _empty_topics(),
        "runs": run_rows(done),
    }
    for table in tables.values():
        table.attrs = dict(attrs)
    tables["topics"].attrs["remarks"] = [*told, remark("topic_choice.topics")]
    return TopicChoice(**tables, recommended=chosen, reason=in_both(why), attrs=attrs)


_SHOWN = {"stability": "stability", "null": "null_stability", "bound": "null_bound"}


def _empty_topics() -> pd.DataFrame:
    """Return a table of topics without rows."""
    return pd.DataFrame({name: [] for name in TOPIC}).astype(TOPIC)


def _enough(matrix: TopicMatrix, number: int) -> bool:
    """Tell whether so many topics can be examined."""
    units, terms = matrix.counts.shape
    return bool(units >= max(FEWEST_UNITS, UNITS_A_TOPIC * number) and terms >= max(TOP, number))


def _numbers(k: int | Iterable[int]) -> list[int]:
    """Check the numbers of topics, and sort them."""
    listed = list(k) if isinstance(k, Iterable) else [k]
    for number in listed:
        if isinstance(number, bool) or not isinstance(number, (int, np.integer)) or number < 2:
            raise QueryError(
                f"k = {number!r}", place="compare_topics", remedy="give whole numbers from 2, as range(2, 13)"
            )
    if not listed:
        raise QueryError(
            "k holds no number", place="compare_topics", remedy="give whole numbers from 2, as range(2, 13)"
        )
    return sorted({int(number) for number in listed})


def _check(model: str, resamples: int, nulls: int, seed: int) -> None:
    """Refuse arguments that have no meaning."""
    if model not in get_args(Model):
        remedy = "use one of " + ", ".join(get_args(Model))
        raise QueryError(f"model = {model!r}", place="compare_topics", remedy=remedy)
    check_runs(resamples, nulls, seed, "compare_topics")


def _kept(resume: TopicChoice | None, facts: dict[str, Any], corpus: AnyCorpus) -> dict[tuple[int, str, int], Run]:
    """Return the runs of an earlier call by number of topics, kind and run."""
    if resume is None:
        return {}
    free = ("n_topics", "n_resamples", "n_nulls")
    now = {name: value for name, value in facts.items() if name not in free}
    check_choice(resume, {**now, "fingerprint": corpus.fingerprint}, "resume", "compare_topics")
    return runs_of(resume)
