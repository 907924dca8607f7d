"""Reading a codebook from its folder, every row checked."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib import resources
from pathlib import Path

import numpy as np
import pandas as pd

from kit.codebook.codebook import CONCEPT_COLUMNS, PATTERN_COLUMNS, Codebook, version_of
from kit.codebook.kept import Checked, checked_rules
from kit.codebook.lists import LISTS, read_lists, with_entries, without_lists
from kit.codebook.notation import SEPARATOR, split
from kit.codebook.problems import as_one
from kit.codebook.spreadsheet import read_table
from kit.codebook.validation import CONCEPTS, CONDITIONS, PATTERNS, check
from kit.corpus.calls import recorded
from kit.corpus.garbage import uncollected
from kit.errors import CodebookError

_REQUIRED = {CONCEPTS: CONCEPT_COLUMNS[:5], PATTERNS: PATTERN_COLUMNS[:4]}
_DEFAULTS = {"core": "no", "enabled": "yes", "is_name": "no"}
_CODES = ("kind", "language", "enabled", "polarity", "is_name", "core")


@recorded()
def load_codebook(path: str | Path | None = None) -> Codebook:
    """Read a codebook and check every row of it.

    Parameters
    ----------
    path : str or Path, optional
        A folder with ``concepts.csv``, ``patterns.csv`` and, where conditions name lists, ``lists.csv``, as a
        spreadsheet saves them (comma, semicolon or tab; with or without byte order mark). The shipped codebook if left
        out.

    Returns
    -------
    Codebook

    Raises
    ------
    CodebookError
        A file is missing or not a table, or rows break the rules of ``kit/codebook/README.md``. One error lists
        them with their files, rows and remedies, a cause that many rows share once.

    Examples
    --------
    >>> import kit
    >>> codebook = kit.load_codebook()
    >>> len(codebook.concepts), (codebook.concepts.core == "yes").sum()
    (36, np.int64(22))

    """
    if path is None:
        with resources.as_file(resources.files("kit.codebook")) as folder:
            return _load(folder, "shipped")
    folder = Path(path)
    if not folder.is_dir():
        told = f"name its folder, {folder.parent}" if folder.is_file() else "check the path"
        remedy = f"{told}: a codebook is a folder that holds {CONCEPTS} and {PATTERNS}"
        raise CodebookError("is no folder", place=str(path), remedy=remedy)
    return _load(folder, folder.resolve().name)


def _load(folder: Path, name: str) -> Codebook:
    """Read the files of a folder, unless they are what was read before."""
    files = [folder / file for file in (CONCEPTS, PATTERNS, LISTS)]
    return _read(
        folder, name, *(hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else "" for file in files)
    )


@lru_cache(maxsize=4)
@uncollected()
def _read(folder: Path, name: str, *hashes: str) -> Codebook:
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

    def checked() -> Checked:
        found, rules = check(concepts, tables[PATTERNS])
        return [*problems, *found], rules, "" if problems or found else version_of(together, patterns)

    found, rules, version = checked() if problems else checked_rules(hashes, checked)
    if found:
        raise as_one(found, name)
    codebook = Codebook(name, together, patterns, rules, lists=lists)
    vars(codebook)["version"] = version  # where it stays once it was asked for
    return codebook


def _with_defaults(table: pd.DataFrame) -> pd.DataFrame:
    """Fill in what an empty cell means, and write codes and blocks in one way."""
    for column in (name for name in _CODES if name in table):
        table[column] = table[column].str.lower().replace("", _DEFAULTS.get(column, ""))
    if "blocks" in table:
        blocks = [f" {SEPARATOR} ".join(split(cell)) if cell else cell for cell in table["blocks"].tolist()]
        table["blocks"] = pd.array(blocks, dtype="str")
    return table
