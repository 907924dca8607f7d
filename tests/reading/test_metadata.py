"""Dates, spreadsheets, and the codebook of the project's own metadata."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.errors import ReadingError
from kit.reading.dates import parse_date
from kit.reading.metadata import DATES, KNOWN, own_columns
from kit.reading.sheet import Row, Sheet

CORPUS = Path(__file__).resolve().parents[2] / "corpus"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024-02-04", "2024-02-04"),
        ("2024/2/4", "2024-02-04"),
        ("4/2/2024", "2024-02-04"),
        ("04-02-2024", "2024-02-04"),
        ("4.2.2024", "2024-02-04"),
        ("(4/2/2024)", "2024-02-04"),
        ("13/2/2024", "2024-02-13"),
        ("4 Februari 2024", "2024-02-04"),
        ("4 Pebruari 2024", "2024-02-04"),
        ("4 feb 2024", "2024-02-04"),
        ("17 Agt. 2024", "2024-08-17"),
        ("4-Feb-2024", "2024-02-04"),
        ("Minggu, 4 Februari 2024", "2024-02-04"),
        ("Ahad (4/2/2024)", "2024-02-04"),
        ("Jum’at, 2 Februari 2024", "2024-02-02"),
        ("2024-02-04T10:15:00+07:00", "2024-02-04"),
        ("2024-02-04 10:15", "2024-02-04"),
        ("4 Februari 2024, 10.15 WIB", "2024-02-04"),
        ("Minggu, 04 Feb 2024 | 10:15 WIB", "2024-02-04"),
        ("29/2/2024", "2024-02-29"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_dates(text, iso):
    assert parse_date(text) == iso


@pytest.mark.parametrize(
    "text",
    ["4/2/24", "2/13/2024", "30/2/2024", "29/2/2023", "2024", "Februari 2024", "45326", "4 Bulan 2024", "besok", "4/2"],
)
def test_a_date_is_never_guessed(text):
    with pytest.raises(ReadingError, match="day first"):
        parse_date(text)


def test_a_weekday_must_agree():
    # 4 February 2024 was a Sunday; read as 2 April it would be a Tuesday
    with pytest.raises(ReadingError, match="weekday"):
        parse_date("Selasa, 4/2/2024")


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_dates_written_day_first_are_read_back(date):
    assert parse_date(f"{date.day}/{date.month}/{date.year}") == date.isoformat()
    assert parse_date(date.isoformat()) == date.isoformat()


def cells(data, key="file"):
    return [row.cells if isinstance(row, Row) else str(row) for row in Sheet(data, key, "a.csv").rows()]


@pytest.mark.parametrize(
    "data",
    [
        b"file,title\na.txt,Satu\n",
        b"file;title\r\na.txt;Satu\r\n",
        b"\xef\xbb\xbffile,title\r\na.txt,Satu\r\n",
        "file\ttitle\na.txt\tSatu\n".encode("utf-16"),
        b"File , TITLE\na.txt,Satu",
        b"file,title\n\n,\n  , \na.txt,Satu\n\n",
        b'"file","title"\r"a.txt","Satu"\r',
    ],
)
def test_spreadsheets_of_many_kinds(data):
    assert cells(data) == [{"file": "a.txt", "title": "Satu"}]


def test_cells_with_line_breaks_delimiters_and_long_texts():
    long = "warga " * 40_000
    assert cells(f'file;title\na.txt;"Satu; dua\r\n""tiga"""\nb.txt;{long}\n'.encode()) == [
        {"file": "a.txt", "title": 'Satu; dua\r\n"tiga"'},
        {"file": "b.txt", "title": long},
    ]


def test_a_row_with_too_many_cells_is_named_by_its_row_and_the_rest_is_read():
    rows = cells(b"file,title\n\na.txt,Satu, dua\nb.txt\n")
    assert rows[0].startswith("a.csv, row 3: has 3 cells, the heading has 2 ->")
    assert rows[1] == {"file": "b.txt", "title": ""}


@pytest.mark.parametrize(
    ("data", "problem"),
    [(b"title\nSatu\n", "no column 'file'"), (b"file,date,Date\na,b,c\n", "stands more than once"), (b"", "is empty")],
)
def test_an_unusable_sheet(data, problem):
    with pytest.raises(ReadingError, match=problem):
        Sheet(data, "file", "a.csv")


