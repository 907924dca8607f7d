"""ODT: one article a file, as LibreOffice writes them."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from kit.errors import ReadingError
from kit.reading.article import RawArticle
from kit.reading.formats.contract import File, Format
from kit.reading.formats.exports import articles_of_export, export_of
from kit.reading.formats.labels import stated_above
from kit.reading.formats.packed import bounded

_SAVE = "open it in LibreOffice and save it anew, or save its text as .txt"
_CONTENT = "content.xml"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_PARAGRAPHS = {f"{_TEXT}p", f"{_TEXT}h"}
_LEFT_OUT = {f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_TEXT}note-citation", f"{_TEXT}index-title"}
_FAULTS = (
    *(OSError, EOFError, KeyError, ValueError, RuntimeError, zlib.error, zipfile.BadZipFile),
    *(ParseError, DefusedXmlException),
)
_BREAKS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}


def _read(file: File) -> Iterator[RawArticle]:
    """Yield the article of a document."""
    lines: list[str] = []
    _paragraphs(_content(file), lines)
    if not any(line.strip() for line in lines):
        raise ReadingError("has no text, only pictures or nothing", place=file.source, remedy="type the text anew")
    if export := export_of(lines):
        yield from articles_of_export(file, export, "odt", "")
        return
    stated, text = stated_above("\n".join(lines), file)
    yield file.article(text, "odt", stated)


def _content(file: File) -> Element:
    """Return what a document holds; entities, and one that would grow without measure, are refused."""
    try:
        with zipfile.ZipFile(file.path) as inside, inside.open(_CONTENT) as stream:
            root: Element = fromstring(bounded(stream, file.bound(), file.source).read(), forbid_dtd=True)
    except _FAULTS as error:
        problem = f"is a damaged .odt file ({type(error).__name__})"
        raise ReadingError(problem, place=file.source, remedy=_SAVE) from error
    return root


def _paragraphs(root: Element, lines: list[str]) -> None:
    """Add the lines of all paragraphs and headings in order; those of boxes and notes follow the one they hang on."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element.tag in _LEFT_OUT:
            continue
        if element.tag in _PARAGRAPHS:
            pieces: list[str] = []
            inside = _pieces(element, pieces)
            lines.extend("".join(pieces).split("\n"))
            waiting.extend(reversed(inside))
        else:
            waiting.extend(reversed(element))


def _pieces(paragraph: Element, pieces: list[str]) -> list[Element]:
    """Add the text of a paragraph, and return the paragraphs of boxes and notes inside it."""
    inside: list[Element] = []
    waiting = _opened(paragraph)
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            pieces.append(one)
        elif one.tag in _PARAGRAPHS:
            inside.append(one)
        elif one.tag == f"{_TEXT}s":
            pieces.append(" ")  # several blanks are one in any reading
        elif one.tag in _BREAKS:
            pieces.append(_BREAKS[one.tag])
        elif one.tag not in _LEFT_OUT:
            waiting += _opened(one)
    return inside


def _opened(element: Element) -> list[Element | str]:
    """Return the texts and elements in an element, the last first."""
    found: list[Element | str] = [element.text or ""]
    for child in element:
        found += [child, child.tail or ""]
    return found[::-1]


def _is_text(file: File) -> bool:
    """Tell a document by what is inside, and a broken one by its name."""
    return (b"opendocument.text" in file.head[:200] and _CONTENT in file.members) or (
        file.name.endswith(".odt") and not file.members
    )


OPEN_DOCUMENT = Format("odt", (".odt",), "article", _is_text, _read)
