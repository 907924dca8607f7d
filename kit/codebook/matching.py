"""Where rules fire: looked up in the postings, and chosen so that hits of one concept do not overlap."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from kit.codebook.bearers import bare_names
from kit.codebook.expressions import matching, of_glob
from kit.codebook.forms import ABSENT, types_of
from kit.codebook.notation import COORDINATORS, Row, Slot, with_enclitics, with_hyphened_enclitics
from kit.codebook.prepared import Prepared, Ready, prepare, spread
from kit.index.order import Integers, order_of
from kit.index.postings import ANY, Types, postings, rows_of
from kit.index.token_index import Int32, Int64, TokenIndex
from kit.index.vocabulary import KINDS
from kit.language.lexemes import lexeme
from kit.language.tokens import COUNTED, fold
from kit.lexicon.characters import plain

_WORD = KINDS.index("word")
_COUNTED = np.array([kind in COUNTED for kind in KINDS])


@dataclass(frozen=True, eq=False)
class Source:
    """The texts that rules are looked up in.

    Parameters
    ----------
    index : TokenIndex
    lexemes, paragraphs : functions, optional
        Return the lexeme of each type and the paragraph of each sentence, once they are asked for. Left out: as the
        rules of the language say; each text is one paragraph.

    """

    index: TokenIndex
    lexemes: Callable[[], Sequence[str]] | None = None
    paragraphs: Callable[[], Int32] | None = None


class Hits(NamedTuple):
    """Where rules fire, one row per hit, by rule.

    Attributes
    ----------
    rule : int32 array
        Number of the rule.
    first, last : int32 arrays
        Places of its first and last word in the word stream.
    block : int32 array
        Number of the block of the rule that makes the hit void; -1: none.

    """

    rule: Int32
    first: Int32
    last: Int32
    block: Int32

    def some(self, rows: npt.NDArray[Any]) -> Hits:
        """Return some of the hits."""
        return Hits(*(column[rows] for column in self))


class Matcher:
    """Looks up rows of words in the texts of one source; what a word stands for is looked up once.

    Parameters
    ----------
    source : Source

    """

    def __init__(self, source: Source) -> None:
        self.index = source.index
        self._stream = postings(source.index)
        self._lexemes = source.lexemes
        self._of_lexeme: dict[str, list[int]] | None = None
        self._types: dict[tuple[Slot, bool], Types | None] = {}

    def all_places(self, phrases: Prepared) -> tuple[Int64, Int32, Int32]:
        """Return where phrases stand: which, first and last place; sorted, each stretch of a phrase once."""
        inner, bounds, types = types_of(phrases.words, self.index.terms)
        or_any = np.append(inner, ANY)
        numbers, begins, ends = [np.zeros(0, np.int64)], [np.zeros(0, np.int32)], [np.zeros(0, np.int32)]
        for owner, words in phrases.plain:
            before = or_any[words[:, :-1]]
            known = np.flatnonzero((before != ABSENT).all(axis=1))
            last = words[known, -1]
            row, place = spread(bounds[last + 1] - bounds[last])
            ending = types[bounds[last[row]] + place]
            found, first = self._stream.phrases(np.column_stack([before[known[row]], ending]))
            numbers.append(owner[known[row[found]]])
            begins.append(first)
            ends.append(first + np.int32(words.shape[1] - 1))
        needing, needed = phrases.needed
        tried = np.ones(len(phrases.others), bool)
        tried[needing[inner[needed] == ABSENT]] = False
        for number, slots in (phrases.others[place] for place in np.flatnonzero(tried).tolist()):
            first = self._row(slots)
            numbers.append(np.full(len(first), number, np.int64))
            begins.append(first)
            ends.append(first + np.int32(len(slots) - 1))
        which, begin, end = np.concatenate(numbers), np.concatenate(begins), np.concatenate(ends)
        order = order_of(which, begin, end - begin)
        which, begin, end = which[order], begin[order], end[order]
        new = np.append(True, (np.diff(which) != 0) | (np.diff(begin) != 0) | (np.diff(end) != 0))[: len(which)]
        return which[new], begin[new], end[new]

    def _row(self, row: Row) -> Int32:
        """Return where one row of words begins."""
        if row[0].how == "spelled":
            return self._spelled(row[0].text)
        words = [self._named(slot, last=place == len(row) - 1) for place, slot in enumerate(row)]
        if any(types is not None and not len(types) for types in words):
            return np.zeros(0, np.int32)
        if len(words) == 1:
            only = words[0] if words[0] is not None else ()
            return self._stream.of(only) if len(only) == 1 else np.sort(self._stream.of(only))
        return self._stream.phrase(words, [slot.link for slot in row[1:]])

    def _named(self, slot: Slot, *, last: bool) -> Types | None:
        """Return the types that a word of a row may be; None: any."""
        if (slot, last) not in self._types:
            self._types[slot, last] = self._look_up(slot, last=last)
        return self._types[slot, last]

    def _look_up(self, slot: Slot, *, last: bool) -> Types | None:
        """Look up the types that a word of a row may be."""
        index, text = self.index, slot.text
        if slot.how == "form":
            return rows_of(index.forms, with_enclitics(text) if last else [text])
        if slot.how == "lexeme":
            return self._with_lexeme(text)
        if slot.how == "and":
            return rows_of(index.forms, COORDINATORS)
        if slot.how == "any":
            return None
        expression = of_glob(text) if slot.how == "glob" else text
        fits = matching(index.terms, expression)
        if slot.how == "glob" and last and not text.endswith("*"):
            fits |= matching(index.terms, of_glob(text) + "-?(?:nya|lah|kah|ku|mu)")
        return np.flatnonzero(fits & _COUNTED[index.term_kind])

    def _with_lexeme(self, text: str) -> Types:
        """Return the types of a lexeme."""
        if self._of_lexeme is None:
            self._of_lexeme = {}
            index = self.index
            kinds = index.term_kind.tolist()
            names = (
                (lexeme(form) if kind == _WORD else form for form, kind in zip(index.forms, kinds, strict=True))
                if self._lexemes is None
                else self._lexemes()
            )
            for row, (name, kind) in enumerate(zip(names, kinds, strict=True)):
                if _COUNTED[kind]:
                    self._of_lexeme.setdefault(name, []).append(row)
        return self._of_lexeme.get(text, [])

    def _spelled(self, abbreviation: str) -> Int32:
        """Return where an abbreviation stands in its own case, however its hyphens are typed."""
        index, spellings = self.index, with_hyphened_enclitics(abbreviation)
        places = self._stream.of(rows_of(index.forms, [fold(spelling) for spelling in spellings]))
        here = index.surface[self._stream.token[places]]
        fitting = [row for row in np.unique(here).tolist() if plain(index.surfaces[row]) in spellings]  # they are few
        return np.sort(places[np.isin(here, fitting)])


def find_hits(matcher: Matcher, ready: Ready) -> Hits:
    """Return every hit of every rule, whether or not hits overlap, and the block that makes it void."""
    rules = ready.rules
    rule, first, last = matcher.all_places(ready.phrases)
    bounds = np.searchsorted(rule, np.arange(len(rules) + 1))
    blocks = [
        (number, place, rows)
        for number in np.flatnonzero((np.diff(bounds) > 0) & ready.blocked).tolist()
        for place, rows in enumerate(rules[number].blocks)
    ]
    block = np.full(len(rule), -1, np.int32)
    which, begin, end = matcher.all_places(prepare([rows for _, _, rows in blocks]))
    edges = np.searchsorted(which, np.arange(len(blocks) + 1))
    for row in np.flatnonzero(np.diff(edges)).tolist():
        number, place, _ = blocks[row]
        hits, held = slice(*bounds[number : number + 2]), slice(*edges[row : row + 2])
        fits = _inside(first[hits], last[hits], begin[held], end[held]) & (block[hits] < 0)
        block[hits][fits] = place
    found = Hits(rule.astype(np.int32), first, last, block)
    return _named(matcher, found, ready.bearers, bounds) if ready.bearers else found


def _named(matcher: Matcher, found: Hits, offices: Sequence[int], bounds: Integers) -> Hits:
    """Put the bare names of those who bear an office in place of the offices."""
    pieces, done = [], 0
    for number in offices:
        begin, stop = bounds[number : number + 2].tolist()
        office = found.some(np.arange(begin, stop))
        first, last = bare_names(matcher.index, office.first, office.last, office.block >= 0)
        pieces += [
            found.some(np.arange(done, begin)),
            Hits(np.full(len(first), number, np.int32), first, last, np.full(len(first), -1, np.int32)),
        ]
        done = stop
    pieces.append(found.some(np.arange(done, len(found.rule))))
    return Hits(*(np.concatenate(columns) for columns in zip(*pieces, strict=True)))


def _inside(first: Int32, last: Int32, begin: Int32, end: Int32) -> npt.NDArray[np.bool_]:
    """Tell which hits lie wholly inside a block phrase; `begin` and `end` are its places, by beginning."""
    if not len(begin):
        return np.zeros(len(first), bool)
    nearest = np.searchsorted(begin, first, side="right") - 1
    reached = np.maximum.accumulate(end)[np.maximum(nearest, 0)]
    return (nearest >= 0) & (last <= reached)
