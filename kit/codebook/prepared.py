"""Rules made ready to be looked up all at once, which is done once per codebook.

What they look for becomes distinct words and rows of numbers of these, so that what is left for each text is one
look-up per distinct word; what they are like becomes arrays, so that nothing goes through them one by one again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from kit.codebook.notation import Row
from kit.codebook.rules import Rule
from kit.index.postings import JOINED
from kit.index.token_index import Int64
from kit.index.words import Words


@dataclass(frozen=True, eq=False)
class Prepared:
    """Phrases, each of one or several rows of words; rows of plain words apart from the others.

    Parameters
    ----------
    plain : tuple of pairs
        By length: numbers of the phrases that have a row of so many plain words, each joined to the next, and these
        words (rows × words; rows of `words`).
    words : Words
        The distinct plain words.
    others : tuple of pairs
        Number of the phrase, and row, of each other row.
    needed : pair of int64 arrays
        Which of the others needs which of the words, as they are.

    """

    plain: tuple[tuple[Int64, Int64], ...]
    words: Words
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
        Words.of(words),
        tuple(others),
        (np.array(needing, np.int64), np.array(needed, np.int64)),
    )


class Ready:
    """Rules, what they look for, and what they are like; each once it is asked for.

    Parameters
    ----------
    rules : sequence of Rule

    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = rules

    @cached_property
    def phrases(self) -> Prepared:
        """What the rules look for."""
        return prepare([rule.rows for rule in self.rules])

    @cached_property
    def blocked(self) -> npt.NDArray[np.bool_]:
        """Which rules have blocks."""
        return self._those(lambda rule: bool(rule.blocks))

    @cached_property
    def abbreviated(self) -> npt.NDArray[np.bool_]:
        """Which rules are abbreviations whose full form is known."""
        return self._those(lambda rule: bool(rule.stands_for))

    @cached_property
    def bearers(self) -> list[int]:
        """Which rules stand for the bare names of those who bear an office."""
        return np.flatnonzero(self._those(lambda rule: rule.bearers)).tolist()

    @cached_property
    def conditional(self) -> npt.NDArray[np.bool_]:
        """Which rules are under conditions."""
        return self._those(lambda rule: bool(rule.requires or rule.refuses))

    @cached_property
    def standing(self) -> npt.NDArray[np.bool_]:
        """Which rules need nothing beside a hit."""
        return ~self.conditional | self._those(lambda rule: rule.stands_alone)

    def _those(self, what: Callable[[Rule], bool]) -> npt.NDArray[np.bool_]:
        """Tell of which rules something is so."""
        return np.fromiter(map(what, self.rules), bool, len(self.rules))


def spread(counts: npt.NDArray[np.int64]) -> tuple[Int64, Int64]:
    """Return, for so many things of each row, the row of each thing and its place among those of its row."""
    row = np.repeat(np.arange(len(counts)), counts)
    return row, np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
