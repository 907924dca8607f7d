"""The sheet as spreadsheets: XLSX with a list of answers to choose from, and CSV. The same bytes on any machine."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any, NamedTuple

from kit.validity.coding.record import ANSWERS
from kit.wording import escape, workbook
from kit.wording.words import say

#: The columns of a coder's file; `value` is the one to fill in.
COLUMNS = ("number", "question", "preceding", "passage", "following", "value", "item", "sheet", "coder")
_SHOWN = ("number", "question", "preceding", "passage", "following", "value")
_WIDTHS = {
    "number": 6,
    "question": 40,
    "preceding": 40,
    "passage": 60,
    "following": 40,
    "value": 12,
    "item": 16,
    "sheet": 16,
}


class Given(NamedTuple):
    """What a coder is given: rows of item, question and passages; the hash of the sheet; coder and language.

    And where the guide's words stand, and the answers to choose from, as they are read, by their codes.
    """

    rows: Sequence[dict[str, str]]
    sheet: str
    coder: str
    language: str
    guide: str
    answers: dict[str, str]


def answers(language: str) -> dict[str, str]:
    """Return the answers as a coder reads them, by their codes."""
    return {code: say(f"coding.answer.{code}", language) for code in ANSWERS}


def as_csv(given: Given) -> bytes:
    """Write the sheet as CSV, with the byte order mark by which spreadsheets know UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for number, row in enumerate(given.rows, start=1):
        cells: dict[str, Any] = {**row, "number": number, "value": "", "sheet": given.sheet, "coder": given.coder}
        writer.writerow([escape.spreadsheet(cells[name]) if name in row else cells[name] for name in COLUMNS])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(given: Given) -> bytes:
    """Write the sheet as XLSX; only the answers can be changed, and each is chosen from a list."""
    book = workbook.new_book()
    plain, read = (book.add_format({"text_wrap": True, "valign": "top", "bold": bold}) for bold in (False, True))
    open_ = book.add_format({"valign": "top", "locked": False, "bg_color": "#FFF8DC", "border": 1})
    sheet = book.add_worksheet("coding")
    sheet.write_row(0, 0, [heading(name, given.language) for name in COLUMNS], book.add_format({"bold": True}))
    for place, name in enumerate(COLUMNS):
        hidden = {} if name in _SHOWN else {"hidden": True}
        sheet.set_column(place, place, _WIDTHS.get(name, 12), None, hidden)
    for number, row in enumerate(given.rows, start=1):
        cells = {**row, "sheet": given.sheet, "coder": given.coder}
        for place, name in enumerate(COLUMNS):
            if name == "number":
                workbook.put_number(sheet, number, place, number, plain)
            elif name == "value":
                sheet.write_blank(number, place, None, open_)
            else:
                workbook.put_text(sheet, number, place, cells[name], read if name == "passage" else plain)
    value = COLUMNS.index("value")
    listed = list(given.answers.values())
    sheet.data_validation(1, value, max(len(given.rows), 1), value, {"validate": "list", "source": listed})
    sheet.freeze_panes(1, 0)
    sheet.protect("", {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True})
    about = book.add_worksheet("guide")
    about.set_column(0, 0, 100, plain)
    workbook.put_text(about, 0, 0, say(given.guide, given.language), plain)
    return workbook.content(book)


def heading(name: str, language: str) -> str:
    """Name a column for a coder; those that are hidden keep their names."""
    return say(f"coding.column.{name}", language) if name in _SHOWN else name
