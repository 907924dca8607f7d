"""Bearers of an office: whom a text names behind a title is meant by the bare name later in the document.

*Bupati Bantul Sena Wardaya hadir* tells that *Sena Wardaya*, *Sena* and *Wardaya* are the regent, until the document
gives the name to somebody else (*Kepala Dinas Sena Aji*, *mantan Bupati Sena*). The whole name counts before, too.
Names are told by their capitals, so that a text without any tells none.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator
from itertools import groupby
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kit.index.postings import Postings, postings
from kit.index.token_index import Int32, TokenIndex
from kit.lexicon.known import is_known
from kit.lexicon.wordlists import regions, titles

_LONGEST_NAME, _LONGEST_REGION = 5, 4  # words
_SHORTEST, _CLIPPED = 3, 5  # letters of a part of a name, and of a clipped one


class _Naming(NamedTuple):
    """A stretch of words that names somebody, and whether as one who bears the office."""

    first: int
    last: int
    bears: bool


def bare_names(index: TokenIndex, first: Int32, last: Int32, void: npt.NDArray[np.bool_]) -> tuple[Int32, Int32]:
    """Return where those named behind an office are meant by a bare name, as first and last places in the word stream.

    The places of the office are given, rising, and which of them are void: whom these name does not bear it.
    """
    stream = postings(index)
    bounds = np.searchsorted(stream.token, index.document_tokens)
    document = np.searchsorted(bounds, first, side="right") - 1
    spelled = _Spelled(np.array(index.surfaces, object), np.array(index.forms, object))
    found: set[tuple[int, int]] = set()
    offices = zip(document.tolist(), first.tolist(), last.tolist(), void.tolist(), strict=True)
    for number, rows in groupby(offices, key=lambda row: row[0]):
        ends = [(stop, is_void) for _, _, stop, is_void in rows]
        if all(is_void for _, is_void in ends):
            continue
        begin, stop = bounds[number : number + 2].tolist()
        text = _Document(index, stream, spelled, begin, stop)
        found |= {(low + begin, high + begin) for low, high in text.bare([(end - begin, void) for end, void in ends])}
    places = np.array(sorted(found), np.int32).reshape(-1, 2)
    return places[:, 0], places[:, 1]


class _Spelled(NamedTuple):
    """The surfaces and forms of an index as arrays of str, of which many are taken at once."""

    surfaces: npt.NDArray[np.object_]
    forms: npt.NDArray[np.object_]


class _Document:
    """The words of one document that names an office, numbered from 0, and what stands between them."""

    def __init__(self, index: TokenIndex, stream: Postings, spelled: _Spelled, begin: int, stop: int) -> None:
        tokens = stream.token[begin:stop]
        signs = spelled.surfaces[index.surface[tokens[0] : tokens[-1] + 2]]  # words and what is between them
        self._signs: list[str] = signs.tolist()
        self._words: list[str] = signs[tokens - tokens[0]].tolist()
        self._forms: list[str] = spelled.forms[stream.type[begin:stop]].tolist()
        self._token: list[int] = (tokens - tokens[0]).tolist()
        self._joined: list[bool] = stream.joined[begin:stop].tolist()
        self._listed: list[bool] = stream.listed[begin:stop].tolist()
        sentences = index.sentence_tokens
        ends = sentences[bisect_right(sentences, tokens[0]) : bisect_left(sentences, tokens[-1]) + 1] - tokens[0]
        self._sentence_ends = np.searchsorted(self._token, ends).tolist()
        self._stop = stop - begin

    def bare(self, offices: list[tuple[int, bool]]) -> Iterator[tuple[int, int]]:
        """Yield where one who bears the office is meant by a bare name, given the last word of each office."""
        namings = [naming for end, void in offices for naming in self._namings(end, void=void)]
        names = [self._forms[one.first : one.last + 1] for one in namings if one.bears]
        if not names:
            return
        whole = {form: form for name in names for form in name}
        others = set(self._forms) - set(whole)
        whole |= {form: part for part in list(whole) for form in _clipped(part) & others if not is_known(form)}
        whole = {form: part for form, part in whole.items() if self._is_part(form, namings)}
        bears = dict.fromkeys(whole.values(), False)
        for low, high in self._stretches(whole):
            words = [whole[form] for form in self._forms[low : high + 1]]
            named = next((one.bears for one in namings if one.first <= low <= one.last), None)
            if named is not None:
                bears.update(dict.fromkeys(words, named))
            elif self._is_named_before(low) or self._is_named_behind(high):
                bears.update(dict.fromkeys(words, False))
            elif all(bears[word] for word in words) or (len(words) > 1 and words in names):
                bears.update(dict.fromkeys(words, True))
                yield low, high

    def _namings(self, end: int, *, void: bool) -> Iterator[_Naming]:
        """Yield who is named behind an office, and by what name the sentence says that he goes."""
        place = self._behind_region(end)
        comma = self._listed[place - 1]
        if comma:
            place = self._behind_region(place - 1)
        close = self._behind_name(place)
        inside = self._between(place - 1) == "(" and self._closes(close - 1)
        if close > place and (comma or inside or self._tied(place - 1) or self._closes(place - 1)):
            name = _Naming(place, close - 1, not void)
            if not self._is_region(place, close) and (not comma or self._is_apposition(name)):
                yield name
        stop = next((stop for stop in self._sentence_ends if stop > end), self._stop)
        for called in range(end + 1, 0 if void else stop - 1):
            if self._forms[called] in titles("calling"):
                close = min(self._behind_name(called + 1), stop)
                if close > called + 1:
                    yield _Naming(called + 1, close - 1, bears=True)

    def _behind_region(self, place: int) -> int:
        """Return the place behind a word, the region behind it, and what else may stand between office and name."""
        place += 1
        between = titles("standing") | titles("unit")
        while place < self._stop and self._tied(place - 1) and self._forms[place] in between:
            place += 1
        if place < self._stop and (self._tied(place - 1) or self._listed[place - 1]):
            sizes = (size for size in range(_LONGEST_REGION, 0, -1) if self._is_region(place, place + size))
            place += next(sizes, 0)
        if self._forms[place : place + 1] == ["atau"] and self._is_region(place + 1, place + 2):
            place += 2
        if self._between(place - 1) == "(" and self._closes(place) and self._is_region(place, place + 1):
            place += 1
        while place < self._stop and self._tied(place - 1) and self._forms[place] in titles("standing"):
            place += 1
        return place

    def _behind_name(self, place: int) -> int:
        """Return the place behind a name that begins at a place; this place, if none does."""
        end = place
        while end < self._stop and self._forms[end] in titles("address") and self._tied(end):
            end += 1
        most = min(self._stop, end + _LONGEST_NAME)
        while end < most and self._is_capital(end) and self._forms[end] not in titles("office"):
            end += 1
            if not self._tied(end - 1):
                break
        return end

    def _is_apposition(self, name: _Naming) -> bool:
        """Tell whether words behind a comma name who bears the office before it."""
        apart = not self._tied(name.last)
        return apart or (name.last > name.first and not is_known(self._forms[name.first]))

    def _is_part(self, form: str, namings: list[_Naming]) -> bool:
        """Tell whether a word is part of a name: a capital wherever it stands, and no other word in a headline."""
        if len(form) < _SHORTEST or form in titles("address"):
            return False
        places = self._places(form)
        if not all(map(self._is_capital, places)):
            return False
        named = [place for place in places if any(one.first <= place <= one.last for one in namings)]
        return not is_known(form) or len(named) > 1 or any(self._is_inner(place) for place in {*places} - {*named})

    def _places(self, form: str) -> list[int]:
        """Return where a form stands."""
        found = [self._forms.index(form)]
        for _ in range(self._forms.count(form) - 1):
            found.append(self._forms.index(form, found[-1] + 1))
        return found

    def _is_inner(self, place: int) -> bool:
        """Tell whether a capital begins no sentence and stands in no headline."""
        if place == 0:
            return False
        return self._listed[place - 1] or (self._tied(place - 1) and not self._words[place - 1][0].isupper())

    def _is_named_before(self, place: int) -> bool:
        """Tell whether the word before belongs to the same name, or is a title."""
        if place == 0 or not self._tied(place - 1) or self._forms[place - 1] in titles("address"):
            return False
        opens = place == 1 or not (self._listed[place - 2] or self._tied(place - 2))  # a capital that tells nothing
        is_title = self._forms[place - 1] in titles("office")
        return self._words[place - 1][0].isupper() and (is_title or not opens)

    def _is_named_behind(self, place: int) -> bool:
        """Tell whether the word behind belongs to the same name."""
        return place + 1 < self._stop and self._tied(place) and self._is_capital(place + 1)

    def _stretches(self, parts: Container[str]) -> list[tuple[int, int]]:
        """Return where parts of names stand in a row, as first and last places."""
        found: list[tuple[int, int]] = []
        for place in [place for place, form in enumerate(self._forms) if form in parts]:
            if found and place == found[-1][1] + 1 and self._tied(place - 1):
                found[-1] = (found[-1][0], place)
            else:
                found.append((place, place))
        return found

    def _is_region(self, begin: int, stop: int) -> bool:
        """Tell whether words in a row are the name of a region."""
        inside = stop <= self._stop and all(self._tied(place) for place in range(begin, stop - 1))
        return inside and " ".join(self._forms[begin:stop]) in regions()

    def _is_capital(self, place: int) -> bool:
        """Tell whether a word is written as a name: a capital and small letters, or one capital."""
        word = self._words[place]
        return word[0].isupper() and (len(word) == 1 or not word.isupper())

    def _tied(self, place: int) -> bool:
        """Tell whether a word is in one phrase with the next: joined, or an initial with its full stop."""
        return self._joined[place] or (len(self._words[place]) == 1 and self._between(place) == ".")

    def _closes(self, place: int) -> bool:
        """Tell whether a word ends what stands in parentheses."""
        return self._between(place).startswith(")")

    def _between(self, place: int) -> str:
        """Return the signs between a word and the next, without blanks."""
        if not 0 <= place < self._stop - 1:
            return ""
        return "".join(self._signs[self._token[place] + 1 : self._token[place + 1]])


def _clipped(part: str) -> set[str]:
    """Return how a part of a name may be clipped (*Sutar* or *Brami*, of *Sutarbrami*)."""
    sizes = range(_CLIPPED, len(part))
    return {part[:size] for size in sizes} | {part[-size:] for size in sizes}
