"""Lists of words that several conditions look for: ``lists.csv`` names each once, and ``{name}`` stands for it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

import pandas as pd

from kit.codebook.codebook import LISTS
from kit.codebook.notation import SEPARATOR
from kit.codebook.spreadsheet import read_table, saved_as_csv
from kit.errors import CodebookError

_REQUIRED, _OPTIONAL = ("list", "entry"), ("note",)
_NAMED = re.compile(r"\{([^{}]*)\}")
_NO_ENTRY = re.compile(r"[|;{}]")


def read_lists(folder: Path) -> tuple[dict[str, str], list[CodebookError]]:
    """Return what each list stands for in a condition, and what is wrong with the file; a folder may have none."""
    if not (folder / LISTS).exists():
        return {}, []
    table, problems = read_table(folder / LISTS, _REQUIRED, _OPTIONAL)
    entries: dict[str, list[str]] = {}
    for number, name, entry in zip(table.index, table["list"], table["entry"], strict=True):
        wrong = "names no list" if not name else "names no entry" if not entry else ""
        if _NO_ENTRY.search(name + entry):
            wrong = "holds |, ;, { or }"
        if wrong:
            remedy = "write the name of a list, and one word, phrase or @concept"
            problems.append(CodebookError(wrong, place=f"{LISTS}, row {number}", remedy=remedy))
        else:
            entries.setdefault(name, []).append(entry)
    return {name: f" {SEPARATOR} ".join(those) for name, those in entries.items()}, problems


def with_entries(
    table: pd.DataFrame, columns: tuple[str, ...], lists: Mapping[str, str], place: str
) -> tuple[pd.DataFrame, list[CodebookError]]:
    """Return a table whose conditions hold the entries of the lists they name, and what is wrong with them."""
    problems: list[CodebookError] = []
    wider: dict[str, list[str]] = {column: table[column].tolist() for column in columns}
    numbers = table.index.tolist()
    written: dict[str, str] = {}  # many patterns have the same conditions
    for column, cells in wider.items():
        for row, cell in enumerate(cells):
            if "{" not in cell:
                continue
            unknown = [] if cell in written else [name for name in _NAMED.findall(cell) if name not in lists]
            if unknown:
                problems.append(_unknown(unknown[0], lists, f"{place}, row {numbers[row]}", column))
                cells[row] = ""
                continue
            if cell not in written:
                written[cell] = _NAMED.sub(lambda found: lists[found[1]], cell)
            cells[row] = written[cell]
    return table.assign(**{column: pd.array(cells, dtype="str") for column, cells in wider.items()}), problems


def _unknown(name: str, lists: Mapping[str, str], place: str, column: str) -> CodebookError:
    """Return the error for a list that is not there."""
    near = get_close_matches(name, lists, n=1)
    remedy = f"did you mean {{{near[0]}}}?" if near else f"add its entries to {LISTS} (columns list and entry)"
    return CodebookError(f"{column}: no list {name!r}", place=place, remedy=remedy)


def without_lists(folder: Path, unlisted: Sequence[CodebookError]) -> CodebookError:
    """Return the error for a folder without the file of lists, where conditions name some of it."""
    copy = "copy it from where the two other files come from (the shipped three stand in kit/codebook/)"
    named = "1 condition names a list" if len(unlisted) == 1 else f"{len(unlisted):,} conditions name lists"
    return CodebookError(
        f"is missing, and {named} of it, first in {unlisted[0].place}",
        place=LISTS,
        remedy=saved_as_csv(folder / LISTS) or copy,
    )


def listed(text: str, lists: Mapping[str, str]) -> str:
    """Put the names of lists in the place of their entries, for readers.

    Examples
    --------
    >>> listed("document: bola | gol | wasit", {"olahraga": "bola | gol"})
    'document: {olahraga} | wasit'

    """
    for name in sorted(lists, key=lambda name: -len(lists[name])):
        text = text.replace(lists[name], f"{{{name}}}")
    return text
