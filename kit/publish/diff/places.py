"""Exhibits as places with values: an exhibit, a row, a column and a cell each have one, so that all compare alike."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from kit.exhibits.exhibit import missing
from kit.exhibits.formats.csv import read
from kit.wording import escape

SHOWN, NOTHING, THERE = "shown", "nothing", "there"  # what stands in place of a value where more than a cell is told
Rows = list[list[str]]


class Place(NamedTuple):
    """A cell; a row where `column` is empty, a column where `row` is, an exhibit where both are."""

    exhibit: str
    row: str
    column: str


@dataclass(frozen=True)
class Move:
    """A place whose value is not what it was; None where it is not there."""

    place: Place
    old: str | None
    new: str | None


def moves_of(before: Mapping[str, bytes], now: Mapping[str, bytes]) -> list[Move]:
    """List what differs; of an exhibit, a row or a column that is new or gone, its cells are not told one by one."""
    widths = widths_of(before, now)
    old, new = values_of(before, widths), values_of(now, widths)
    found = {place for place in {**old, **new} if old.get(place) != new.get(place)}
    order = {place: number for number, place in enumerate(dict.fromkeys([*new, *old]))}
    told = [place for place in found if not (_holders(place) & found)]
    return [Move(place, old.get(place), new.get(place)) for place in sorted(told, key=lambda one: _rank(one, order))]


def values_of(files: Mapping[str, bytes], widths: Mapping[str, int]) -> dict[Place, str]:
    """Give every exhibit, row, column and cell its value; `widths` says by how many columns rows are known."""
    values: dict[Place, str] = {}
    for name in sorted(files):
        if "/" not in name and name.startswith(("tbl-", "fig-")) and name.endswith(".json"):
            id_ = name.removesuffix(".json")
            values[Place(id_, "", "")] = NOTHING if _missing(files[name]) else SHOWN
    for id_, rows in _tables(files):
        values[Place(id_, "", "")] = SHOWN
        values |= {Place(id_, "", column): THERE for column in rows[0]}
        for row, cells in keyed(rows, widths.get(id_, 0)).items():
            key = " / ".join(row)
            values[Place(id_, key, "")] = THERE
            values |= {Place(id_, key, column): escape.unguarded(text) for column, text in cells.items()}
    return values


def widths_of(before: Mapping[str, bytes], now: Mapping[str, bytes]) -> dict[str, int]:
    """Say of every exhibit by how many of its first columns a row of either version is known."""
    old, new = dict(_tables(before)), dict(_tables(now))
    return {id_: key_width({**new, **old}[id_], {**old, **new}[id_]) for id_ in {**old, **new}}


def key_width(before: Rows, now: Rows) -> int:
    """Return how many first columns tell the rows of both tables apart; 0 if none do: rows are then matched by number.

    The number of columns is the smallest that will do, and the columns must bear the same names in both.
    """
    for width in range(1, len(before[0]) + 1):
        if before[0][:width] != now[0][:width]:
            return 0
        if all(len({tuple(row[:width]) for row in table[1:]}) == len(table) - 1 for table in (before, now)):
            return width
    return 0


def keyed(table: Rows, width: int) -> dict[tuple[str, ...], dict[str, str]]:
    """Index the rows of a table by their first columns, or by number; one whose columns are another's by both."""
    seen: Counter[tuple[str, ...]] = Counter()
    found = {}
    for number, row in enumerate(table[1:], start=1):
        key = tuple(row[:width]) if width else (str(number),)
        seen[key] += 1
        found[key if seen[key] == 1 else (*key, str(seen[key]))] = dict(zip(table[0], row, strict=False))
    return found


def _tables(files: Mapping[str, bytes]) -> Iterator[tuple[str, Rows]]:
    """Yield the tables, and the data of the figures, that can be read."""
    for name in sorted(files):
        folder, _, file = name.rpartition("/")
        if file.endswith(".csv") and (folder, file[:4]) in (("tables", "tbl-"), ("", "fig-")):
            try:
                rows = read(files[name], name)
            except (ValueError, csv.Error):
                continue  # no table: whoever compares bytes says so
            if rows and rows[0] and len(set(rows[0])) == len(rows[0]):
                yield file.removesuffix(".csv"), rows


def _missing(raw: bytes) -> bool:
    """Tell whether a sidecar says that there is nothing to show."""
    try:
        return missing(json.loads(raw))
    except ValueError:
        return False


def _holders(place: Place) -> set[Place]:
    """List what a place is part of."""
    exhibit, row, column = place
    return {Place(exhibit, *rest) for rest in (("", ""), (row, ""), ("", column))} - {place}


def _rank(place: Place, order: Mapping[Place, int]) -> tuple[str, int]:
    """Order places as a reader meets them: by exhibit, then down its rows."""
    return place.exhibit, order[place]
