"""Workbooks (XLSX) in which every text is only text, no formula and no link; the same bytes on any machine."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import xlsxwriter

from kit.errors import KitError

MOST = 32_767  # characters of a cell
_MADE = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - XLSX has no time zones
_UNIX = 3  # the system that a zip file says it was made on


def new_book() -> xlsxwriter.Workbook:
    """Begin a workbook."""
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(io.BytesIO(), options)
    book.set_properties({"created": _MADE})
    return book


def put_text(sheet: Any, row: int, column: int, text: str, look: Any = None) -> None:
    """Write a text; one that a cell cannot hold is refused, where XlsxWriter would cut it or leave it out."""
    wrong = sheet.write_string(row, column, text, look)
    if wrong:
        raise KitError(
            f"row {row + 1}, column {column + 1}: {len(text)} characters do not go into a cell (code {wrong})"
        )


def put_number(sheet: Any, row: int, column: int, number: float, look: Any = None) -> None:
    """Write a number."""
    wrong = sheet.write_number(row, column, number, look)
    if wrong:
        raise KitError(f"row {row + 1}, column {column + 1}: there is no such cell (code {wrong})")


def content(book: xlsxwriter.Workbook) -> bytes:
    """Finish a workbook; its parts are stored as they are, since what compression makes of them differs by system."""
    book.close()
    out = io.BytesIO()
    with zipfile.ZipFile(book.filename) as packed, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as plain:
        for part in packed.infolist():
            named = zipfile.ZipInfo(part.filename)
            named.create_system = _UNIX
            plain.writestr(named, packed.read(part))
    return out.getvalue()
