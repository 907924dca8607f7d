"""HTML as a browser saves it: one article a page."""

from __future__ import annotations

import html
import json
import logging
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from kit.errors import ReadingError
from kit.reading.article import RawArticle
from kit.reading.columns import Naming
from kit.reading.formats.contract import File, Format
from kit.reading.formats.exports import articles_of_export, export_of, may_be_export
from kit.reading.formats.page_lines import structured, without_rules
from kit.reading.formats.tables import articles_of
from kit.reading.libraries import library, read_by
from kit.reading.markup import is_marked, lines_of_page, lines_of_tree, text_of_fragment, text_of_tree
from kit.reading.metadata import KNOWN
from kit.reading.sheet import Row
from kit.reading.text import decode_head

_ENDINGS = (".html", ".htm", ".xhtml")
_PAGE = re.compile(
    r"\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*(?:<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(rb"<meta[^>]*?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_KNOWN = {*KNOWN, "text", "id"}
_SURE = 2  # columns that the kit knows
_DATES = (
    "article:published_time",
    "datepublished",
    "publishdate",
    "content_publisheddate",
    "dtk:publishdate",
    "date",
    "dc.date",
    "dc.date.issued",
    "pubdate",
    "parsely-pub-date",
    "cxenseparse:recs:publishtime",
)
_NO_NAME = re.compile(r"https?://|^@|^(?:admin|redaksi|editor|administrator|superadmin)$", re.IGNORECASE)
_ARTICLE = (
    "NewsArticle",
    "Article",
    "ReportageNewsArticle",
    "BlogPosting",
    "AnalysisNewsArticle",
    "OpinionNewsArticle",
)


def _read(file: File) -> Iterator[RawArticle]:
    """Yield the article of a page."""
    markup, encoding = decoded(file.data, file.source)
    if may_be_export(markup) and (export := export_of(lines_of_page(markup))):
        yield from articles_of_export(file, export, encoding, read_by("lxml"))
        return
    if "<table" in markup.lower() and (rows := table_of(markup, file.options.naming)):
        names, found = rows
        yield from articles_of(file, names, lambda: found, encoding=encoding, shown="the first row is", reader="lxml")
        return
    text, stated, reader = read_page(markup, file.source)
    yield file.article(text, encoding, stated, reader)


def table_of(markup: str, naming: Naming) -> tuple[list[str], list[Row | ReadingError]] | None:
    """Return the table that is all of a page, as programs write one under the name of a workbook; None if it is none.

    Its heading names texts and another column that the kit knows, and hardly anything stands outside it.
    """
    html = library("lxml", "lxml.html")
    try:
        root = html.document_fromstring(markup.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8"))
    except (ValueError, html.etree.LxmlError):
        return None
    tables = root.findall(".//table")
    if len(tables) != 1 or len(lines_of_tree(root, without=frozenset(tables))) > 1:
        return None
    rows = [[text_of_tree(cell) for cell in row.iter("td", "th")] for row in tables[0].iter("tr")]
    try:
        kept = naming.of(list(filter(None, rows[0]))) if rows else {}
    except ReadingError:
        return None
    if "text" not in kept.values() or sum(name in _KNOWN for name in kept.values()) < _SURE:
        return None
    found = (Row(number, dict(zip(rows[0], cells, strict=False))) for number, cells in enumerate(rows[1:], start=2))
    return list(kept), list(found)


def decoded(data: bytes, place: str, stated: str = "") -> tuple[str, str]:
    """Decode a page by its byte order mark, the encoding that is stated of it or in it, UTF-8, or Windows-1252."""
    found = _CHARSET.search(data[:4096])
    named = [stated, found[1].decode("ascii") if found else ""]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        named = ["utf-16"]
    for encoding in ("utf-8-sig", *filter(None, named), "cp1252"):
        known = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252"}
        try:
            return data.decode(known.get(encoding.lower(), encoding)), encoding.lower().removesuffix("-sig")
        except (UnicodeDecodeError, LookupError):
            continue
    raise ReadingError("is in an unknown encoding", place=place, remedy="save the page anew, in UTF-8")


def read_page(markup: str, place: str, url: str = "") -> tuple[str, dict[str, Any], str]:
    """Return the text of a page, what it states of the article, and what read it."""
    trafilatura = library("trafilatura")
    logging.getLogger("trafilatura").setLevel(
        logging.CRITICAL
    )  # what it would say stands in the table of set-aside files
    utils = library("trafilatura", "trafilatura.utils")
    markup = markup.replace("\x00", "")
    try:
        tree = utils.load_html(markup)
        if tree is None:
            if not is_marked(markup):
                raise ReadingError("holds no page", place=place, remedy="save its text as .txt")
            return text_of_fragment(markup), {}, read_by("lxml")
        stated = facts_of(tree, url)
        found = trafilatura.bare_extraction(tree, include_comments=False, with_metadata=False)
    except (ValueError, TypeError, RecursionError, AssertionError) as error:
        raise ReadingError(f"cannot be read ({type(error).__name__})", place=place, remedy=_COPY) from error
    text = (found.text or "").strip() if found else ""
    text = _below_title(without_rules(structured(tree, text)), stated.get("title", ""))
    if not text:
        raise ReadingError("has no article that can be told from the page round it", place=place, remedy=_COPY)
    return text, stated, read_by("trafilatura")


_COPY = "copy the article from the page into a .txt file"


def _below_title(text: str, title: str) -> str:
    """Return a text without its first line, if that is the title, which is stated apart."""
    first, _, rest = text.partition("\n")
    same = bool(title) and " ".join(first.split()).casefold() == title.casefold()
    return rest.lstrip("\n") if same and rest.strip() else text


def facts_of(tree: Any, url: str = "") -> dict[str, str]:
    """Return what a page states of its article in fields made for it; nothing is looked for in its text."""
    meta: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = (element.get("content") or "").strip()
        if name and content:
            meta.setdefault(name.strip().lower(), content)
    linked = _linked(tree)
    canonical = next(
        (one.get("href") or "" for one in tree.iter("link") if (one.get("rel") or "").lower() == "canonical"), ""
    )
    address = canonical.strip() or meta.get("og:url", "") or url
    if url and address:
        address = urljoin(url, address)
    dates = [linked.get("datePublished", ""), *(meta.get(name, "") for name in _DATES)]
    dates += [
        one.get("datetime") or ""
        for one in tree.iter("time")
        if one.get("itemprop") == "datePublished" or one.get("pubdate") is not None
    ]
    site = linked.get("publisher") or meta.get("og:site_name") or ""
    authors = linked.get("author") or meta.get("author") or meta.get("dc.creator") or ""
    title = linked.get("headline") or meta.get("og:title") or _first(tree, "h1") or _first(tree, "title")
    stated = {
        "title": _without(title, site),
        "date": next(filter(None, dates), ""),
        "outlet": site,
        "author": "" if _NO_NAME.search(authors) else authors,
        "url": address if urlsplit(address).scheme in ("http", "https") else "",
    }
    return {name: html.unescape(" ".join(cell.split())) for name, cell in stated.items() if cell}


def _linked(tree: Any) -> dict[str, str]:
    """Return what the article of a page says in JSON-LD."""
    for element in tree.iter("script"):
        if "ld+json" not in (element.get("type") or ""):
            continue
        try:
            value = json.loads((element.text or "").strip(), strict=False)
        except (ValueError, RecursionError):
            continue
        waiting = [value]
        while waiting:
            one = waiting.pop(0)
            if isinstance(one, list):
                waiting += one
            elif isinstance(one, dict):
                kinds = one.get("@type")
                if any(str(kind) in _ARTICLE for kind in (kinds if isinstance(kinds, list) else [kinds])):
                    keys = ("headline", "datePublished", "author", "publisher")
                    return {key: _name(one[key]) for key in keys if key in one}
                waiting += one.get("@graph") or [] if isinstance(one.get("@graph"), list) else []
    return {}


def _name(value: Any) -> str:
    """Return the name of what JSON-LD names, of several one behind the other."""
    if isinstance(value, dict):
        return _name(value.get("name", ""))
    if isinstance(value, list):
        return "; ".join(filter(None, map(_name, value)))
    return value if isinstance(value, str) else ""


def _first(tree: Any, tag: str) -> str:
    """Return the text of the first element of a kind that has some."""
    return next((text for one in tree.iter(tag) if (text := " ".join("".join(one.itertext()).split()))), "")


def _without(title: str, site: str) -> str:
    """Return a title without the name of the site behind it."""
    for mark in (" - ", " | ", " – ", " — ", " : "):
        head, found, tail = title.rpartition(mark)
        if found and site and tail.strip().casefold() == site.casefold():
            return head.strip()
    return title


def _is_page(file: File) -> bool:
    """Tell a page by its first signs, and by its name where it begins otherwise."""
    text = decode_head(file.head)
    return _PAGE.match(text) is not None or (file.name.endswith(_ENDINGS) and not file.head.startswith(b"PK"))


HTML = Format("html", _ENDINGS, "article", _is_page, _read)
