"""Intervals against hand-made numbers, slow references and simulation."""

from __future__ import annotations

import importlib.util
import json
import math
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse, stats

import kit
from kit.errors import CorpusError, QueryError
from kit.measures.counts.counts import Counts, count_items
from kit.measures.uncertainty import intervals, minimum, resampling
from kit.measures.uncertainty.log_ratios import log_ratio_intervals
from kit.measures.uncertainty.samples import Sample, moments, skewness, story_sample
from kit.measures.uncertainty.uncertainty import frequency_intervals
from kit.simulation.draws import draw_counts
from kit.wording.words import tell

ROOT = Path(__file__).parents[3]
BOOTSTRAP = partial(frequency_intervals, method="percentile")


def counts_from(rows: list[list[int]], sizes: list[int], story: list[int] | None = None) -> Counts:
    matrix = sparse.csr_array(np.array(rows, np.int64).reshape(len(sizes), -1))
    ids = tuple(f"d{place:04}" for place in range(len(sizes)))
    items = tuple(f"item{place}" for place in range(matrix.shape[1]))
    numbers = np.arange(len(sizes)) if story is None else np.array(story)
    return Counts(matrix, items, np.array(sizes, np.int64), ids, numbers.astype(np.int64))


def random_counts(seed: int, documents: int, items: int = 3) -> Counts:
    generator = np.random.default_rng(seed)
    sizes = generator.integers(50, 400, documents)
    rates = generator.uniform(0.002, 0.05, items)
    rows = generator.poisson(sizes[:, None] * rates * generator.gamma(0.5, 2, (documents, items)))
    return counts_from(rows.tolist(), sizes.tolist())


def shuffled(counts: Counts, seed: int) -> Counts:
    order = np.random.default_rng(seed).permutation(len(counts.doc_ids))
    ids = tuple(counts.doc_ids[place] for place in order)
    return Counts(counts.matrix[order].tocsr(), counts.items, counts.sizes[order], ids, counts.story[order])


# Formulas ------------------------------------------------------------------------------------------------------------


def test_log_t_by_hand() -> None:
    """20 stories of 10 words, 16 with one mention, 4 with none: r = 0.08, sum u^2 = 16 (0.2)^2 + 4 (0.8)^2 = 3.2."""
    table = frequency_intervals(counts_from([[1]] * 16 + [[0]] * 4, [10] * 20))
    s = math.sqrt(16 / 15 * 3.2 / 16**2)
    factor = math.exp(2.131449546 * s)  # t of 15 degrees of freedom: 16 equal stories, less one
    assert table["per_1000"][0] == pytest.approx(80)
    assert table["low"][0] == pytest.approx(80 / factor, rel=1e-8)
    assert table["high"][0] == pytest.approx(80 * factor, rel=1e-8)


def test_effective_stories_count_uneven_ones_less() -> None:
    """Kish: (1 + 1 + 2)^2 / (1 + 1 + 4) = 16 / 6."""
    found = moments(story_sample(counts_from([[1], [1], [2], [0]], [10] * 4)))
    assert found.effective.tolist() == pytest.approx([16 / 6])


@pytest.mark.parametrize("seed", range(20))
def test_moments_against_a_slow_sum(seed: int) -> None:
    counts = random_counts(seed, 30)
    sample = story_sample(counts)
    found, skewed = moments(sample), skewness(sample)
    x, n = counts.matrix.toarray().astype(float), counts.sizes.astype(float)
    for item in range(x.shape[1]):
        r = sum(x[:, item]) / sum(n)
        u = [value - r * size for value, size in zip(x[:, item], n, strict=True)]
        second, third = sum(e**2 for e in u), sum(e**3 for e in u)
        assert found.rate[item] == pytest.approx(r)
        units = max(sum(x[:, item]) ** 2 / sum(x[:, item] ** 2), 2)
        assert found.variance[item] == pytest.approx(units / (units - 1) * second / sum(x[:, item]) ** 2)
        assert skewed[item] == pytest.approx(third / second**1.5)


