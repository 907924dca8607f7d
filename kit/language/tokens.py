"""The token rule: from a text to tokens that know where they stand.

The rule, in order, at each place that is not blank:

1. An address (`kit.language.addresses`) is one token.
2. ``Rp`` directly before a digit is a word of its own (*Rp1,2 triliun* is *Rp*, *1,2*, *triliun*).
3. A number is digits joined by ``. , / :`` to more digits, unless a letter is glued to it, also by a hyphen or an
   apostrophe (*4/2/2024*, *1.250.000,50*, *10:30*; but *P3K*, *1960-an* are words). With a letter glued to it, digits
   and signs are a token each (*3.5kg* is *3*, *.*, *5kg*): the group ``cut`` of the expression.
4. Letters with a full stop behind each are one word, the last stop too (*S.H.*, *D.I. Yogyakarta*, *a.n.*).
5. A word is letters and digits with their combining marks, and a hyphen or apostrophe of any kind inside
   (*tugas-tugasnya*, *ke-4*, *Jum'at*; `kit.lexicon.characters` says how each is counted). A number
   with points or commas inside is not cut at them for a hyphen's sake: with *-an* it is one word (*1.500-an*), before
   another word it ends at the hyphen (*5.000-Rp 7.500* is *5.000*, *-*, *Rp*, *7.500*). A hyphen between two months or
   two days separates (*Januari-Maret*; but *minggu-minggu*).
6. Hyphens in a row, full stops in a row, and two backquotes or apostrophes are one mark (*--*, *...*). Every other
   character is a token of its own: punctuation, or a symbol (Unicode category S, or a character newer than the Python
   in use: nearly always an emoji, so that Python 3.11 to 3.14 call it the same).

A hashtag is its sign and its word. A slash separates (*Kabupaten/Kota/Provinsi* is three words and two punctuation
marks).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from kit.language.addresses import BEFORE, address, is_address
from kit.lexicon.characters import APOSTROPHES, GLUE, HYPHENS, mark, plain, run
from kit.lexicon.wordlists import months, weekdays

Kind = Literal["word", "number", "punctuation", "symbol", "address"]

#: Kinds that denominators count.
COUNTED: tuple[Kind, ...] = ("word", "number")

_PIECE = re.compile(r"\d+|\D")
_NUMBER = re.compile(r"\d+(?:[.,/:]\d+)*")


@cache
def _token() -> re.Pattern[str]:
    """Return the token rule as a regular expression: the reference that any faster path has to equal.

    It is compiled by who reads a text: many only open what was read before.
    """
    end = rf"(?![^\W_]|[{mark()}])"
    names = "|".join(sorted({*months(), *weekdays()}, reverse=True)).replace("'", f"[{APOSTROPHES}]")
    rule = rf"""
      (?<![^\s{BEFORE}]) {address()}
    | [Rr][Pp](?=\d)
    | (?P<cut> (?: \d++ [.,/:] )++ ) (?= \d++ (?: [^\W_] | [{mark()}] ) )
    | \d++ (?:[.,/:]\d++)*+ (?! [^\W_] | [{mark()}] | [{GLUE}][^\W\d_] )
    | \d++ (?:[.,]\d++)++ [{HYPHENS}]an\b (?! [{mark()}] | [{GLUE}][^\W_] )
    | \d++ (?:[.,/:]\d++)++ (?= [{GLUE}] )
    | (?P<name> (?ai:{names}) ) (?= [{HYPHENS}] (?! (?ai:(?P=name)) {end} ) (?ai:{names}) {end} )
    | [^\W\d_] (?: \.[^\W\d_] {end} )++ \.?+
    | {run()} (?:[{GLUE}]{run()})*+
    | -{{2,}}+ | \.{{2,}}+ | `` | ''
    | \S
    """
    return re.compile(rule, re.VERBOSE)


@dataclass(frozen=True, slots=True)
class Token:
    """One running token.

    Parameters
    ----------
    text : str
        The token as written.
    start, end : int
        Code points in the text, end-exclusive.
    kind : {"word", "number", "punctuation", "symbol", "address"}
        What it is; denominators count words and numbers.

    """

    text: str
    start: int
    end: int
    kind: Kind


def kind_of(token: str) -> Kind:
    """Return the kind of one token."""
    if token.isalpha():  # letters alone are neither a number nor an address
        return "word"
    if _NUMBER.fullmatch(token):
        return "number"
    if is_address(token):
        return "address"
    if token[0].isalnum():
        return "word"
    category = unicodedata.category(token[0])
    return "symbol" if category[0] == "S" or category == "Cn" else "punctuation"


def tokenize(text: str) -> list[Token]:
    """Cut a text into tokens."""
    return [Token(text[start:end], start, end, kind_of(text[start:end])) for start, end in spans(text)]


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of every token of a text."""
    for match in _token().finditer(text):
        if match["cut"] is None:
            yield match.span()
        else:
            yield from (piece.span() for piece in _PIECE.finditer(text, *match.span()))


def fold(token: str) -> str:
    """Return the form a token is counted under: composed, as typed plainly, in lower case, without a last stop."""
    form = plain(token).lower()
    return form[:-1] if form[-1:] == "." and form[:1].isalpha() else form
