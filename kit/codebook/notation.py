"""The notation of patterns: from what a cell holds to the rows of words that it stands for.

A *phrase* is words in a row. ``[…]`` may be left out, ``(a|b c)`` is one of several, ``~3`` stands for up to three
words of any kind, and ``~dan`` for the further members of a list (*pelayanan dan pengaduan publik* is
``pelayanan ~dan publik``). ``*`` stands for any letters and ``?`` for one, where the kind of pattern allows it.
``docs/codebook.md`` has the rules with worked examples.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise, product
from typing import Literal, NamedTuple, TypeAlias

from kit.errors import CodebookError
from kit.index.postings import COMMA, EITHER, JOINED, JOINTS
from kit.language.sentences import abbreviations
from kit.language.tokens import COUNTED, Token, fold, tokenize
from kit.lexicon.characters import plain
from kit.reading.text import visible

#: How a word of a phrase is compared with those of a text. "any": every word fits; "and": a word that joins the last
#: member of a list; "list": the members of a list, until they are written out.
How: TypeAlias = Literal["form", "spelled", "lexeme", "glob", "regex", "any", "and", "list"]
#: What may be glued to the last word of a pattern, or follow it after a hyphen.
ENCLITICS = ("nya", "lah", "kah", "ku", "mu")
#: Words that join the last member of a list to those before it.
COORDINATORS = ("dan", "atau", "serta", "maupun", "and", "or")
#: Between two phrases in a cell.
SEPARATOR = "|"
#: Rows of words that one pattern may stand for.
MOST_VARIANTS = 256
_LONGEST_GAP = 10
_MEMBERS = 3  # of a list, besides those that the pattern names
_WILD = re.compile(r"[*?]")
_GAP = re.compile(r"~\s*(\d+)")
_LIST = re.compile(r"~\s*dan\b", re.IGNORECASE)
_MARK = re.compile(r"[\[\]()|]|~\s*dan\b|~\s*\d+|~", re.IGNORECASE)


class Slot(NamedTuple):
    """One word of a row.

    Attributes
    ----------
    text : str
        What it is compared with: case-folded, but for spellings and regular expressions.
    how : str
        How.
    link : int
        How the word before is joined to it: `JOINED`, `COMMA` or `EITHER` of `kit.index.postings`.

    """

    text: str
    how: How
    link: int = JOINED


#: A row of words.
Row: TypeAlias = tuple[Slot, ...]


def split(cell: str) -> list[str]:
    """Return the phrases of a cell, which stand between ``|`` outside parentheses."""
    if "(" not in cell and ")" not in cell:
        return [part.strip() for part in cell.split(SEPARATOR) if part.strip()]
    parts = [""]
    depth = 0
    for sign in cell:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == SEPARATOR and depth <= 0:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts if part.strip()]


@lru_cache(maxsize=16384)  # conditions of many patterns look for the same words
def rows_of_phrase(phrase: str, how: How = "form", what: str = "pattern", *, wild: bool = True) -> tuple[Row, ...]:
    """Return the rows of words that a phrase stands for; `wild` says whether ``*`` and ``?`` stand for letters."""
    shown = phrase if phrase.isascii() and phrase.isprintable() else visible(phrase).text
    if not _MARK.search(shown):
        return (_words(shown, shown, how, what, wild=wild),)
    rows = _Reader(shown, how, what, wild=wild).read()
    if not any(slot.how != "any" for row in rows for slot in row):
        raise CodebookError(f"{phrase!r} can never fire: it has no word", remedy="write the word or words to look for")
    return rows


class _Reader:
    """A phrase with marks, read from left to right."""

    def __init__(self, phrase: str, how: How, what: str, *, wild: bool) -> None:
        self._phrase = phrase
        self._how: How = how
        self._what = what
        self._wild = wild
        ends = [match.span() for match in _MARK.finditer(phrase)]
        bounds = [0, *(place for span in ends for place in span), len(phrase)]
        self._pieces = [phrase[begin:stop].strip() for begin, stop in pairwise(bounds)]
        self._pieces = [piece for piece in self._pieces if piece]
        self._place = 0

    def read(self) -> tuple[Row, ...]:
        """Return the rows."""
        rows = self._row(closing="")
        if self._place < len(self._pieces):
            raise self._wrong(f"{self._pieces[self._place]!r} closes nothing", "delete it, or open it before")
        found = tuple(dict.fromkeys(rows))
        if () in found:
            raise self._wrong("all of it may be left out", "leave one word outside the brackets")
        for row in found:
            if {row[0].how, row[-1].how} & {"any", "list"}:
                raise self._wrong("it begins or ends with ~", "put a word before and behind it, not one in [ ]")
        return self._within(tuple(dict.fromkeys(one for row in found for one in _listed(row))))

    def _row(self, closing: str) -> tuple[Row, ...]:
        """Read up to a closing mark, or the end."""
        rows: tuple[Row, ...] = ((),)
        while self._place < len(self._pieces) and self._pieces[self._place] not in ("]", ")", SEPARATOR):
            piece = self._pieces[self._place]
            self._place += 1
            if piece == "[":
                more = (*self._row("]"), ())
                self._close("]")
            elif piece == "(":
                more = self._alternatives()
            elif piece[0] == "~":
                more = self._gap(piece)
            else:
                more = (_words(piece, self._phrase, self._how, self._what, wild=self._wild),)
            rows = self._within(tuple((*row, *tail) for row, tail in product(rows, more)))
        if self._place < len(self._pieces) and self._pieces[self._place] == SEPARATOR and closing != ")":
            remedy = f"put what to choose from into parentheses, as in (a|b), or make it a {self._what} of its own each"
            raise self._wrong("'|' stands outside parentheses", remedy)
        return rows

    def _alternatives(self) -> tuple[Row, ...]:
        """Read what stands in parentheses."""
        rows = [self._row(")")]
        while self._place < len(self._pieces) and self._pieces[self._place] == SEPARATOR:
            self._place += 1
            rows.append(self._row(")"))
        self._close(")")
        if len(rows) == 1:
            remedy = "write [ ] around what may be left out, (a|b) for one of several, and nothing around the rest"
            raise self._wrong("its parentheses hold nothing to choose from", remedy)
        if any(() in some for some in rows):
            raise self._wrong("an alternative is empty", "write [(a|b)] for alternatives that may be left out")
        return tuple(row for some in rows for row in some)

    def _gap(self, piece: str) -> tuple[Row, ...]:
        """Read what begins with ~."""
        if _LIST.fullmatch(piece):
            return ((Slot("", "list"),),)
        number = _GAP.fullmatch(piece)
        if number is None or not 1 <= int(number[1]) <= _LONGEST_GAP:
            remedy = f"write ~1 to ~{_LONGEST_GAP} for so many words, or ~dan for a list"
            raise self._wrong(f"{piece!r} is no gap", remedy)
        return tuple((Slot("", "any"),) * words for words in range(int(number[1]) + 1))

    def _close(self, mark: str) -> None:
        """Go past a closing mark."""
        if self._place == len(self._pieces) or self._pieces[self._place] != mark:
            raise self._wrong(f"{mark!r} is lacking", f"close it with {mark}")
        self._place += 1

    def _within(self, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        """Return rows that are not too many."""
        if len(rows) > MOST_VARIANTS:
            remedy = f"make it several {self._what}s that stand for {MOST_VARIANTS} at most each"
            raise self._wrong(f"it stands for more than {MOST_VARIANTS} phrases", remedy)
        return rows

    def _wrong(self, problem: str, remedy: str) -> CodebookError:
        """Say what is wrong with the phrase."""
        return CodebookError(f"{self._phrase!r} cannot be read: {problem}", remedy=remedy)


def _listed(row: Row) -> list[Row]:
    """Write out the lists that may stand in a row: none, or one to three further members."""
    place = next((number for number, slot in enumerate(row) if slot.how == "list"), None)
    if place is None:
        return [row]
    before, behind = row[:place], row[place + 1 :]
    lists: list[Row] = [()]
    for members in range(1, _MEMBERS + 1):
        commas = (Slot("", "any", COMMA),) * (members - 1)
        lists.append((*commas, Slot("", "and", EITHER), Slot("", "any")))
    return [(*before, *middle, *rest) for middle in lists for rest in _listed(behind)]


def _words(text: str, phrase: str, how: How, what: str, *, wild: bool) -> Row:
    """Return the words of a stretch without marks of notation."""
    if wild and _WILD.search(text):
        return tuple(_globbed(word, phrase, how, what) for word in text.split())
    tokens = _without_stops(tokenize(text))
    is_word = [token.kind in COUNTED for token in tokens]
    if not any(is_word):
        problem = f"{phrase!r} can never fire: it has no word" + ("" if text == phrase else f" at {text!r}")
        raise CodebookError(problem, remedy="write the word or words to look for")
    for place, token in enumerate(tokens):
        inside = 0 < place < len(tokens) - 1 and is_word[place - 1] and is_word[place + 1]
        if not is_word[place] and not (token.text in JOINTS and inside):
            problem = f"{token.text!r} is neither a word nor a slash or hyphen between two words"
            raise CodebookError(f"{phrase!r} can never fire: {problem}", remedy=_mended(tokens, is_word, what))
    spelled = how == "spelled"
    words = [token.text for token, word in zip(tokens, is_word, strict=True) if word]
    return tuple(Slot(plain(word) if spelled else fold(word), how) for word in words)


def _without_stops(tokens: Sequence[Token]) -> list[Token]:
    """Drop the full stop of a listed abbreviation, with which it may be written or not."""
    kept = list(tokens[:1])
    for before, token in pairwise(tokens):
        if token.text != "." or not _is_listed(before.text):
            kept.append(token)
    return kept


def _is_listed(word: str) -> bool:
    """Tell whether a full stop may stand behind a word in any case without an end of a sentence."""
    return not abbreviations().isdisjoint((word, word.lower(), word.capitalize()))


def _globbed(word: str, phrase: str, how: How, what: str) -> Slot:
    """Return a word with wildcards."""
    if not _WILD.search(word):
        return _words(word, phrase, how, what, wild=False)[0]
    spelled = _WILD.sub("x", word)
    if [token.text for token in tokenize(spelled)] != [spelled]:
        problem = f"{word!r} is not one word with * or ? in it"
        raise CodebookError(f"{phrase!r} can never fire: {problem}", remedy="leave blanks between words, and no marks")
    if not _WILD.sub("", word):
        remedy = "write some letters of it, or ~1 for a word of any kind between two others"
        raise CodebookError(f"{phrase!r} has a word without a letter: {word!r}", remedy=remedy)
    return Slot(fold(word), "glob")


def _mended(tokens: Sequence[Token], is_word: Sequence[bool], what: str) -> str:
    """Say how to write what a phrase with marks in it means."""
    if any(_WILD.fullmatch(token.text) for token in tokens):
        return "make its kind glob, in which * stands for any letters and ? for one"
    first, last = is_word.index(True), len(tokens) - is_word[::-1].index(True)
    marks = [token.text for token, word in zip(tokens[first:last], is_word[first:last], strict=True) if not word]
    barred = [mark for mark in marks if mark not in JOINTS]
    if barred:
        return f"no hit goes across {barred[0]!r}: write what stands before and after it as a {what} of its own each"
    return f"write {' '.join(token.text for token, word in zip(tokens, is_word, strict=True) if word)!r}"


@lru_cache(maxsize=4096)
def with_enclitics(word: str) -> tuple[str, ...]:
    """Return a word and its forms with one enclitic, glued or after a hyphen."""
    return (word, *(word + joint + enclitic for enclitic in ENCLITICS for joint in ("", "-")))


def with_hyphened_enclitics(word: str) -> tuple[str, ...]:
    """Return an abbreviation and its forms with one enclitic after a hyphen."""
    return (word, *(f"{word}-{enclitic}" for enclitic in ENCLITICS))
