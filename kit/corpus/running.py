"""The running tokens of documents as texts, for programs that hold all of them in memory."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kit.arguments import check_amount
from kit.index.token_index import Int64, TokenIndex


def running_tokens(
    index: TokenIndex, counted: npt.NDArray[np.bool_], *, folded: bool, punctuation: bool
) -> tuple[list[str], Int64]:
    """Return the tokens, folded or as written, and where each document begins among them; `counted` are words."""
    names = index.forms if folded else index.surfaces
    numbers = index.type if folded else index.surface
    if punctuation:
        return [names[number] for number in numbers.tolist()], index.document_tokens.astype(np.int64)
    before = np.zeros(len(counted) + 1, np.int64)
    np.cumsum(counted, out=before[1:])
    return [names[number] for number in numbers[counted].tolist()], before[index.document_tokens]


def evenly(documents: int, most: int | None) -> Int64:
    """Return the rows of so many documents at most, evenly spread over all."""
    if most is not None:
        check_amount("documents", most, 1, place="to_nltk", remedy="use a whole number from 1, or leave it out")
    kept = documents if most is None else min(documents, most)
    rows: Int64 = np.arange(kept, dtype=np.int64) * documents // max(kept, 1)
    return rows
