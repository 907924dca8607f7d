"""What every Unicode character is to the token and sentence rules, as a table of one byte per character.

The table is asked of the running interpreter (`re`, `str` and `unicodedata`), so it has the same Unicode version as the
rules themselves. A byte below eight says what a character is; the bits above it say what part it can play.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache

import numpy as np
import numpy.typing as npt

from kit.language.sentences import breaks
from kit.lexicon.characters import GLUE as PARTS_OF_WORDS
from kit.lexicon.characters import marks
from kit.reading.text import visible

#: What a character is: blank, a blank that may follow a full stop, a line break, any other sign, or alphanumeric.
BLANK, GAP, BREAK, SIGN, DIGIT, LETTER, TITLE, CAPITAL = range(8)
#: What part a sign can play: inside words, behind and before sentences, at their end.
GLUE, CLOSER, OPENER, MARK = 8, 32, 64, 128
#: A character that the kernel leaves to the rules: invisible, part of a composition, or a combining mark.
UNSETTLED = SIGN | 16

_PARTS = ((GLUE, PARTS_OF_WORDS), (CLOSER, "\"'”’»)]"), (OPENER, "\"'`“‘«(["), (MARK, ".!?…"))


@cache
def characters() -> npt.NDArray[np.uint8]:
    r"""Return what each code point is to the rules.

    BLANK to CAPITAL, and for signs the parts they can play; UNSETTLED where a text that holds the character may
    not be in its visible form (`kit.reading.text.visible` then has to look at it), or has combining marks.
    """
    everything = _text(np.arange(sys.maxunicode + 1))
    table = np.full(len(everything), SIGN, np.uint8)
    for what, pattern in ((BLANK, r"\s+"), (LETTER, r"[^\W_]+"), (DIGIT, r"\d+")):
        for run in re.finditer(pattern, everything):
            table[run.start() : run.end()] = what
    for row in np.flatnonzero(table == LETTER).tolist():
        if everything[row].isupper():
            table[row] = CAPITAL
        elif everything[row].istitle():
            table[row] = TITLE
    for part, signs in _PARTS:
        table[[ord(sign) for sign in signs]] |= part
    for row in np.flatnonzero(table == BLANK).tolist():
        if len(breaks(f"a{everything[row]}a")) > 1:
            table[row] = BREAK
        elif len(breaks(f"a!{everything[row]}A")) > 1:
            table[row] = GAP
    settled = np.ones(len(table), bool)
    settled[_composing(everything)] = False
    settled[[ord(mark) for mark in marks()]] = False
    rows = np.flatnonzero(settled)
    for begin, stop in visible(_text(rows)).hidden:
        settled[rows[begin:stop]] = False
    table[~settled] = UNSETTLED
    table.flags.writeable = False
    return table


def _text(code_points: npt.NDArray[np.int64]) -> str:
    """Return the text of code points."""
    return code_points.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


def _composing(everything: str) -> list[int]:
    """List the code points that may stand in a text that is not composed (NFC).

    A text of other characters is composed: they are starters, composed themselves, and no second part of a composition
    (Unicode Standard Annex 15, quick check).
    """
    found = {0x1161 + vowel for vowel in range(21)} | {0x11A7 + tail for tail in range(1, 28)}  # Hangul, by rule
    found.update(row for row, order in enumerate(map(unicodedata.combining, everything)) if order)
    for row, parts in enumerate(map(unicodedata.decomposition, everything)):
        if parts and not parts.startswith("<"):
            found.update(int(part, 16) for part in parts.split()[1:])
            if not unicodedata.is_normalized("NFC", everything[row]):
                found.add(row)
    return sorted(found)
