"""The names of types, looked up: the types of a form, of a glob, of a regular expression, of a lexeme."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.corpus.corpus import Corpus
from kit.index.postings import rows_of
from kit.index.token_index import Int64, TokenIndex, ranges
from kit.index.vocabulary import KINDS
from kit.language.tokens import COUNTED

Rows = npt.NDArray[np.integer[Any]]

_WILD = re.compile(r"[*?]")
_SHORTEST = 2  # a shorter piece of a glob stands in nearly every name
_IS_COUNTED = np.array([kind in COUNTED for kind in KINDS])


@dataclass(frozen=True, eq=False)
class Names:
    """The names of words and numbers, sorted, and the types that bear them.

    Parameters
    ----------
    names : sequence of str
        Distinct, in code-point order.
    rows : int array, one per type
        Types by name, rising within a name.
    bounds : int64 array, one more than names
        Where the types of each name begin in `rows`, and the end.

    """

    names: Sequence[str]
    rows: Rows
    bounds: Int64

    def named(self, name: str) -> Rows:
        """Return the types that bear a name."""
        return self._types(np.array(rows_of(self.names, [name]), np.int64))

    def like(self, glob: str) -> Rows:
        """Return the types whose name is like a glob, in which `*` stands for any letters and `?` for one."""
        if not _WILD.search(glob):
            return self.named(glob)
        if glob.endswith("*") and not _WILD.search(glob[:-1]):
            begin = bisect_left(self.names, glob[:-1])
            stop = bisect_left(self.names, glob[:-1] + chr(sys.maxunicode))
            return self.rows[self.bounds[begin] : self.bounds[stop]]
        pattern = re.compile("".join({"*": ".*", "?": "."}.get(sign, re.escape(sign)) for sign in glob), re.DOTALL)
        return self.matching(pattern, self._with(max(_WILD.split(f"\n{glob}\n"), key=len)))

    def matching(self, pattern: re.Pattern[str], among: Sequence[int] | None = None) -> Rows:
        """Return the types whose whole name matches a regular expression; `among`, the only names that can."""
        matches = pattern.fullmatch
        if among is None:
            found = [row for row, name in enumerate(self.names) if matches(name)]
        else:
            found = [row for row in among if matches(self.names[row])]
        return self._types(np.array(found, np.int64))

    def _with(self, piece: str) -> Sequence[int] | None:
        """Return the names that hold a piece, and perhaps others; all of them (None) where the piece tells little."""
        if len(piece) < _SHORTEST:
            return None
        text, starts = self._joined
        places = [match.start() + 1 for match in re.finditer(re.escape(piece), text)]
        found: list[int] = np.unique(np.searchsorted(starts, places, side="right") - 1).tolist()
        return found

    @cached_property
    def _joined(self) -> tuple[str, Int64]:
        """All names, each between two line ends, and where they begin."""
        text = "\n".join(["", *self.names, ""])
        starts = np.cumsum([1, *(len(name) + 1 for name in self.names)])[:-1]
        return text, starts

    def _types(self, numbers: Rows) -> Rows:
        """Return the types of some names."""
        return self.rows[ranges(self.bounds[numbers], self.bounds[numbers + 1])]


_FORMS: WeakKeyDictionary[TokenIndex, Names] = WeakKeyDictionary()
_LEXEMES: WeakKeyDictionary[TokenIndex, Names] = WeakKeyDictionary()


def forms_of(corpus: Corpus) -> Names:
    """Return the forms of a corpus, laid out when first asked for and kept as long as its index lives."""
    index = corpus.index
    if index not in _FORMS:
        rows = _counted(index)
        forms = index.forms
        _FORMS[index] = Names([forms[row] for row in rows.tolist()], rows, np.arange(len(rows) + 1))
    return _FORMS[index]


def lexemes_of(corpus: Corpus) -> Names:
    """Return the lexemes of a corpus, laid out when first asked for and kept as long as its index lives."""
    index = corpus.index
    if index not in _LEXEMES:
        rows = _counted(index)
        number, names = pd.factorize(corpus.types["lexeme"].iloc[rows], sort=True)
        bounds = np.concatenate([[0], np.cumsum(np.bincount(number, minlength=len(names)))])
        _LEXEMES[index] = Names(names.tolist(), rows[np.argsort(number, kind="stable")], bounds)
    return _LEXEMES[index]


def _counted(index: TokenIndex) -> Rows:
    """Return the types that are words or numbers."""
    return np.flatnonzero(_IS_COUNTED[index.term_kind])
