"""One document as the rules of quotation read it: words, what they may be, where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from kit.corpus.corpus import Corpus
from kit.discourse import rules
from kit.discourse.actor_list import offices, organisations
from kit.discourse.titles import mark_titles
from kit.lexicon.wordlists import function_words, months, weekdays
from kit.reading.rules import load_rules

Flags = npt.NDArray[np.int32]
_NO_NAME = rules.OFFICE | rules.ORGANISATION | rules.HONORIFIC | rules.PLACE | rules.ACRONYM
_BEFORE_NAME = rules.OFFICE | rules.HONORIFIC | rules.BREAK | rules.FUNCTION | rules.SAYING
#: Classes of function words that are no part of an office.
_FUNCTION = ("adverb", "modal", "discourse", "negation", "particle", "interrogative", "copula", "conjunction")
_FULL = 2  # words of a full name, at least
_STOPS = frozenset((".", "!", "?", "…", "..."))


class View:
    """The tokens of one document, numbered from 0.

    Parameters
    ----------
    words, low : list of str
        Each token as written, and folded.
    flags : array of int32
        What each may be: bits of `kit.discourse.rules`.
    start, end : list of int
        Code points in the text.
    paragraph : list of int
        Number of the paragraph.
    breaks : bytearray
        1 where a sentence begins with the token, as it does with each paragraph; else 0.

    """

    def __init__(
        self,
        words: list[str],
        low: list[str],
        flags: Flags,
        places: tuple[list[int], ...],
        breaks: bytearray,
    ) -> None:
        self.words, self.low, self._bits = words, low, flags
        self.flags: list[int] = flags.tolist()
        mark_titles(low, self.flags, self.with_bit(rules.TITLE), rules.OFFICE)
        self.start, self.end, self.paragraph = places
        self.breaks = breaks
        self.size = len(words)

    def with_bit(self, bit: int) -> list[int]:
        """Return the tokens that may be something."""
        found: list[int] = np.flatnonzero(self._bits & bit).tolist()
        return found

    @cached_property
    def lone(self) -> frozenset[str]:
        """Words with a capital that stand alone beside a verb of saying, as short names do: *kata Ali*."""
        return frozenset(self._alone())

    @cached_property
    def runs(self) -> frozenset[tuple[str, ...]]:
        """Words with a capital that stand in a row, folded, each row as far as it goes."""
        return frozenset(self._in_a_row())

    @cached_property
    def full_names(self) -> frozenset[tuple[str, ...]]:
        """Words of `runs`, two or more, that stand beside a verb of saying: *kata Honesti Basyir*."""
        return frozenset(self._beside_saying())

    def _beside_saying(self) -> Iterator[tuple[str, ...]]:
        """Yield the words of `full_names`."""
        for before, behind, stop in self._beside():
            if stop >= behind + _FULL:
                yield tuple(self.low[behind:stop])
            first = before + 1
            while first > 0 and self.flags[first - 1] & rules.CAPITAL and not self.breaks[first]:
                first -= 1
            if before + 1 >= first + _FULL:
                yield tuple(self.low[first : before + 1])

    def _beside(self) -> Iterator[tuple[int, int, int]]:
        """Yield what stands beside each verb of saying: the token before it and its adverbs, and the capitals behind.

        These as the first and the token behind the last.
        """
        flags, size = self.flags, self.size
        for place in self.with_bit(rules.SAYING):
            before, stop = place - 1, place + 1
            while stop < size and flags[stop] & rules.CAPITAL:
                stop += 1
            while before > 0 and flags[before] & rules.ADVERB and not flags[before] & rules.CAPITAL:
                before -= 1
            yield before, place + 1, stop

    @cached_property
    def spots(self) -> frozenset[str]:
        """Words with a capital behind what stands before a place: *di Cilincing*, *Kecamatan Cilincing*."""
        before, capitals = rules.words_of("people", "before_places"), self.with_bit(rules.CAPITAL)
        return frozenset(self.low[place] for place in capitals if place and self.low[place - 1] in before)

    def _in_a_row(self) -> Iterator[tuple[str, ...]]:
        """Yield the words of `runs`."""
        first = behind = -1
        for place in self.with_bit(rules.CAPITAL):
            if place == behind and not self.breaks[place]:
                behind += 1
                continue
            if first >= 0:
                yield tuple(self.low[first:behind])
            first, behind = place, place + 1
        if first >= 0:
            yield tuple(self.low[first:behind])

    def _alone(self) -> Iterator[str]:
        """Yield the words of `lone`."""
        flags = self.flags
        for before, behind, stop in self._beside():
            if behind < stop <= behind + 1 + (not flags[behind] & _NO_NAME):
                yield self.low[behind]
            if before >= 0 and flags[before] & rules.CAPITAL and self._begins(before):
                yield self.low[before]

    def _begins(self, token: int) -> bool:
        """Tell whether a name may begin with a token: not in Menteri Kelautan dan | Perikanan."""
        ahead = self.flags[token - 1] if token else 0
        if self.breaks[token] or not ahead & rules.LETTER:
            return True
        return bool(ahead & _BEFORE_NAME) and not ahead & rules.CAPITAL and self.low[token - 1] != "dan"

    def is_glued(self, token: int) -> bool:
        """Tell whether a token stands right behind the one before."""
        return token > 0 and self.end[token - 1] == self.start[token]

    def sentence_begin(self, place: int) -> int:
        """Return the first token of the sentence of a token."""
        return max(self.breaks.rfind(1, 0, place + 1), 0)

    def sentence_end(self, place: int) -> int:
        """Return the token behind the sentence of a token."""
        stop = self.breaks.find(1, place + 1)
        return self.size if stop < 0 else stop

    def stands_free(self, place: int) -> bool:
        """Tell whether a word opens its sentence or stands behind a comma."""
        lead = rules.words_of("cue", "lead")
        while place > 0 and not self.breaks[place] and self.low[place - 1] in lead:
            place -= 1  # Masih kata Ali, …
        return place == 0 or bool(self.breaks[place] or self.flags[place - 1] & rules.COMMA)

    def trimmed(self, first: int, stop: int) -> int:
        """Return the last token of words without the signs that end a sentence."""
        last = stop - 1
        while last >= first and (
            self.flags[last] & (rules.STOP | rules.COMMA)
            and not (self.words[last] == "." and self.words[last - 1] in ("dll", "dsb"))
        ):
            last -= 1
        return last

    def stance_is_directive(self, token: int) -> bool:
        """Tell whether a verb of saying asks somebody to act."""
        return rules.dressed()[self.low[token]][0].stance == "directive"


def flags_of(words: tuple[str, ...], low: list[str]) -> Flags:
    """Tell what each distinct word may be."""
    known = _known()
    found = np.zeros(len(words), np.int32)
    for number, (word, form) in enumerate(zip(words, low, strict=True)):
        bits = known.get(form, 0) | (known.get(word, 0) if word != form else 0)
        first = word[0]
        if first.isalpha():
            bits |= rules.LETTER
            if first.isupper():
                bits |= rules.CAPITAL
                if len(word) > 1 and word.isupper():
                    bits |= rules.ACRONYM
        elif first.isdigit():
            bits |= rules.NUMBER
        found[number] = bits
    return found


@cache
def _known() -> dict[str, int]:
    """Return what the words of the lists may be."""
    found: dict[str, int] = {}

    def mark(words: Any, bit: int) -> None:
        for word in words:
            found[word] = found.get(word, 0) | bit

    for section, name, bit in (
        ("people", "pronouns", rules.PRONOUN),
        ("people", "own_side", rules.PRONOUN),
        ("people", "plural", rules.PRONOUN),
        ("people", "honorifics", rules.HONORIFIC),
        ("people", "ranks", rules.HONORIFIC),
        ("people", "title_heads", rules.TITLE),
        ("people", "title_fields", rules.TITLE),
        ("sentence", "breaks", rules.BREAK),
        ("cue", "adverbs", rules.ADVERB),
        ("marks", "open", rules.DOUBLE),
        ("marks", "close", rules.DOUBLE),
        ("marks", "both", rules.DOUBLE),
        ("marks", "single_open", rules.SINGLE),
        ("marks", "single_close", rules.SINGLE),
        ("marks", "single_both", rules.SINGLE),
    ):
        mark(rules.words_of(section, name), bit)
    mark(rules.dressed(), rules.SAYING)
    mark(rules.words_of("cue", "source", "source_own"), rules.SAYING)
    mark((words[0] for words in offices()), rules.OFFICE)
    mark(organisations(), rules.ORGANISATION)
    mark((*months(), *weekdays()), rules.CALENDAR)
    mark(
        (word for place in (*load_rules().places, *load_rules().countries) for word in place.lower().split()),
        rules.PLACE,
    )
    function = (form for form, row in function_words().items() if row["class"] in _FUNCTION)
    mark(set(function) - rules.words_of("people", "joints") - rules.words_of("people", "qualities"), rules.FUNCTION)
    mark((",",), rules.COMMA)
    mark(_STOPS, rules.STOP)
    return found


def views(corpus: Corpus, wanted_docs: npt.NDArray[np.integer[Any]] | None = None) -> Iterator[tuple[int, View]]:
    """Yield each document, or of some each, that has a mark of quotation or a verb of saying, with its number."""
    index = corpus.index
    low = [index.forms[kind] for kind in index.surface_type.tolist()]
    of_surface = flags_of(index.surfaces, low)
    flags = of_surface[index.surface]
    wanted = np.flatnonzero(flags & (rules.SAYING | rules.DOUBLE))
    bounds = index.document_tokens
    docs = np.unique(np.searchsorted(bounds, wanted, side="right") - 1)
    if wanted_docs is not None:
        docs = np.intersect1d(docs, wanted_docs)
    paragraphs = corpus.sentences["paragraph"].to_numpy()
    sentence = index.token_sentence
    begins = np.zeros(len(flags) + 1, np.uint8)
    begins[index.sentence_tokens] = 1
    surfaces, end = index.surfaces, index.end
    for doc in docs.tolist():
        some = slice(int(bounds[doc]), int(bounds[doc + 1]))
        numbers = index.surface[some].tolist()
        places = (
            index.start[some].tolist(),
            end[some].tolist(),
            paragraphs[sentence[some]].tolist(),
        )
        words, folded = [surfaces[n] for n in numbers], [low[n] for n in numbers]
        yield doc, View(words, folded, flags[some], places, bytearray(begins[some]))
