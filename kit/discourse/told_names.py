"""Where the name begins behind an office and a body, as the document tells elsewhere: PT Bio Farma | Honesti Basyir."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kit.discourse import rules
from kit.discourse.actor_list import organisations
from kit.discourse.name_words import is_foreign_to_names, is_name
from kit.discourse.view import View

_SHORTEST = 2  # words of a name, or of a body, that stand by themselves elsewhere


def behind_known_body(view: View, edge: int, stop: int) -> int:
    """Return where words begin behind the last listed body of several words in a phrase; 0: there is none."""
    found, bodies = 0, _long_bodies()
    for place in range(edge, stop + 1):
        for words in bodies.get(view.low[place], ()):
            if view.low[place : min(place + len(words), stop + 1)] == words:
                found = max(found, place + len(words))
    return found


@cache
def _long_bodies() -> dict[str, list[list[str]]]:
    """Return the listed bodies of several words, folded, by their first word."""
    found: dict[str, list[list[str]]] = {}
    for name in organisations():
        first, *others = name.casefold().split()
        if others:
            found.setdefault(first, []).append([first, *others])
    return found


def name_told(view: View, edge: int, stop: int) -> int:
    """Return where a name begins behind an office as the document tells elsewhere; 0: it does not tell.

    Either the rest of the phrase stands by itself beside a verb of saying (*Honesti Basyir mengatakan*), or
    the words before it end some other phrase (*vaksin PT Bio Farma.*).
    """
    for place in range(edge + 1, stop):
        rest = tuple(view.low[place : stop + 1])
        joined = not view.flags[place - 1] & rules.CAPITAL  # the rest stands in the same row of words
        if not joined and rest in view.full_names and _may_be_name(view, place, stop):
            return place
    for place in range(stop - _SHORTEST + 1, edge, -1):
        if (
            view.flags[place - 1] & rules.CAPITAL
            and len(view.words[place]) > 1  # Yasonna | H Laoly
            and _may_be_name(view, place, stop)
            and any(_stands_elsewhere(view, first, place) for first in _body_begins(view, edge, place))
        ):
            return place
    return 0


def _body_begins(view: View, edge: int, stop: int) -> Iterator[int]:
    """Yield where a body's name may begin that ends before a token: behind the office, or a known word behind it."""
    for first in range(edge, stop):
        behind = first == edge or is_foreign_to_names(view, first - 1)
        long = stop - first >= _SHORTEST or view.low[first - 1] in rules.words_of("people", "named_bodies")
        if behind and long and not is_name(view, first):
            yield first


def _stands_elsewhere(view: View, first: int, stop: int) -> bool:
    """Tell whether words end some row of words with capitals in the document."""
    words = tuple(view.low[first:stop])
    return any(row[-len(words) :] == words for row in view.runs)


def _may_be_name(view: View, first: int, stop: int) -> bool:
    """Tell whether words may be somebody's name: in capitals, none of them a known word, body, place or acronym."""
    return all(
        view.flags[place] & rules.CAPITAL
        and not (view.flags[place] & rules.ACRONYM and len(view.words[place]) > 1)
        and not is_foreign_to_names(view, place)
        for place in range(first, stop + 1)
        if view.words[place] != "."
    )
