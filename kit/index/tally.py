"""The compiled count of document x type."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kit.index.words import Int32, Int64, UInt8
from kit.machine.compiled import Number, compiled, lowest_bit

_ONE = np.uint64(1)


@compiled()
def count_rows(
    surface: Int32,
    of_surface: Int32,
    document_tokens: Int64,
    first: Number,
    data: Int32,
    indices: Int32,
    bounds: Int64,
    tally: Int32,
    lower: npt.NDArray[np.uint64],
    upper: npt.NDArray[np.uint64],
) -> Number:
    """Count the columns of documents from `first` on; return the first that finds no room in `data` and `indices`.

    Rows come out sorted without a sort: the columns of a document are bits of `lower`, whose words that are not empty
    are bits of `upper`, and bits are read in order. `tally`, `lower` and `upper` are empty before and behind.
    """
    filled = bounds[first]
    for document in range(first, document_tokens.size - 1):
        if filled + document_tokens[document + 1] - document_tokens[document] > data.size:
            return document
        for token in range(document_tokens[document], document_tokens[document + 1]):
            column = np.int64(of_surface[surface[token]])
            if column < 0:
                continue
            if tally[column] == 0:
                lower[column >> 6] |= _ONE << np.uint64(column & 63)
                upper[column >> 12] |= _ONE << np.uint64((column >> 6) & 63)
            tally[column] += 1
        for high in range(upper.size):
            blocks = upper[high]
            upper[high] = 0
            while blocks != 0:
                block = (high << 6) + np.int64(lowest_bit(blocks))
                blocks &= blocks - _ONE
                bits = lower[block]
                lower[block] = 0
                while bits != 0:
                    column = (block << 6) + np.int64(lowest_bit(bits))
                    bits &= bits - _ONE
                    indices[filled] = column
                    data[filled] = tally[column]
                    tally[column] = 0
                    filled += 1
        bounds[document + 1] = filled
    return document_tokens.size - 1


@compiled()
def count_loosely(
    surface: Int32,
    of_surface: Int32,
    document_tokens: Int64,
    data: Int32,
    indices: Int32,
    bounds: Int64,
    tally: Int32,
) -> None:
    """Count the columns of all documents, each document's as they come; `tally` is empty before and behind."""
    filled = 0
    for document in range(document_tokens.size - 1):
        begin = filled
        for token in range(document_tokens[document], document_tokens[document + 1]):
            column = of_surface[surface[token]]
            if column >= 0:
                if tally[column] == 0:
                    indices[filled] = column
                    filled += 1
                tally[column] += 1
        for place in range(begin, filled):
            data[place] = tally[indices[place]]
            tally[indices[place]] = 0
        bounds[document + 1] = filled


@compiled()
def count_classes(surface: Int32, of_surface: UInt8, document_tokens: Int64, counts: Int64) -> None:
    """Count the tokens of each class in every document into `counts` (documents x classes), which is empty before."""
    for document in range(document_tokens.size - 1):
        for token in range(document_tokens[document], document_tokens[document + 1]):
            counts[document, of_surface[surface[token]]] += 1
