"""What an active verb of saying opens: where the words that it reports begin, and of which type the report is."""

from __future__ import annotations

from kit.discourse import rules
from kit.discourse.clause_words import word
from kit.discourse.phrase_ends import is_verb
from kit.discourse.rules import words_of
from kit.discourse.verbs import Saying
from kit.discourse.view import View
from kit.lexicon.wordlists import bases

REACH = 14  # tokens behind the verb in which what it opens is looked for
_SHORTEST_VERB = 5
_FINITE = ("passive", "active", "ber", "ter")
_NOMINAL = "nya"  # pentingnya, lambannya: what makes a noun of a clause

_NO_VERB = (Saying("", "", "bare", ""), "")

#: Where the words begin (-1: nowhere), and the type.
Found = tuple[int, str]
NOTHING: Found = (-1, "")
#: Somebody says something about what stands behind, and no clause tells what.
OBJECT: Found = (-1, "attribution_only")


def words_behind(view: View, verb: int, clause: str, stop: int) -> Found:
    """Return where the words reported behind an active verb begin, and the type of the report."""
    low, flags, opens = view.low, view.flags, words_of("cue", "opens")
    place = verb + 1
    while place < stop and low[place] in ("pula", "lagi", "juga", "kembali"):
        place += 1
    joined = place + 1 < stop and low[place] in words_of("cue", "coordinating") and flags[place + 1] & rules.SAYING
    if joined:  # mengimbau dan meminta warga agar sabar: one report, of the second verb
        return NOTHING
    attributes = low[verb] in words_of("cue", "attributes")
    if place >= stop or (attributes and flags[place] & rules.STOP):
        return OBJECT if attributes else NOTHING
    if low[verb] not in words_of("cue", "acts") and _points_back(view, place, stop):
        return OBJECT
    if clause == "quote":
        return OBJECT if attributes and _is_object(view, place) else NOTHING
    if low[place] in opens or (clause == "bahwa" and low[place] in words_of("cue", "opens_behind")):
        return place + 1, "indirect"
    if view.words[place] in (",", ":"):
        return place + 1, "indirect"
    if (
        low[verb] in words_of("cue", "whole")
        and flags[place] & (rules.LETTER | rules.DOUBLE)
        and not _is_object_of_whole(view, place)
    ):
        return place, "indirect"
    if clause == "wish":
        if low[place] in words_of("cue", "purpose"):
            return place, "indirect_command"
        if low[place] in words_of("cue", "addressed"):
            clause = "command"
        elif not flags[place] & rules.LETTER or low[place] in words_of("cue", "no_wish"):
            return NOTHING
        else:
            return place, "indirect"
    if clause == "command":
        return _ordered(view, verb, place, stop)
    if low[place] in words_of("cue", "addressed"):
        return _behind_addressee(view, place, stop)
    if view.words[place] == "(":
        return NOTHING
    if clause == "always":
        return place, "indirect"
    found = _clause(view, place, stop, judged=low[verb] in words_of("cue", "judging"))
    if not found and attributes and _is_object(view, place):
        return OBJECT
    return found or NOTHING


def _points_back(view: View, place: int, stop: int) -> bool:
    """Tell whether nothing but what was said before stands at a place: menyampaikan hal itu dalam rapat."""
    low, ahead = view.low, place + 2
    if (
        ahead > stop
        or low[place] not in words_of("cue", "pointers")
        or low[place + 1] not in words_of("people", "pointing")
    ):
        return False
    return (
        ahead == stop
        or bool(view.flags[ahead] & (rules.STOP | rules.COMMA | rules.CALENDAR))
        or low[ahead] in words_of("cue", "when_or_where")
    )


def _ordered(view: View, verb: int, place: int, stop: int) -> Found:
    """Read whom somebody asks for what."""
    low, opens, depth = view.low, words_of("cue", "opens"), 0
    for ahead in range(place, min(stop, place + REACH)):
        sign = view.words[ahead]
        depth += (sign == "(") - (sign == ")")
        if depth:
            continue
        if low[ahead] in opens:
            return ahead + 1, "indirect"
        if low[ahead] in words_of("cue", "purpose"):
            return ahead, "indirect_command"
        if sign in (",", ":"):
            told = ahead + 1 < stop and low[ahead + 1] == "bukan"  # meminta pendampingan, bukan ancaman
            return place if told else ahead + 1, "indirect_command"
        if ahead > place and view.stance_is_directive(verb) and _is_order(view, ahead):
            return place, "indirect_command"
    if low[place] in words_of("cue", "addressed"):
        return NOTHING
    told = low[verb] in words_of("cue", "stresses") and _is_told(view, place)
    return (place, "indirect") if told or _proof(view, place, stop) >= 0 else NOTHING


def _is_order(view: View, place: int) -> bool:
    """Tell whether a verb that somebody is asked for stands at a place: meminta warga menahan diri."""
    low = view.low
    verb = low[place].startswith(("me", "ber", "di")) and len(low[place]) > _SHORTEST_VERB
    verb = verb or low[place] in words_of("cue", "ordered")
    return verb and not view.flags[place] & rules.CAPITAL and low[place - 1] not in words_of("cue", "relative")


