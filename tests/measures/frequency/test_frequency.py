"""Frequencies against hand counts, the seed's oracle and a slow count."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from unittest.mock import patch

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import kit
from kit.errors import CorpusError, QueryError
from kit.language.stopwords import protected_words
from kit.language.tokens import COUNTED, fold, tokenize
from kit.measures.counts import kept_counts
from kit.wording.words import tell

ORACLES = Path(__file__).parents[2] / "oracles"


@pytest.fixture(scope="module")
def seed() -> kit.Corpus:
    body = (ORACLES / "seed_article_body.txt").read_text(encoding="utf-8")
    return kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["seed"], "text": [body]}), clean=False)


def corpus_of(texts: list[str], **metadata: list[str | None]) -> kit.Corpus:
    ids = [f"d{row}" for row in range(len(texts))]
    return kit.Corpus.from_frame(pd.DataFrame({"doc_id": ids, "text": texts, **metadata}), clean=False)


def test_forms_by_hand() -> None:
    table = kit.term_frequencies(corpus_of(["ASN, asn! 2024", "Warga asn."]))
    assert table.to_dict("list") == {
        "term": ["asn", "2024", "warga"],
        "count": [3, 1, 1],
        "per_1000": [600.0, 200.0, 200.0],
        "per_million": [600_000.0, 200_000.0, 200_000.0],
        "documents": [2, 1, 1],
    }
    assert table.attrs["tokens"] == 5
    assert table.attrs["denominator"] == "words and numbers"


@given(st.lists(st.lists(st.sampled_from(["asn", "Warga", "2024", ",", "di"]), max_size=8).map(" ".join), min_size=1))
def test_few_words_are_counted_as_many_are(texts: list[str]) -> None:
    corpus = corpus_of(texts)
    few = kit.term_frequencies(corpus)
    with patch.object(kept_counts, "FEW", 0):
        assert_frame_equal(kit.term_frequencies(corpus_of(texts)), few)


def test_lexemes_are_not_roots() -> None:
    table = kit.term_frequencies(corpus_of(["melayani dilayani pelayan pelayanan pelayanannya"]), unit="lexeme")
    assert dict(zip(table.term, table["count"], strict=True)) == {
        "pelayanan": 2,
        "dilayani": 1,
        "melayani": 1,
        "pelayan": 1,
    }


def test_function_words_can_be_left_out_of_the_list_only() -> None:
    table = kit.term_frequencies(corpus_of(["yang melayani dan harus melayani"]), stopwords="drop")
    assert table[["term", "count", "per_1000"]].to_numpy().tolist() == [["melayani", 2, 400.0], ["harus", 1, 200.0]]
    assert table.attrs["remarks"]


def test_groups_have_their_own_denominators() -> None:
    corpus = corpus_of(["a a b", "a", "c c c c"], outlet=["Y", "X", None])
    table = kit.term_frequencies(corpus, by="outlet")
    assert table[["outlet", "term", "count", "per_1000", "documents"]].to_numpy().tolist() == [
        ["X", "a", 1, 1000.0, 1],
        ["Y", "a", 2, pytest.approx(666.6667), 1],
        ["Y", "b", 1, pytest.approx(333.3333), 1],
        ["not stated", "c", 4, 1000.0, 1],
    ]


def test_the_seed_concepts() -> None:
    body = (ORACLES / "seed_article_body.txt").read_text(encoding="utf-8")
    corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["seed"], "text": [body]}), clean=False)
    table = kit.concept_frequencies(corpus, kit.load_codebook()).set_index("concept")
    with (ORACLES / "seed_article_concept_counts.csv").open(encoding="utf-8", newline="") as file:
        expected = list(csv.DictReader(file))
    assert len(expected) == len(table) == 36
    for row in expected:
        counted = table.loc[row["concept_id"]]
        assert counted.parent == row["parent"]
        assert counted.hits == int(row["expected_hits"]), row["concept_id"]
        assert counted.mentions == int(row["expected_mentions"]), row["concept_id"]
        assert counted.sentences == int(row["expected_sentences"]), row["concept_id"]
        assert counted.documents == (counted.hits > 0)
        assert counted.per_1000 == pytest.approx(1000 * counted.mentions / 296)


def test_patterns_add_up_to_their_concept(seed: kit.Corpus) -> None:
    codebook = kit.load_codebook()
    patterns = kit.pattern_frequencies(seed, codebook)
    concepts = kit.concept_frequencies(seed, codebook).set_index("concept")
    assert len(patterns) == (codebook.patterns.enabled == "yes").sum()
    for column in ("hits", "mentions"):
        sums = patterns.groupby("concept")[column].sum()
        assert sums.to_dict() == concepts.loc[sums.index, column].to_dict()
    named = patterns.set_index(["concept", "pattern"]).hits
    assert named["good-governance", "good governance"] == 1
    assert named["akuntabilitas", "akuntabel"] == 1
    assert named["pelayan-masyarakat", "pelayan masyarakat"] == 2


def test_concepts_by_group_print_every_zero() -> None:
    corpus = corpus_of(["ASN melayani warga.", "Akuntabel, transparan."], date=["2023-05-01", "2024-05-01"])
    codebook = kit.load_codebook()
    table = kit.concept_frequencies(corpus, codebook, by="year")
    assert table.groupby("year").size().tolist() == [36, 36]
    cell = table.set_index(["year", "concept"])
    assert cell.loc[("2023", "melayani"), "per_1000"] == pytest.approx(1000 / 3)
    assert cell.loc[("2024", "melayani"), "hits"] == 0
    assert cell.loc[("2024", "akuntabilitas"), "documents"] == 1


def test_without_words_relative_frequencies_are_missing() -> None:
    table = kit.concept_frequencies(corpus_of(["", "?!"]), kit.load_codebook())
    assert table.hits.sum() == 0
    assert table.per_1000.isna().all()
    assert table.attrs["remarks"]
    assert kit.term_frequencies(corpus_of([""])).empty


def test_what_cannot_be_counted(seed: kit.Corpus) -> None:
    with pytest.raises(QueryError, match="root"):
        kit.term_frequencies(seed, unit="root")
    with pytest.raises(CorpusError, match="desk"):
        kit.term_frequencies(seed, by="desk")
    with pytest.raises(QueryError, match="a column of the result"):
        kit.concept_frequencies(corpus_of(["x"], concept=["y"]), kit.load_codebook(), by="concept")


WORDS = st.lists(st.sampled_from(["asn", "ASN", "warga", "2024", ",", ".", "layanannya"]), max_size=15).map(" ".join)


@given(st.lists(WORDS, min_size=1, max_size=4))
def test_equal_to_a_slow_count(texts: list[str]) -> None:
    counts: Counter[str] = Counter()
    documents: Counter[str] = Counter()
    for text in texts:
        words = [fold(token.text) for token in tokenize(text) if token.kind in COUNTED]
        counts.update(words)
        documents.update(set(words))
    table = kit.term_frequencies(corpus_of(texts)).set_index("term")
    assert table["count"].to_dict() == dict(counts)
    assert table["documents"].to_dict() == dict(documents)
    assert table["per_million"].sum() == pytest.approx(1e6 if counts else 0)


def test_copies_are_counted_and_the_note_says_so() -> None:
    corpus = corpus_of(["ASN melayani.", "Warga.", "ASN melayani."])
    codebook = kit.load_codebook()
    for table in (kit.term_frequencies(corpus), kit.concept_frequencies(corpus, codebook)):
        assert "copy another are counted like the others (1)" in tell(table.attrs["remarks"][0], "en")
    assert kit.term_frequencies(corpus).set_index("term").loc["melayani", "count"] == 2
    assert kit.term_frequencies(corpus_of(["ASN melayani.", "Warga."])).attrs["remarks"] == []


def test_stop_words_in_named_variants() -> None:
    corpus = corpus_of(["Artinya yang harus oleh ASN, artinya kita dan olehnya."])
    every = kit.term_frequencies(corpus).set_index("term")
    told = {}
    for variant in ("keep", "drop", "core", "core+discourse"):
        table = kit.term_frequencies(corpus, stopwords=variant)
        told[variant] = set(table.term)
        pd.testing.assert_frame_equal(table.set_index("term"), every.loc[table.term])
        assert table.attrs["tokens"] == 9
        assert len(table.attrs["remarks"]) == (variant != "keep")
    assert told["drop"] == told["core"] == told["keep"] - {"yang", "dan"}
    assert told["core"] - told["core+discourse"] == {"artinya"}
    assert {"harus", "kita", "oleh"} <= told["core+discourse"]
    stopped = corpus.types.loc[corpus.types.stopword, "form"]
    assert set(stopped) == told["keep"] - told["core"]
    with pytest.raises(QueryError, match="stopwords = 'tala'"):
        kit.term_frequencies(corpus, stopwords="tala")


@pytest.mark.parametrize("variant", ["core", "core+discourse"])
def test_a_clitic_never_hides_a_protected_lexeme(variant: str) -> None:
    protected = sorted(protected_words())
    words = [word + clitic for word in protected for clitic in ("", "nya", "lah", "kah", "pun")]
    table = kit.term_frequencies(corpus_of([" ".join(words)]), unit="lexeme", stopwords=variant)
    lexemes = set(kit.term_frequencies(corpus_of([" ".join(protected)]), unit="lexeme").term)
    assert lexemes & set(protected) <= set(table.term)


def test_kinds_choose_what_is_listed_not_what_is_divided_by() -> None:
    corpus = corpus_of(["ASN 2024 ASN, 10 warga"], outlet=["X"])
    words = kit.term_frequencies(corpus, by="outlet", kinds=("word",))
    numbers = kit.term_frequencies(corpus, by="outlet", kinds="number")
    assert words[["term", "count", "per_1000"]].to_numpy().tolist() == [["asn", 2, 400.0], ["warga", 1, 200.0]]
    assert numbers[["term", "count", "per_1000"]].to_numpy().tolist() == [["10", 1, 200.0], ["2024", 1, 200.0]]
    assert "Numbers are not shown" in tell(words.attrs["remarks"][0], "en")
    assert "Only numbers are shown" in tell(numbers.attrs["remarks"][0], "en")
    both = kit.term_frequencies(corpus, by="outlet", kinds=("number", "word", "word"))
    pd.testing.assert_frame_equal(both, kit.term_frequencies(corpus, by="outlet"))
    assert both.attrs["remarks"] == []
    for kinds in ((), ("punctuation",), "words"):
        with pytest.raises(QueryError, match="kinds"):
            kit.term_frequencies(corpus, kinds=kinds)
