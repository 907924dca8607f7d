"""A screen as plain HTML: the table, the article and the code, without controls; every text escaped."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kit.wording import escape

_STYLE = Path(__file__).parent / "widget.css"


def html(shown: Mapping[str, Any], note: str = "") -> str:
    """Write a screen as a piece of HTML.

    Examples
    --------
    >>> from kit.explore.screen import blank
    >>> "&lt;b&gt;" in html(blank("<b>", "en"))
    True

    """
    parts = [f'<div class="kit-explore mathjax_ignore tex2jax_ignore" lang="{escape.html(shown["language"])}">']
    parts.append(f"<style>{_STYLE.read_text(encoding='utf-8')}</style>")
    parts.append(f"<h3>{escape.html(shown['title'])}</h3>")
    parts += [f"<p>{escape.html(one)}</p>" for one in (shown["problem"], shown["status"], *shown["notes"], note) if one]
    if shown["columns"]:
        parts.append(_table(shown))
    if shown["detail"]:
        parts.append(_detail(shown["detail"]))
    if shown["code"]:
        parts.append(f"<pre>{escape.html(shown['code'])}</pre>")
    return "".join([*parts, "</div>"])


def _table(shown: Mapping[str, Any]) -> str:
    """Write the rows."""
    sides = [str(column["side"]) for column in shown["columns"]]
    head = "".join(
        f'<th scope="col" class="{side}">{escape.html(column["heading"])}</th>'
        for side, column in zip(sides, shown["columns"], strict=True)
    )
    rows = (
        "".join(f'<td class="{side}">{escape.html(one)}</td>' for side, one in zip(sides, row["cells"], strict=True))
        for row in shown["rows"]
    )
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _detail(detail: Mapping[str, Any]) -> str:
    """Write an article, its pieces marked as in the widget."""
    facts = "".join(f"<p>{escape.html(one)}</p>" for one in detail["facts"])
    pieces = []
    for piece in detail["pieces"]:
        label = f"<small>[{escape.html(piece['label'])}]</small>" if piece["label"] else ""
        kinds = " ".join(map(str, piece["kinds"]))
        pieces.append(f'<span class="{escape.html(kinds)}">{escape.html(piece["text"])}</span>{label}')
    return f"<article><h4>{escape.html(detail['title'])}</h4>{facts}<div class='text'>{''.join(pieces)}</div></article>"
