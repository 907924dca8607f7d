"""XLSX, XLS and ODS: one article a row, in every sheet that has texts."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

from kit.errors import ReadingError
from kit.reading.article import RawArticle
from kit.reading.columns import refuse_repeated
from kit.reading.formats.contract import File, Format
from kit.reading.formats.tables import articles_of
from kit.reading.libraries import library, read_by
from kit.reading.remarks import Remark
from kit.reading.sheet import Row
from kit.reading.text import decode_head

_ENDINGS = (".xlsx", ".ods", ".xls", ".xlsm", ".xlsb")
_OLD = b"\xd0\xcf\x11\xe0"
_SAVE = "open it in Excel or LibreOffice and save it anew as .xlsx"


def _read(file: File) -> Iterator[RawArticle]:
    """Yield the articles of a workbook, sheet by sheet; a sheet without texts is named."""
    calamine = library("python-calamine", "python_calamine")
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(file.data))
        sheets = [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names]
    except (calamine.CalamineError, OSError, ValueError) as error:
        problem = f"is a workbook that cannot be read ({type(error).__name__})"
        raise ReadingError(problem, place=file.source, remedy=_SAVE) from error
    several = len([rows for _, rows in sheets if rows]) > 1
    refused: list[ReadingError] = []
    read = 0
    for name, rows in sheets:
        if not any(any(cell != "" for cell in row) for row in rows):
            continue
        first = next(number for number, row in enumerate(rows) if any(cell != "" for cell in row))
        heading = [" ".join(str(cell).split()) for cell in rows[first]]
        at = f"#{name}" if several else ""
        try:
            refuse_repeated(heading, f"{file.source}{at}, row 1")
            yield from articles_of(
                file,
                list(filter(None, heading)),
                lambda heading=heading, rows=rows, first=first: _rows(heading, rows, first),  # type: ignore[misc]
                encoding="utf-8",
                shown="the first row is",
                heading=f", row {first + 1}",
                at=at,
                reader=read_by("python-calamine"),
            )
            read += 1
        except ReadingError as error:
            refused.append(error)
    if refused and not read:
        raise refused[0]
    file.aside.extend(Remark(error.problem, place=error.place, remedy=error.remedy) for error in refused)
    if not sheets or not (read or refused):
        raise ReadingError("is empty", place=file.source, remedy="fill it or delete it")


def _rows(heading: Sequence[str], rows: Sequence[Sequence[Any]], first: int) -> Iterator[Row | ReadingError]:
    """Yield the rows below a heading that are not blank, numbered as the program shows them."""
    for number, cells in enumerate(rows[first + 1 :], start=first + 2):
        if any(str(cell).strip() for cell in cells):
            yield Row(number, {name: cell for name, cell in zip(heading, cells, strict=False) if name})


def _is_workbook(file: File) -> bool:
    """Tell a workbook by what is inside, and a broken or old one by its name."""
    inside = file.members
    if "xl/workbook.xml" in inside or "xl/workbook.bin" in inside or ("content.xml" in inside and _is_ods(file)):
        return True
    return file.name.endswith(_ENDINGS) and (file.head.startswith(_OLD) or not (inside or decode_head(file.head)))


def _is_ods(file: File) -> bool:
    """Tell a table of LibreOffice from its other documents."""
    return b"opendocument.spreadsheet" in file.head[:200]


WORKBOOK = Format("xlsx", _ENDINGS, "articles", _is_workbook, _read)
