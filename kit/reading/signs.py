"""Patterns of rules read as trees: which signs a part takes, what every match has, and with which bytes it ends.

Signs beyond ASCII are told apart only as far as `kit.reading.edges` needs: those that are passed over at the beginning
of a line, and all others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from re import _constants as parts  # type: ignore[attr-defined]
from typing import Any

import numpy as np
import numpy.typing as npt

Bools = npt.NDArray[np.bool_]

_ASCII = [chr(code) for code in range(128)]
_LETTER, _SIGN = "\u00aa", "\u2010"  # stand for all signs beyond ASCII: others, and those passed over at the beginning
_PASSED = re.compile("[\u00a0\u00ab\u00bb\u2000-\u203f]")  # quotation marks, dashes, bullets, blanks
FOREIGN = frozenset((_LETTER, _SIGN))
_ALL = frozenset((*_ASCII, *FOREIGN))
WORDS = frozenset(sign for sign in _ALL if re.match(r"\w", sign))
_CASE = {sign: frozenset((sign.lower(), sign.upper())) for sign in _ALL}


def chain(pattern: Iterable[Any], *, ignore: bool, after: Any = None) -> Any:
    """Return the parts of a pattern as a chain: each with what comes behind it, `after` behind the last."""
    for kind, value in reversed(list(pattern)):
        after = ((kind, value, ignore), after)
    return after


def signs_of(kind: Any, value: Any, *, ignore: bool) -> frozenset[str] | None:
    """Return the signs that a part which takes one sign takes; None if it is another part."""
    if kind is parts.ANY:
        return _ALL
    if kind is parts.LITERAL:
        return _cases(_members(kind, value), ignore)
    if kind is parts.NOT_LITERAL:
        return _ALL - _cases(_members(parts.LITERAL, value) - FOREIGN, ignore)
    if kind is not parts.IN:
        return None
    negated = value[0][0] is parts.NEGATE
    found = _cases(frozenset().union(*(_members(*one) for one in value[negated:])), ignore)
    return _ALL - (found - FOREIGN) if negated else found


def _cases(signs: frozenset[str], ignore: bool) -> frozenset[str]:
    """Return signs in both cases, if case does not count."""
    return frozenset().union(*(_CASE[sign] for sign in signs)) if ignore else signs


@cache
def _members(kind: Any, value: Any) -> frozenset[str]:
    """Return the signs that one member of a class stands for."""
    if kind is parts.LITERAL:
        return frozenset((chr(value) if value < len(_ASCII) else _SIGN if _PASSED.match(chr(value)) else _LETTER,))
    if kind is parts.RANGE:
        inside = frozenset(sign for sign in _ASCII if value[0] <= ord(sign) <= value[1])
        return inside if value[1] < len(_ASCII) else inside | FOREIGN
    escape = _CATEGORIES[value]
    return frozenset(sign for sign in _ALL if re.match(escape, sign))


_CATEGORIES = {
    parts.CATEGORY_DIGIT: r"\d",
    parts.CATEGORY_NOT_DIGIT: r"\D",
    parts.CATEGORY_SPACE: r"\s",
    parts.CATEGORY_NOT_SPACE: r"\S",
    parts.CATEGORY_WORD: r"\w",
    parts.CATEGORY_NOT_WORD: r"\W",
}


def musts(rest: Any) -> list[frozenset[str]]:
    """Return the signs that every match has: of each of these one."""
    found: list[frozenset[str]] = []
    while rest is not None:
        (kind, value, ignore), rest = rest
        signs = signs_of(kind, value, ignore=ignore)
        if signs is not None:
            found.append(signs)
        elif kind is parts.SUBPATTERN:
            found += musts(chain(value[3], ignore=ignore))
        elif kind in (parts.MAX_REPEAT, parts.MIN_REPEAT) and value[0] > 0:
            found += musts(chain(value[2], ignore=ignore))
    return found


def follows(rest: Any) -> frozenset[str]:
    """Return the signs that follow the run of letters, figures and hyphens a pattern begins with, if it is one."""
    (kind, value, ignore), after = rest
    if kind not in (parts.MAX_REPEAT, parts.MIN_REPEAT) or value[1] is not parts.MAXREPEAT or len(value[2]) != 1:
        return frozenset()
    run = signs_of(*value[2][0], ignore=ignore)
    if run is None or not run <= WORDS | {"-"} or after is None:
        return frozenset()
    (kind, value, ignore), _ = after
    found = signs_of(kind, value, ignore=ignore)
    return frozenset() if found is None or found & (WORDS | {"-"}) else found


def last_two(pattern: Any) -> Bools:
    """Return the last two bytes of what a pattern ends with."""
    todo: list[tuple[Any, tuple[frozenset[str] | None, ...]]] = [(_backwards(pattern, ignore=True), ())]
    found = set()
    while todo:
        rest, ended = todo.pop()
        if len(ended) == 2 or rest is None:
            found.add((*ended, None, None)[:2])
            continue
        (kind, value, ignore), after = rest
        if kind in (parts.AT, parts.ASSERT, parts.ASSERT_NOT):
            todo.append((after, ended))
        elif kind is parts.SUBPATTERN:
            _, on, off, inner = value
            case = (ignore or bool(on & re.IGNORECASE)) and not off & re.IGNORECASE
            todo.append((_backwards(inner, ignore=case, after=after), ended))
        elif kind is parts.BRANCH:
            todo += [(_backwards(inner, ignore=ignore, after=after), ended) for inner in value[1]]
        elif kind in (parts.MAX_REPEAT, parts.MIN_REPEAT):
            least, most, inner = value
            if least == 0:
                todo.append((after, ended))
            again = after if most == 1 else ((kind, (max(least - 1, 0), parts.MAXREPEAT, inner), ignore), after)
            todo.append((_backwards(inner, ignore=ignore, after=again), ended))
        else:
            signs = signs_of(kind, value, ignore=ignore)
            todo.append((after, (*ended, signs)) if signs else (None, ended))  # a part that is not known may be all
    table = np.zeros((256, 256), bool)
    for last, before in found:
        table[np.ix_(codes_of(before), codes_of(last))] = True
    return table


def _backwards(pattern: Iterable[Any], *, ignore: bool, after: Any = None) -> Any:
    """Return the parts of a pattern as a chain, the last first."""
    for kind, value in pattern:
        after = ((kind, value, ignore), after)
    return after


def codes_of(signs: frozenset[str] | None) -> list[int]:
    """Return the bytes that some signs may end with."""
    if signs is None:
        return list(range(256))
    return [ord(sign) for sign in signs - FOREIGN] + (list(range(128, 256)) if signs & FOREIGN else [])
