"""Whom a pronoun, -nya or an epithet may mean: the people who are subjects of the sentences before."""

from __future__ import annotations

from typing import NamedTuple

from kit.discourse import rules
from kit.discourse.actor_list import offices
from kit.discourse.appositions import ENDS, is_plain_name, with_apposition
from kit.discourse.clause_words import word
from kit.discourse.common_people import names_people, person_at
from kit.discourse.people import Mention, phrase_at, text_of
from kit.discourse.phrase_ends import is_verb
from kit.discourse.rules import words_of
from kit.discourse.view import View
from kit.lexicon.known import is_known

_ADVERBIAL = 16  # tokens before the comma behind which a subject may stand
_INNER = 8  # tokens that belong to an office, before the comma and the name
_OLEH = 3  # tokens behind a passive verb before which *oleh* stands
_TAIL = 10  # tokens of an epithet behind its noun: pria yang juga anggota DPR itu


class Subject(NamedTuple):
    """Who is the subject of a sentence.

    Attributes
    ----------
    mention : Mention or None
        Who is named; None: nobody who can be told.
    together : bool
        Whether somebody else is named with them, so that either may be meant.

    """

    mention: Mention | None
    together: bool = False


_NOBODY = Subject(None)


def subject_of(view: View, begin: int, limit: int) -> Subject:
    """Read who is the subject of the sentence that begins at a token, or does what its passive verb says."""
    stop = min(limit, view.sentence_end(begin))
    place = _behind_opening(view, begin, stop)
    mention = _person(view, place, stop) if place >= 0 else None
    if mention is None or mention.kind not in ("name", "role") or _is_thing(view, mention):
        return _agent(view, begin, stop)
    behind = mention.last + 1
    return Subject(mention, behind < stop and view.low[behind] in words_of("people", "together"))


def _is_thing(view: View, mention: Mention) -> bool:
    """Tell whether what looks like a name is a common word at the head of a sentence: Unggahan itu."""
    low = view.low[mention.first]
    return is_plain_name(mention) and len(mention.name) == 1 and is_known(low) and low not in rules.known_names()


def _behind_opening(view: View, begin: int, stop: int) -> int:
    """Return where a subject may stand: at the head of a sentence, or behind its opening and a comma; -1: nowhere."""
    low, openers, place = view.low, words_of("sentence", "openers"), begin
    for _ in range(3):
        if place < stop and (low[place] in words_of("sentence", "links") or view.flags[place] & rules.DOUBLE):
            place += 1
    if place >= stop:
        return -1
    if low[place] in words_of("people", "of_people") or view.flags[place] & rules.OFFICE:
        return place
    if low[place] not in openers and not (is_verb(low[place]) or word(low[place]).voice):
        return place
    for ahead in range(place + 1, min(stop - 1, place + _ADVERBIAL)):
        pointing = low[place] in words_of("cue", "pointers") and word(low[ahead]).voice == "passive"
        if view.flags[ahead] & rules.DOUBLE or pointing:  # Hal itu disambut Ketua YLKI, Indah
            return -1
        if view.words[ahead] == "," and low[ahead + 1] not in openers:
            return ahead + 1
    return -1


def _person(view: View, place: int, stop: int) -> Mention | None:
    """Read a person, with the name or office beside it: Kuasa hukum PTS, Handoko, …."""
    mention = person_at(view, place, stop)
    if mention is None:
        return None
    behind = mention.last + 1
    if (
        behind + 1 < stop
        and view.low[behind] in words_of("people", "pointing")
        and view.flags[behind + 1] & rules.COMMA
    ):
        mention = mention._replace(last=behind)
    elif mention.kind != "name" or view.low[mention.first] in words_of("people", "related"):
        if behind + 1 < stop and view.low[behind] in words_of("people", "namely"):  # Pimpinan rapat yakni Ali
            named = phrase_at(view, behind + 1, stop)
            if named is not None and named.kind == "name":
                return named
        comma = _comma(view, behind, stop)
        named = phrase_at(view, comma + 1, stop) if comma >= 0 else None
        if named is not None and is_plain_name(named) and _is_apart(view, named.last + 1, stop):
            role = text_of(view, mention.first, comma - 1)
            return named._replace(first=mention.first, role=role, organisation=mention.organisation)
    return with_apposition(view, mention, stop, ENDS)


