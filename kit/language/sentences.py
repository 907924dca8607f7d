"""The sentence rule: where, inside a paragraph, a new sentence begins.

A sentence ends at ``.``, ``!``, ``?`` or ``…`` (one or several), optional closing quotation marks or brackets, and
blanks, where a capital letter, a digit or a brand in *iPhone*'s spelling follows, also behind opening quotation marks
or brackets. A paragraph (a line of the text) always ends its last sentence. One full stop ends no sentence

* after a listed abbreviation (``abbreviations.csv`` of `kit.lexicon`, whose upper-case spelling counts too), after a
  single capital (*H. Ali*, *S. T.*) and after initials (*W.R. Supratman*); but a function word goes on no name, so
  before one a reference, a unit, a company's *Inc.*, a capital or initials end the sentence (*tipe A atau B. Karena*),
  and a capital that names a sort or stands behind a number may end it before any word (*vitamin C. Buah*, *Pasal 27 A.
  Warga*);
* between academic degrees (*S.H., M.Si.*, *S. Pd. M. Pd.*), of which the last may end it;
* after the figure or letter of a list item: one that opens a line, or follows a semicolon, a colon or a word that opens
  a list (*1. Pertama*, *syarat: a. KTP; b. KK*, *yaitu 1. KTP*); that opens a sentence (*KTP asli. 2. KK*); or that
  comes next to one before it in the line (*1. KTP 2. KK*).
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib import resources

from kit.lexicon.affixes import is_word
from kit.lexicon.characters import GLUE, run
from kit.lexicon.wordlists import before_signs, function_words
from kit.reading.text import LINE_BREAKS

_SIGN = re.compile(r"\d{1,2}|[a-z]|[IVX]{1,4}")
_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_])*")
_BLANKS = " \t\u00a0"
REACH = 30  # longer than any abbreviation
SPAN = 240  # how far back, in characters, the item of a list before this one is looked for
_OPENERS = ("", ";", *LINE_BREAKS)  # before the sign of an item; the empty one is the beginning of the text
_CLOSED = ("closing", "reference", "unit")  # before these a name cannot go on, so a function word opens a sentence
_NAMING = ("determiner", "particle")  # function words that are parts of names and degrees too: M. Si, Sang Nyoman
_LONGEST_DEGREE = 4  # letters, its stop not counted: S. STP.


@cache
def _end() -> re.Pattern[str]:
    """Return where a sentence may end; like the rules below compiled by who reads a text."""
    rule = rf"""
      (?<![.!?…]) (?P<mark> [.!?…]++ ) ["'”’»)\]]*+ [ \t\u00a0]++
      (?= ["'`“‘«(\[]*+ (?P<next> {run()} (?P<stop> \.? ) ) )
    | [\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]  # LINE_BREAKS of kit.reading.text
    """
    return re.compile(rule, re.VERBOSE)


@cache
def _last_word() -> re.Pattern[str]:
    """Return the last word of a stretch of text."""
    return re.compile(rf"(?<![^\W_]){run()}(?:[.{GLUE}]{run()})*\Z")


@cache
def _word_before() -> re.Pattern[str]:
    """Return the last word of a stretch of text with the marks behind it."""
    return re.compile(rf"(?<![^\W_])(?P<word>{run()})[\"'”’»)\]]*(?P<mark>[.!?…]*)[\"'”’»)\]]*[:;]?\Z")


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
    return [0, *(match.end() for match in _end().finditer(text) if _is_end(text, match))]


def ends_at(text: str, place: int) -> bool:
    """Tell whether a sentence ends at the full stop, or run of marks, that begins at a place."""
    match = _end().match(text, place)
    return match is not None and _is_end(text, match)


@cache
def _classes() -> dict[str, str]:
    """Return the listed abbreviations, also in upper case, with their classes."""
    table = resources.files("kit.lexicon").joinpath("data", "abbreviations.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(table.splitlines()))
    upper = {row["abbreviation"].upper(): row["class"] for row in rows}
    every = {**upper, **{row["abbreviation"]: row["class"] for row in rows}}
    return {word: kind for word, kind in every.items() if kind != "none"}


def _is_end(text: str, match: re.Match[str]) -> bool:
    """Tell whether a candidate really ends a sentence."""
    if match["mark"] is None:
        return True
    first, following = match["next"][0], match["next"].rstrip(".")
    if not (first.isupper() or first.istitle() or first.isdecimal() or following[1:2].isupper()):
        return False
    if match["mark"] != ".":
        return True
    last = _last_word().search(_last_part(text[max(0, match.start() - REACH) : match.start()]))
    if last is None:
        return True
    word = last[0]
    begin = match.start() - len(word)
    kind = _classes().get(word, "")
    if _SIGN.fullmatch(word) and _is_item(text, begin, word):
        return False
    if kind == "figure":
        return not first.isdecimal()
    if kind == "degree" and (_head(text, begin)[-1:] == "," or (len(word) > 1 and not _INITIALS.fullmatch(word))):
        return not (match["stop"] and len(following) < _LONGEST_DEGREE)
    if kind == "degree" and is_word(following.lower()):
        return True
    if kind in _CLOSED or (_INITIALS.fullmatch(word) and word.replace(".", "").isupper()):
        return _opens(following) or (len(word) == 1 and _names_sort(text, begin))
    return kind in ("", "degree")


def _is_item(text: str, begin: int, sign: str) -> bool:
    """Tell whether a figure or letter before a full stop is the sign of a list item."""
    opener = _head(text, begin)[-1:]
    if sign == "a" or opener in _OPENERS or (opener == ":" and sign == "1"):  # no sentence ends with *a*
        return True
    before = None if opener.isalnum() and sign != "1" else _preceding(text, begin)
    if before is not None and before["mark"]:
        word = before["word"]
        if before["mark"] != "." or not (len(word) == 1 or word.isdecimal() or word in _classes()):
            return True
    if sign == "1":
        return before is not None and before["word"].lower() in before_signs("list")
    if sign.isupper():
        return False
    earlier = str(int(sign) - 1) if sign.isdecimal() else chr(ord(sign) - 1)
    if f"{earlier}." not in text[max(0, begin - SPAN) : begin]:
        return False
    pattern = rf"(?:\A|[\s:;(,]){earlier}\.[{_BLANKS}][^{LINE_BREAKS}]*\Z"
    return re.compile(pattern).search(text, max(0, begin - SPAN), begin) is not None


def _names_sort(text: str, begin: int) -> bool:
    """Tell whether a single capital stands behind a word or number with which it names a sort, and is no initial."""
    before = _preceding(text, begin)
    if before is None or before["mark"]:
        return False
    return before["word"].isdecimal() or before["word"].lower() in before_signs("letter")


def _preceding(text: str, begin: int) -> re.Match[str] | None:
    """Return the word before one that begins at a place, with the marks between."""
    return _word_before().search(_last_part(_head(text, begin))) if text[begin - 1 : begin] in _BLANKS else None


def _head(text: str, begin: int) -> str:
    """Return what stands before a place, as far back as the rule looks and without the blanks between."""
    return text[max(0, begin - REACH) : begin].rstrip(_BLANKS)


def _last_part(text: str) -> str:
    """Return what stands behind the last blank."""
    return text.replace("\t", " ").replace("\u00a0", " ").rpartition(" ")[2]


def _opens(word: str) -> bool:
    """Tell whether a word in title case is a function word, which begins a sentence and goes on no name."""
    row = function_words().get(word.lower())
    return row is not None and word.istitle() and row["class"] not in _NAMING
