"""The sums of `above`, compiled: from counts, or from running words without counts being made of them."""

from __future__ import annotations

import numpy as np

from kit.index.token_index import Int64
from kit.index.words import Int32
from kit.machine.compiled import compiled


@compiled(numbers=True)
def added_above(
    counts: Int32, parts: Int32, bounds: Int32, sizes: Int64, totals: Int64, words: int
) -> tuple[Int64, Int64]:
    """Return, for each item, its occurrences and the words of the parts that have more of it than their share."""
    above, of_words = np.zeros(bounds.size - 1, np.int64), np.zeros(bounds.size - 1, np.int64)
    for item in range(bounds.size - 1):
        total, occurrences, held = totals[item], np.int64(0), np.int64(0)
        for cell in range(bounds[item], bounds[item + 1]):
            count, size = np.int64(counts[cell]), sizes[parts[cell]]
            if count * words > size * total:
                occurrences += count
                held += size
        above[item], of_words[item] = occurrences, held
    return above, of_words


@compiled(numbers=True)
def added_of_tokens(
    surface: Int32,
    of_surface: Int32,
    document_tokens: Int64,
    sizes: Int64,
    totals: Int64,
    words: int,
) -> tuple[Int64, Int64]:
    """Return the same for documents as parts, of the words that stand in them; -1 in `of_surface` is none."""
    above, of_words = np.zeros(totals.size, np.int64), np.zeros(totals.size, np.int64)
    tally, met = np.zeros(totals.size, np.int64), np.zeros(totals.size, np.int32)
    for document in range(document_tokens.size - 1):
        size, found = sizes[document], 0
        for token in range(document_tokens[document], document_tokens[document + 1]):
            item = of_surface[surface[token]]
            if item >= 0:
                if tally[item] == 0:
                    met[found] = item
                    found += 1
                tally[item] += 1
        for place in range(found):
            item = met[place]
            if tally[item] * words > size * totals[item]:
                above[item] += tally[item]
                of_words[item] += size
            tally[item] = 0
    return above, of_words
