"""Degrees behind a name, however they are typed: S.H., M.Si, Ph.D., SH MH, Sp.A(K)."""

from __future__ import annotations

from functools import cache

from kit.discourse import rules
from kit.discourse.rules import words_of
from kit.discourse.view import View

_PARTS = 3  # tokens of a degree without its full stops: S.Tr.Sos
_RUN = 32  # tokens of all degrees of a person


def behind_degrees(view: View, place: int, limit: int) -> int:
    """Return the token behind the degrees that begin at a place, with a comma before each or not; else the place."""
    behind = place
    while place < limit:
        comma = view.words[place] == ","
        stop = _behind_degree(view, place + comma, limit, comma=comma or behind > 0)
        if stop < 0:
            break
        behind = place = stop
    return behind


def before_degrees(view: View, last: int, reach: int) -> int:
    """Return the last token before the degrees that end at a token, and their comma; the token: there is none."""
    if not _may_end(view, last):
        return last
    found = last
    for first in range(last, max(reach, last - _RUN), -1):
        comma = view.words[first] == ","
        if not comma and view.words[first - 1] == ",":
            continue
        if (comma or view.low[first] in _heads() or _plain(view, first) in words_of("people", "degrees")) and (
            behind_degrees(view, first, last + 1) == last + 1
        ):
            found = first - 1
    return found if view.flags[found] & rules.CAPITAL or view.words[found] == ")" else last


def _may_end(view: View, last: int) -> bool:
    """Tell whether degrees may end at a token."""
    word = view.words[last]
    return word in (".", ")") or _plain(view, last) in words_of("people", "degrees") or view.low[last] in _tails()


def _plain(view: View, place: int) -> str:
    """Return a token without its full stops."""
    return view.low[place].replace(".", "")


def _behind_degree(view: View, place: int, limit: int, *, comma: bool) -> int:
    """Return the token behind the degree that begins at a place; -1: none does."""
    if place >= limit or not view.words[place][0].isupper():
        return -1
    degrees, form, stop, best = words_of("people", "degrees"), "", place, -1
    for _ in range(_PARTS):
        if stop >= limit or not view.words[stop][0].isalpha() or (stop > place and not view.is_glued(stop)):
            break
        form, stop = form + _plain(view, stop), stop + 1
        dotted = stop < limit and view.words[stop] == "." and view.is_glued(stop)
        if form in degrees and (stop - place > 1 or comma or "." in view.words[place] or view.words[place].isupper()):
            best = stop + dotted
        if not dotted:
            break
        stop += 1
    if best >= 0 and best + 2 < limit and view.words[best] == "(" and view.is_glued(best):
        return best + 3 if view.words[best + 2] == ")" else best
    return best


@cache
def _heads() -> frozenset[str]:
    """Return the first letters of degrees typed in parts: S of S.Sos."""
    return frozenset(words_of("people", "degree_heads"))


@cache
def _tails() -> frozenset[str]:
    """Return what may stand last in a degree typed in parts: Sos of S.Sos."""
    heads = words_of("people", "degree_heads")
    return frozenset(form[len(head) :] for form in words_of("people", "degrees") for head in heads if form != head)
