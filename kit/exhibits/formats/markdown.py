"""Markdown for pandoc and Quarto: a pipe table with a caption that can be referred to, and its note."""

from __future__ import annotations

from collections.abc import Iterable

from kit.exhibits.grid import Grid
from kit.wording import escape
from kit.wording.words import say


def write(grid: Grid) -> bytes:
    """Set a table as a pipe table.

    Parameters
    ----------
    grid : Grid
        The table.

    Returns
    -------
    bytes
        Markdown.

    Examples
    --------
    >>> import pandas as pd
    >>> print(write(Grid.of(pd.DataFrame({"x": [1]}), id="tbl-x", title="Concepts")).decode(), end="")
    | x |
    |---:|
    | 1 |
    <BLANKLINE>
    : Concepts {#tbl-x}

    """
    rule = "|".join("---:" if column.number else ":---" for column in grid.columns)
    lines = [_piped(column.heading for column in grid.columns), f"|{rule}|"]
    lines += [_piped(row) for row in grid.rows]
    lines += ["", f": {escape.markdown(grid.title)} {{#{grid.id}}}"]
    if grid.note:
        lines += ["", f"*{say('pages.note', grid.language)}* {escape.markdown(grid.note)}"]
    return "\n".join([*lines, ""]).encode("utf-8")


def _piped(texts: Iterable[str]) -> str:
    """Set one row."""
    return "| " + " | ".join(escape.markdown(text) for text in texts) + " |"
