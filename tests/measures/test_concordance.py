"""Concordance lines against hand-made ones, NLTK's on the same tokens and a slow search."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kit
from kit.errors import QueryError
from kit.language.tokens import COUNTED, fold, tokenize

BODY = (Path(__file__).parents[1] / "oracles" / "seed_article_body.txt").read_text(encoding="utf-8")


def corpus_of(*texts: str) -> kit.Corpus:
    ids = [f"d{row}" for row in range(len(texts))]
    return kit.Corpus.from_frame(pd.DataFrame({"doc_id": ids, "text": texts}), clean=False)


def lines(table: pd.DataFrame) -> list[tuple[str, str, str]]:
    return list(zip(table.left, table.node, table.right, strict=True))


def test_lines_by_hand() -> None:
    corpus = corpus_of("ASN harus melayani warga.\nWarga minta dilayani, segera.", "Melayani!")
    assert lines(kit.concordance(corpus, "MELAYANI", context=2)) == [
        ("ASN harus", "melayani", "warga. Warga"),
        ("", "Melayani", "!"),
    ]
    assert lines(kit.concordance(corpus, "warga", context=1)) == [
        ("melayani", "warga", ". Warga"),
        ("warga.", "Warga", "minta"),
    ]
    assert lines(kit.concordance(corpus, "dilayani", context=0)) == [("", "dilayani", "")]


def test_sentences_are_numbered_within_their_document() -> None:
    corpus = corpus_of("Satu. Warga dua.", "", "Warga. Tiga warga")
    assert kit.concordance(corpus, "warga").sentence_no.tolist() == [2, 1, 2]


def test_phrases_join_as_in_the_codebook() -> None:
    corpus = corpus_of("Kabupaten/Kota, kabupaten kota. Kabupaten, kota; kabupaten-kota kabupaten\nkota")
    table = kit.concordance(corpus, "kabupaten kota", context=0)
    assert table.node.tolist() == ["Kabupaten/Kota", "kabupaten kota"]
    assert [corpus.documents.text[0][a:b] for a, b in zip(table.start, table.end, strict=True)] == table.node.tolist()


def test_globs() -> None:
    corpus = corpus_of("akuntabel akuntabilitas akun, dilayani melayani 2024")
    assert kit.concordance(corpus, "akuntab*").node.tolist() == ["akuntabel", "akuntabilitas"]
    assert kit.concordance(corpus, "*layani").node.tolist() == ["dilayani", "melayani"]
    assert kit.concordance(corpus, "ak?n").node.tolist() == ["akun"]
    assert kit.concordance(corpus, "* melayani").node.tolist() == ["dilayani melayani"]
    assert kit.concordance(corpus, "20*").node.tolist() == ["2024"]


def test_sorted_by_what_stands_beside() -> None:
    corpus = corpus_of("b x d. a x c. a y x b. X")
    assert lines(kit.concordance(corpus, "x", context=1, sort="left")) == [
        ("a", "x", "c."),
        ("b", "x", "d."),
        ("b.", "X", ""),
        ("y", "x", "b."),
    ]
    rights = [line[2] for line in lines(kit.concordance(corpus, "x", context=1, sort="right"))]
    assert rights == ["", "b.", "c.", "d."]
    nodes = kit.concordance(corpus_of("di b, di a, di b"), "di ?", sort="node")
    assert nodes.node.tolist() == ["di a", "di b", "di b"]
    assert len(kit.concordance(corpus, "x", limit=2)) == 2


def test_a_document_ends_the_context() -> None:
    corpus = corpus_of("satu dua", "dua tiga", "")
    assert lines(kit.concordance(corpus, "dua")) == [("satu", "dua", ""), ("", "dua", "tiga")]


def test_mentions_as_a_query() -> None:
    corpus = corpus_of(BODY)
    mentions = kit.find_mentions(corpus, kit.load_codebook())
    wanted = mentions[mentions.concept == "pelayan-masyarakat"]
    table = kit.concordance(corpus, wanted, context=3)
    assert table.node.tolist() == ["khadimul ummah", "pelayan masyarakat", "pelayan masyarakat"]
    assert table.start.tolist() == wanted.start.tolist()
    assert table.left[0] == "bahwa ASN itu"
    assert kit.concordance(corpus, mentions[:0]).empty


def test_the_same_lines_as_nltk() -> None:
    corpus = corpus_of(BODY)
    ours = kit.concordance(corpus, "masyarakat")
    theirs = corpus.to_nltk().concordance_list("masyarakat", lines=1000)
    assert len(ours) == len(theirs) == 9
    offsets = corpus.tokens.start[[line.offset for line in theirs]].tolist()
    assert offsets == ours.start.tolist()


@pytest.mark.parametrize("query", ["", "  ", "efektif, efisien", "pemerintah.", "a-", "'kata'"])
def test_queries_without_meaning(query: str) -> None:
    with pytest.raises(QueryError):
        kit.concordance(corpus_of("x"), query)


def test_options_without_meaning() -> None:
    with pytest.raises(QueryError, match="sort"):
        kit.concordance(corpus_of("x"), "x", sort="shuffle")
    with pytest.raises(QueryError, match="context"):
        kit.concordance(corpus_of("x"), "x", context=-1)


def test_several_queries_one_after_the_other() -> None:
    table = kit.concordance(corpus_of("b a, a b"), ["b", "none", "a"], context=0, limit=1)
    assert table[["query", "node", "start"]].to_numpy().tolist() == [["b", "b", 0], ["a", "a", 2]]


def test_nothing_found_is_an_empty_table() -> None:
    for corpus in (corpus_of(), corpus_of(""), corpus_of("warga")):
        table = kit.concordance(corpus, "rakyat kecil")
        assert table.columns.tolist() == ["doc_id", "left", "node", "right", "sentence_no", "start", "end"]
        assert table.empty


PIECES = st.lists(st.sampled_from(["a", "B", "c", ",", ".", "/", "-", "\n", "A"]), max_size=14).map(" ".join)


@given(st.lists(PIECES, max_size=3), st.lists(st.sampled_from("abc"), min_size=1, max_size=3))
def test_equal_to_a_slow_search(texts: list[str], words: list[str]) -> None:
    """Walk over the tokens: the words in a row, between two of them nothing or one slash or hyphen."""
    corpus = corpus_of(*texts)
    expected = []
    for row, text in enumerate(texts):
        tokens = tokenize(text)
        cuts = corpus.sentences.loc[corpus.sentences.doc == row, "start"].tolist()
        for place in range(len(tokens)):
            at, good = place, True
            for number, word in enumerate(words):
                if number and at < len(tokens) and tokens[at].text in "/-":
                    at += 1
                good = good and at < len(tokens) and tokens[at].kind in COUNTED and fold(tokens[at].text) == word
                at += 1
                if not good:
                    break
            if good and not any(tokens[place].start < cut < tokens[at - 1].end for cut in cuts):
                expected.append((f"d{row}", tokens[place].start, tokens[at - 1].end))
    table = kit.concordance(corpus, " ".join(words))
    assert list(zip(table.doc_id, table.start, table.end, strict=True)) == expected
