"""How a line must begin and end if a rule of cleaning can match it: read off the rules' patterns, never the other way.

A rule is written for a whole line, its start or its end; of a corpus few lines fall under any. What the first three
signs from the first letter or figure on, or the last two, rule out needs not be matched. Whatever these tables do not
know (a construct of patterns, a sign beyond ASCII) may match.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, reduce
from re import _constants as parts  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from kit.reading.rules import LineRule, Rules, bit_of

Bools = npt.NDArray[np.bool_]
Int64 = npt.NDArray[np.int64]

#: Classes of signs: letters of ASCII each its own; figures and underscores; what else is in ASCII, or behind the line.
FIGURE, OTHER, BEYOND, CLASSES = 52, 53, 54, 55
_ASCII = [chr(code) for code in range(128)]
_LETTER, _SIGN = "\u00aa", "\u2010"  # stand for all signs beyond ASCII: others, and those passed over at the beginning
_PASSED = re.compile("[\u00a0\u00ab\u00bb\u2000-\u203f]")  # quotation marks, dashes, bullets, blanks
_FOREIGN = frozenset((_LETTER, _SIGN))
_ALL = frozenset((*_ASCII, *_FOREIGN))
_WORDS = frozenset(sign for sign in _ALL if re.match(r"\w", sign))
_RARE = frozenset("@+|#~<>=")  # signs that few lines have
_COMMON = (_WORDS - _FOREIGN) | frozenset(" \t\n.,-'\"()/")  # and those that many have
#: Signs of a line's beginning that are looked at.
LONGEST = 6
_FEW = 8  # signs that may come behind the third; a class with more is not looked at
_MOST = 40  # letters and figures; a class with more tells nothing of a line's beginning
_CASE = {sign: frozenset((sign.lower(), sign.upper())) for sign in _ALL}


class Edges(NamedTuple):
    """What lines have that can fall under rules, whose sets are numbers: bit 0 is the first rule (`rules.bit_of`).

    Attributes
    ----------
    head : int64 array, CLASSES to the third
        The rules for which the three signs from its first letter or figure on may be so,
    longer : dict of (int64 array, int64 array)
        and so many of the first signs as one of these, each sign being six bits, with the rules for each.
    run : dict of int
        Or its first letters, figures and hyphens in a row are followed by one of these signs,
    rare : dict of int
        or it has this sign,
    any : int
        or nothing can be told.
    tails : dict of int64 array, 256 x 256
        Or its last two bytes are so, and it has one of some signs, if any are named.
    heads : int
        The rules that are told by how a line begins.

    """

    head: Int64
    longer: dict[int, tuple[Int64, Int64]]
    run: dict[frozenset[str], int]
    rare: dict[frozenset[str], int]
    any: int
    tails: dict[frozenset[str], Int64]
    heads: int


def class_of() -> npt.NDArray[np.uint8]:
    """Return the class of each byte."""
    table = np.full(256, OTHER, np.uint8)
    for number, sign in enumerate("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"):
        table[ord(sign)] = number
    table[[ord(sign) for sign in "0123456789_"]] = FIGURE
    table[128:] = BEYOND
    return table


_CLASS = class_of()


def _class(sign: str) -> int:
    """Return the class of a sign."""
    return int(_CLASS[ord(sign)])


@cache
def edges_of(rules: Rules) -> Edges:
    """Return what lines have that can fall under each of the rules."""
    head = np.zeros((CLASSES,) * 3, np.int64)
    packed: dict[int, dict[int, int]] = {length: {} for length in range(1, LONGEST + 1)}
    run, rare = dict[frozenset[str], int](), dict[frozenset[str], int]()
    tails = dict[frozenset[str], Int64]()
    unknown = heads = 0
    for number, rule in enumerate(rules.lines):
        bit = bit_of(number)
        if rule.part not in ("whole", "start"):
            must, table = _tails_of(rule)
            tails[must] = tails.get(must, 0) | table * bit
            continue
        heads |= bit
        found = _heads_of(rule)
        begun = np.zeros((CLASSES,) * 3, bool)
        for classes in found.found:
            begun[classes[:3]] = True
            longer = packed[len(classes)]
            key = reduce(lambda before, one: before << 6 | one, classes, 0)
            longer[key] = longer.get(key, 0) | bit
        for axis in range(3):
            begun[(slice(None),) * axis + (BEYOND,)] = True
        head |= begun * bit
        if found.run:
            run[frozenset(found.run)] = run.get(frozenset(found.run), 0) | bit
        if found.rare:
            rare[frozenset(found.rare)] = rare.get(frozenset(found.rare), 0) | bit
        unknown |= bit * found.any
    longer_ones = {
        length: (np.array(keys, np.int64), np.array([of[key] for key in keys], np.int64))
        for length, of in packed.items()
        for keys in [sorted(of)]
    }
    return Edges(head.reshape(-1), longer_ones, run, rare, unknown, tails, heads)


class _Heads:
    """Collects how lines may begin."""

    def __init__(self) -> None:
        self.found: set[tuple[int, ...]] = set()
        self.run: set[str] = set()
        self.rare: set[str] = set()
        self.any = False

    def add(self, pattern: Any, ends: tuple[int, ...]) -> None:
        """Take in how a pattern begins; `ends` is what comes behind it."""
        self._from(_chain(pattern, ignore=True), (), frozenset(), ends)

    def _from(self, rest: Any, begun: tuple[int, ...], seen: frozenset[str], ends: tuple[int, ...]) -> None:
        """Follow a pattern from one of its places; `seen` are rare signs that stood before the first letter."""
        while True:
            if len(begun) == LONGEST:
                self.found.add(begun)
                return
            if rest is None:
                if begun:
                    self.found.add((*begun, *ends))
                self.any |= not begun and not ends
                return
            (kind, value, ignore), after = rest
            if kind in (parts.AT, parts.ASSERT, parts.ASSERT_NOT):
                rest = after
            elif kind is parts.SUBPATTERN:
                _, on, off, inner = value
                rest = _chain(
                    inner, ignore=(ignore or bool(on & re.IGNORECASE)) and not off & re.IGNORECASE, after=after
                )
            elif kind is parts.BRANCH:
                for inner in value[1]:
                    self._from(_chain(inner, ignore=ignore, after=after), begun, seen, ends)
                return
            elif kind in (parts.MAX_REPEAT, parts.MIN_REPEAT):
                least, most, inner, *passed = value
                if passed and not begun:
                    rest = after  # a second time of what has passed over signs once
                    continue
                signs = _signs(*inner[0], ignore=ignore) if len(inner) == 1 else None
                if not begun and signs is not None and self._generic(signs, rest, seen):
                    if least and signs <= _WORDS:
                        return
                    rest = after
                    continue
                if least and signs is not None and not begun and len(signs) == 1:
                    seen |= signs
                if least == 0:
                    self._from(after, begun, seen, ends)
                again = (kind, (max(least - 1, 0), parts.MAXREPEAT, inner, True), ignore)
                rest = _chain(inner, ignore=ignore, after=after if most == 1 else (again, after))
            else:
                signs = _signs(kind, value, ignore=ignore)
                if signs is None:
                    self.any = True
                    return
                generic = not begun and self._generic(signs, rest, seen)
                if len(begun) >= 3 and len(signs - _FOREIGN) > _FEW:
                    self.found.add(begun)
                    return
                for one in (
                    () if generic else {_class(sign) for sign in (signs if begun else signs & _WORDS) - _FOREIGN}
                ):
                    self._from(after, (*begun, one), seen, ends)
                if begun or signs <= _WORDS:
                    return  # or a sign beyond ASCII, which all tables let pass
                seen |= signs if len(signs) == 1 else frozenset()
                rest = after

    def _generic(self, signs: frozenset[str], rest: Any, seen: frozenset[str]) -> bool:
        """Tell whether a beginning may be of nearly any letters, and take in what else its lines have."""
        if len(signs & _WORDS) < _MOST:
            return False
        must = {*seen, *(sign for signs in _musts(rest) if len(signs) == 1 for sign in signs)} & _RARE
        follows = _follows(rest)
        if follows:
            self.run |= follows
        elif must:
            self.rare.add(min(must))
        else:
            self.any = True
        return True


@cache
def _heads_of(rule: LineRule) -> _Heads:
    """Return how lines begin that fall under a rule for whole lines, or the start of one."""
    heads = _Heads()
    heads.add(parser.parse(rule.pattern.pattern, re.IGNORECASE), (OTHER,) if rule.part == "whole" else ())
    return heads


@cache
def _tails_of(rule: LineRule) -> tuple[frozenset[str], Bools]:
    """Return a set of signs of which lines that fall under a rule for their end have one, and their last two bytes."""
    pattern = parser.parse(rule.pattern.pattern, re.IGNORECASE)
    musts = (signs for signs in _musts(_chain(pattern, ignore=True)) if not signs & _COMMON)
    return next(musts, frozenset()), _last_two(pattern)


def _chain(pattern: Iterable[Any], *, ignore: bool, after: Any = None) -> Any:
    """Return the parts of a pattern as a chain: each with what comes behind it, `after` behind the last."""
    for kind, value in reversed(list(pattern)):
        after = ((kind, value, ignore), after)
    return after


def _signs(kind: Any, value: Any, *, ignore: bool) -> frozenset[str] | None:
    """Return the signs that a part which takes one sign takes; None if it is another part."""
    if kind is parts.ANY:
        return _ALL
    if kind is parts.LITERAL:
        return _cases(_members(kind, value), ignore)
    if kind is parts.NOT_LITERAL:
        return _ALL - _cases(_members(parts.LITERAL, value) - _FOREIGN, ignore)
    if kind is not parts.IN:
        return None
    negated = value[0][0] is parts.NEGATE
    found = _cases(frozenset().union(*(_members(*one) for one in value[negated:])), ignore)
    return _ALL - (found - _FOREIGN) if negated else found


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
        return inside if value[1] < len(_ASCII) else inside | _FOREIGN
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


def _musts(rest: Any) -> list[frozenset[str]]:
    """Return the signs that every match has: of each of these one."""
    found: list[frozenset[str]] = []
    while rest is not None:
        (kind, value, ignore), rest = rest
        signs = _signs(kind, value, ignore=ignore)
        if signs is not None:
            found.append(signs)
        elif kind is parts.SUBPATTERN:
            found += _musts(_chain(value[3], ignore=ignore))
        elif kind in (parts.MAX_REPEAT, parts.MIN_REPEAT) and value[0] > 0:
            found += _musts(_chain(value[2], ignore=ignore))
    return found


def _follows(rest: Any) -> frozenset[str]:
    """Return the signs that follow the run of letters, figures and hyphens a pattern begins with, if it is one."""
    (kind, value, ignore), after = rest
    if kind not in (parts.MAX_REPEAT, parts.MIN_REPEAT) or value[1] is not parts.MAXREPEAT or len(value[2]) != 1:
        return frozenset()
    run = _signs(*value[2][0], ignore=ignore)
    if run is None or not run <= _WORDS | {"-"} or after is None:
        return frozenset()
    (kind, value, ignore), _ = after
    found = _signs(kind, value, ignore=ignore)
    return frozenset() if found is None or found & (_WORDS | {"-"}) else found


def _last_two(pattern: Any) -> Bools:
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
            signs = _signs(kind, value, ignore=ignore)
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
    return [ord(sign) for sign in signs - _FOREIGN] + (list(range(128, 256)) if signs & _FOREIGN else [])
