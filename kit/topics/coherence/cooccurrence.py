"""What counts as two terms standing together: in one document, or in one sliding window.

References
----------
Röder, M., Both, A. & Hinneburg, A. 2015. Exploring the space of topic coherence measures. WSDM, 399-408. Section 3.2.

"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import sparse

from kit.errors import QueryError

Integers = npt.NDArray[np.int64]

_DOCUMENTS = 1 << 14  # looked at at a time


@dataclass(frozen=True, eq=False)
class Together:
    """How many contexts hold each term, and each two.

    Attributes
    ----------
    contexts : int
        Documents or windows, also those with none of the terms.
    terms : int64 array
        Numbers of the terms (columns of a matrix), rising.
    counts : int64 array, terms × terms
        Contexts that hold both; on the diagonal, contexts that hold the one. Symmetric.

    """

    contexts: int
    terms: Integers
    counts: Integers

    def of(self, terms: npt.ArrayLike) -> Integers:
        """Return the part of `counts` for some terms, in the order given."""
        wanted = np.asarray(terms, np.int64)
        if not len(self.terms):
            place = np.zeros(len(wanted), np.int64)
            known = np.zeros(len(wanted), bool)
        else:
            place = np.minimum(np.searchsorted(self.terms, wanted), len(self.terms) - 1)
            known = self.terms[place] == wanted
        if not known.all():
            raise QueryError(f"term {int(wanted[~known][0])} was not counted", remedy="count it with the others")
        return self.counts[np.ix_(place, place)]


def by_document(matrix: sparse.csr_array | sparse.csr_matrix, terms: npt.ArrayLike) -> Together:
    """Count the documents that hold terms together, some documents at a time."""
    wanted = np.unique(np.asarray(terms, np.int64))
    place = np.full(matrix.shape[1], -1, np.int64)
    place[wanted] = np.arange(len(wanted))
    together = np.zeros((len(wanted), len(wanted)), np.int64)
    for begin in range(0, matrix.shape[0], _DOCUMENTS):
        bounds = matrix.indptr[begin : begin + _DOCUMENTS + 1]
        cells = slice(bounds[0], bounds[-1])  # SciPy would copy all cells, wider, to take some rows of narrow ones
        column, row = place[matrix.indices[cells]], np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
        held = np.flatnonzero((column >= 0) & (matrix.data[cells] != 0))
        ones, shape = np.ones(len(held), np.int64), (len(bounds) - 1, len(wanted))
        present = sparse.coo_array((ones, (row[held], column[held])), shape=shape).tocsr()
        together += (present.T @ present).toarray()
    return Together(int(matrix.shape[0]), wanted, together)


def by_window(
    tokens: npt.ArrayLike,
    bounds: npt.ArrayLike,
    terms: npt.ArrayLike,
    window: int = 10,
    repeats: Literal["kept", "gensim"] = "kept",
) -> Together:
    """Count the sliding windows that hold terms together.

    A window of `window` tokens moves token by token over each document; a document that is shorter is one window,
    and an empty one is none.
    """
    if window < 1:
        raise QueryError(f"window = {window!r}", remedy="use at least 1 token; gensim and Palmetto use 10 for NPMI")
    if repeats not in ("kept", "gensim"):
        raise QueryError(f"repeats = {repeats!r}", remedy="use one of kept, gensim")
    token, bound = np.asarray(tokens, np.int64), np.asarray(bounds, np.int64)
    wanted = np.unique(np.asarray(terms, np.int64))
    sizes = np.diff(bound)
    windows = np.where(sizes > 0, np.maximum(sizes - window + 1, 1), 0)
    first = np.cumsum(windows) - windows
    known = np.flatnonzero(np.isin(token, wanted))
    document = np.searchsorted(bound, known, side="right") - 1
    place = known - bound[document]
    begin = np.minimum(np.maximum(place - window + 1, 0), windows[document] - 1)
    end = np.minimum(place, windows[document] - 1)
    column = np.searchsorted(wanted, token[known])
    if repeats == "gensim":
        key = column * (len(token) + 1) + known
        order = np.argsort(key)
        opening = column * (len(token) + 1) + bound[document] + begin
        end = np.minimum(end, place[order[np.searchsorted(key[order], opening)]])
    spread = end - begin + 1
    row = np.repeat(first[document] + begin - (np.cumsum(spread) - spread), spread) + np.arange(spread.sum())
    cells = (np.ones(len(row), np.int64), (row, np.repeat(column, spread)))
    held = sparse.coo_array(cells, (int(windows.sum()), len(wanted))).tocsr()
    return Together(int(windows.sum()), wanted, by_document(held, np.arange(len(wanted))).counts)
