"""Parquet: one article a row; a folder of such files is one table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kit.errors import ReadingError
from kit.reading.article import RawArticle, article_of
from kit.reading.formats.contract import Format, named, stem_of
from kit.reading.metadata import column_name
from kit.reading.sheet import Row

#: Rows that are decoded at once.
ROWS = 128

_ENDINGS = (".parquet", ".pq")
_INDEX = re.compile(r"__index_level_\d+__")  # what pandas writes for the numbers of rows


def _read(file: Path, source: str, aside: list[ReadingError]) -> Iterator[RawArticle]:
    """Yield the articles of a file, some rows after the other; rows are numbered from 0, as pandas does."""
    import pyarrow as pa  # noqa: PLC0415 - who has no Parquet does without
    import pyarrow.parquet as pq  # noqa: PLC0415

    number = 0
    try:
        with pq.ParquetFile(file, pre_buffer=False) as content:
            names = _names(content.schema_arrow.names, source)
            for rows in content.iter_batches(ROWS):
                for cells in zip(*(column.to_pylist() for column in rows.columns), strict=True):
                    kept = {name: cell for name, cell in zip(names, cells, strict=True) if name}
                    row, place = Row(number, kept), f"{source}#{number}"
                    if article := article_of(row, place, "utf-8", aside, stem=stem_of(source)):
                        yield article
                    number += 1
    except (OSError, pa.ArrowException) as error:
        problem = f"cannot be read ({type(error).__name__})"
        raise ReadingError(problem, place=source, remedy="check the file, or write it anew") from error


def _names(columns: list[str], source: str) -> list[str]:
    """Return the names of columns, empty for numbers of rows; refuse a table without texts or with a name twice."""
    names = ["" if _INDEX.fullmatch(column) else column_name(column) for column in columns]
    repeated = {name for name in names if name and names.count(name) > 1}
    if repeated:
        raise ReadingError(f"column {min(repeated)!r} stands more than once", place=source, remedy="rename one")
    if "text" not in names:
        there = ", ".join(filter(None, names))
        remedy = "name the column with the texts 'text'"
        raise ReadingError(f"no column 'text'; the columns are {there}", place=source, remedy=remedy)
    return names


def _is_parquet(head: bytes, name: str) -> bool:
    """Tell a Parquet file, also a broken one that is named so."""
    return head.startswith(b"PAR1") or named(*_ENDINGS)(head, name)


PARQUET = Format(endings=_ENDINGS, holds="part", recognises=_is_parquet, read=_read)
