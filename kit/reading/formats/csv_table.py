"""CSV as a spreadsheet saves it, also compressed: one article a row."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path

from kit.errors import ReadingError
from kit.reading.article import RawArticle, article_of, unreadable
from kit.reading.formats.contract import Format, named, stem_of
from kit.reading.sheet import Sheet


def _read(file: Path, source: str, aside: list[ReadingError]) -> Iterator[RawArticle]:
    """Yield the articles of a table, which is held as a whole."""
    try:
        data = file.read_bytes()
        sheet = Sheet(gzip.decompress(data) if source.casefold().endswith(".gz") else data, "text", source)
    except (OSError, EOFError, zlib.error) as error:
        raise unreadable(error, source) from error
    for row in sheet.rows():
        if isinstance(row, ReadingError):
            aside.append(row)
        elif article := article_of(row, f"{source}#{row.number}", sheet.encoding, aside, stem=stem_of(source)):
            yield article


_ENDINGS = (".csv", ".csv.gz")
CSV = Format(endings=_ENDINGS, holds="table", recognises=named(*_ENDINGS), read=_read)
