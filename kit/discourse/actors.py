"""What an office or organisation says of an actor: type, and level of government."""

from __future__ import annotations

import tomllib
from functools import cache

from kit.discourse.actor_list import Class, offices, organisations
from kit.discourse.common_people import names_people
from kit.discourse.rules import words_of
from kit.reading.rules import HERE

_LONGEST = 5
_WORD_LEVELS = (("provinsi", "provincial"), ("kabupaten", "regency"), ("kota", "city"))
_NONE = Class("", "")


def classify(role: str, organisation: str) -> Class:
    """Tell type and level of an actor; what neither office nor organisation says stays empty.

    The longest office that the role begins with decides. Of a single word that many bodies have (*ketua, kepala*) and
    of none, the organisation decides, by the first of its words that is listed. A local office is a city's, a regency's
    or a province's where the role says so. A common noun for people that is no office makes a citizen.

    Examples
    --------
    >>> classify("Pj Wali Kota Mojokerto", "")
    Class(actor_type='official', level='city')
    >>> classify("Kepala Dinas Kesehatan Kabupaten Malang", "")
    Class(actor_type='official', level='regency')
    >>> classify("Ketua", "Yayasan Bina Warga")
    Class(actor_type='civil society', level='')
    >>> classify("pengepul plastik", "")
    Class(actor_type='citizen', level='')

    """
    words = role.casefold().split()
    size, office = _office(words)
    if not size and words and _is_citizen(words[0]):
        size, office = 1, Class("citizen", "")
    body = _body(f"{role} {organisation}".split())
    found = office
    if size <= 1 and body.actor_type and (office.actor_type in ("", "civil society", "official", "business")):
        found = Class(body.actor_type, body.level or office.level)
    level = found.level or (body.level if found.actor_type == body.actor_type else "")
    if found.actor_type in ("official", "legislature") and level in ("", "local"):
        level = _local(role, organisation) or level
    return Class(found.actor_type, level)


def _is_citizen(noun: str) -> bool:
    """Tell whether a noun for people begins no office and makes nobody of some body."""
    return noun not in _heads() and noun not in words_of("people", "in_office") and names_people(noun)


@cache
def _heads() -> frozenset[str]:
    """Return the first words of offices."""
    return frozenset(words[0] for words in offices())


def _office(words: list[str]) -> tuple[int, Class]:
    """Return the longest office that words begin with, behind what only qualifies it (mantan, plt)."""
    table = offices()
    while words:
        for size in range(min(_LONGEST, len(words)), 0, -1):
            office = table.get(tuple(words[:size]))
            if office is not None and (office.actor_type or size == len(words)):
                if _is_acting(words[:size]):
                    break
                return size, office
        else:
            if tuple(words[:1]) not in table:
                return 0, _NONE
        words = words[1:]
    return 0, _NONE


def _is_acting(words: list[str]) -> bool:
    """Tell whether words only say that somebody acts for an office."""
    return words[-1] in ("pj", "pjs", "plt", "plh", "penjabat") or words[:1] == ["pelaksana"]


def _body(words: list[str]) -> Class:
    """Return what the first listed word of an organisation says."""
    table = organisations()
    for word in words:
        found = table.get(word) or table.get(word.casefold())
        if found is not None and found.actor_type:
            return found
    return _NONE


def _local(role: str, organisation: str) -> str:
    """Return whose local office it is, where the words say so: a province's, a regency's, a city's."""
    text = f" {role} {organisation} ".casefold()
    for word, level in _WORD_LEVELS:
        if f" {word} " in text:
            return level
    return "provincial" if any(f" {name} " in text for name in _provinces()) else ""


@cache
def _provinces() -> frozenset[str]:
    """Return the names of provinces, folded."""
    with (HERE / "places.toml").open("rb") as file:
        return frozenset(name.casefold() for name in tomllib.load(file)["indonesia"]["provinces"])
