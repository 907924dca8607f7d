"""The codebook: concepts with their definitions and sources, and the patterns that name them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cached_property, lru_cache
from importlib import resources
from pathlib import Path

import numpy as np
import pandas as pd

from kit.codebook.asked import Asked
from kit.codebook.kept import checked_rules
from kit.codebook.lists import LISTS, read_lists, with_entries
from kit.codebook.notation import SEPARATOR, split
from kit.codebook.rules import Rule
from kit.codebook.spreadsheet import read_table
from kit.codebook.validation import CONCEPTS, CONDITIONS, PATTERNS, check
from kit.corpus.calls import Call, extended, outside, recorded
from kit.corpus.facts import unchanged
from kit.corpus.garbage import uncollected
from kit.errors import CodebookError, QueryError
from kit.settings import LANGUAGES

CONCEPT_COLUMNS = (
    *("concept", "parent", "label_id", "label_en", "definition"),
    *("definition_id", "include", "exclude", "include_id", "exclude_id", "source", "core", "requires", "refuses"),
)
PATTERN_COLUMNS = (
    *("concept", "pattern", "kind", "language", "enabled", "polarity", "is_name", "requires", "refuses", "blocks"),
    *("example", "note", "stands_for"),
)
#: Columns that codebooks of earlier versions lack: where they say nothing, they have no part in the version.
_ADDED = {
    "stands_for": "",
    **dict.fromkeys(("include", "exclude", "include_id", "exclude_id"), ""),
    "is_name": "no",
    "requires": "",
    "refuses": "",
}
_REQUIRED = {CONCEPTS: CONCEPT_COLUMNS[:5], PATTERNS: PATTERN_COLUMNS[:4]}
_DEFAULTS = {"core": "no", "enabled": "yes", "is_name": "no"}
_CODES = ("kind", "language", "enabled", "polarity", "is_name", "core")
_SHOWN = 20  # problems listed at once


#: Columns that name concepts, with the columns of their labels.
_NAMED: tuple[dict[str, str], ...] = (
    {"concept": "label"},
    {"item": "label"},
    {"concept_a": "label_a", "concept_b": "label_b"},
    {"source": "source_label", "target": "target_label"},
    {"node": "node_label"},
    {"terms": "terms_label"},
)


@dataclass(frozen=True, eq=False)
class Codebook:
    """An immutable codebook. Make one with `kit.load_codebook`.

    Attributes
    ----------
    name : str
        Name of the folder it was read from; ``shipped`` for the kit's own.
    concepts : DataFrame of str, one row per concept, in the order of the file, those of one parent together
        `concept`, `parent` (a group, or another concept), `label_id`, `label_en`, `definition`, `definition_id`,
        `include` and `exclude` (what a coder counts as a mention and what not), `include_id` and `exclude_id` (the same
        in Indonesian), `source`, `core` (yes or no: one of the concepts to report first), `requires`, `refuses`
        (conditions of its patterns that have none of their own).
    patterns : DataFrame of str, one row per pattern, in the order of the file
        `concept`, `pattern`, `kind` (form, phrase or abbreviation), `language` (ISO 639), `enabled` (yes or no),
        `polarity` (empty, or negative: it names the fault), `is_name` (yes or no: it names an institution, law,
        programme or brand), `requires`, `refuses` (what has to stand near a hit, and what must not; see
        ``docs/codebook.md``), `blocks` (phrases inside which a hit does not count, separated by ``|``), `example`,
        `note`, `stands_for` (what an abbreviation stands for, separated by ``|``).
    rules : tuple of Rule, one per pattern
        The patterns made ready to be looked up, once, when they were checked.
    version : str
        The first 12 hexadecimal digits of a SHA-256 over both tables.
    origin : dict
        The call that made the codebook (`kit.corpus.calls`); it has no part in the version.
    lists : mapping of str to str
        What the lists of ``lists.csv`` stand for in conditions, which hold it written out.

    """

    name: str
    _concepts: pd.DataFrame
    _patterns: pd.DataFrame
    rules: tuple[Rule, ...]
    origin: Call = field(default_factory=outside, repr=False)
    lists: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def concepts(self) -> pd.DataFrame:
        """One row per concept."""
        return self._concepts.copy(deep=False)

    @property
    def patterns(self) -> pd.DataFrame:
        """One row per pattern, also those that are not enabled."""
        return self._patterns.copy(deep=False)

    @cached_property
    def enabled(self) -> pd.DataFrame:
        """The patterns that are switched on; not to be changed."""
        return self._patterns[self._patterns["enabled"] == "yes"]

    @cached_property
    def asked(self) -> Asked:
        """The patterns that are switched on, made ready once for all texts."""
        return self.those(self.enabled)

    def those(self, patterns: pd.DataFrame) -> Asked:
        """Return some rows of the patterns, made ready to be looked up."""
        return Asked(patterns, [self.rules[row] for row in patterns.index.tolist()])

    @cached_property
    def version(self) -> str:
        """Hash of every cell: not of separators, line ends or the order of columns, but of the order of rows."""
        tables = [
            [list(table.columns), table.to_numpy().tolist()] for table in map(_said, (self._concepts, self._patterns))
        ]
        content = json.dumps(tables, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:12]

    def about(self) -> dict[str, str]:
        """Return the facts that a reader of a table of this codebook alone needs."""
        return {"codebook": self.version}

    def __repr__(self) -> str:
        """Say how large the codebook is."""
        enabled = int((self._patterns["enabled"] == "yes").sum())
        return (
            f"<Codebook {self.name} {self.version}: {len(self._concepts)} concepts, "
            f"{len(self._patterns)} patterns, {enabled} of them enabled>"
        )

    def labelled(self, table: pd.DataFrame, language: str) -> pd.DataFrame:
        """Return a table of concepts with their labels, in a column behind that of the concepts.

        Parameters
        ----------
        table : DataFrame
            With a column `concept`, or `item` where it has none (then `label` is added), or of pairs: `concept_a` and
            `concept_b` (`label_a`, `label_b`), `source` and `target` (`source_label`, `target_label`); or with a column
            `node` of collocates (`node_label`) or `terms` of clusters, joined by commas (`terms_label`). Not changed.
        language : {"en", "id"}
            Language of the labels.

        Returns
        -------
        DataFrame
            The label (str) is empty for a concept that the codebook does not have; the facts in ``attrs`` are kept.

        Raises
        ------
        CodebookError
            The table has none of these columns.

        Examples
        --------
        >>> import kit, pandas as pd
        >>> kit.load_codebook().labelled(pd.DataFrame({"concept": ["dilayani"], "hits": [2]}), "id")
            concept            label  hits
        0  dilayani  dilayani (pasif)     2

        """
        labels = self._concepts.set_index("concept")[f"label_{language}"].to_dict()
        named = next((names for names in _NAMED if set(names) <= set(table.columns)), None)
        if named is None:
            remedy = f"give one with {' or '.join(' and '.join(names) for names in _NAMED)}"
            raise CodebookError("the table has no column of concepts", place="labelled", remedy=remedy)
        wider = table.copy()
        for name, label in named.items():
            called = pd.array([_called(cell, labels) for cell in table[name]], dtype="str")
            wider.insert(wider.columns.get_loc(name) + 1, label, called)
            if "rows" in wider.attrs:
                wider.attrs["rows"]["others"].append(label)
        if unchanged(table):
            wider.attrs["call"] = extended(self.origin, "labelled", table=table, language=language)
        return wider

    def called(self, concepts: Sequence[str]) -> dict[str, str]:
        """Return what concepts are called, behind each other.

        Parameters
        ----------
        concepts : sequence of str
            What is no concept keeps its name.

        Returns
        -------
        dict of str to str
            By language, ``"en"`` and ``"id"``.

        Examples
        --------
        >>> import kit
        >>> kit.load_codebook().called(["dilayani", "transparansi"])["en"]
        'being served (passive); transparency'

        """
        table = self._concepts.set_index("concept")
        labels = {language: table[f"label_{language}"].to_dict() for language in LANGUAGES}
        return {language: "; ".join(known.get(name, name) for name in concepts) for language, known in labels.items()}

    def with_patterns(
        self, *, enable: Iterable[str | tuple[str, str]] = (), disable: Iterable[str | tuple[str, str]] = ()
    ) -> Codebook:
        """Return the codebook with some patterns switched on or off, to see how much a result depends on them.

        Parameters
        ----------
        enable, disable : iterable of str or (str, str)
            Patterns as the codebook writes them, or (concept, pattern) where several concepts share one.

        Returns
        -------
        Codebook
            Its version differs if anything was switched.

        Raises
        ------
        CodebookError
            There is no such pattern.

        Examples
        --------
        >>> import kit
        >>> codebook = kit.load_codebook()
        >>> wider = codebook.with_patterns(enable=["berdampak"])
        >>> wider.patterns.set_index("pattern").enabled["berdampak"], wider.version == codebook.version
        ('yes', False)

        """
        enabled = self._patterns["enabled"].copy()
        switched: dict[str, list[str | tuple[str, str]]] = {}
        for name, value, wanted in (("enable", "yes", enable), ("disable", "no", disable)):
            switched[name] = [wanted] if isinstance(wanted, str) else list(wanted)
            for pattern in switched[name]:
                enabled[self._rows(pattern)] = value
        origin = extended(self.origin, "with_patterns", **{name: those for name, those in switched.items() if those})
        return replace(self, _patterns=self._patterns.assign(enabled=enabled), origin=origin)

    def chosen(self, concepts: Sequence[str] | None) -> list[str]:
        """Return the concepts named, all if none are, in the codebook's order; refuse a name that is none."""
        names: list[str] = self._concepts["concept"].tolist()
        wanted = names if concepts is None else [concepts] if isinstance(concepts, str) else list(concepts)
        unknown = [name for name in wanted if name not in names]
        if unknown:
            raise QueryError(f"there is no concept {unknown[0]!r}", remedy="name concepts of the codebook")
        return [name for name in names if name in wanted]

    def _rows(self, wanted: str | tuple[str, str]) -> pd.Series:
        """Tell which rows hold a pattern."""
        concept, pattern = ("", wanted) if isinstance(wanted, str) else wanted
        rows = (self._patterns["pattern"] == pattern) & (not concept or self._patterns["concept"] == concept)
        if not rows.any():
            patterns = self._patterns
            there = patterns.loc[patterns["pattern"] == pattern, "concept"].tolist()
            near = get_close_matches(pattern, dict.fromkeys(patterns["pattern"]))
            remedy = f"did you mean {', '.join(near)}?" if near else "write it as in patterns.csv"
            raise CodebookError(
                f"no pattern {pattern!r}" + (f" in {concept!r}" if concept else ""),
                place=f"codebook {self.name}",
                remedy=f"it stands in {', '.join(there)}" if there else remedy,
            )
        return rows


