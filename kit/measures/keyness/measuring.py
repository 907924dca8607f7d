"""What is said of some items, each by its own numbers alone: counts, effects, intervals and tests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

import numpy as np
import pandas as pd

from kit.measures.counts import contingency
from kit.measures.counts.counts import Counts
from kit.measures.keyness import effects
from kit.measures.keyness.comparison import Floats, Sides, sides_of
from kit.measures.keyness.frequency_list import FrequencyList
from kit.measures.keyness.significance import fisher_p, log_ratio_p, mann_whitney
from kit.measures.uncertainty import minimum
from kit.measures.uncertainty.facts import Method
from kit.measures.uncertainty.log_ratios import ends_of, in_sense
from kit.measures.uncertainty.samples import Sample, story_sample
from kit.measures.uncertainty.uncertainty import frequency_intervals

Interval = Literal["stories", "percentile", "bca", "tokens"]
Test = Literal["stories", "mann_whitney", "g2_4cell", "g2_2cell", "g2_williams", "chi2", "chi2_yates", "fisher"]

_STATISTICS = ("g2_2cell", "g2_4cell", "g2_williams", "chi2", "chi2_yates")
_STORY_TESTS = ("stories", "mann_whitney")


class Rows(NamedTuple):
    """The columns of some items, how many have one bound only, and how many too few stories hold."""

    table: pd.DataFrame
    bounds: int
    rare: int


class _Ends(NamedTuple):
    """Ends of the log ratio's interval; how many have one bound only, and how many too few stories hold."""

    low: Floats
    high: Floats
    bounds: int = 0
    rare: int = 0


class Asked(NamedTuple):
    """What was asked for."""

    interval: Interval
    test: Test
    level: float
    resamples: int
    seed: int
    k: float
    min_count: int

    @property
    def method(self) -> Method:
        """How intervals over stories are made."""
        return "percentile" if self.interval == "percentile" else "bca" if self.interval == "bca" else "log_t"

    @property
    def drawn(self) -> tuple[int, int]:
        """Resamples and seed of a bootstrap."""
        return (self.resamples, self.seed) if self.method != "log_t" else (0, 0)


def measured(here: Counts, there: Counts | None, listed: FrequencyList | None, asked: Asked) -> Rows:
    """Return what is said of some items, without what adjusts p-values for all."""
    reference = listed if there is None else there
    assert reference is not None
    sides = sides_of(here, reference)
    both = sides.target.totals + sides.listed["count"].fillna(0).to_numpy()
    sides = sides.take(np.flatnonzero(both >= asked.min_count))
    samples = [story_sample(side) for side in (sides.target, sides.reference) if isinstance(side, Counts)]
    large = min(len(sample) for sample in samples) >= minimum.SAMPLE
    ends = _interval(sides, samples, asked)
    columns = _columns(sides, ends, _of_tables(sides, asked.k, exact=large))
    missing = np.full(len(ends.low), np.nan)
    columns["p"] = _p_values(sides, samples, columns, asked.test) if large else missing
    return Rows(pd.DataFrame(columns), ends.bounds, ends.rare)


def joined(blocks: Sequence[Rows]) -> Rows:
    """Put the items of blocks behind each other; who asks holds the blocks no longer, which are as large once more."""
    table = pd.concat([block.table for block in blocks], ignore_index=True)
    return Rows(table, sum(block.bounds for block in blocks), sum(block.rare for block in blocks))


def _columns(sides: Sides, ends: _Ends, of_tables: dict[str, Floats]) -> dict[str, Any]:
    """Return the columns in their order: raw numbers, effects with intervals, statistics."""
    listed, whole = sides.listed, isinstance(sides.reference, Counts)
    count = listed["count"].to_numpy()
    return {
        "item": pd.array(np.asarray(sides.target.items, object), dtype="str"),
        "count_target": sides.target.totals,
        "count_reference": count.astype(np.int64) if whole else count,
        "documents_target": sides.target.document_frequency,
        "documents_reference": listed["documents"].to_numpy().astype(np.int64 if whole else np.float64),
        "per_million_target": sides.target.totals.astype(np.float64) / sides.target_size * 1e6,
        "per_million_reference": listed["per_million"].to_numpy(),
        "reference_bound": listed["bound"].to_numpy(),
        "log_ratio": of_tables["log_ratio"],
        "log_ratio_low": ends.low,
        "log_ratio_high": ends.high,
        "log_ratio_bound": _nearest(ends),
        **of_tables,
    }


