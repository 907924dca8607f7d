"""Documents read back by libraries that did not write them."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import zipfile
from xml.etree import ElementTree as ET

import pandas as pd
import pytest

from kit.exhibits.formats import docx
from kit.exhibits.grid import Column, Grid
from kit.wording import escape

word = pytest.importorskip("docx", reason="python -m pip install python-docx")


def grid(**words: str) -> Grid:
    frame = pd.DataFrame({"concept": ["dilayani", None], "per_1000": [1234.5, 0.25], "n": [1, 20000]})
    return Grid.of(frame, id="tbl-x", **words)


def read(made: bytes):
    return word.Document(io.BytesIO(made))


def test_caption_table_and_note():
    document = read(docx.write(grid(title="Konsep", note="Yang dihitung: sebutan.", language="id")))
    assert [paragraph.text for paragraph in document.paragraphs] == [
        "Tabel tbl-x. Konsep", "Catatan. Yang dihitung: sebutan.",
    ]  # fmt: skip
    assert document.paragraphs[0].style.name == "Caption"
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Konsep", "Per 1.000", "Kata"],
        ["dilayani", "1234,50", "1"],
        ["", "0,25", "20.000"],
    ]
    assert [cell.paragraphs[0].alignment for cell in table.rows[1].cells] == [0, 2, 2]  # left, right, right
    assert document.sections[0].orientation == 0


def test_a_wide_table_lies_across_the_sheet():
    columns = tuple(Column(str(n), f"Heading number {n}", number=True) for n in range(20))
    section = read(docx.write(Grid(columns, (("123456",) * 20,)))).sections[0]
    assert section.orientation == 1
    assert section.page_width > section.page_height


def test_hostile_text_is_text(hostile, pandoc, tmp_path):
    frame = pd.DataFrame({"=x": pd.Series(hostile, dtype=object)})
    made = docx.write(Grid.of(frame, id="tbl-x", title=" ".join(hostile), note="<w:p>"))
    told = [escape.one_line(text) for text in hostile]
    (table,) = read(made).tables
    assert [cell.text for cell in table.columns[0].cells][1:] == told
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        for name in parts.namelist():
            root = ET.fromstring(parts.read(name))
            assert not [part for part in root.iter() if re.search("instrText|hyperlink|object|fldSimple", part.tag)]
            assert "External" not in parts.read(name).decode()
    (tmp_path / "x.docx").write_bytes(made)
    blocks = json.loads(pandoc("", "docx", "json", str(tmp_path / "x.docx")))["blocks"]
    assert [block["t"] for block in blocks].count("Table") == 1


def test_entries_are_headings_and_paragraphs():
    frame = pd.DataFrame({"concept": ["melayani"], "definition": ["a & b"], "examples": ["satu\ndua"], "traps": [None]})
    document = read(docx.entries(Grid.of(frame, id="tbl-x", title="T", note="N.")))
    assert [paragraph.text for paragraph in document.paragraphs] == [
        "Table tbl-x. T", "melayani", "Definition: a & b", "Examples: satu", "dua", "Note. N.",
    ]  # fmt: skip
    assert document.paragraphs[1].style.name == "Heading 2"


def test_the_same_bytes_twice_without_the_hour():
    made = docx.write(grid(title="X"))
    assert made == docx.write(grid(title="X"))
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in parts.namelist() if "docProps" in name]


@pytest.mark.slow
def test_libreoffice_opens_it(tmp_path):
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not on this machine: apt-get install libreoffice-writer")
    (tmp_path / "x.docx").write_bytes(docx.write(grid(title="Konsep & <b>", note="N.")))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "txt:Text", "--outdir", tmp_path, tmp_path / "x.docx"]
    subprocess.run(command, check=True, capture_output=True)
    text = (tmp_path / "x.txt").read_text(encoding="utf-8-sig")
    assert "Table tbl-x. Konsep & <b>" in text
    assert "20,000" in text
