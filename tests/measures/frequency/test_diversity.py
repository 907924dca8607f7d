"""Lexical diversity against hand counts, slow restatements and a sample drawn by hand."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kit
from kit.errors import CorpusError, QueryError
from kit.measures.frequency.diversity import lexical_diversity


def corpus_of(texts: list[str], **metadata: list[str | None]) -> kit.Corpus:
    ids = [f"d{row:03}" for row in range(len(texts))]
    return kit.Corpus.from_frame(pd.DataFrame({"doc_id": ids, "text": texts, **metadata}), clean=False)


def slow_mattr(texts: list[list[str]], window: int) -> float:
    shares = [len(set(words[row : row + window])) / window for words in texts for row in range(len(words) - window + 1)]
    return sum(shares) / len(shares) if shares else math.nan


def slow_hdd(words: list[str], sample: int) -> float:
    """The mean TTR of every sample there is."""
    shares = [len(set(drawn)) / sample for drawn in itertools.combinations(words, sample)]
    return sum(shares) / len(shares) if shares else math.nan


def test_by_hand() -> None:
    row = lexical_diversity(corpus_of(["a b a c"]), window=3, sample=2).iloc[0]
    assert row[["part", "tokens", "distinct", "windows"]].tolist() == ["all", 4, 3, 2]
    assert row["ttr_length_bound"] == 0.75
    assert row["guiraud_r_length_bound"] == 1.5
    assert row["herdan_c_length_bound"] == pytest.approx(math.log(3) / math.log(4))
    assert row["yule_k"] == 1e4 * (4 + 1 + 1 - 4) / 16
    assert row["hdd"] == pytest.approx((5 * 2 + 1) / 6 / 2)
    assert row["mattr"] == pytest.approx((2 + 3) / 3 / 2)


WORDS = st.lists(st.sampled_from("abcd"), max_size=9)


@given(st.lists(WORDS, min_size=1, max_size=3), st.integers(1, 6))
def test_equal_to_the_slow_ones(texts: list[list[str]], size: int) -> None:
    table = lexical_diversity(corpus_of([" ".join(words) for words in texts]), window=size, sample=min(size, 3))
    row = table.iloc[0]
    running = [word for words in texts for word in words]
    assert row["mattr"] == pytest.approx(slow_mattr(texts, size), nan_ok=True)
    assert row["distinct"] == len(set(running))
    if len(running) <= 12:
        assert row["hdd"] == pytest.approx(slow_hdd(running, min(size, 3)), nan_ok=True)


@pytest.mark.parametrize("seed", range(20))
def test_random_texts(seed: int) -> None:
    rng = np.random.default_rng(seed)
    texts = [[f"kata{'abcdefghij'[row]}" for row in rng.integers(0, 10, rng.integers(1, 200))] for _ in range(3)]
    row = lexical_diversity(corpus_of([" ".join(words) for words in texts]), window=50).iloc[0]
    running = [word for words in texts for word in words]
    counts = Counter(running)
    n = len(running)
    hdd = sum(1 - math.comb(n - f, 42) / math.comb(n, 42) for f in counts.values()) / 42 if n >= 42 else math.nan
    assert row["hdd"] == pytest.approx(hdd, nan_ok=True)
    assert row["mattr"] == pytest.approx(slow_mattr(texts, 50), nan_ok=True)
    assert row["yule_k"] == pytest.approx(1e4 * (sum(f * f for f in counts.values()) - n) / n**2)


def test_length_moves_what_is_called_length_bound_and_little_else() -> None:
    rng = np.random.default_rng(5)
    names = ["kata" + "".join(pair) for pair in itertools.product("abcdefghijklmnopqrst", repeat=2)]
    weights = 1 / np.arange(1, len(names) + 1)
    words = rng.choice(names, 20_000, p=weights / weights.sum())
    short, long = (lexical_diversity(corpus_of([" ".join(words[:n])])).iloc[0] for n in (2_000, 20_000))
    assert long["ttr_length_bound"] < short["ttr_length_bound"] / 4
    for name in ("hdd", "mattr"):
        assert long[name] == pytest.approx(short[name], rel=0.03)
    assert long["yule_k"] == pytest.approx(short["yule_k"], rel=0.15)


def test_groups_and_lexemes() -> None:
    corpus = corpus_of(["layanan layanannya", "a a", "b"], outlet=["X", "Y", None])
    table = lexical_diversity(corpus, by="outlet", unit="lexeme", window=2, sample=2)
    assert table[["part", "tokens", "distinct", "windows"]].to_numpy().tolist() == [
        ["X", 2, 1, 1],
        ["Y", 2, 1, 1],
        ["not stated", 1, 1, 0],
    ]
    assert table["mattr"].tolist()[:2] == [0.5, 0.5]
    assert math.isnan(table["mattr"][2])
    assert table.attrs["remarks"]
    assert lexical_diversity(corpus, by="doc_id").part.tolist() == ["d000", "d001", "d002"]


@given(st.lists(WORDS, min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_documents_changes_nothing(texts: list[list[str]], random) -> None:
    mixed = texts[:]
    random.shuffle(mixed)
    one, other = (
        lexical_diversity(corpus_of([" ".join(words) for words in drawn]), window=3, sample=3)
        for drawn in (texts, mixed)
    )
    pd.testing.assert_frame_equal(one, other)


@pytest.mark.parametrize("by", [None, "outlet", "doc_id"])
def test_parts_give_what_one_corpus_gives(tmp_path: Path, by: str | None) -> None:
    texts = ["warga yang antre dan yang pulang", "", "ASN itu melayani warga warga itu", "dan yang antre antre lagi"]
    frame = pd.DataFrame({"doc_id": list("dacb"), "text": texts, "outlet": list("xxyx")})
    for row in range(len(frame)):
        kit.add_articles(frame.iloc[[row]], tmp_path / "saved", clean=False)
    parts, whole = kit.open_corpus(tmp_path / "saved"), kit.Corpus.from_frame(frame, clean=False)
    assert parts.parts == 4
    found, expected = (lexical_diversity(corpus, by=by, window=3, sample=4) for corpus in (parts, whole))
    pd.testing.assert_frame_equal(found, expected, check_exact=True)


def test_edges() -> None:
    row = lexical_diversity(corpus_of(["", "?!"])).iloc[0]
    assert row["tokens"] == 0
    assert row[["ttr_length_bound", "yule_k", "hdd", "mattr"]].isna().all()
    one = lexical_diversity(corpus_of(["kata"]), window=1, sample=1).iloc[0]
    assert one[["ttr_length_bound", "yule_k", "hdd", "mattr"]].tolist() == [1, 0, 1, 1]
    assert math.isnan(one["herdan_c_length_bound"])
    assert lexical_diversity(corpus_of([])).empty
    for options in ({"window": 0}, {"sample": 0}, {"unit": "root"}):
        with pytest.raises(QueryError):
            lexical_diversity(corpus_of(["a"]), **options)
    with pytest.raises(CorpusError, match="desk"):
        lexical_diversity(corpus_of(["a"]), by="desk")
