r"""Words cut at the end of a line: which hyphens are the line's and which are the word's.

Where a letter, a hyphen and a line end are followed by a letter, one word goes on behind the line end, and its line
with it. What becomes of the hyphen is decided in this order:

1. A soft hyphen (U+00AD, or *¬* as some programs write it) goes.
2. A hyphen stays between equal halves (*anak-anak*; but *gi-* and *gi* are *gigi*) and before a capital that follows
   a known word or a name (*non-APBD*, *Jawa-Bali*); behind anything else in small letters, a capital begins a new line.
   So it does between capitals and small letters (*ASN-nya*).
3. It goes where the joined form is known (*pelayan-* and *an* are *pelayanan*).
4. It stays where the form with a hyphen is (*undang-undangan*).
5. What stands elsewhere in the text decides alike (*Wirawan* for *Wira-* and *wan*).
6. Else it stays, and the place is in doubt.

Known are the words of `kit.lexicon`. In doubt, what a blank line parts stays apart. Figures go on after *ke-* and
capitals (*ke-4*, *COVID-19*), and *-an* after figures; any other figure may be the number of a page.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache, partial
from typing import NamedTuple

from kit.lexicon.known import CLITICS, is_known
from kit.reading.text import INVISIBLE, LINE_BREAKS

#: Rules under which a line end is taken out: with or without its hyphen, and in doubt whether it had one.
JOINED, DOUBTFUL = "line_end", "doubtful_line_end"

_SOFT = "\u00ad"
_HARD = "-\u2010\u2011"
_HYPHEN = re.compile(rf"[{_HARD}{_SOFT}¬][\s{INVISIBLE}]+")
_BREAK = re.compile(rf"\r\n|[{LINE_BREAKS}]")
_UNSEEN = re.compile(f"[{INVISIBLE}]+")
_ONE_HYPHEN = str.maketrans(_HARD, "-" * len(_HARD))
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_LAST_WORD = re.compile(rf"{_WORD.pattern}\Z")
_LONGEST = 40  # characters of a word that are looked at on either side
_SYLLABLE = 2  # letters that are seldom more than a part of a word: gi-gi, asa-si


class LineEnd(NamedTuple):
    """A stretch of a text that stands inside a word: code points, end-exclusive, and the rule that takes it out."""

    start: int
    end: int
    rule: str


def line_ends(raw: str) -> list[LineEnd]:
    r"""Find what the ends of lines have put into words.

    >>> line_ends("Pelayan-\nan oleh anak-\nanak.")
    [LineEnd(start=7, end=9, rule='line_end'), LineEnd(start=22, end=23, rule='line_end')]
    """
    found: list[LineEnd] = []
    words = cache(partial(_words, raw))
    head, reached = "", 0  # of a word that goes over several lines: what it has so far, and where that ends
    for match in _HYPHEN.finditer(raw):
        place, end = match.span()
        breaks = len(_BREAK.findall(match.group()))
        left, right = _shown(raw[max(0, place - _LONGEST) : place]), _shown(raw[end : end + _LONGEST])
        before, behind = _last_word(left), _first_word(right)
        if not (before and behind and (breaks or raw[place] == _SOFT)):
            continue
        if place - reached <= _LONGEST and _shown(raw[reached:place]) == before:
            before = (head + before)[-_LONGEST:]
        if raw[place] in _HARD:
            fate = _of_hyphen(before, behind, words)
        else:
            fate = "goes" if breaks or (behind[0].islower() and is_known((before + behind).lower())) else ""
        if fate and (fate != "doubtful" or breaks == 1):
            goes = fate == "goes"
            found.append(LineEnd(place if goes else place + 1, end, DOUBTFUL if fate == "doubtful" else JOINED))
            head, reached = before if goes else f"{before}-", end
    return found


def _of_hyphen(before: str, behind: str, words: Callable[[], frozenset[str]]) -> str:
    """Tell whether the hyphen between two parts of a word goes, stays or is doubtful; nothing if it is no such one."""
    left, right = before.rpartition("-")[2], behind.partition("-")[0]
    joined, apart = (before + behind).lower(), f"{before}-{behind}".lower()
    if not (left.isalpha() and right.isalpha()):
        goes_on = right[0].isdecimal() and (left.lower() == "ke" or left.isupper())
        return "stays" if goes_on or (left.isdecimal() and right == "an") else ""
    if left.lower() == right.lower():
        return "goes" if len(left) <= _SYLLABLE and is_known(joined) else "stays"
    if right[0].isupper() and not (left.isupper() and right.isupper()):
        return "" if left.islower() and not is_known(left) else "stays"
    if left.isupper() and right.islower():
        return "stays"
    if is_known(joined):
        return "goes"
    if is_known(apart) and (right in CLITICS or min(len(left), len(right)) > _SYLLABLE):
        return "stays"
    if joined in words():
        return "goes"
    return "stays" if apart in words() else "doubtful"


def _last_word(text: str) -> str:
    """Return the word that a text ends in, if it ends in one."""
    found = _LAST_WORD.search(text)
    return found[0] if found else ""


def _first_word(text: str) -> str:
    """Return the word that a text begins with, if it begins with one; without a last part that is cut again."""
    found = _WORD.match(text)
    word = found[0] if found else ""
    return word.rpartition("-")[0] or word if _HYPHEN.match(text, len(word)) else word


def _shown(text: str) -> str:
    """Return a stretch of a text as it is seen, with one kind of hyphen."""
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text)).translate(_ONE_HYPHEN)


def _words(raw: str) -> frozenset[str]:
    """Return the words of a text, case-folded."""
    return frozenset(_WORD.findall(_shown(raw).lower()))
