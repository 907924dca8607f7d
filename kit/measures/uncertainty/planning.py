"""How many articles a study needs to see a difference of a given size, from the dispersion of a pilot.

The question is put for two groups of equally many articles (two outlets, two years), one of which uses a concept
`effect` times as often as the other, compared by the interval of `kit.log_ratio_intervals`. The pilot gives the rate,
the sizes of articles and, by moments, the size k of the negative binomial.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse, special

from kit.codebook.codebook import Codebook
from kit.corpus.calls import recorded
from kit.errors import QueryError
from kit.measures.counts.counts import Counts, count_items
from kit.measures.frequency.groups import DENOMINATOR
from kit.measures.uncertainty import intervals, minimum
from kit.measures.uncertainty.facts import chosen, facts_of
from kit.measures.uncertainty.resampling import resampled_sums
from kit.measures.uncertainty.samples import Floats, Sample, story_sample
from kit.parts.summaries import AnyCorpus
from kit.wording.words import remark

_MOST = 10_000_000  # articles; no search goes beyond
_STEPS = 24  # of a curve
_FAR = 30.0  # noncentrality from which on power is 1
_PER = 1_000
_RANGE = 0.95  # of the resamples of the pilot
_ENDS = ((1 - _RANGE) / 2, (1 + _RANGE) / 2)


@dataclass(frozen=True, eq=False)
class StudyPlan:
    """How many articles a study needs.

    Parameters
    ----------
    answer : DataFrame, one row per concept and effect
        `concept` (str), `effect`, `power`, `articles`, `articles_low`, `articles_high` (float64: articles per group,
        and the range the pilot leaves; missing if the pilot is too small), `per_1000` (float64: rate in the pilot),
        `k` (float64: size of the negative binomial; infinite if counts scatter no more than Poisson counts),
        `stories_with`, `stories` (int64: of the pilot).
    curve : DataFrame, one row per concept, effect and number of articles
        `concept` (str), `effect`, `articles`, `power`, `power_low`, `power_high` (float64).

    """

    answer: pd.DataFrame
    curve: pd.DataFrame


class _Model(NamedTuple):
    """What power depends on, one number per resample of the pilot.

    `mean`: mentions per story; `excess`: 1 / k; `uneven`: mean squared size over squared mean size.
    """

    mean: Floats
    excess: Floats
    uneven: Floats


@recorded(answer=["concept", "effect"], curve=["concept", "effect", "articles"])
def plan_study(
    pilot: AnyCorpus | Counts,
    *,
    effect: float | Sequence[float],
    concept: str | Sequence[str],
    codebook: Codebook | None = None,
    power: float = 0.8,
    alpha: float = 0.05,
    resamples: int = 500,
    seed: int = 0,
) -> StudyPlan:
    """Say how many articles per group a study needs.

    Parameters
    ----------
    pilot : Corpus, PartedCorpus or Counts
        Articles of the kind to be studied.
    effect : float or sequence of float
        Ratio of the two groups' rates, such as 1.5.
    concept : str or sequence of str
        Which concept, or item of the Counts.
    codebook : Codebook, optional
        Needed for a Corpus.
    power : float
        Share of studies that should find the difference.
    alpha : float
        Share of studies that find a difference where there is none.
    resamples : int
        Resamples of the pilot; the range of the answer holds 95 % of them. With 15 to 100 stories that name the
        concept, this percentile range covers the right number in only 75-90 % of pilots; with more than a hundred, in
        about 95 %.
    seed : int
        Seed of PCG64; drawn as in `kit.frequency_intervals`.

    Returns
    -------
    StudyPlan

    Raises
    ------
    QueryError
        The effect, power or alpha is not valid, or the concept is not counted.

    Notes
    -----
    With m mentions per story on average, q = mean(n²) / mean(n)² of the sizes n, and N stories, the variance of a
    rate's logarithm is v / N, v = (1/m + q/k) e / (e - 1), e the expected effective number of stories. One group has
    the pilot's m, the other `effect` times it; both have the pilot's k and q. Power is that of a noncentral t,
    noncentrality |ln effect| / sqrt((v1 + v2) / N), with the degrees of freedom of `kit.log_ratio_intervals` at their
    expected values. The answer is always large enough that the group which uses the concept less is likely to have 15
    stories with it. Simulation:
    ``tests/measures/uncertainty/test_planning.py``.

    Examples
    --------
    >>> from scipy import sparse
    >>> matrix = sparse.csr_array(np.tile([[0], [1], [0], [3]], (25, 1)))
    >>> ids = tuple(f"a{number:03}" for number in range(100))
    >>> pilot = Counts(matrix, ("melayani",), np.full(100, 250), ids, np.arange(100))
    >>> plan = plan_study(pilot, effect=2.0, concept="melayani")
    >>> plan.answer[["effect", "articles", "per_1000", "k"]].round(2).to_dict("records")
    [{'effect': 2.0, 'articles': 47.0, 'per_1000': 4.0, 'k': 1.94}]

    """
    effects = [float(ratio) for ratio in np.atleast_1d(np.asarray(effect, np.float64))]
    if any(not 0 < ratio < np.inf or ratio == 1 for ratio in effects) or not effects:
        raise QueryError(f"effect = {effect!r}", remedy="give a ratio of two rates other than 1, such as 1.5")
    if not (0 < alpha < 0.5 and alpha < power < 1):
        raise QueryError(f"power = {power!r}, alpha = {alpha!r}", remedy="give shares such as 0.8 and 0.05")
    minimum.check(_RANGE, resamples)
    counts = pilot if isinstance(pilot, Counts) else count_items(pilot, "concept", codebook=codebook)
    sample = story_sample(counts)
    answers, curves, remarks = [], [], [remark("planning.assumed")]
    for place in chosen(counts, [concept] if isinstance(concept, str) else concept).tolist():
        one = sample.take(np.array([place], np.int64))
        name, least, holding = counts.items[place], minimum.PLANNED, int(one.stories[0])
        enough = holding >= least
        if not enough:
            remarks.append(remark("planning.small", concept=name, stories=holding, least=least))
        models = _models(one, resamples, seed) if enough else None
        for ratio in effects:
            row, curve = _plan(models, ratio, power, alpha)
            known = {"per_1000": one.totals[0] / one.words * _PER if one.words else np.nan}
            known["k"] = _size(models)
            answers.append({"concept": name, **row, **known, "stories_with": holding, "stories": len(one)})
            curves.append(curve.assign(concept=name, effect=ratio))
    answer = pd.DataFrame(answers).astype({"concept": "str"})
    drawn = pd.concat(curves, ignore_index=True)
    order = ["concept", "effect", "articles", "power", "power_low", "power_high"]
    facts: dict[str, Any] = {
        "variant": remark("planning.variant", level=alpha, resamples=resamples, percent=100 * _RANGE),
        "remarks": remarks,
        "resamples": resamples,
        "seed": seed,
        "unit": "document",
        "denominator": DENOMINATOR,
    }
    curve = drawn[order].astype({"concept": "str"})
    if codebook is not None and isinstance(pilot, AnyCorpus):
        facts["codebook"] = codebook.version
    answer.attrs, curve.attrs = facts_of(pilot, **facts), facts_of(pilot, **facts)
    return StudyPlan(answer, curve)


def _models(one: Sample, resamples: int, seed: int) -> _Model:
    """Fit the negative binomial to the pilot (first number) and to its resamples, by moments."""
    x = one.matrix.toarray()[:, 0].astype(np.int64)
    n = one.sizes
    sums = Sample(sparse.csr_array(np.column_stack([x, x * x, x * n, n * n])), n)
    totals, words = [sums.totals[:, None]], [np.array([one.words], np.int64)]
    for _, drawn, size in resampled_sums(sums, resamples, seed):
        totals.append(drawn)
        words.append(size)
    count, square, cross, size_square = np.concatenate(totals, axis=1).astype(np.float64)
    size = np.concatenate(words).astype(np.float64)
    kept = count > 0
    count, square, cross, size_square, size = (part[kept] for part in (count, square, cross, size_square, size))
    rate = count / size
    scatter = square - 2 * rate * cross + rate**2 * size_square
    stories = len(one)
    excess = np.maximum((scatter * stories / (stories - 1) - count) / (rate**2 * size_square), 0.0)
    return _Model(count / stories, excess, size_square * stories / size**2)


def _size(models: _Model | None) -> float:
    """Return k of the pilot."""
    if models is None:
        return float("nan")
    return float(1 / models.excess[0]) if models.excess[0] > 0 else float("inf")


def _plan(models: _Model | None, effect: float, power: float, alpha: float) -> tuple[dict[str, float], pd.DataFrame]:
    """Return the answer for one effect, and its curve."""
    row = {"effect": effect, "power": power}
    if models is None:
        missing = dict.fromkeys(("articles", "articles_low", "articles_high"), float("nan"))
        return row | missing, pd.DataFrame(columns=["articles", "power", "power_low", "power_high"], dtype=np.float64)
    needed = _needed(models, effect, power, alpha)
    low, high = np.quantile(needed, _ENDS, method="inverted_cdf")
    articles = float(needed[0])
    steps = np.unique(np.rint(np.linspace(0, 2 * articles, _STEPS + 1)[1:]))
    steps = steps[steps >= 2]
    reached = np.stack([_power(models, np.full(len(models.mean), step), effect, alpha) for step in steps])
    ends = np.quantile(reached, _ENDS, axis=1, method="inverted_cdf")
    curve = {"articles": steps, "power": reached[:, 0], "power_low": ends[0], "power_high": ends[1]}
    return row | {"articles": articles, "articles_low": float(low), "articles_high": float(high)}, pd.DataFrame(curve)


def _needed(models: _Model, effect: float, power: float, alpha: float) -> Floats:
    """Return the least number of articles per group that reaches the power, and the stories that a plan needs."""
    low, high = np.full(len(models.mean), 1.0), np.full(len(models.mean), float(_MOST))
    while (high - low > 1).any():
        middle = np.floor((low + high) / 2)
        reached = _power(models, middle, effect, alpha) >= power
        low, high = np.where(reached, low, middle), np.where(reached, middle, high)
    mean = models.mean * min(effect, 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        absent = np.where(models.excess > 0, (1 + mean * models.excess) ** (-1 / models.excess), np.exp(-mean))
    return np.asarray(np.maximum(high, np.ceil(minimum.PLANNED / (1 - absent))))


def _power(models: _Model, articles: Floats, effect: float, alpha: float) -> Floats:
    """Return the share of studies of this size whose interval leaves out a ratio of 1."""
    spread, freedom = np.zeros_like(models.mean), np.zeros_like(models.mean)
    for mean in (models.mean, models.mean * effect):
        effective = articles / (1 / mean + (1 + models.excess) * models.uneven)
        units = np.maximum(effective, 2)
        variance = (1 / mean + models.excess * models.uneven) * units / (units - 1)
        spread += variance
        freedom += variance**2 / np.maximum(effective - 1, intervals.FREEDOM)
    freedom = spread**2 / freedom
    shift = np.abs(np.log(effect)) / np.sqrt(spread / articles)
    edge = special.stdtrit(freedom, 1 - alpha / 2)
    inside = special.nctdtr(freedom, np.minimum(shift, _FAR), edge)
    return np.asarray(np.where(shift < _FAR, 1 - inside, 1.0))
