"""What a codebook may miss, counted by hand and against the plain way of counting."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kit
from kit.errors import QueryError
from kit.parts.parted import PartedCorpus
from kit.validity.coverage.near_misses import _touched
from kit.validity.coverage.shared_hits import _half, _matched

CODEBOOK = kit.load_codebook()
PATTERNS = """concept,pattern,kind,language,enabled,blocks,example
serve,melayani,form,id,yes,,
serve,layanan publik,phrase,id,yes,,
serve,akuntabilitas,form,id,yes,,
serve,pemkot,form,id,yes,,
serve,ASN,abbreviation,id,yes,,
serve,akuntabilitas publik,phrase,id,no,,
other,publik,form,id,yes,,
other,layanan publik,phrase,id,yes,,
"""
CONCEPTS = """concept,parent,label_id,label_en,definition
serve,group,melayani,serving,x
other,group,publik,public,x
"""


@pytest.fixture
def codebook(tmp_path: Path) -> kit.Codebook:
    (tmp_path / "patterns.csv").write_text(PATTERNS, encoding="utf-8")
    (tmp_path / "concepts.csv").write_text(CONCEPTS, encoding="utf-8")
    return kit.load_codebook(tmp_path)


def corpus_of(*texts: str) -> kit.Corpus:
    frame = pd.DataFrame({"doc_id": [f"d{number}" for number in range(len(texts))], "text": list(texts)})
    return kit.Corpus.from_frame(frame, clean=False)


TEXTS = (
    "Petugas melayani warga. Warga dilayani pelayan. Akuntabilits itu penting.",
    "Pelayanan publik dan layanan publik. Pelayanan yang publik. Pemerintah kota hadir. Warga dilayani.",
    "Akuntabilitasi bukan akuntabilitas. Pemkot dan pemkotnya. ASN dan asn.",
)


def test_near_misses_by_hand(codebook: kit.Codebook) -> None:
    table = kit.near_misses(corpus_of(*TEXTS), codebook, concepts=["serve"])
    rows = {row[1]: row[2:] for row in table.itertuples(index=False, name=None)}
    assert rows["dilayani"] == ("root", "melayani", 2, 2)
    assert rows["pelayan"] == ("root", "melayani", 1, 1)
    assert rows["pelayanan"] == ("root", "melayani", 2, 1)
    assert rows["pelayanan publik"] == ("root", "layanan publik", 1, 1)
    assert rows["akuntabilits"] == ("spelling", "akuntabilitas", 1, 1)
    assert rows["pemerintah kota"] == ("written_out", "pemkot", 1, 1)
    assert "layanan publik" not in rows  # a hit
    assert "pemkotnya" not in rows  # a hit: an enclitic
    assert "layanan" not in rows  # only inside a hit
    assert list(table["count"]) == sorted(table["count"], reverse=True)


def test_rare_near_misses_can_be_left_out(codebook: kit.Codebook) -> None:
    corpus = corpus_of(*TEXTS)
    every = kit.near_misses(corpus, codebook)
    often = kit.near_misses(corpus, codebook, min_count=2)
    pd.testing.assert_frame_equal(every[every["count"] >= 2].reset_index(drop=True), often, check_like=False)


def test_an_unknown_concept_is_named(codebook: kit.Codebook) -> None:
    with pytest.raises(QueryError, match=r"there is no concept 'x' -> "):
        kit.near_misses(corpus_of("a"), codebook, concepts=["x"])


def test_near_misses_of_a_corpus_without_words(codebook: kit.Codebook) -> None:
    assert kit.near_misses(corpus_of("!", "..."), codebook).empty


def test_near_misses_of_the_shipped_codebook_are_no_hits(sample: kit.Corpus) -> None:
    table = kit.near_misses(sample, CODEBOOK)
    hits = kit.find_mentions(sample, CODEBOOK)
    assert len(hits)
    assert (table["count"] > 0).all()
    assert (table["documents"] <= table["count"]).all()
    assert not table.duplicated(["concept", "near"]).any()


def test_overlap_by_hand(codebook: kit.Codebook) -> None:
    table = kit.concept_overlap(corpus_of("Layanan publik. Publik. Layanan publik baik."), codebook)
    assert table.to_numpy().tolist() == [["serve", "other", 2, 2, 1.0], ["other", "serve", 3, 2, 2 / 3]]


def test_overlap_equals_every_pair_looked_at(sample: kit.Corpus) -> None:
    mentions = kit.find_mentions(sample, CODEBOOK)
    slow: dict[tuple[str, str], set[int]] = {}
    for _, rows in mentions.groupby("doc"):
        for (i, a), (j, b) in combinations(list(rows.iterrows()), 2):
            if a["concept"] != b["concept"] and a["start"] < b["end"] and b["start"] < a["end"]:
                slow.setdefault((a["concept"], b["concept"]), set()).add(i)
                slow.setdefault((b["concept"], a["concept"]), set()).add(j)
    table = kit.concept_overlap(sample, CODEBOOK, mentions=mentions)
    found = {(row.concept_a, row.concept_b): row.overlapping for row in table.itertuples()}
    assert found == {pair: len(rows) for pair, rows in slow.items()}


def test_split_half_equals_every_half(codebook: kit.Codebook) -> None:
    corpus = corpus_of("Petugas melayani. Layanan publik. ASN. ASN melayani.")
    table = kit.split_half(corpus, codebook).set_index("concept")
    patterns = codebook.patterns.query("concept == 'serve' and enabled == 'yes'")["pattern"].tolist()
    hits = kit.find_mentions(corpus, codebook).query("concept == 'serve'")["pattern"].tolist()
    halves = list(combinations(patterns, len(patterns) // 2))
    share = np.mean([np.mean([pattern in half for pattern in hits]) for half in halves])
    assert table.loc["serve", "half_share"] == pytest.approx(share, abs=1e-12)
    assert table.loc["serve", ["patterns", "firing", "hits"]].tolist() == [5, 3, 5]
    assert table.loc["serve", "main_pattern"] == "ASN"
    assert table.loc["serve", "main_share"] == 2 / 5


def test_split_half_counts_what_a_shorter_pattern_would_find(codebook: kit.Codebook) -> None:
    table = kit.split_half(corpus_of("Layanan publik."), codebook).set_index("concept")
    assert table.loc["other", "half_share"] == 1.0  # publik alone would find it, and so would the phrase
    assert np.isnan(table.loc["serve", "half_share"]) is np.False_
    empty = kit.split_half(corpus_of("Hujan."), codebook)
    assert empty["half_share"].isna().all()
    assert (empty["hits"] == 0).all()


def test_candidates_by_hand(codebook: kit.Codebook) -> None:
    texts = [*["Petugas melayani lewat inspektorat."] * 3, *["Hujan turun lama dan inspektorat libur."], *["Lain."] * 6]
    corpus = corpus_of(*[f"{text} {number}" for number, text in enumerate(texts)])
    table = kit.candidate_terms(corpus, codebook, core=False, min_count=2)
    assert set(table["collocate"]) == {"petugas", "lewat", "inspektorat"}
    assert table.set_index("collocate").loc["inspektorat", ["o11", "documents"]].tolist() == [3, 3]
    assert kit.candidate_terms(corpus, codebook, min_count=2).empty  # none of its concepts is core


def test_parts_give_the_same(codebook: kit.Codebook, tmp_path: Path) -> None:
    corpus = corpus_of(*TEXTS, *TEXTS)
    frame = corpus.documents[["doc_id", "text"]]
    for number in range(3):
        frame.iloc[2 * number : 2 * number + 2].to_csv(tmp_path / "rows.csv", index=False)
        kit.add_articles(tmp_path / "rows.csv", tmp_path / "saved")
    corpus = kit.Corpus.from_frame(frame)
    parted = kit.open_corpus(tmp_path / "saved")
    for function in (kit.concept_overlap, kit.split_half, kit.candidate_terms):
        options = {"core": False, "min_count": 1} if function is kit.candidate_terms else {}
        pd.testing.assert_frame_equal(function(corpus, codebook, **options), function(parted, codebook, **options))


def test_split_half_of_parts_is_that_of_the_table_of_all_hits(sample: kit.Corpus) -> None:
    """To the last digit, by the whole table of hits that count or lie in others, as it is defined."""
    book = kit.load_codebook()
    few = sample._take(np.arange(0, len(sample), 3))
    every = kit.find_mentions(few, book, void=True).query("void in ['', 'overlap']")
    slow = {}
    for name, own in every.groupby("concept"):
        hits, n = own[own["void"] == ""], int((book.patterns.query("enabled == 'yes'")["concept"] == name).sum())
        if n > 1 and len(hits):
            slow[name] = float(_half(_matched(own), n).mean()), hits["pattern"].nunique(), len(hits)
    shares = [few._take(np.arange(at, len(few), 3)) for at in range(3)]
    for corpus in (few, PartedCorpus.of([few]), PartedCorpus.of(shares)):
        table = kit.split_half(corpus, book).set_index("concept")
        told = {name: tuple(table.loc[name, ["half_share", "firing", "hits"]]) for name in slow}
        assert told == slow


@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 5)), max_size=8),
    st.lists(st.tuples(st.integers(0, 20), st.integers(1, 5)), max_size=8),
)
def test_stretches_that_touch_no_hit(hits: list[tuple[int, int]], asked: list[tuple[int, int]]) -> None:
    """Whether hits overlap or not."""
    words = [set(range(first, first + size)) for first, size in hits if size]
    begins, ends = (np.sort(np.array([first + at * size for first, size in hits if size], np.intp)) for at in (0, 1))
    first = np.array([first for first, _ in asked], np.int64)
    last = np.array([first + size for first, size in asked], np.int64)
    touched = [sum(bool(one & set(range(*ends))) for one in words) for ends in zip(first, last, strict=True)]
    assert _touched((begins, ends), first, last).tolist() == touched
