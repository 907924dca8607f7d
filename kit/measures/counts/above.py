"""Where items stand more often than the size of a part has it: whole numbers, which add up in any order.

Of an item with ``v`` of ``f`` occurrences in a part that has ``s`` of ``N`` words, the parts count where ``v/f > s/N``,
that is, where ``v N > s f``. With A occurrences and B words in these parts, the sum of ``v/f - s/N`` over them is
``(A N - B f) / (f N)``: the division alone is rounded, once, so that the value is the float nearest to the true one,
however a corpus is cut and whatever adds up the parts.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse

from kit.index.token_index import Int32, Int64, TokenIndex
from kit.machine.loaded import compiler_is_loaded
from kit.machine.texts import read_only

_ENOUGH = 1 << 14  # cells from which on a compiled sum is worth its call
_EXACT = 1 << 53  # whole numbers up to here are floats, too
_LONG = 1 << 63
_HALF, _LOWER = np.uint64(32), np.uint64(0xFFFFFFFF)


def sums_above(matrix: sparse.csr_array, sizes: Int64, totals: Int64, words: int) -> tuple[Int64, Int64]:
    """Return, for each item, its occurrences and the words of the parts that have more of it than their share.

    Parameters
    ----------
    matrix : csr_array of whole numbers, items x parts
        How often each item occurs in each of some parts.
    sizes : int64 array, one per part
        Words and numbers of these parts.
    totals : int64 array, one per item
        How often it occurs in all parts.
    words : int
        Of all parts.

    Examples
    --------
    >>> counts = sparse.csr_array([[1, 2, 3, 4, 5]])
    >>> above, of_words = sums_above(counts, np.array([9, 10, 10, 10, 11]), np.array([15]), 50)
    >>> above, of_words, deviation(above, of_words, np.array([15]), 50)
    (array([9]), array([21]), array([0.18]))

    """
    fits = are_long_enough(sizes, words)
    if fits and matrix.nnz >= _ENOUGH and matrix.dtype == np.int32 and compiler_is_loaded():
        from kit.measures.counts.above_kernel import added_above  # noqa: PLC0415 - loading the compiler takes time

        return added_above(matrix.data, matrix.indices, matrix.indptr, sizes, totals, words)
    item = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    count, size = matrix.data.astype(np.int64), sizes[matrix.indices]
    more = (count * words > size * totals[item]) if fits else _is_more(count, words, size, totals[item])
    return tuple(_added(item[more], values[more], matrix.shape[0]) for values in (count, size))  # type: ignore[return-value]


def sums_above_of_tokens(
    index: TokenIndex, of_type: Int32, sizes: Int64, totals: Int64, words: int
) -> tuple[Int64, Int64]:
    """Return the same for documents as parts, in one pass over their words, which makes no counts; compiled.

    `of_type` is the item of each type, -1 for none; products must fit (`are_long_enough`).
    """
    from kit.measures.counts.above_kernel import added_of_tokens  # noqa: PLC0415 - loading the compiler takes time

    surface, of_surface, tokens = index.surface, of_type[index.surface_type], index.document_tokens
    return added_of_tokens(read_only(surface), read_only(of_surface), read_only(tokens), sizes, totals, words)


def are_long_enough(sizes: Int64, words: int) -> bool:
    """Tell whether 64 bits hold what is compared; no count is more than the words of its part."""
    return int(sizes.max(initial=0)) * words < _LONG


def deviation(above: Int64, of_words: Int64, totals: Int64, words: int) -> npt.NDArray[np.float64]:
    """Return ``(above words - of_words totals) / (totals words)``, rounded once; missing where nothing occurs."""
    found = np.full(len(totals), np.nan)
    plain = (totals > 0) & (totals <= _EXACT // max(words, 1))
    a, b, f = above[plain], of_words[plain], totals[plain]
    found[plain] = (a * words - b * f) / (f * words)
    for row in np.flatnonzero((totals > 0) & ~plain).tolist():  # few: Python divides whole numbers of any size
        total = int(totals[row])
        found[row] = (int(above[row]) * words - int(of_words[row]) * total) / (total * words)
    return found


def _added(item: npt.NDArray[np.intp], values: Int64, items: int) -> Int64:
    """Add up whole numbers by item; floats are exact as far as words can be counted here."""
    return np.bincount(item, weights=values, minlength=items).astype(np.int64)


def _is_more(one: Int64, of: int, other: Int64, than: Int64) -> npt.NDArray[np.bool_]:
    """Tell where ``one · of > other · than``, of 64 bits each."""
    (high, low), (other_high, other_low) = _product(one, np.int64(of)), _product(other, than)
    more: npt.NDArray[np.bool_] = (high > other_high) | ((high == other_high) & (low > other_low))
    return more


def _product(one: Int64, other: Int64 | np.int64) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
    """Return the upper and the lower 64 bits of products."""
    a, b = np.asarray(one, np.uint64), np.asarray(other, np.uint64)
    a_high, a_low, b_high, b_low = a >> _HALF, a & _LOWER, b >> _HALF, b & _LOWER
    first, second = a_high * b_low, a_low * b_high
    carried = ((a_low * b_low) >> _HALF) + (first & _LOWER) + (second & _LOWER)
    return a_high * b_high + (first >> _HALF) + (second >> _HALF) + (carried >> _HALF), a * b
