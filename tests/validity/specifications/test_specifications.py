"""A result under every choice: counts told by hand, shares by an analysis of variance, the test by its size."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
import pytest

import kit
from kit.errors import QueryError
from kit.validity.specifications.counting import CHOICES
from kit.validity.specifications.joint import permutation_test
from kit.validity.specifications.variance import variance_shares

CONCEPTS = (
    "concept,parent,label_id,label_en,definition,source,core\n"
    "layanan,mutu,layanan,service,d,s,yes\n"
    "cepat,mutu,cepat,quick,d,s,no\n"
)
PATTERNS = (
    "concept,pattern,kind,language,enabled,polarity,is_name,requires\n"
    "layanan,layanan,form,id,yes,,,\n"
    "layanan,layanan cepat,phrase,id,yes,,,\n"
    "layanan,Balai Layanan,phrase,id,yes,,yes,\n"
    "cepat,cepat,form,id,yes,,,sentence: @layanan\n"
    "cepat,lambat,form,id,yes,negative,,\n"
)
BODY = "Layanan cepat itu baik. Kereta cepat lewat. Layanan-layanan lambat."
TEXTS = {"a": BODY + " Balai Layanan tutup.", "b": BODY + " Balai Layanan tutup.", "c": "Warga diam di rumah."}


@pytest.fixture(scope="module")
def codebook(tmp_path_factory: pytest.TempPathFactory) -> kit.Codebook:
    folder = tmp_path_factory.mktemp("codebook")
    (folder / "concepts.csv").write_text(CONCEPTS, encoding="utf-8")
    (folder / "patterns.csv").write_text(PATTERNS, encoding="utf-8")
    return kit.load_codebook(folder)


@pytest.fixture(scope="module")
def corpus() -> kit.Corpus:
    frame = pd.DataFrame({"doc_id": TEXTS.keys(), "text": TEXTS.values(), "outlet": ["x", "x", "y"]})
    return kit.Corpus.from_frame(frame, clean=False)


@pytest.fixture(scope="module")
def found(corpus: kit.Corpus, codebook: kit.Codebook) -> kit.Specifications:
    return kit.compare_specifications(corpus, codebook)


def count(found: kit.Specifications, concept: str, column: str = "mentions", **options: str) -> object:
    """Return a cell of the specification that differs from the kit's own in the options named."""
    table = found.table[found.table["concept"] == concept]
    for name, choices in CHOICES.items():
        table = table[table[f"choice_{name}"] == options.get(name, choices[0])]
    (value,) = table[column]
    return value


def test_every_crossing_is_there_once_and_the_first_is_the_kits_own(
    found: kit.Specifications, corpus: kit.Corpus, codebook: kit.Codebook
) -> None:
    assert len(found.table) == 2 * np.prod([len(options) for options in CHOICES.values()])
    assert not found.table.duplicated([*(f"choice_{name}" for name in CHOICES), "concept"]).any()
    own = found.table[found.table["specification"] == 1].reset_index(drop=True)
    kits = kit.concept_frequencies(corpus, codebook)
    assert own["mentions"].tolist() == kits["mentions"].tolist()
    assert own["per_1000"].tolist() == kits["per_1000"].tolist() == found.summary["per_1000"].tolist()


@pytest.mark.parametrize(
    ("concept", "options", "expected"),
    [
        # By hand, in a and b each: "Layanan cepat", of which "cepat" needs a service beside it; the plural
        # "Layanan-layanan" is no form of the pattern; "lambat" names the fault; the office is a name.
        ("layanan", {}, 2),
        ("layanan", {"unit": "lexeme"}, 4),
        ("layanan", {"names": "in"}, 4),
        ("layanan", {"names": "in", "unit": "lexeme"}, 6),
        ("layanan", {"copies": "once"}, 1),
        ("cepat", {}, 4),
        ("cepat", {"context": "off"}, 6),
        ("cepat", {"overlap": "group"}, 2),
        ("cepat", {"overlap": "codebook", "polarity": "positive"}, 0),
        ("cepat", {"polarity": "positive"}, 2),
        ("cepat", {"furniture": "kept"}, 4),
    ],
)
def test_a_count_under_a_choice(
    found: kit.Specifications, concept: str, options: dict[str, str], expected: int
) -> None:
    assert count(found, concept, **options) == expected


def test_words_are_those_of_the_choice(found: kit.Specifications) -> None:
    # a and b have 12 words each (a hyphened word is one), c has 4; function words: itu, di
    assert count(found, "layanan", "words") == 28
    assert count(found, "layanan", "words", copies="once") == 16
    assert count(found, "layanan", "words", stop_words="dropped") == 25


def test_what_cleaning_took_out_counts_where_it_is_kept(codebook: kit.Codebook) -> None:
    text = "Warga datang ke kantor itu.\n\nBaca juga: Layanan Dibuka Lagi\n\nMereka pulang."
    corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": [text]}))
    assert len(corpus.removed) == 1
    found = kit.compare_specifications(corpus, codebook)
    assert count(found, "layanan") == 0
    assert count(found, "layanan", furniture="kept") == 1
    words = [count(found, "layanan", "words", furniture=option) for option in ("removed", "kept")]
    assert words[1] > words[0] == 7


