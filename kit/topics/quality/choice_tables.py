"""The tables of a comparison: what the runs of each number of topics add up to."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kit.topics.coherence.coherence import TOP, npmi, umass
from kit.topics.coherence.cooccurrence import by_document
from kit.topics.models.ranking import telling
from kit.topics.models.solution import Solution
from kit.topics.quality.distinctness import diversity, exclusivity, overlap
from kit.topics.quality.matching import Floats, Integers
from kit.topics.quality.replication import Run, Setting
from kit.topics.quality.rule import LEVEL, TOPIC_LEVEL, bound

_DECIMALS = 9
_NUMBERS = (
    "npmi",
    "umass",
    "diversity",
    "exclusivity",
    "overlap",
    "heldout",
    "heldout_error",
    "stability",
    "stability_error",
    "null_stability",
    "null_bound",
    "excess",
)
ROW = {
    "n_topics": "int64",
    "status": "str",
    **dict.fromkeys(_NUMBERS, "float64"),
    "supported": "Int64",
    "resamples": "int64",
    "nulls": "int64",
    "recommended": "bool",
}
TOPIC = {
    "n_topics": "int64",
    "topic": "int64",
    "label": "str",
    "terms": "str",
    **dict.fromkeys(("share", "npmi", "exclusivity", "stability", "null_bound"), "float64"),
    "supported": "boolean",
}
RUN = {
    "n_topics": "int64",
    "kind": "str",
    "run": "int64",
    "topic": "int64",
    "likeness": "float64",
    "heldout": "float64",
}


@dataclass(frozen=True, eq=False)
class Examined:
    """One number of topics: the topics of all units, and the runs finished.

    Attributes
    ----------
    setting : Setting
    found : Solution
    runs : tuple of Run

    """

    setting: Setting
    found: Solution
    runs: tuple[Run, ...]

    def of(self, kind: str) -> list[Run]:
        """Return the runs of one kind."""
        return [run for run in self.runs if run.kind == kind]


def first_terms(setting: Setting, found: Solution) -> Integers:
    """Return the columns of the first ten terms of each topic, ranked as `kit.fit_topics` ranks them.

    Of equals the alphabetically first; fewer where the model has fewer terms.
    """
    weights = telling(setting.matrix, found)
    return np.argsort(-weights, axis=1, kind="stable")[:, :TOP].astype(np.int64)


def stability_of(examined: Examined) -> pd.DataFrame:
    """Return the stability of each topic and the bound of the null."""
    topics = len(examined.found.terms)
    resamples = [run.likeness for run in examined.of("resample")]
    best = bound([float(run.likeness.max()) for run in examined.of("null")], TOPIC_LEVEL)
    stability = [mean([float(row[topic]) for row in resamples]) for topic in range(topics)]
    known = bool(resamples) and not math.isnan(best)
    supported = [value > best if known else None for value in stability]
    return pd.DataFrame(
        {
            "stability": np.array(stability, np.float64),
            "null_bound": np.full(topics, best),
            "supported": pd.array(supported, dtype="boolean"),
        }
    )


def topic_rows(examined: Examined) -> pd.DataFrame:
    """Return the rows of the table of topics for one number of topics."""
    setting, found = examined.setting, examined.found
    top = first_terms(setting, found)
    terms = [[setting.matrix.terms[column] for column in row] for row in top.tolist()]
    anchors = setting.anchors
    labels = [anchors.label(row) if anchors is not None else "" for row in found.anchor.tolist()]
    rows = pd.DataFrame(
        {
            "n_topics": len(top),
            "topic": np.arange(1, len(top) + 1),
            "label": [label or ", ".join(row[:3]) for label, row in zip(labels, terms, strict=True)],
            "terms": [", ".join(row) for row in terms],
            "share": found.documents.mean(axis=0).round(6),
            "npmi": npmi(by_document(setting.matrix.counts, top.ravel()), top),
            "exclusivity": exclusivity(found.terms, top),
        }
    )
    return pd.concat([rows, stability_of(examined)], axis=1).astype(TOPIC)[[*TOPIC]]


def run_rows(runs: Sequence[Run]) -> pd.DataFrame:
    """Return the table of runs, a row per topic."""
    sizes = [len(run.likeness) for run in runs]
    table = {
        "n_topics": np.repeat([run.topics for run in runs], sizes),
        "kind": np.repeat(np.array([run.kind for run in runs], object), sizes),
        "run": np.repeat([run.run for run in runs], sizes),
        "topic": np.concatenate([np.arange(1, size + 1) for size in sizes] or [np.zeros(0, np.int64)]),
        "likeness": np.concatenate([run.likeness for run in runs] or [np.zeros(0)]),
        "heldout": np.repeat([run.heldout for run in runs], sizes),
    }
    return pd.DataFrame(table).astype(RUN)


def number_row(examined: Examined, status: str, tests: int) -> dict[str, object]:
    """Return the row of one number of topics."""
    setting, found = examined.setting, examined.found
    top = first_terms(setting, found)
    together = by_document(setting.matrix.counts, top.ravel())
    resamples, nulls = examined.of("resample"), examined.of("null")
    stability = [_over_topics(run.likeness) for run in resamples]
    null = [_over_topics(run.likeness) for run in nulls]
    heldout = [run.heldout for run in resamples]
    chance, stable = mean(null), mean(stability)
    supported = stability_of(examined)["supported"]
    return {
        "n_topics": len(found.terms),
        "status": status,
        "npmi": mean(npmi(together, top).tolist()),
        "umass": mean(umass(together, top).tolist()),
        "diversity": round(diversity(top), _DECIMALS),
        "exclusivity": mean(exclusivity(found.terms, top).tolist()),
        "overlap": overlap(top),
        "heldout": mean(heldout),
        "heldout_error": error(heldout),
        "stability": stable,
        "stability_error": error(stability),
        "null_stability": chance,
        "null_bound": bound(null, LEVEL / tests),
        "excess": round((stable - chance) / (1 - chance), _DECIMALS) if chance < 1 else math.nan,
        "supported": pd.NA if supported.isna().any() else int(supported.sum()),
        "resamples": len(resamples),
        "nulls": len(nulls),
    }


def number_table(rows: Sequence[Mapping[str, object]], chosen: int | None) -> pd.DataFrame:
    """Return the table of numbers of topics; what a row leaves out is missing."""
    table = pd.DataFrame([dict(row) for row in rows], columns=[*ROW])
    table["recommended"] = table["n_topics"] == (chosen if chosen is not None else -1)
    return table.fillna({"resamples": 0, "nulls": 0}).astype(ROW)


def mean(values: Sequence[float]) -> float:
    """Return the mean, 9 decimals; missing (nan) without values."""
    return round(math.fsum(values) / len(values), _DECIMALS) if values else math.nan


def error(values: Sequence[float]) -> float:
    """Return the standard error of the mean over runs; missing (nan) with fewer than two."""
    n = len(values)
    if n < 2:
        return math.nan
    middle = math.fsum(values) / n
    return round(math.sqrt(math.fsum((value - middle) ** 2 for value in values) / (n - 1) / n), _DECIMALS)


def _over_topics(likeness: Floats) -> float:
    """Return the stability of one run: the mean over topics."""
    return mean(likeness.tolist())
