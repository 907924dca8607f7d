"""The table of stories, and what became of each sentence of a copied article."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kit
from kit.errors import QueryError
from kit.parts.parted import PartedCorpus

WORDS = ("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "ratus", "ribu")
#: Four paragraphs of twelve words, eight runs each.
*LINES, E, F, G, H = (" ".join(word + letter for word in WORDS).capitalize() + "." for letter in "abcdefgh")


def corpus_of(*texts: Sequence[str], dates: Sequence[str] = ()) -> kit.Corpus:
    frame = pd.DataFrame({"doc_id": [f"d{row}" for row in range(len(texts))]})
    frame["text"] = ["\n".join(text) for text in texts]
    frame["date"] = list(dates) or [""] * len(texts)
    return kit.Corpus.from_frame(frame.astype("str"), clean=False)


def test_stories_by_hand() -> None:
    """One cut by a quarter, one with six new runs; a text alone is in no row."""
    new = " ".join(f"{word}x" for word in WORDS[:10]) + "."
    texts = LINES[1:], ["Lain."], LINES, [*LINES, new], ["Ya."], ["Ya."]
    corpus = corpus_of(*texts, dates=["", "", "2024-01-02", "2024-01-03", "", ""])
    assert corpus.documents["copy_of"].tolist() == ["d2", "", "", "d2", "", "d4"]
    table = kit.list_copies(corpus)
    assert table.columns.tolist() == ["original", "doc_id", "date", "words", "from_original", "of_original"]
    assert table["original"].tolist() == ["d2", "d2", "d2", "d4", "d4"]
    assert table["doc_id"].tolist() == ["d2", "d3", "d0", "d4", "d5"]
    assert table["words"].tolist() == [48, 58, 36, 1, 1]
    assert table["from_original"].round(6).tolist() == [1, round(32 / 38, 6), 1, 1, 1]
    assert table["of_original"].tolist() == [1, 1, 0.75, 1, 1]
    assert table.attrs["unit"] == "document"


def test_no_stories() -> None:
    for corpus in (corpus_of(LINES[:1], LINES[1:2]), corpus_of(LINES).where(doc_id=[])):
        table = kit.list_copies(corpus)
        assert len(table) == 0
        assert table.dtypes.astype(str).tolist() == ["str", "str", "str", "int64", "float64", "float64"]


def test_of_a_selection_the_first_stands_for_the_original() -> None:
    names = ["d1", "d2", "d3", "d4"]
    chosen = corpus_of(LINES, LINES[1:], LINES[:3], ["!"], ["!"]).where(doc_id=names)
    table = kit.list_copies(chosen)
    assert table[["original", "doc_id"]].to_numpy().tolist() == [["d1", "d1"], ["d1", "d2"], ["d3", "d3"], ["d3", "d4"]]
    assert table["from_original"].iloc[:2].round(6).tolist() == [1, round(16 / 24, 6)]
    assert table["from_original"].isna().tolist() == [False, False, True, True]


def test_what_became_of_each_sentence() -> None:
    more = [E, F, G, H]
    edited = LINES[2].replace("limac", "dilayani")
    old = [*LINES, "Ini habis.", *more]
    copy = [LINES[3], LINES[1], edited, "Warga antre beras.", *more]
    corpus = corpus_of(old, copy, dates=["2024-01-01", ""])
    frame = kit.compare_copy(corpus, "d1")
    assert frame["change"].tolist() == [
        *["cut", "moved", "cut", "kept", "changed", "added"],
        *["kept"] * 4,
    ]
    before, after = corpus.documents["text"]
    for change, text, original, start, end, old_start, old_end in frame.itertuples(index=False):
        assert text == (before[old_start:old_end] if change == "cut" else after[start:end])
        assert original == (before[old_start:old_end] if change == "changed" else "")
        assert pd.isna(start) == (change == "cut")
        assert pd.isna(old_start) == (change == "added")
    assert frame.dtypes.astype(str).tolist() == ["str"] * 3 + ["Int64"] * 4


@given(st.permutations(range(4)), st.integers(0, 4))
def test_every_sentence_has_one_fate(order: list[int], extra: int) -> None:
    """Nothing is told twice and nothing left out; a corpus in parts says the same."""
    corpus = corpus_of([*LINES, "Awal."], [*(LINES[row] for row in order), *["Baru."] * extra])
    frame = kit.compare_copy(corpus, "d1" if corpus.copy_of[1] else "d0")
    counts = frame["change"].value_counts()
    assert counts.get("kept", 0) + counts.get("moved", 0) == 4
    for name in ("start", "original_start"):
        places = frame[name].dropna()
        assert places.is_unique
    assert len(frame) == 4 + extra + 1
    pieces = [corpus.documents.drop(columns="copy_of").iloc[[row]] for row in (1, 0)]
    parts = PartedCorpus.of([kit.Corpus.from_frame(piece, clean=False) for piece in pieces])
    pd.testing.assert_frame_equal(kit.compare_copy(parts, "d1" if corpus.copy_of[1] else "d0"), frame)
    pd.testing.assert_frame_equal(kit.list_copies(parts), kit.list_copies(corpus))


def test_what_cannot_be_compared_is_told() -> None:
    corpus = corpus_of(LINES, LINES[1:])
    with pytest.raises(QueryError, match="compare_copy: there is no document 'x' -> use a doc_id of the corpus"):
        kit.compare_copy(corpus, "x")
    with pytest.raises(QueryError, match="'d0' is no copy -> use a doc_id that"):
        kit.compare_copy(corpus, "d0")
    with pytest.raises(QueryError, match="'d1' is a copy of 'd0', which is not in this selection -> ask the whole"):
        kit.compare_copy(corpus.where(doc_id="d1"), "d1")
