"""CSV as a spreadsheet or a program saves it: one article a row."""

from __future__ import annotations

from collections.abc import Iterator

from kit.errors import ReadingError
from kit.reading.article import RawArticle
from kit.reading.columns import Naming
from kit.reading.formats.contract import File, Format
from kit.reading.formats.tables import articles_of
from kit.reading.sheet import SIGNS, Sheet, known_columns
from kit.reading.text import decode_head

_ENDINGS = (".csv", ".tsv", ".csv.gz")
_SURE = 2  # columns that the kit knows, in a file that is not named as a table


def _read(file: File) -> Iterator[RawArticle]:
    """Yield the articles of a table, which is held as a whole."""
    sheet = Sheet(file.data, "", file.source)
    yield from articles_of(
        file, sheet.heading, sheet.rows, encoding=sheet.encoding, shown="the first row is", heading=", row 1"
    )


def _is_table(file: File) -> bool:
    """Tell a table by a heading whose columns the kit knows, the texts among them; by its name where it has none."""
    if file.name.endswith((".csv", ".tsv")):
        return True
    text = decode_head(file.head)
    lines = text.lstrip("\ufeff").splitlines() or [""]
    line = lines[1] if lines[0].lower().startswith("sep=") and lines[1:] else lines[0]
    return len(line) < 1000 and max(known_columns(line, sign) for sign in SIGNS) >= _SURE and _names_texts(line)


def _names_texts(line: str) -> bool:
    """Tell whether a heading has a column of texts."""
    return any("text" in _columns(line, sign) for sign in SIGNS)


def _columns(line: str, sign: str) -> list[str]:
    """Return what the names of a heading are called in the kit."""
    try:
        return list(Naming().of([name.strip('" \r') for name in line.split(sign)]).values())
    except ReadingError:
        return []


CSV = Format("csv", _ENDINGS, "articles", _is_table, _read)
