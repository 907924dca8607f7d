"""Who stands before or behind a verb of saying: the subject of an active verb, the agent of a passive or bare one."""

from __future__ import annotations

from kit.discourse import rules
from kit.discourse.people import Mention, phrase_at, text_of
from kit.discourse.rules import words_of
from kit.discourse.view import View
from kit.lexicon.known import is_known

_REACH = 40
_LOWER_REACH = 6
_PARENTHESIS = 8
_ENDS = rules.COMMA | rules.STOP | rules.BREAK | rules.SAYING | rules.DOUBLE  # of an apposition
_PEOPLE = rules.OFFICE | rules.ORGANISATION | rules.HONORIFIC
_JOINTS = frozenset((".", "-", "–", "/", "&", "'"))


def agent_behind(view: View, verb: int, limit: int) -> tuple[Mention | None, int]:
    """Return who is named behind a bare or passive verb (or *menurut*), and the token behind that."""
    saying = rules.dressed().get(view.low[verb])
    if (saying and saying[1] == "nya") or view.low[verb] in words_of("cue", "source_own"):
        return Mention(verb, verb, "enclitic"), verb + 1
    place, between = verb + 1, words_of("cue", "between")
    while place < limit and view.low[place] in between and place - verb < 4:
        place += 1
    mention = phrase_at(view, place, limit)
    if mention is None:
        return None, verb + 1
    opens = saying is None or saying[0].voice == "passive" or view.breaks[verb]  # what is said may stand behind a comma
    return with_apposition(view, mention, limit, rules.COMMA if opens else _ENDS), mention.last + 1


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


def with_apposition(view: View, mention: Mention, limit: int, ends: int) -> Mention:
    """Add what stands behind: the office of a name (*kata Ali, Ketua RT 3,*), the name of an office, a body."""
    place = _behind_parenthesis(view, mention.last + 1, limit)
    if place + 1 >= limit or mention.kind not in ("name", "role"):
        return mention
    ahead = place + 1
    if mention.kind == "role":
        named = phrase_at(view, ahead, limit) if view.flags[place] & rules.COMMA else None
        if named is None or named.kind != "name" or named.role or not _is_closed(view, named.last + 1, limit, ends):
            return mention
        return named._replace(first=mention.first, role=mention.role, organisation=mention.organisation)
    if mention.role:
        return mention
    if view.low[place] == "dari" and view.flags[ahead] & (rules.ORGANISATION | rules.ACRONYM):
        body = phrase_at(view, ahead, limit)
        return mention if body is None else mention._replace(organisation=text_of(view, ahead, body.last))
    beside = view.flags[place] & rules.COMMA or view.low[place] in words_of("people", "serving_as")
    if not beside or not view.flags[ahead] & rules.OFFICE:
        return mention
    office = phrase_at(view, ahead, limit)
    if office is None or not office.role or not _is_closed(view, office.last + 1, limit, ends):
        return mention
    role = text_of(view, ahead, office.last)
    return mention._replace(role=role, organisation=office.organisation or mention.organisation)


def _behind_parenthesis(view: View, place: int, limit: int) -> int:
    """Return the token behind a short parenthesis that begins at a place, or the place itself."""
    if place >= limit or view.words[place] != "(":
        return place
    for ahead in range(place + 1, min(limit, place + _PARENTHESIS)):
        if view.words[ahead] == ")":
            return ahead + 1
    return place


def _is_closed(view: View, place: int, limit: int, ends: int) -> bool:
    """Tell whether a phrase beside another ends before a token."""
    if place >= limit:
        return ends == _ENDS
    return bool(view.flags[place] & ends) or view.words[place] == "("


def phrase_around(view: View, place: int) -> Mention | None:
    """Read the noun phrase that a word with a capital stands in."""
    first = _phrase_begin(view, place, max(0, place - _REACH))
    while first <= place:
        mention = phrase_at(view, first, view.size)
        if mention is not None and mention.last >= place:
            reach = max(0, first - _REACH)
            return with_apposition(view, _with_name(view, mention, reach), view.size, _ENDS)
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
    if low[place] in words_of("cue", "denied") or low[place] in words_of("cue", "relative"):
        return None, False
    reach, nearest = max(begin, verb - _REACH), place
    while place >= reach:
        bits, word = flags[place], words[place]
        if word == ")":
            while place > reach and words[place] != "(":
                place -= 1
            place -= 1
            continue
        if bits & rules.COMMA:
            place -= 1
            continue
        if bits & rules.PRONOUN:
            return Mention(place, place, "pronoun"), True
        adjacent = place == nearest and bits & rules.LETTER and not bits & (rules.BREAK | rules.SAYING)
        if bits & rules.CAPITAL or adjacent or (bits & (rules.OFFICE | rules.ORGANISATION) and bits & rules.LETTER):
            first = _phrase_begin(view, place, reach)
            mention = None
            while first <= place:
                mention = phrase_at(view, first, place + 1)
                if mention is not None and mention.last >= place:
                    break
                mention = None
                first += 1
            before = first - 1
            if mention is None:
                place = before if before < place else place - 1
                continue
            if before >= reach and _governs(view, before):
                place = before - 1
                continue
            if mention.kind == "role" and view.low[mention.first] in words_of("people", "no_speakers"):
                return None, True
            if _is_heading_word(view, mention, begin):
                return None, True
            return _with_name(view, mention, reach), True
        place -= 1
    return None, True


