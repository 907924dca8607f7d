"""A table of texts in memory, read as files are: its columns for a corpus at once, its rows for one that grows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from kit.corpus.columns import is_text, text_column
from kit.errors import CorpusError, ReadingError
from kit.reading.article import RawArticle, body_of, name_of, placed, unique
from kit.reading.columns import repeated_names
from kit.reading.dates import Calendar, Convention, decided
from kit.reading.metadata import DATES, KNOWN, column_name, read_metadata
from kit.reading.remarks import Remark

#: Rows that are looked at at once where a table is added to a corpus.
ROWS = 128
#: Columns of a table that are not its metadata: its texts, and what is worked out anew.
_APART = ("text", "copy_of")


def columns_of(frame: pd.DataFrame) -> tuple[dict[str, Any], pd.Series, list[ReadingError]]:
    """Return the columns of a table with `doc_id` and `text`, each cell read.

    By their names, in order; `doc_id` among them.
    As they are; without a copy if they lie in Arrow's memory.
    One per cell of metadata that could not be read, by row; it is left empty.
    """
    named = frame.set_axis(names_of(frame), axis=1)
    texts, doc_ids = named["text"], named["doc_id"]
    for row, value in enumerate(texts.tolist() if not is_text(texts) or texts.isna().any() else ()):
        _checked(body_of, value, row)
    said: list[ReadingError] = []
    metadata, problems = _metadata(named.drop(columns="doc_id"), calendar_of(named, said))
    names = [_checked(name_of, value, row) for row, value in enumerate(doc_ids.tolist())]
    return {"doc_id": names, **metadata}, text_column(texts), [*said, *problems]


def articles_of(frame: pd.DataFrame, aside: list[ReadingError]) -> Iterator[RawArticle]:
    """Yield the rows of a table, some looked at at once, with `row` and the number from 0 as their source."""
    named = frame.set_axis(names_of(frame), axis=1)
    yield from unique(_rows(named, aside, calendar_of(named, aside)), aside)


def _rows(named: pd.DataFrame, aside: list[ReadingError], calendar: Calendar) -> Iterator[RawArticle]:
    """Yield the rows of a table, a `doc_id` perhaps again."""
    for first in range(0, len(named), ROWS):
        piece = named.iloc[first : first + ROWS]
        metadata, problems = _metadata(piece.drop(columns="doc_id"), calendar, first)
        rows = zip(*(list(column) for column in metadata.values()), strict=True)
        for row, (doc_id, text) in enumerate(zip(piece["doc_id"].tolist(), piece["text"].tolist(), strict=True), first):
            cells = next(rows) if metadata else ()
            place = f"row {row}"
            try:
                found = body_of(text), name_of(doc_id)
            except ReadingError as error:
                aside.append(placed(error, place))
                continue
            aside += [problem for problem in problems if problem.place == place]
            stated = {"source": "", "sha256": ""} | dict(zip(metadata, cells, strict=True))
            yield RawArticle(found[1], place, "", "", found[0], stated)


def names_of(frame: pd.DataFrame) -> list[str]:
    """Return the names of columns, checked: each once, `doc_id` and `text` among them."""
    names = [column_name(column) for column in frame.columns]
    for name in repeated_names(names):
        raise CorpusError(f"the table has several columns {name!r}", remedy="rename or drop all but one")
    for name in ("doc_id", "text"):
        if name not in names:
            held = "the texts" if name == "text" else "the name of each document"
            problem = f"the table has no column {name!r}; its columns are {', '.join(names)}"
            raise CorpusError(problem, remedy=f"name the column with {held} {name!r}, as by frame.rename(columns=…)")
    return names


def calendar_of(named: pd.DataFrame, aside: list[ReadingError]) -> Calendar:
    """Return how the dates of a table are read, each column in one order, and say where the day does not come first."""
    found = {name: (name, Convention()) for name in DATES if name in named.columns}
    for name, (_, convention) in found.items():
        for row, value in enumerate(named[name].tolist() if not _is_plain(named[name]) else ()):
            convention.see(value, f"row {row}")
    return Calendar(orders=decided(found, "the table", aside))


def _metadata(named: pd.DataFrame, calendar: Calendar, first: int = 0) -> tuple[dict[str, Any], list[ReadingError]]:
    """Read the columns of a table but for its texts; problems by row, numbered from `first` on."""
    found: dict[str, Any] = {}
    problems: list[tuple[int, ReadingError]] = []
    for name in named.columns.drop(list(_APART), errors="ignore"):
        column = named[name]
        if name not in KNOWN and _is_plain(column):
            found[name] = column.reset_index(drop=True)
            continue
        cells = []
        for row, value in enumerate(column.tolist(), first):
            try:
                cells.append(read_metadata(name, value, calendar))
            except ReadingError as error:
                cells.append("" if name in KNOWN else None)
                problems.append((row, Remark(error.problem, place=f"row {row}", remedy=error.remedy)))
        found[name] = cells
    return found, [error for _, error in sorted(problems, key=lambda problem: problem[0])]


def _is_plain(column: pd.Series) -> bool:
    """Tell whether all cells of a column are numbers, booleans or moments, by its dtype."""
    dtype = column.dtype
    return bool(pd.api.types.is_numeric_dtype(dtype) or pd.api.types.is_datetime64_any_dtype(dtype))


def _checked(read: Any, value: Any, row: int) -> str:
    """Read a cell that a row cannot do without."""
    try:
        return str(read(value))
    except ReadingError as error:
        raise CorpusError(error.problem, place=f"row {row}", remedy=error.remedy) from None
