"""Who stands before or behind a verb of saying: the subject of an active verb, the agent of a passive or bare one."""

from __future__ import annotations

from kit.discourse import rules
from kit.discourse.appositions import (
    ENDS,
    behind_inner,
    governs,
    is_place,
    is_plain_name,
    phrase_begin,
    with_apposition,
    with_name,
)
from kit.discourse.common_people import person_at
from kit.discourse.degrees import before_degrees
from kit.discourse.names import joins_people
from kit.discourse.people import Mention, phrase_at
from kit.discourse.phrase_ends import is_verb
from kit.discourse.rules import words_of
from kit.discourse.view import View
from kit.lexicon.known import is_known

_REACH = 40
_LOWER_REACH = 6


#: What ends an apposition inside a sentence that goes on behind it.
_SHUT = rules.COMMA | rules.STOP | rules.DOUBLE


def agent_behind(view: View, verb: int, limit: int) -> tuple[Mention | None, int]:
    """Return who is named behind a bare or passive verb (or *menurut*), and the token behind that."""
    saying = rules.dressed().get(view.low[verb])
    if (saying and saying[1] == "nya") or view.low[verb] in words_of("cue", "source_own"):
        return Mention(verb, verb, "enclitic"), verb + 1
    place, between = verb + 1, words_of("cue", "between")
    while place < limit and view.low[place] in between and place - verb < 4:
        place += 1
    mention = person_at(view, place, limit)
    if mention is None:
        return None, verb + 1
    opens = saying is None or saying[0].voice == "passive" or view.breaks[verb]  # what is said may stand behind a comma
    inside = view.flags[verb - 1] & rules.COMMA and not view.flags[verb - 2] & rules.DOUBLE  # Lalu, kata Ali, RT 3 …
    ends = rules.COMMA if opens else _SHUT if inside and verb > 1 else ENDS
    told = with_apposition(view, mention, limit, ends)
    return told, _behind_apposition(view, mention, told, limit)


def _behind_apposition(view: View, mention: Mention, told: Mention, limit: int) -> int:
    """Return the token behind a phrase and what was read beside it: Menurut Ali, ketua RT, | warga sabar."""
    behind = max(mention.last, told.last) + 1
    if told.role and not mention.role and mention.kind == "name" and view.flags[behind] & rules.COMMA:
        office = phrase_at(view, behind + 1, limit)
        behind = behind if office is None else office.last + 1
    return behind


def written_at(view: View, verb: int, limit: int) -> Mention | None:
    """Read whose page something is written on: tulis dalam situs resmi BI."""
    place, spots = verb + 1, words_of("people", "written_at")
    if place >= limit or view.low[place] not in words_of("people", "written_in"):
        return None
    place += 1
    begin = place
    while place < limit and view.low[place] in spots:
        place += 1
    body = phrase_at(view, place, limit) if begin < place < limit else None
    return body if body is not None and body.kind in ("organisation", "name") else None


def noun_behind(view: View, verb: int, limit: int) -> Mention | None:
    """Return the common noun behind a bare verb that stands behind a quotation: ujar ibu dua anak ini."""
    place = verb + 1
    stop = place
    while stop < limit and stop - place < _LOWER_REACH:
        bits = view.flags[stop]
        if not bits & rules.LETTER or bits & (rules.BREAK | rules.SAYING):
            break
        stop += 1
    if stop == place:
        return None
    words = " ".join(view.words[place:stop])
    return Mention(place, stop - 1, "role", (), words, "")


def phrase_around(view: View, place: int) -> Mention | None:
    """Read the noun phrase that a word with a capital stands in."""
    first = phrase_begin(view, place, max(0, place - _REACH))
    first = next((joint + 1 for joint in range(place - 1, first, -1) if joins_people(view, joint, place)), first)
    while first <= place:
        mention = phrase_at(view, first, view.size)
        if mention is not None and mention.last >= place:
            reach = max(0, first - _REACH)
            inner = behind_inner(view, mention, reach) if first else None
            if inner is not None:
                return inner
            return with_apposition(view, with_name(view, mention, reach), view.size, ENDS)
        first += 1
    return None


