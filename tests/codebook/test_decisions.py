"""Which hits count: reasons of void ones, other senses of abbreviations, passages to look within, parts of a corpus."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kit
from kit.codebook.full_forms import alike, spells
from kit.corpus.spans import inside
from kit.errors import QueryError
from kit.parts.parted import PartedCorpus

BOOK = kit.load_codebook()
TEXTS = {
    "a": "Tata kelola data. ASN (Aparatur Sipil Negara) cepat tanggap, cepat.",
    "b": "KIP cair. Kartu Indonesia Pintar (KIP) beda. Keterbukaan Informasi Publik (KIP) terbuka. UU KIP itu.",
    "c": "Program KIP (Kartu Indonesia Pintar) jalan. Ada KIP.",
    "d": "KIP itu terbuka. MPP (Masa Persiapan Pensiun) dan SPM (2024).",
}


def corpus_of(texts: dict[str, str]) -> kit.Corpus:
    return kit.Corpus.from_frame(pd.DataFrame({"doc_id": list(texts), "text": list(texts.values())}), clean=False)


CORPUS = corpus_of(TEXTS)


def told(doc_id: str, pattern: str) -> list[tuple[str, str]]:
    found = kit.find_mentions(CORPUS, BOOK, void=True)
    mine = found[(found["doc_id"] == doc_id) & (found["pattern"] == pattern)]
    return list(mine[["void", "void_by"]].itertuples(index=False, name=None))


def test_every_void_hit_says_what_decided() -> None:
    assert told("a", "tata kelola") == [("block", "tata kelola data")]
    assert told("a", "cepat") == [("overlap", "cepat tanggap"), ("", "")]
    assert told("a", "ASN") == [("", "")]


def test_a_sense_holds_to_the_next_full_form_and_the_first_one_backwards() -> None:
    other = ("sense", "kartu indonesia pintar")
    assert told("b", "KIP") == [other, other, ("", ""), ("", "")]
    assert told("c", "KIP") == [("block", "program KIP"), other]  # a blocked hit tells the sense of the others too
    assert told("d", "KIP") == [("", "")]
    assert told("d", "MPP") == [("sense", "masa persiapan pensiun")]
    assert told("d", "SPM") == [("", "")]


@pytest.mark.parametrize(
    ("words", "letters", "fits"),
    [
        ("wilayah bebas dari korupsi", "WBK", True),
        ("pegawai pemerintah dengan perjanjian kerja", "PPPK", True),
        ("asas-asas umum pemerintahan yang baik", "AUPB", True),
        ("kartu indonesia", "KIP", False),
        ("kartu indonesia pintar sekali", "KIP", False),
        ("", "KIP", False),
    ],
)
def test_words_spell_an_abbreviation(words: str, letters: str, fits: bool) -> None:
    assert spells(words.split(), letters) is fits


def test_full_forms_are_alike_when_half_of_their_words_are() -> None:
    assert alike(["komisi", "informasi", "publik"], ["keterbukaan", "informasi", "publik"])
    assert not alike(["komisi", "informasi", "pusat"], ["keterbukaan", "informasi", "publik"])
    assert alike(["pengelola", "informasi", "dan", "dokumentasi"], ["pengelola", "informasi"])


def test_what_counts_is_the_same_with_and_without_the_void_ones() -> None:
    both, counts = kit.find_mentions(CORPUS, BOOK, void=True), kit.find_mentions(CORPUS, BOOK)
    kept = both[both["void"] == ""].drop(columns=["void", "void_by"]).reset_index(drop=True)
    pd.testing.assert_frame_equal(kept[counts.columns], counts)
    table = kit.concept_frequencies(CORPUS, BOOK, mentions=both)
    pd.testing.assert_frame_equal(table, kit.concept_frequencies(CORPUS, BOOK))
    assert len(kit.concordance(CORPUS, both[both["void"] == "sense"])) == 4


@pytest.mark.parametrize("options", [{"void": True}, {"overlap": "group", "void": True}, {"overlap": "codebook"}])
def test_parts_find_what_the_whole_does(options: dict[str, Any]) -> None:
    parted = PartedCorpus.of([CORPUS._take(np.array(some)) for some in ([1, 3], [0, 2])])
    pd.testing.assert_frame_equal(
        kit.find_mentions(parted, BOOK, **options).drop(columns="seal"),
        kit.find_mentions(CORPUS, BOOK, **options).drop(columns="seal"),
    )


def test_no_two_hits_of_a_codebook_without_overlap_share_a_word() -> None:
    found = kit.find_mentions(CORPUS, BOOK, overlap="codebook")
    for _, hits in found.groupby("doc"):
        assert (hits["start"].to_numpy()[1:] >= hits["end"].to_numpy()[:-1]).all()
    with pytest.raises(QueryError, match="overlap = 'none' -> use one of concept, group, codebook"):
        kit.find_mentions(CORPUS, BOOK, overlap="none")  # type: ignore[arg-type]


def test_only_hits_wholly_inside_a_passage_are_found() -> None:
    every = kit.find_mentions(CORPUS, BOOK)
    within = pd.DataFrame({"doc": [0, 1], "start": [18, 0], "end": [46, 2]})
    found = kit.find_mentions(CORPUS, BOOK, within=within)
    assert found["pattern"].tolist() == ["ASN", "aparatur sipil negara"]
    assert len(found) < len(every)
    with pytest.raises(QueryError, match="within"):
        kit.find_mentions(CORPUS, BOOK, within=pd.DataFrame({"doc": [9], "start": [0], "end": [1]}))
    with pytest.raises(QueryError, match="no column 'end'"):
        kit.find_mentions(CORPUS, BOOK, within=within.drop(columns="end"))
    assert kit.find_mentions(CORPUS, BOOK, within=within.iloc[:0]).empty


SPANS = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 12), st.integers(1, 6)).map(lambda at: (at[0], at[1], at[1] + at[2])),
    max_size=8,
)


@settings(max_examples=200)
@given(SPANS, SPANS)
def test_inside_is_covered_point_by_point(passages: list[tuple[int, int, int]], within: list[tuple[int, int, int]]):
    columns = ["doc", "start", "end"]
    found = inside(
        pd.DataFrame(passages, columns=columns, dtype="int64"), pd.DataFrame(within, columns=columns, dtype="int64")
    )
    joins = [(doc, point) for doc, start, end in within for point in range(start + 1, end)]  # inner joints of passages
    points = {(doc, point) for doc, start, end in within for point in range(start, end)}
    for (doc, start, end), held in zip(passages, found, strict=True):
        covered = all((doc, point) in points for point in range(start, end))
        assert held == (covered and all((doc, point) in joins for point in range(start + 1, end)))


def test_texts_without_capitals_say_how_many_abbreviations_they_hide() -> None:
    small = corpus_of({"a": "asn melayani warga.", "b": "kpk 2024"})
    abbreviations = BOOK.patterns.query("enabled == 'yes' and kind == 'abbreviation'")["pattern"]
    said = {"key": "frequencies.no_capitals", "n": int((abbreviations != abbreviations.str.lower()).sum())}
    parted = PartedCorpus.of([small._take(np.array([0])), small._take(np.array([1]))])
    for corpus in (small, parted):
        assert kit.find_mentions(corpus, BOOK).attrs["remarks"] == [said]
        assert said in kit.concept_frequencies(corpus, BOOK).attrs["remarks"]
    assert "remarks" not in kit.find_mentions(corpus_of({"a": "asn", "b": "Warga."}), BOOK).attrs
    nothing = BOOK.with_patterns(disable=abbreviations)
    assert "remarks" not in kit.find_mentions(small, nothing).attrs
