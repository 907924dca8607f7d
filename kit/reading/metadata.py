"""What is known of an article besides its text: the columns that the kit knows, and the researcher's own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from kit.errors import ReadingError
from kit.reading.cells import read_cell, text_of, whole
from kit.reading.dates import Calendar
from kit.reading.remarks import Remark

#: Columns that the kit knows; any other is kept as the researcher's own.
KNOWN = ("doc_id", "title", "date", "event_date", "outlet", "place", "author", "url", "licence")
#: Columns that the kit fills in for what it reads from a file; one of that name in it is kept as ``<name>_stated``.
FILLED = ("source", "sha256", "text", "encoding", "copy_of")
DATES = ("date", "event_date")

_TEXTS = {*KNOWN, *FILLED}
_PLAIN = Calendar()


def column_name(name: object) -> str:
    """Return a column's name without blank edges; the kit's own names in any case."""
    bare = " ".join(str(name).split())
    return bare.casefold() if bare.casefold() in (*_TEXTS, "file", "id") else bare


def read_metadata(name: str, value: Any, calendar: Calendar = _PLAIN) -> Any:
    """Read the cell of a column: the one way, from whatever holds it.

    Of a column that the kit knows the text, empty where missing; days are ISO 8601, ``YYYY-MM-DD``. Of the
    researcher's own a text, number, boolean, day or moment; None where missing.
    """
    try:
        if name in DATES:
            return calendar.day(name, value)
        cell = read_cell(value)
        return text_of(cell) if name in _TEXTS else cell
    except ReadingError as error:
        raise ReadingError(f"{name} {error.problem}", remedy=error.remedy) from None


def own_columns(
    cells: Mapping[str, Any], *, without: Collection[str] = (), calendar: Calendar = _PLAIN
) -> tuple[dict[str, Any], list[Remark]]:
    """Return the metadata of a row: the kit's columns first, and which cells could not be read."""
    metadata: dict[str, Any] = dict.fromkeys(KNOWN[1:], "")
    problems: list[Remark] = []
    for name, cell in cells.items():
        if name in without:
            continue
        try:
            whole(name)
        except ReadingError as error:
            shown = name.encode("utf-8", "backslashreplace").decode()
            problems.append(Remark(f"the name of the column {shown!r} {error.problem}", remedy=error.remedy))
            continue
        kept = f"{name}_stated" if name in FILLED else name
        try:
            metadata[kept] = read_metadata(kept, cell, calendar)
        except ReadingError as error:
            problems.append(Remark(error.problem, remedy=error.remedy))
            metadata[kept] = "" if kept in KNOWN else None
    return metadata, problems
