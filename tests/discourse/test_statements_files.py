"""Statements that people coded: from a table, and from databases laid out as Discourse Network Analyzer does."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest

import kit
from kit.errors import QueryError, ReadingError

#: Tables of a database as that program's source creates them, less what is not read.
COMMON = """
CREATE TABLE DOCUMENTS (ID INTEGER NOT NULL PRIMARY KEY, Title TEXT NOT NULL, Text TEXT NOT NULL, Coder INTEGER,
    Author TEXT, Source TEXT, Section TEXT, Notes TEXT, Type TEXT, Date INTEGER NOT NULL);
CREATE TABLE STATEMENTS (ID INTEGER NOT NULL PRIMARY KEY, StatementTypeId INTEGER, DocumentId INTEGER,
    Start INTEGER NOT NULL, Stop INTEGER NOT NULL, Coder INTEGER);
CREATE TABLE VARIABLES (ID INTEGER NOT NULL PRIMARY KEY, Variable TEXT NOT NULL, DataType TEXT NOT NULL,
    StatementTypeId INTEGER);
CREATE TABLE DATABOOLEAN (ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER NOT NULL, VariableId INTEGER NOT NULL,
    Value INTEGER NOT NULL DEFAULT 1);
INSERT INTO VARIABLES VALUES (1, 'person', 'short text', 1), (2, 'organization', 'short text', 1),
    (3, 'concept', 'short text', 1), (4, 'agreement', 'boolean', 1);
INSERT INTO STATEMENTS VALUES (7, 1, 2, 5, 9, 1), (8, 1, 1, 40, 60, 1), (9, 1, 1, 3, 30, 1), (10, 1, 1, 70, 80, 1);
INSERT INTO DATABOOLEAN VALUES (1, 7, 4, 1), (2, 8, 4, 0), (3, 9, 4, 1);
"""
#: (statement, variable, value)
SHORT = [(7, 1, "Ani"), (7, 2, "Dinas"), (7, 3, "anggaran"), (8, 1, "Budi"), (8, 2, "LSM"), (8, 3, "anggaran"),
         (9, 1, "Ani"), (9, 2, "Dinas"), (9, 3, "layanan"), (10, 1, "Budi"), (10, 3, "layanan")]  # fmt: skip


def database(path: Path, version: int) -> Path:
    """Write a small database as version 2 (texts or attributes in place) or 3 (entities) lays it out."""
    scale = 1 if version == 3 else 1000
    days = [(1, 1_706_745_600), (2, 1_714_521_600)]  # 2024-02-01, 2024-05-01
    with closing(sqlite3.connect(path)) as base, base:
        base.executescript(COMMON)
        base.executemany(
            "INSERT INTO DOCUMENTS VALUES (?, 't', '', 1, '', 'Koran', '', '', '', ?)",
            [(number, seconds * scale) for number, seconds in days],
        )
        values = sorted({(variable, value) for _, variable, value in SHORT})
        number = {pair: row for row, pair in enumerate(values, start=1)}
        if version == 3:
            base.execute(
                "CREATE TABLE ENTITIES (ID INTEGER PRIMARY KEY, VariableId INTEGER, Value TEXT, ChildOf INTEGER)"
            )
            base.executemany("INSERT INTO ENTITIES VALUES (?, ?, ?, NULL)", [(number[one], *one) for one in values])
            base.execute("CREATE TABLE DATASHORTTEXT (ID INTEGER PRIMARY KEY, StatementId, VariableId, Entity)")
            rows = [(one, two, number[two, text]) for one, two, text in SHORT]
        else:
            base.execute("CREATE TABLE DATASHORTTEXT (ID INTEGER PRIMARY KEY, StatementId, VariableId, Value TEXT)")
            rows = list(SHORT)
        base.executemany("INSERT INTO DATASHORTTEXT VALUES (NULL, ?, ?, ?)", rows)
    return path


@pytest.mark.parametrize("version", [2, 3])
def test_a_database_gives_its_statements_in_order_and_is_left_as_it_was(version: int, tmp_path: Path) -> None:
    path = database(tmp_path / "studi é #1.dna", version)
    before = path.read_bytes()
    found = kit.read_statements(path)
    columns = ["doc_id", "date", "outlet", "speaker_id", "organisation", "concept", "agreement", "start", "end"]
    rows = found[columns].astype(object).where(found[columns].notna(), None).to_numpy().tolist()
    assert rows == [
        ["1", "2024-02-01", "Koran", "Ani", "Dinas", "layanan", 1, 3, 30],
        ["1", "2024-02-01", "Koran", "Budi", "LSM", "anggaran", -1, 40, 60],
        ["1", "2024-02-01", "Koran", "Budi", None, "layanan", None, 70, 80],
        ["2", "2024-05-01", "Koran", "Ani", "Dinas", "anggaran", 1, 5, 9],
    ]
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == [path.name]
    edges = kit.discourse_network(found).edges
    assert edges[["source", "target", "weight"]].to_numpy().tolist() == [["Dinas", "LSM", -1.0]]


def test_a_table_is_read_with_its_own_columns(tmp_path: Path) -> None:
    text = "\ufeffdoc_id,speaker_id,concept,agreement,theme\nd1,Ani,akun,+1,x\nd2,NA,akun,-1,\nd3,Citra,akun,,y\n"
    (tmp_path / "mine.csv").write_text(text, encoding="utf-8")
    found = kit.read_statements(tmp_path / "mine.csv")
    assert found["agreement"].tolist()[:2] == [1, -1]
    assert pd.isna(found["agreement"].iloc[2])
    assert found["speaker_id"].tolist() == ["Ani", "NA", "Citra"]
    assert found["theme"].iloc[0] == "x"


def test_files_that_are_no_statements_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match=r"none\.csv: cannot be read"):
        kit.read_statements(tmp_path / "none.csv")
    (tmp_path / "bad.csv").write_bytes(b"doc_id,concept,agreement\n\xff\xfe,a,1\n")
    with pytest.raises(ReadingError, match=r"bad\.csv: is no table in UTF-8"):
        kit.read_statements(tmp_path / "bad.csv")
    (tmp_path / "odd.csv").write_text("doc_id,concept,agreement\nd1,a,yes\n", encoding="utf-8")
    with pytest.raises(QueryError, match=r"odd\.csv, row 0: agreement = 'yes'"):
        kit.read_statements(tmp_path / "odd.csv")
    with closing(sqlite3.connect(tmp_path / "other.dna")) as base, base:
        base.execute("CREATE TABLE NOTES (ID INTEGER)")
    with pytest.raises(ReadingError, match="no table STATEMENTS"):
        kit.read_statements(tmp_path / "other.dna")
    with pytest.raises(ReadingError, match="no variable 'actor' -> name one of agreement, concept"):
        kit.read_statements(database(tmp_path / "named.dna", 3), person="actor")
    (tmp_path / "cut.dna").write_bytes(database(tmp_path / "whole.dna", 3).read_bytes()[:5000])
    with pytest.raises(ReadingError, match=r"cut\.dna: the database cannot be read"):
        kit.read_statements(tmp_path / "cut.dna")