@pytest.mark.parametrize("seed", range(20))
def test_percentile_and_bca_against_scipy(seed: int) -> None:
    """SciPy's bootstrap of one sample's mean: the same replicates, its own formulas."""
    generator = np.random.default_rng(seed)
    data = generator.gamma(2, 1, 40)
    reference = {
        method: stats.bootstrap(
            (data,), np.mean, n_resamples=4999, method=method, rng=np.random.default_rng(seed), vectorized=True
        )
        for method in ("percentile", "BCa")
    }
    replicates = reference["BCa"].bootstrap_distribution[None, :]
    error = data - data.mean()
    skewness = np.array([(error**3).sum() / (error**2).sum() ** 1.5])
    width = replicates.std() / 20  # they interpolate and take the jackknife: a twentieth of a standard error
    for name, ends in (
        ("percentile", intervals.percentile(replicates, 0.95)),
        ("BCa", intervals.bca(replicates, np.array([data.mean()]), skewness, 0.95)),
    ):
        for mine, theirs in zip(ends, reference[name].confidence_interval, strict=True):
            assert mine[0] == pytest.approx(theirs, abs=width), name


def test_bca_moves_towards_the_long_tail() -> None:
    values = np.sort(np.random.default_rng(0).gamma(1, 1, 2001))[None, :]
    low, high = intervals.bca(values, values[:, 1000], np.array([0.6]), 0.95)
    plain_low, plain_high = intervals.percentile(values, 0.95)
    assert low[0] > plain_low[0]
    assert high[0] > plain_high[0]


@pytest.mark.parametrize(("good", "trials"), [(0, 20), (3, 20), (10, 20), (20, 20), (1, 1000)])
def test_shares_against_scipy(good: int, trials: int) -> None:
    for mine, theirs in ((intervals.clopper_pearson, "exact"), (intervals.wilson, "wilson")):
        expected = stats.binomtest(good, trials).proportion_ci(0.95, theirs)
        low, high = mine(np.array([good]), trials, 0.95)
        assert low[0] == pytest.approx(expected.low, abs=1e-12)
        assert high[0] == pytest.approx(expected.high, abs=1e-12)


def test_log_t_of_a_ratio_has_welch_degrees_of_freedom() -> None:
    low, _ = intervals.log_t(
        np.array([1.0]), [np.array([0.04]), np.array([0.01])], [np.array([5.0]), np.array([21.0])], 0.95
    )
    freedom = (0.04 + 0.01) ** 2 / (0.04**2 / 4 + 0.01**2 / 20)
    assert -math.log(low[0]) == pytest.approx(stats.t.ppf(0.975, freedom) * math.sqrt(0.05))


# Resampling ----------------------------------------------------------------------------------------------------------


def test_resampled_sums_against_a_loop() -> None:
    counts = random_counts(1, 25)
    sample = story_sample(counts)
    generator = np.random.Generator(np.random.PCG64(7))
    ((_, sums, words),) = resampling.resampled_sums(sample, 40, 7)
    x = counts.matrix.toarray()
    for resample in range(40):
        drawn = [int(generator.integers(0, 25)) for _ in range(25)]
        assert words[resample] == sum(int(counts.sizes[story]) for story in drawn)
        assert sums[:, resample].tolist() == [sum(int(x[story, item]) for story in drawn) for item in range(3)]


@pytest.mark.parametrize("cells", [1, 60, 999, 10**7])
def test_blocks_change_nothing(cells: int) -> None:
    sample = story_sample(random_counts(2, 25, 7))
    whole = next(iter(resampling.resampled_sums(sample, 50, 3, 10**7)))
    parts = list(resampling.resampled_sums(sample, 50, 3, cells))
    assert np.array_equal(np.concatenate([part[1] for part in parts]), whole[1])
    assert all(np.array_equal(part[2], whole[2]) for part in parts)


def test_copies_are_drawn_together() -> None:
    """Two stories, one of them in three copies: a resample holds each copy as often as the others."""
    counts = counts_from([[1], [1], [1], [0]], [10, 10, 10, 40], story=[0, 0, 0, 1])
    sample = story_sample(counts)
    assert sample.matrix.toarray().ravel().tolist() == [3, 0]
    assert sample.sizes.tolist() == [30, 40]
    ((_, sums, words),) = resampling.resampled_sums(sample, 200, 0)
    assert set(zip(sums[0].tolist(), words.tolist(), strict=True)) == {(6, 60), (3, 70), (0, 80)}