def _governs(view: View, place: int) -> bool:
    """Tell whether a word before a noun phrase makes it something else than a subject."""
    return bool(view.flags[place] & rules.BREAK) and view.low[place] not in words_of("sentence", "before_subject")


def _phrase_begin(view: View, last: int, reach: int) -> int:
    """Return the first token that a noun phrase which ends at a token may begin with."""
    flags, words, low = view.flags, view.words, view.low
    place, lower, listed = last, 0, False
    best = last
    while place >= reach:
        bits = flags[place]
        if bits & rules.CAPITAL:
            if bits & rules.CALENDAR:
                break
            best = place
            lower = 0
        elif (
            bits & (rules.OFFICE | rules.ORGANISATION | rules.HONORIFIC)
            and bits & rules.LETTER
            and not bits & rules.BREAK
        ):
            best = place
        elif low[place] in (
            "dan",
            "bin",
            "binti",
            "van",
            "de",
            "al",
            "el",
            "of",
            "for",
            "and",
            "the",
            "der",
            "von",
        ) or words[place] in (".", "-", "–", "/", "&", "'"):
            listed = listed or low[place] == "dan"
            if words[place] == "." and not (
                place > reach and flags[place - 1] & rules.CAPITAL and len(words[place - 1]) <= 4
            ):
                break
        elif words[place] == ")":
            opened = place
            while opened > reach and words[opened] != "(":
                opened -= 1
            if place - opened > 5 or opened <= reach or not flags[opened + 1] & rules.CAPITAL:
                break
            place = opened
        elif bits & rules.COMMA and (listed or low[place + 1] in ("dan", "serta")):
            if not (place > reach and flags[place - 1] & rules.CAPITAL and _office_near(view, place, reach)):
                break
            listed = True
        elif bits & rules.NUMBER and len(words[place]) <= 2:
            pass
        elif bits & rules.LETTER and not bits & (rules.BREAK | rules.SAYING | rules.PRONOUN) and lower < 3:
            lower += 1
        else:
            break
        place -= 1
    return best


def _office_near(view: View, comma: int, reach: int) -> bool:
    """Tell whether a run of capitals and commas before a comma begins with an office."""
    place = comma - 1
    while place >= max(reach, comma - 10) and view.flags[place] & (rules.CAPITAL | rules.COMMA):
        if view.flags[place] & rules.OFFICE:
            return True
        place -= 1
    return False


def _is_heading_word(view: View, mention: Mention, begin: int) -> bool:
    """Tell whether a phrase is but a common word that has its capital from opening the sentence."""
    if mention.first != begin or mention.kind != "name" or len(mention.name) > 1:
        return False
    low = view.low[mention.first]
    return is_known(low) and low not in words_of("people", "names_too")


def _with_name(view: View, mention: Mention, reach: int) -> Mention:
    """Join a name and the office beside it between commas: Aziz Yanuar, anggota tim kuasa hukum Rizieq, mengatakan."""
    before = mention.first - 1
    if before < reach:
        return mention
    beside = (
        mention.kind == "role" and view.flags[before] & rules.CAPITAL and not view.flags[mention.first] & rules.CAPITAL
    )
    if not beside and not view.flags[before] & rules.COMMA:
        return mention
    place = before if beside else before - 1
    if place >= reach and view.words[place] == ")":
        while place > reach and view.words[place] != "(":
            place -= 1
        place -= 1
    if place < reach or not view.flags[place] & (rules.CAPITAL | rules.OFFICE):
        return mention
    first = _phrase_begin(view, place, reach)
    if first - 1 >= reach and _governs(view, first - 1):
        return mention
    other = phrase_at(view, first, place + 1)
    if other is None or other.last < place:
        return mention
    closed = mention.last + 1 < view.size and view.flags[mention.last + 1] & rules.COMMA
    if mention.kind == "name" and not mention.role and other.role and other.kind == "name":
        other = other._replace(kind="role", role=" ".join((other.role, *other.name)), name=())
    if (
        mention.kind == "role"
        and other.kind == "name"
        and view.flags[mention.first] & rules.OFFICE
        and (beside or closed)
    ):
        return other._replace(role=other.role or mention.role, organisation=other.organisation or mention.organisation)
    if mention.kind == "name" and not mention.role and other.kind == "role":
        return mention._replace(role=other.role, organisation=other.organisation)
    return mention