def _called(cell: object, labels: Mapping[str, str]) -> str:
    """Return what a concept is called, or each of several joined by commas; empty where none is of the codebook."""
    names = str(cell).removeprefix("concept:").split(", ")
    return ", ".join(labels.get(name, name) for name in names) if any(name in labels for name in names) else ""


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
        A file is missing or not a table, or rows break the rules of ``kit/codebook/README.md``. One error lists up to
        20 problems, each with its file, row and remedy.

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
    """Read the two files of a folder and put them together, or list what is wrong with them."""
    tables: dict[str, pd.DataFrame] = {}
    problems: list[CodebookError] = []
    try:
        lists, wrong = read_lists(folder)
    except CodebookError as error:
        raise _one([error], name) from error
    problems += wrong
    for file, columns in ((CONCEPTS, CONCEPT_COLUMNS), (PATTERNS, PATTERN_COLUMNS)):
        required = _REQUIRED[file]
        try:
            table, faults = read_table(folder / file, required, columns[len(required) :])
        except CodebookError as error:
            raise _one([error], name) from error
        table, unknown = with_entries(table, CONDITIONS, lists, file)
        tables[file] = _with_defaults(table)
        problems += [*faults, *unknown]
    if problems:
        found, rules = check(tables[CONCEPTS], tables[PATTERNS])
    else:
        found, rules = checked_rules(hashes, lambda: check(tables[CONCEPTS], tables[PATTERNS]))
    if problems or found:
        raise _one([*problems, *found], name)
    concepts = tables[CONCEPTS]
    together = concepts.iloc[np.argsort(pd.factorize(concepts["parent"])[0], kind="stable")]
    patterns = tables[PATTERNS].reset_index(drop=True)
    return Codebook(name, together.reset_index(drop=True), patterns, rules, lists=lists)


def _said(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table without the added columns that say nothing."""
    silent = [name for name, default in _ADDED.items() if name in table and (table[name] == default).all()]
    return table.drop(columns=silent)


def _with_defaults(table: pd.DataFrame) -> pd.DataFrame:
    """Fill in what an empty cell means, and write codes and blocks in one way."""
    for column in (name for name in _CODES if name in table):
        table[column] = table[column].str.lower().replace("", _DEFAULTS.get(column, ""))
    if "blocks" in table:
        blocks = [f" {SEPARATOR} ".join(split(cell)) if cell else cell for cell in table["blocks"].tolist()]
        table["blocks"] = pd.array(blocks, dtype="str")
    return table


def _one(problems: list[CodebookError], name: str) -> CodebookError:
    """Make one error of many."""
    if len(problems) == 1:
        only = problems[0]
        return CodebookError(only.problem, place=f"codebook {name}, {only.place}", remedy=only.remedy)
    more = [f"… and {len(problems) - _SHOWN} more"] if len(problems) > _SHOWN else []
    lines = [*(str(problem) for problem in problems[:_SHOWN]), *more]
    return CodebookError("\n  ".join([f"{len(problems)} problems", *lines]), place=f"codebook {name}")
