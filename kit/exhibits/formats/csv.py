"""CSV for machines: UTF-8, LF, the columns' own names, the decimal point in every language; on request for Excel."""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import PurePosixPath
from typing import IO

from kit.exhibits import cells
from kit.exhibits.grid import Column, Grid
from kit.settings import EXCEL
from kit.wording import escape

_EMPTY = '""'  # a row of one empty cell
#: Folder of the files for Excel.
_TO_QUOTE = {mark: re.compile(f'[{mark}"\r\n]') for mark in ",;"}


def write(grid: Grid) -> bytes:
    r"""Write a table as CSV: machine names as headings, missing values empty.

    Parameters
    ----------
    grid : Grid
        The table.

    Returns
    -------
    bytes
        Integers whole; floats with six significant digits at least, in the shortest form that reads back to the same
        float; true and false;
        dates as ISO 8601; text guarded against formulas (:func:`kit.wording.escape.spreadsheet`).

    Raises
    ------
    ExhibitError
        A cell is neither text, number, truth value nor date.

    Examples
    --------
    >>> import pandas as pd
    >>> write(Grid.of(pd.DataFrame({"term": ["-nya", None], "per_1000": [1 / 3, 2]}), id="tbl-x"))
    b"term,per_1000\n'-nya,0.333333\n,2.0\n"

    """
    file = io.BytesIO()
    write_into(file, grid)
    return file.getvalue()


def write_into(file: IO[bytes], grid: Grid) -> None:
    """Write a table as CSV into a file, some rows at a time."""
    _put_lines(file, chain([_headings(grid)], _rows(grid)), ",")


def write_excel(grid: Grid) -> bytes:
    r"""Write the same table as Excel reads it where the decimal mark is a comma, as in Indonesia.

    Semicolons between cells, decimal commas, and the mark by which Excel knows UTF-8.

    Examples
    --------
    >>> import pandas as pd
    >>> write_excel(Grid.of(pd.DataFrame({"term": ["a,b"], "per_1000": [1 / 3]}), id="tbl-x")).decode("utf-8-sig")
    'term;per_1000\na,b;0,333333\n'

    """
    numbers = [column.number for column in grid.columns]
    spelled = (
        [text.replace(".", ",") if number else text for text, number in zip(row, numbers, strict=True)]
        for row in _rows(grid)
    )
    file = io.BytesIO(BOM_UTF8)
    file.seek(len(BOM_UTF8))
    _put_lines(file, chain([_headings(grid)], spelled), ";")
    return file.getvalue()


def read(raw: bytes, name: str) -> list[list[str]]:
    """Read a CSV file of exhibits, or another with commas; its name tells whether it is one for Excel."""
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=mark_of(name)))


def mark_of(name: str) -> str:
    """Return what stands between the cells of a CSV file, by its name: a comma, or a semicolon in one for Excel."""
    return ";" if PurePosixPath(name).parent.name == EXCEL else ","


def _headings(grid: Grid) -> Sequence[str]:
    """Return the names of the columns, not yet quoted."""
    return [escape.spreadsheet(escape.storable(column.name)) for column in grid.columns]


def _rows(grid: Grid) -> Iterator[Sequence[str]]:
    """Yield the cells row by row, not yet quoted: of a long table never all at once."""
    for block in grid.blocks():
        texts = [
            _texts(values, column, f"{grid.id}, {column.name}")
            for values, column in zip(block, grid.columns, strict=True)
        ]
        yield from zip(*texts, strict=True)


def _texts(values: Iterable[object], column: Column, place: str) -> list[str]:
    """Write some cells of a column; texts that come again are written once."""
    known: dict[object, str] = {}
    made = []
    for value in values:
        if type(value) is int:
            made.append(str(value))
        elif type(value) is str:
            text = known.get(value)
            if text is None:
                text = known[value] = cells.raw(value, place)
            made.append(text)
        else:
            made.append(cells.raw(value, place, places=column.places, most=column.most, p=column.p))
    return made


def _put_lines(file: IO[bytes], rows: Iterable[Sequence[str]], mark: str) -> None:
    """Write rows, a line each."""
    for row in rows:
        line = mark.join(row)
        if line.count(mark) >= len(row) or '"' in line or "\n" in line or "\r" in line:
            line = mark.join([_quoted(text, mark) for text in row])
        file.write(f"{line or _EMPTY}\n".encode())


def _quoted(text: str, mark: str) -> str:
    """Quote a cell by one rule; not all versions of the csv module quote a bare carriage return."""
    return '"' + text.replace('"', '""') + '"' if _TO_QUOTE[mark].search(text) else text
