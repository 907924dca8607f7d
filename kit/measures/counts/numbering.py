"""The items that the types of a corpus count for: their forms or lexemes, numbered once for all questions.

In a corpus in parts, each part has its own numbers, and learns once which numbers these are among those of the whole:
from then on questions and answers are numbers, and no name travels or is compared again.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.corpus.corpus import Corpus
from kit.index.token_index import Int32, Int64, TokenIndex
from kit.language.tokens import COUNTED
from kit.parts.part import Part
from kit.parts.parted import ByPart, PartedCorpus
from kit.parts.summaries import AnyCorpus, united


class Numbered(NamedTuple):
    """The items of a corpus.

    Parameters
    ----------
    names : Index of str
        Sorted forms or lexemes of words and numbers.
    of_type : int32 array, one per type
        The number of the item that the type counts for; -1: no word or number.

    """

    names: pd.Index
    of_type: Int32


_KEPT: WeakKeyDictionary[TokenIndex, dict[str, Numbered]] = WeakKeyDictionary()


def numbered(corpus: Corpus, unit: str) -> Numbered:
    """Return the forms or lexemes of a corpus."""
    kept = _KEPT.setdefault(corpus.index, {})
    if unit not in kept:
        types = corpus.types
        counted = types["kind"].isin(COUNTED).to_numpy(bool)
        of_type = np.full(len(types), -1, np.int32)
        of_type[counted], names = pd.factorize(types.loc[counted, unit], sort=True)
        of_type.flags.writeable = False
        kept[unit] = Numbered(pd.Index(names, dtype="str"), of_type)
    return kept[unit]


def types_by_item(corpus: Corpus, unit: str, items: pd.Index) -> npt.NDArray[np.int32]:
    """Return, for each type of a corpus, the number of the item that it counts for; -1: none, or no word or number."""
    own = numbered(corpus, unit)
    if items is own.names:
        return own.of_type
    place = np.append(items.get_indexer(own.names), -1).astype(np.int32)  # whose last is what -1 takes
    return place[own.of_type]


class Whole(NamedTuple):
    """The items of a corpus, or of the one that it was chosen from.

    Parameters
    ----------
    names : Index of str
        Sorted.
    own : ByPart or None
        For each part, the numbers of its items among these (int32 arrays); None: the corpus is its own one part.

    """

    names: pd.Index
    own: ByPart | None


def whole_of(corpus: AnyCorpus, unit: str) -> Whole:
    """Return the items of a corpus, numbered once for all questions."""
    if isinstance(corpus, PartedCorpus):
        found: Whole = corpus.once(f"items {unit}", partial(_whole, unit=unit))
        return found
    return Whole(numbered(corpus, unit).names, None)


def _whole(corpus: PartedCorpus, unit: str) -> Whole:
    """Unite the items of all parts, and tell each part the numbers of its own."""
    names: pd.Index = corpus.reduce(_names, _join_names, unit)
    return Whole(names, corpus.each(_numbers, unit, names))


def _names(part: Part, unit: str) -> pd.Index:
    """List the items of a part."""
    return numbered(part.stored[0], unit).names


def _join_names(parts: Sequence[pd.Index]) -> pd.Index:
    """Unite the items of several parts."""
    return united(parts)[1]


def _numbers(part: Part, unit: str, names: pd.Index) -> Int32:
    """Return the numbers of a part's items among those of the whole."""
    numbers: Int32 = names.get_indexer(numbered(part.stored[0], unit).names).astype(np.int32)
    return numbers


def numbers_in_whole(part: Part, unit: str, own: Int32 | None) -> Int64:
    """Return the number in the whole of each item of a part's documents, given those of the part as it is stored."""
    stored, chosen = part.stored
    names = numbered(part.corpus, unit).names
    if own is None:
        return np.arange(len(names))
    return (own if chosen is None else own[numbered(stored, unit).names.get_indexer(names)]).astype(np.int64)


def places_of_numbers(numbers: Int64, whole: int) -> Int64:
    """Return the place of each number of the whole among some numbers, of which those below 0 stand for nothing."""
    place = np.full(whole, -1, np.int64)
    known = np.flatnonzero(numbers >= 0)
    place[numbers[known]] = known
    return place


def rows_of_numbers(numbers: Int64, own: Int32 | None, whole: int) -> tuple[Int64, Int64]:
    """Return which items of a stored part are among some numbers of the whole, and their places there, which rise."""
    place = places_of_numbers(numbers, whole)
    found = place if own is None else place[own]
    rows = np.flatnonzero(found >= 0)
    order = np.argsort(found[rows], kind="stable")
    return rows[order], found[rows][order]


def types_by_number(part: Part, unit: str, numbers: Int64, own: Int32 | None, whole: int) -> npt.NDArray[np.int32]:
    """Return, for each type of a part's documents, the place of its item among some numbers of the whole; -1: none."""
    place = places_of_numbers(numbers, whole)[numbers_in_whole(part, unit, own)]
    return np.append(place, -1).astype(np.int32)[numbered(part.corpus, unit).of_type]
