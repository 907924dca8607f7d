"""The tables of a codebook as a spreadsheet saves them: comma, semicolon or tab, with or without a byte order mark."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from kit.errors import CodebookError, ReadingError
from kit.reading.text import AS_TABLE, decode, visible

_SEPARATORS = ",;\t"
_WORKBOOKS = (".xlsx", ".ods", ".xls")


def read_table(
    file: Path, required: Sequence[str], optional: Sequence[str]
) -> tuple[pd.DataFrame, list[CodebookError]]:
    """Read a CSV file whose first row names its columns.

    Columns as listed. The index is the number of each row as a spreadsheet shows it; the header is row 1, and
    blank rows are left out. Cells are composed (NFC) and have no invisible characters, outer blanks or runs of
    blanks.
    Rows that have more cells than the header names.
    """
    rows = _rows(file)
    header = [name.lower() for name in rows[0]] if rows else []
    while header and not header[-1]:
        header.pop()
    _check_header(file.name, header, required, optional)
    numbers: list[int] = []
    cells: list[list[str]] = []
    problems: list[CodebookError] = []
    for number, row in enumerate(rows[1:], start=2):
        if any(row[len(header) :]):
            problems.append(
                CodebookError(
                    f"has text right of the last column: {next(filter(None, row[len(header) :]))!r}",
                    place=f"{file.name}, row {number}",
                    remedy="move it into a column, or put a cell that holds a comma or semicolon in double quotes",
                )
            )
        elif any(row):
            numbers.append(number)
            cells.append([*row, *[""] * len(header)][: len(header)])
    column = {name: [row[place] for row in cells] for place, name in enumerate(header)}
    absent = [""] * len(cells)
    table = {name: column.get(name, absent) for name in (*required, *optional)}
    return pd.DataFrame(table, index=numbers, dtype="str"), problems


def saved_as_csv(file: Path) -> str:
    """Return what helps if a CSV file is missing and a workbook of its name stands there; empty if none does."""
    books = [book.name for end in _WORKBOOKS if (book := file.with_suffix(end)).is_file()]
    return f"open {books[0]} in a spreadsheet and save it as CSV (UTF-8), under the name {file.name}" if books else ""


def _rows(file: Path) -> list[list[str]]:
    """Read every row of a CSV file, blank ones too."""
    if not file.is_file():
        remedy = saved_as_csv(file) or f"put it into {file.parent.name}/; kit/codebook/ has one to copy"
        raise CodebookError("is missing", place=file.name, remedy=remedy)
    data = file.read_bytes()
    if not data.strip():
        return []
    try:
        text, _ = decode(data, file.name, save=AS_TABLE)
    except ReadingError as error:
        raise CodebookError(error.problem, place=file.name, remedy=error.remedy) from error
    first = text.splitlines()[0]
    separator = max(_SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        return [[_clean(cell) if cell else cell for cell in row] for row in reader]
    except csv.Error as error:
        raise CodebookError(
            f"cannot be read as a table from line {reader.line_num} on: {error}",
            place=file.name,
            remedy="write a quotation mark inside a cell twice, or save the file from a spreadsheet again",
        ) from error


def _clean(cell: str) -> str:
    """Return a cell as it is seen, without outer blanks and runs of blanks."""
    plain = cell.isascii() and cell.isprintable()  # nothing is hidden in it, and nothing to compose
    return " ".join((cell if plain else visible(cell).text).split())


def _check_header(name: str, header: Sequence[str], required: Sequence[str], optional: Sequence[str]) -> None:
    """Refuse a header that lacks a column, has an unknown one, or has one twice."""
    known = [*required, *optional]
    lacking = [column for column in required if column not in header]
    strange = [column for column in header if column not in known]
    twice = sorted({column for column in header if header.count(column) > 1})
    place = f"{name}, row 1"
    note = " (remarks belong in the column note)" if "note" in known else ""
    if lacking:
        remedy = f"the columns are {', '.join(required)}" + (
            f"; others may be left out: {', '.join(optional)}" if optional else ""
        )
        raise CodebookError(f"lacks the column {_listed(lacking)}", place=place, remedy=remedy)
    if strange:
        raise CodebookError(
            f"has the unknown column {_listed(strange)}",
            place=place,
            remedy=f"rename or delete it{note}; the columns are " + ", ".join(known),
        )
    if twice:
        raise CodebookError(f"has the column {_listed(twice)} twice", place=place, remedy="delete one of them")


def _listed(columns: Sequence[str]) -> str:
    """Write column names as a list."""
    return ", ".join(repr(column) for column in columns)
