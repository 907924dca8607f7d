"""The kit's words in its two languages, from wording.toml, labels.csv and values.csv beside this module."""

from __future__ import annotations

import csv
import functools
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kit.errors import ExhibitError
from kit.settings import LANGUAGES

_HERE = Path(__file__).parent


def say(section: str, key: str, language: str, /, **values: str) -> str:
    """Look up a piece of text and fill in its braces.

    Parameters
    ----------
    section, key : str
        Where it stands in wording.toml.
    language : {"en", "id"}
        Language wanted.
    **values : str
        What to fill in.

    Returns
    -------
    str
        Not yet escaped.

    Raises
    ------
    ExhibitError
        wording.toml has no such entry, as when a measure names a unit that has no words yet.

    Examples
    --------
    >>> say("word", "table", "id")
    'Tabel'

    """
    entry = _wording()[section].get(key)
    if entry is None:
        raise ExhibitError(
            f"no words for {key!r} in section [{section}]",
            place="kit/wording/wording.toml",
            remedy="use one of " + ", ".join(sorted(_wording()[section])) + ", or add it in both languages",
        )
    text: str = entry[language]
    return text.format(**values) if values else text


def plural(key: str, number: int, written: str, language: str) -> str:
    """Write a number with the noun it counts.

    Parameters
    ----------
    key : {"documents", "sentences", "tokens"}
        What is counted; a key of ``[number]`` in wording.toml.
    number : int
        How many.
    written : str
        The number as it is to be written.
    language : {"en", "id"}
        Language wanted.

    Returns
    -------
    str
        Such as ``1 document`` or ``13 sentences``.

    Examples
    --------
    >>> plural("documents", 1, "1", "en"), plural("sentences", 13, "13", "en")
    ('1 document', '13 sentences')

    """
    forms: dict[str, str] = _wording()["number"][key][language]
    return forms["one" if number == 1 else "many"].format(n=written)


def heading(column: str, language: str) -> str:
    """Name a column for a reader.

    Parameters
    ----------
    column : str
        The column's own name.
    language : {"en", "id"}
        Language wanted.

    Returns
    -------
    str
        The heading in labels.csv; the column's own name where it has none.

    Examples
    --------
    >>> heading("sentence_no", "en"), heading("my_own", "en")
    ('Sentence no.', 'my_own')

    """
    return _labels().get(column, {}).get(f"heading_{language}") or column


def unit(column: str, language: str) -> str:
    """Name the unit of a column.

    Parameters
    ----------
    column : str
        The column's own name.
    language : {"en", "id"}
        Language wanted.

    Returns
    -------
    str
        The unit in labels.csv; empty where there is none.

    Examples
    --------
    >>> unit("per_1000", "en"), unit("term", "en")
    ('words and numbers', '')

    """
    return _labels().get(column, {}).get(f"unit_{language}") or ""


def value(column: str, text: str, language: str) -> str:
    """Write a code of the kit, such as a status or a rule, for a reader.

    Parameters
    ----------
    column : str
        The column's own name.
    text : str
        The cell.
    language : {"en", "id"}
        Language wanted.

    Returns
    -------
    str
        The words in values.csv; the cell itself where it has none.

    Examples
    --------
    >>> value("rule", "ad_mark", "en"), value("outlet", "not stated", "id"), value("term", "all", "id")
    ('advertisement mark', 'tidak dicantumkan', 'all')

    """
    return _values().get((column, text), {}).get(language, text)


def column(name: str) -> dict[str, Any]:
    """Describe a column for a sidecar.

    Parameters
    ----------
    name : str
        The column's own name.

    Returns
    -------
    dict
        ``name``, and ``heading`` and ``unit`` in both languages.

    Examples
    --------
    >>> column("hits")["heading"]
    {'en': 'Hits', 'id': 'Temuan'}

    """
    return {
        "name": name,
        "heading": {language: heading(name, language) for language in LANGUAGES},
        "unit": {language: unit(name, language) for language in LANGUAGES},
    }


def both(text: Any, what: str, place: str) -> dict[str, str]:
    """Check that a text is given in both languages.

    Parameters
    ----------
    text : object
        What the user gave.
    what : str
        Its name, for the error.
    place : str
        The exhibit, for the error.

    Returns
    -------
    dict
        Keys ``en`` and ``id``.

    Raises
    ------
    ExhibitError
        A language is missing or empty, or there is another key.

    Examples
    --------
    >>> both({"id": "Konsep", "en": "Concepts"}, "title", "tbl-x")
    {'en': 'Concepts', 'id': 'Konsep'}

    """
    given = dict(text) if isinstance(text, Mapping) else {}
    fine = set(given) == set(LANGUAGES) and all(isinstance(words, str) and words.strip() for words in given.values())
    if not fine:
        raise ExhibitError(
            f"{what} = {text!r}", place=place, remedy=f'give it in both languages: {what}={{"id": "…", "en": "…"}}'
        )
    return {language: given[language] for language in LANGUAGES}


@functools.cache
def _wording() -> dict[str, Any]:
    """Read wording.toml."""
    return tomllib.loads((_HERE / "wording.toml").read_text(encoding="utf-8"))


@functools.cache
def _labels() -> dict[str, dict[str, str]]:
    """Read labels.csv, keyed by column."""
    with (_HERE / "labels.csv").open(encoding="utf-8", newline="") as file:
        return {row["column"]: row for row in csv.DictReader(file)}


@functools.cache
def _values() -> dict[tuple[str, str], dict[str, str]]:
    """Read values.csv, keyed by column and cell."""
    with (_HERE / "values.csv").open(encoding="utf-8", newline="") as file:
        return {(name, row["value"]): row for row in csv.DictReader(file) for name in row["columns"].split()}
