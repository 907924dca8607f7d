"""What a word may be to a name: a known name, or a word of an office, a body, a place."""

from __future__ import annotations

from kit.discourse import rules
from kit.discourse.view import View
from kit.lexicon.known import is_known


def is_name(view: View, place: int) -> bool:
    """Tell whether a word is known as people's name."""
    return view.low[place] in rules.names_or_given()


def is_common(view: View, place: int) -> bool:
    """Tell whether a word belongs to an office, an organisation or a place rather than to a name."""
    bits, word = view.flags[place], view.words[place]
    if bits & (rules.ORGANISATION | rules.OFFICE | rules.PLACE):
        return view.low[place] not in rules.known_names()
    return any(sign.isdigit() or sign == "." for sign in word[:-1])


def is_foreign_to_names(view: View, place: int) -> bool:
    """Tell whether a word is a known word or place, and no name too."""
    return not is_name(view, place) and (is_common(view, place) or is_known(view.low[place]))
