"""A call as Python code that makes the same table again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from kit.corpus.calls import Call
from kit.errors import QueryError


def as_code(call: Call, name: str = "table", given: Mapping[str, Call] | None = None) -> str:
    """Write the call that made a table as Python code; what stands in variables already is not made again."""
    lines = _Lines(name, given or {})
    lines.add(name, lines.expression(call))
    return "\n".join(["import kit", "", *lines.written, ""])


class _Lines:
    """Assignments, one for each call, those that others need first."""

    def __init__(self, name: str, given: Mapping[str, Call]) -> None:
        self.written: list[str] = []
        self._taken = {"kit", name, *given}
        self._names = {_known(call): variable for variable, call in given.items()}

    def add(self, name: str, expression: str) -> None:
        """Write one assignment."""
        self.written.append(f"{name} = {expression}")

    def expression(self, call: Call) -> str:
        """Write a call, what it takes being assigned before."""
        if "made" in call:
            raise QueryError(
                "the call takes a table that was made outside the kit",
                remedy="pass tables as the kit made them, or write down how this one is made",
            )
        if "attribute" in call:
            return f"{self._assigned(call['of'], 'result')}.{call['attribute']}"
        if "item" in call:
            return f"{self._assigned(call['of'], 'parts')}[{call['item']!r}]"
        arguments = [f"{name}={self._argument(value, name)}" for name, value in call["arguments"].items()]
        owner = self._assigned(call["of"], "whole") if "of" in call else "kit"
        return f"{owner}.{call['name']}({', '.join(arguments)})"

    def _argument(self, value: Any, name: str) -> str:
        """Write an argument."""
        if isinstance(value, list):
            return f"[{', '.join(self._argument(entry, name) for entry in value)}]"
        if not isinstance(value, dict):
            return repr(value)
        if "mapping" in value:
            pairs = (f"{key!r}: {self._argument(entry, name)}" for key, entry in value["mapping"].items())
            return f"{{{', '.join(pairs)}}}"
        if "sha256" in value:
            raise QueryError(
                f"{name} is a list of {value['items']} that the call does not record", remedy="give the list in a file"
            )
        return self._assigned(value, name)

    def _assigned(self, call: Call, name: str) -> str:
        """Return the variable that holds what a call makes."""
        known = _known(call)
        if known not in self._names:
            expression = self.expression(call)
            number = 2
            chosen = name
            while chosen in self._taken:
                chosen, number = f"{name}_{number}", number + 1
            self._taken.add(chosen)
            self._names[known] = chosen
            self.add(chosen, expression)
        return self._names[known]


def _known(call: Call) -> str:
    """Write a call such that equal ones are written alike."""
    return json.dumps(call, sort_keys=True)
