"""Where each word form occurs: the running words of an index, sorted by form, for questions about words in a row.

The *word stream* is the running words and numbers without the punctuation between them; a *place* is a position in it.
"""

from __future__ import annotations

import weakref
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from kit.index.token_index import Int32, Int64, TokenIndex, ranges
from kit.index.vocabulary import KINDS
from kit.language.sentences import abbreviations
from kit.language.tokens import COUNTED
from kit.machine.loaded import compiler_is_loaded
from kit.machine.texts import read_only

#: The only tokens that may stand, alone, between two words of a phrase.
JOINTS = ("-", "/")
#: How a word is tied to the one before it: in one phrase; by a comma, as in a list; by either.
JOINED, COMMA, EITHER = range(3)

#: In place of a type: any.
ANY = -2

#: Rows of types.
Types: TypeAlias = Sequence[int] | npt.NDArray[np.integer[Any]]

#: Words from which on the compiled steps are quicker, loaded or compiled on a first use, once their compiler is loaded.
ENOUGH = 500_000

_SMALL = 100_000  # words that are sorted sooner than SciPy's sparse matrices are loaded
_FEW = 16  # types that a loop looks up more quickly than an array


@dataclass(frozen=True, eq=False)
class Postings:
    """The word stream of an index, and the places of every form in it.

    Parameters
    ----------
    token : int32 array, one per word
        Row of the word among the tokens of the index.
    type : int32 array, one per word
        Row of its folded form in `forms` of the index.
    joined : bool array, one per word
        Whether it is joined to the next word: the same sentence, and between them no token but one slash or hyphen, or
        the full stop of a listed abbreviation, which ends no sentence (*UU No. 25*).
    listed : bool array, one per word
        Whether only a comma stands between it and the next word, in the same sentence.
    places : int32 array, one per word
        Places sorted by form and, within a form, rising.
    bounds : int64 array, one more than forms
        Where each form begins in `places`, and the end.

    """

    token: Int32
    type: Int32
    joined: npt.NDArray[np.bool_]
    listed: npt.NDArray[np.bool_]
    places: Int32
    bounds: Int64

    def frequency(self, types: Types) -> int:
        """Return how often any of some types occurs."""
        if len(types) <= _FEW:
            return sum(int(self.bounds[row + 1] - self.bounds[row]) for row in types)
        rows = np.asarray(types, np.int64)
        return int((self.bounds[rows + 1] - self.bounds[rows]).sum())

    def of(self, types: Types) -> Int32:
        """Return the places of any of some types; rising only if there is one type."""
        if len(types) > _FEW:
            rows = np.asarray(types, np.int64)
            return self.places[ranges(self.bounds[rows], self.bounds[rows + 1])]
        found = [self.places[self.bounds[row] : self.bounds[row + 1]] for row in types]
        return found[0] if len(found) == 1 else np.concatenate([*found, np.zeros(0, np.int32)])

    def first_of(self, types: Types, number: int) -> Int32:
        """Return the first so many places of any of some types, rising, without a look at all the others."""
        rows = np.asarray(types, np.int64)
        begin = self.bounds[rows]
        stop = np.minimum(self.bounds[rows + 1], begin + number)  # a type's places rise
        return np.sort(self.places[ranges(begin, stop)])[:number]

    def phrase(self, words: Sequence[Types | None], links: Sequence[int] = ()) -> Int32:
        """Return where words stand in a row, each tied to the next as `links` say (left out: joined).

        None stands for any word; one of them has to be named.
        """
        named = [(self.frequency(types), place) for place, types in enumerate(words) if types is not None]
        rarest = min(named)[1]
        anchor = words[rarest]
        assert anchor is not None
        starts = self.of(anchor) - np.int32(rarest)
        starts = starts[(starts >= 0) & (starts <= len(self.type) - len(words))]
        for offset in range(len(words) - 1):
            tied = (self.joined, self.listed)
            link = links[offset] if links else JOINED
            after = starts + offset
            starts = starts[tied[0][after] | tied[1][after] if link == EITHER else tied[link][after]]
        for offset, types in enumerate(words):
            if offset != rarest and types is not None and len(starts):
                starts = starts[self._among(starts + offset, types)]
        return starts if len(anchor) == 1 else np.sort(starts)

    def phrases(self, words: npt.NDArray[np.integer[Any]]) -> tuple[Int64, Int32]:
        """Return where any of many rows of words of one length stands, each word joined to the next, and which it is.

        One row of types per phrase, `ANY` in place of a type for any word, but not of all; what is found is sorted by
        row, then place.
        """
        size = words.shape[1]
        named = np.maximum(words, 0)
        count = np.where(words == ANY, len(self.type) + 1, self.bounds[named + 1] - self.bounds[named])
        rarest = np.argmin(count, axis=1)
        if len(self.type) >= ENOUGH and compiler_is_loaded():
            return self._compiled_phrases(words, rarest, int(count.min(axis=1).sum()))
        anchor = words[np.arange(len(words)), rarest]
        row = np.repeat(np.arange(len(words)), count.min(axis=1))
        starts = self.places[ranges(self.bounds[anchor], self.bounds[anchor + 1])] - rarest[row].astype(np.int32)
        kept = (starts >= 0) & (starts <= len(self.type) - size)
        row, starts = row[kept], starts[kept]
        for offset in range(size):
            wanted = words[row, offset]
            kept = (self.type[starts + offset] == wanted) | (wanted == ANY)
            if offset < size - 1:
                kept &= self.joined[starts + offset]
            row, starts = row[kept], starts[kept]
        return row, starts

    def _compiled_phrases(self, words: npt.NDArray[np.integer[Any]], rarest: Int64, most: int) -> tuple[Int64, Int32]:
        """Find rows of words by the kernel; there are at most so many."""
        from kit.index.placing import rows_in  # noqa: PLC0415 - loading the compiler is not for few texts
        from kit.machine.compiled import room  # noqa: PLC0415

        row, first = room(most, np.int64), room(most, np.int32)
        types, joined, places, bounds = map(read_only, (self.type, self.joined, self.places, self.bounds))
        found = rows_in(np.ascontiguousarray(words, np.int64), rarest, types, joined, places, bounds, row, first)
        return row[:found].copy(), first[:found].copy()

    def _among(self, places: Int32, types: Types) -> npt.NDArray[np.bool_]:
        """Tell at which places one of some types stands."""
        here = self.type[places]
        if len(types) > _FEW:
            wanted = np.zeros(len(self.bounds), bool)
            wanted[np.asarray(types, np.int64)] = True
            return wanted[here]
        fits = np.zeros(len(here), bool)
        for row in types:
            fits |= here == row
        return fits


