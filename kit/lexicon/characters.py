"""Characters that are typed in more ways than one, decided once for texts, patterns and queries.

A form is counted as it would be typed plainly: U+2010 and U+2011 as the hyphen, and each of the apostrophes between
two letters as U+0027 (*Jum’at*, *Jum‘at*, *Jumʼat* and *Jum`at* are one form). A combining mark belongs to the letter
before it: vowel signs of Arabic and Javanese script stand inside words. Variation selectors do not, they go with emoji.
"""

from __future__ import annotations

import re
import unicodedata

#: Hyphens, and apostrophes that are no letters themselves (U+02BC is one), as classes of regular expressions have them.
HYPHENS, APOSTROPHES = "\u2010\u2011-", "'\u2018\u2019`"
#: What joins two parts of a word.
GLUE = APOSTROPHES + HYPHENS

#: Combining marks, as classes of regular expressions have them. East Asian signs and what stands behind have none but
#: variation selectors.
MARKS = "".join(
    sign
    for sign in map(chr, (*range(0x300, 0x3400), *range(0xA000, 0xAC00), *range(0xF900, 0x1F000)))
    if unicodedata.category(sign) in ("Mn", "Mc") and not "\ufe00" <= sign <= "\ufe0f"
)
#: Letters and digits in a row, as a regular expression.
RUN = rf"[^\W_]++(?:[{MARKS}]++[^\W_]*+)*+"

_HYPHEN = re.compile(f"[{HYPHENS}]")
_APOSTROPHE = re.compile(rf"(?:(?<=[^\W_\u02bc])|(?<=[{MARKS}]))[{APOSTROPHES}\u02bc](?=[^\W_\u02bc])")


def plain(text: str) -> str:
    """Return a text composed (NFC), with its hyphens and apostrophes as they are counted."""
    if text.isascii() and "`" not in text:
        return text
    return _APOSTROPHE.sub("'", _HYPHEN.sub("-", unicodedata.normalize("NFC", text)))
