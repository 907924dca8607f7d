"""Rules made ready to be looked up all at once, which is done once per codebook.

What they look for becomes distinct words and rows of numbers of these, so that what is left for each text is one
look-up per distinct word; what they are like becomes arrays, so that nothing goes through them one by one again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kit.codebook.conditions import Condition
from kit.codebook.notation import Row, Slot
from kit.codebook.rules import Rule
from kit.index.postings import JOINED
from kit.index.token_index import Int64
from kit.index.words import Words

_PLAIN = ("form", "any")  # how words are compared that are looked up all at once


@dataclass(frozen=True, eq=False)
class Prepared:
    """Phrases, each of one or several rows of words; rows of plain words and gaps apart from the others.

    Parameters
    ----------
    plain : tuple of pairs
        By length: numbers of the phrases that have a row of so many plain words, each joined to the next, and these
        words (rows × words; rows of `words`, -1 for any word, which is never the last).
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
    is_plain = np.array([slot.how in _PLAIN and slot.link == JOINED for slot in slots], bool)
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


class Use(NamedTuple):
    """A condition, and the rules that are under it.

    Attributes
    ----------
    condition : Condition
    rule, place : int64 arrays, one per rule
        Which rule; place of the condition among those of the rule.
    required : bool array, one per rule
        Whether it is required or refused.
    phrases : int64 array
        Numbers of the phrases that it looks for.

    """

    condition: Condition
    rule: Int64
    place: Int64
    required: npt.NDArray[np.bool_]
    phrases: Int64


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
    def sought(self) -> tuple[Prepared, dict[tuple[Row, ...], int]]:
        """The phrases that conditions look for, each once, and their numbers."""
        conditions = (condition for rule in self.rules for condition in rule.conditions)
        numbers: dict[tuple[Row, ...], int] = {}
        for condition in {id(condition): condition for condition in conditions}.values():
            for phrase in condition.phrases:
                numbers.setdefault(phrase, len(numbers))
        return prepare(list(numbers)), numbers

    @cached_property
    def uses(self) -> list[Use]:
        """The conditions, each once, with the rules that are under it."""
        under: dict[object, tuple[Condition, list[tuple[int, int, bool]]]] = {}
        for number in np.flatnonzero(self.conditional).tolist():
            rule = self.rules[number]
            for place, condition in enumerate(rule.conditions):
                same = under.setdefault((condition.text, condition.concepts), (condition, []))
                same[1].append((number, place, place < len(rule.requires)))
        _, numbers = self.sought
        found: list[Use] = []
        for condition, those in under.values():
            which, places, required = (np.array(column) for column in zip(*those, strict=True))
            phrases = np.array([numbers[phrase] for phrase in condition.phrases], np.int64)
            found.append(Use(condition, which, places, required, phrases))
        return found

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