def test_metadata_of_a_row():
    row = {"file": "a.txt", "title": " Satu ", "date": "4/2/2024", "event_date": "?", "tema": "izin", "source": "arsip"}
    metadata, problems = own_columns(row, without=("file",))
    assert list(metadata)[: len(KNOWN) - 1] == list(KNOWN[1:])
    assert metadata == dict.fromkeys(KNOWN[1:], "") | {
        "title": "Satu",
        "date": "2024-02-04",
        "tema": "izin",
        "source_stated": "arsip",
    }
    assert [error.problem for error in problems] == ["event_date '?' is not a date the kit can read"]


# ---- The project's own metadata, whatever corpus lies there ---------------------------------------------------------


def violations(sheet, schema):
    """Check rows against a Table Schema, as far as the kit's codebook uses it."""
    fields = {field["name"]: field for field in schema["fields"]}
    assert schema["fieldsMatch"] == "partial"
    found = [f"no column {name}" for name in fields if name not in sheet.heading]
    seen = {name: set() for name in fields}
    for row in sheet.rows():
        assert isinstance(row, Row), row
        for name, field in fields.items():
            value, rules = row.cells.get(name, ""), field.get("constraints", {})
            if value == "" and rules.get("required"):
                found.append(f"row {row.number}: {name} is empty")
            if value and "pattern" in rules and not re.fullmatch(rules["pattern"], value):
                found.append(f"row {row.number}: {name} = {value}")
            if value and rules.get("unique") and value in seen[name]:
                found.append(f"row {row.number}: {name} = {value} again")
            if value and name in DATES:
                parse_date(value)
            seen[name].add(value)
    return found


@pytest.fixture(scope="module")
def schema():
    file = CORPUS / "datapackage.json"
    if not file.exists():
        pytest.skip("this corpus has no datapackage.json")
    return json.loads(file.read_text(encoding="utf-8"))["resources"][0]["schema"]


def test_the_codebook_describes_the_columns_the_kit_knows(schema):
    assert [field["name"] for field in schema["fields"]] == ["file", *KNOWN]
    assert all(field["title"] and field["description"] and field["type"] for field in schema["fields"])


def test_the_project_s_own_metadata_obey_the_codebook(schema):
    if not (CORPUS / "articles.csv").exists():
        pytest.skip("this corpus has no articles.csv")
    assert violations(Sheet((CORPUS / "articles.csv").read_bytes(), "file", "articles.csv"), schema) == []


def test_frictionless_accepts_what_the_kit_accepts(tmp_path):
    """Dates as people write them, few columns, columns of one's own; not two rows of one file."""
    reason = "frictionless is not on this machine: python -m pip install frictionless"
    validate = pytest.importorskip("frictionless", reason=reason).validate
    (tmp_path / "datapackage.json").write_bytes((CORPUS / "datapackage.json").read_bytes())
    rows = ["file,date,title,url,desk", "a.txt,4/2/2024,Judul,https://contoh.example/a,kota"]
    rows += ["b.txt,4 Februari 2024,Lain,,", "c.txt,2024-02-04,,contoh.example/b c,"]
    (tmp_path / "articles.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    report = validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["message"])
    (tmp_path / "articles.csv").write_text("\n".join([*rows, "a.txt,,,,"]) + "\n", encoding="utf-8")
    assert not validate(str(tmp_path / "datapackage.json")).valid


def test_the_codebook_asks_for_nothing_that_the_kit_does_not(schema):
    assert schema["fieldsMatch"] == "partial"
    assert {field["type"] for field in schema["fields"]} == {"string"}
    assert not any("format" in field for field in schema["fields"])


def test_the_check_of_the_codebook_finds_violations(schema):
    heading = b"file,doc_id,title,date,event_date,outlet,place,author,url,licence\n"
    bad = heading + b"a.txt,x,,,,,,,,\na.txt,x,,,,,,,,\nb.pdf,,,,,,,,,\n,y,,,,,,,,\n"
    assert violations(Sheet(bad, "file", "articles.csv"), schema) == [
        "row 3: file = a.txt again",
        "row 3: doc_id = x again",
        "row 4: file = b.pdf",
        "row 5: file is empty",
    ]
