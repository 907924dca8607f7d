"""What moved, for a reader: lines for a terminal, a CSV file and a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kit.exhibits.exhibit import write
from kit.exhibits.formats import csv, html
from kit.exhibits.grid import Column, Grid
from kit.publish.diff.causes import Cause
from kit.publish.diff.places import Move
from kit.wording import escape
from kit.wording.words import say

_COLUMNS = ("exhibit", "row", "column", "old", "new", "why")
_SHORT = 60  # characters of a value in a line


@dataclass(frozen=True)
class Told:
    """A move and its cause."""

    move: Move
    cause: Cause


def write_pages(
    folder: Path, stem: str, told: Sequence[Told], revision: str, note: str, language: str
) -> tuple[Path, Path]:
    """Write what moved as a page and as a CSV file; return both."""
    grid = Grid(
        tuple(Column(name, say(f"diff.column.{name}", language)) for name in _COLUMNS),
        tuple(_row(one, language) for one in told),
        language,
        stem,
        say("diff.title", language, revision=revision),
        note if told else f"{say('diff.nothing', language, revision=revision)}. {note}",
    )
    page, table = f"{stem}.html", f"{stem}.csv"
    write(folder, {table: csv.write(grid), page: html.write(grid, (("CSV", "csv"),))})
    return folder / page, folder / table


def lines_of(told: Sequence[Told], revision: str, language: str, most: int) -> Iterator[str]:
    """Say what moved in lines: the sum, then one for each, of many the first."""
    if not told:
        yield say("diff.nothing", language, revision=revision)
        return
    exhibits = say("diff.exhibits", language, n=len({one.move.place.exhibit for one in told}))
    yield say("diff.result", language, n=len(told), exhibits=exhibits, revision=revision)
    for cause, number in Counter(_short_cause(one.cause, language) for one in told).most_common():
        yield f"  {cause}: {number}"
    yield ""
    for one in told[:most]:
        exhibit, row, column, old, new, why = (escape.one_line(text) for text in _row(one, language))
        place = "/".join(filter(None, (exhibit, row, column)))
        yield f"{place}: {_cut(old)} → {_cut(new)}: {why}"
    if len(told) > most:
        yield say("pages.more", language, shown=most, all=len(told))


def _row(one: Told, language: str) -> tuple[str, ...]:
    """Write the cells of a move."""
    move, whole = one.move, not (one.move.place.row and one.move.place.column)
    values = (_value(text, language, whole=whole) for text in (move.old, move.new))
    return (*move.place, *values, one.cause.told(language))


def _value(text: str | None, language: str, *, whole: bool) -> str:
    """Write a value for a reader; of more than a cell, that it is there."""
    if text is None:
        return say("diff.value.absent", language)
    if whole:
        return say(f"diff.value.{text}", language)
    return text or say("diff.value.empty", language)


def _short_cause(cause: Cause, language: str) -> str:
    """Name a cause without its shares, so that equal ones are counted together."""
    return Cause(cause.how, cause.inputs, aside=cause.aside).told(language)


def _cut(text: str) -> str:
    """Cut a long value."""
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 1]}…"
