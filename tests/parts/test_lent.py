"""Texts of long tables lie in a file without a name; the tables are the same."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import kit
from kit.parts import lent

TABLE = pd.DataFrame(
    {
        "doc": pd.array([0, 0, 1], dtype="int32"),
        "doc_id": pd.array(["a", "a", "b"], dtype="str"),
        "cue": pd.array(["kata", None, ""], dtype="str"),
        "end": pd.array([4, None, 9], dtype="Int32"),
        "odd": pd.Series(["x", None, 1], dtype=object),
    },
    index=[5, 3, 9],
)


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lent, "LEAST", 0)


@pytest.mark.usefixtures("at_once")
def test_a_table_is_the_same(project: Any) -> None:
    project()
    table = TABLE.copy()
    table.attrs = {"unit": "marker"}
    found = lent.lent(table)
    pd.testing.assert_frame_equal(found, table)
    assert found.attrs == table.attrs
    address = found["doc_id"].array._pa_array.chunk(0).buffers()[2].address
    assert address != table["doc_id"].array._pa_array.chunk(0).buffers()[2].address
    assert not list(Path(".kit", "lent").iterdir())  # no name: nothing is left of one that is killed
    again = pickle.loads(pickle.dumps(found))
    pd.testing.assert_frame_equal(again, table)


def test_few_texts_stay_where_they_are(project: Any) -> None:
    project()
    assert lent.lent(TABLE) is TABLE
    assert not Path(".kit").exists()


@pytest.mark.usefixtures("at_once")
def test_outside_a_project_and_without_room_nothing_is_lent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, project: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    assert lent.lent(TABLE) is TABLE
    project()

    def full(**_: Any) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(lent.tempfile, "TemporaryFile", full)
    assert lent.lent(TABLE) is TABLE


@pytest.mark.parametrize("size", [1, 3])
@pytest.mark.usefixtures("at_once")
def test_tables_of_passages_are_those_of_one_corpus(project: Any, tmp_path: Path, size: int) -> None:
    text = '"Warga harus dilayani," tegas Wali Kota Budi Raharjo. Ia meminta ASN agar cepat dan transparan.'
    frame = pd.DataFrame({"doc_id": list("abcdef"), "text": [f"{text} Nomor {number}." for number in range(6)]})
    project()
    whole = kit.Corpus.from_frame(frame, clean=False)
    for rows in (frame.iloc[begin : begin + 6 // size] for begin in range(0, 6, 6 // size)):
        kit.add_articles(rows.reset_index(drop=True), tmp_path / "saved", clean=False)
    parts = kit.open_corpus(tmp_path / "saved")
    book = kit.load_codebook()
    quotations = kit.find_quotations(parts)
    for found, expected in (
        (quotations, kit.find_quotations(whole)),
        (
            kit.find_modality(parts, quotations=quotations),
            kit.find_modality(whole, quotations=kit.find_quotations(whole)),
        ),
        (kit.find_mentions(parts, book), kit.find_mentions(whole, book)),
        (kit.statements(parts, book, quotations=quotations), kit.statements(whole, book)),
    ):
        assert len(found)
        pd.testing.assert_frame_equal(
            found.drop(columns="seal", errors="ignore"), expected.drop(columns="seal", errors="ignore")
        )
