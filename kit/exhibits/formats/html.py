"""HTML: the page of a table, and pages complete in themselves: no script, nothing from elsewhere, all text escaped."""

from __future__ import annotations

import functools
import hashlib
import math
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import jinja2
import markupsafe

from kit.exhibits.grid import Grid
from kit.wording import escape
from kit.wording.words import say

_TEMPLATES = Path(__file__).parent / "templates"
_PLAIN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_OTHERS = re.compile(r"[^a-z0-9]+")

# On A4 with margins of 12 mm, upright and across, in points; page.css sets the rest.
_UPRIGHT, _ACROSS = 527, 774
_LETTER, _PADDING = 0.65, 0.7  # em: the width of a letter of a wide font, and of what stands round a cell
_LARGEST, _READABLE, _SMALLEST = 9.0, 7.0, 5.0  # points
_LONG = 20  # letters to which a column of long texts may shrink


#: Names and endings of the other files of a table.
Files = Sequence[tuple[str, str]]


def write(grid: Grid, files: Files = ()) -> bytes:
    """Set a table as a page of its own.

    Parameters
    ----------
    grid : Grid
        The table. Where it has links, its key column leads to the evidence.
    files : sequence of tuple of str
        Names and endings of the table's other files, which the page leads to.

    Returns
    -------
    bytes
        HTML.

    Examples
    --------
    >>> import pandas as pd
    >>> b'id="tbl-x-r1c1"' in write(Grid.of(pd.DataFrame({"n": [1]}), id="tbl-x", title="X"))
    True

    """
    return _page(grid, "grid.html", files)


def entries(grid: Grid, files: Files = ()) -> bytes:
    """Set a table of long texts as a page of entries."""
    return _page(grid, "entries.html", files)


def _page(grid: Grid, rows_as: str, files: Files) -> bytes:
    """Set a table as a page, its rows by a template."""
    told = _told(grid, rows_as)
    return render("table.html", grid.language, evidence=grid.key >= 0, files=files, **told).encode("utf-8")


def cell(grid: Grid, more: str, layout: str = "grid") -> str:
    """Show a table in a notebook."""
    return render("cell.html", grid.language, more=more, **_told(grid, f"{layout}.html"))


def render(template: str, language: str, **values: Any) -> str:
    """Fill in a template."""
    told = functools.partial(_say, language)
    return _environment().get_template(template).render(language=language, say=told, **values)


def missing(id: str, title: Mapping[str, str], reason: Mapping[str, str], language: str) -> str:  # noqa: A002
    """Say in a notebook that an exhibit has nothing to show."""
    return render("missing.html", language, id=id, title=title[language], reason=reason[language])


def anchor(key: str) -> str:
    """Make the name under which a key is found on a page: itself if it is plain, else with digits of its SHA-256."""
    if _PLAIN.fullmatch(key):
        return key
    words = _OTHERS.sub("-", key.lower()).strip("-")[:40].strip("-")
    return f"{words}-{hashlib.sha256(escape.storable(key).encode('utf-8')).hexdigest()[:8]}".lstrip("-")


def _told(grid: Grid, rows_as: str) -> dict[str, Any]:
    """Gather what the templates of a table ask for."""
    columns = zip(grid.columns, grid.looks, strict=True)
    links = grid.links or ("",) * len(grid.rows)
    return {
        "id": grid.id,
        "title": grid.title,
        "note": grid.note,
        "rows_as": rows_as,
        "print": _print(grid),
        "columns": [
            {"heading": column.heading, "unit": column.unit, "number": column.number, "look": look}
            for column, look in columns
        ],
        "rows": [{"cells": row, "link": link} for row, link in zip(grid.rows, links, strict=True)],
        "key": grid.key,
    }


def _print(grid: Grid) -> dict[str, Any]:
    """Settle how a table fits on paper: how large its letters are; across if they were small, words broken if tiny."""
    return fitted([_letters(grid, place) for place in range(len(grid.columns))])


def fitted(letters: Sequence[int]) -> dict[str, Any]:
    """Settle how columns fit on paper, given how many letters of each stand in one line."""
    width = sum(one * _LETTER + _PADDING for one in letters) or 1
    upright, across = (min(_LARGEST, math.floor(10 * sheet / width) / 10) for sheet in (_UPRIGHT, _ACROSS))
    if upright >= _READABLE:
        return {"look": "", "size": upright}
    return {"look": "wide" if across >= _SMALLEST else "wide tight", "size": max(across, _SMALLEST)}


def _letters(grid: Grid, place: int) -> int:
    """Count the letters of a column that stand in one line: its longest number or word, or that of its heading."""
    column, look = grid.columns[place], grid.looks[place]
    words = [*column.heading.split(), *column.unit.split()]
    if look == "long":
        return max([_LONG, *map(len, words)])
    cells = [row[place] for row in grid.rows]
    words += cells if look == "number" else [word for cell in cells for word in cell.split()]
    return max(map(len, words), default=0)


def _say(language: str, key: str, /, **values: Any) -> str:
    """Look up a word of the pages."""
    return say(f"pages.{key}", language, **values)


def _finished(value: Any) -> Any:
    """Spell out hidden characters in all that a template writes."""
    return escape.visible(value) if isinstance(value, str) and not isinstance(value, markupsafe.Markup) else value


def _opening(text: str) -> bool:
    """Tell whether a spreadsheet would take a cell for a formula."""
    return escape.spreadsheet(text) != text


@functools.cache
def _environment() -> jinja2.Environment:
    """Set up the templates."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_finished,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    # A cell that a spreadsheet which opens the page would take for a formula: sdnum, as LibreOffice writes it, and the
    # style sheet's mso-number-format, as Excel does, say that it is text.
    environment.tests["opening"] = _opening
    # The kit's own style sheets, files of this room, are the only texts that are not escaped.
    for name, file in (("style", "page.css"), ("document_style", "document.css")):
        environment.globals[name] = markupsafe.Markup((_TEMPLATES / file).read_text(encoding="utf-8"))  # noqa: S704
    return environment