def _of_tables(sides: Sides, k: float, *, exact: bool) -> dict[str, Floats]:
    """Return effects and statistics of every item, each table of counts worked out once: most words are rare."""
    target = sides.target.totals.astype(np.float64)
    count, rate, bound = (sides.listed[name].to_numpy() for name in ("count", "per_million", "bound"))
    rows, place = contingency.distinct(target, count, rate, bound)
    target, count, rate, bound = target[rows], count[rows], rate[rows], bound[rows]
    tests = (target, target + count, sides.target_size, sides.target_size + sides.reference_size)
    # Effects need rates alone: a list without counts stands for a reference of a million words.
    known = np.isfinite(sides.reference_size) & ~bound
    other, size = np.where(known, count, rate), np.where(known, sides.reference_size, 1e6)
    table = (target, target + other, sides.target_size, sides.target_size + size)
    statistics = {name: getattr(contingency, name)(*tests) for name in _STATISTICS}
    found = {
        "log_ratio": in_sense(effects.log_ratio(*table), target, other),
        "relative_risk": effects.relative_risk(*table),
        "pct_diff": effects.pct_diff(*table),
        "odds_ratio": effects.odds_ratio(*table),
        "difference_coefficient": effects.difference_coefficient(*table),
        "simple_maths": effects.simple_maths(*table, k=k),
        **statistics,
        "bic": contingency.bic(statistics["g2_2cell"], tests[3]),
        "fisher_p": fisher_p(*tests) if exact else np.full(len(rows), np.nan),
    }
    return {name: values[place] for name, values in found.items()}


def _interval(sides: Sides, samples: list[Sample], asked: Asked) -> _Ends:
    """Return the interval of every item's log ratio."""
    if asked.interval == "tokens":
        count = sides.target.totals.astype(np.float64)
        row = count + sides.listed["count"].to_numpy()
        total = sides.target_size + sides.reference_size
        ends = effects.relative_risk_interval(count, row, sides.target_size, total, confidence=asked.level)
        return _Ends(np.log2(ends[0]), np.log2(ends[1]))
    if isinstance(sides.reference, Counts):
        return _Ends(*ends_of(samples[0], samples[1], asked.method, asked.level, *asked.drawn))
    drawn: dict[str, Any] = {"method": asked.method, "resamples": asked.resamples, "seed": asked.seed}
    table = frequency_intervals(sides.target, level=asked.level, **drawn)
    rate = sides.listed["per_million"].to_numpy()
    rate = np.where(rate > 0, rate, np.nan) / 1e3
    low, high = np.log2(table["low"].to_numpy() / rate), np.log2(table["high"].to_numpy() / rate)
    high = np.where(sides.listed["bound"], np.nan, high)
    return _Ends(low, high, rare=int((table["stories"] < minimum.STORIES[asked.method]).sum()))


def _p_values(sides: Sides, samples: list[Sample], columns: dict[str, Any], test: Test) -> Floats:
    """Return the p-values of the test asked for; missing where too few stories stand behind an item."""
    least = minimum.STORIES["log_t"]
    if test == "fisher":
        return np.asarray(columns["fisher_p"], np.float64)
    if test not in _STORY_TESTS:
        return contingency.chi2_p(columns[test])
    target, *others = samples
    if not others:
        rate = sides.listed["per_million"].to_numpy() / 1e6
        rate = np.where((rate > 0) & ~sides.listed["bound"], rate, np.nan)
        return np.where(target.stories >= least, log_ratio_p(target.moments, rate), np.nan)
    reference = others[0]
    if test == "mann_whitney":
        enough = target.stories + reference.stories >= minimum.RANKED
        return np.where(enough, mann_whitney(target, reference).p, np.nan)
    enough = np.minimum(target.stories, reference.stories) >= least
    return np.where(enough, log_ratio_p(target.moments, reference.moments), np.nan)


def _nearest(ends: _Ends) -> Floats:
    """Return the end nearest to 0, 0 where the interval holds 0 or may; missing where no end is known."""
    low, high = np.nan_to_num(ends.low, nan=-np.inf), np.nan_to_num(ends.high, nan=np.inf)
    bound = np.where(low > 0, low, np.where(high < 0, high, 0.0))
    return np.where(np.isnan(ends.low) & np.isnan(ends.high), np.nan, bound)