def test_draws_are_those_documented() -> None:
    """A change of numpy's stream or of the order of draws would change every table."""
    drawn = np.concatenate(list(resampling.weights(100, 50, 0)), axis=1)
    again = np.random.Generator(np.random.PCG64(0)).integers(0, 100, (50, 100))
    assert np.array_equal(drawn.T, np.stack([np.bincount(row, minlength=100) for row in again]))
    assert again[0, :5].tolist() == [85, 63, 51, 26, 30]  # what numpy's manual prints for default_rng(0)


# Public functions ----------------------------------------------------------------------------------------------------


@settings(max_examples=20)
@given(st.integers(0, 10_000))
def test_the_order_of_documents_changes_nothing(seed: int) -> None:
    counts = random_counts(seed, 40)
    mixed = shuffled(counts, seed)
    pd.testing.assert_frame_equal(frequency_intervals(counts), frequency_intervals(mixed), check_exact=True)
    pd.testing.assert_frame_equal(
        log_ratio_intervals(counts, random_counts(seed + 1, 30)),
        log_ratio_intervals(mixed, shuffled(random_counts(seed + 1, 30), seed)),
        check_exact=True,
    )


@pytest.mark.parametrize("method", ["percentile", "bca"])
def test_the_order_of_documents_changes_no_bootstrap(method: str) -> None:
    counts, other = random_counts(3, 900), random_counts(4, 800)
    tables = [frequency_intervals(side, method=method, resamples=300) for side in (counts, shuffled(counts, 1))]
    pd.testing.assert_frame_equal(*tables, check_exact=True)
    assert tables[0]["low"].notna().all()
    ratios = [log_ratio_intervals(side, other, method=method, resamples=300) for side in (counts, shuffled(counts, 1))]
    pd.testing.assert_frame_equal(*ratios, check_exact=True)
    assert ratios[0]["low"].notna().all()


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.sampled_from([0.8, 0.95, 0.99]))
def test_ends_enclose_the_estimate(seed: int, level: float) -> None:
    table = frequency_intervals(random_counts(seed, 60), level=level)
    given_ends = table[table["low"].notna()]
    assert (given_ends["low"] > 0).all()
    assert (given_ends["low"] <= given_ends["per_1000"]).all()
    assert (given_ends["per_1000"] <= given_ends["high"]).all()
    assert ((table["share_low"] >= 0) & (table["share_low"] <= table["share"])).all()
    assert ((table["share_high"] <= 1) & (table["share_high"] >= table["share"])).all()


@pytest.mark.parametrize("method", ["percentile", "bca"])
def test_bootstraps_against_a_slow_one(method: str) -> None:
    counts = random_counts(5, 600)
    table = frequency_intervals(counts, method=method, resamples=400, seed=3)
    x, n = counts.matrix.toarray(), counts.sizes
    generator = np.random.Generator(np.random.PCG64(3))
    rates = []
    for _ in range(400):
        drawn = generator.integers(0, 600, 600)
        rates.append(x[drawn].sum(axis=0) / n[drawn].sum() * 1000)
    for item in range(3):
        ordered = sorted(rate[item] for rate in rates)
        if method == "percentile":
            ranks = (10, 391)  # (400 + 1) 0.025 = 10.025
        else:
            estimate = x[:, item].sum() / n.sum() * 1000
            z = stats.norm.ppf(sum(rate < estimate for rate in ordered) / 400)
            left_out = [(x[:, item].sum() - a) / (n.sum() - b) for a, b in zip(x[:, item], n, strict=True)]
            error = np.mean(left_out) - np.array(left_out)
            a = (error**3).sum() / (6 * (error**2).sum() ** 1.5)  # Efron's jackknife; the kit's is the limit of it
            shares = [stats.norm.cdf(z + (z + q) / (1 - a * (z + q))) for q in stats.norm.ppf([0.025, 0.975])]
            ranks = (round(401 * shares[0]), round(401 * shares[1]))
        spread = 0 if method == "percentile" else 2  # a rank or two for the two forms of the acceleration
        for name, rank in zip(("low", "high"), ranks, strict=True):
            near = ordered[max(rank - 1 - spread, 0)], ordered[min(rank - 1 + spread, 399)]
            assert near[0] - 1e-9 <= table[name][item] <= near[1] + 1e-9


