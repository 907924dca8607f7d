"""How a line must begin and end if a rule of cleaning can match it: read off the rules' patterns, never the other way.

A rule is written for a whole line, its start or its end; of a corpus few lines fall under any. What the first three
signs from the first letter or figure on, or the last two, rule out needs not be matched. Whatever these tables do not
know (a construct of patterns, a sign beyond ASCII) may match.
"""

from __future__ import annotations

import re
from functools import cache, reduce
from re import _constants as parts  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from kit.reading.rules import LineRule, Rules, bit_of
from kit.reading.signs import FOREIGN, WORDS, Bools, chain, follows, last_two, musts, signs_of

Int64 = npt.NDArray[np.int64]

#: Classes of signs: letters of ASCII each its own; figures and underscores; what else is in ASCII, or behind the line.
FIGURE, OTHER, BEYOND, CLASSES = 52, 53, 54, 55
_RARE = frozenset("@+|#~<>=")  # signs that few lines have
_COMMON = (WORDS - FOREIGN) | frozenset(" \t\n.,-'\"()/")  # and those that many have
#: Signs of a line's beginning that are looked at.
LONGEST = 6
_FEW = 8  # signs that may come behind the third; a class with more is not looked at
_MOST = 40  # letters and figures; a class with more tells nothing of a line's beginning


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
        self._from(chain(pattern, ignore=True), (), frozenset(), ends)

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
                rest = chain(
                    inner, ignore=(ignore or bool(on & re.IGNORECASE)) and not off & re.IGNORECASE, after=after
                )
            elif kind is parts.BRANCH:
                for inner in value[1]:
                    self._from(chain(inner, ignore=ignore, after=after), begun, seen, ends)
                return
            elif kind in (parts.MAX_REPEAT, parts.MIN_REPEAT):
                least, most, inner, *passed = value
                if passed and not begun:
                    rest = after  # a second time of what has passed over signs once
                    continue
                signs = signs_of(*inner[0], ignore=ignore) if len(inner) == 1 else None
                if not begun and signs is not None and self._generic(signs, rest, seen):
                    if least and signs <= WORDS:
                        return
                    rest = after
                    continue
                if least and signs is not None and not begun and len(signs) == 1:
                    seen |= signs
                if least == 0:
                    self._from(after, begun, seen, ends)
                again = (kind, (max(least - 1, 0), parts.MAXREPEAT, inner, True), ignore)
                rest = chain(inner, ignore=ignore, after=after if most == 1 else (again, after))
            else:
                signs = signs_of(kind, value, ignore=ignore)
                if signs is None:
                    self.any = True
                    return
                generic = not begun and self._generic(signs, rest, seen)
                if len(begun) >= 3 and len(signs - FOREIGN) > _FEW:
                    self.found.add(begun)
                    return
                for one in () if generic else {_class(sign) for sign in (signs if begun else signs & WORDS) - FOREIGN}:
                    self._from(after, (*begun, one), seen, ends)
                if begun or signs <= WORDS:
                    return  # or a sign beyond ASCII, which all tables let pass
                seen |= signs if len(signs) == 1 else frozenset()
                rest = after

    def _generic(self, signs: frozenset[str], rest: Any, seen: frozenset[str]) -> bool:
        """Tell whether a beginning may be of nearly any letters, and take in what else its lines have."""
        if len(signs & WORDS) < _MOST:
            return False
        must = {*seen, *(sign for signs in musts(rest) if len(signs) == 1 for sign in signs)} & _RARE
        behind = follows(rest)
        if behind:
            self.run |= behind
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
    needed = (signs for signs in musts(chain(pattern, ignore=True)) if not signs & _COMMON)
    return next(needed, frozenset()), last_two(pattern)