_KEPT: dict[int, Postings] = {}
_GIVEN: weakref.WeakKeyDictionary[TokenIndex, Callable[[], Postings]] = weakref.WeakKeyDictionary()


def postings(index: TokenIndex) -> Postings:
    """Return the postings of an index, read or built when first asked for and kept as long as the index lives."""
    kept = _KEPT.get(id(index))
    if kept is None:
        read = _GIVEN.get(index)
        kept = _KEPT[id(index)] = _build(index) if read is None else read()
        weakref.finalize(index, _KEPT.pop, id(index), None)
    return kept


def give_postings(index: TokenIndex, read: Callable[[], Postings]) -> None:
    """Say what reads the postings of an index where they are saved, so that they need not be built."""
    _GIVEN[index] = read


def are_given(index: TokenIndex) -> bool:
    """Tell whether the postings of an index are read from where they are saved."""
    return index in _GIVEN


def rows_of(names: Sequence[str], wanted: Sequence[str]) -> list[int]:
    """Return the rows of those of the wanted names that a sorted vocabulary has."""
    rows = [(bisect_left(names, name), name) for name in wanted]
    return [row for row, name in rows if row < len(names) and names[row] == name]


def _build(index: TokenIndex) -> Postings:
    """Sort the running words of an index by form."""
    return (_compiled if len(index.surface) >= ENOUGH and compiler_is_loaded() else _by_steps)(index)


