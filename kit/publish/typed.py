"""Numbers typed into prose that equal one of an exhibit: what a paper should call by name."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kit.language.roots import root
from kit.language.sentences import breaks
from kit.language.stopwords import stopwords
from kit.publish import markup
from kit.publish.numbers import Number
from kit.publish.tables import PublishedTable

_CHANCE = 3  # digits: longer numbers are equal by chance in no table
_SHORT = 2  # digits: of as many and fewer any text has some that are equal to those of a table that it names
_LEAST, _NAMING = 3, 5  # letters of a word by which a column is known, and of what a row is
_WRAPPED = re.compile(r"(?<!\n)\n(?![ \t]*(?:\n|[-*+>|#]|\(?\d+[.)] |\\item|\\begin|\\end))")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Typed:
    """A numeral in a paper, its place in the text, and the numbers that it equals."""

    start: int
    numeral: str
    names: tuple[str, ...]


def find_typed(text: str, figures: Path, numbers: Mapping[str, Number], *, kind: str) -> Iterator[Typed]:
    """Find numbers in prose that equal one of an exhibit, in whichever form.

    Of four digits any is told; of three those of tables that the paper names. Shorter ones are equal by chance so often
    that only those are told whose sentence names row and column too: ``accountability is mentioned 2 times``.
    """
    named = set(markup.EXHIBIT.findall(text))
    forms: dict[str, list[str]] = {}
    for number in numbers.values():
        for form in {number.raw, *number.shown.values()}:
            forms.setdefault(form.replace("-", "\u2212"), []).append(number.name)
    prose = markup.prose(text, latex=kind == ".tex")
    sentences = _Sentences(prose, wrapped=kind != ".docx")
    tables: dict[str, _Table] = {}
    for start, numeral in markup.numerals(prose, least=0):
        names = forms.get(numeral, [])
        digits = markup.telling(numeral)
        if digits <= _CHANCE:
            names = [name for name in names if name.partition("/")[0] in named]
        if digits <= _SHORT and names:
            sentence = sentences.around(start)
            for id_ in {name.partition("/")[0] for name in names} - tables.keys():
                tables[id_] = _Table(PublishedTable(figures, id_))
            names = [name for name in names if tables[name.partition("/")[0]].is_told(name, sentence)]
        if names:
            yield Typed(start, numeral, tuple(names))


class _Sentences:
    """The sentences of a paper, found by the place of a numeral in them."""

    def __init__(self, prose: str, *, wrapped: bool) -> None:
        self._text = _WRAPPED.sub(" ", prose) if wrapped else prose
        self._begins = sorted({0, *breaks(self._text)})

    def around(self, place: int) -> str:
        """Return the sentence that a place lies in."""
        number = bisect_right(self._begins, place)
        end = self._begins[number] if number < len(self._begins) else len(self._text)
        return self._text[self._begins[number - 1] : end]


class _Table:
    """A table, asked which of its cells a sentence speaks of."""

    def __init__(self, table: PublishedTable) -> None:
        rows = zip(table.names, table.rows, strict=True)
        self._texts = {key: {row[name].casefold() for name in table.texts if row[name]} for key, row in rows}
        self._headings = {one["name"]: [_stems(text) for text in one["heading"].values()] for one in _columns(table)}

    def is_told(self, name: str, sentence: str) -> bool:
        """Tell whether a sentence names the row of a number, and no other row as well as this, and its column."""
        _, key, column = name.split("/", 2)
        words = _stems(sentence)
        if not any(heading and heading <= words for heading in self._headings.get(column, ())):
            return False
        bare = re.sub(r"\s+", " ", sentence).casefold()
        said = {text for text in self._texts[key] if _holds(bare, text)}
        return bool(said) and sum(said <= texts for texts in self._texts.values()) == 1


def _columns(table: PublishedTable) -> list[dict[str, Any]]:
    """Return what the sidecar says of a table's columns."""
    columns: list[dict[str, Any]] = table.sidecar["columns"]
    return columns


def _holds(sentence: str, text: str) -> bool:
    """Tell whether a text stands in a sentence as words of its own."""
    if len(text) < _NAMING or text in stopwords():
        return False
    return re.search(rf"(?<!\w){re.escape(text)}(?!\w)", sentence) is not None


def _stems(text: str) -> set[str]:
    """List the words of a text that say something, whatever their affixes."""
    return {_stem(word) for word in _WORD.findall(text.casefold()) if len(word) >= _LEAST}


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    """Take the affixes off a word: of Indonesian by the kit's rules, of English those of plurals and verbs."""
    found = root(word)
    return re.sub(r"(?:ed|ing|s)$", "", word) if found == word else found
