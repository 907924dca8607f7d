"""The list of actors, read from data: offices, bodies and nouns of who can act, each written once."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from kit.discourse.modality_rules import Row, read_rules
from kit.errors import CorpusError

#: Types of actors, and levels of government, as the list has them.
TYPES = ("official", "legislature", "law enforcement", "citizen", "civil society", "business", "expert", "media")
LEVELS = ("international", "national", "provincial", "regency", "city", "district", "village", "local")
#: What words may name: an office or kind of people, a body that they begin, both, or only who can act.
NAMES = ("office", "body", "office body", "")
_FILE = "actors.csv"


class Class(NamedTuple):
    """What an office or organisation says of an actor: type, and level of government (empty: not said)."""

    actor_type: str
    level: str


@cache
def _rows() -> tuple[Row, ...]:
    """Return the rows of the list, checked."""
    rows = read_rules(_FILE, "words", "names", "actor_type", "level", "group")
    for row in rows:
        for column, allowed in (("names", NAMES), ("actor_type", ("", *TYPES)), ("level", ("", *LEVELS))):
            if row[column] not in allowed:
                remedy = "use one of " + ", ".join(repr(one) for one in allowed)
                raise CorpusError(f"{column} = {row[column]!r} of {row['words']!r}", place=_FILE, remedy=remedy)
    return tuple(rows)


@cache
def offices() -> dict[tuple[str, ...], Class]:
    """Return the offices and kinds of people, each as its words, with what they say of an actor."""
    rows = (row for row in _rows() if "office" in row["names"].split())
    return {tuple(row["words"].casefold().split()): Class(row["actor_type"], row["level"]) for row in rows}


@cache
def organisations() -> dict[str, Class]:
    """Return the words that organisations begin with, acronyms in capitals, with what they say of an actor."""
    rows = (row for row in _rows() if "body" in row["names"].split())
    return {row["words"]: Class(row["actor_type"], row["level"]) for row in rows}


@cache
def bearers() -> dict[str, str]:
    """Return the nouns that name who can act, one word or two, case-folded, each with its group."""
    return {row["words"].casefold(): row["group"] for row in _rows() if row["group"]}