def test_groups_are_the_corpora_they_name() -> None:
    rows = [
        {
            "doc_id": f"{outlet}{number:03}",
            "outlet": outlet,
            "text": f"Warga kota {number} " + "dilayani " * (number % 3),
        }
        for outlet, many in (("A", 300), ("B", 40), ("C", 5))
        for number in range(many)
    ]
    corpus = kit.Corpus.from_frame(pd.DataFrame(rows), clean=False)
    for function in (frequency_intervals, BOOTSTRAP):
        grouped = function(corpus, by="outlet", items=["warga", "dilayani"])
        for outlet in "ABC":
            alone = function(corpus.where(outlet=outlet), items=["warga", "dilayani"])
            part = grouped[grouped["outlet"] == outlet].drop(columns="outlet").reset_index(drop=True)
            pd.testing.assert_frame_equal(part, alone, check_exact=True)
        remarks = " ".join(tell(remark, "en") for remark in grouped.attrs["remarks"])
        assert "no intervals for C (stories: 5)" in remarks
        labelled = function(count_items(corpus), by=corpus.group_of("outlet").tolist(), items=["warga", "dilayani"])
        assert labelled["low"].equals(grouped["low"])
    assert grouped.attrs["unit"] == "form"
    assert grouped.attrs["tokens"] == int(corpus.counted.sum())


def test_below_the_minimum_the_cell_is_missing() -> None:
    rows = [[1, 1], [1, 0], *[[0, 0]] * 13]
    table = frequency_intervals(counts_from(rows, [10] * 15))
    assert table["stories"].tolist() == [2, 1]
    assert table["low"].notna().tolist() == [True, False]
    assert table["share_low"].notna().all()
    _, remark = table.attrs["remarks"]
    assert tell(remark, "en").startswith("Intervals missing: 1, because fewer than 2 stories hold the item")
    assert tell(remark, "id").startswith("Selang kosong: 1, karena kurang dari 2 berita")
    table = frequency_intervals(counts_from([[1]] * 14, [10] * 14))
    assert table[["low", "high", "share_low", "share_high"]].isna().all().all()
    assert "There are no intervals for this corpus (stories: 14)" in tell(table.attrs["remarks"][1], "en")


def test_copies_do_not_make_a_sample() -> None:
    """Thirty copies of one article are one story."""
    table = frequency_intervals(counts_from([[2]] * 30, [10] * 30, story=[0] * 30))
    assert table.loc[0, ["count", "documents", "stories"]].tolist() == [60, 30, 1]
    assert math.isnan(table["low"][0])


def test_one_document_or_none_is_described_and_no_more() -> None:
    codebook = kit.load_codebook()
    for texts in (["ASN melayani warga."], [""], []):
        frame = pd.DataFrame({"doc_id": [f"a{n}" for n in range(len(texts))], "text": texts}, dtype="str")
        table = frequency_intervals(kit.Corpus.from_frame(frame, clean=False), unit="concept", codebook=codebook)
        assert len(table) == 36
        assert table[["low", "high", "share_low"]].isna().all().all()
        assert table.attrs["remarks"]
        assert table.attrs["unit"] == "mention"


def test_zeros_have_no_interval_but_a_share() -> None:
    table = frequency_intervals(counts_from([[0]] * 40, [10] * 40))
    assert table.loc[0, ["count", "per_1000", "share"]].tolist() == [0, 0, 0]
    assert math.isnan(table["high"][0])
    assert table["share_high"][0] == pytest.approx(1 - 0.025 ** (1 / 40))


def test_wilson_on_request() -> None:
    counts = counts_from([[1]] * 10 + [[0]] * 30, [10] * 40)
    exact, wilson = (frequency_intervals(counts, share=name) for name in ("clopper_pearson", "wilson"))
    assert wilson["share_high"][0] - wilson["share_low"][0] < exact["share_high"][0] - exact["share_low"][0]


# Log ratios ----------------------------------------------------------------------------------------------------------


def test_log_ratio_by_hand() -> None:
    """16 of 20 stories against 16 of 40, ten words each: twice as often."""
    target = counts_from([[1]] * 16 + [[0]] * 4, [10] * 20)
    reference = counts_from([[1]] * 16 + [[0]] * 24, [10] * 40)
    table = log_ratio_intervals(target, reference)
    one = 16 / 15 * (16 * 0.2**2 + 4 * 0.8**2) / 256
    two = 16 / 15 * (16 * 0.6**2 + 24 * 0.4**2) / 256
    freedom = (one + two) ** 2 / (one**2 / 15 + two**2 / 15)
    half = stats.t.ppf(0.975, freedom) * math.sqrt(one + two) / math.log(2)
    assert table.loc[0, ["log_ratio", "low", "high"]].tolist() == pytest.approx([1, 1 - half, 1 + half])


