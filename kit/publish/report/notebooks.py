"""An executed notebook as a page: text, code, and results; exhibits as they are shown elsewhere, nothing that runs."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import bleach
import markupsafe

from kit.exhibits.formats import document, html
from kit.publish.tables import is_number

#: Makes of an id what a page shows of that exhibit; None if there is no such exhibit.
Shown = Callable[[str], Mapping[str, Any] | None]

_EXHIBIT = re.compile(
    r"<(?:div|figure) class=\"mathjax_ignore[^>]*>.{0,2000}?<code>((?:tbl|fig)-[a-z0-9-]+)</code>", re.DOTALL
)
_RUNS = re.compile(r"<(script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_PICTURE = re.compile(r"data:image/(png|jpeg|gif);base64,[A-Za-z0-9+/=\s]*")
_COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_TAGS = frozenset(
    (
        "a", "abbr", "b", "blockquote", "br", "caption", "code", "dd", "del", "div", "dl", "dt", "em", "h3", "h4", "h5",
        "h6", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "s", "small", "span", "strong", "sub", "sup",
        "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul", "wbr",
    )
)  # fmt: skip
_KEPT = ("colspan", "rowspan", "scope", "lang", "dir", "title", "alt")
_TABLE = re.compile(r"<table>(.*?)</table>", re.DOTALL)
_CELL = re.compile(r"<(t[hd])\b[^>]*>(.*?)</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)


class Piece(NamedTuple):
    """A piece of a page: its kind, and what the template writes of it."""

    kind: str
    value: Any


def pieces(notebook: Mapping[str, Any], shown: Shown) -> Iterator[Piece]:
    """Yield the pieces of a notebook: text, code, plain, markup, picture, exhibit (shown once), again (its id)."""
    taken: dict[str, int] = {}
    before: set[str] = set()
    for cell in notebook["cells"]:
        source = _text(cell["source"])
        if not source.strip():
            continue
        if cell["cell_type"] == "markdown":
            yield Piece("text", document.body(document.parsed(source), taken))
        else:
            yield Piece("code", source)
            for output in cell.get("outputs", ()):
                yield from _results(output, shown, before)


def title(notebook: Mapping[str, Any]) -> str:
    """Return the first heading of a notebook; empty if it has none."""
    texts = (_text(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "markdown")
    return next(filter(None, (document.title(document.parsed(text)) for text in texts)), "")


def exhibits(notebook: Mapping[str, Any]) -> list[str]:
    """List the ids of the exhibits that a notebook shows."""
    results = (output for cell in notebook["cells"] for output in cell.get("outputs", ()))
    found = (_EXHIBIT.match(_text(one.get("data", {}).get("text/html", ""))) for one in results)
    return list(dict.fromkeys(match[1] for match in found if match))


def _results(output: Mapping[str, Any], shown: Shown, before: set[str]) -> Iterator[Piece]:
    """Yield the pieces of an output of a cell."""
    if output["output_type"] == "stream":
        yield Piece("plain", _COLOUR.sub("", _text(output["text"])))
        return
    if output["output_type"] == "error":
        yield Piece("plain", _COLOUR.sub("", "\n".join(output["traceback"])))
        return
    data = output["data"]
    markup = _text(data.get("text/html", ""))
    named = _EXHIBIT.match(markup)
    exhibit = shown(named[1]) if named else None
    if named and exhibit is not None:
        yield Piece("again" if named[1] in before else "exhibit", exhibit)
        before.add(named[1])
        return
    pictures = [kind for kind in ("image/png", "image/jpeg", "image/svg+xml") if kind in data]
    plain = _text(data.get("text/plain", ""))
    if markup:
        yield Piece("markup", inert(markup))
    elif pictures:
        yield Piece("picture", {"source": _source(pictures[0], _text(data[pictures[0]])), "alt": plain})
    elif plain:
        yield Piece("plain", plain)


def inert(markup: str) -> markupsafe.Markup:
    """Keep of a piece of HTML what can neither run nor ask for anything, its tables fitted to the sheet."""
    kept = bleach.clean(
        _RUNS.sub("", markup), tags=_TAGS, attributes=_allowed, protocols=["http", "https", "data"], strip=True
    )
    kept = kept.replace("<img>", "").replace("<th></th>", "<td></td>")
    return markupsafe.Markup(_TABLE.sub(_fitted, kept))  # noqa: S704 - cleaned by a library made for it


def _allowed(tag: str, name: str, value: str) -> bool:
    """Tell whether an attribute stays."""
    if tag == "img" and name == "src":
        return _PICTURE.fullmatch(value) is not None
    if tag == "a" and name == "href":
        return value.startswith(("https://", "http://"))
    return name in _KEPT


def _fitted(table: re.Match[str]) -> str:
    """Give a table the size in which it fits on paper, and numbers their place."""
    rows = [_CELL.findall(row) for row in _ROW.findall(table[1])]
    letters = [0] * max(map(len, rows), default=0)
    for row in rows:
        for place, (_, cell) in enumerate(row):
            text = _TAG.sub(" ", cell)
            letters[place] = max([letters[place], *map(len, text.split())])
    size = html.fitted(letters)
    inside = _CELL.sub(_placed, table[1])
    look = f' class="{size["look"]}"' if size["look"] else ""
    table_ = f'<table{look} style="--size:{size["size"]}pt">{inside}</table>'
    return f'<div class="scroll" role="group" tabindex="0">{table_}</div>'


def _placed(cell: re.Match[str]) -> str:
    """Set a cell that holds a number flush right."""
    number = cell[1] == "td" and cell[2].strip() and is_number(cell[2].strip())
    return cell[0].replace("<td", '<td class="number"', 1) if number else cell[0]


def _source(kind: str, data: str) -> str:
    """Write a picture into an address."""
    if kind == "image/svg+xml":
        data = base64.b64encode(data.encode("utf-8", "surrogatepass")).decode("ascii")
    return f"data:{kind};base64,{''.join(data.split())}"


def _text(value: Any) -> str:
    """Return a text that a notebook holds as one or as a list of lines."""
    return "".join(value) if isinstance(value, list) else str(value)
