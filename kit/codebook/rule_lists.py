"""Rules as plain lists, and rules of such lists: as they are kept between one session and the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any, TypeVar

from kit.codebook.conditions import Condition
from kit.codebook.notation import Row, Slot
from kit.codebook.rules import Rule

_Thing = TypeVar("_Thing")
_Made = TypeVar("_Made", Rule, Condition)


class _Numbers:
    """Numbers for things that stand in many places, each of which is written once."""

    def __init__(self) -> None:
        self.of: dict[Any, int] = {}

    def __call__(self, things: Iterable[Any]) -> list[int]:
        """Return the number of each."""
        return [self.of.setdefault(thing, len(self.of)) for thing in things]


def as_lists(rules: Sequence[Rule]) -> list[Any]:
    """Return rules as lists: words, rows of words, phrases (of several rows) and conditions each once, by number."""
    words, rows, phrases, conditions = _Numbers(), _Numbers(), _Numbers(), _Numbers()
    of_rule = {"rows": rows, "blocks": phrases, "requires": conditions, "refuses": conditions}
    listed = [_fields(one, of_rule) for one in rules]
    those = [_fields(one, {"phrases": phrases}) for one in conditions.of]
    of_phrases = [rows(phrase) for phrase in phrases.of]
    of_rows = [words(row) for row in rows.of]
    return [list(words.of), of_rows, of_phrases, those, listed]


def _fields(one: Rule | Condition, numbered: Mapping[str, _Numbers]) -> list[Any]:
    """Return every field, those that are numbered by their numbers."""
    values = {field.name: getattr(one, field.name) for field in fields(one)}
    return [numbered[name](value) if name in numbered else value for name, value in values.items()]


def from_lists(lists: list[Any]) -> tuple[Rule, ...]:
    """Return rules of what `as_lists` made of them."""
    words = [Slot(*word) for word in lists[0]]
    rows: list[Row] = [tuple([words[number] for number in row]) for row in lists[1]]
    phrases = [_those(rows, phrase) for phrase in lists[2]]
    conditions = _made(Condition, lists[3], {"phrases": phrases})
    of_rule: dict[str, Sequence[Any]] = {
        "rows": rows,
        "blocks": phrases,
        "requires": conditions,
        "refuses": conditions,
    }
    return tuple(_made(Rule, lists[4], of_rule))


def _made(kind: type[_Made], listed: list[list[Any]], known: Mapping[str, Sequence[Any]]) -> list[_Made]:
    """Return things of the fields that `_fields` listed."""
    numbered = [known.get(field.name) for field in fields(kind)]
    made: Callable[..., _Made] = kind
    return [
        made(*[_tuples(value) if of is None else _those(of, value) for of, value in zip(numbered, one, strict=True)])
        for one in listed
    ]


def _tuples(value: Any) -> Any:
    """Return what is a list as tuples, as it was before it was written."""
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


def _those(known: Sequence[_Thing], numbers: Sequence[int]) -> tuple[_Thing, ...]:
    """Return things by their numbers."""
    return tuple([known[number] for number in numbers])
