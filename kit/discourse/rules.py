"""The rules of quotation, read from data: what each word of a text may be to a quotation and its speaker."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from kit.discourse.verbs import DATA, Saying, forms_of_saying
from kit.lexicon.wordlists import names_of_people

#: What a word may be; one bit each.
(
    CAPITAL,
    DOUBLE,
    SINGLE,
    SAYING,
    PRONOUN,
    OFFICE,
    HONORIFIC,
    BREAK,
    STOP,
    COMMA,
    LETTER,
    ACRONYM,
    PLACE,
    ORGANISATION,
) = (1 << bit for bit in range(14))
PERSON_NOUN, CALENDAR, ADVERB, NUMBER, FUNCTION, TITLE = (1 << bit for bit in range(14, 20))
#: Enclitics on a verb of saying; only -nya names a speaker.
ENCLITICS = ("", "nya", "lah", "pun")


@cache
def lists() -> dict[str, dict[str, frozenset[str]]]:
    """Return the lists of words by section and name."""
    with (DATA / "quotation_rules.toml").open("rb") as file:
        data: dict[str, Any] = tomllib.load(file)
    return {section: {name: frozenset(words) for name, words in names.items()} for section, names in data.items()}


@cache
def words_of(section: str, *names: str) -> frozenset[str]:
    """Return one list of words, or some lists of a section as one."""
    return frozenset().union(*(lists()[section][name] for name in names))


@cache
def known_names() -> frozenset[str]:
    """Return the words of the language that are names too, and the names that the lexicon knows."""
    return words_of("people", "names_too") | names_of_people()


@cache
def names_or_given() -> frozenset[str]:
    """Return the known names, and what is given as a name."""
    return known_names() | words_of("people", "given")


@cache
def same_offices() -> dict[str, str]:
    """Return other words for an office, with the office: kepala negara, presiden."""
    return dict(pair.split(" = ") for pair in words_of("people", "same_office"))


@cache
def dressed() -> dict[str, tuple[Saying, str]]:
    """Return every form of a verb of saying, enclitics included, with the verb and the enclitic."""
    found: dict[str, tuple[Saying, str]] = {}
    for form, saying in forms_of_saying().items():
        for enclitic in ENCLITICS:
            found.setdefault(form + enclitic, (saying, enclitic))
    return found
