"""A name and the office beside it: between commas, behind selaku, dari or the place of an office."""

from __future__ import annotations

from kit.discourse import rules
from kit.discourse.degrees import before_degrees
from kit.discourse.names import name_of
from kit.discourse.people import Mention, phrase_at, text_of
from kit.discourse.phrase_ends import is_abbreviated, is_verb, joins
from kit.discourse.rules import words_of
from kit.discourse.view import View

_PARENTHESIS = 8
_PARTS = 3  # of a phrase with dari and di
_LIST = 20  # tokens of the duties of an office
ENDS = rules.COMMA | rules.STOP | rules.BREAK | rules.SAYING | rules.DOUBLE  # of an apposition
_JOINTS = frozenset((".", "-", "–", "/", "&", "'"))


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
        return _of_office(view, mention, place, limit)
    if view.low[place] == "dari" and view.flags[ahead] & (rules.ORGANISATION | rules.ACRONYM):
        body = phrase_at(view, ahead, limit)
        return mention if body is None else mention._replace(organisation=text_of(view, ahead, body.last))
    beside = view.flags[place] & rules.COMMA or view.low[place] in words_of("people", "serving_as")
    if not beside or not view.flags[ahead] & rules.OFFICE:
        return mention
    office = phrase_at(view, ahead, limit)
    if office is None or not office.role:
        return mention
    if view.flags[place] & rules.COMMA and not _is_closed(view, office.last + 1, limit, ends):
        return mention
    role = text_of(view, ahead, office.last)
    return mention._replace(role=role, organisation=office.organisation or mention.organisation)


def _of_office(view: View, mention: Mention, place: int, limit: int) -> Mention:
    """Read a name that stands behind what somebody is to somebody: menurut kuasa hukum Ali, Budi, …."""
    if not view.flags[place] & rules.COMMA:
        return mention
    ends = rules.COMMA
    if view.flags[mention.first] & rules.CAPITAL:  # Ketua Komite SDN 3 Sukamaju, Abdul Hadi, …
        name = mention.name[0].casefold()
        if len(mention.name) > 1 or name in view.lone or name in rules.names_or_given():
            return mention
        ends |= rules.STOP
    named = phrase_at(view, place + 1, limit)
    if named is None or not is_plain_name(named) or not _is_closed(view, named.last + 1, limit, ends):
        return mention
    return named._replace(first=mention.first, role=text_of(view, mention.first, mention.last))


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
        return ends == ENDS
    return bool(view.flags[place] & ends) or view.words[place] == "("


def with_name(view: View, mention: Mention, reach: int) -> Mention:
    """Join a name and the office beside it between commas: Aziz Yanuar, anggota tim kuasa hukum Rizieq, mengatakan."""
    before = mention.first - 1
    if before < reach or mention.kind not in ("name", "role"):
        return mention
    lower = not view.flags[mention.first] & rules.CAPITAL
    beside = mention.kind == "role" and lower and bool(view.flags[before] & rules.CAPITAL)
    if not beside and not view.flags[before] & rules.COMMA:
        return mention
    other = _phrase_to(view, before if beside else before - 1, reach)
    if other is None or (is_plain_name(other) and view.low[other.first] in words_of("sentence", "openers")):
        return mention  # Sementara itu, polisi
    if mention.kind == "name" and not mention.role and not is_plain_name(other):
        role = text_of(view, other.first, other.last)
        return mention._replace(first=mention.first, role=role, organisation=other.organisation)
    behind = mention.last + 1
    named = other.first - 1 >= reach and (
        view.flags[other.first - 1] & rules.COMMA or view.low[other.first - 1] in words_of("cue", "naming")
    )
    if named:  # Seorang warga, Sri, pedagang di Pasar Legi, mengatakan; but Setelah bertemu Sri, pedagang di …
        behind = _behind_inner_phrase(view, behind)
    closed = behind < view.size and view.flags[behind] & rules.COMMA
    opening = other.first <= reach or view.breaks[other.first]
    office = mention.kind == "role" and view.flags[mention.first] & rules.OFFICE and (beside or closed or opening)
    if office and other.kind == "name":
        return other._replace(role=other.role or mention.role, organisation=other.organisation or mention.organisation)
    return mention


def _behind_inner_phrase(view: View, place: int) -> int:
    """Return the token behind the place of an office, or the first one given: pedagang | di Pasar Legi |,."""
    if place >= view.size or view.low[place] not in words_of("people", "inner"):
        return place
    stop = min(view.size, place + _PARENTHESIS)
    return next((ahead for ahead in range(place + 1, stop) if not view.flags[ahead] & rules.CAPITAL), stop)


def is_plain_name(mention: Mention) -> bool:
    """Tell whether a phrase is but a name, no office."""
    return mention.kind == "name" and not mention.role


