"""Texts come out of lists and Arrow columns byte by byte, with room behind the last."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.errors import CorpusError
from kit.index.indexing import read_texts
from kit.index.scanner import scan_texts
from kit.machine import texts as texts_module
from kit.machine.texts import PADDING, as_list, pieces, size_of

LONG = ["Satu dua.", "", "é" * 40, "Tiga: 🙂 ²", "x"]
COLUMNS = {
    "list": LONG,
    "tuple": tuple(LONG),
    "series": pd.Series(LONG),
    "objects": pd.Series(LONG, dtype=object),
    "categories": pd.Series(LONG, dtype="category"),
    "backwards": pd.Series(LONG[::-1])[::-1],
    "large_string": pa.array(LONG, pa.large_string()),
    "string": pa.array(LONG, pa.string()),
    "string_view": pa.array(LONG, pa.string_view()),
    "slice": pa.array(["?", *LONG, "!"])[1:-1],
    "chunks": pa.chunked_array([LONG[:2], [], LONG[2:4], LONG[4:]], pa.string()),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_any_column_gives_its_texts(name: str) -> None:
    column = COLUMNS[name]
    assert as_list(column) == LONG
    found = []
    for piece in pieces(column):
        assert len(piece.data) >= piece.bounds[-1] + PADDING
        assert not piece.data.flags.writeable
        found += [piece.text(row) for row in range(len(piece.bounds) - 1)]
    assert found == LONG
    assert size_of(column) >= sum(map(len, LONG))


@pytest.mark.parametrize("name", COLUMNS)
def test_any_column_gives_the_same_index(name: str) -> None:
    found, wanted = scan_texts(COLUMNS[name]), read_texts(LONG)
    assert found.surfaces == wanted.surfaces
    assert found.surface.tolist() == wanted.surface.tolist()
    assert found.start.tolist() == wanted.start.tolist()


@given(st.lists(st.text(max_size=20), max_size=8), st.integers(1, 30))
def test_lists_are_cut_into_pieces(texts: list[str], size: int) -> None:
    before, texts_module._PIECE = texts_module._PIECE, size
    try:
        found = [piece.text(row) for piece in pieces(texts) for row in range(len(piece.bounds) - 1)]
    finally:
        texts_module._PIECE = before
    assert found == texts


@pytest.mark.parametrize(
    ("column", "place"),
    [
        (["a", None], "document 1"),
        ([b"a"], "document 0"),
        (pd.Series(["a", "b", None]), "document 2"),
        (pd.Series([1, 2]), "document 0"),
        ("Satu dua.", "texts"),
    ],
)
def test_what_is_no_text_is_named(column: Any, place: str) -> None:
    with pytest.raises(CorpusError) as caught:
        as_list(column)
    assert caught.value.place == place
    assert caught.value.remedy
