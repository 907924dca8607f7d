"""Noun phrases that name people: office, organisation, name and titles, told apart by the lists."""

from __future__ import annotations

from typing import NamedTuple

from kit.discourse import rules
from kit.discourse.view import View
from kit.lexicon.known import is_known

_LONGEST = 32
_LOWER_MOST = 6
_NO_NOUN = rules.BREAK | rules.SAYING | rules.PRONOUN | rules.FUNCTION
_VERBAL = ("meng", "meny", "mem", "men", "ber", "di")
_INITIALS = 2
_DASHES = frozenset(("-", "–"))
_AND = frozenset(("dan", "serta"))
_SHORTEST_VERB = 6
_LIST = 14  # tokens of the duties of an office, behind their first comma


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
    return read(view, token, _end(view, token, limit))


def is_verb(form: str) -> bool:
    """Tell whether a word in lower case looks like a verb, which ends a noun phrase."""
    verbal = form.startswith(_VERBAL) and len(form) >= _SHORTEST_VERB and not form.endswith("an")
    return (verbal or (form.startswith("me") and form.endswith("kan"))) and form not in rules.words_of(
        "people", "no_verbs"
    )


def is_abbreviated(view: View, place: int) -> bool:
    """Tell whether a word with a full stop behind it may be the beginning of a name: M. Nuh, Moch. Ali, Dr. Sari."""
    low, bits = view.low[place], view.flags[place]
    if not bits & rules.CAPITAL:
        return False
    return len(low) <= _INITIALS or bool(bits & rules.HONORIFIC) or low in rules.words_of("people", "given")


def _is_name_ahead(view: View, token: int, limit: int) -> bool:
    """Tell whether a word with a capital follows at once."""
    return token + 1 < limit and bool(view.flags[token + 1] & rules.CAPITAL)


def _end(view: View, token: int, limit: int) -> int:
    """Return the last token of the noun phrase that begins at a token."""
    words, low, flags = view.words, view.low, view.flags
    last, place, lower = token, token, 0
    if not flags[token] & rules.CAPITAL:
        lower = 1
    most = min(limit, token + _LONGEST)
    place = token + 1
    lower_head = not flags[token] & rules.CAPITAL
    while place < most:
        bits = flags[place]
        word = words[place]
        if bits & rules.CAPITAL:
            if bits & rules.CALENDAR:
                break
            last = place
        elif word == "." and is_abbreviated(view, place - 1):
            if not (place + 1 < most and flags[place + 1] & (rules.CAPITAL | rules.HONORIFIC)):
                break
            if view.breaks[place + 1] and len(words[place - 1]) > 1 and not flags[place - 1] & rules.HONORIFIC:
                break
        elif word == ",":
            ahead = place + 1
            if ahead < most and low[ahead].replace(".", "") in rules.words_of("people", "degrees"):
                if not flags[ahead] & rules.CAPITAL:
                    break
                last = ahead
                place = ahead
            elif flags[token] & rules.OFFICE and _goes_on_as_list(view, place, most):
                pass
            else:
                break
        elif word == "(":
            close = _closing(view, place, most)
            if close < 0 or close - place > 6:
                break
            inner = low[place + 1]
            if inner in rules.words_of("people", "rank_parts"):
                last = place = close
            elif close + 1 < most and flags[close + 1] & rules.CAPITAL and flags[place + 1] & rules.CAPITAL:
                place = close
            else:
                break
        elif word in ("-", "–", "/", "&", "'", "’"):
            if not (place + 1 < most and flags[place + 1] & (rules.CAPITAL | rules.NUMBER)):
                break
        elif low[place] in rules.words_of("people", "joints"):
            joined = place + 1 < most and flags[place + 1] & (rules.CAPITAL | rules.OFFICE) and place - last <= 2
            if not joined or not joins(view, place):
                break
        elif bits & rules.NUMBER:
            beside = place == last + 1 or (place == last + 2 and words[place - 1] in _DASHES)  # Covid-19
            body = beside and flags[token] & (rules.OFFICE | rules.ORGANISATION)
            goes_on = place + 1 < most and (flags[place + 1] & rules.CAPITAL or words[place + 1] == "/")
            if not body or (len(word) > 2 and not goes_on):
                break
            last = place
        elif bits & rules.LETTER and not bits & _NO_NOUN and not is_verb(low[place]):
            lower_run = place == last + 1 or (
                place == last + 2 and low[place - 1] in rules.words_of("people", "joints")
            )
            office = flags[token] & (rules.OFFICE | rules.ORGANISATION)
            if not (lower_run and (lower_head or office) and lower < _LOWER_MOST):
                break
            if not lower_head and not (bits & (rules.OFFICE | rules.ORGANISATION) or lower < 2):
                break
            lower += 1
            last = place
        else:
            break
        place += 1
    return last


