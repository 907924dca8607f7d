"""What a process keeps at hand under a budget of memory, so that questions in a circle do not push each other out."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from functools import cache
from typing import Generic, TypeVar

Value = TypeVar("Value")

#: The variable by which a build says how many megabytes its kernels may use.
MEMORY = "KIT_MEMORY"
#: Share of the machine's memory that is used if nobody says how much.
SHARE = 1 / 4
#: How many names are remembered that are not at hand.
REMEMBERED = 200_000


class Kept(Generic[Value]):
    """Values under names, those asked for again soonest at hand.

    A new value takes the place of old ones only if it was asked for since each of these was: who goes round in a circle
    that is too large finds the same part of it at hand each time, where the least recently used would always be gone.

    Examples
    --------
    >>> kept = Kept()
    >>> for _ in range(3):
    ...     found = [kept.get(name) for name in "abc" if kept.get(name) or kept.put(name, name.upper(), 1, budget=2)]
    >>> found
    ['A', 'B']

    """

    def __init__(self) -> None:
        self._held: OrderedDict[str, tuple[Value, float]] = OrderedDict()
        self._asked: OrderedDict[str, int] = OrderedDict()
        self._before: dict[str, int] = {}
        self._turn = 0
        self._weight = 0.0
        self._lock = threading.Lock()

    def get(self, name: str) -> Value | None:
        """Return what is kept under a name, and note that it was asked for."""
        with self._lock:
            self._turn += 1
            self._before[name] = self._asked.get(name, -1)
            self._asked[name] = self._turn
            self._asked.move_to_end(name)
            while len(self._asked) > REMEMBERED:
                self._before.pop(self._asked.popitem(last=False)[0], None)
            found = self._held.get(name)
            if found is None:
                return None
            self._held.move_to_end(name)
            return found[0]

    def put(self, name: str, value: Value, weight: float, budget: float) -> None:
        """Keep a value of some weight, if it fits or those that it takes the place of were not asked for since."""
        with self._lock:
            if name in self._held:
                self._weight -= self._held.pop(name)[1]
            before, free, gone = self._before.get(name, -1), budget - self._weight, []
            for other, (_, size) in self._held.items():
                if weight <= free:
                    break
                if self._asked.get(other, -1) > before:
                    return
                free += size
                gone.append(other)
            for other in gone:
                self._weight -= self._held.pop(other)[1]
            if weight <= free or not self._held:
                self._held[name] = value, weight
                self._weight += weight

    def clear(self) -> None:
        """Keep nothing any more, and forget what was asked for."""
        with self._lock:
            for table in (self._held, self._asked, self._before):
                table.clear()
            self._weight = 0.0

    def __len__(self) -> int:
        """Return how many values are at hand."""
        return len(self._held)


@cache
def a_share_of_memory() -> float:
    """Return how many megabytes are used if nobody says how much: what the environment allows, else a share."""
    allowed = os.environ.get(MEMORY)
    if allowed:
        return float(allowed)
    import psutil  # noqa: PLC0415 - only who opens parts asks

    return float(psutil.virtual_memory().total) / 1e6 * SHARE
