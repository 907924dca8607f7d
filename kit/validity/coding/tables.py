"""The rows of what coders give back as a table: a CSV file or a workbook, its columns known by name in any language."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import python_calamine

from kit.errors import CodingError, ReadingError
from kit.reading.encoding import misread
from kit.reading.sheet import Sheet
from kit.settings import LANGUAGES
from kit.validity.coding.sheet import passage_hash
from kit.validity.coding.spreadsheets import COLUMNS, heading
from kit.wording import escape

#: How the names of workbooks end.
WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
#: What each row needs to be held against the key.
_NEEDED = ("passage", "value", "item", "sheet", "coder")
_NAMES = {heading(name, language).casefold(): name for language in LANGUAGES for name in COLUMNS}
_NAMES |= {name: name for name in COLUMNS}
#: Where LibreOffice puts bytes that an encoding does not define, behind U+F100.
_UNDEFINED = {0xF100 + byte: byte for byte in range(0x80, 0xA0)}


_SPANNED = re.compile(rb'table:number-(?:rows|columns)-spanned="(?!1")')


class Row(NamedTuple):
    """A row of a coder's file: its number there, and its cells."""

    number: int
    cells: Mapping[str, str]


def csv_rows(name: str, data: bytes) -> Iterator[Row]:
    """Yield the rows of a CSV file."""
    try:
        sheet = Sheet(data, "item", name)
    except ReadingError as error:
        raise CodingError(error.problem, place=error.place, remedy=error.remedy) from error
    names = _names_of(sheet.heading, f"{name}, row 1")
    for row in sheet.rows():
        if isinstance(row, ReadingError):
            raise CodingError(row.problem, place=row.place, remedy=row.remedy)
        cells = zip(names, (row.cells.get(column, "") for column in sheet.heading), strict=True)
        yield Row(row.number, {column: escape.unguarded(cell) for column, cell in cells})


class Workbook(NamedTuple):
    """The sheet of a workbook that has a column: its heading and the number of that row, and the rows below."""

    heading: list[str]
    number: int
    rows: list[list[str]]


def workbook_of(name: str, data: bytes, column: str = "item") -> Workbook:
    """Open the sheet of a workbook that has a column, that of the items if none is named."""
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        pages = [book.get_sheet_by_index(number) for number in range(len(book.sheet_names))]
        tables = [page.to_python(skip_empty_area=False) for page in pages]
    except (python_calamine.CalamineError, IndexError) as error:
        remedy = "save it again as an Excel workbook (.xlsx), or as CSV (UTF-8)"
        raise CodingError(f"cannot be read as a workbook ({error})", place=name, remedy=remedy) from error
    found = [[[_text(cell) for cell in row] for row in table] for table in tables]
    heads = [next((row for row, cells in enumerate(table) if any(cells)), 0) for table in found]
    named = [table[row] if table else [] for row, table in zip(heads, found, strict=True)]
    which = next((number for number, one in enumerate(named) if column in map(str.casefold, one)), 0)
    if not named:
        raise CodingError("has no sheet", place=name, remedy="put the table into it, as it was saved")
    _refuse_merged(name, data, pages[which])
    return Workbook(named[which], heads[which] + 1, found[which][heads[which] + 1 :])


def workbook_rows(name: str, book: Workbook) -> Iterator[Row]:
    """Yield the rows of a coder's workbook."""
    names = _names_of(book.heading, f"{name}, row {book.number}")
    for number, cells in enumerate(book.rows, start=book.number + 1):
        if any(cells):
            yield Row(number, dict(zip(names, cells, strict=False)))


def same_passage(cell: str, digest: str) -> bool:
    """Tell whether a cell holds a passage: as it is, guarded from a spreadsheet, or opened in a wrong encoding.

    A spreadsheet that opens UTF-8 as Windows-1252 shows *â€œ* for *“* and saves it so; the hash tells that the mended
    text is the passage.
    """
    if passage_hash(cell) == digest or passage_hash(escape.unguarded(cell)) == digest:
        return True
    text = cell.translate(_UNDEFINED)
    for edit in reversed(misread(text)):
        text = text[: edit.start] + (edit.new or "") + text[edit.stop :]
    return passage_hash(escape.unguarded(text)) == digest


def _names_of(given: Sequence[str], place: str) -> list[str]:
    """Return what columns are called in the kit; refuse a table that lacks one that is needed."""
    names = [_NAMES.get(name.strip().casefold(), name) for name in given]
    for needed in _NEEDED:
        if names.count(needed) != 1:
            problem = f"has {'two columns' if needed in names else 'no column'} {needed!r}"
            listed = ", ".join(name for name in given if name) or "none"
            remedy = f"restore the columns of the sheet, {', '.join(_NEEDED)} among them; there are: {listed}"
            raise CodingError(problem, place=place, remedy=remedy)
    return names


def _refuse_merged(name: str, data: bytes, page: python_calamine.CalamineSheet) -> None:
    """Refuse cells that were merged: of several answers or passages a spreadsheet keeps the first."""
    where = None
    for (top, _), (bottom, _) in page.merged_cell_ranges or ():
        where = f"{name}, row {top + 1}" if top == bottom else f"{name}, rows {top + 1} to {bottom + 1}"
        break
    if where is None and name.lower().endswith(".ods"):  # of which the reader does not tell
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            where = name if _SPANNED.search(book.read("content.xml")) else None
    if where is not None:
        remedy = "part them again (Unmerge), and write into every row what it holds"
        raise CodingError("cells are merged, of which only the first is kept", place=where, remedy=remedy)


def _text(cell: Any) -> str:
    """Return a cell as a text, a whole number without decimals."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
