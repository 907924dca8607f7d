"""How often each type stands in each document, as a sparse matrix."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from kit.index.token_index import TokenIndex
from kit.index.words import Int32, Int64, UInt8
from kit.machine.loaded import can_compile
from kit.machine.texts import read_only

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

#: Tokens from which on the compiled count is quicker than a sort, loading it included.
ENOUGH = 2_000_000
#: The same where the compiled count is loaded already.
ENOUGH_ONCE_LOADED = 50_000

#: Tokens that are sorted sooner than SciPy's sparse matrices are loaded.
FEW = 100_000

_LEFT_OUT = -1
_BLOCK = 1 << 20


def document_types(
    index: TokenIndex, column: npt.NDArray[np.integer] | None = None, columns: int | None = None
) -> csr_matrix:
    """Count the types of every document."""
    return _matrix(*counted(index, column, columns))


def counted(
    index: TokenIndex, column: npt.NDArray[np.integer] | None = None, columns: int | None = None
) -> tuple[Int32, Int32, Int64, int]:
    """Return the cells of `document_types`, their columns, the bounds of its rows, and how many columns it has."""
    of_surface, columns = _columns(index, column, columns)
    return *(_compiled if is_quicker(index) else _sorted)(index, of_surface, columns), columns


def type_documents(index: TokenIndex, column: npt.NDArray[np.integer], columns: int) -> csr_matrix:
    """Count the documents of every type: `document_types` turned, without making that first."""
    of_surface, columns = _columns(index, column, columns)
    data, indices, bounds = (_compiled_columns if is_quicker(index) else _turned)(index, of_surface, columns)
    return _matrix(data, indices, bounds, len(index.document_tokens) - 1)


def class_counts(index: TokenIndex, of_type: UInt8, classes: int) -> Int64:
    """Count the tokens of each class of types in every document: documents x classes."""
    documents, of_surface = len(index.document_tokens) - 1, of_type[index.surface_type]
    if is_quicker(index):
        from kit.index.tally import count_classes  # noqa: PLC0415 - loading the compiler is not for few texts

        counts = np.zeros((documents, classes), np.int64)
        count_classes(read_only(index.surface), of_surface, read_only(index.document_tokens), counts)
        return counts
    cell = index.token_document * np.int64(classes) + of_surface[index.surface]
    return np.bincount(cell, minlength=documents * classes).reshape(documents, classes)


def document_frequencies(matrix: csr_matrix) -> Int64:
    """Return in how many documents each column of a count stands."""
    frequencies = np.zeros(matrix.shape[1], np.int64)
    for begin in range(0, matrix.nnz, _BLOCK):  # bincount makes 64-bit numbers of all it gets
        frequencies += np.bincount(matrix.indices[begin : begin + _BLOCK], minlength=matrix.shape[1])
    return frequencies


def _columns(index: TokenIndex, column: npt.NDArray[np.integer] | None, columns: int | None) -> tuple[Int32, int]:
    """Return the column of each surface form, and how many there are."""
    of_type = np.arange(len(index.terms), dtype=np.int32) if column is None else np.asarray(column, np.int32)
    return of_type[index.surface_type], int(of_type.max(initial=-1)) + 1 if columns is None else columns


def is_quicker(index: TokenIndex) -> bool:
    """Tell whether the compiled count is quicker, loading it included."""
    enough = ENOUGH_ONCE_LOADED if "kit.index.tally" in sys.modules else ENOUGH
    return len(index.surface) >= min(enough, ENOUGH) and can_compile()


def _matrix(data: Int32, indices: Int32, bounds: Int64, columns: int) -> csr_matrix:
    """Return a matrix of counts whose rows are sorted, each column once."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - indexing does without

    width = np.int32 if len(indices) < 2**31 else np.int64
    matrix = csr_matrix((len(bounds) - 1, columns), dtype=np.int32)
    matrix.data, matrix.indices, matrix.indptr = data, indices.astype(width, copy=False), bounds.astype(width)
    matrix.has_canonical_format = True  # sorted, each column once
    return matrix


