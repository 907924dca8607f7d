"""CSV for machines: UTF-8, LF, the columns' own names, the decimal point in every language."""

from __future__ import annotations

import re

from kit.exhibits import cells
from kit.exhibits.grid import Grid
from kit.wording import escape

_TO_QUOTE = re.compile('[,"\r\n]')


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
    heads = [escape.spreadsheet(escape.storable(column.name)) for column in grid.columns]
    rows = (
        [
            cells.raw(value, f"{grid.id}, {column.name}", places=column.places, most=column.most, p=column.p)
            for value, column in zip(row, grid.columns, strict=True)
        ]
        for row in grid.raw
    )
    lines = (",".join(map(_quoted, row)) or '""' for row in (heads, *rows))
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def _quoted(text: str) -> str:
    """Quote a cell by one rule; not all versions of the csv module quote a bare carriage return."""
    return '"' + text.replace('"', '""') + '"' if _TO_QUOTE.search(text) else text
