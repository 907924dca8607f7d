"""By which other names a document calls people: akrab disapa Ucok, alias Ahok, berinisial PTS."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from kit.discourse import rules
from kit.discourse.people import Mention, phrase_at
from kit.discourse.rules import words_of
from kit.discourse.subjects import phrase_around
from kit.discourse.view import View
from kit.lexicon.known import is_known

_LONGEST = 3  # words of a nickname
_SMALL = frozenset(("dan", "untuk", "di", "atas", "dari"))  # words of a body's name without a letter in the short one
_BACK = 10  # tokens before the verb in which its bearer stands


class Nickname(NamedTuple):
    """Another name of somebody: its words, folded; where it is told; the bearer, if the sentence names one before."""

    forms: frozenset[str]
    place: int
    bearer: Mention | None


def nicknames(view: View) -> list[Nickname]:
    """Return the nicknames that a document tells, in its order."""
    places: list[int] = []
    for form in words_of("people", "called"):
        at = -1
        for _ in range(view.low.count(form)):
            at = view.low.index(form, at + 1)
            places.append(at)
    told = [one for one in map(partial(_told, view), sorted(places)) if one is not None]
    return told + [one for one in map(partial(_in_parentheses, view), _single(view)) if one is not None]


def short_bodies(view: View) -> dict[str, str]:
    """Return the short names of bodies that a document tells, with the long ones: Komisi Pemilihan Umum (KPU)."""
    found: dict[str, str] = {}
    for place in _single(view):
        if not view.flags[place + 1] & rules.ACRONYM or not view.flags[place - 1] & rules.CAPITAL:
            continue
        body = phrase_around(view, place - 1)
        if body is not None and body.kind == "organisation" and body.last >= place - 1:
            words = [word for word in body.organisation.casefold().split() if word != f"({view.low[place + 1]})"]
            if "".join(word[0] for word in words if word not in _SMALL) == view.low[place + 1]:
                found.setdefault(view.low[place + 1], " ".join(words))
    return found


def _single(view: View) -> list[int]:
    """Return where parentheses open that hold one word with a capital."""
    words = view.words
    opened = (at for at in range(1, view.size - 2) if words[at] == "(" and words[at + 2] == ")")
    return [at for at in opened if view.flags[at + 1] & rules.CAPITAL]


def _in_parentheses(view: View, place: int) -> Nickname | None:
    """Read the other name behind the name of somebody: Joko Widodo (Jokowi); no office, body, place or number."""
    bits = view.flags[place + 1]
    if bits & (rules.OFFICE | rules.ORGANISATION | rules.PLACE | rules.CALENDAR) or not bits & rules.LETTER:
        return None
    bearer = phrase_around(view, place - 1) if view.flags[place - 1] & rules.CAPITAL else None
    if bearer is None or bearer.kind != "name" or bearer.last > place + 2 or len(bearer.name) < 2:
        return None
    form = view.low[place + 1]
    letters = "".join(word[0] for word in bearer.name).casefold()
    body = any(is_known(word) and word not in rules.known_names() for word in _low(bearer))
    if body or (bits & rules.ACRONYM and (form != letters or not bearer.role)):
        return None  # Komisi Pemberantasan Korupsi (KPK)
    return Nickname(frozenset((form,)), place, bearer)


def _told(view: View, place: int) -> Nickname | None:
    """Read the nickname behind a word, and whose it is."""
    flags, first = view.flags, place + 1
    if view.low[place] == "sapaan" and first < view.size and view.low[first].startswith("akrab"):
        return _told_behind(view, place)
    turned = _told_of(view, place) if view.low[place] == "sapaan" else None
    if turned is not None:
        return turned
    while first < view.size and first - place < _LONGEST and view.low[first] in ("dengan", "nama", "sebagai", "akrab"):
        first += 1
    while first < view.size and flags[first] & rules.DOUBLE:
        first += 1
    stop = first
    while stop < view.size and stop - first < _LONGEST and flags[stop] & rules.CAPITAL:
        stop += 1
    if stop == first or (view.low[place] == "atau" and not _is_second_name(view, place, first, stop)):
        return None
    forms = frozenset(view.low[at] for at in range(first, stop) if not flags[at] & rules.HONORIFIC)
    if not forms:
        return None
    begin = max(view.sentence_begin(place), place - _BACK)
    before = next((at for at in range(place - 1, begin - 1, -1) if flags[at] & rules.CAPITAL), -1)
    bearer = phrase_around(view, before) if before >= 0 else None
    if bearer is not None and (bearer.kind == "organisation" or bearer.last >= place):
        return None
    return Nickname(forms, place, bearer)


def _low(bearer: Mention) -> list[str]:
    """Return the words of a name, folded."""
    return [word.casefold() for word in bearer.name]


def _told_of(view: View, place: int) -> Nickname | None:
    """Read the nickname before *sapaan*, of who stands behind it: Cak Eri, sapaan Eri Cahyadi, …."""
    if place < 2 or view.words[place - 1] != "," or not view.flags[place - 2] & rules.CAPITAL:
        return None
    bearer = phrase_at(view, place + 1, view.size)
    if bearer is None or bearer.kind != "name":
        return None
    told = _told_behind(view, place)
    return None if told is None else told._replace(place=place, bearer=bearer)


def _told_behind(view: View, place: int) -> Nickname | None:
    """Read the nickname before *sapaan akrabnya*, of somebody named before: ucap Siska, sapaan akrabnya."""
    last = place - 1 - (view.words[place - 1] == ",")
    first = last
    while first >= 0 and last - first < _LONGEST and view.flags[first] & rules.CAPITAL:
        first -= 1
    forms = frozenset(view.low[at] for at in range(first + 1, last + 1) if not view.flags[at] & rules.HONORIFIC)
    return Nickname(forms, first + 1, None) if forms else None


def _is_second_name(view: View, place: int, first: int, stop: int) -> bool:
    """Tell whether *atau* tells another name: Joko Widodo atau Jokowi; not warga atau Dinas."""
    bits = view.flags[first] | view.flags[place - 1]
    body = bits & (rules.ORGANISATION | rules.OFFICE | rules.ACRONYM | rules.PLACE)
    return stop == first + 1 and not body and bool(view.flags[place - 1] & rules.CAPITAL)