def _compiled(index: TokenIndex) -> Postings:
    """Sort by the kernel."""
    from kit.index.placing import COMMA, JOINT, STOP, WORD, sort_places, stream_of  # noqa: PLC0415 - as above
    from kit.machine.compiled import room  # noqa: PLC0415

    forms = len(index.terms)
    of_type = np.isin(index.term_kind, [KINDS.index(kind) for kind in COUNTED]).astype(np.uint8) * np.uint8(WORD)
    for sign, spelled in ((JOINT, JOINTS), (COMMA, (",",)), (STOP, (".",))):
        of_type[rows_of(index.forms, spelled)] = sign
    signs = of_type[index.surface_type]
    is_short = np.zeros(len(index.words), bool)
    is_short[rows_of(index.surfaces, sorted(abbreviations()))] = True
    counts = np.bincount(index.surface, minlength=len(index.words)) * (signs == WORD)
    bounds = np.zeros(max(forms, 1) + 1, np.int64)
    np.cumsum(np.bincount(index.surface_type, counts, minlength=max(forms, 1)), out=bounds[1:], dtype=np.int64)
    token, types, places = (room(int(bounds[-1]), np.int32) for _ in range(3))
    joined, listed = (room(int(bounds[-1]), np.bool_) for _ in range(2))
    surface, of_surface = read_only(index.surface), read_only(index.surface_type)
    stream_of(surface, of_surface, signs, is_short, read_only(index.sentence_tokens), token, types, joined, listed)
    sort_places(types, places, bounds[:-1].copy())
    return Postings(token, types, joined, listed, places, bounds)


def _by_steps(index: TokenIndex) -> Postings:
    """Sort step by step: the reference."""
    counts = np.array([kind in COUNTED for kind in index.kinds], bool)
    all_types = index.surface_type[index.surface]
    token = np.flatnonzero(counts[all_types]).astype(np.int32) if len(counts) else np.zeros(0, np.int32)
    types = all_types[token]
    places, bounds = _by_type(types, len(index.forms))
    joined, listed = _ties(index, all_types, token)
    return Postings(token, types, joined, listed, places, bounds)


def _by_type(types: Int32, forms: int) -> tuple[Int32, Int64]:
    """Return the places of every form, by form and then rising, and where each form begins."""
    if len(types) < _SMALL:
        bounds = np.zeros(max(forms, 1) + 1, np.int64)
        np.cumsum(np.bincount(types, minlength=max(forms, 1)), out=bounds[1:])
        return np.argsort(types, kind="stable").astype(np.int32), bounds
    from scipy import sparse  # noqa: PLC0415 - it takes longer to load than a small index to sort

    # A one-row sparse matrix turned to columns is a counting sort: places sorted by type, in linear time.
    row = (np.arange(len(types), dtype=np.int32), types, np.array([0, len(types)], np.int32))
    columns = sparse.csr_array(row, shape=(1, max(forms, 1))).tocsc()
    return columns.data, columns.indptr.astype(np.int64)


def _ties(index: TokenIndex, all_types: Int32, token: Int32) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Tell which words are joined to the next one, and which a comma alone parts from it."""
    joined, listed = np.zeros(len(token), bool), np.zeros(len(token), bool)
    if not len(token):
        return joined, listed
    gap = np.diff(token)
    joined[:-1] = gap == 1
    across = np.flatnonzero(gap == 2)
    between = all_types[token[across] + 1]
    for joint in rows_of(index.forms, JOINTS):
        joined[across[between == joint]] = True
    for comma in rows_of(index.forms, [","]):
        listed[across[between == comma]] = True
    for stop in rows_of(index.forms, ["."]):
        stopped = across[between == stop]
        is_short = np.zeros(len(index.words), bool)
        is_short[rows_of(index.surfaces, sorted(abbreviations()))] = True
        joined[stopped[is_short[index.surface[token[stopped]]]]] = True
    last_words = np.searchsorted(token, index.sentence_tokens[1:]) - 1
    last_words = last_words[last_words >= 0]
    joined[last_words] = listed[last_words] = False
    return joined, listed
