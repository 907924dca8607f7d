"""XLSX for spreadsheets: numbers are numbers and texts are texts, whatever language the spreadsheet speaks."""

from __future__ import annotations

import math
import numbers
from collections.abc import Iterable
from typing import Any

import numpy as np

from kit.exhibits import cells
from kit.exhibits.grid import Column, Grid
from kit.wording import escape, workbook
from kit.wording.words import say

_ROWS = 100_000  # a workbook of more takes minutes to write and to open; the CSV file has them all
_WHOLE = 2**53  # a spreadsheet does not tell larger whole numbers apart
_WIDTHS = {"number": 14, "short": 24, "long": 60}


def write(grid: Grid) -> bytes:
    """Write a table as a workbook: what the CSV file has, and on a second sheet what stands round it.

    Parameters
    ----------
    grid : Grid
        The table.

    Returns
    -------
    bytes
        XLSX. In the sheet ``data`` the columns' own names, kept in sight, and numbers as in the CSV file; truth
        values; dates as text, ISO 8601. Of very long tables the first 100,000 rows, of very long texts the
        beginning. In the sheet ``about`` id, title, note, and the headings and units of the columns.

    Raises
    ------
    ExhibitError
        A cell is neither text, number, truth value nor date.

    Examples
    --------
    >>> import io, openpyxl
    >>> import pandas as pd
    >>> made = write(Grid.of(pd.DataFrame({"term": ["=1+1", "-nya"], "per_1000": [1 / 3, 2]}), id="tbl-x"))
    >>> list(openpyxl.load_workbook(io.BytesIO(made))["data"].values)
    [('term', 'per_1000'), ('=1+1', 0.333333), ('-nya', 2)]

    """
    book = workbook.new_book()
    bold = book.add_format({"bold": True})
    data, about = workbook.add_long_sheet(book, "data"), book.add_worksheet("about")
    for place, (column, look) in enumerate(zip(grid.columns, grid.looks, strict=True)):
        data.set_column(place, place, _WIDTHS[look])
        _text(data, 0, place, column.name, bold)
    number = 1
    for block in grid.head(_ROWS).blocks():
        cells_of = [
            _cells(values, column, f"{grid.id}, {column.name}")
            for values, column in zip(block, grid.columns, strict=True)
        ]
        for row in zip(*cells_of, strict=True):
            data.put_row(number, row)
            number += 1
    data.freeze_panes(1, 0)
    told: list[tuple[str, ...]] = [(grid.id, grid.title), ("", grid.note)]
    if len(grid.raw) > _ROWS:
        told.append(("", say("pages.more", grid.language, shown=_ROWS, all=len(grid.raw))))
    told += [("", ""), *((column.name, column.heading, column.unit) for column in grid.columns)]
    about.set_column(0, 0, _WIDTHS["short"])
    about.set_column(1, 1, _WIDTHS["long"])
    for number, texts in enumerate(told):
        for place, text in enumerate(texts):
            _text(about, number, place, text)
    return workbook.content(book)


def _cells(values: Iterable[object], column: Column, name: str) -> list[workbook.Cell]:
    """Make some cells of a column; texts that come again are made once."""
    known: dict[object, workbook.Cell] = {}
    made: list[workbook.Cell] = []
    for value in values:
        if type(value) is int and -_WHOLE <= value <= _WHOLE:
            made.append(value)
        elif type(value) is str:
            if value not in known:
                known[value] = _seen(value)
            made.append(known[value])
        else:
            made.append(_cell(value, column, name))
    return made


def _cell(value: Any, column: Column, name: str) -> workbook.Cell:
    """Make one cell; what spreadsheets have no number for (infinity, very large whole numbers) is text."""
    whole = isinstance(value, numbers.Integral)
    if isinstance(value, str):
        return _seen(value)
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if whole and abs(int(value)) <= _WHOLE:
        return int(value)
    if not whole and isinstance(value, numbers.Real) and math.isfinite(value):
        return cells.exact(float(value), column.places, column.most, p=column.p)
    return _seen(cells.raw(value, name))


def _text(sheet: Any, row: int, place: int, text: str, look: Any = None) -> None:
    """Write a text; for an empty one there is no cell."""
    seen = _seen(text)
    if seen:
        workbook.put_text(sheet, row, place, seen, look)


def _seen(text: str) -> str:
    """Spell out what is unseen in a text; one too long for a cell ends in an ellipsis."""
    seen = escape.visible(text)
    return seen[: workbook.MOST - 1] + "…" if len(seen) > workbook.MOST else seen
