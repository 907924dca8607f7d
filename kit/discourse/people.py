"""Noun phrases that name people: office, organisation, name and titles, told apart by the lists."""

from __future__ import annotations

from typing import NamedTuple

from kit.discourse import rules
from kit.discourse.actor_list import offices
from kit.discourse.degrees import before_degrees
from kit.discourse.names import (
    is_person,
    joins_people,
    name_begins,
    name_behind_acronym,
    name_behind_organisation,
    name_ends,
    name_of,
    named_from,
)
from kit.discourse.phrase_ends import end_of
from kit.discourse.titles import title_at
from kit.discourse.view import View
from kit.lexicon.known import is_known

_INITIALS = 2


class Mention(NamedTuple):
    """Someone named in a text.

    Attributes
    ----------
    first, last : int
        Tokens of the phrase; of *-nya* the verb it is written on.
    kind : str
        ``name``, ``role`` (an office or a kind of person, not named), ``organisation``, ``pronoun`` or ``enclitic``.
    name : tuple of str
        Words of the name, without titles.
    role, organisation : str
        As written.

    """

    first: int
    last: int
    kind: str
    name: tuple[str, ...] = ()
    role: str = ""
    organisation: str = ""


def phrase_at(view: View, token: int, limit: int) -> Mention | None:
    """Read who is named by the noun phrase that begins at a token."""
    limit = min(limit, view.size)
    if token >= limit:
        return None
    bits, low = view.flags[token], view.low[token]
    if bits & rules.PRONOUN and not (bits & rules.CAPITAL and _is_name_ahead(view, token, limit)):
        return Mention(token, token, "pronoun")
    if not bits & (rules.CAPITAL | rules.OFFICE | rules.HONORIFIC | rules.ORGANISATION):
        return None
    if bits & rules.CALENDAR and bits & rules.CAPITAL:
        return None
    if low in rules.words_of("people", "first_second") and not _is_name_ahead(view, token, limit):
        return None
    return read(view, token, end_of(view, token, limit))


def _is_name_ahead(view: View, token: int, limit: int) -> bool:
    """Tell whether a word with a capital follows at once."""
    return token + 1 < limit and bool(view.flags[token + 1] & rules.CAPITAL)


def read(view: View, first: int, last: int) -> Mention:
    """Tell office, organisation and name of a noun phrase apart."""
    flags, words = view.flags, view.words
    first = _head(view, first, last)
    begin = first
    while (
        begin < last
        and flags[begin] & rules.HONORIFIC
        and (flags[begin + 1] & (rules.CAPITAL | rules.OFFICE) or words[begin + 1] == ".")
    ):
        begin += 1
    while begin < last and words[begin] == ".":
        begin += 1
    office = _office_at(view, begin, last)
    stop = _without_titles(view, begin, last)
    if not office:
        if flags[begin] & rules.CAPITAL and (
            flags[begin] & rules.ORGANISATION or (flags[begin] & rules.ACRONYM and len(words[begin]) > 2)
        ):
            inner = name_behind_organisation(view, begin, stop) or name_behind_acronym(view, begin, stop)
            if inner and name_of(view, inner, stop):
                return Mention(first, last, "name", name_of(view, inner, stop), "", text_of(view, begin, inner - 1))
            return Mention(first, last, "organisation", (), "", text_of(view, begin, last))
        if not flags[begin] & rules.CAPITAL:
            return Mention(first, last, "role", (), text_of(view, begin, last), "")
        begin = named_from(view, begin, stop)
        stop = name_ends(view, begin, stop, rules.OFFICE)
        name = name_of(view, begin, stop)
        if not name or not is_person(view, begin, stop):
            return Mention(first, last, "organisation", (), "", text_of(view, begin, last))
        return Mention(first, last, "name", name)
    edge = begin + office
    stop = _first_of_two(view, edge, stop)
    name_first = name_begins(view, edge, stop)
    stop = name_ends(view, name_first, stop, rules.OFFICE | rules.ORGANISATION)
    if name_first > stop or not name_of(view, name_first, stop):
        return Mention(first, last, "role", (), text_of(view, begin, stop), _organisation(view, begin, edge, stop))
    role_last = name_first - 1
    while role_last >= edge and (flags[role_last] & rules.HONORIFIC or words[role_last] in ".,("):
        role_last -= 1
    organisation = _organisation(view, begin, edge, role_last)
    return Mention(first, last, "name", name_of(view, name_first, stop), text_of(view, begin, role_last), organisation)