@settings(max_examples=20)
@given(st.integers(0, 10_000))
def test_log_ratios_turn_round(seed: int) -> None:
    one, two = random_counts(seed, 50), random_counts(seed + 1, 15)
    here, there = log_ratio_intervals(one, two), log_ratio_intervals(two, one)
    np.testing.assert_allclose(here["log_ratio"], -there["log_ratio"])
    np.testing.assert_allclose(here["low"], -there["high"])
    np.testing.assert_allclose(here["high"], -there["low"])
    assert not (here["low"] > here["log_ratio"] + 1e-9).any()


def test_a_word_absent_from_the_reference_has_a_lower_bound() -> None:
    target = counts_from([[1]] * 20, [10] * 20)
    bounds = []
    for many in (20, 200, 2000):
        reference = counts_from([[0]] * many, [10] * many)
        table = log_ratio_intervals(target, reference)
        assert table["log_ratio"][0] == pytest.approx(math.log2(0.1 / (0.5 / (10 * many))))
        assert math.isnan(table["high"][0])
        assert table["low"][0] == pytest.approx(math.log2(0.1 / ((1 - 0.025 ** (1 / many)) / 10)))
        bounds.append(table["low"][0])
        assert any("one bound only" in tell(remark, "en") for remark in table.attrs["remarks"])
    assert bounds == sorted(bounds)


def test_items_of_both_sides_are_laid_side_by_side() -> None:
    def corpus(words: str, many: int) -> kit.Corpus:
        rows = [{"doc_id": f"{number:03}", "text": f"{words} {number}x"} for number in range(many)]
        return kit.Corpus.from_frame(pd.DataFrame(rows), clean=False)

    table = log_ratio_intervals(
        corpus("warga asn", 3), corpus("bupati warga warga", 4), items=["bupati", "warga", "asn"]
    )
    assert table["item"].tolist() == ["bupati", "warga", "asn"]
    assert table["count_target"].tolist() == [0, 3, 3]
    assert table["count_reference"].tolist() == [4, 8, 0]
    assert table[["low", "high"]].isna().all().all()
    notes = " ".join(tell(remark, "en") for remark in table.attrs["remarks"])
    assert "no intervals for the target (stories: 3)" in notes
    assert "no intervals for the reference (stories: 4)" in notes


def test_bootstrapped_log_ratios_agree_with_the_formula() -> None:
    one, two = random_counts(8, 1500), random_counts(9, 1200)
    exact = log_ratio_intervals(one, two)
    for method in ("percentile", "bca"):
        table = log_ratio_intervals(one, two, method=method)
        width = exact["high"] - exact["low"]
        assert ((table["low"] - exact["low"]).abs() < 0.1 * width).all()
        assert ((table["high"] - exact["high"]).abs() < 0.1 * width).all()


def test_the_two_sides_are_drawn_apart() -> None:
    """With the same draws on both sides, a corpus against itself would have no spread."""
    counts = random_counts(8, 800)
    table = log_ratio_intervals(counts, counts, method="percentile")
    single = BOOTSTRAP(counts)
    relative = np.log2(single["high"] / single["low"])
    assert ((table["high"] - table["low"]) / relative).to_numpy() == pytest.approx(np.full(3, math.sqrt(2)), rel=0.1)


# Errors --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"level": 95}, QueryError),
        ({"level": 0.0}, QueryError),
        ({"items": ["tiada"]}, QueryError),
        ({"unit": "root"}, QueryError),
        ({"unit": "concept"}, QueryError),
        ({"by": "kota"}, CorpusError),
        ({"by": ["x"]}, CorpusError),
        ({"by": []}, QueryError),
    ],
)
@pytest.mark.parametrize("function", [frequency_intervals, BOOTSTRAP])
def test_what_has_no_meaning_is_refused(function: object, arguments: dict[str, object], error: type[Exception]) -> None:
    frame = pd.DataFrame({"doc_id": ["a", "b"], "text": ["warga", "asn"]})
    with pytest.raises(error):
        function(kit.Corpus.from_frame(frame, clean=False), **arguments)


