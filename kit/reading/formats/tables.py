"""Tables of articles, whatever file they stand in: columns named, dates decided over the whole, one article a row."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence

from kit.errors import ReadingError
from kit.reading.article import RawArticle, cell_of_text, name_of, placed
from kit.reading.columns import require
from kit.reading.dates import Calendar, Convention, Order, decided
from kit.reading.formats.contract import File, stem_of
from kit.reading.libraries import read_by
from kit.reading.markup import is_marked, text_of_fragment
from kit.reading.metadata import DATES, own_columns
from kit.reading.sheet import Row

Rows = Iterable[Row | ReadingError]


def articles_of(
    file: File,
    names: Sequence[str],
    rows: Callable[[], Rows],
    *,
    encoding: str = "utf-8",
    shown: str = "the columns are",
    heading: str = "",
    at: str = "",
    reader: str = "",
) -> Iterator[RawArticle]:
    """Yield the articles of a table.

    The rows are gone through twice, first for what they prove of the order of day and month, before any is yielded.
    `names` are the columns as the table has them, `heading` where they stand, `at` the sheet of a workbook.
    """
    place = f"{file.source}{at}"
    kept = file.options.naming.of(names, f"{place}{heading}")
    require(kept.values(), "text", names, f"{place}{heading}", shown)
    calendar = Calendar(file.options.zone, _orders(file, kept, rows, place))
    for row in rows():
        if isinstance(row, ReadingError):
            file.aside.append(row)
            continue
        cells = {kept[name]: cell for name, cell in row.cells.items() if kept.get(name)}
        article = _article(file, Row(row.number, cells), f"{place}#{row.number}", encoding, calendar, reader)
        if article:
            yield article


def _orders(file: File, kept: dict[str, str], rows: Callable[[], Rows], place: str) -> dict[str, Order]:
    """Return the order of day and month in each column of dates, and say where it is not the day first."""
    columns = {name: column for name, column in kept.items() if column in DATES}
    if not columns:
        return {}
    found = {name: Convention() for name in columns}
    for row in rows():
        if isinstance(row, Row):
            for name, convention in found.items():
                convention.see(row.cells.get(name), f"row {row.number}")
    return decided({columns[name]: (name, convention) for name, convention in found.items()}, place, file.aside)


def _article(file: File, row: Row, source: str, encoding: str, calendar: Calendar, reader: str) -> RawArticle | None:
    """Make the article of a row."""
    key = "doc_id" if "doc_id" in row.cells else "id"
    try:
        text = cell_of_text(row.cells.get("text"))
        if is_marked(text):
            text, reader = text_of_fragment(text), f"{reader}, {read_by('lxml')}".removeprefix(", ")
            cell_of_text(text)
        own = name_of(row.cells.get(key), " ").strip()
        doc_id = own or f"{stem_of(file.source)}-{row.number:07d}"
    except ReadingError as error:
        file.aside.append(placed(error, source))
        return None
    metadata, problems = own_columns(row.cells, without=("text", key), calendar=calendar)
    file.aside.extend(placed(problem, source) for problem in problems)
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return RawArticle(doc_id, source, digest, encoding, text, metadata, reader, named=bool(own))
