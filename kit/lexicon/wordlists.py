"""The word lists beside the rules: CSV files in ``data/``, read once, checked when read."""

from __future__ import annotations

import csv
import unicodedata
from functools import cache
from pathlib import Path

from kit.errors import CorpusError

DATA = Path(__file__).resolve().parent / "data"

Row = dict[str, str]


def read_list(name: str, *columns: str) -> tuple[Row, ...]:
    """Read a word list."""
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        if tuple(reader.fieldnames or ()) != columns:
            raise CorpusError(
                f"columns {reader.fieldnames}", place=name, remedy="the header must be " + ",".join(columns)
            )
        rows = tuple(reader)
    seen: set[str] = set()
    for number, row in enumerate(rows, start=2):
        key = row[columns[0]]
        if not key or key in seen or not unicodedata.is_normalized("NFC", key):
            raise CorpusError(
                f"{columns[0]} {key!r} is empty, there twice or not in NFC",
                place=f"{name}, line {number}",
                remedy="delete or mend the line",
            )
        seen.add(key)
    return rows


@cache
def bases() -> dict[str, str]:
    """Return the known base words, each with its classes (a adjective, n noun, v verb or bound verb root)."""
    return {row["form"]: row["classes"] for row in read_list("bases.csv", "form", "classes")}


@cache
def function_words() -> dict[str, Row]:
    """Return the function words: form to its row (class, stop, root)."""
    return {row["form"]: row for row in read_list("function_words.csv", "form", "class", "stop", "root")}


@cache
def whole_words() -> frozenset[str]:
    """Return the names and words whose ending or beginning only looks like a clitic or affix."""
    return frozenset(row["form"] for row in read_list("whole_words.csv", "form", "reason"))


@cache
def names() -> frozenset[str]:
    """Return those of the whole words that are names; most are common words too (*kuningan*)."""
    rows = read_list("whole_words.csv", "form", "reason")
    return frozenset(row["form"] for row in rows if row["reason"] in ("name", "place", "programme"))


@cache
def names_of_people() -> frozenset[str]:
    """Return those of the whole words that are names of no place and no programme: mostly of people."""
    rows = read_list("whole_words.csv", "form", "reason")
    return frozenset(row["form"] for row in rows if row["reason"] == "name")


@cache
def voiceless() -> frozenset[str]:
    """Return the words with a voice prefix that are no verbs, or no longer."""
    return frozenset(row["form"] for row in read_list("voiceless.csv", "form", "reason"))


@cache
def reduplications() -> dict[str, str]:
    """Return the lexicalised reduplications: form to root."""
    return {row["form"]: row["root"] or row["form"] for row in read_list("reduplications.csv", "form", "root")}


@cache
def roots() -> dict[str, str]:
    """Return the roots that no rule finds."""
    return {row["form"]: row["root"] for row in read_list("roots.csv", "form", "root", "reason")}


@cache
def compounds() -> dict[str, str]:
    """Return the compounds that are written solid when a confix holds them: form to its words."""
    return {row["form"]: row["words"] for row in read_list("compounds.csv", "form", "words")}


@cache
def locatives() -> dict[str, tuple[str, ...]]:
    """Return the words of place and time with the prepositions they are wrongly joined to."""
    rows = read_list("locatives.csv", "form", "prepositions")
    return {row["form"]: tuple(row["prepositions"].split()) for row in rows}


@cache
def spellings() -> dict[str, str]:
    """Return the spellings that differ from the standard one: form to standard spelling.

    Words of place written together with *di* or *ke* (*dikota*, *kedepan*) are spelled out from ``locatives.csv``.
    """
    standard = {
        preposition + form: f"{preposition} {form}"
        for form, prepositions in locatives().items()
        for preposition in prepositions
    }
    standard.update(compounds())
    standard.update((row["form"], row["standard"]) for row in read_list("spellings.csv", "form", "standard", "kind"))
    return standard


@cache
def expansions() -> dict[str, tuple[str, str]]:
    """Return the clippings and written abbreviations: folded form to (expansion, class)."""
    rows = read_list("expansions.csv", "short", "expansion", "class")
    return {row["short"]: (row["expansion"], row["class"]) for row in rows}


@cache
def combining_forms() -> dict[str, Row]:
    """Return the combining forms: form to its row.

    `written` says whether the spelling rules of 2022 join it to a lower-case word or write it apart; `solid` whether it
    is taken off a word written solid with it (*antarnegara*; *pra-* is not, since many names begin so).
    """
    return {row["form"]: row for row in read_list("combining_forms.csv", "form", "written", "solid")}


@cache
def solid_forms() -> tuple[str, ...]:
    """Return the combining forms that are taken off a word written solid with them."""
    return tuple(form for form, row in combining_forms().items() if row["solid"] == "yes")


@cache
def foreign_words() -> dict[str, str]:
    """Return words of other languages that Indonesian texts on governance use, each with its language (ISO 639)."""
    return {row["form"]: row["language"] for row in read_list("foreign_words.csv", "form", "language")}


@cache
def reporting_words() -> frozenset[str]:
    """Return the words by which news report who said something: verbs of saying and titles before names."""
    return frozenset(row["form"] for row in read_list("reporting.csv", "form", "class"))


@cache
def regions() -> frozenset[str]:
    """Return the names of provinces, regencies and cities, clipped ones too, without what they are."""
    return frozenset(row["form"] for row in read_list("regions.csv", "form"))


@cache
def titles(kind: str) -> frozenset[str]:
    """Return the words of one kind that stand before a name, as the README beside the list tells them apart."""
    return frozenset(row["form"] for row in read_list("titles.csv", "form", "kind") if row["kind"] == kind)


@cache
def malay_words() -> dict[str, str]:
    """Return the words that Malaysia writes and Indonesia does not: form to the Indonesian word."""
    return {row["form"]: row["indonesian"] for row in read_list("malay.csv", "form", "indonesian")}


@cache
def initialisms() -> dict[str, str]:
    """Return initialisms: folded form to what the letters stand for."""
    return {row["form"]: row["meaning"] for row in read_list("initialisms.csv", "form", "meaning")}


@cache
def months() -> dict[str, int]:
    """Return the names of the months, short ones too, with their numbers."""
    return _of_calendar("month")


@cache
def weekdays() -> dict[str, int]:
    """Return the names of the days, short ones too, with their numbers (Monday is 0)."""
    return _of_calendar("weekday")


def _of_calendar(unit: str) -> dict[str, int]:
    """Return the names of one unit of the calendar."""
    rows = read_list("calendar.csv", "form", "unit", "number")
    return {row["form"]: int(row["number"]) for row in rows if row["unit"] == unit}


@cache
def domains() -> dict[str, bool]:
    """Return the last parts of web addresses, and whether each is one only with a path behind it."""
    return {row["domain"]: row["path"] == "yes" for row in read_list("domains.csv", "domain", "path")}


@cache
def before_signs(behind: str) -> frozenset[str]:
    """Return the words behind which a single letter names a sort (`letter`), or a number or letter opens a `list`."""
    return frozenset(row["form"] for row in read_list("signs.csv", "form", "behind") if row["behind"] == behind)
