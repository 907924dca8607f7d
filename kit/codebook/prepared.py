"""The phrases of many rules made ready to be looked up all at once: their distinct words, and rows of numbers of these.

It is done once per codebook; what is left for each text is one look-up per distinct word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kit.codebook.notation import Row
from kit.index.postings import JOINED
from kit.index.token_index import Int64


@dataclass(frozen=True, eq=False)
class Prepared:
    """Phrases, each of one or several rows of words; rows of plain words apart from the others.

    Parameters
    ----------
    plain : tuple of pairs
        By length: numbers of the phrases that have a row of so many plain words, each joined to the next, and these
        words (rows × words; rows of `words`).
    words : tuple of str
        The distinct plain words.
    others : tuple of pairs
        Number of the phrase, and row, of each other row.
    needed : pair of int64 arrays
        Which of the others needs which of the words, as they are.

    """

    plain: tuple[tuple[Int64, Int64], ...]
    words: tuple[str, ...]
    others: tuple[tuple[int, Row], ...]
    needed: tuple[Int64, Int64]


def prepare(phrases: Sequence[tuple[Row, ...]]) -> Prepared:
    """Make phrases, each of one or several rows of words, ready to be looked up."""
    words: dict[str, int] = {}
    plain: dict[int, tuple[list[int], list[list[int]]]] = {}
    others: list[tuple[int, Row]] = []
    needing: list[int] = []
    needed: list[int] = []
    for number, row in ((number, row) for number, rows in enumerate(phrases) for row in rows):
        if all(slot.how == "form" and slot.link == JOINED for slot in row):
            numbers, named = plain.setdefault(len(row), ([], []))
            numbers.append(number)
            named.append([words.setdefault(slot.text, len(words)) for slot in row])
            continue
        for slot in row[:-1]:
            if slot.how == "form":
                needing.append(len(others))
                needed.append(words.setdefault(slot.text, len(words)))
        others.append((number, row))
    return Prepared(
        tuple((np.array(numbers, np.int64), np.array(named, np.int64)) for numbers, named in plain.values()),
        tuple(words),
        tuple(others),
        (np.array(needing, np.int64), np.array(needed, np.int64)),
    )


def spread(counts: npt.NDArray[np.int64]) -> tuple[Int64, Int64]:
    """Return, for so many things of each row, the row of each thing and its place among those of its row."""
    row = np.repeat(np.arange(len(counts)), counts)
    return row, np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
