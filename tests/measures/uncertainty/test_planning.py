"""Study plans against hand-made numbers and against simulated studies."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from scipy import sparse, stats

import kit
from benchmarks.negative_binomial import size_by_moments
from kit.errors import QueryError
from kit.measures.counts.counts import Counts
from kit.measures.uncertainty.intervals import log_t
from kit.measures.uncertainty.planning import plan_study
from kit.measures.uncertainty.samples import Sample, moments
from kit.plots.study import plot_study
from kit.simulation.draws import draw_counts
from kit.wording.words import tell


def pilot_of(x: np.ndarray, words: np.ndarray) -> Counts:
    ids = tuple(f"a{number:06}" for number in range(len(x)))
    return Counts(sparse.csr_array(x[:, None].astype(np.int64)), ("konsep",), words, ids, np.arange(len(x)))


def simulated(documents: int, rate: float, k: float, seed: int) -> Counts:
    generator = np.random.default_rng(seed)
    words = np.rint(np.exp(generator.normal(math.log(233), 0.345, documents))).astype(np.int64)
    return pilot_of(draw_counts(generator, rate * words, k, (documents,)), words)


def test_articles_by_hand() -> None:
    """Counts 0 1 0 3 in turn, equal sizes: 1/k = (150 · 100/99 - 100) / 100, v1 = 1 + 1/k, v2 = 1/2 + 1/k."""
    pilot = pilot_of(np.tile([0, 1, 0, 3], 25), np.full(100, 250))
    answer = plan_study(pilot, effect=2.0, concept="konsep").answer.iloc[0]
    excess = 150 / 99 - 1
    assert answer["k"] == pytest.approx(1 / excess)
    v = 1.5 + 2 * excess
    n = answer["articles"]

    def power(articles: float) -> float:
        effective = [articles / (1 / mean + 1 + excess) for mean in (1, 2)]
        spread = [(1 / mean + excess) * one / (one - 1) for mean, one in zip((1, 2), effective, strict=True)]
        freedom = sum(spread) ** 2 / sum(part**2 / (one - 1) for part, one in zip(spread, effective, strict=True))
        edge = stats.t.ppf(0.975, freedom)
        return 1 - stats.nct.cdf(edge, freedom, math.log(2) / math.sqrt(sum(spread) / articles))

    assert power(n) >= 0.8 > power(n - 1)
    normal = (stats.norm.ppf(0.975) + stats.norm.ppf(0.8)) ** 2 * v / math.log(2) ** 2
    assert normal < n < 1.25 * normal


@pytest.mark.parametrize("seed", range(5))
def test_size_by_moments_finds_k(seed: int) -> None:
    k = (0.1, 0.3, 1.0, 3.0, 0.05)[seed]
    counts = simulated(40_000, 0.004, k, seed)
    assert size_by_moments(Sample(counts.matrix, counts.sizes))[0] == pytest.approx(k, rel=0.15)


def test_counts_more_even_than_chance_have_infinite_k() -> None:
    pilot = pilot_of(np.ones(50), np.full(50, 200))
    answer = plan_study(pilot, effect=1.5, concept="konsep").answer.iloc[0]
    assert math.isinf(answer["k"])
    assert math.isfinite(answer["articles"])


def test_smaller_effects_and_more_power_need_more_articles() -> None:
    pilot = simulated(400, 0.004, 0.5, 3)
    articles = plan_study(pilot, effect=[1.25, 1.5, 2.0], concept="konsep").answer["articles"]
    assert articles.is_monotonic_decreasing
    more = plan_study(pilot, effect=1.5, power=0.9, concept="konsep").answer["articles"][0]
    assert more > articles[1]
    stricter = plan_study(pilot, effect=1.5, concept="konsep", alpha=0.01).answer["articles"][0]
    assert stricter > articles[1]


def test_the_range_holds_the_answer_and_narrows_with_the_pilot() -> None:
    widths = []
    for documents in (200, 800, 3200):
        row = plan_study(simulated(documents, 0.004, 0.5, 1), effect=1.5, concept="konsep").answer.iloc[0]
        assert row["articles_low"] < row["articles"] < row["articles_high"]
        widths.append(math.log(row["articles_high"] / row["articles_low"]))
    assert widths == sorted(widths, reverse=True)


def test_the_curve_rises_through_the_answer() -> None:
    plan = plan_study(simulated(400, 0.004, 0.5, 2), effect=1.5, concept="konsep")
    curve, answer = plan.curve, plan.answer.iloc[0]
    assert curve["power"].is_monotonic_increasing
    assert np.interp(answer["articles"], curve["articles"], curve["power"]) == pytest.approx(0.8, abs=0.01)
    assert ((curve["power_low"] <= curve["power"]) & (curve["power"] <= curve["power_high"])).all()


def test_rare_concepts_need_enough_stories_whatever_the_effect() -> None:
    """A concept in one of twenty stories, a hundredfold effect: at least 15 stories of the rarer group must name it."""
    pilot = pilot_of(np.tile([1] + [0] * 19, 20), np.full(400, 200))
    answer = plan_study(pilot, effect=100.0, concept="konsep").answer.iloc[0]
    assert answer["articles"] == math.ceil(15 / (1 - math.exp(-0.05)))


def test_too_small_a_pilot_gives_no_number_and_says_why() -> None:
    plan = plan_study(pilot_of(np.array([2] * 14 + [0] * 50), np.full(64, 200)), effect=[1.5, 2], concept="konsep")
    assert plan.answer[["articles", "articles_low", "articles_high", "k"]].isna().all().all()
    assert plan.answer["stories_with"].tolist() == [14, 14]
    assert plan.curve.empty
    said = [tell(remark, "en") for remark in plan.answer.attrs["remarks"]]
    assert any("14 stories of the pilot name it, and at least 15" in one for one in said)
    drawing = plot_study(plan)
    assert drawing.canvas is None
    assert drawing.data.empty
    assert "at least 15 of its stories must name a concept" in drawing.alt["en"]


def test_a_plan_from_a_corpus() -> None:
    codebook = kit.load_codebook()
    rows = [
        {"doc_id": f"a{number:03}", "text": f"Rapat {number} membahas pelayanan. " * (number % 3) + f"Hujan {number}."}
        for number in range(60)
    ]
    corpus = kit.Corpus.from_frame(pd.DataFrame(rows), clean=False)
    plan = plan_study(corpus, effect=1.5, concept=["pelayanan-publik", "dilayani"], codebook=codebook)
    assert plan.answer["concept"].tolist() == ["pelayanan-publik", "dilayani"]
    assert plan.answer["articles"].notna().tolist() == [True, False]
    assert plan.answer.attrs["tokens"] == int(corpus.counted.sum())
    again = plan_study(corpus, effect=1.5, concept=["pelayanan-publik", "dilayani"], codebook=codebook)
    pd.testing.assert_frame_equal(plan.curve, again.curve, check_exact=True)


@pytest.mark.parametrize(
    "arguments",
    [
        {"effect": 1.0},
        {"effect": -2.0},
        {"effect": []},
        {"effect": 2.0, "power": 1.0},
        {"effect": 2.0, "alpha": 0.9},
        {"effect": 2.0, "concept": "tiada"},
        {"effect": 2.0, "resamples": 3},
    ],
)
def test_what_has_no_meaning_is_refused(arguments: dict[str, object]) -> None:
    with pytest.raises(QueryError):
        plan_study(simulated(100, 0.004, 0.5, 0), **{"concept": "konsep", **arguments})


def test_the_figure_draws_each_effect_with_its_answer() -> None:
    plan = plan_study(simulated(400, 0.004, 0.5, 2), effect=[1.5, 2.0], concept="konsep")
    drawing = plot_study(plan)
    figure, data = drawing.canvas, drawing.data
    axes = figure.axes[0]
    dots = [line for line in axes.lines if line.get_marker() == "o"]
    assert [dot.get_xdata()[0] for dot in dots] == plan.answer["articles"].tolist()
    assert axes.get_ylim() == (0, 1)
    assert axes.get_xlim()[0] == 0
    assert data.equals(plan.curve)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rate", "k", "effect"),
    [(0.002, 0.38, 1.5), (0.0008, 0.08, 2.0), (0.004, 0.1, 0.5), (0.004, 1.2, 1.5), (0.0008, 0.08, 4.0)],
)
def test_achieved_power(rate: float, k: float, effect: float) -> None:
    """A large pilot of these documents, then 1,000 studies of the planned size: 75-85 % find the difference."""
    articles = int(plan_study(simulated(200_000, rate, k, 11), effect=effect, concept="konsep").answer["articles"][0])
    generator = np.random.default_rng(12)
    found = []
    for _ in range(20):
        sides = []
        for times in (1.0, effect):
            words = np.rint(np.exp(generator.normal(math.log(233), 0.345, articles))).astype(np.int64)
            counts = draw_counts(generator, rate * times * words[:, None], k, (articles, 50))
            sides.append(moments(Sample(sparse.csr_array(counts), words)))
        one, two = sides
        low, high = log_t(two.rate / one.rate, [one.variance, two.variance], [one.effective, two.effective], 0.95)
        found.append((low > 1) | (high < 1))
    assert 0.75 <= np.concatenate(found).mean() <= 0.85


def test_answers_far_apart_stand_on_a_logarithmic_scale() -> None:
    plan = plan_study(simulated(400, 0.004, 0.5, 2), effect=[1.1, 4.0], concept="konsep")
    assert plot_study(plan).canvas.axes[0].get_xscale() == "log"
