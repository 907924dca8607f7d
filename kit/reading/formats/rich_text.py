"""RTF: one article a file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kit.errors import ReadingError
from kit.reading.article import RawArticle
from kit.reading.formats.contract import File, Format
from kit.reading.formats.exports import articles_of_export, export_of
from kit.reading.formats.labels import stated_above
from kit.reading.libraries import library, read_by

_SAVE = "open it in Word or LibreOffice and save it anew, or save its text as .txt"
_CODEPAGE = re.compile(rb"\\ansicpg(\d{3,5})")


def _read(file: File) -> Iterator[RawArticle]:
    """Yield the article of a document."""
    text = read_rich_text(file.data, file.source)
    if not text.strip():
        raise ReadingError("has no text, only pictures or nothing", place=file.source, remedy="type the text anew")
    if export := export_of(text.splitlines()):
        yield from articles_of_export(file, export, "rtf", read_by("striprtf"))
        return
    stated, text = stated_above(text, file)
    yield file.article(text, "rtf", stated, read_by("striprtf"))


def read_rich_text(data: bytes, place: str) -> str:
    """Return the text of a document, one line a paragraph."""
    striprtf = library("striprtf", "striprtf.striprtf")
    found = _CODEPAGE.search(data[:4096])
    encoding = f"cp{found[1].decode()}" if found else "cp1252"
    encoding = "utf-8" if encoding == "cp65001" else encoding
    try:
        source = data.decode("latin-1") if data.isascii() else data.decode(encoding, "replace")
        text: str = striprtf.rtf_to_text(source, encoding=encoding, errors="replace")
    except (ValueError, LookupError, IndexError, KeyError, TypeError, RecursionError, AttributeError) as error:
        raise ReadingError(f"is damaged rich text ({type(error).__name__})", place=place, remedy=_SAVE) from error
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _is_rich_text(file: File) -> bool:
    """Tell rich text by its first signs."""
    return file.head.lstrip().startswith(b"{\\rtf")


RICH_TEXT = Format("rtf", (".rtf",), "article", _is_rich_text, _read)
