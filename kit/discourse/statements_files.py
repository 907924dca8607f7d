"""A researcher's own statements: from a table, or from a database of Discourse Network Analyzer, only read."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from kit.corpus.calls import recorded
from kit.discourse.statements_table import statements_table
from kit.errors import ReadingError

_MAGIC = b"SQLite format 3\x00"
_TABLES = ("STATEMENTS", "DOCUMENTS", "VARIABLES", "DATASHORTTEXT")
_SECONDS = 100_000_000_000  # from here on a number of seconds since 1970 is one of milliseconds
_VALUES = {
    "short text": "DATASHORTTEXT",
    "long text": "DATALONGTEXT",
    "integer": "DATAINTEGER",
    "boolean": "DATABOOLEAN",
}


@recorded("doc_id", "start", "speaker_id", "organisation", "concept")
def read_statements(
    path: str | Path,
    *,
    person: str = "person",
    organisation: str = "organization",
    concept: str = "concept",
    agreement: str = "agreement",
) -> pd.DataFrame:
    """Read statements that people coded.

    Parameters
    ----------
    path : str or path
        A CSV file with the columns `doc_id`, `concept`, `agreement` (1, -1 or empty), and `speaker_id` or
        `organisation`; any other column of the table below is taken, and every further one kept. Or a database of
        Discourse Network Analyzer (``.dna``, its versions 2 and 3), which is opened read-only.
    person, organisation, concept, agreement : str
        Of a database: the names of its variables.

    Returns
    -------
    DataFrame, one row per statement
        `doc_id`, `date` (str; ISO 8601), `outlet`, `copy_of`, `speaker_id`, `organisation`, `level`, `concept` (str),
        `agreement` (Int8; 1, -1, missing), `basis`, `certainty` (str), `start`, `end` (Int32; code points); missing
        where not stated. Of a database, `doc_id` is the document's number, `outlet` its source, `basis` ``coded``; a
        whole number agrees above 0 and objects below. In the order of the file; of a database by document and place.

    Raises
    ------
    ReadingError
        The file cannot be read, or is no database of that program.
    QueryError
        A column is missing, or a row has no document or concept, or an agreement that is none.

    Examples
    --------
    >>> import kit, pathlib, tempfile
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> rows = ["doc_id,organisation,concept,agreement", "d1,Dinas A,transparansi,1", "d2,LSM B,transparansi,-1"]
    >>> _ = (folder / "mine.csv").write_text(chr(10).join(rows), encoding="utf-8")
    >>> kit.read_statements(folder / "mine.csv")[["doc_id", "organisation", "concept", "agreement"]]
      doc_id organisation       concept  agreement
    0     d1      Dinas A  transparansi          1
    1     d2        LSM B  transparansi         -1

    """
    path = Path(path)
    remedy = "give a CSV file, or a .dna file of Discourse Network Analyzer"
    try:
        with path.open("rb") as file:
            head = file.read(len(_MAGIC))
    except OSError as error:
        raise ReadingError(f"cannot be read ({error.strerror})", place=path.name, remedy=remedy) from error
    if head == _MAGIC:
        table = _of_database(path, (person, organisation, concept, agreement))
    else:
        try:
            table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
        except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
            raise ReadingError(f"is no table in UTF-8 ({error})", place=path.name, remedy=remedy) from error
    table = statements_table(table, place=path.name)
    table.attrs = {"unit": "statement"}
    return table


def _of_database(path: Path, names: tuple[str, str, str, str]) -> pd.DataFrame:
    """Read the statements of a database."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as base:
        try:
            known = {row[0] for row in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            columns = {
                name: {row[1] for row in base.execute(f"PRAGMA table_info({name})")} for name in known & {*_READ}
            }
            return _statements(base, path.name, columns, names)
        except sqlite3.DatabaseError as error:
            raise ReadingError(f"the database cannot be read ({error})", place=path.name) from error


_READ = (*_TABLES, "ENTITIES", "ATTRIBUTES", *_VALUES.values())


def _statements(
    base: sqlite3.Connection, place: str, columns: dict[str, set[str]], names: tuple[str, str, str, str]
) -> pd.DataFrame:
    """Put together statements, their documents and the values of the variables asked for."""
    missing = [name for name in _TABLES if name not in columns]
    if missing or "VariableId" not in columns["DATASHORTTEXT"]:
        lacks = f"it has no table {missing[0]}" if missing else "its statements have roles in place of variables"
        raise ReadingError(lacks, place=place, remedy="save the file with Discourse Network Analyzer 2 or 3")
    variables = pd.read_sql_query("SELECT ID, Variable, DataType FROM VARIABLES", base)
    for name in names:
        if name not in set(variables["Variable"]):
            has = ", ".join(sorted(set(variables["Variable"])))
            raise ReadingError(f"there is no variable {name!r}", place=place, remedy=f"name one of {has}")
    query = (
        "SELECT s.ID AS statement, d.ID AS doc_id, d.Date AS date, d.Source AS outlet, s.Start AS start, "
        "s.Stop AS 'end' FROM STATEMENTS s JOIN DOCUMENTS d ON d.ID = s.DocumentId ORDER BY d.ID, s.Start, s.ID"
    )
    table = pd.read_sql_query(query, base)
    for name, column in zip(names, ("speaker_id", "organisation", "concept", "agreement"), strict=True):
        table[column] = table["statement"].map(_values(base, columns, variables[variables["Variable"] == name]))
    coded = pd.to_numeric(table["agreement"], errors="coerce")
    whole = set(variables.loc[variables["Variable"] == names[3], "DataType"]) == {"integer"}
    objects = (coded < 0) if whole else (coded == 0)
    table["agreement"] = pd.Series(pd.array([pd.NA] * len(table), dtype="Int8")).mask(coded > 0, 1).mask(objects, -1)
    table["date"] = [_date(value) for value in table["date"]]
    table["doc_id"] = table["doc_id"].astype("str")
    return table.assign(basis="coded", certainty="certain").dropna(subset=["concept"]).drop(columns="statement")


def _values(base: sqlite3.Connection, columns: dict[str, set[str]], variables: pd.DataFrame) -> dict[int, Any]:
    """Return the values of a variable, by statement."""
    found: dict[int, Any] = {}
    for number, kind in variables[["ID", "DataType"]].itertuples(index=False):
        table = _VALUES[kind]
        value, join = "v.Value", ""
        if kind == "short text" and "Entity" in columns[table]:
            name = "Value" if "Value" in columns["ENTITIES"] else "Name"
            value, join = f"e.{name}", "JOIN ENTITIES e ON e.ID = v.Entity"
        elif kind == "short text" and "ATTRIBUTES" in columns:
            value, join = "a.Value", "JOIN ATTRIBUTES a ON a.ID = v.Value"
        query = f"SELECT v.StatementId, {value} FROM {table} v {join} WHERE v.VariableId = ?"  # noqa: S608 - own names
        found |= dict(base.execute(query, (int(number),)).fetchall())
    return found


def _date(value: Any) -> str:
    """Write a date that is kept as seconds, or as milliseconds, since 1970."""
    if value is None or pd.isna(value):
        return ""
    seconds = float(value) / (1000 if abs(float(value)) >= _SECONDS else 1)
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()
