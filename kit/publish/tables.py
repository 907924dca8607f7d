"""A table as it lies in the folder of figures: its sidecar, its rows, and a name for each of them."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import Any

from kit.exhibits import exhibit
from kit.wording import escape

_OTHERS = re.compile(r"[^a-z0-9]+")
_MOST = 3  # columns whose texts together name a row


class PublishedTable:
    """A table of the folder of figures.

    Parameters
    ----------
    figures : Path
        The folder.
    id : str
        The table's id.

    """

    def __init__(self, figures: Path, id: str) -> None:  # noqa: A002
        self.id = id
        self.csv = figures / "tables" / f"{id}.csv"
        self.page = self.csv.with_suffix(".html")
        self.sidecar: dict[str, Any] = json.loads((figures / f"{id}.json").read_bytes())

    @cached_property
    def rows(self) -> list[dict[str, str]]:
        """The rows, each cell as the CSV file has it, without what guards it in a spreadsheet."""
        with self.csv.open(encoding="utf-8", newline="") as stream:
            read = csv.DictReader(stream)
            return [{name: escape.unguarded(cell) for name, cell in row.items()} for row in read]

    @cached_property
    def texts(self) -> list[str]:
        """The columns that hold anything but numbers; all columns if there is none."""
        names = [name for name in self.rows[0] if not all(is_number(row[name]) for row in self.rows)]
        return names or list(self.rows[0])

    @cached_property
    def names(self) -> list[str]:
        """A name for each row, of lower-case letters, digits and hyphens; empty where none tells it from the others."""
        made: list[str] = []
        for chosen in (c for number in range(1, _MOST + 1) for c in combinations(self.texts, number)):
            said = [slug(" ".join(row[name] for name in chosen)) for row in self.rows]
            made = made or said
            if len(set(said)) == len(said) and all(said):
                return said
        shared = Counter(made)
        return [name if shared[name] == 1 else "" for name in made]


def is_number(cell: str) -> bool:
    """Tell whether a cell of a CSV file is a number or empty."""
    if not cell:
        return True
    try:
        float(cell)
    except ValueError:
        return False
    return "_" not in cell


def slug(text: str) -> str:
    """Make a name of a text that files, LaTeX and Word can hold."""
    return _OTHERS.sub("-", text.lower()).strip("-")


def sidecars(figures: Path) -> Iterator[dict[str, Any]]:
    """Yield the sidecars of the exhibits that have something to show, by id; those that cannot be read are left out."""
    for file in sorted([*figures.glob("tbl-*.json"), *figures.glob("fig-*.json")]):
        try:
            sidecar = json.loads(file.read_bytes())
        except (OSError, ValueError):
            continue
        if isinstance(sidecar, dict) and sidecar.get("id") == file.stem and not exhibit.missing(sidecar):
            yield sidecar