def joins(view: View, place: int) -> bool:
    """Tell whether a joint goes on with a phrase: behind *atau* a short form of a body, not a second name of a person.

    PT Perusahaan Listrik Negara atau PLN; but Presiden Joko Widodo | atau Jokowi.
    """
    if view.low[place] != "atau":
        return True
    flags, behind = view.flags, place + 1
    if behind >= view.size or not flags[behind] & rules.CAPITAL:
        return False
    return bool(flags[behind] & rules.ACRONYM or (behind + 1 < view.size and flags[behind + 1] & rules.CAPITAL))


def _goes_on_as_list(view: View, comma: int, limit: int) -> bool:
    """Tell whether a comma stands in the list of an office's duties: Bidang Politik, Hukum, dan Keamanan."""
    place = comma + 1
    while place < min(limit - 1, comma + _LIST):
        if view.low[place] in ("dan", "serta"):
            return bool(view.flags[place + 1] & rules.CAPITAL) and place > comma + 0
        if not view.flags[place] & (rules.CAPITAL | rules.COMMA) or view.flags[place] & rules.OFFICE:
            return False
        place += 1
    return False


def _closing(view: View, place: int, limit: int) -> int:
    """Return the parenthesis that closes the one at a place; -1: none."""
    for token in range(place + 1, min(limit, place + 12)):
        if view.words[token] == ")":
            return token
    return -1


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
            inner = _name_behind_organisation(view, begin, stop) or _name_behind_acronym(view, begin, stop)
            if inner and name_of(view, inner, stop):
                return Mention(first, last, "name", name_of(view, inner, stop), "", text_of(view, begin, inner - 1))
            return Mention(first, last, "organisation", (), "", text_of(view, begin, last))
        if not flags[begin] & rules.CAPITAL:
            return Mention(first, last, "role", (), text_of(view, begin, last), "")
        begin = _named_from(view, begin, stop)
        name = name_of(view, begin, stop)
        if not name or not _is_person(view, begin, stop):
            return Mention(first, last, "organisation", (), "", text_of(view, begin, last))
        return Mention(first, last, "name", name)
    edge = begin + office
    name_first = _name_begins(view, edge, stop)
    if name_first > stop or not name_of(view, name_first, stop):
        return Mention(first, last, "role", (), text_of(view, begin, stop), _organisation(view, begin, edge, stop))
    role_last = name_first - 1
    while role_last >= edge and (flags[role_last] & rules.HONORIFIC or words[role_last] in ".,("):
        role_last -= 1
    organisation = _organisation(view, begin, edge, role_last)
    return Mention(first, last, "name", name_of(view, name_first, stop), text_of(view, begin, role_last), organisation)


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
    low, words = view.low, view.words
    degrees, parts = rules.words_of("people", "degrees"), rules.words_of("people", "rank_parts")
    stop = last
    while stop > begin and (
        words[stop] in (",", ".", ")", "(")
        or (
            low[stop].replace(".", "") in degrees
            and (words[stop].isupper() or words[stop - 1] == "," or "." in words[stop])
        )
        or (low[stop] in parts and words[stop - 1] == "(")
    ):
        stop -= 1
    return stop


