"""Objects of the kit as a notebook shows them: what they are, and the first rows of each of their tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pandas as pd

from kit.exhibits import frames
from kit.settings import load_settings
from kit.wording import escape, words

_ROWS = 8  # of each table


def html(result: Any) -> str:
    """Show an object in a notebook, every text escaped."""
    language = load_settings().labels
    tables = list(_tables(result))
    if not tables:
        rows = _fields(result)
        cells = ((escape.html(name), escape.html(one)) for name, one in rows)
        body = "".join(f"<tr><th scope='row'>{name}</th><td>{one}</td></tr>" for name, one in cells)
        title = type(result).__name__ if rows else repr(result)
        return _whole(title, f"<table><tbody>{body}</tbody></table>" if rows else "")
    parts = []
    for name, table in tables:
        more = ""
        if len(table) > _ROWS:
            more = f"<p>{escape.html(words.say('pages.more', language, shown=_ROWS, all=len(table)))}</p>"
        parts.append(f"<h4>{escape.html(name)}</h4>{frames.html(table.head(_ROWS)) or ''}{more}")
    return _whole(repr(result), "".join(parts))


def _whole(title: str, body: str) -> str:
    """Put a title before what is shown."""
    head = f"<p><strong>{escape.html(title)}</strong></p>"
    return f'<div class="kit-result mathjax_ignore tex2jax_ignore">{head}{body}</div>'


def _tables(result: Any) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the tables of an object by their names; of a corpus the sizes of its documents, and no text."""
    kind = type(result).__name__
    if kind in ("Corpus", "PartedCorpus"):
        yield "documents", result.sizes
    elif kind == "Codebook":
        yield "concepts", result.concepts
    elif is_dataclass(result):
        for field in fields(result):
            value = getattr(result, field.name)
            if isinstance(value, pd.DataFrame) and not field.name.startswith("_"):
                yield field.name, value


def _fields(result: Any) -> list[tuple[str, str]]:
    """List the public fields of an object that has no tables, one line each."""
    if not is_dataclass(result):
        return []
    return [
        (field.name, str(getattr(result, field.name))) for field in fields(result) if not field.name.startswith("_")
    ]
