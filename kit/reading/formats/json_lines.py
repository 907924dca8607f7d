"""JSON lines, and JSON whose whole is a list of objects: one article an object."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator
from typing import Any

from kit.errors import ReadingError
from kit.reading.article import RawArticle
from kit.reading.formats.contract import File, Format
from kit.reading.formats.tables import articles_of
from kit.reading.metadata import column_name
from kit.reading.remarks import unreadable
from kit.reading.sheet import Row
from kit.reading.text import decode_head

_ENDINGS = (".jsonl", ".ndjson", ".json", ".jsonl.gz")
_LINE = "mend or delete the line"
_WHOLE = "write one object on each line, as frame.to_json(file, orient='records', lines=True) does"
_TABLE = re.compile(r"\ufeff?\s*(?:\[\s*)?\{\s*\"")
_NOTEBOOK = re.compile(r"\"(?:cells|nbformat)\"\s*:")


def _read(file: File) -> Iterator[RawArticle]:
    """Yield the articles of a table, read line by line; one that breaks off is read up to there."""
    rows = _rows_of_list(file)
    names: dict[str, None] = {}
    heard: list[ReadingError] = []
    for row in rows if rows is not None else _lines(file, heard):
        if isinstance(row, Row):
            names.update(dict.fromkeys(row.cells))
    if not names:
        file.aside.extend(heard)
        return
    yield from articles_of(file, list(names), lambda: rows if rows is not None else _lines(file, []))


def _rows_of_list(file: File) -> list[Row | ReadingError] | None:
    """Return the rows of a file that is one list of objects, or one object over several lines; None if it is lines."""
    text = decode_head(file.head).lstrip("\ufeff").lstrip()
    first = text.split("\n", 1)[0].strip()
    if not (first in ("[", "{", "") or first.startswith(("[{", "[ {"))):
        return None
    try:
        value = json.loads(file.data.decode("utf-8-sig"), object_pairs_hook=_object)
    except (ValueError, RecursionError):
        return None
    items = value if isinstance(value, list) else [value]
    if not all(isinstance(item, dict) for item in items):
        return None
    if len(items) == 1 and ("cells" in items[0] or "nbformat" in items[0]):
        raise ReadingError("is a notebook, not a table of articles", place=file.source, remedy="save its text as .txt")
    return [Row(number, item) for number, item in enumerate(items, start=1)]


def _lines(file: File, heard: list[ReadingError]) -> Iterator[Row | ReadingError]:
    """Yield the lines of a file as rows; what is wrong with one is added to what is heard, too."""
    number = 0
    try:
        with file.open() as stream:
            for number, line in enumerate(stream, start=1):
                content = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
                if not content.strip():
                    continue
                try:
                    yield Row(number, _cells(content))
                except (ValueError, RecursionError) as error:
                    reason = "it is nested too deep" if isinstance(error, RecursionError) else error
                    problem = f"is not a JSON object in UTF-8 ({reason})"
                    remedy = _WHOLE if content[:1] == b"[" else _LINE
                    yield _heard(ReadingError(problem, place=f"{file.source}#{number}", remedy=remedy), heard)
    except (OSError, EOFError, zlib.error) as error:
        yield _heard(unreadable(error, f"{file.source}, after line {number}"), heard)


def _heard(error: ReadingError, heard: list[ReadingError]) -> ReadingError:
    """Note an error, and return it."""
    heard.append(error)
    return error


def _cells(line: bytes) -> dict[str, Any]:
    """Parse one line as an object whose names are columns."""
    value = json.loads(line.decode("utf-8"), object_pairs_hook=_object)
    if not isinstance(value, dict):
        raise ValueError("not an object")  # noqa: TRY004 - caught with json's own ValueError
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object; refuse one in which a name comes again, and a value would be lost."""
    value = {column_name(name): cell for name, cell in pairs}
    if len(value) < len(pairs):
        raise ValueError("a name stands more than once")
    return value


def _is_table(file: File) -> bool:
    """Tell JSON by its first signs, and by its name where it is broken; a notebook is none."""
    if file.name.endswith((".jsonl", ".ndjson", ".json")):
        return True
    text = decode_head(file.head)
    return _TABLE.match(text) is not None and _NOTEBOOK.search(text) is None


JSON_LINES = Format("jsonl", _ENDINGS, "articles", _is_table, _read)
