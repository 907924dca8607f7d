"""JSON lines, also compressed: one article a line."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kit.errors import ReadingError
from kit.reading.article import RawArticle, article_of, unreadable
from kit.reading.formats.contract import Format, named, stem_of
from kit.reading.metadata import column_name
from kit.reading.sheet import Row

_LINE = "mend or delete the line"
_WHOLE = "write one object on each line, as frame.to_json(file, orient='records', lines=True) does"


def _read(file: Path, source: str, aside: list[ReadingError]) -> Iterator[RawArticle]:
    """Yield the articles of a table, read line by line; one that breaks off is read up to there."""
    number = 0
    try:
        with gzip.open(file) if source.casefold().endswith(".gz") else file.open("rb") as stream:
            for number, line in enumerate(stream, start=1):
                content = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
                if not content.strip():
                    continue
                place = f"{source}#{number}"
                try:
                    row = Row(number, _cells(content))
                except ValueError as error:
                    problem = f"is not a JSON object in UTF-8 ({error})"
                    aside.append(ReadingError(problem, place=place, remedy=_WHOLE if content[:1] == b"[" else _LINE))
                    continue
                if article := article_of(row, place, "utf-8", aside, stem=stem_of(source)):
                    yield article
    except (OSError, EOFError, zlib.error) as error:
        aside.append(unreadable(error, f"{source}, after line {number}"))


def _cells(line: bytes) -> dict[str, Any]:
    """Parse one line as an object whose names are columns."""
    value = json.loads(line.decode("utf-8"), object_pairs_hook=_object)
    if not isinstance(value, dict):
        raise ValueError("not an object")  # noqa: TRY004 - caught with json's own ValueError
    cells = {column_name(name): cell for name, cell in value.items()}
    if len(cells) < len(value):
        raise ValueError("a name stands more than once")
    return cells


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object; refuse one in which a name comes again, and a value would be lost."""
    value = dict(pairs)
    if len(value) < len(pairs):
        raise ValueError("a name stands more than once")
    return value


_ENDINGS = (".jsonl", ".jsonl.gz")
JSON_LINES = Format(endings=_ENDINGS, holds="table", recognises=named(*_ENDINGS), read=_read)
