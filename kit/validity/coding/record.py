"""The record of codings: one row per answer, whoever gave it and by whatever route; rows are added, never changed.

A coding says that a coder gave a value to an item. An item is a passage and a code: *does this passage speak of
accountability?* A spreadsheet, the page, a program for qualitative analysis and a model all end in this table, so all
are read, merged and scored in one way. Where a coder answers the same item again, the later row counts.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from kit.corpus.calls import recorded
from kit.errors import CodingError, ReadingError
from kit.reading.sheet import Sheet
from kit.wording import escape

#: The columns of the record.
RECORD = ("item", "doc_id", "start", "end", "coder", "code", "value", "time")
#: The answers to the question whether a passage speaks of a concept.
YES, NO, UNSURE = "yes", "no", "unsure"
ANSWERS = (YES, NO, UNSURE)
_TEXTS = ("item", "doc_id", "coder", "code", "value", "time")
_CONTROL = re.compile("[\x00-\x1f\x7f]")
#: How the time of an answer is written, if it is known.
TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z)?")
_ANSWER = ["item", "coder"]


def item_of(doc_id: str, start: int, end: int, code: str) -> str:
    """Name an item by a hash of its place and code; the letter in front keeps spreadsheets from reading a number.

    Examples
    --------
    >>> item_of("a", 0, 21, "akuntabilitas")
    'if7cdb539cd3a'

    """
    content = json.dumps([doc_id, int(start), int(end), code], ensure_ascii=False, separators=(",", ":"))
    return "i" + hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def record_of(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Make a record of rows that are known to be whole."""
    table = pd.DataFrame(list(rows), columns=list(RECORD))
    return table.astype(dict.fromkeys(_TEXTS, "str") | {"start": "int64", "end": "int64"})


def check_record(codings: pd.DataFrame, place: str = "codings", rows: Iterable[int] | None = None) -> pd.DataFrame:
    """Return a record with its columns in order, or say which row of it is damaged.

    Parameters
    ----------
    codings : DataFrame
        With the columns `RECORD`, of which `item` and `time` may be left out; others are not kept.
    place : str
        What it is called in an error: the name of the file.
    rows : iterable of int, optional
        The number of each row as a reader counts them; from 0 if left out.

    Returns
    -------
    DataFrame
        `item`, `doc_id`, `coder`, `code`, `value`, `time` (str), `start`, `end` (int64). A new table.

    Raises
    ------
    CodingError
        A column is missing, a place is no number, a name is empty, or an item is not what its place and code make.

    Examples
    --------
    >>> row = {"doc_id": "a", "start": 0, "end": 9, "code": "aktor-asn", "coder": "model", "value": "yes"}
    >>> check_record(pd.DataFrame([row]))["item"].tolist()
    ['i337494f312c2']

    """
    lacking = [name for name in RECORD if name not in codings.columns and name not in ("item", "time")]
    if lacking:
        remedy = "a record has the columns " + ", ".join(RECORD)
        raise CodingError(f"has no column {lacking[0]!r}", place=place, remedy=remedy)
    numbers = range(len(codings)) if rows is None else rows
    given = codings.reindex(columns=list(RECORD)).to_dict("records")
    named = "item" in codings.columns
    return record_of(
        _checked(row, f"{place}, row {number}", named=named) for number, row in zip(numbers, given, strict=True)
    )


def latest(codings: pd.DataFrame) -> pd.DataFrame:
    """Return the last answer of each coder to each item, in the order of the record."""
    return codings.drop_duplicates(_ANSWER, keep="last", ignore_index=True)


def read_record(file: Path) -> pd.DataFrame:
    """Read the file of a record, every row of it checked."""
    numbers, cells = [], []
    for row in _sheet_of(file).rows():
        if isinstance(row, ReadingError):
            raise CodingError(row.problem, place=row.place, remedy=row.remedy)
        numbers.append(row.number)
        cells.append({name: escape.unguarded(cell) for name, cell in row.cells.items()})
    frame = pd.DataFrame(cells, columns=list(RECORD)) if not cells else pd.DataFrame(cells)
    return check_record(frame, file.name, numbers)


def _sheet_of(file: Path) -> Sheet:
    """Open the file of a record."""
    try:
        return Sheet(file.read_bytes(), "item", file.name)
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
        raise CodingError(problem, place=file.name, remedy="check that it exists and may be read") from error
    except ReadingError as error:
        raise CodingError(error.problem, place=error.place, remedy=error.remedy) from error


