"""How often each item of a part stands in each of its documents: counted once, and kept with the part."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kit.index.counting import FEW, counted, document_frequencies, document_types, type_documents
from kit.index.token_index import Int64
from kit.measures.counts.numbering import numbered
from kit.parts.part import Part

if TYPE_CHECKING:
    from scipy import sparse


def items_by_document(part: Part, unit: str) -> sparse.csr_array:
    """Return items × documents of a part, rows sorted; of a part of many it is kept as far as memory is given for it.

    Items are those of the part as it is stored, in its own numbers.
    """
    from scipy import sparse  # noqa: PLC0415 - a table of few words does without, and it takes long to load

    stored, chosen = part.stored
    name = f"counts {unit}"
    matrix: sparse.csr_array | None = part.kept(name)
    if matrix is None:
        items = numbered(stored, unit)
        matrix = sparse.csr_array(type_documents(stored.index, items.of_type, len(items.names)))
        if not part.whole:  # a corpus in one part is asked for all items at once
            arrays = (matrix.data, matrix.indices, matrix.indptr)
            for one in arrays:
                one.flags.writeable = False
            part.keep(name, matrix, sum(one.nbytes for one in arrays))
    return matrix if chosen is None else _of_documents(matrix, chosen)


def are_counted(part: Part, unit: str) -> bool:
    """Tell whether the items of a part are counted by document, and at hand."""
    return part.kept(f"counts {unit}") is not None


def _of_documents(matrix: sparse.csr_array, chosen: Int64) -> sparse.csr_array:
    """Return the columns of some documents, which rise."""
    place = np.full(matrix.shape[1], -1, np.int32)
    place[chosen] = np.arange(len(chosen))
    column = place[matrix.indices]
    kept = column >= 0
    bounds = np.concatenate([[0], np.cumsum(kept)])[matrix.indptr].astype(np.int32)
    return type(matrix)((matrix.data[kept], column[kept], bounds), shape=(matrix.shape[0], len(chosen)))


def totals_of(part: Part, unit: str) -> tuple[Int64, Int64]:
    """Return how often each item of a part as it is stored occurs in its documents, and in how many; zeros included."""
    name = f"totals {unit}"
    if part.stored[1] is not None:
        matrix = items_by_document(part, unit)
        times = np.asarray(matrix @ np.ones(matrix.shape[1], np.int32)).astype(np.int64)
        return times, np.diff(matrix.indptr).astype(np.int64)
    found: tuple[Int64, Int64] | None = part.kept(name)
    if found is None:
        found = _totals(part, unit)
        part.keep(name, found, sum(one.nbytes for one in found))
    return found


def _totals(part: Part, unit: str) -> tuple[Int64, Int64]:
    """Count the items of a part; few words without what takes long to load."""
    index, items = part.corpus.index, numbered(part.corpus, unit)
    names = len(items.names)
    if len(index.surface) < FEW:
        times, item, *_ = counted(index, items.of_type, names)
        return np.bincount(item, times, names).astype(np.int64), np.bincount(item, minlength=names).astype(np.int64)
    matrix = document_types(index, items.of_type, names)
    return columns_added(matrix), document_frequencies(matrix)


def columns_added(matrix: sparse.csr_array) -> Int64:
    """Add up the columns of counts of running words, which are less than 2**31."""
    return np.asarray(matrix.T @ np.ones(matrix.shape[0], np.int32)).astype(np.int64)
