"""Parquet: one article a row; a folder of such files is one table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kit.errors import ReadingError
from kit.reading.article import RawArticle
from kit.reading.columns import refuse_repeated
from kit.reading.formats.contract import File, Format
from kit.reading.formats.tables import articles_of
from kit.reading.sheet import Row

if TYPE_CHECKING:
    import pyarrow.parquet as pq

#: Rows that are decoded at once.
ROWS = 128

_ENDINGS = (".parquet", ".pq")
_INDEX = re.compile(r"__index_level_\d+__")  # what pandas writes for the numbers of rows


def _read(file: File) -> Iterator[RawArticle]:
    """Yield the articles of a file, some rows after the other; rows are numbered from 0, as pandas does."""
    import pyarrow as pa  # noqa: PLC0415 - who has no Parquet does without
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        with pq.ParquetFile(file.path, pre_buffer=False) as content:
            columns = content.schema_arrow.names
            names = ["" if _INDEX.fullmatch(column) else " ".join(column.split()) for column in columns]
            refuse_repeated(names, file.source)
            yield from articles_of(file, list(filter(None, names)), lambda: _rows(content, names))
    except (OSError, pa.ArrowException) as error:
        problem = f"cannot be read ({type(error).__name__})"
        raise ReadingError(problem, place=file.source, remedy="check the file, or write it anew") from error


def _rows(content: pq.ParquetFile, names: Sequence[str]) -> Iterator[Row | ReadingError]:
    """Yield the rows of a file."""
    number = 0
    for rows in content.iter_batches(ROWS):
        for cells in zip(*(column.to_pylist() for column in rows.columns), strict=True):
            yield Row(number, {name: cell for name, cell in zip(names, cells, strict=True) if name})
            number += 1


def _is_parquet(file: File) -> bool:
    """Tell a Parquet file, also a broken one that is named so."""
    return file.head.startswith(b"PAR1") or file.name.endswith(_ENDINGS)


PARQUET = Format("parquet", _ENDINGS, "part", _is_parquet, _read)
