"""The rules of modality, read from data: markers, phrases that only look like them, words of clauses."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

from kit.errors import CorpusError

DATA = Path(__file__).resolve().parent / "data"
CATEGORIES = (
    "deontic_necessity", "deontic_permission", "deontic_prohibition", "dynamic_ability", "volitive_want",
    "volitive_hope", "prospective", "imperative", "directive_verb",
)  # fmt: skip
FOLLOWED = ("any", "predicate", "verb", "order")
BEARERS = ("subject", "patient", "object", "next", "hoped", "addressee", "inclusive")
ROLES = ("quantifier", "time", "boundary", "adverb", "apposition", "duty", "existential", "pronoun", "member")

SERVICE = ("active", "passive", "noun", "asks", "condemns", "faults", "recipient", "public", "identifies")

Row = dict[str, str]
Phrase = tuple[str, ...]


class Marker(NamedTuple):
    """A marker: its category, its category under a negation, what must follow it, and who bears what it says."""

    category: str
    negated: str
    followed: str
    bearer: str


class Block(NamedTuple):
    """A phrase in which a marker is none, unless a word of this kind follows."""

    words: Phrase
    unless: str


def read_rules(name: str, *columns: str) -> list[Row]:
    """Read a data file of this room, no first cell there twice."""
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        if tuple(reader.fieldnames or ()) != columns:
            remedy = "the header must be " + ",".join(columns)
            raise CorpusError(f"columns {reader.fieldnames}", place=name, remedy=remedy)
        rows = list(reader)
    seen: set[str] = set()
    for number, row in enumerate(rows, start=2):
        key = row[columns[0]]
        if not key or key in seen:
            problem = f"{columns[0]} {key!r} is empty or there twice"
            raise CorpusError(problem, place=f"{name}, line {number}", remedy="delete or mend the line")
        seen.add(key)
    return rows


def _one_of(row: Row, column: str, allowed: tuple[str, ...], name: str) -> str:
    """Return a cell that must be one of a few codes."""
    if row[column] not in allowed:
        first = next(iter(row.values()))
        remedy = "use one of " + ", ".join(repr(one) for one in allowed)
        raise CorpusError(f"{column} = {row[column]!r} of {first!r}", place=name, remedy=remedy)
    return row[column]


@cache
def markers() -> dict[Phrase, Marker]:
    """Return the markers, by their words."""
    name, found = "modality.csv", {}
    for row in read_rules(name, "marker", "category", "negated", "followed", "bearer", "note"):
        category = _one_of(row, "category", CATEGORIES, name)
        negated = _one_of(row, "negated", ("", *CATEGORIES), name) or category
        followed, bearer = _one_of(row, "followed", FOLLOWED, name), _one_of(row, "bearer", BEARERS, name)
        found[tuple(row["marker"].split())] = Marker(category, negated, followed, bearer)
    return found


@cache
def blocks() -> dict[str, tuple[tuple[int, Block], ...]]:
    """Return the phrases in which a marker is none, by each of their words, with its place in them."""
    found: dict[str, tuple[tuple[int, Block], ...]] = {}
    for row in read_rules("not_modal.csv", "phrase", "unless", "reason"):
        block = Block(tuple(row["phrase"].split()), _one_of(row, "unless", ("", "verb"), "not_modal.csv"))
        for step, word in enumerate(block.words):
            found[word] = (*found.get(word, ()), (step, block))
    return found


@cache
def clause_words() -> dict[str, str]:
    """Return words that tell the parts of a clause: word to its role."""
    rows = read_rules("clause_words.csv", "word", "role")
    return {row["word"]: _one_of(row, "role", ROLES, "clause_words.csv") for row in rows}


@cache
def service_words() -> dict[str, str]:
    """Return the words of serving and what tells about them: word to its role."""
    rows = read_rules("service.csv", "word", "role")
    return {row["word"]: _one_of(row, "role", SERVICE, "service.csv") for row in rows}


@cache
def starts_of_markers() -> dict[str, tuple[Phrase, ...]]:
    """Return the markers by their first word, the longest first."""
    found: dict[str, list[Phrase]] = {}
    for words in markers():
        found.setdefault(words[0], []).append(words)
    return {word: tuple(sorted(phrases, key=len, reverse=True)) for word, phrases in found.items()}
