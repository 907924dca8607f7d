"""What is cited: an exhibit, or one cell of a table, found in the folder of figures."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kit.errors import ExhibitError
from kit.exhibits import citation, exhibit
from kit.settings import RELEASED
from kit.wording import escape
from kit.wording.words import heading, say

_OTHERS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Cited:
    """What stands in a bibliography, in one language.

    Parameters
    ----------
    key : str
        What a paper cites it by: the id; of a cell with row and column, joined by hyphens.
    author, title, year : str
        The kit; all that identifies the exhibit, without a full stop at the end; the year of the kit's release.

    """

    key: str
    author: str
    title: str
    year: str


def find_cited(figures: Path, name: str, language: str) -> Cited:
    """Find an exhibit, ``tbl-concepts``, or a cell of a table, ``tbl-concepts/akuntabilitas/mentions``.

    A cell is named by what stands in one of the columns of text of its row, and by its column's own name.
    """
    id, _, cell = name.partition("/")  # noqa: A001
    exhibit.kind_of(id)
    file = figures / f"{id}.json"
    if not file.is_file():
        raise ExhibitError("there is no such exhibit", place=id, remedy="python3 make.py list names them all")
    sidecar = json.loads(file.read_bytes())
    if exhibit.missing(sidecar):
        raise ExhibitError(sidecar["missing"]["en"], place=id, remedy="cite it when there is something to show")
    title = citation.plain(sidecar, language).removesuffix(".")
    title = f"{_told(figures, id, cell, language)}. {title}" if cell else title
    return Cited(
        _OTHERS.sub("-", name.lower()).strip("-"), say("pages.maker", language), escape.one_line(title), RELEASED[:4]
    )


def _told(figures: Path, id: str, cell: str, language: str) -> str:  # noqa: A002
    """Say what a cell holds."""
    key, slash, column = cell.rpartition("/")
    if not slash or not id.startswith("tbl-"):
        remedy = f"name a row and a column of a table: {id}/akuntabilitas/mentions"
        raise ExhibitError(f"{cell!r} is no cell", place=id, remedy=remedy)
    with (figures / "tables" / f"{id}.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    found = [row for row in rows if key in map(escape.unguarded, row.values())]
    if not found:
        raise ExhibitError(f"no row has {key!r}", place=id, remedy=f"look it up in tables/{id}.csv")
    if column not in found[0]:
        remedy = "use " + ", ".join(found[0])
        raise ExhibitError(f"there is no column {column!r}", place=id, remedy=remedy)
    if len(found) > 1:
        raise ExhibitError(f"{len(found)} rows have {key!r}", place=id, remedy=_alone(rows, found[0], key))
    value = escape.unguarded(found[0][column])
    return say("pages.cell", language, row=key, column=heading(column, language), value=value or "–")


def _alone(rows: list[dict[str, str]], row: Mapping[str, Any], key: str) -> str:
    """Name a value that only one row has, as the way out."""
    values = [escape.unguarded(value) for value in row.values()]
    told = (value for value in values if value != key and sum(value in other.values() for other in rows) == 1)
    return f"name a value that one row alone has, such as {next(told, 'none of these')}"
