"""The sentence rule: where, inside a paragraph, a new sentence begins.

A sentence ends at ``.``, ``!``, ``?`` or ``…`` (one or several), optional closing quotation marks or brackets, and
blanks, where a capital letter, a digit or a brand in *iPhone*'s spelling follows, also behind opening quotation marks
or brackets. A paragraph (a line of the text) always ends its last sentence. One full stop ends no sentence

* after a listed abbreviation (``abbreviations.csv`` of `kit.lexicon`, whose upper-case spelling counts too), after a
  single capital (*H. Ali*, *S. T.*) and after initials (*W.R. Supratman*); but a function word goes on no name, so
  before one a reference, a unit, a company's *Inc.*, a capital or initials end the sentence (*tipe A atau B.
  Karena …*);
* between academic degrees (*S.H., M.Si.*, *S. Pd. M. Pd.*), of which the last may end it;
* after the figure or letter that opens a list item (*1. Pertama*, *syarat: a. KTP; b. KK*).
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib import resources

from kit.lexicon.affixes import is_word
from kit.lexicon.characters import GLUE, RUN
from kit.lexicon.wordlists import function_words
from kit.reading.text import LINE_BREAKS

_END = re.compile(
    rf"""
      (?<![.!?…]) (?P<mark> [.!?…]++ ) ["'”’»)\]]*+ [ \t\u00a0]++
      (?= ["'`“‘«(\[]*+ (?P<next> {RUN} (?P<stop> \.? ) ) )
    | [\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]  # LINE_BREAKS of kit.reading.text
    """,
    re.VERBOSE,
)
_LAST_WORD = re.compile(rf"(?P<before>,?)[ \t\u00a0]*(?<![^\W_])(?P<word>{RUN}(?:[.{GLUE}]{RUN})*)\Z")
_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_])*")
_ITEM = re.compile(rf"(?:(?:\A|[{LINE_BREAKS};])[ \t\u00a0]*(?:\d{{1,2}}|[a-z]|[IVX]{{1,4}})|:[ \t\u00a0]*[1a])\Z")
REACH = 30  # longer than any abbreviation
_CLOSED = ("closing", "reference", "unit")  # before these a name cannot go on, so a function word opens a sentence
_NAMING = ("determiner", "particle")  # function words that are parts of names and degrees too: M. Si, Sang Nyoman
_LONGEST_DEGREE = 4  # letters, its stop not counted: S. STP.


@cache
def abbreviations() -> frozenset[str]:
    """Return the abbreviations after which a full stop does not end a sentence."""
    return frozenset(word for word, kind in _classes().items() if kind != "degree")


@cache
def listed() -> frozenset[str]:
    """Return every listed abbreviation, academic degrees too, as listed and in upper case."""
    return frozenset(_classes())


def breaks(text: str) -> list[int]:
    """Return where sentences begin: the first place at or after which a token opens a new one."""
    return [0, *(match.end() for match in _END.finditer(text) if _is_end(text, match))]


def ends_at(text: str, place: int) -> bool:
    """Tell whether a sentence ends at the full stop, or run of marks, that begins at a place."""
    match = _END.match(text, place)
    return match is not None and _is_end(text, match)


@cache
def _classes() -> dict[str, str]:
    """Return the listed abbreviations, also in upper case, with their classes."""
    table = resources.files("kit.lexicon").joinpath("data", "abbreviations.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(table.splitlines()))
    upper = {row["abbreviation"].upper(): row["class"] for row in rows}
    return {**upper, **{row["abbreviation"]: row["class"] for row in rows}}


def _is_end(text: str, match: re.Match[str]) -> bool:
    """Tell whether a candidate really ends a sentence."""
    if match["mark"] is None:
        return True
    first, following = match["next"][0], match["next"].rstrip(".")
    if not (first.isupper() or first.istitle() or first.isdecimal() or following[1:2].isupper()):
        return False
    if match["mark"] != ".":
        return True
    last = _LAST_WORD.search(text, max(0, match.start() - REACH), match.start())
    if last is None:
        return True
    word = last["word"]
    kind = _classes().get(word, "")
    if _ITEM.search(text, max(0, match.start() - REACH), match.start()):
        return False
    if kind == "figure":
        return not first.isdecimal()
    if kind == "degree" and (last["before"] or (len(word) > 1 and not _INITIALS.fullmatch(word))):
        return not (match["stop"] and len(following) < _LONGEST_DEGREE)
    if kind == "degree" and is_word(following.lower()):
        return True
    if kind in _CLOSED or (_INITIALS.fullmatch(word) and word.replace(".", "").isupper()):
        return _opens(following)
    return kind in ("", "degree")


def _opens(word: str) -> bool:
    """Tell whether a word in title case is a function word, which begins a sentence and goes on no name."""
    row = function_words().get(word.lower())
    return row is not None and word.istitle() and row["class"] not in _NAMING