def _first_of_two(view: View, edge: int, stop: int) -> int:
    """Return the last token of the first of two people who are joined, each with an office; else `stop`."""
    for place in range(edge + 1, stop):
        if joins_people(view, place, stop):
            first = name_begins(view, edge, place - 1)
            if first < place and name_of(view, first, place - 1):
                return place - 1
    return stop


def _head(view: View, first: int, last: int) -> int:
    """Return where a phrase begins behind words that only have their capital from opening a sentence or a heading."""
    flags, low = view.flags, view.low
    openers = rules.words_of("sentence", "openers")
    while first < last and (low[first] in openers or not flags[first] & rules.LETTER):
        if flags[first] & rules.OFFICE:
            break
        first += 1
    if flags[first] & rules.OFFICE:
        return first
    for place in range(first + 1, min(first + 4, last)):
        body = flags[first] & rules.ORGANISATION and flags[first] & rules.CAPITAL
        titled = flags[place - 1] & rules.HONORIFIC or body
        if (
            flags[place] & rules.OFFICE
            and flags[place] & rules.CAPITAL
            and not titled
            and _office_at(view, place, last)
        ):
            return place
    return first


def _without_titles(view: View, begin: int, last: int) -> int:
    """Return the last token of a phrase before degrees and what stands in parentheses of a rank."""
    words, parts = view.words, rules.words_of("people", "rank_parts")
    stop = before_degrees(view, last, begin)
    while stop > begin and (
        words[stop] in (",", ".", ")", "(") or (view.low[stop] in parts and words[stop - 1] == "(")
    ):
        stop = before_degrees(view, stop - 1, begin)
    return stop


def _office_at(view: View, place: int, last: int) -> int:
    """Return how many words of an office stand at a place (0: none); the longest counts, one may follow another."""
    low, total = view.low, 0
    table = offices()
    if place < last and f"{low[place]} {low[place + 1]}" in rules.words_of("people", "name_pairs"):
        return 0
    while place + total <= last:
        if not view.flags[place + total] & rules.OFFICE:
            break
        for size in (4, 3, 2, 1):
            if place + total + size - 1 <= last and tuple(low[place + total : place + total + size]) in table:
                total += size
                break
        else:
            break
    return max(total, title_at(low, view.flags, place, last))


def _organisation(view: View, begin: int, edge: int, last: int) -> str:
    """Return the organisation of an office: from its first word on; no place or portfolio alone."""
    flags = view.flags
    for first in range(begin, last + 1):
        if flags[first] & rules.CAPITAL and flags[first] & rules.ORGANISATION and first > begin:
            place = first
            alone = place == last and view.low[place] in rules.words_of("people", "place_nouns") | {"daerah"}
            while place > edge and _names_body(view, place - 1):
                place -= 1  # KPI Pusat; Grab Indonesia
            return "" if alone else text_of(view, place, last)  # Wali Kota names no city
    for place in range(edge, last + 1):
        if not flags[place] & rules.CAPITAL or flags[place] & rules.PLACE:
            continue
        country = view.low[place] in rules.words_of("people", "short_countries")
        if (flags[place] & rules.ACRONYM and view.words[place - 1] != "(" and not country) or (
            place == edge and not is_known(view.low[place])
        ):
            return text_of(view, place, last)
    return ""


def _names_body(view: View, place: int) -> bool:
    """Tell whether a word in front of one for a body is its own name: an acronym, or a capital that no list knows."""
    bits, low = view.flags[place], view.low[place]
    acronym = bits & rules.ACRONYM and len(low) > _INITIALS
    own = bits & rules.CAPITAL and not bits & (rules.PLACE | rules.OFFICE | rules.TITLE) and not is_known(low)
    return bool(acronym or own)


def text_of(view: View, first: int, last: int) -> str:
    """Return words as written, with single blanks."""
    if last < first:
        return ""
    behind = (("" if view.is_glued(place) else " ") + view.words[place] for place in range(first + 1, last + 1))
    return "".join((view.words[first], *behind))
