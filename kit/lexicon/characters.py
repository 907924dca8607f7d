"""Characters that are typed in more ways than one, decided once for texts, patterns and queries.

A form is counted as it would be typed plainly: U+2010 and U+2011 as the hyphen, and each of the apostrophes between
two letters as U+0027 (*Jum’at*, *Jum‘at*, *Jumʼat* and *Jum`at* are one form). A combining mark belongs to the letter
before it: vowel signs of Arabic and Javanese script stand inside words. Variation selectors do not, they go with emoji.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

#: Hyphens, and apostrophes that are no letters themselves (U+02BC is one), as classes of regular expressions have them.
HYPHENS, APOSTROPHES = "\u2010\u2011-", "'\u2018\u2019`"
#: What joins two parts of a word.
GLUE = APOSTROPHES + HYPHENS

_PLACES = (*range(0x300, 0x3400), *range(0xA000, 0xAC00), *range(0xF900, 0xFE00), *range(0xFE10, 0x1F000))
#: Combining marks. East Asian signs and what stands behind have none but variation selectors.
MARKS = "".join(
    sign
    for sign, category in zip(map(chr, _PLACES), map(unicodedata.category, map(chr, _PLACES)), strict=True)
    if category in {"Mn", "Mc"}
)
_APART = [place for place in range(1, len(MARKS)) if ord(MARKS[place]) > ord(MARKS[place - 1]) + 1]
#: The same as classes of regular expressions have them, from the first to the last of each row: quickly compiled.
MARK = "".join(f"{MARKS[first]}-{MARKS[behind - 1]}" for first, behind in pairwise([0, *_APART, len(MARKS)]))
#: Letters and digits in a row, as a regular expression.
RUN = rf"[^\W_]++(?:[{MARK}]++[^\W_]*+)*+"

_HYPHEN = re.compile(f"[{HYPHENS}]")
_APOSTROPHE = re.compile(rf"(?:(?<=[^\W_\u02bc])|(?<=[{MARK}]))[{APOSTROPHES}\u02bc](?=[^\W_\u02bc])")


def plain(text: str) -> str:
    """Return a text composed (NFC), with its hyphens and apostrophes as they are counted."""
    if text.isascii() and "`" not in text:
        return text
    return _APOSTROPHE.sub("'", _HYPHEN.sub("-", unicodedata.normalize("NFC", text)))