@recorded("item", "coder", "time", "value")
def add_codings(codings: pd.DataFrame, file: str | Path) -> pd.DataFrame:
    """Add codings to the file of a record, which only grows.

    Parameters
    ----------
    codings : DataFrame
        From `kit.read_codings`, or a table with the columns of a record: the output of a model, say. `item` and `time`
        may be left out.
    file : str or Path
        A CSV file; made if it is not there. What stands in it is checked and stays as it is; rows are added as the file
        parts its cells, in the order of its columns, whatever program saved it.

    Returns
    -------
    DataFrame
        The rows that were added, with the columns of `kit.read_codings`. A row that the record has already is not added
        again; another answer of the same coder to the same item is, and counts from then on.

    Raises
    ------
    CodingError
        A row of the codings or of the file is damaged; nothing is written.

    Examples
    --------
    >>> import kit, tempfile, pathlib
    >>> row = {"doc_id": "a", "start": 0, "end": 9, "code": "aktor-asn", "coder": "model", "value": "yes"}
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder, "codings.csv")
    ...     len(add_codings(pd.DataFrame([row]), file)), len(add_codings(pd.DataFrame([row]), file))
    (1, 0)

    """
    path = Path(file)
    given = check_record(codings).drop_duplicates(ignore_index=True)
    begun = path.exists() and path.stat().st_size > 0
    there = read_record(path) if begun else record_of([])
    known = set(there.itertuples(index=False, name=None))
    new = given[[row not in known for row in given.itertuples(index=False, name=None)]].reset_index(drop=True)
    if not begun or len(new):
        heading, sign, before = _shape(path) if begun else (RECORD, ",", ",".join(RECORD) + "\n")
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as out:
            out.write(before.encode("utf-8") + _lines(new, heading, sign))
    new.attrs = {"unit": "coding"}
    return new


def _shape(file: Path) -> tuple[Sequence[str], str, str]:
    """Return the columns of a record's file, the sign between them, and what ends its last line if nothing does.

    A file to which rows cannot be added without a loss is refused.
    """
    sheet = _sheet_of(file)
    lacking = [name for name in RECORD if name not in sheet.heading]
    if lacking or not sheet.encoding.startswith("utf-8"):
        problem = f"has no column {lacking[0]!r}" if lacking else f"is saved in {sheet.encoding}"
        remedy = "save it as CSV in UTF-8 with the columns " + ", ".join(RECORD) + ", or name a new file"
        raise CodingError(f"{problem}, so that nothing can be added", place=file.name, remedy=remedy)
    return sheet.heading, sheet.delimiter, "" if file.read_bytes().endswith(b"\n") else "\n"


def _lines(rows: pd.DataFrame, heading: Sequence[str], sign: str) -> bytes:
    """Write rows as lines of the file, under its own columns."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=sign, lineterminator="\n")
    for row in rows.reindex(columns=list(heading), fill_value="").itertuples(index=False, name=None):
        writer.writerow([escape.spreadsheet(cell) if isinstance(cell, str) else cell for cell in row])
    return text.getvalue().encode("utf-8")


def _checked(row: Mapping[Any, Any], place: str, *, named: bool) -> dict[str, Any]:
    """Return a row with its types, or say what is wrong with it."""
    made: dict[str, Any] = {name: "" if pd.isna(row[name]) else str(row[name]) for name in _TEXTS}
    for name in ("start", "end"):
        cell = str(row[name]).strip().removesuffix(".0")
        if not cell.isdecimal():
            remedy = "restore it from the file that was coded: places are whole numbers of characters"
            raise CodingError(f"{name} = {row[name]!r}", place=place, remedy=remedy)
        made[name] = int(cell)
    for name in _TEXTS:
        if _CONTROL.search(made[name]):
            raise CodingError(f"{name} = {made[name]!r} has a control character", place=place, remedy="take it out")
    for name in ("coder", "code", "value"):
        if not made[name].strip():
            raise CodingError(f"has no {name}", place=place, remedy="fill it in, or delete the row")
    if not TIME.fullmatch(made["time"]):
        remedy = "write it as 2026-01-31T08:15:00Z, or leave it empty"
        raise CodingError(f"time = {made['time']!r}", place=place, remedy=remedy)
    item = item_of(made["doc_id"], made["start"], made["end"], made["code"])
    if named and made["item"] != item:
        problem = f"item {made['item']!r} is not that of its doc_id, start, end and code ({item})"
        raise CodingError(problem, place=place, remedy="restore the row from the file that was coded")
    return made | {"item": item}
