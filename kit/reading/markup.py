"""Markup that stands where a text is expected: a cell of a table, or a piece of a page."""

from __future__ import annotations

import re
from typing import Any

from kit.errors import ReadingError
from kit.reading.libraries import library

_TAG = re.compile(
    r"</(?:p|div|a|b|i|strong|em|span|li|ul|ol|h[1-6]|td|tr|table|article|section|body)\s*>|<br\s*/?>|<p(?:\s[^<>]*)?>",
    re.IGNORECASE,
)
# fmt: off
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "center", "dd", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main",
    "nav", "ol", "p", "pre", "section", "table", "tbody", "tfoot", "thead", "tr", "ul",
))
# fmt: on
_DROPPED = frozenset(["script", "style", "noscript", "template", "iframe", "object", "svg", "head", "title"])
_BLANKS = re.compile(r"[ \t\r\n\f]+")


def is_marked(text: str) -> bool:
    """Tell whether a text has markup of HTML in it.

    Examples
    --------
    >>> is_marked("<p>Warga dilayani.</p>"), is_marked("jika a < b dan b > c")
    (True, False)

    """
    return "<" in text and _TAG.search(text) is not None


def text_of_fragment(markup: str) -> str:
    r"""Return the text of a piece of HTML, one line a block.

    Examples
    --------
    >>> text_of_fragment("<p>Warga &amp; <b>ASN</b>.</p><p>Dua<br>tiga.</p>")
    'Warga & ASN.\nDua\ntiga.'

    """
    html = library("lxml", "lxml.html")
    try:
        return text_of_tree(html.fromstring(f"<div>{markup}</div>"))
    except (ValueError, html.etree.LxmlError) as error:
        raise ReadingError("text holds markup that cannot be read", remedy="write the text without tags") from error


def lines_of_page(markup: str) -> list[str]:
    """Return all lines of a page, cells of tables on lines of their own, nothing left out but scripts."""
    html = library("lxml", "lxml.html")
    try:
        parser = html.HTMLParser(encoding="utf-8")
        return lines_of_tree(html.document_fromstring(markup.encode("utf-8"), parser=parser), cells=True)
    except (ValueError, html.etree.LxmlError):
        return []


def lines_of_tree(root: Any, *, cells: bool = False, without: frozenset[Any] = frozenset()) -> list[str]:
    """Return the lines of an element of lxml, each block on lines of its own, blanks as a browser shows them."""
    pieces: list[str] = []
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:  # no recursion: pages nest as deep as they like
        element, done = stack.pop()
        if isinstance(element, str):
            pieces.append(element)
            continue
        tag = element.tag if isinstance(element.tag, str) else ""
        if done:
            pieces.append("\0")
            continue
        skipped = not tag or tag in _DROPPED or element in without
        if element.tail and element is not root:
            stack.append((element.tail, False))
        if skipped:
            continue
        block = tag in _BLOCKS or (cells and tag in ("td", "th"))
        if block:
            pieces.append("\0")
            stack.append((element, True))
        elif tag in ("td", "th"):
            pieces.append(" ")
        stack.extend((child, False) for child in reversed(element))
        if element.text:
            stack.append((element.text, False))
    whole = "".join(pieces)
    return [line for line in (_BLANKS.sub(" ", one).strip() for one in whole.split("\0")) if line]


def text_of_tree(root: Any) -> str:
    """Return the text of an element of lxml, one line a block."""
    return "\n".join(lines_of_tree(root))
