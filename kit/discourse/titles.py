"""Titles of jobs in English: Senior Manager Public Policy, Marketing Communication Department Head."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kit.discourse.rules import CAPITAL, TITLE, words_of

_SHORTEST = 2
_SIGNS = frozenset("&/-.")


def title_at(low: Sequence[str], flags: Sequence[int], place: int, last: int) -> int:
    """Return how many tokens of a job's English title stand at a place; 0: none.

    A title is a run of the words that such titles are made of. It ends behind its last head (*Manager*, *Director*)
    or the words for a field right behind it; without a head it has at least two words (*Marketing Support*).

    Parameters
    ----------
    low : sequence of str
        Tokens, folded.
    flags : sequence of int
        What each may be, as in `kit.discourse.rules`.
    place, last : int
        Where the title begins, and the last token it may have.

    """
    heads, joints = words_of("people", "title_heads"), words_of("people", "title_joints")
    later = words_of("people", "title_later")
    found = headed = counted = 0
    behind = place
    while behind <= last:
        word = low[behind]
        if flags[behind] & CAPITAL and (flags[behind] & TITLE or (counted and word in later)):
            found, counted = behind + 1 - place, counted + (word not in later)
            headed += word in heads
        elif not (counted and (word in joints or word in _SIGNS)):
            break
        behind += 1
    return found if headed or counted >= _SHORTEST else 0


def mark_titles(low: Sequence[str], flags: list[int], places: Iterable[int], bit: int) -> None:
    """Mark the words that titles begin with, as what begins an office is.

    Parameters
    ----------
    low : sequence of str
        Tokens, folded.
    flags : list of int
        What each may be; changed.
    places : iterable of int
        The words that titles are made of, rising.
    bit : int
        The mark.

    """
    behind = 0
    for place in places:
        if place >= behind and flags[place] & CAPITAL:
            size = title_at(low, flags, place, len(flags) - 1)
            if size:
                flags[place] |= bit
            behind = place + size
