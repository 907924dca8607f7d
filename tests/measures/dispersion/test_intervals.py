"""Intervals of dispersion: influences by finite differences, copies as one story, the stated minimum, any cut."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse, stats

import kit
from kit.errors import QueryError
from kit.exhibits.notes import compose
from kit.measures.counts.part_counts import PartCounts, part_counts
from kit.measures.dispersion import intervals
from kit.measures.dispersion.intervals import MEASURES, burch_da_influence, dp_influence, logit_t, story_intervals
from kit.measures.uncertainty import minimum
from kit.parts.parted import PartedCorpus

STUDY = Path(__file__).resolve().parents[3] / "benchmarks" / "dispersion_coverage.json"
COLUMNS = ["stories", "dp_norm_low", "dp_norm_high", "burch_da_low", "burch_da_high"]


def weighted_dp(weights: np.ndarray, counts: np.ndarray, sizes: np.ndarray) -> float:
    """DP of parts that count as often as their weights say, by its definition."""
    of_item, of_words = weights * counts, weights * sizes
    return float(np.abs(of_item / of_item.sum() - of_words / of_words.sum()).sum() / 2)


def weighted_da(weights: np.ndarray, counts: np.ndarray, sizes: np.ndarray) -> float:
    """DA of weighted parts: mean difference over all pairs, by two loops."""
    rate, n = counts / sizes, len(sizes)
    apart = (
        sum(weights[i] * weights[j] * abs(rate[i] - rate[j]) for i in range(n) for j in range(n))
        / weights.sum() ** 2
        * n
        / (n - 1)
    )
    return float(1 - apart / (2 * (weights * rate).sum() / weights.sum()))


def dense(c: PartCounts, moved: intervals.Influence) -> np.ndarray:
    """Influences as items × parts."""
    more = sparse.csr_array((moved.more, c.matrix.indices, c.matrix.indptr), shape=c.matrix.shape).toarray()
    return moved.base[:, None] * moved.of_part + more


@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(5, 60)), min_size=3, max_size=12).filter(
        lambda parts: any(count for count, _ in parts)
    )
)
def test_influences_are_the_derivatives_of_the_measures(parts: list[tuple[int, int]]) -> None:
    """By how much each measure changes when a part counts a little more, from its definition; kinks left out."""
    counts, sizes = (np.array(column, float) for column in zip(*parts, strict=True))
    c = part_counts(counts[None, :], sizes)
    kinks = np.abs(counts / counts.sum() - sizes / sizes.sum()).min() < 1e-4
    step = 1e-6
    for weighted, influence in ((weighted_dp, dp_influence), (weighted_da, burch_da_influence)):
        if weighted is weighted_dp and kinks:
            continue
        nudges = step * np.eye(len(sizes))
        change = [
            (weighted(1 + nudge, counts, sizes) - weighted(1 - nudge, counts, sizes)) / (2 * step) for nudge in nudges
        ]
        assert dense(c, influence(c))[0] == pytest.approx(change, abs=2e-6)


def test_the_variance_adds_up_the_squares_of_stories() -> None:
    """Forty documents of twenty stories, two each: by hand from the influences of the documents."""
    generator = np.random.default_rng(3)
    counts, sizes = generator.poisson(1.5, 40), generator.integers(50, 200, 40)
    c, story = part_counts(counts[None, :], sizes), np.repeat(np.arange(20), 2)
    found = story_intervals(c, story, 0.9)
    by_story = dense(c, dp_influence(c))[0].reshape(20, 2).sum(axis=1)
    variance = (by_story**2).sum() * 20 / 19
    value = weighted_dp(np.ones(40), counts, sizes)
    half = stats.t.ppf(0.95, 19) * np.sqrt(variance) / (value * (1 - value))
    ends = 1 / (1 + np.exp(-(np.log(value / (1 - value)) + np.array([-half, half])))) / (1 - sizes.min() / sizes.sum())
    assert [found["dp_norm_low"][0], found["dp_norm_high"][0]] == pytest.approx(ends.tolist())
    assert found["stories"].tolist() == [len({place // 2 for place in np.flatnonzero(counts)})]


def test_ends_of_what_does_not_vary() -> None:
    low, high = logit_t(np.array([0.0, 1.0, 0.4]), np.array([0.0, 0.1, 0.0]), 19, 0.95)
    assert low.tolist() == high.tolist() == [0.0, 1.0, 0.4]
    even = story_intervals(part_counts([[2] * 25], [10] * 25), np.arange(25), 0.95)
    assert even["dp_norm_low"].tolist() == even["dp_norm_high"].tolist() == [0.0]
    assert even["burch_da_low"].tolist() == even["burch_da_high"].tolist() == [1.0]


def test_each_measure_has_the_minimum_that_the_study_found() -> None:
    found = json.loads(STUDY.read_text(encoding="utf-8"))  # what is printed below: printed_coverage.md
    for name in MEASURES:
        assert found["minimum"][f"{name}, kit"] == 10
    assert found["minimum"]["juilland_d, log_t"] is None
    cells = pd.DataFrame(found["cells"])
    kept = cells[(cells["method"] == "kit") & (cells["rung"] >= 10)]
    assert (kept["coverage"] >= 0.92).all()
    assert len(kept) > 150


def test_the_study_is_reproduced_in_small() -> None:
    """A tenth of a cell, with the seeds of the script, has the coverage that the page prints, but for chance."""
    from benchmarks.dispersion_coverage import SETTINGS, corpora, truth

    setting = next(setting for setting in SETTINGS if setting.name == "very common")
    right = truth(setting)["burch_da"]
    hits = []
    for c, story in corpora(setting, 83, 200, (50, SETTINGS.index(setting), 0), 0.0):
        ends = story_intervals(c, story, 0.95)
        hits.append((ends["burch_da_low"] <= right) & (right <= ends["burch_da_high"]))
    assert np.concatenate(hits).mean() == pytest.approx(0.95, abs=0.05)


@pytest.fixture(scope="module")
def corpus(sample: kit.Corpus) -> kit.Corpus:
    return sample


@pytest.fixture(scope="module")
def codebook() -> kit.Codebook:
    return kit.load_codebook()


def test_without_intervals_nothing_changes(corpus: kit.Corpus, codebook: kit.Codebook) -> None:
    options = {"unit": "concept", "codebook": codebook, "measures": ["burch_da", "dp", "dp_norm"]}
    plain, sure = kit.dispersion(corpus, **options), kit.dispersion(corpus, **options, intervals=True)
    assert list(sure.columns) == [
        *("concept", "parent", "count", "documents", "range", "stories"),
        *("burch_da", "burch_da_low", "burch_da_high", "dp", "dp_norm", "dp_norm_low", "dp_norm_high"),
    ]
    pd.testing.assert_frame_equal(sure[plain.columns], plain, check_flags=False)
    known = sure.dropna()
    assert len(known) > 25
    for name in MEASURES:
        assert (known[f"{name}_low"] < known[name]).all()
        assert (known[name] < known[f"{name}_high"]).all()
        assert sure[f"{name}_low"].isna().equals(sure["stories"] < minimum.STORIES["dispersion"])


def test_copies_are_one_story(corpus: kit.Corpus) -> None:
    """A corpus of every article twice: the same dispersion of an endless corpus, and intervals no narrower."""
    once = corpus.documents[corpus.documents["copy_of"] == ""][["doc_id", "text"]]
    twice = pd.concat([once, once.assign(doc_id=once["doc_id"] + "-salinan")], ignore_index=True)
    one, two = (kit.Corpus.from_frame(frame, clean=False) for frame in (once, twice))
    a, b = (kit.dispersion(part, measures=["dp_norm", "burch_da"], intervals=True).dropna() for part in (one, two))
    both = a.merge(b, on="term", suffixes=("", "_twice"))
    assert len(both) == len(a) > 300
    assert both["stories"].tolist() == both["stories_twice"].tolist()
    width, width_twice = (both[f"dp_norm_high{end}"] - both[f"dp_norm_low{end}"] for end in ("", "_twice"))
    assert width_twice.to_numpy() == pytest.approx(width.to_numpy(), rel=0.02)
    as_stories = kit.dispersion(two, parts="stories", measures=["dp_norm", "burch_da"], intervals=True)
    merged = as_stories.merge(a, on="term", suffixes=("_twice", ""))
    for name in ("burch_da_low", "burch_da_high"):
        assert merged[f"{name}_twice"].to_numpy() == pytest.approx(merged[name].to_numpy())


def test_the_same_bytes_over_any_cut(corpus: kit.Corpus) -> None:
    months = [corpus.where(month=[f"{year}-{month:02}" for year in (2024, 2025)]) for month in range(1, 13)]
    parts = PartedCorpus.of(months)
    whole = kit.dispersion(corpus, measures=["dp_norm", "burch_da"], min_count=20, intervals=True)
    cut = kit.dispersion(parts, measures=["dp_norm", "burch_da"], min_count=20, intervals=True)
    pd.testing.assert_frame_equal(whole, cut, check_exact=True)
    assert whole.attrs["remarks"] == cut.attrs["remarks"]


def test_the_note_says_how_and_what_is_missing(corpus: kit.Corpus, codebook: kit.Codebook) -> None:
    table = kit.dispersion(corpus, unit="concept", codebook=codebook, measures=["dp_norm"], intervals=True, level=0.9)
    note = compose(None, table.attrs)
    few = int((table["stories"] < 2).sum())
    assert few == int(table["dp_norm_low"].isna().sum())
    missing = f"Intervals of DP norm. missing: {few} items, because fewer than 2 stories hold them; the corpus has 222."
    kosong = f"Selang DP norm. kosong: {few} butir, karena kurang dari 2 berita memuatnya; korpus berisi 222 berita."
    assert "Intervals: 90 % t interval on the logit" in note["en"]
    assert "Copies of an article are one story" in note["en"]
    assert (missing in note["en"]) == (kosong in note["id"]) == (few > 0)
    assert "DA missing" not in note["en"]


@pytest.mark.parametrize("unit", ["form", "concept", "pattern"])
@pytest.mark.parametrize("measure", [kit.dispersion, kit.reduced_frequencies])
def test_tables_of_every_unit_can_be_exhibits(
    corpus: kit.Corpus, codebook: kit.Codebook, unit: str, measure: Callable[..., pd.DataFrame]
) -> None:
    table = measure(corpus.where(month="2024-03"), unit=unit, codebook=codebook if unit != "form" else None)
    shown = codebook.labelled(table, "id") if unit == "concept" else table
    assert kit.Table(shown.head(5), id="tbl-x", title={"en": "X", "id": "X"}).files()


def test_one_article_has_no_interval() -> None:
    one = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": ["ASN melayani warga."]}), clean=False)
    table = kit.dispersion(one, measures=["dp_norm", "burch_da"], intervals=True)
    assert table[COLUMNS[1:]].isna().all().all()
    assert table["stories"].tolist() == [1, 1, 1]
    assert (
        "There are no intervals of DA (stories: 1); at least 15 stories are needed." in compose(None, table.attrs)["en"]
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"parts": "outlet"}, "use parts='documents' or 'stories'"),
        ({"parts": 10}, "use parts='documents' or 'stories'"),
        ({"measures": ["juilland_d"]}, "ask for dp_norm or burch_da among measures"),
        ({"level": 95}, "give the share that intervals cover"),
    ],
)
def test_intervals_that_cannot_be(corpus: kit.Corpus, options: dict, said: str) -> None:
    with pytest.raises(QueryError, match=said.replace("(", r"\(")):
        kit.dispersion(corpus, intervals=True, **options)
