"""Plain text, and Markdown with or without front matter: one article a file, unless it is an export of many."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from kit.errors import ReadingError
from kit.reading.article import RawArticle
from kit.reading.columns import Naming
from kit.reading.formats.contract import File, Format
from kit.reading.formats.exports import articles_of_export, export_of
from kit.reading.formats.labels import stated_above
from kit.reading.libraries import read_by
from kit.reading.markup import is_marked, text_of_fragment
from kit.reading.remarks import Remark
from kit.reading.text import decode, decode_head

_DOCUMENTS = (".doc", ".docx", ".rtf", ".pdf", ".odt")  # that are plain text, whatever their name says
_APART = "save each as a file of its own, or make a table with one article a row"
#: What an article has once: its dateline, its initials alone on a line, its labels.
_SEVERAL = (
    (
        re.compile(r"^[A-Z][A-Z .]{2,30}[,(\s]+[\w ]{2,20}\.(?:com|co\.id|id|net|news|tv)\)?\s*[-–—]", re.MULTILINE),
        "datelines",
    ),
    (re.compile(r"^\([a-z]{2,5}(?:/[a-z]{2,5})*\)[ \t]*$", re.MULTILINE), "lines of initials"),
    (re.compile(r"^(?:Judul|Title|Headline)[ \t]*:", re.MULTILINE | re.IGNORECASE), "titles with a label"),
    (re.compile(r"^(?:Tanggal|Date)[ \t]*:", re.MULTILINE | re.IGNORECASE), "dates with a label"),
)
_TEXT = "save its text as .txt, in UTF-8"
_BASE64 = re.compile(r"[A-Za-z0-9+/=_\r\n-]{200,}")
_FACT = re.compile(r"[\w -]{1,40}:(?:\s|\Z)")
_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(?P<facts>.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)


def _read(file: File) -> Iterator[RawArticle]:
    """Yield the article of a text file, named after the file."""
    text, encoding = decode(file.data, file.source)
    refuse_code(text, file.source)
    if export := export_of(text.splitlines()):
        yield from articles_of_export(file, export, encoding, "")
        return
    if is_marked(text):
        yield file.article(text_of_fragment(text), encoding, reader=read_by("lxml"))
        return
    if told := several(text):
        file.aside.append(Remark(f"looks like several articles: {told}", place=file.source, remedy=_APART))
    stated, body = ({}, text) if told else stated_above(text, file)
    yield file.article(body, encoding, stated, "header" if stated else "")


def several(text: str) -> str:
    r"""Say what makes a text look like several articles; empty if nothing does.

    Examples
    --------
    >>> several("KOTA A, CONTOH.com - Satu.\nKOTA B, CONTOH.com - Dua.")
    '2 datelines'

    """
    for mark, name in _SEVERAL:
        if (count := len(mark.findall(text))) > 1:
            return f"{count} {name}"
    return ""


def refuse_code(text: str, place: str) -> None:
    """Refuse what a program wrote for programs: JSON, notebooks, base64."""
    bare = text.strip()
    if bare[:1] in ("{", "[") and bare[-1:] in ("}", "]"):
        try:
            value = json.loads(bare)
        except (ValueError, RecursionError):
            return
        kind = "a notebook" if isinstance(value, dict) and "cells" in value else "JSON"
        raise ReadingError(f"is {kind}, not an article", place=place, remedy=_TEXT)
    if " " not in bare[:400] and _BASE64.fullmatch(bare):
        raise ReadingError("is base64, not an article", place=place, remedy="decode it, then import what it holds")


def _read_markdown(file: File) -> Iterator[RawArticle]:
    """Yield the article of a Markdown file: what its front matter states, then its text without marks."""
    text, encoding = decode(file.data, file.source)
    stated: dict[str, Any] = {}
    if (front := _FRONT.match(text)) and _FACT.match(front["facts"]):
        stated = _facts(front["facts"], file)
        text = text[front.end() :]
    if not text.strip():
        raise ReadingError("has no text behind its front matter", place=file.source, remedy="add it or delete the file")
    yield file.article(unmarked(text), encoding, stated, reader="Markdown")


def _facts(facts: str, file: File) -> dict[str, Any]:
    """Read front matter (YAML), columns named as in tables."""
    import yaml  # noqa: PLC0415 - only Markdown needs it

    try:
        value = yaml.load(facts, Loader=yaml.BaseLoader)  # noqa: S506 - texts only: no date is read as one, no object made
    except (yaml.YAMLError, RecursionError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 2
        raise ReadingError(
            "has front matter that cannot be read", place=f"{file.source}, line {line}", remedy="mend the line"
        ) from error
    if not isinstance(value, dict):
        return {}
    names = file.options.naming if file.options.naming.stated else Naming()
    kept = names.of([str(name) for name in value], file.source)
    cells = {kept[str(name)]: cell for name, cell in value.items()}
    return {"doc_id" if name == "id" else name: cell for name, cell in cells.items() if name != "text"}


_MARKS = (
    (re.compile(r"^(?:```|~~~)[^\n]*$", re.MULTILINE), ""),
    (re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$", re.MULTILINE), r"\1"),
    (re.compile(r"^(?:[ \t]{0,3}>[ \t]?)+", re.MULTILINE), ""),
    (re.compile(r"!\[([^\]\n]*)\]\([^)\n]*\)"), r"\1"),
    (re.compile(r"\[([^\]\n]+)\]\([^)\n]*\)"), r"\1"),
    (re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*\n]*?[^\s*])\1(?![\w*])"), r"\2"),
    (re.compile(r"(?<![\w_])(_{1,3})(?=[^\s_])([^_\n]*?[^\s_])\1(?![\w_])"), r"\2"),
    (re.compile(r"`([^`\n]+)`"), r"\1"),
    (re.compile(r"^[ \t]{0,3}(?:[-*_][ \t]*){3,}$", re.MULTILINE), ""),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!>-])"), r"\1"),
)


def unmarked(text: str) -> str:
    r"""Return Markdown without its marks: headings, emphasis, links, quotations, code.

    Examples
    --------
    >>> unmarked("# Judul\n\nWarga **dilayani** di [loket](https://contoh.id).")
    'Judul\n\nWarga dilayani di loket.'

    """
    for mark, plain in _MARKS:
        text = mark.sub(plain, text)
    return text


def _is_markdown(file: File) -> bool:
    """Tell Markdown by its front matter, or by its name."""
    front = _FRONT.match(decode_head(file.head))
    return file.name.endswith((".md", ".markdown")) or (front is not None and _FACT.match(front["facts"]) is not None)


def _is_text(file: File) -> bool:
    """Tell plain text by its name, or by having nothing but text in it."""
    if file.name.endswith((".txt", ".text")):
        return True
    text = decode_head(file.head)
    unsaid = "." not in file.name or file.name.endswith(_DOCUMENTS)
    return unsaid and bool(text.strip()) and not is_marked(text)


MARKDOWN = Format("markdown", (".md",), "article", _is_markdown, _read_markdown)
PLAIN_TEXT = Format("txt", (".txt",), "article", _is_text, _read)
