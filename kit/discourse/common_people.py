"""People that a common noun names which no list of offices has: menurut pengepul itu, kata seorang santri."""

from __future__ import annotations

from functools import cache

from kit.discourse import rules
from kit.discourse.names import name_begins, name_of
from kit.discourse.people import Mention, phrase_at, read, text_of
from kit.discourse.phrase_ends import end_of
from kit.discourse.rules import words_of
from kit.discourse.view import View
from kit.lexicon.affixes import analysis

_NO_NOUN = rules.BREAK | rules.SAYING | rules.PRONOUN | rules.FUNCTION | rules.CAPITAL | rules.NUMBER
_NO_NAME = rules.OFFICE | rules.HONORIFIC | rules.ORGANISATION | rules.ACRONYM
_COUNTED = 3  # words that count people before the noun: salah seorang, sebagian besar
_SHORTEST = 3


def person_at(view: View, token: int, limit: int) -> Mention | None:
    """Read people that a noun names behind a verb of saying: an office, or any noun behind who counts or points out."""
    place = token
    while place < limit and place - token < _COUNTED and view.low[place] in words_of("people", "counted"):
        if view.flags[place] & rules.CAPITAL:
            break
        place += 1
    if place > token and (place >= limit or view.flags[place] & rules.CAPITAL):
        return None
    mention = phrase_at(view, place, limit)
    if mention is None and place < limit and _is_person(view, place, counted=place > token):
        mention = read(view, place, end_of(view, place, limit))._replace(first=place)
        return _named(view, mention)
    return _named(view, mention) if mention is not None and place > token else mention


def _is_person(view: View, place: int, *, counted: bool) -> bool:
    """Tell whether a word is a noun for people: by its form, or because of the word before it."""
    low, bits = view.low[place], view.flags[place]
    if not bits & rules.LETTER or bits & _NO_NOUN or low in words_of("people", "no_speakers"):
        return False
    alone = counted and view.low[place - 1] in words_of("people", "of_people") and len(low) >= _SHORTEST
    return alone or names_people(low)


def _named(view: View, mention: Mention) -> Mention:
    """Read a name behind a common noun as the person's only where the document names somebody so, by itself.

    Else it is whose or what: bek Liverpool, pemeran Milly, seorang pembantu Presiden Ghani.
    """
    stop = mention.last
    first = name_begins(view, mention.first + 1, stop)
    alone = any(view.low[place] in view.lone for place in range(first, stop + 1))
    if not alone or view.flags[first - 1] & _NO_NAME:
        return Mention(mention.first, stop, "role", (), text_of(view, mention.first, stop), mention.organisation)
    role = text_of(view, mention.first, first - 1)
    return Mention(mention.first, stop, "name", name_of(view, first, stop), role, mention.organisation)


@cache
def names_people(form: str) -> bool:
    """Tell whether a noun names people: it is listed, or who does what its base says (pe-, peng-), and no thing."""
    if form in words_of("people", "persons"):
        return True
    if form in words_of("people", "no_agents") or form in words_of("people", "no_speakers"):
        return False
    found = analysis(form)
    return found is not None and found.prefix in ("peN", "pe") and not found.suffix
