"""The numbers of all tables by name, as a paper may hold them: raw, and as a reader of each language sees them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from html import unescape
from pathlib import Path

import pandas as pd

from kit.exhibits.grid import Grid
from kit.publish.tables import PublishedTable, is_number, sidecars
from kit.settings import LANGUAGES
from kit.wording.numerals import POINT

MOST = 500  # rows; numbers of longer tables are cited one by one, with make.py cite
_HEADING = re.compile(r"<th scope=\"col\"[^>]*>(.*?)</th>", re.DOTALL)
_ROW = re.compile(r"<tr[^>]*>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<t[dh][^>]*>(.*?)</t[dh]>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Number:
    """One number of a table.

    Parameters
    ----------
    name : str
        Table, row and column: ``tbl-concepts/akuntabilitas/mentions``.
    raw : str
        As the CSV file has it.
    shown, unit : dict of str to str
        As a reader of each language sees it in the table; the unit may be empty.

    """

    name: str
    raw: str
    shown: dict[str, str]
    unit: dict[str, str]


def numbers_of(figures: Path) -> list[Number]:
    """List the numbers of all tables of at most `MOST` rows whose rows have names, sorted by name."""
    tables = (one["id"] for one in sidecars(figures) if one["kind"] == "table" and 0 < one.get("rows", 0) <= MOST)
    found = [number for id_ in tables for number in _of_table(PublishedTable(figures, id_))]
    return sorted(found, key=lambda number: number.name)


def seal(name: str, text: str) -> str:
    """Hash a number's name with what stands in a paper, so that a change by hand shows: eight digits."""
    return hashlib.sha256(f"{name}\0{text}".encode()).hexdigest()[:8]


def as_json(numbers: list[Number]) -> bytes:
    """Write ``numbers.json``: name to raw value, shown value and unit."""
    content = {number.name: {k: v for k, v in asdict(number).items() if k != "name"} for number in numbers}
    return json.dumps(content, ensure_ascii=False, indent=0, sort_keys=True).encode() + b"\n"


def _of_table(table: PublishedTable) -> Iterator[Number]:
    """Yield the numbers of one table."""
    rows = table.rows
    names = [name for name in rows[0] if name not in table.texts]
    if not names:
        return
    frame = pd.DataFrame({name: pd.to_numeric(pd.Series([row[name] for row in rows])) for name in names})
    decimals = {name: places for name, places in _decimals(table).items() if name in names}
    grids = {language: Grid.of(frame, decimals=decimals, language=language, id=table.id).rows for language in LANGUAGES}
    units = {one["name"]: one["unit"] for one in table.sidecar["columns"]}
    for place, (key, row) in enumerate(zip(table.names, rows, strict=True)):
        for column, name in enumerate(names):
            if key and row[name] and is_number(row[name]):
                shown = {language: grid[place][column] for language, grid in grids.items()}
                yield Number(
                    f"{table.id}/{key}/{name}", row[name], shown, units.get(name, dict.fromkeys(LANGUAGES, ""))
                )


def _decimals(table: PublishedTable) -> dict[str, int]:
    """Read off the table's own page how many decimals its columns show."""
    page = table.page.read_text(encoding="utf-8") if table.page.is_file() else ""
    headings = [unescape(_TAG.sub("\n", one)).strip().split("\n")[0] for one in _HEADING.findall(page)]
    language = table.sidecar["labels"]
    named = {one["heading"][language]: one["name"] for one in table.sidecar["columns"]}
    found: dict[str, int] = {}
    for row in _ROW.findall(page.partition("<tbody>")[2]):
        for heading, cell in zip(headings, _CELL.findall(row), strict=False):
            digits = _TAG.sub("", cell).partition(POINT[language])[2]
            if heading in named and re.fullmatch(r"\d*", digits):
                name = named[heading]
                found[name] = max(found.get(name, 0), len(digits))
    return found
