"""What stop word lists change, by hand, and the guard that no list gets past."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kit
from kit.errors import QueryError
from kit.language.stopwords import protected_words, stopwords
from kit.measures.frequency.sensitivity import stopword_sensitivity


def corpus_of(texts: list[str]) -> kit.Corpus:
    ids = [f"d{row:03}" for row in range(len(texts))]
    return kit.Corpus.from_frame(pd.DataFrame({"doc_id": ids, "text": texts}), clean=False)


TEXT = "Warga yang datang dan yang pulang harus dilayani; artinya yang pulang tidak dilayani."


def test_by_hand() -> None:
    table = stopword_sensitivity(corpus_of([TEXT]), top=3).set_index("list")
    assert table.index.tolist() == ["keep", "core", "core+discourse"]
    keep, core, more = (table.loc[name] for name in table.index)
    assert keep[["listed", "dropped_terms", "dropped_tokens", "guarded", "top_shared"]].tolist() == [0, 0, 0, 0, 3]
    # Of 13 words, yang (3) and dan (1) go; dilayani (2) and pulang (2) stay behind yang, and artinya comes next.
    assert core[["dropped_terms", "dropped_tokens", "kept_terms"]].tolist() == [2, 4, 7]
    assert core["dropped_share"] == pytest.approx(4 / 13)
    assert core[["top_shared", "top_entered", "top_left"]].tolist() == [2, "artinya", "yang"]
    assert more[["dropped_tokens", "top_entered"]].tolist() == [5, "datang"]
    assert core["listed"] == len(stopwords())


def test_no_list_gets_past_the_guard() -> None:
    codebook = kit.load_codebook()
    mine = {"mine": ["HARUS", "tidak", "dilayani", "warga", "pulang"]}
    corpus = corpus_of([TEXT + " Tata kelola yang baik."])
    without = stopword_sensitivity(corpus, stopwords=mine).set_index("list").loc["mine"]
    assert without["guarded_terms"] == "harus tidak"
    assert without["dropped_terms"] == 3
    row = stopword_sensitivity(corpus, stopwords=mine, codebook=codebook).set_index("list").loc["mine"]
    assert row[["guarded", "guarded_tokens"]].tolist() == [4, 5]
    assert row["guarded_terms"] == "dilayani harus tidak warga"
    assert row[["listed", "dropped_terms", "dropped_tokens"]].tolist() == [5, 1, 2]
    # The function word inside a phrase of the codebook is still a function word.
    core = stopword_sensitivity(corpus, codebook=codebook).set_index("list").loc["core"]
    assert core["guarded"] == 0
    assert core["dropped_tokens"] == 5


def test_clitics_do_not_get_past_the_guard_either() -> None:
    table = stopword_sensitivity(corpus_of(["haruslah harus"]), stopwords={"mine": ["haruslah"]}).set_index("list")
    assert table.loc["mine", ["guarded", "dropped_terms"]].tolist() == [1, 0]


@pytest.mark.data
def test_a_public_list_would_remove_what_the_study_is_about(shared_data: Path, seed_raw: str) -> None:
    words = (shared_data / "stopwords_id" / "stopwords-iso-id.txt").read_text(encoding="utf-8").split()
    corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["seed"], "text": [seed_raw]}))
    table = stopword_sensitivity(corpus, stopwords={"iso": words}, codebook=kit.load_codebook()).set_index("list")
    assert {"harus", "tidak"} <= set(table.loc["iso", "guarded_terms"].split())
    assert table.loc["core", "guarded"] == 0


WORDS = st.lists(st.sampled_from(["asn", "yang", "harus", "artinya", "warga", "dan", "."]), max_size=15).map(" ".join)


@given(st.lists(WORDS, min_size=1, max_size=3), st.sets(st.sampled_from(["asn", "yang", "harus", "warga"])))
def test_what_is_dropped_and_kept_adds_up(texts: list[str], mine: set[str]) -> None:
    corpus = corpus_of(texts)
    terms = kit.term_frequencies(corpus).set_index("term")["count"]
    table = stopword_sensitivity(corpus, stopwords={"mine": sorted(mine)}, top=2)
    assert (table["dropped_terms"] + table["kept_terms"] == len(terms)).all()
    row = table.set_index("list").loc["mine"]
    gone = [term for term in terms.index if term in mine and term not in protected_words()]
    assert row["dropped_tokens"] == terms.loc[gone].sum()
    assert (table["top_shared"] <= 2).all()


@pytest.mark.parametrize("unit", ["form", "lexeme"])
def test_parts_give_what_one_corpus_gives(tmp_path: Path, unit: str) -> None:
    texts = ["Warga yang harus antre dan yang tidak", "ASN melayani warga, yang antre, tugas-tugas ASN", "Dan warga"]
    frame = pd.DataFrame({"doc_id": list("cab"), "text": texts})
    for row in range(len(frame)):
        kit.add_articles(frame.iloc[[row]], tmp_path / "saved", clean=False)
    parts, whole = kit.open_corpus(tmp_path / "saved"), kit.Corpus.from_frame(frame, clean=False)
    assert parts.parts == 3
    found, expected = (stopword_sensitivity(corpus, unit=unit, top=3) for corpus in (parts, whole))
    pd.testing.assert_frame_equal(found, expected)


def test_edges() -> None:
    table = stopword_sensitivity(corpus_of([""]))
    assert table["dropped_tokens"].tolist() == [0, 0, 0]
    assert all(math.isnan(share) for share in table["dropped_share"])
    for options in ({"unit": "root"}, {"top": 0}, {"stopwords": {"core": ["yang"]}}):
        with pytest.raises(QueryError):
            stopword_sensitivity(corpus_of(["a"]), **options)
