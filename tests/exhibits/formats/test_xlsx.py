"""Workbooks read back by a library that did not write them."""

from __future__ import annotations

import datetime as dt
import html
import io
import math
import re
import shutil
import subprocess
import zipfile

import numpy as np
import openpyxl
import pandas as pd
import pytest

from kit.errors import KitError
from kit.exhibits.formats import csv, xlsx
from kit.exhibits.grid import Grid
from kit.wording import escape, workbook


def read(made: bytes, sheet: str = "data") -> list[tuple]:
    return list(openpyxl.load_workbook(io.BytesIO(made))[sheet].values)


def rows(frame: pd.DataFrame, **options) -> list[tuple]:
    return read(xlsx.write(Grid.of(frame, id="tbl-x", **options)))


def test_values_keep_their_kinds():
    frame = pd.DataFrame(
        {
            "term": ["0.043", "1/2", None],
            "per_1000": [0.0434343434, math.inf, math.nan],
            "p": [1e-9 / 3, 0.0, 1.0],
            "n": pd.array([1, None, 2**53 + 1], dtype="Int64"),
            "yes": [True, np.bool_(False), True],
            "seen": pd.to_datetime(["2024-02-04", None, "2024-02-05"]),
        }
    )
    assert rows(frame, decimals={"per_1000": 2}) == [
        ("term", "per_1000", "p", "n", "yes", "seen"),
        ("0.043", 0.0434343, 3.33333e-10, 1, True, "2024-02-04"),
        ("1/2", "inf", 1e-300, None, False, None),
        (None, None, 1, "9007199254740993", True, "2024-02-05"),
    ]


def test_numbers_are_those_of_the_csv_file_and_dates_text():
    frame = pd.DataFrame({"share": [1 / 3, 2 / 3e3, 12345.678901], "day": [dt.date(2024, 2, 4)] * 3})
    assert [row[0] for row in rows(frame)[1:]] == [0.333333, 0.0006667, 12345.6789]
    assert rows(frame)[1][1] == "2024-02-04"


def test_hostile_text_is_text(hostile):
    frame = pd.DataFrame({"=HYPERLINK(1)": pd.Series(hostile, dtype=object)})
    made = xlsx.write(Grid.of(frame, id="tbl-x", title=" ".join(hostile), note="=1+1"))
    seen = [cell for (cell,) in read(made)]
    # XML has one line end
    assert [re.sub("\r\n?", "\n", escape.visible(text)) for text in ("=HYPERLINK(1)", *hostile)] == [
        re.sub("\r\n?|_x000D_\n?", "\n", cell or "") for cell in seen
    ]
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if "worksheets/" in name]
        assert not any("<f>" in sheet or "hyperlink" in sheet.lower() for sheet in sheets)
        assert not any("external" in name.lower() for name in parts.namelist())


def test_the_second_sheet_says_what_the_first_one_holds():
    frame = pd.DataFrame({"concept": ["dilayani"], "per_1000": [1.0]})
    grid = Grid.of(frame, id="tbl-x", title="Konsep", note="Yang dihitung: sebutan.", language="id")
    assert read(xlsx.write(grid), "about") == [
        ("tbl-x", "Konsep", None),
        (None, "Yang dihitung: sebutan.", None),
        (None, None, None),
        ("concept", "Konsep", None),
        ("per_1000", "Per 1.000", "kata dan bilangan"),
    ]
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx.write(grid)))["data"]
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold


@pytest.mark.parametrize("frame", [pd.DataFrame({"term": []}), pd.DataFrame({"term": ["x"]})])
def test_few_rows(frame):
    assert rows(frame) == [("term",), *((term,) for term in frame["term"])]


def test_what_a_workbook_cannot_hold_is_cut_and_said(monkeypatch):
    monkeypatch.setattr(xlsx, "_ROWS", 2)
    frame = pd.DataFrame({"text": ["a" * 32_767, "b" * 32_768, "c"]})
    made = xlsx.write(Grid.of(frame, id="tbl-x"))
    assert [row[0] for row in read(made)[1:]] == ["a" * 32_767, "b" * 32_766 + "…"]
    assert ("The first 2 of 3 rows are shown.",) in [row[1:2] for row in read(made, "about")]
    sheet = workbook.new_book().add_worksheet()
    with pytest.raises(Exception, match="32768 characters do not go into a cell"):
        workbook.put_text(sheet, 0, 0, "b" * 32_768)
    with pytest.raises(Exception, match="no such cell"):
        workbook.put_number(sheet, 2**20, 0, 1)


