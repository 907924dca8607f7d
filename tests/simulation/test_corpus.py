"""Simulated corpora: the kit finds exactly what was planted, and they cannot be taken for real ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kit
from kit.errors import QueryError
from kit.simulation.corpus import Shift, simulate_corpus

SHIPPED = kit.load_codebook()


@pytest.fixture(scope="module")
def codebook() -> kit.Codebook:
    return SHIPPED


def found_in(corpus: kit.Corpus, codebook: kit.Codebook) -> pd.DataFrame:
    """Mentions and documents of each concept by outlet and year, counted by the kit."""
    parts = []
    for outlet, part in corpus.split("outlet").items():
        table = kit.concept_frequencies(part, codebook, by="year")
        parts.append(table.assign(outlet=outlet, year=table["year"].astype("int64")))
    return pd.concat(parts).set_index(["outlet", "year", "concept"])[["mentions", "documents"]]


@settings(max_examples=8)
@given(st.integers(0, 10**6), st.sampled_from([0.0, 0.5, 5.0]), st.sampled_from([0.0, 0.2]))
def test_the_kit_finds_what_was_planted(seed: int, overdispersion: float, copies: float) -> None:
    corpus, truth = simulate_corpus(
        SHIPPED, n_documents=60, seed=seed, rates=2.0, overdispersion=overdispersion, copies=copies
    )
    planted = truth.set_index(["outlet", "year", "concept"])
    present = planted[planted["words"] > 0]
    counted = found_in(corpus, SHIPPED).loc[present.index]
    assert counted["mentions"].tolist() == present["count"].tolist()
    assert counted["documents"].tolist() == present["documents"].tolist()
    assert planted.groupby(["outlet", "year"])["words"].first().sum() == int(corpus.counted.sum())
    hits = kit.concept_frequencies(corpus, SHIPPED)["hits"].sum()
    assert hits == truth["count"].sum()


def test_the_same_seed_gives_the_same_corpus(codebook: kit.Codebook) -> None:
    one, two, other = (simulate_corpus(codebook, n_documents=30, seed=seed, copies=0.1) for seed in (5, 5, 6))
    assert one.corpus.fingerprint == two.corpus.fingerprint != other.corpus.fingerprint
    pd.testing.assert_frame_equal(one.truth, two.truth)


def test_it_says_that_it_is_simulated(codebook: kit.Codebook) -> None:
    documents = simulate_corpus(codebook, n_documents=20, seed=0).corpus.documents
    assert documents["doc_id"].str.startswith("sim-").all()
    assert documents["outlet"].str.startswith("Simulasi ").all()
    assert documents["title"].str.startswith("Teks simulasi").all()
    assert documents["licence"].str.startswith("Simulated text").all()
    assert (documents["source"] == "kit.simulate_corpus, seed 0").all()
    assert (documents[["url", "author", "place"]] == "").all().all()


def test_rates_are_reached(codebook: kit.Codebook) -> None:
    """1,500 articles of about 247 words: 4 per 1,000 within three standard errors."""
    _, truth = simulate_corpus(
        codebook, n_documents=1500, seed=1, rates={"melayani": 4.0, "dilayani": 1.0}, overdispersion=1.0
    )
    words = truth[truth["concept"] == "melayani"]["words"].sum()
    assert words / 1500 == pytest.approx(233 * np.exp(0.345**2 / 2), rel=0.03)
    for concept, rate in (("melayani", 4.0), ("dilayani", 1.0), ("transparansi", 0.0)):
        count = truth[truth["concept"] == concept]["count"].sum()
        mean = rate * words / 1000 / 1500
        assert abs(count - 1500 * mean) <= 3 * np.sqrt(1500 * (mean + 1.15 * mean**2))


def test_documents_are_overdispersed_as_asked(codebook: kit.Codebook) -> None:
    from benchmarks.negative_binomial import size_by_moments
    from kit.measures.counts.counts import count_items
    from kit.measures.uncertainty.samples import story_sample

    k = {}
    for excess in (0.5, 4.0):
        corpus, _ = simulate_corpus(codebook, n_documents=1500, seed=2, rates={"melayani": 4.0}, overdispersion=excess)
        counts = count_items(corpus, "concept", codebook=codebook)
        k[excess] = size_by_moments(story_sample(counts))[counts.items.index("melayani")]
    assert 1 / k[0.5] == pytest.approx(0.5, abs=0.2)
    assert 1 / k[4.0] == pytest.approx(4.0, rel=0.3)


def test_shifts_are_planted_where_they_are_said(codebook: kit.Codebook) -> None:
    _, truth = simulate_corpus(
        codebook,
        n_documents=900,
        seed=3,
        rates=1.0,
        overdispersion=0.0,
        shift=[Shift("melayani", 5, outlet="Simulasi B", since=2022), ("dilayani", 0.0)],
    )
    rate = truth.set_index(["concept", "outlet", "year"])["per_1000"]
    assert rate["melayani"].tolist() == [1, 1, 1, 1, 5, 5]
    assert rate["dilayani"].tolist() == [0] * 6
    melayani = truth[truth["concept"] == "melayani"]
    shifted = (melayani["outlet"] == "Simulasi B") & (melayani["year"] >= 2022)
    rates = [part["count"].sum() / part["words"].sum() for _, part in melayani.groupby(shifted)]
    assert 3.5 < rates[1] / rates[0] < 7
    assert truth[truth["concept"] == "dilayani"]["count"].sum() == 0


def test_copies_are_copies(codebook: kit.Codebook) -> None:
    corpus = simulate_corpus(codebook, n_documents=100, seed=4, copies=0.25).corpus
    assert (corpus.documents["copy_of"] != "").sum() == 25
    assert (simulate_corpus(codebook, n_documents=100, seed=4).corpus.documents["copy_of"] == "").all()


def test_names_and_years_of_one_s_own(codebook: kit.Codebook) -> None:
    corpus, truth = simulate_corpus(codebook, n_documents=30, seed=0, outlets=["Simulasi X"], years=[1999])
    assert set(corpus.documents["outlet"]) == {"Simulasi X"}
    assert corpus.documents["date"].str.match(r"1999-\d\d-\d\d$").all()
    assert len(truth) == 36


def test_no_documents(codebook: kit.Codebook) -> None:
    corpus, truth = simulate_corpus(codebook, n_documents=0, seed=0)
    assert len(corpus) == 0
    assert truth["count"].sum() == 0


@pytest.mark.parametrize(
    "arguments",
    [
        {"n_documents": -1},
        {"outlets": []},
        {"years": []},
        {"copies": 1.0},
        {"rates": {"tiada": 1.0}},
        {"rates": -1.0},
        {"rates": float("nan")},
        {"overdispersion": -0.1},
        {"shift": [("tiada", 2.0)]},
        {"shift": [("melayani", -2.0)]},
        {"shift": [("melayani", 2.0, "Simulasi Z")]},
        {"shift": [("melayani", 2.0, "", 2050)]},
    ],
)
def test_what_has_no_meaning_is_refused(codebook: kit.Codebook, arguments: dict[str, object]) -> None:
    with pytest.raises(QueryError):
        simulate_corpus(codebook, **{"n_documents": 5, "seed": 0, **arguments})


def test_a_concept_that_no_sentence_can_name_alone_and_what_helps(tmp_path: Path) -> None:
    def book(*patterns: str) -> kit.Codebook:
        (tmp_path / "concepts.csv").write_text("concept,parent,label_id,label_en,definition\na,g,a,a,x\nb,g,b,b,x\n")
        (tmp_path / "patterns.csv").write_text("\n".join(["concept,pattern,kind,language,enabled", *patterns]))
        return kit.load_codebook(tmp_path)

    shared = "a,layanan,form,id,yes", "b,layanan publik,phrase,id,yes"
    for codebook in (book(*shared), book(shared[0], "b,mutu,form,id,no")):
        with pytest.raises(QueryError, match="no sentence names 'b' and nothing else -> set its rate to 0, or"):
            simulate_corpus(codebook, n_documents=5, seed=1, rates={"b": 1.0})
        simulate_corpus(codebook, n_documents=5, seed=1, rates={"b": 0})
    simulate_corpus(book(*shared, "b,mutu,form,id,yes"), n_documents=5, seed=1, rates={"b": 1.0})
