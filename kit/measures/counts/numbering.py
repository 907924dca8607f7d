"""The items that the types of a corpus count for: their forms or lexemes, numbered once for all questions."""

from __future__ import annotations

from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.corpus.corpus import Corpus
from kit.index.token_index import Int32, TokenIndex
from kit.language.tokens import COUNTED


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