def test_the_same_bytes_twice_without_the_hour():
    grid = Grid.of(pd.DataFrame({"term": ["a"], "n": [1]}), id="tbl-x")
    made = xlsx.write(grid)
    assert made == xlsx.write(grid)
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {part.create_system for part in parts.infolist()} == {3}
        assert b"2000-01-01" in parts.read("docProps/core.xml")


LOCALE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>id-ID</value></prop></item></oor:items>"""
CELL = re.compile(
    r'<table:table-cell[^>]*?office:value-type="(\w+)"(?: office:value="([^"]*)")?[^>]*>\s*<text:p>([^<]*)'
)


def opened(tmp_path, name: str, made: bytes, *options: str) -> list[float | str]:
    """Open a file with LibreOffice in Indonesian, and return its cells: numbers as numbers, texts as texts."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not on this machine: apt-get install libreoffice-calc")
    user = tmp_path / "profile" / "user"
    user.mkdir(parents=True, exist_ok=True)
    (user / "registrymodifications.xcu").write_text(LOCALE, encoding="utf-8")
    (tmp_path / name).write_bytes(made)
    profile = f"-env:UserInstallation={user.parent.as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        *options,
        "--convert-to",
        "fods",
        "--outdir",
        tmp_path,
        tmp_path / name,
    ]
    subprocess.run(command, check=True, capture_output=True)
    text = (tmp_path / name).with_suffix(".fods").read_text(encoding="utf-8")
    cells = CELL.findall(text[text.index("<office:spreadsheet>") :])
    return [float(value) if kind == "float" else html.unescape(shown) for kind, value, shown in cells]


@pytest.mark.slow
def test_libreoffice_in_indonesian_keeps_numbers_and_texts(tmp_path):
    """And reads a CSV file wrongly, unless it is imported as the README of the room says."""
    texts, shares = ["-nya", "=1+1", "0.043", "1/2", "@x"], [0.043, 3.38, 1234.5, 0.25, -0.5]
    frame = pd.DataFrame({"term": texts, "share": shares, "p": [3.2e-9] * 5})
    whole = [cell for row in frame.itertuples(index=False, name=None) for cell in row]
    grid = Grid.of(frame, id="tbl-x")
    assert opened(tmp_path, "book.xlsx", xlsx.write(grid))[3:18] == whole
    made = csv.write(grid)
    assert opened(tmp_path, "double-clicked.csv", made)[4::3] == [43, "3.38", "1234.5", "0.25", "-0.5"]
    # 1033: English (USA); the last word: no special numbers detected, which makes a date of 1/2
    imported = opened(tmp_path, "imported.csv", made, "--infilter=CSV:44,34,76,1,,1033,false,false")
    assert imported[4::3] == shares
    assert imported[5::3] == [3.2e-9] * 5
    assert imported[3::3] == ["'-nya", "'=1+1", 0.043, "1/2", "'@x"]


def test_a_long_sheet_has_the_bytes_that_xlsxwriter_writes_cell_by_cell():
    lines: list[list[workbook.Cell]] = [
        ["a", 1, 2.5, True, "dan & <b>", ""],
        ["", "", "", "", "", ""],
        ["", -3, 1e300, False, "a", "baris\nkedua "],
        [*[""] * 5, 7],
    ]
    lines = [lines[number % 3] if number < 40 else lines[3] for number in range(70)]
    made = []
    for long in (True, False):
        book = workbook.new_book()
        sheet = workbook.add_long_sheet(book, "data") if long else book.add_worksheet("data")
        other = book.add_worksheet("about")
        bold = book.add_format({"bold": True})
        for place in range(3):
            sheet.set_column(place, place, 24)
            workbook.put_text(sheet, 0, place, f"kolom {place}", bold)
        for row, cells in enumerate(lines, start=1):
            if long:
                sheet.put_row(row, cells)
                continue
            for place, value in enumerate(cells):
                if isinstance(value, bool):
                    sheet.write_boolean(row, place, value)
                elif not isinstance(value, str):
                    workbook.put_number(sheet, row, place, value)
                elif value:
                    workbook.put_text(sheet, row, place, value)
        sheet.freeze_panes(1, 0)
        workbook.put_text(other, 0, 0, "a")
        made.append(workbook.content(book))
    assert made[0] == made[1]


def test_a_long_sheet_refuses_what_a_cell_cannot_hold():
    sheet = workbook.add_long_sheet(workbook.new_book(), "data")
    with pytest.raises(KitError, match="do not go into a cell"):
        sheet.put_row(1, ["\U0001f600" * 20_000])
    with pytest.raises(KitError, match="no such cell"):
        sheet.put_row(2**20, ["a"])
