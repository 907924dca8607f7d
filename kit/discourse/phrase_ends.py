"""Where a noun phrase that names people ends: at a verb, a sign, or a word that belongs to no office and no name."""

from __future__ import annotations

from kit.discourse import rules
from kit.discourse.degrees import behind_degrees
from kit.discourse.view import View

_LONGEST = 32
_LOWER_MOST = 6
_NO_NOUN = rules.BREAK | rules.SAYING | rules.PRONOUN | rules.FUNCTION
_VERBAL = ("meng", "meny", "mem", "men", "ber", "di")
_INITIALS = 2
_DASHES = frozenset(("-", "–"))
_SHORTEST_VERB = 6
_LIST = 14  # tokens of the duties of an office, behind their first comma


def end_of(view: View, token: int, limit: int) -> int:
    """Return the last token of the noun phrase that begins at a token."""
    words, low, flags = view.words, view.low, view.flags
    last, place, lower = token, token, 0
    if not flags[token] & rules.CAPITAL:
        lower = 1
    most = min(limit, token + _LONGEST)
    place = token + 1
    lower_head = not flags[token] & rules.CAPITAL
    while place < most and view.paragraph[place] == view.paragraph[token]:
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
            behind = behind_degrees(view, place, most)
            if behind > place:
                last = place = behind - 1
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
            if word in _DASHES and not view.is_glued(place) and place + 1 < most and flags[place + 1] & rules.OFFICE:
                break  # Jakarta - Menteri …
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
        elif bits & rules.LETTER and not bits & _NO_NOUN and not ends_phrase(low[place]):
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


def ends_phrase(form: str) -> bool:
    """Tell whether a word in lower case is a verb, with a prefix or without one, before which a noun phrase ends."""
    return is_verb(form) or form in rules.words_of("people", "intransitive")


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
        return low in rules.words_of("people", "learned")
    return len(low) <= _INITIALS or bool(bits & rules.HONORIFIC) or low in rules.words_of("people", "given")


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