def _phrase_to(view: View, last: int, reach: int) -> Mention | None:
    """Read the phrase that ends at a token: an office with what belongs to it, also behind *dari* or *di*."""
    while last > reach and view.low[last] in words_of("people", "pointing"):
        last -= 1
    last = before_degrees(view, last, reach)
    place, turns = _before_parenthesis(view, last, reach), 0
    first = place + 1
    while place >= reach and turns < _PARTS:
        if not view.flags[place] & (rules.CAPITAL | rules.OFFICE | rules.LETTER):
            return None
        first = phrase_begin(view, place, reach)
        phrase = phrase_at(view, first, place + 1)
        before = first - 1
        if before < reach or view.low[before] not in words_of("people", "inner"):
            if phrase is None or (before >= reach and governs(view, before)):
                if not (before >= reach and view.flags[before] & rules.COMMA and is_place(view, first, place)):
                    return None
            elif turns == 0 and not (view.flags[before] & rules.COMMA and is_place(view, first, place)):
                return phrase if phrase.last >= place else None
            elif turns and view.flags[phrase.first] & rules.OFFICE:
                return phrase._replace(last=last, name=(), kind="role", role=text_of(view, phrase.first, last))
            elif not (view.flags[before] & rules.COMMA and is_place(view, first, place)):
                return None
        place, turns = _before_parenthesis(view, before - 1, reach), turns + 1
    return None


def is_place(view: View, first: int, last: int) -> bool:
    """Tell whether a phrase is but a place: Camat Tanah Abang, Jakarta Pusat, …."""
    return all(view.flags[place] & rules.PLACE for place in range(first, last + 1))


def _before_parenthesis(view: View, place: int, reach: int) -> int:
    """Return the token before a parenthesis that ends at a place, or the place itself."""
    if place >= reach and view.words[place] == ")":
        while place > reach and view.words[place] != "(":
            place -= 1
        return place - 1
    return place


def behind_inner(view: View, mention: Mention, reach: int) -> Mention | None:
    """Read a name that stands right behind the place of an office: Konsul Jenderal RI di New York Arifi Saiman."""
    before = mention.first - 1
    if view.low[before] not in words_of("people", "inner") or mention.kind != "name" or mention.role:
        return None
    office = _phrase_to(view, before - 1, reach)
    if office is None or not view.flags[office.first] & rules.OFFICE:
        return None
    first = mention.first
    body = rules.ORGANISATION | rules.PLACE
    spots = range(first, mention.last + 1)
    known = (place for place in spots if view.low[place] in view.lone and not view.flags[place] & body)
    first = next(known, first)
    while first < mention.last and view.flags[first] & body and view.low[first] not in rules.known_names():
        first += 1
    name = name_of(view, first, mention.last)
    if not name or (first == mention.first and view.low[first - 1] not in words_of("people", "inner")):
        return None
    organisation = office.organisation
    return Mention(office.first, mention.last, "name", name, text_of(view, office.first, first - 1), organisation)


def phrase_begin(view: View, last: int, reach: int) -> int:
    """Return the first token that a noun phrase which ends at a token may begin with."""
    flags, words, low = view.flags, view.words, view.low
    place, lower, listed = last, 0, False
    best = last
    while place >= reach and view.paragraph[place] == view.paragraph[last]:
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
        elif (low[place] in words_of("people", "joints") and joins(view, place)) or words[place] in _JOINTS:
            listed = listed or low[place] == "dan"
            if words[place] == "." and not (place > reach and is_abbreviated(view, place - 1)):
                break
            if words[place] in "-–" and not view.is_glued(place) and flags[place + 1] & rules.OFFICE:
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
        elif bits & rules.NUMBER and (len(words[place]) <= 2 or words[place + 1] == "/"):  # Danrem 045/Garuda Jaya
            pass
        elif is_verb(low[place]):
            break
        elif bits & rules.LETTER and not bits & (rules.BREAK | rules.SAYING | rules.PRONOUN) and lower < 3:
            lower += 1
        else:
            break
        place -= 1
    return best


def _office_near(view: View, comma: int, reach: int) -> bool:
    """Tell whether a run of capitals and commas before a comma begins with an office."""
    place = comma - 1
    while place >= max(reach, comma - _LIST) and view.flags[place] & (rules.CAPITAL | rules.COMMA):
        if view.flags[place] & rules.OFFICE:
            return True
        place -= 1
    return False


def governs(view: View, place: int) -> bool:
    """Tell whether a word before a noun phrase makes it something else than a subject."""
    if view.low[place] in words_of("cue", "naming"):
        return False
    return bool(view.flags[place] & rules.BREAK) and view.low[place] not in words_of("sentence", "before_subject")