def _turned(index: TokenIndex, of_surface: Int32, columns: int) -> tuple[Int32, Int32, Int64]:
    """Count documents by turning the matrix of tokens, which puts the tokens of one type together: the reference."""
    turned = _ones(*_tokens(index, of_surface), columns).tocsc()
    return _merged(turned.indices, turned.indptr)


def _sorted(index: TokenIndex, of_surface: Int32, columns: int) -> tuple[Int32, Int32, Int64]:
    """Count types by sorting the tokens of each document: the reference."""
    column, bounds = _tokens(index, of_surface)
    if len(column) < FEW:
        document = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
        return _merged(np.sort(document * columns + column) % max(columns, 1), bounds)
    turned = _ones(column, bounds, columns).tocsc().tocsr()  # twice, which sorts rows in linear time
    return _merged(turned.indices, turned.indptr)


def _tokens(index: TokenIndex, of_surface: Int32) -> tuple[Int32, Int64]:
    """Return the columns of the tokens that have one, and where each document begins among them."""
    column = of_surface[index.surface]
    counts = column != _LEFT_OUT
    return column[counts], np.concatenate([[0], np.cumsum(counts)])[index.document_tokens]


def _ones(column: Int32, bounds: Int64, columns: int) -> csr_matrix:
    """Return document x column with a 1 for each token."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - indexing does without

    return csr_matrix((np.ones(len(column), np.int8), column, bounds), shape=(len(bounds) - 1, columns))


def _merged(indices: npt.NDArray[np.integer], bounds: npt.NDArray[np.integer]) -> tuple[Int32, Int32, Int64]:
    """Count how often each index stands in its row, where equal ones stand together."""
    first = np.ones(len(indices) + 1, bool)  # of each index in its row, and behind them all
    np.not_equal(indices[1:], indices[:-1], out=first[1:-1])
    first[bounds] = True
    heads = np.flatnonzero(first)
    return np.diff(heads).astype(np.int32), indices[heads[:-1]].astype(np.int32), np.searchsorted(heads, bounds)


def _compiled(index: TokenIndex, of_surface: Int32, columns: int) -> tuple[Int32, Int32, Int64]:
    """Count by the kernel."""
    from kit.index.tally import count_rows  # noqa: PLC0415 - loading the compiler is not for few texts
    from kit.machine.compiled import room, widened  # noqa: PLC0415

    surface, of_surface, tokens = (read_only(a) for a in (index.surface, of_surface, index.document_tokens))
    documents = len(index.document_tokens) - 1
    bounds = np.zeros(documents + 1, np.int64)
    data = room(len(index.surface) * 2 // 3, np.int32)  # of news articles; more where that is not enough
    indices = room(len(data), np.int32)
    tally = np.zeros(columns, np.int32)
    lower = np.zeros((columns >> 6) + 1, np.uint64)
    upper = np.zeros((len(lower) >> 6) + 1, np.uint64)
    done = 0
    while (
        done := count_rows(surface, of_surface, tokens, done, data, indices, bounds, tally, lower, upper)
    ) < documents:
        needed = int(bounds[done] + tokens[done + 1] - tokens[done])
        data = widened(data, int(bounds[done]), needed)
        indices = widened(indices, int(bounds[done]), needed)
    return data[: bounds[-1]], indices[: bounds[-1]], bounds


def _compiled_columns(index: TokenIndex, of_surface: Int32, columns: int) -> tuple[Int32, Int32, Int64]:
    """Count documents by the kernel: types as they come, which turning the matrix sorts."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - indexing does without

    from kit.index.tally import count_loosely  # noqa: PLC0415 - loading the compiler is not for few texts

    surface, of_surface, tokens = (read_only(a) for a in (index.surface, of_surface, index.document_tokens))
    data, indices = (np.empty(len(index.surface), np.int32) for _ in range(2))
    bounds = np.zeros(len(index.document_tokens), np.int64)
    count_loosely(surface, of_surface, tokens, data, indices, bounds, np.zeros(columns, np.int32))
    rows = (data[: bounds[-1]], indices[: bounds[-1]], bounds)
    turned = csr_matrix(rows, shape=(len(bounds) - 1, columns)).tocsc()
    return turned.data, turned.indices, turned.indptr