def name_of(view: View, first: int, stop: int) -> tuple[str, ...]:
    """Return the words of a name."""
    honorifics, flags = rules.words_of("people", "honorifics"), view.flags
    honorifics |= rules.words_of("people", "rank_parts")
    while first < stop and (
        not flags[first] & rules.LETTER or (view.low[first] in honorifics and len(view.words[first]) > 1)
    ):
        first += 1
    inside = rules.words_of("people", "inside")
    both = (place for place in range(first + 1, stop) if view.low[place] in _AND and _are_two(view, place))
    kept = (place for place in range(first, next(both, stop + 1)) if flags[place] & rules.LETTER)
    return tuple(view.words[place] for place in kept if flags[place] & rules.CAPITAL or view.low[place] in inside)


def _are_two(view: View, joint: int) -> bool:
    """Tell whether two people are joined: Nisa dan Halisa, of whom the first is taken."""
    beside = (joint - 1, joint + 1)
    capital = all(view.flags[place] & rules.CAPITAL and not view.flags[place] & rules.ACRONYM for place in beside)
    return bool(capital) and not any(_is_foreign_to_names(view, place) for place in beside)


def _named_from(view: View, begin: int, stop: int) -> int:
    """Return where a name begins behind a place or a heading that stands before it without a sign."""
    for place in range(begin + 1, stop + 1):
        if view.low[place] in view.lone and not _is_common(view, place):
            first = _with_initials(view, place, begin, stop)
            return first if all(_is_foreign_to_names(view, before) for before in range(begin, first)) else begin
    return begin


def _is_foreign_to_names(view: View, place: int) -> bool:
    """Tell whether a word is a known word or place, and no name too."""
    low, names = view.low[place], rules.known_names() | rules.words_of("people", "given")
    return low not in names and (_is_common(view, place) or is_known(low))


def _is_person(view: View, begin: int, stop: int) -> bool:
    """Tell whether words with capitals may be a person's name: one of them is no known word, place or acronym."""
    for place in range(begin, stop + 1):
        bits = view.flags[place]
        if not bits & rules.LETTER:
            continue
        if view.low[place] in view.lone or not (bits & rules.ACRONYM or _is_foreign_to_names(view, place)):
            return True
    return stop - begin + 1 == 1 and not view.flags[begin] & rules.ACRONYM


def _name_behind_organisation(view: View, begin: int, stop: int) -> int:
    """Return where a person's name begins behind an organisation: KPU Manado Sahrul Setiawan; 0: there is none."""
    for place in range(begin + 1, stop + 1):
        if view.low[place] in view.lone and view.flags[place] & rules.CAPITAL and not _is_common(view, place):
            return _with_initials(view, place, begin + 1, stop)
    return 0


def _name_behind_acronym(view: View, begin: int, stop: int) -> int:
    """Return where a person's name begins behind an acronym: TNLL Jusman; 0: there is none."""
    acronym = view.flags[begin] & rules.ACRONYM and len(view.words[begin]) > _INITIALS
    if not acronym or begin == stop or view.low[begin] in view.lone:
        return 0
    first = begin + 1
    common = any(
        view.flags[place] & rules.ACRONYM or not view.flags[place] & rules.CAPITAL or _is_foreign_to_names(view, place)
        for place in range(first, stop + 1)
    )
    return 0 if common else first


def _office_at(view: View, place: int, last: int) -> int:
    """Return how many words of an office stand at a place (0: none); the longest counts, one may follow another."""
    low, total = view.low, 0
    table = rules.offices()
    while place + total <= last:
        if not view.flags[place + total] & rules.OFFICE:
            break
        for size in (4, 3, 2, 1):
            if place + total + size - 1 <= last and tuple(low[place + total : place + total + size]) in table:
                total += size
                break
        else:
            break
    return total