def _behind_addressee(view: View, place: int, stop: int) -> Found:
    """Read what is said behind to whom: menjelaskan kepada warga bahwa …."""
    opens, depth = words_of("cue", "opens"), 0
    for ahead in range(place, min(stop, place + REACH)):
        sign = view.words[ahead]
        depth += (sign == "(") - (sign == ")")
        if not depth and (view.low[ahead] in opens or sign in (",", ":")):
            return ahead + 1, "indirect"
    return NOTHING


def _clause(view: View, place: int, stop: int, *, judged: bool) -> Found | None:
    """Read a clause with *bahwa*, before which may stand when and where it was said, or without it."""
    opens = words_of("cue", "opens")
    opened = next((at for at in range(place, min(stop, place + REACH)) if view.low[at] in opens), -1)
    if _is_told(view, place):
        return place, "indirect"
    proof = _proof(view, place, stop, judged=judged)
    if proof >= 0 and (opened < 0 or proof < opened):
        return place, "indirect"
    return (opened + 1, "indirect") if opened >= 0 else None


def _is_told(view: View, place: int) -> bool:
    """Tell whether a noun that a clause was made into stands at a place: menekankan pentingnya transparansi."""
    form = view.low[place]
    if not form.endswith(_NOMINAL) or form in words_of("cue", "told"):
        return False
    classes = bases().get(form.removesuffix(_NOMINAL), "")
    return "a" in classes or form in words_of("cue", "made_of_clauses")


def _proof(view: View, place: int, stop: int, *, judged: bool = False) -> int:
    """Return the word that shows that a clause begins at a place without *bahwa* (-1: none).

    By its first word, by a copula in it, or by its predicate: menjelaskan keduanya diamankan. A noun that many verbs
    tell of opens one only behind a verb that says how things are (judged): menyebut laporan utang belum dibuka.
    """
    low, flags = view.low, view.flags
    begins = words_of("cue", "complement", "copulas")
    first = low[place]
    if first in words_of("cue", "complement"):
        return place
    telling = first in words_of("cue", "told") and not judged
    if telling or first in words_of("cue", "coordinating") or not flags[place] & rules.LETTER:
        return -1
    if _is_finite(first) and not flags[place] & (rules.BREAK | rules.SAYING | rules.CAPITAL):
        return place  # membantah menerima uang
    aside = bool(flags[place] & rules.BREAK)  # dalam rapat itu ada …
    if flags[place] & rules.PRONOUN or first in words_of("people", "first_second"):
        ahead = place + 1
        if ahead >= stop or flags[ahead] & (rules.STOP | rules.COMMA):
            return -1
        return -1 if flags[ahead] & rules.BREAK and low[ahead] not in begins else place
    told = aside or first in words_of("cue", "pointers")  # hal sama
    pointed, inner = False, False
    for ahead in range(place + 1, min(stop, place + REACH)):
        form, bits = low[ahead], flags[ahead]
        if form in begins or (not told and form in words_of("cue", "predicates")):
            return ahead
        if form in words_of("people", "pointing"):
            pointed = first not in words_of("cue", "pointers")
        elif form in words_of("cue", "naming"):
            inner = True
        elif bits & rules.NUMBER or (bits & rules.CAPITAL and not bits & rules.CALENDAR):
            inner = False
        elif form in ("di", "dari", "ke", "bagi") and not inner and not pointed:
            inner = True  # data dari daerah belum lengkap
        elif (
            not bits & rules.LETTER
            or bits & rules.BREAK
            or (bits & rules.SAYING and rules.dressed().get(form, _NO_VERB)[0].voice == "bare")
        ):
            return -1
        else:
            if not aside and (pointed or (_is_finite(form) and not _is_infinitive(view, place, ahead))):
                return ahead
            inner = False
    return -1


def _is_finite(form: str) -> bool:
    """Tell whether a form is a verb that makes a predicate."""
    known = word(form)
    return known.role in ("", "modal") and (known.voice in _FINITE or is_verb(form))


def _is_infinitive(view: View, place: int, verb: int) -> bool:
    """Tell whether an active verb belongs to the noun before it: menjelaskan cara mengurus izin."""
    active = word(view.low[verb]).voice != "passive"
    return active and view.low[verb - 1] in words_of("cue", "infinitives") and verb - place <= 2


def _is_object(view: View, place: int) -> bool:
    """Tell whether what somebody denies, admits, criticises stands at a place."""
    bits = view.flags[place]
    return bool(bits & (rules.LETTER | rules.DOUBLE)) and not bits & (rules.BREAK | rules.PRONOUN)


def _is_object_of_whole(view: View, place: int) -> bool:
    """Tell whether what stands behind a verb that mostly opens a clause is none: mengaku kepada polisi."""
    return view.low[place] in words_of("cue", "addressed") or view.low[place] in words_of("cue", "not_whole")
