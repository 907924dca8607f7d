"""Characters that are typed in more ways than one, decided once for texts, patterns and queries.

A form is counted as it would be typed plainly: U+2010 and U+2011 as the hyphen, and each of the apostrophes between
two letters as U+0027 (*Jum’at*, *Jum‘at*, *Jumʼat* and *Jum`at* are one form). A combining mark belongs to the letter
before it: vowel signs of Arabic and Javanese script stand inside words. Variation selectors do not, they go with emoji.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise

#: Hyphens, and apostrophes that are no letters themselves (U+02BC is one), as classes of regular expressions have them.
HYPHENS, APOSTROPHES = "\u2010\u2011-", "'\u2018\u2019`"
#: What joins two parts of a word.
GLUE = APOSTROPHES + HYPHENS

_MARKS = {"Mn", "Mc"}  # their categories
_HYPHEN = re.compile(f"[{HYPHENS}]")
_OTHERS = frozenset(APOSTROPHES + "\u02bc") - {"'"}


@cache
def marks() -> str:
    """Return the combining marks, worked out by who reads a text: many only open what was read before.

    East Asian signs and what stands behind have none but variation selectors.
    """
    places = (*range(0x300, 0x3400), *range(0xA000, 0xAC00), *range(0xF900, 0xFE00), *range(0xFE10, 0x1F000))
    signs = "".join(map(chr, places))
    return "".join(sign for sign, kind in zip(signs, map(unicodedata.category, signs), strict=True) if kind in _MARKS)


@cache
def mark() -> str:
    """Return the same as classes of regular expressions have them, from first to last of each row: quickly compiled."""
    signs = marks()
    apart = [place for place in range(1, len(signs)) if ord(signs[place]) > ord(signs[place - 1]) + 1]
    return "".join(f"{signs[first]}-{signs[behind - 1]}" for first, behind in pairwise([0, *apart, len(signs)]))


def run() -> str:
    """Return letters and digits in a row, as a regular expression."""
    return rf"[^\W_]++(?:[{mark()}]++[^\W_]*+)*+"


@cache
def _apostrophe() -> re.Pattern[str]:
    """Return what is an apostrophe between two letters."""
    return re.compile(rf"(?:(?<=[^\W_\u02bc])|(?<=[{mark()}]))[{APOSTROPHES}\u02bc](?=[^\W_\u02bc])")


def plain(text: str) -> str:
    """Return a text composed (NFC), with its hyphens and apostrophes as they are counted."""
    if text.isascii() and "`" not in text:
        return text
    composed = _HYPHEN.sub("-", unicodedata.normalize("NFC", text))
    return composed if _OTHERS.isdisjoint(composed) else _apostrophe().sub("'", composed)