def _name_begins(view: View, edge: int, stop: int) -> int:
    """Return where the name begins behind an office; one behind the stop: there is none.

    A rank ends the office; so does a word that the document uses alone as somebody's name. Else the name is what stands
    last and is no known word, place or organisation.
    """
    flags, low = view.flags, view.low
    for place in range(stop - 1, edge, -1):
        if low[place] in rules.words_of("people", "learned") and flags[place] & rules.CAPITAL:
            return place + 1 if view.words[place + 1] != "." else min(place + 2, stop)
    ranks, parts = rules.words_of("people", "ranks"), rules.words_of("people", "rank_parts")
    for place in range(edge, stop):
        if low[place] in ranks and flags[place] & rules.CAPITAL:
            behind = place + 1
            while behind < stop and (low[behind] in ranks or low[behind] in parts or view.words[behind] in "()."):
                behind += 1
            if flags[behind] & rules.CAPITAL and not flags[behind] & rules.ORGANISATION:
                return behind
    for place in range(edge, stop + 1):
        short = low[place] in view.lone and flags[place] & rules.CAPITAL and view.words[place - 1] != "("
        if short and not _is_common(view, place):
            return _with_initials(view, place, edge, stop)
    place = stop + 1
    while place > edge:
        bits, word = flags[place - 1], low[place - 1]
        if place <= stop and (
            word in rules.words_of("people", "inside")
            or (view.words[place - 1] == "." and place - 2 >= edge and is_abbreviated(view, place - 2))
        ):
            place -= 1
            continue
        if not bits & rules.CAPITAL or (bits & rules.ACRONYM and len(word) > 2):
            break
        if bits & rules.HONORIFIC and place <= stop and len(word) > 1:
            break
        if word not in rules.known_names() and (_is_common(view, place - 1) or is_known(word)):
            break
        place -= 1
    while place <= stop and not flags[place] & rules.CAPITAL:
        place += 1
    return place


def _is_common(view: View, place: int) -> bool:
    """Tell whether a word belongs to an office, an organisation or a place rather than to a name."""
    bits, word = view.flags[place], view.words[place]
    if bits & (rules.ORGANISATION | rules.OFFICE | rules.PLACE):
        return view.low[place] not in rules.known_names()
    return any(sign.isdigit() or sign == "." for sign in word[:-1])


def _with_initials(view: View, place: int, edge: int, stop: int) -> int:
    """Return where a name begins whose short form begins at a place: M Sahrul Setiawan, known as Sahrul."""
    first, low, words = place, view.low, view.words
    given = rules.known_names() | rules.words_of("people", "given")
    while first > edge:
        before = first - 1
        initial = words[before] == "." and before - 1 >= edge and is_abbreviated(view, before - 1)
        named = len(words[before]) == 1 or low[before] in given
        alone = place == stop and not _is_common(view, before) and not is_known(low[before])
        if not initial and not (view.flags[before] & rules.CAPITAL and (named or alone)):
            break
        first = before
    while first < place and words[first] == ".":
        first += 1
    return first


def _organisation(view: View, begin: int, edge: int, last: int) -> str:
    """Return the organisation of an office: from its first word on; no place or portfolio alone."""
    flags = view.flags
    for place in range(begin, last + 1):
        if flags[place] & rules.CAPITAL and flags[place] & rules.ORGANISATION and place > begin:
            return text_of(view, place, last)
    for place in range(edge, last + 1):
        if not flags[place] & rules.CAPITAL or flags[place] & rules.PLACE:
            continue
        if (flags[place] & rules.ACRONYM and view.words[place - 1] != "(") or (
            place == edge and not is_known(view.low[place])
        ):
            return text_of(view, place, last)
    return ""


def text_of(view: View, first: int, last: int) -> str:
    """Return words as written, with single blanks."""
    if last < first:
        return ""
    behind = (("" if view.is_glued(place) else " ") + view.words[place] for place in range(first + 1, last + 1))
    return "".join((view.words[first], *behind))
