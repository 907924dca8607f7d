"""The codebook: concepts with their definitions and sources, and the patterns that name them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from kit.codebook.asked import Asked
from kit.corpus.calls import Call, extended, outside
from kit.corpus.facts import unchanged
from kit.errors import CodebookError, QueryError
from kit.settings import LANGUAGES

if TYPE_CHECKING:
    from kit.codebook.rules import Rule

#: The files of a codebook.
CONCEPTS, PATTERNS, LISTS = "concepts.csv", "patterns.csv", "lists.csv"
CONCEPT_COLUMNS = (
    *("concept", "parent", "label_id", "label_en", "definition"),
    *("definition_id", "include", "exclude", "include_id", "exclude_id", "source", "core", "requires", "refuses"),
)
PATTERN_COLUMNS = (
    *("concept", "pattern", "kind", "language", "enabled", "polarity", "is_name", "requires", "refuses", "blocks"),
    *("example", "note", "stands_for"),
)
#: Columns of patterns without their written conditions.
_SHORT = [name for name in PATTERN_COLUMNS if name not in ("requires", "refuses")]
#: Columns that codebooks of earlier versions lack: where they say nothing, they have no part in the version.
_ADDED = {
    "stands_for": "",
    **dict.fromkeys(("include", "exclude", "include_id", "exclude_id"), ""),
    "is_name": "no",
    "requires": "",
    "refuses": "",
}


#: Columns that name concepts, with the columns of their labels.
_NAMED: tuple[dict[str, str], ...] = (
    {"concept": "label"},
    {"item": "label"},
    {"concept_a": "label_a", "concept_b": "label_b"},
    {"source": "source_label", "target": "target_label"},
    {"node": "node_label"},
    {"terms": "terms_label"},
)


def version_of(*tables: pd.DataFrame) -> str:
    """Return a hash of every cell of the tables of a codebook."""
    said = [[list(table.columns), table.to_numpy().tolist()] for table in map(_said, tables)]
    content = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:12]


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
    rules : sequence of Rule, one per pattern
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
    rules: Sequence[Rule]
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
        """The patterns that are switched on, less their written conditions, which are long; not to be changed."""
        return self._patterns[_SHORT][self._patterns["enabled"] == "yes"]

    @cached_property
    def asked(self) -> Asked:
        """The patterns that are switched on, made ready once for all texts."""
        return self.those(self.enabled)

    def those(self, patterns: pd.DataFrame) -> Asked:
        """Return some rows of the patterns, made ready to be looked up."""
        return Asked(patterns, self.rules)

    @cached_property
    def version(self) -> str:
        """Hash of every cell: not of separators, line ends or the order of columns, but of the order of rows."""
        return version_of(self._concepts, self._patterns)

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
            from difflib import get_close_matches  # noqa: PLC0415 - only where a name is not known

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


def _said(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table without the added columns that say nothing."""
    silent = [name for name, default in _ADDED.items() if name in table and (table[name] == default).all()]
    return table.drop(columns=silent)
