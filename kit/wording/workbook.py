"""Workbooks (XLSX) in which every text is only text, no formula and no link; the same bytes on any machine."""

from __future__ import annotations

import datetime as dt
import functools
import io
import shutil
import zipfile
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from kit.errors import KitError

MOST = 32_767  # characters of a cell
_MADE = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - XLSX has no time zones
_SPAN = 16  # rows of which XlsxWriter says together from where to where they have cells
#: What a cell may be: a text, a number, a truth value.
Cell = str | int | float | bool
_UNIX = 3  # the system that a zip file says it was made on


def new_book() -> xlsxwriter.Workbook:
    """Begin a workbook."""
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(io.BytesIO(), options)
    book.set_properties({"created": _MADE})
    return book


class LongSheet(Worksheet):  # type: ignore[misc]
    """A sheet with many rows, each written out as it is put: XlsxWriter keeps every cell as an object until the end.

    Its first row, with its formats, is put as into any other sheet. The bytes are those that XlsxWriter would write.
    """

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[tuple[int, int, int, str]] = []

    def put_row(self, row: int, cells: Sequence[Cell]) -> None:
        """Write the cells of a row: numbers, texts, truth values; for an empty text there is no cell."""
        share, name = self.str_table._get_shared_string_index, str(row + 1)  # noqa: SLF001 - as its own cells do
        made = []
        first = last = -1
        for place, value in enumerate(cells):
            if value == "":
                continue
            last = place
            first = place if first < 0 else first
            if type(value) is str:
                if len(value) * 2 > MOST:
                    _refuse_long(value, row, place)
                made.append(f'<c r="{_letters(place)}{name}" t="s"><v>{share(value)}</v></c>')
            elif type(value) is bool:
                made.append(f'<c r="{_letters(place)}{name}" t="b"><v>{int(value)}</v></c>')
            else:
                made.append(f'<c r="{_letters(place)}{name}"><v>{value:.16G}</v></c>')
        if made:
            if self._check_dimensions(row, first) or self._check_dimensions(row, last):
                raise KitError(f"row {row + 1}, column {last + 1}: there is no such cell")
            self._lines.append((row, first, last, "".join(made)))

    def _write_rows(self) -> None:
        """Write the rows into the file: the first as XlsxWriter does, the others as they are."""
        heads = self.table[0]
        spans: dict[int, tuple[int, int]] = {0: (min(heads), max(heads))} if heads else {}
        for row, first, last, _ in self._lines:
            low, high = spans.get(row // _SPAN, (first, last))
            spans[row // _SPAN] = min(low, first), max(high, last)
        told = {block: f"{low + 1}:{high + 1}" for block, (low, high) in spans.items()}
        if heads:
            self._write_row(0, told[0])
            for place in sorted(heads):
                self._write_cell(0, place, heads[place])
            self._xml_end_tag("row")
        for row, _, _, text in self._lines:
            self.fh.write(f'<row r="{row + 1}" spans="{told[row // _SPAN]}">{text}</row>')
        self._lines.clear()


@functools.cache
def _letters(column: int) -> str:
    """Return what a spreadsheet calls a column."""
    return str(xl_col_to_name(column))


def _refuse_long(text: str, row: int, column: int) -> None:
    """Refuse a text that a cell cannot hold: 32,767 units of UTF-16."""
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2
    if units > MOST:
        raise KitError(f"row {row + 1}, column {column + 1}: {len(text)} characters do not go into a cell (code -2)")


def add_long_sheet(book: xlsxwriter.Workbook, name: str) -> LongSheet:
    """Add a sheet of many rows."""
    sheet: LongSheet = book.add_worksheet(name, worksheet_class=LongSheet)
    return sheet


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
            named.file_size = part.file_size
            with packed.open(part) as read, plain.open(named, "w") as written:
                shutil.copyfileobj(read, written)  # a sheet of many rows is not held as a whole besides
    return out.getvalue()
