"""Texts in Markdown as the body of a page: headings have names, tables scroll, HTML in the text is text."""

from __future__ import annotations

import re
from collections.abc import Sequence

import markupsafe
from markdown_it import MarkdownIt
from markdown_it.token import Token

_READER = MarkdownIt("commonmark", {"html": False}).enable("table")
_GONE = re.compile(r"[^\w\- ]")
_BREAK = re.compile(r"&lt;br&gt;")
_NAMED = re.compile(r"&lt;a id=&quot;([a-z0-9_-]+)&quot;&gt;&lt;/a&gt;")
_NAME = re.compile(r'<a id="[^"]*"></a>')


def parsed(text: str) -> list[Token]:
    """Read a text."""
    return _READER.parse(text)


def title(tokens: Sequence[Token]) -> str:
    """Return the text of the first heading."""
    for row, token in enumerate(tokens):
        if token.type == "heading_open":
            return "".join(child.content for child in tokens[row + 1].children or ())
    return ""


def body(tokens: Sequence[Token], taken: dict[str, int] | None = None) -> markupsafe.Markup:
    """Write a text as HTML; `taken` counts the names that headings of the same page have already."""
    _named(tokens, {} if taken is None else taken)
    made = _BREAK.sub("<br>", _READER.renderer.render(tokens, _READER.options, {}))
    made = _NAMED.sub(r'<a id="\1"></a>', made)  # the two pieces of HTML that the sources use
    made = made.replace("<table>", '<div class="scroll" tabindex="0" role="group"><table>')
    made = made.replace("</table>", "</table></div>")
    return markupsafe.Markup(made)  # noqa: S704 - the renderer escapes what the text says


def _named(tokens: Sequence[Token], taken: dict[str, int]) -> None:
    """Give each heading the name by which GitHub links to it."""
    for row, token in enumerate(tokens):
        if token.type == "heading_open":
            text = "".join(child.content for child in tokens[row + 1].children or ())
            name = _GONE.sub("", _NAME.sub("", text).lower()).replace(" ", "-")
            times = taken.get(name, 0)
            taken[name] = times + 1
            token.attrSet("id", f"{name}-{times}" if times else name)
