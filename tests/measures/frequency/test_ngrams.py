"""N-grams against hand counts, a slow count and the concordance."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kit
from kit.errors import CorpusError, QueryError
from kit.language.tokens import COUNTED, fold, tokenize
from kit.measures.frequency.ngrams import ngram_frequencies

ORACLES = Path(__file__).parents[2] / "oracles"


def corpus_of(texts: list[str], **metadata: list[str | None]) -> kit.Corpus:
    ids = [f"d{row:03}" for row in range(len(texts))]
    return kit.Corpus.from_frame(pd.DataFrame({"doc_id": ids, "text": texts, **metadata}), clean=False)


def test_marks_sentences_and_documents_break() -> None:
    corpus = corpus_of(["Layanan publik, layanan publik. Publik menilai", "layanan publik"])
    table = ngram_frequencies(corpus)
    assert table[["n", "term", "count", "documents"]].to_numpy().tolist() == [
        [2, "layanan publik", 3, 2],
        [2, "publik menilai", 1, 1],
    ]
    assert table["per_1000"].tolist() == [375, 125]
    crossing = ngram_frequencies(corpus, marks="cross").set_index("term")["count"]
    assert crossing.to_dict() == {"layanan publik": 3, "publik layanan": 1, "publik menilai": 1}


def test_hyphen_and_slash_join_as_in_a_phrase() -> None:
    assert ngram_frequencies(corpus_of(["Kabupaten/Kota maju"])).term.tolist() == ["kabupaten kota", "kota maju"]


def test_several_lengths_and_groups() -> None:
    corpus = corpus_of(["a b a b", "a b c", "c"], outlet=["X", "Y", None])
    table = ngram_frequencies(corpus, n=[3, 1, 2], by="outlet", min_count=2)
    assert table[["outlet", "n", "term", "count", "per_1000"]].to_numpy().tolist() == [
        ["X", 1, "a", 2, 500],
        ["X", 1, "b", 2, 500],
        ["X", 2, "a b", 2, 500],
        ["Y", 1, "a", 1, pytest.approx(1000 / 3)],
        ["Y", 1, "b", 1, pytest.approx(1000 / 3)],
        ["Y", 1, "c", 1, pytest.approx(1000 / 3)],
        ["Y", 2, "a b", 1, pytest.approx(1000 / 3)],
        ["not stated", 1, "c", 1, 1000],
    ]


def test_one_word_is_the_frequency_table() -> None:
    corpus = corpus_of(["Layanannya layanan-layanan, 2024!", "ASN layanan"], outlet=["X", "Y"])
    for unit in ("form", "lexeme"):
        words = ngram_frequencies(corpus, n=1, unit=unit, by="outlet").drop(columns="n")
        pd.testing.assert_frame_equal(words, kit.term_frequencies(corpus, unit=unit, by="outlet"), check_like=True)


def test_stop_words_at_the_edges_only() -> None:
    corpus = corpus_of(["pelayanan yang baik harus melayani"])
    terms = ngram_frequencies(corpus, n=[2, 3], stopwords="core").term.tolist()
    assert terms == ["baik harus", "harus melayani", "baik harus melayani", "pelayanan yang baik"]


WORDS = st.lists(st.sampled_from(["asn", "ASN", "warga", "kota", ",", ".", "/", "itu"]), max_size=14).map(" ".join)


@given(st.lists(WORDS, min_size=1, max_size=4))
def test_equal_to_a_slow_count(texts: list[str]) -> None:
    corpus = corpus_of(texts)
    expected: dict[int, Counter[str]] = {n: Counter() for n in range(1, 6)}
    for (_, start, end), doc in zip(
        corpus.sentences[["doc", "start", "end"]].itertuples(index=False, name=None), corpus.sentences.doc, strict=True
    ):
        words = [fold(token.text) for token in tokenize(texts[doc][start:end]) if token.kind in COUNTED]
        for n, counter in expected.items():
            counter.update(" ".join(words[row : row + n]) for row in range(len(words) - n + 1))
    table = ngram_frequencies(corpus, n=range(1, 6), marks="cross")
    for n, counter in expected.items():
        rows = table[table.n == n]
        assert dict(zip(rows.term, rows["count"], strict=True)) == dict(counter)


@given(st.lists(WORDS, min_size=1, max_size=3))
def test_the_concordance_finds_each_as_often(texts: list[str]) -> None:
    corpus = corpus_of(texts)
    for row in ngram_frequencies(corpus, n=[2, 3]).itertuples():
        lines = kit.concordance(corpus, row.term)
        assert (len(lines), lines.doc_id.nunique()) == (row.count, row.documents)


@given(st.lists(WORDS, min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_documents_changes_nothing(texts: list[str], random) -> None:
    mixed = texts[:]
    random.shuffle(mixed)
    one, other = (ngram_frequencies(corpus_of(drawn), n=[2, 3]) for drawn in (texts, mixed))
    pd.testing.assert_frame_equal(one, other)


def test_records_of_quanteda() -> None:
    records = {row["id"]: row for row in json.loads((ORACLES / "oracles.json").read_text(encoding="utf-8"))}
    frequency = records["quanteda_frequency"]
    table = ngram_frequencies(corpus_of(frequency["inputs"]["docs"]), n=1).set_index("term")
    assert {term: [row["count"], row["documents"]] for term, row in table.iterrows()} == frequency["expected"]
    pairs = records["quanteda_lambda"]
    table = ngram_frequencies(corpus_of(pairs["inputs"]["texts"]), n=2, min_count=2).set_index("term")
    assert table["count"].to_dict() == {term: row[0] for term, row in pairs["expected"].items()}


def test_edges() -> None:
    for texts in ([], [""], ["kata"], ["kata.", "?!"]):
        table = ngram_frequencies(corpus_of(texts))
        assert table.empty
        assert list(table.columns) == ["n", "term", "count", "per_1000", "per_million", "documents"]
    corpus = corpus_of(["a b"])
    for options in ({"n": 0}, {"n": 6}, {"n": []}, {"unit": "root"}, {"marks": "all"}, {"stopwords": "mine"}):
        with pytest.raises(QueryError):
            ngram_frequencies(corpus, **options)
    with pytest.raises(CorpusError, match="desk"):
        ngram_frequencies(corpus, by="desk")
