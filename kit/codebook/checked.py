"""A codebook read from its folder, every row checked."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from kit.codebook.codebook import CONCEPT_COLUMNS, CONCEPTS, LISTS, PATTERN_COLUMNS, PATTERNS, version_of
from kit.codebook.kept import State
from kit.codebook.lists import read_lists, with_entries, without_lists
from kit.codebook.notation import SEPARATOR, split
from kit.codebook.problems import as_one
from kit.codebook.spreadsheet import read_table
from kit.codebook.validation import CONDITIONS, check
from kit.errors import CodebookError

_REQUIRED = {CONCEPTS: CONCEPT_COLUMNS[:5], PATTERNS: PATTERN_COLUMNS[:4]}
_DEFAULTS = {"core": "no", "enabled": "yes", "is_name": "no"}
_CODES = ("kind", "language", "enabled", "polarity", "is_name", "core")


def checked(folder: Path, name: str) -> State:
    """Read the files of a folder and put them together, or list what is wrong with them."""
    tables: dict[str, pd.DataFrame] = {}
    problems: list[CodebookError] = []
    unlisted: list[CodebookError] = []
    try:
        lists, wrong = read_lists(folder)
    except CodebookError as error:
        raise as_one([error], name) from error
    problems += wrong
    for file, columns in ((CONCEPTS, CONCEPT_COLUMNS), (PATTERNS, PATTERN_COLUMNS)):
        required = _REQUIRED[file]
        try:
            table, faults = read_table(folder / file, required, columns[len(required) :])
        except CodebookError as error:
            raise as_one([error], name) from error
        table, unknown = with_entries(table, CONDITIONS, lists, file)
        tables[file] = _with_defaults(table)
        problems += faults
        unlisted += unknown
    if unlisted and not (folder / LISTS).exists():
        raise as_one([without_lists(folder, unlisted)], name)
    problems += unlisted
    concepts, patterns = tables[CONCEPTS], tables[PATTERNS].reset_index(drop=True)
    together = concepts.iloc[np.argsort(pd.factorize(concepts["parent"])[0], kind="stable")].reset_index(drop=True)
    found, rules = check(concepts, tables[PATTERNS])
    if problems or found:
        raise as_one([*problems, *found], name)
    return State(together, patterns, lists, rules, version_of(together, patterns))


def _with_defaults(table: pd.DataFrame) -> pd.DataFrame:
    """Fill in what an empty cell means, and write codes and blocks in one way."""
    for column in (name for name in _CODES if name in table):
        table[column] = table[column].str.lower().replace("", _DEFAULTS.get(column, ""))
    if "blocks" in table:
        blocks = [f" {SEPARATOR} ".join(split(cell)) if cell else cell for cell in table["blocks"].tolist()]
        table["blocks"] = pd.array(blocks, dtype="str")
    return table
