"""The words a reader sees, in the kit's two languages, from the data files beside this module (README.md)."""

from __future__ import annotations

import csv
import functools
import math
import string
import tomllib
from collections.abc import Mapping, Sequence
from numbers import Integral, Real
from pathlib import Path
from typing import Any

from kit.errors import ExhibitError
from kit.settings import LANGUAGES
from kit.wording import numerals

_HERE = Path(__file__).parent

#: What a reader must be told, as data: ``{"key": "keyness.sorted", "floor": 3}``; or words by language.
Remark = dict[str, Any]


def say(key: str, language: str, /, **values: Any) -> str:
    """Look up a text and fill in its braces."""
    text = _entry(key)[language]
    if isinstance(text, Mapping):
        text = text["one" if values.get("n") == 1 else "many"]
    try:
        return _Filler(language).vformat(text, (), values)
    except KeyError as error:
        raise ExhibitError(f"{key} needs a value for {error.args[0]!r}", place="kit/wording") from error


def replication(*, withheld: bool, **facts: str) -> str:
    """Fill in the README of an archive, after the template of the social science data editors."""
    text = (_HERE / "replication.md").read_text(encoding="utf-8")
    for name, fact in {**facts, "rights": say(f"archive.{'withheld' if withheld else 'included'}", "en")}.items():
        text = text.replace(f"{{{name}}}", fact)
    return text


def remark(key: str, /, **values: Any) -> Remark:
    """Note what a reader must be told, for an exhibit to say it in the reader's language."""
    if asked(key) != set(values):
        raise ExhibitError(f"{key} has {sorted(asked(key))}, given are {sorted(values)}", place="kit/wording")
    return {"key": key} | {name: _plain(values[name]) for name in sorted(values)}


def asked(key: str) -> set[str]:
    """Return what stands in the braces of a text."""
    return holes(_entry(key)["en"])


def tell(words: Mapping[str, Any] | str, language: str) -> str:
    """Say a remark, or choose among words by language."""
    if isinstance(words, str):
        return words
    if "key" in words:
        return say(words["key"], language, **{name: value for name, value in words.items() if name != "key"})
    return str(words[language])


def in_both(words: Mapping[str, Any] | str) -> dict[str, str]:
    """Say a remark in both languages."""
    return {language: tell(words, language) for language in LANGUAGES}


def holes(text: str | Mapping[str, str]) -> set[str]:
    """List what stands in the braces of a text."""
    forms = text.values() if isinstance(text, Mapping) else (text,)
    return {name for form in forms for _, name, _, _ in string.Formatter().parse(form) if name}


def heading(column: str, language: str) -> str:
    """Name a column for a reader."""
    return _headings()[column][0][language] if column in _headings() else column


def unit(column: str, language: str) -> str:
    """Name the unit of a column."""
    return _headings()[column][1][language] if column in _headings() else ""


def value(column: str, text: str, language: str) -> str:
    """Write a code of the kit, such as a status or a rule, for a reader."""
    return _values().get((column, text), {}).get(language, text)


def column(name: str) -> dict[str, Any]:
    """Describe a column for a sidecar."""
    return {
        "name": name,
        "heading": {language: heading(name, language) for language in LANGUAGES},
        "unit": {language: unit(name, language) for language in LANGUAGES},
    }


def both(text: Any, what: str, place: str) -> dict[str, str]:
    """Check that a text is given in both languages."""
    given = dict(text) if isinstance(text, Mapping) else {}
    fine = set(given) == set(LANGUAGES) and all(isinstance(words, str) and words.strip() for words in given.values())
    if not fine:
        raise ExhibitError(
            f"{what} = {text!r}", place=place, remedy=f'give it in both languages: {what}={{"id": "…", "en": "…"}}'
        )
    return {language: given[language] for language in LANGUAGES}


class _Filler(string.Formatter):
    """Fills braces with what a reader of one language reads."""

    def __init__(self, language: str) -> None:
        self._language = language

    def format_field(self, value: Any, format_spec: str) -> str:
        """Write one value."""
        if isinstance(value, str):
            return value
        if isinstance(value, Mapping):
            return tell(value, self._language)
        if isinstance(value, Sequence):
            told = [self.format_field(one, format_spec) for one in value]
            return (" " if all(one.endswith(".") for one in told) else "; ").join(told)
        if isinstance(value, Integral):
            return numerals.count(int(value), self._language)
        if math.isnan(value):
            return "\u2013"
        if format_spec == "%":
            return numerals.percent(float(value))
        if format_spec:
            return numerals.decimal(float(value), int(format_spec.strip(".f")), self._language)
        return numerals.shortest(float(value), self._language)


def _plain(value: Any) -> Any:
    """Turn a value into what JSON can hold."""
    if isinstance(value, str | Mapping | None):
        return value
    if isinstance(value, Sequence):
        return [_plain(one) for one in value]
    return int(value) if isinstance(value, Integral) else float(value) if isinstance(value, Real) else str(value)


def _entry(key: str) -> Mapping[str, Any]:
    """Find an entry of a data file by its key."""
    file, _, path = key.partition(".")
    found: Any = _files().get(file)
    if found is None:
        raise ExhibitError(f"no file of words {file!r}", place="kit/wording", remedy="use one of " + _listed(_files()))
    for part in path.split("."):
        there, found = found, found.get(part) if isinstance(found, Mapping) else None
        if found is None:
            remedy = f"use one of {_listed(there)}, or add it in both languages"
            raise ExhibitError(f"no words for {key!r}", place=f"kit/wording, {file}.toml", remedy=remedy)
    entry: Mapping[str, Any] = found
    return entry


def _listed(names: Any) -> str:
    """List names for an error."""
    return ", ".join(sorted(names))


@functools.cache
def _files() -> dict[str, dict[str, Any]]:
    """Read the files of texts, keyed by their names without ending; cards of measures are none."""
    files = sorted(file for file in _HERE.rglob("*.toml") if file.parent.name != "measures")
    return {file.stem: tomllib.loads(file.read_text(encoding="utf-8")) for file in files}


@functools.cache
def _headings() -> dict[str, tuple[dict[str, str], dict[str, str]]]:
    """Return the heading and the unit of each column: of measures from their cards, of others from labels.csv."""
    with (_HERE / "labels.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["column"]: row for row in csv.DictReader(file)}

    def words(row: dict[str, str], part: str) -> dict[str, str]:
        return {language: row[f"{part}_{language}"] for language in LANGUAGES}

    labels = {column: (words(row, "heading"), words(row, "unit")) for column, row in rows.items()}
    from kit.wording.measures import families  # noqa: PLC0415 - a table that is not shown needs no headings

    cards = [card for family in families().values() for card in family.cards.values()]
    return labels | {card.measure: (card.heading, card.below) for card in cards}


@functools.cache
def _values() -> dict[tuple[str, str], dict[str, str]]:
    """Read values.csv, keyed by column and cell."""
    with (_HERE / "values.csv").open(encoding="utf-8", newline="") as file:
        return {(name, row["value"]): row for row in csv.DictReader(file) for name in row["columns"].split()}