def _comma(view: View, place: int, stop: int) -> int:
    """Return the comma behind an office and what belongs to it: Aktivis Koalisi Air untuk Rakyat,; -1: none."""
    inner = words_of("people", "inner")
    for ahead in range(place, min(stop - 1, place + _INNER)):
        if view.flags[ahead] & rules.COMMA:
            return ahead
        if not view.flags[ahead] & rules.CAPITAL and view.low[ahead] not in inner:
            return -1
    return -1


def _is_apart(view: View, place: int, stop: int) -> bool:
    """Tell whether a name between commas ends before a token."""
    return place < stop and (bool(view.flags[place] & (rules.COMMA | rules.STOP)) or view.words[place] == "(")


def _agent(view: View, begin: int, stop: int) -> Subject:
    """Read who does what the passive verb of a sentence says, whose subject is a thing: Unggahan itu dibalas Ika, ….

    Or whom the thing comes from: Desakan serupa datang dari Ika.
    """
    for verb in range(begin, stop - 1):
        form = view.low[verb]
        comes = form in words_of("people", "comes_from") and view.low[verb + 1] == "dari"
        if comes or (form.startswith("di") and len(form) > 4 and word(form).voice == "passive"):
            oleh = next((at for at in range(verb + 1, min(stop, verb + _OLEH)) if view.low[at] == "oleh"), verb)
            place = verb + 2 if comes else oleh + 1  # disambut baik oleh Ika
            mention = _person(view, place, stop)
            if mention is not None and mention.kind == "name":
                return Subject(mention)
            return _NOBODY
    return _NOBODY


def epithet(view: View, mention: Mention) -> Mention | None:
    """Read a noun that tells of somebody who was spoken of: ujar mantan Kepala LKPP itu, kata pria asal Sibolga ini."""
    if mention.kind == "name" and not mention.role:
        return None
    if mention.kind not in ("role", "name") or view.low[mention.first] in words_of("people", "counted"):
        return None
    head = view.low[mention.first]
    if not (view.flags[mention.first] & rules.OFFICE or names_people(head) or (head,) in offices()):
        return None
    behind = mention.last + 1
    if behind < view.size and view.low[behind] in words_of("people", "pointing"):
        last = mention.last
    elif mention.kind == "role" and behind < view.size and _goes_on(view, mention, behind):
        last = _tail(view, behind)
        if last < 0:
            return None
    else:
        return None
    return mention._replace(kind="role", name=(), role=text_of(view, mention.first, last))


def _goes_on(view: View, mention: Mention, behind: int) -> bool:
    """Tell whether an epithet goes on behind its noun: pria yang juga …, orang nomor satu di Malang itu."""
    form = view.low[behind]
    ranked = view.low[mention.first + 1] in words_of("people", "ranked")
    told = view.flags[behind] & rules.SAYING or form in words_of("people", "together")
    looks = word(form).voice == "ber" and not told  # perempuan berhijab itu
    return form == "yang" or looks or (ranked and form in words_of("people", "inner"))


def _tail(view: View, place: int) -> int:
    """Return the last token of what stands behind an epithet's noun and itu closes; -1: none does."""
    for ahead in range(place + 1, min(view.size, place + _TAIL)):
        if view.low[ahead] in words_of("people", "pointing"):
            return ahead - 1
        if view.flags[ahead] & (rules.COMMA | rules.STOP | rules.DOUBLE | rules.SAYING):
            return -1
    return -1


def is_introduced(view: View, mention: Mention) -> bool:
    """Tell whether somebody was spoken of by the noun of an epithet before: seorang pedagang …, kata pedagang itu."""
    head = view.low[mention.first]
    place = -1
    for _ in range(8):
        try:
            place = view.low.index(head, place + 1, mention.first)
        except ValueError:
            return False
        if place and view.low[place - 1] in words_of("people", "counted"):
            return True
    return False
