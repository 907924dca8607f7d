"""Concordance lines against hand-made ones, NLTK's on the same tokens and a slow search."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kit
from kit.errors import CorpusError, QueryError
from kit.language.tokens import COUNTED, fold, tokenize
from kit.parts.parted import PartedCorpus
from kit.wording.words import tell

BODY = (Path(__file__).parents[2] / "oracles" / "seed_article_body.txt").read_text(encoding="utf-8")


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


@pytest.mark.parametrize(
    "query", ["", "  ", "efektif, efisien", "pemerintah.", "a-", "'kata'", "re:(a", "lexeme:", "form:a,b"]
)
def test_queries_without_meaning(query: str) -> None:
    with pytest.raises(QueryError):
        kit.concordance(corpus_of("x"), query)


def test_options_without_meaning() -> None:
    with pytest.raises(QueryError, match="sort"):
        kit.concordance(corpus_of("x"), "x", sort="shuffle")
    for wrong in ("L0", ["L1", "M2"], "R100"):
        with pytest.raises(QueryError, match="sort"):
            kit.concordance(corpus_of("x"), "x", sort=wrong)
    for name in ("context", "limit", "sample"):
        with pytest.raises(QueryError, match=name):
            kit.concordance(corpus_of("x"), "x", **{name: -1})
    with pytest.raises(CorpusError):
        kit.concordance(corpus_of("x"), "x", by="colour")


def test_several_queries_one_after_the_other() -> None:
    table = kit.concordance(corpus_of("b a, a b"), ["b", "none", "a"], context=0, limit=1)
    assert table[["query", "node", "start"]].to_numpy().tolist() == [["b", "b", 0], ["a", "a", 2]]


def test_nothing_found_is_an_empty_table() -> None:
    for corpus in (corpus_of(), corpus_of(""), corpus_of("warga")):
        table = kit.concordance(corpus, "rakyat kecil")
        assert table.columns.tolist() == [
            "doc_id", "left", "node", "right", "sentence_no", "start", "end", "outlet", "date", "title", "line_id",
        ]  # fmt: skip
        assert table.empty


def test_a_line_ends_with_its_sentence_if_asked() -> None:
    corpus = corpus_of("Satu dua. Warga minta surat. Tiga", "Warga")
    assert lines(kit.concordance(corpus, "warga", context=3, within="sentence")) == [
        ("", "Warga", "minta surat."),
        ("", "Warga", ""),
    ]
    assert lines(kit.concordance(corpus, "surat", context=9, within="sentence")) == [("Warga minta", "surat", ".")]
    # nor does the order look beyond: no word comes before every word
    corpus = corpus_of("a. x b.", "x a. c", "b x.")
    assert kit.concordance(corpus, "x", sort="L1").doc_id.tolist() == ["d1", "d0", "d2"]
    assert kit.concordance(corpus, "x", sort="R1").doc_id.tolist() == ["d2", "d1", "d0"]
    assert kit.concordance(corpus, "x", sort=["L1", "R1"], within="sentence").doc_id.tolist() == ["d1", "d0", "d2"]
    with pytest.raises(QueryError, match="within"):
        kit.concordance(corpus, "x", within="paragraph")


@given(st.lists(st.lists(st.sampled_from(["x", "a", "b", ".", ",", "\n"]), max_size=12).map(" ".join), max_size=4))
def test_within_a_sentence_is_the_line_cut_at_its_edges(texts: list[str]) -> None:
    """The words of a line are those of the sentence, from the node on outwards, as many as there are."""
    corpus = corpus_of(*texts)
    table = kit.concordance(corpus, "x", context=3, within="sentence")
    words = corpus.tokens[corpus.types["kind"].to_numpy()[corpus.tokens["type"]] == "word"]
    for line in table.itertuples():
        doc = int(line.doc_id[1:])
        here = words[(words["doc"] == doc)]
        node = here[here["start"] == line.start].iloc[0]
        same = here[here["sentence"] == node["sentence"]]
        before, after = same[same["start"] < line.start].tail(3), same[same["start"] > line.start].head(3)
        text = corpus.documents["text"][doc]
        for side, rows in ((line.left, before), (line.right, after)):
            assert re.findall(r"\w+", side) == [text[a:b] for a, b in zip(rows["start"], rows["end"], strict=True)]


def grouped() -> kit.Corpus:
    frame = pd.DataFrame(
        {
            "doc_id": ["a", "b", "c", "d"],
            "text": ["x y x", "x", "y", "x x x"],
            "outlet": ["Harian B", "Harian A", "Harian A", None],
            "date": ["2024-02-04", "2025-01-01", "2024-03-03", None],
            "title": ["Satu", "Dua", None, "Empat"],
        }
    )
    return kit.Corpus.from_frame(frame, clean=False)


def parted(corpus: kit.Corpus) -> PartedCorpus:
    return PartedCorpus.of([corpus._take(np.array([0, 1])), corpus._take(np.array([2, 3]))])


def test_lines_say_outlet_date_and_title() -> None:
    table = kit.concordance(grouped(), "x", limit=3)
    assert table["outlet"].tolist() == ["Harian B", "Harian B", "Harian A"]
    assert table["title"].tolist() == ["Satu", "Satu", "Dua"]
    assert table["date"].astype(str).tolist() == ["2024-02-04", "2024-02-04", "2025-01-01"]
    assert kit.concordance(grouped(), "x").iloc[-1][["outlet", "date", "title"]].tolist() == ["", "", "Empat"]


@pytest.mark.parametrize("make", [lambda corpus: corpus, parted], ids=["whole", "in parts"])
def test_only_lines_of_some_documents(make) -> None:
    corpus = make(grouped())
    table = kit.concordance(corpus, "x", where={"outlet": "Harian A"})
    assert table["doc_id"].tolist() == ["b"]
    assert table.attrs["occurrences"] == 1
    assert table.attrs["selection"] == [{"where": {"outlet": ["Harian A"]}, "documents": 2, "of": 4}]
    wanted = {"year": [2024, 2025]}
    assert kit.concordance(corpus, "x", where=wanted, limit=2).doc_id.tolist() == ["a", "a"]
    assert kit.concordance(corpus, "x", where=wanted, sample=99).doc_id.tolist() == ["a", "a", "b"]
    assert kit.concordance(corpus, ["x", "y"], where={"outlet": "Harian A"}).attrs["occurrences"] == {"x": 1, "y": 1}
    with pytest.raises(CorpusError, match="Harian A"):
        kit.concordance(corpus, "x", where={"outlet": "Harian C"})


@pytest.mark.parametrize("make", [lambda corpus: corpus, parted], ids=["whole", "in parts"])
def test_groups_are_counted_listed_or_not(make) -> None:
    corpus = make(grouped())
    table = kit.concordance(corpus, "x", by="outlet", limit=1)
    assert table.columns.tolist().count("outlet") == 1
    assert table.columns[0] == "outlet"
    assert table["outlet"].tolist()[:2] == ["Harian A", "Harian B"]
    counts = table.attrs["groups"]
    assert (counts["Harian A"], counts["Harian B"], sum(counts.values())) == (1, 2, 6)
    assert "Harian A 1; Harian B 2" in tell(table.attrs["remarks"][0], "en")
    several = kit.concordance(corpus, ["x", "y"], by="outlet", where={"year": 2024})
    assert several.attrs["groups"] == {"x": {"Harian A": 0, "Harian B": 2}, "y": {"Harian A": 1, "Harian B": 1}}
    assert tell(several.attrs["remarks"][1], "id").endswith("y: Harian A 1; Harian B 1.")


def test_sorted_by_listed_places() -> None:
    """R1 first, then L2; a place beyond the document comes before every word."""
    corpus = corpus_of("b q x c", "a q x c", "a q x", "c x b")
    table = kit.concordance(corpus, "x", sort=["R1", "L2"])
    assert table["doc_id"].tolist() == ["d2", "d3", "d1", "d0"]
    phrase = corpus_of("di b x", "di a y", "di b a")
    assert kit.concordance(phrase, "di ?", sort=["node", "R1"])["doc_id"].tolist() == ["d1", "d2", "d0"]
    assert kit.concordance(phrase, "di ?", sort="R1")["doc_id"].tolist() == ["d2", "d0", "d1"]


def test_regular_expressions_match_whole_forms() -> None:
    corpus = corpus_of("Melayani dilayani pelayanan; layani warga, melayani/warga 2024 P3K")
    assert kit.concordance(corpus, "re:(me|di)layani").node.tolist() == ["Melayani", "dilayani", "melayani"]
    assert kit.concordance(corpus, r"re:.*LAYANI WARGA").node.tolist() == ["layani warga", "melayani/warga"]
    assert kit.concordance(corpus, r"re:\d+").node.tolist() == ["2024"]
    assert kit.concordance(corpus, "re:[;,]").empty


def test_lexemes_gather_their_forms() -> None:
    corpus = corpus_of("Tugas ASN: tugas-tugasnya. Kedepannya ke depan; petugas melayani, pelayan dilayani.")
    assert kit.concordance(corpus, "lexeme:tugas").node.tolist() == ["Tugas", "tugas-tugasnya"]
    assert kit.concordance(corpus, "lexeme: ke depan").node.tolist() == ["Kedepannya", "ke depan"]
    assert kit.concordance(corpus, "lexeme:melayani").node.tolist() == ["melayani"]
    assert kit.concordance(corpus, "lexeme:tugas asn").node.tolist() == ["Tugas ASN"]


def test_concepts_by_name() -> None:
    corpus, codebook = corpus_of("Aparatur Sipil Negara (ASN) dan ASN"), kit.load_codebook()
    mentions = kit.find_mentions(corpus, codebook)
    wanted = ["Aparatur Sipil Negara", "ASN"]  # without the gloss
    assert kit.concordance(corpus, "aktor-asn", codebook=codebook).node.tolist() == wanted
    assert kit.concordance(corpus, "concept:aktor-asn", mentions=mentions).node.tolist() == wanted
    both = kit.concordance(corpus, ["aktor-asn", "form:asn"], mentions=mentions)
    assert both.groupby("query").size().to_dict() == {"aktor-asn": 2, "form:asn": 2}
    with pytest.raises(QueryError, match="no concept"):
        kit.concordance(corpus, "asn", codebook=codebook)
    with pytest.raises(QueryError, match="gloss"):
        kit.concordance(corpus, "concept:aktor-asn", mentions=mentions.drop(columns="gloss"))
    with pytest.raises(QueryError, match="codebook"):
        kit.concordance(corpus, "concept:aktor-asn")


def test_line_ids_last() -> None:
    """The SHA-256 of document and place: alike in every query, and when articles are added before and after."""
    texts = {"m": "Warga dilayani. Warga menunggu.", "p": "Warga."}
    small = kit.Corpus.from_frame(pd.DataFrame({"doc_id": list(texts), "text": list(texts.values())}), clean=False)
    table = kit.concordance(small, "warga")
    assert table.line_id[0] == hashlib.sha256(b"m\t0\t5").hexdigest()[:16]
    assert table.line_id.is_unique
    more = {"a": "Warga baru.", **texts, "z": "warga"}
    large = kit.Corpus.from_frame(pd.DataFrame({"doc_id": list(more), "text": list(more.values())}), clean=False)
    again = kit.concordance(large, "re:warga?", sort="right", context=2)
    assert set(table.line_id) < set(again.line_id)
    assert len(again) == 5
    merged = table.merge(again, on="line_id")
    assert (merged.doc_id_x == merged.doc_id_y).all()
    assert (merged.start_x == merged.start_y).all()


def test_a_sample_is_the_same_wherever_documents_stand() -> None:
    texts = [f"kata x{number} kata" for number in range(40)]
    names = [f"d{number}" for number in range(40)]
    corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": names, "text": texts}), clean=False)
    part = corpus.where(doc_id=names[:30])
    ten = kit.concordance(corpus, "kata", sample=10)
    assert len(ten) == 10
    assert ten.start.tolist() == kit.concordance(corpus, "kata", sample=10).start.tolist()
    assert set(kit.concordance(corpus, "kata", sample=4).line_id) < set(ten.line_id)
    assert set(kit.concordance(corpus, "kata", sample=10, seed=1).line_id) != set(ten.line_id)
    kept = set(ten.line_id[ten.doc_id.isin(names[:30])])
    assert kept <= set(kit.concordance(part, "kata", sample=10).line_id)
    assert len(kit.concordance(corpus, "kata", sample=1000)) == 80
    assert kit.concordance(corpus, "kata", sample=0).empty
    assert ten[["doc_id", "start"]].equals(ten.sort_values(["doc_id", "start"], ignore_index=True)[["doc_id", "start"]])


def test_a_sample_is_fair() -> None:
    """Of 200 lines 100 are drawn with 50 seeds: each about 25 times; 5 standard deviations are 18."""
    corpus = corpus_of("x " * 200)
    drawn = pd.concat([kit.concordance(corpus, "x", context=0, sample=100, seed=seed) for seed in range(50)])
    times = drawn.groupby("start").size().reindex(range(0, 400, 2), fill_value=0)
    assert times.sum() == 5000
    assert times.between(7, 43).all()


def test_groups_stand_together() -> None:
    frame = pd.DataFrame(
        {
            "doc_id": list("abcd"),
            "text": ["x c", "x b x a", "x d", "y"],
            "outlet": ["Q", "P", "Q", ""],
            "date": "2024-01-02",
        }
    )
    corpus = kit.Corpus.from_frame(frame, clean=False)
    table = kit.concordance(corpus, "x", by="outlet", sort="right")
    assert table.columns[0] == "outlet"
    assert table[["outlet", "right"]].to_numpy().tolist() == [["P", "a"], ["P", "b x a"], ["Q", "c"], ["Q", "d"]]
    assert kit.concordance(corpus, "x", by="outlet", limit=1).groupby("outlet").size().tolist() == [1, 1]
    assert kit.concordance(corpus, "x", by="outlet", sample=1).groupby("outlet").size().tolist() == [1, 1]
    assert kit.concordance(corpus, ["x", "y"], by="year").columns.tolist()[:3] == ["query", "year", "doc_id"]
    assert kit.concordance(corpus, "none", by="outlet").columns[0] == "outlet"
    assert kit.concordance(corpus, "y", by="outlet")["outlet"].tolist() == ["not stated"]


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


def test_metadata_named_like_a_column_of_the_result() -> None:
    with pytest.raises(QueryError, match="a column of the result"):
        kit.concordance(corpus_of("x"), "x", by="doc_id")
