"""Objects of the kit as a notebook or a prompt shows them: what they are, and the first rows of their tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pandas as pd

from kit.exhibits import frames
from kit.settings import load_settings
from kit.wording import escape, words

_ROWS = 8  # of each table


def text(result: Any) -> str:
    """Show an object at a prompt: what it is, and the first rows of its tables, or its fields line by line."""
    tables = list(_tables(result))
    rows = [] if tables else [*_fields(result)]
    width = max((len(name) for name, _ in rows), default=0)
    shown = [type(result).__name__ if rows else repr(result), *(f"{name:{width}}  {one}" for name, one in rows)]
    for name, table in tables:
        shown += ["", f"{name} ({len(table):,})", frames.text(table.head(_ROWS))]
    return "\n".join(map(escape.visible, "\n".join(shown).split("\n")))


def html(result: Any) -> str:
    """Show an object in a notebook, every text escaped."""
    language = load_settings().labels
    tables = list(_tables(result))
    if not tables:
        rows = [*_fields(result)]
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
    elif kind == "FrequencyList":
        yield "items", pd.DataFrame({"item": result.items, "per_million": result.per_million})
    elif is_dataclass(result):
        for field in fields(result):
            value = getattr(result, field.name)
            if isinstance(value, pd.DataFrame) and not field.name.startswith("_"):
                yield field.name, value


def _fields(result: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """Yield the public fields of an object, line by line, those of an object in it under its name."""
    if not is_dataclass(result):
        return
    for field in fields(result):
        value = getattr(result, field.name)
        if is_dataclass(value):
            yield from _fields(value, f"{before}{field.name}.")
        elif not field.name.startswith("_"):
            yield f"{before}{field.name}", str(value)
