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

from kit.codebook.notation import Row, Slot
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
    rows = [row for rows in phrases for row in rows]
    owner = np.repeat(np.arange(len(phrases)), [len(rows) for rows in phrases])
    sizes = np.array([len(row) for row in rows], np.int64)
    slots: dict[Slot, int] = {}
    flat = np.array([slots.setdefault(slot, len(slots)) for row in rows for slot in row], np.int64)
    words: dict[str, int] = {}
    word = np.array([words.setdefault(slot.text, len(words)) if slot.how == "form" else -1 for slot in slots], np.int64)
    is_plain = (word >= 0) & np.array([slot.link == JOINED for slot in slots], bool)
    row, place = spread(sizes)
    others = np.bincount(row, ~is_plain[flat], len(rows)) > 0
    begin = np.cumsum(sizes) - sizes
    plain = [(size, np.flatnonzero(~others & (sizes == size))) for size in np.unique(sizes[~others]).tolist()]
    inner = others[row] & (word[flat] >= 0) & (place < sizes[row] - 1)
    return Prepared(
        tuple((owner[those], word[flat[begin[those][:, None] + np.arange(size)]]) for size, those in plain),
        Words.of(words),
        tuple((int(owner[number]), rows[number]) for number in np.flatnonzero(others).tolist()),
        ((np.cumsum(others) - 1)[row[inner]], word[flat[inner]]),
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
