"""DOCX: one article a file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from kit.errors import ReadingError
from kit.reading.article import RawArticle
from kit.reading.formats.contract import File, Format
from kit.reading.formats.exports import articles_of_export, export_of
from kit.reading.formats.labels import stated_above
from kit.reading.libraries import library, read_by
from kit.reading.text import decode_head

_SAVE = "open it in Word or LibreOffice and save it anew, or save its text as .txt"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t", f"{_W}noBreakHyphen": "-", f"{_W}softHyphen": "\u00ad"}
_LEFT_OUT = {f"{_W}{tag}" for tag in ("del", "delText", "moveFrom", "instrText", "fldSimple_", "pict", "object")}
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def _read(file: File) -> Iterator[RawArticle]:
    """Yield the article of a document."""
    lines, stated = read_document(file.data, file.source)
    if not any(line.strip() for line in lines):
        raise ReadingError("has no text, only pictures or nothing", place=file.source, remedy="type the text anew")
    if export := export_of(lines):
        yield from articles_of_export(file, export, "docx", read_by("python-docx"))
        return
    above, text = stated_above("\n".join(lines), file)
    yield file.article(text, "docx", stated | above, read_by("python-docx"))


def read_document(data: bytes, place: str) -> tuple[list[str], dict[str, Any]]:
    """Return the paragraphs of a document, those of tables, boxes and notes too, and what it states of itself."""
    docx = library("python-docx", "docx")
    try:
        document = docx.Document(io.BytesIO(data))
        body = document.element.body
    except Exception as error:  # python-docx has errors of its own, and lets those of its parts through
        raise ReadingError(f"is a damaged Word file ({type(error).__name__})", place=place, remedy=_SAVE) from error
    return [line for paragraph in body.iter(f"{_W}p") for line in _lines(paragraph)], {}


def _lines(paragraph: Any) -> list[str]:
    """Return the lines of a paragraph, without what is deleted in it and the paragraphs of boxes inside."""
    pieces: list[str] = []
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        tag = element.tag
        if tag in _LEFT_OUT or tag in (_CHOICE, f"{_W}p"):
            continue
        if tag == f"{_W}t":
            pieces.append(element.text or "")
        elif tag in _BREAKS:
            pieces.append(_BREAKS[tag])
        else:
            waiting.extend(reversed(element))
    return "".join(pieces).split("\n")


def _is_word(file: File) -> bool:
    """Tell a Word document by what is inside, and a broken one by its name."""
    return "word/document.xml" in file.members or (
        file.name.endswith(".docx") and not (file.members or decode_head(file.head))
    )


WORD = Format("docx", (".docx",), "article", _is_word, _read)