def test_what_a_bootstrap_refuses() -> None:
    counts = random_counts(0, 20)
    for arguments in ({"resamples": 10}, {"method": "basic"}, {"by": "outlet"}, {"level": 0.999, "resamples": 2000}):
        with pytest.raises(QueryError):
            frequency_intervals(counts, **({"method": "percentile"} | arguments))
    with pytest.raises(QueryError, match="share"):
        frequency_intervals(counts, share="jeffreys")
    with pytest.raises(QueryError, match="the reference has no words"):
        log_ratio_intervals(counts, counts_from([[0]], [0]))
    with pytest.raises(QueryError, match="tiada"):
        log_ratio_intervals(counts, counts, items=["tiada"])


# The study -----------------------------------------------------------------------------------------------------------


def coverage_study() -> object:
    spec = importlib.util.spec_from_file_location("coverage_study", ROOT / "benchmarks" / "interval_coverage.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_stated_minimum_is_the_study_s() -> None:
    found = json.loads((ROOT / "benchmarks" / "coverage.json").read_text(encoding="utf-8"))["minimum"]
    assert [found[f"rate, {method}"] for method in ("bca", "percentile")] == [
        minimum.STORIES[method] for method in ("bca", "percentile")
    ]
    # No fewer than ten were tried there.
    assert found["rate, log_t"] == found["ratio, log_t"] == 10


def test_what_is_printed_covers_by_the_study() -> None:
    """In every cell, whatever number of stories was expected; a minimum of 15, 30 or 100 does not."""
    study = json.loads((ROOT / "benchmarks" / "printed_coverage.json").read_text(encoding="utf-8"))
    rules = pd.DataFrame(study["rules"])
    used = rules[rules["least"].isin((0, minimum.STORIES["log_t"], minimum.RANKED))]
    used = used[(used["least"] != minimum.RANKED) | (used["of"] == "rank_sum")]
    assert set(used["of"]) == {"rate", "ratio", "same", "bound", "share", "dp_norm", "burch_da", "rank_sum"}
    assert (used["cells"] > 30).all()
    assert (used["below"] == 0).all()
    assert (used["all"] >= 0.93).all()
    of_rates = rules[rules["of"] == "rate"].set_index("least")
    assert (of_rates.loc[[10, 15, 20, 30], "below"] > 0).all()
    assert (of_rates.loc[[10, 15, 20, 30], "worst"] < 0.8).all()


def test_items_that_got_over_a_minimum_by_luck_are_covered() -> None:
    """Expected in 8 of 60 stories: what the kit prints covers, what a minimum of 15 would have let through does not."""
    generator = np.random.default_rng(99)
    matrix = (generator.random((60, 4000)) < 8 / 60).astype(np.int64)
    sizes = np.full(60, 250)
    table = frequency_intervals(counts_from(matrix.tolist(), sizes.tolist()))
    truth = 8 / 60 / 250 * 1000
    covers = (table["low"] <= truth) & (truth <= table["high"])
    printed = table["low"].notna()
    assert printed.mean() > 0.99
    assert covers[printed].mean() >= 0.93
    lucky = table["stories"] >= 15
    assert lucky.sum() > 20
    assert covers[lucky].mean() < 0.8
    assert (table.loc[lucky & ~covers, "low"] > truth).all()


def test_no_end_is_above_all_words() -> None:
    table = frequency_intervals(counts_from([[30], [20], *[[0]] * 18], [40] * 20))
    assert table.loc[0, "high"] == 1000
    assert table.loc[0, "low"] > 0


def test_the_study_s_shapes_are_those_it_says() -> None:
    module = coverage_study()
    for setting in module.SETTINGS[:6]:
        k = module.size_of(setting.share, setting.repeated)
        mean = setting.share * setting.repeated
        counts = draw_counts(np.random.default_rng(0), mean, k, (400_000,))
        assert (counts > 0).mean() == pytest.approx(setting.share, rel=0.03)
        assert counts[counts > 0].mean() == pytest.approx(setting.repeated, rel=0.03)


@pytest.mark.slow
def test_coverage_at_the_minimum() -> None:
    """500 corpora of each shape, five with the item expected: 93 % or more of what is printed."""
    module = coverage_study()
    least = 5
    noise = 3 * math.sqrt(0.05 * 0.95 / 500)
    for place, setting in enumerate(module.SETTINGS):
        hits = []
        for sample, rate in module.corpora(setting, round(least / setting.share), 500, (99, place)):
            found = moments(sample)
            low, high = intervals.log_t(found.rate, [found.variance], [found.effective], 0.95)
            printed = sample.stories >= minimum.STORIES["log_t"]
            hits.append(((low <= rate) & (rate <= high))[printed])
        assert np.concatenate(hits).mean() >= 0.93 - noise, setting.name


@pytest.mark.data
def test_coverage_in_real_news(shared_data: Path) -> None:
    """Articles drawn from thousands: the interval of each codebook concept holds the rate of them all."""
    spec = importlib.util.spec_from_file_location("dispersion_study", ROOT / "benchmarks" / "dispersion.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    corpus = module.read(shared_data, module.GENRES["news"])
    population = story_sample(count_items(corpus, "concept", codebook=kit.load_codebook()))
    truth = population.totals / population.words
    generator = np.random.default_rng(0)
    hits, tries = 0, 0
    for _ in range(300):
        rows = np.sort(generator.integers(0, len(population), 500))
        sample = Sample(population.matrix[rows].tocsr(), population.sizes[rows])
        found = moments(sample)
        low, high = intervals.log_t(found.rate, [found.variance], [found.effective], 0.95)
        stated = sample.stories >= minimum.STORIES["log_t"]
        hits += int(((low <= truth) & (truth <= high))[stated].sum())
        tries += int(stated.sum())
    assert tries > 2000
    assert 0.93 <= hits / tries <= 0.98


def test_2000_resamples_of_7000_articles_and_300_patterns() -> None:
    """The size asked of the kit; takes about a second."""
    generator = np.random.default_rng(0)
    matrix = sparse.random_array(
        (7000, 300), density=0.02, rng=generator, data_sampler=lambda size: generator.integers(1, 4, size)
    )
    sample = Sample(matrix.astype(np.int64).tocsr(), generator.integers(100, 400, 7000))
    blocks = list(resampling.resampled_sums(sample, 2000, 0))
    assert sum(counts.shape[0] for _, counts, _ in blocks) == 300
    mean = np.concatenate([counts.mean(axis=1) for _, counts, _ in blocks])
    assert mean == pytest.approx(sample.totals, rel=0.05)


# Cards ---------------------------------------------------------------------------------------------------------------


def test_every_column_of_this_family_has_a_card_and_its_examples_hold() -> None:
    from kit.measures.cards import describe_measure
    from kit.measures.uncertainty.planning import plan_study

    counts = counts_from([[1]] * 16 + [[0]] * 4, [10] * 20)
    table = frequency_intervals(counts)
    plan = plan_study(counts, effect=2.0, concept="item0")
    assert all(describe_measure(name, "uncertainty") for name in table.columns[1:])
    assert all(describe_measure(name, "planning") for name in plan.answer.columns[1:])
    assert table.loc[0, ["low", "high"]].round(1).tolist() == [62.5, 102.3]
    assert table["share"][0] == 0.8


@pytest.mark.parametrize("whole", [False, True])
def test_a_log_ratio_has_the_sense_of_its_counts_or_is_missing(whole: bool) -> None:
    """Hardie's 0.5 for a zero: in 3 words beside one in 12 it would call the word that is not there more frequent."""
    small, large = (
        kit.Corpus.from_frame(pd.DataFrame({"doc_id": list("abcd")[: len(texts)], "text": texts}), clean=False)
        for texts in (["hujan turun lama"], ["warga kota menunggu lama", "warga kota asn hadir", "warga kota itu lama"])
    )
    if whole:
        table = kit.keyness(small, large, min_count=1).set_index("item")
    else:
        table = kit.log_ratio_intervals(small, large).set_index("item")
    there = table["log_ratio"].notna()
    assert not there["asn"]
    assert there[["hujan", "lama"]].all()
    sign = np.sign(table["count_target"] / 3 - table["count_reference"] / 12)
    assert (np.sign(table["log_ratio"]) == sign)[there].all()
    told = " ".join(tell(said, "en") for said in table.attrs["remarks"])
    assert f"{int((~there).sum())} log ratios are missing" in told