def subject_before(view: View, verb: int, begin: int) -> tuple[Mention | None, bool]:
    """Return the subject of an active verb, and whether the verb reports at all (not *untuk mengatakan*)."""
    low, flags, words = view.low, view.flags, view.words
    place, adverbs = verb - 1, words_of("cue", "adverbs")
    while place >= begin and low[place] in adverbs and not (flags[place] & rules.CAPITAL and place > begin):
        place -= 1
    if place < begin:
        return None, True
    if verb >= begin + 2 and low[verb - 1] in words_of("cue", "coordinating") and flags[verb - 2] & rules.COMMA:
        return None, False
    asked = _is_order(view, place) and not any(low[at] in words_of("cue", "coordinating") for at in range(place, verb))
    if low[place] in words_of("cue", "denied") or low[place] in words_of("cue", "relative") or asked:
        return None, False
    reach, nearest, titled = max(begin, verb - _REACH), place, -1
    while place >= reach:
        bits, word = flags[place], words[place]
        if word == ")":
            while place > reach and words[place] != "(":
                place -= 1
            place -= 1
            continue
        if bits & rules.COMMA:
            relative = _before_relative(view, place, reach) if place == verb - 1 else place
            nearest = relative if relative < place else nearest
            place = relative if relative < place else place - 1
            continue
        degreed = before_degrees(view, place, reach)
        if degreed < place:
            nearest = degreed if nearest in (place, place + 1) else nearest
            place, titled = degreed, place
            continue
        if bits & rules.PRONOUN:
            return Mention(place, place, "pronoun"), True
        adjacent = place == nearest and bits & rules.LETTER and not bits & (rules.BREAK | rules.SAYING)
        if bits & rules.CAPITAL or adjacent or (bits & (rules.OFFICE | rules.ORGANISATION) and bits & rules.LETTER):
            first = phrase_begin(view, place, reach)
            mention = None
            while first <= place:
                mention = phrase_at(view, first, max(place, titled) + 1)
                if mention is not None and mention.last >= place:
                    break
                mention = None
                first += 1
            titled = -1
            before = first - 1
            if mention is None:
                place = before if before < place else place - 1
                continue
            if before >= reach and view.low[before] in words_of("cue", "naming") and mention.kind == "name":
                return mention, True  # seorang warga bernama Yohana
            if before >= reach and (governs(view, before) or _is_where(view, mention, before, reach)):
                inner = behind_inner(view, mention, reach) if place == nearest else None
                if inner is not None:
                    return inner, True
                place = before - 1
                continue
            if mention.kind == "role" and view.low[mention.first] in words_of("people", "no_speakers"):
                return None, True
            if _is_heading_word(view, mention, begin):
                return None, True
            if before >= reach and _is_order(view, before):
                return None, False
            head = _head_of_relative(view, before, reach)
            if head >= 0:  # Suwoto yang sedang melakukan dinas luar
                place = nearest = head
                continue
            return with_name(view, mention, reach), True
        place -= 1
    return None, True


def _before_relative(view: View, comma: int, reach: int) -> int:
    """Return the token before an aside that a comma closes: Sekda Ali, yang mendampingi Budi, menambahkan.

    An aside begins with *yang* or a preposition (*lewat pesan WhatsApp*). The comma itself, where there is none.
    """
    for place in range(comma - 1, reach, -1):
        if view.flags[place] & rules.COMMA:
            opens = view.low[place + 1]
            spot = opens in words_of("cue", "when_or_where") and bool(view.flags[place - 1] & rules.CAPITAL)
            return place - 1 if spot or opens in words_of("cue", "relative") else comma
    return comma


def _head_of_relative(view: View, before: int, reach: int) -> int:
    """Return the noun before *yang* where a verb stands right before a phrase, which is its object; -1: none."""
    if before < reach or not (is_verb(view.low[before]) and view.low[before].startswith("me")):
        return -1
    for place in range(before - 1, reach, -1):
        if view.flags[place] & (rules.COMMA | rules.STOP | rules.DOUBLE):
            return -1
        if view.low[place] in words_of("cue", "relative"):
            return place - 1 if view.flags[place - 1] & rules.CAPITAL else -1
    return -1


def _is_order(view: View, place: int) -> bool:
    """Tell whether a verb asks who stands behind it for something: meminta warga | menyampaikan keluhan."""
    saying = rules.dressed().get(view.low[place])
    return saying is not None and saying[0].clause == "command" and saying[0].voice != "bare" and saying[1] == ""


def _is_where(view: View, mention: Mention, before: int, reach: int) -> bool:
    """Tell whether a place only says where: dealer di kawasan Menteng."""
    if not is_place(view, mention.first, mention.last):
        return False
    for place in range(before, max(before - 2, reach - 1), -1):
        if view.low[place] in words_of("people", "inner"):
            return True
        if not view.flags[place] & rules.LETTER or view.flags[place] & (rules.CAPITAL | rules.BREAK):
            return False
    return False


def _is_heading_word(view: View, mention: Mention, begin: int) -> bool:
    """Tell whether a phrase is but a common word that has its capital from opening the sentence."""
    if mention.first != begin or not is_plain_name(mention) or len(mention.name) > 1:
        return False
    low = view.low[mention.first]
    return is_known(low) and low not in rules.known_names()
