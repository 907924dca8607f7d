"""Labels above a text: what they state is metadata, in every kind of document, and what is none stays text."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

import kit
from kit.reading.formats.contract import File
from kit.reading.formats.labels import stated_above

BODY = "SEMARANG, CONTOH.com - Bupati melantik kepala dinas.\nWarga dilayani."
HEADER = (
    "Judul: Bupati Lantik Kepala Dinas\nTanggal: 5 Februari 2024\nMedia: Contoh Daerah\nPenulis: Ratri\nRubrik: Kota\n"
)
STATED = {"title": "Bupati Lantik Kepala Dinas", "date": "2024-02-05", "outlet": "Contoh Daerah", "author": "Ratri"}


@pytest.mark.parametrize("text", [f"{HEADER}\n{BODY}", f"\ufeff{HEADER}\nIsi:\n{BODY}", f"{HEADER}Isi: {BODY}"])
def test_what_a_header_states_is_metadata_and_its_words_are_not_counted(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    frame = kit.read_articles(tmp_path)
    assert frame.loc[0, [*STATED, "Rubrik", "reader", "text"]].tolist() == [*STATED.values(), "Kota", "header", BODY]
    corpus = kit.load_corpus(tmp_path)
    assert corpus.documents.loc[0, "text"] == "Bupati melantik kepala dinas.\nWarga dilayani."
    assert corpus.documents.loc[0, [*STATED]].tolist() == [*STATED.values()]
    assert corpus.removed["rule"].tolist() == ["dateline"]


def test_a_header_of_a_word_document(tmp_path: Path) -> None:
    document = docx.Document()
    for line in f"{HEADER}\n{BODY}".split("\n"):
        document.add_paragraph(line)
    document.save(str(tmp_path / "a.docx"))
    frame = kit.read_articles(tmp_path)
    assert frame.loc[0, [*STATED, "text"]].tolist() == [*STATED.values(), BODY]


@pytest.mark.parametrize(
    "text",
    [
        "Wartawan: Kapan selesai?\nBupati: Besok.",
        "Penulis: Ratri\nEditor: Budi\n\nWarga dilayani.",  # no title and no date: a credit, for cleaning to take out
        "Judul: Loket Dibuka\n\nWarga dilayani.",
        "Jakarta: Warga dilayani.\nTanggal: 5 Februari 2024",
        "Tanggal: 5/2/2024\nPukul: 10.00\nAcara: Rapat\n\nRapat dibuka bupati.",
        "Judul: Loket\nTanggal: 5/2/2024\n",
        "Warga dilayani.\nJudul: Loket\nTanggal: 5/2/2024\nHujan.",
        "",
    ],
)
def test_what_is_no_header_stays(text: str) -> None:
    assert stated_above(text, File(Path("a.txt"), "a.txt")) == ({}, text)


def test_labels_of_one_column_are_joined_and_a_second_name_for_it_is_kept_beside_it() -> None:
    text = "Judul: A\nPenulis: Ratri\nPenulis: Budi\nMedia: Contoh\nSumber: Antara\n\nWarga dilayani."
    stated, body = stated_above(text, File(Path("a.txt"), "a.txt"))
    assert stated == {"title": "A", "author": "Ratri; Budi", "outlet": "Contoh", "Sumber": "Antara"}
    assert body == "Warga dilayani."


def test_only_labels_that_the_kit_knows_are_taken_off_lines_that_run_into_the_text() -> None:
    text = "Judul: A\nTanggal: 5/2/2024\nBupati: saya bertanggung jawab.\nWarga dilayani."
    stated, body = stated_above(text, File(Path("a.txt"), "a.txt"))
    assert stated == {"title": "A", "date": "5/2/2024"}
    assert body == "Bupati: saya bertanggung jawab.\nWarga dilayani."


def test_several_headers_are_listed_and_nothing_is_taken_out(tmp_path: Path) -> None:
    text = "Judul: A\nTanggal: 1/2/2024\nSatu.\nJudul: B\nTanggal: 2/2/2024\nDua."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    frame = kit.read_articles(tmp_path)
    assert frame.loc[0, "text"] == text
    assert "several articles" in frame.attrs["set_aside"][0]["problem"]