def test_choices_can_be_fewer_and_in_another_order(corpus: kit.Corpus, codebook: kit.Codebook) -> None:
    fixed = {name: [options[0]] for name, options in CHOICES.items()}
    found = kit.compare_specifications(corpus, codebook, choices=fixed | {"names": ["in", "apart"]})
    assert found.summary["specifications"].tolist() == [2, 2]
    assert found.table.loc[found.table["concept"] == "layanan", "mentions"].tolist() == [4, 2]
    assert [name for name in found.summary if name.startswith("share_")] == ["share_names", "share_together"]
    assert found.summary["share_names"][0] == 1


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"choices": {"colour": ["red"]}}, "no choice 'colour'"),
        ({"choices": {"names": ["out"]}}, "no option 'out'"),
        ({"choices": {"names": []}}, "options of names"),
        ({"concepts": ["nothing"]}, "no concept 'nothing'"),
        ({"by": "doc_id"}, "has 3 values"),
        ({"resamples": 9}, "resamples = 9"),
    ],
)
def test_what_cannot_be_used_is_named(
    corpus: kit.Corpus, codebook: kit.Codebook, given: dict[str, object], problem: str
) -> None:
    with pytest.raises(QueryError, match=problem):
        kit.compare_specifications(corpus, codebook, **given)


def test_shares_are_those_of_an_analysis_of_variance() -> None:
    rng = np.random.default_rng(5)
    outcome = rng.normal(size=(2, 3, 2, 4))
    shares = variance_shares(outcome, 3)
    for concept in range(4):
        values = outcome[..., concept]
        total = ((values - values.mean()) ** 2).sum()
        for axis in range(3):
            between = 0.0
            for option in range(values.shape[axis]):
                part = np.take(values, option, axis)
                between += part.size * (part.mean() - values.mean()) ** 2
            assert shares[axis, concept] == pytest.approx(between / total)
        assert shares[:, concept].sum() == pytest.approx(1)


def test_what_does_not_vary_has_no_shares_and_rounding_is_no_variance() -> None:
    outcome = np.full((2, 2, 2), 1 / 3)
    outcome[0, 0, 0] += 1e-16
    assert np.isnan(variance_shares(outcome, 2)).all()


def test_two_groups_are_compared_and_few_stories_get_no_p(corpus: kit.Corpus, codebook: kit.Codebook) -> None:
    found = kit.compare_specifications(corpus, codebook, by="outlet", resamples=99)
    summary = found.summary.set_index("concept")
    assert summary.loc["layanan", "rate_difference"] == pytest.approx(-1000 * 2 / 24)
    assert summary.loc["layanan", "same_sign"] == 1
    assert summary[["p", "p_joint"]].isna().all(axis=None)


def test_a_difference_that_is_there_is_found_under_every_specification(codebook: kit.Codebook) -> None:
    words = ["satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "puluh"]
    rows = [
        {
            "doc_id": f"{outlet}{n}",
            "outlet": outlet,
            "text": " ".join(words[n % 10 :] + words[: n % 10]) + f" {n} {more}.",
        }
        for outlet, more in (("x", "layanan"), ("y", "warga"))
        for n in range(8)
    ]
    corpus = kit.Corpus.from_frame(pd.DataFrame(rows), clean=False)
    found = kit.compare_specifications(corpus, codebook, by="outlet", resamples=199, concepts="layanan")
    row = found.summary.iloc[0]
    assert row["highest"] < 0
    assert row["same_sign"] == 1
    assert row["p_joint"] <= 0.01
    again = kit.compare_specifications(corpus, codebook, by="outlet", resamples=199, concepts="layanan")
    pd.testing.assert_frame_equal(found.table, again.table)


def rates_of_groups(counts: np.ndarray, words: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Return the rates of groups of stories, of one concept."""
    return (1000 * (groups @ counts) / (groups @ words))[..., np.newaxis]


def test_the_joint_p_keeps_its_size_where_the_best_single_one_does_not() -> None:
    """Twelve related specifications, no difference: at 5 %, of 400 studies 20 are expected to show one, at most 35."""
    rng = np.random.default_rng(11)
    single = joint = 0
    for _ in range(400):
        common = rng.poisson(3, (40, 1))
        counts = common + rng.poisson(2, (40, 12))
        words = np.full(counts.shape, 300.0)
        second = rng.permutation(np.arange(40) < 20)
        rates = partial(rates_of_groups, counts.astype(float), words)
        _, p, together = permutation_test(rates, second, resamples=199, seed=int(rng.integers(1e6)))
        single += p.min() <= 0.05
        joint += together[0] <= 0.05
    assert 8 <= joint <= 35  # the binomial's 99.9 % interval
    assert single > 50
