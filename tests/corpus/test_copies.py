"""Exact copies, and which of them is the original."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kit
from kit.corpus.copies import originals
from kit.measures.counts.counts import originals as rows_of_originals
from kit.storage.open import open_part, parts_of

UNDATED = [""] * 6
# Four copies of one article, the wire's own last in the alphabet; one without a date; and an article of its own.
FRAME = pd.DataFrame(
    {
        "doc_id": ["a", "b", "c", "d", "e"],
        "text": ["Sama isi.", "Sama isi.", "Lain.", "Sama isi.", "Sama isi."],
        "date": ["", "2024-02-05", "2024-02-01", "2024-02-06", "2024-02-04"],
        "outlet": ["W", "X", "X", "Y", "Kantor Berita"],
    }
)


def test_without_dates_a_copy_points_at_the_first() -> None:
    assert originals(["a", "b", "a", "a", "b", "c"], UNDATED) == [-1, -1, 0, 0, 1, -1]


def test_a_copy_points_at_the_earliest_dated_before_undated() -> None:
    assert originals(["a", "a", "a"], ["2024-02-05", "2024-02-04", ""]) == [1, -1, 1]
    assert originals(["a", "a", "a"], ["", "", "2024-02-04"]) == [2, 2, -1]
    assert originals(["a", "a"], ["2024-02-04", "2024-02-04"]) == [-1, 0]


def test_texts_that_differ_in_a_blank_are_no_copies() -> None:
    assert originals(["a b", "a  b", "a b "], UNDATED[:3]) == [-1, -1, -1]


def test_no_texts_and_empty_texts() -> None:
    assert originals([], []) == []
    assert originals(["", "a", ""], UNDATED[:3]) == [-1, -1, -1]


@given(st.lists(st.tuples(st.sampled_from(["", "a", "b", "c"]), st.sampled_from(["", "2023-01-02", "2024-01-02"]))))
def test_what_is_pointed_at_is_equal_and_not_later(rows: list[tuple[str, str]]) -> None:
    found = originals([text for text, _ in rows], [date for _, date in rows])
    for place, ((text, date), first) in enumerate(zip(rows, found, strict=True)):
        same = [(not when, when, other) for other, (what, when) in enumerate(rows) if what == text]
        assert first == (-1 if not text or min(same) == (not date, date, place) else min(same)[2])


def test_the_original_of_a_corpus_is_the_earliest() -> None:
    corpus = kit.Corpus.from_frame(FRAME)
    assert corpus.documents["copy_of"].tolist() == ["e", "e", "", "e", ""]
    assert rows_of_originals(corpus).tolist() == [4, 4, 2, 4, 4]
    assert rows_of_originals(corpus.where(doc_id=["a", "b", "d"])).tolist() == [1, 1, 1]


@pytest.mark.parametrize("order", ["abcde", "edcba", "cadbe"])
def test_one_corpus_and_its_parts_name_the_same_original(tmp_path: Path, order: str) -> None:
    whole = kit.Corpus.from_frame(FRAME)
    for number, name in enumerate(order):
        kit.add_articles(FRAME[FRAME["doc_id"] == name], tmp_path / "saved")
        there = FRAME[FRAME["doc_id"].isin(list(order[: number + 1]))]
        assert kit.open_corpus(tmp_path / "saved").fingerprint == kit.Corpus.from_frame(there).fingerprint
    parts = kit.open_corpus(tmp_path / "saved", engine=1)
    assert parts.parts == 5
    copies = pd.concat([open_part(part).documents[["doc_id", "copy_of"]] for part in parts_of(tmp_path / "saved")])
    pd.testing.assert_frame_equal(
        copies.sort_values("doc_id", ignore_index=True), whole.documents[["doc_id", "copy_of"]]
    )
    pd.testing.assert_frame_equal(parts.catalogue.drop(columns="part"), whole.catalogue)
    for names in (list("abcde"), list("abd"), list("ade")):
        chosen, wanted = parts.where(doc_id=names), whole.where(doc_id=names)
        assert rows_of_originals(chosen).tolist() == rows_of_originals(wanted).tolist()
