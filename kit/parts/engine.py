"""Where work on the parts of a corpus runs: here, one after another or in threads, or on the workers of a cluster.

An engine runs functions of a module on arguments that may be results still to come. Nothing here imports a cluster's
library: an object that has Dask's ``submit`` and ``gather`` is taken for its client.
"""

from __future__ import annotations

import time
import weakref
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import is_dataclass
from typing import Any, Protocol

from kit.errors import CorpusError

#: How many summaries are merged at once. Memory holds about this many for each level of the tree.
FAN_IN = 8
#: The same of pieces of a block, whose size is bounded: in a tree they would be copied at each level.
PIECES = 32
_FRESH = 1.0  # seconds for which the list of workers is taken to hold

Merge = Callable[[Sequence[Any]], Any]


class Engine(Protocol):
    """What runs functions, here or elsewhere."""

    def run(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Start a function; what is returned stands for its result, and may be an argument of another."""
        ...

    def at(self, number: int, function: Callable[..., Any], *arguments: Any) -> Any:
        """Start a function on the part of a number, where that part is likely to be at hand; else as `run`."""
        ...

    def keep(self, value: Any) -> Any:
        """Return what stands for a value in many calls, so that it travels once."""
        ...

    def result(self, task: Any) -> Any:
        """Wait for a result and return it."""
        ...


class InTurn:
    """One call after another, in this process."""

    def run(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Return what the function returns."""
        return function(*arguments)

    def at(self, number: int, function: Callable[..., Any], *arguments: Any) -> Any:  # noqa: ARG002 - one place
        """Return what the function returns."""
        return function(*arguments)

    def keep(self, value: Any) -> Any:
        """Return the value."""
        return value

    def result(self, task: Any) -> Any:
        """Return the result, which is there."""
        return task


class Threads:
    """Some threads of this process.

    Tasks start in the order in which they are given, and wait only for earlier ones: so they never wait for ever.

    Parameters
    ----------
    number : int
        How many.

    """

    def __init__(self, number: int) -> None:
        self._number = number
        self._pool = ThreadPoolExecutor(number, thread_name_prefix="kit")

    def __reduce__(self) -> tuple[type[Threads], tuple[int]]:
        """Say how to make as many threads: threads themselves cannot be pickled."""
        return Threads, (self._number,)

    def run(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Give the function to the next thread that is free."""
        return self._pool.submit(_with_results, function, arguments)

    def at(self, number: int, function: Callable[..., Any], *arguments: Any) -> Future[Any]:  # noqa: ARG002
        """Give the function to the next thread that is free: threads share what is at hand."""
        return self.run(function, *arguments)

    def keep(self, value: Any) -> Any:
        """Return the value: threads share memory."""
        return value

    def result(self, task: Any) -> Any:
        """Wait for a result and return it."""
        return task.result() if isinstance(task, Future) else task


class Cluster:
    """The workers of a Dask cluster.

    Parameters
    ----------
    client : dask.distributed.Client
        Its workers must be able to import the kit and, for a saved corpus, to read its folder under the same path.

    """

    def __init__(self, client: Any) -> None:
        self._client = client
        self._kept: dict[int, Any] = {}
        self._workers: list[str] = []
        self._looked = -_FRESH

    def run(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Submit the function; each call is a task of its own, so that the same call may run again."""
        return self._submit(function, arguments)

    def at(self, number: int, function: Callable[..., Any], *arguments: Any) -> Any:
        """Submit the function to the worker that parts of this number go to, as long as it is there."""
        if time.monotonic() - self._looked > _FRESH:
            self._workers = sorted(self._client.nthreads())
            self._looked = time.monotonic()
        home = self._workers[number % len(self._workers) :][:1] if self._workers else []
        return self._submit(function, arguments, **({"workers": home, "allow_other_workers": True} if home else {}))

    def keep(self, value: Any) -> Any:
        """Make the value the result of a task: a worker that is lost with it does not take it along.

        What cannot change travels once for all questions, as a codebook does.
        """
        if not is_dataclass(value):
            return self.run(_itself, value)
        known = self._kept.get(id(value))
        if known is None or known.status in ("cancelled", "lost", "error"):
            known = self.run(_itself, value)
            if id(value) not in self._kept:
                weakref.finalize(value, self._kept.pop, id(value), None)
            self._kept[id(value)] = known
        return known

    def _submit(self, function: Callable[..., Any], arguments: tuple[Any, ...], **where: Any) -> Any:
        """Submit a function."""
        import dask  # noqa: PLC0415 - only who has a client has it

        # Numbers of a part's documents are megabytes, and are sent once: no reason to warn.
        with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 GiB"}):
            return self._client.submit(function, *arguments, pure=False, **where)

    def result(self, task: Any) -> Any:
        """Wait for a result and bring it here."""
        return self._client.gather(task)


def engine_of(engine: Any) -> Engine:
    """Return the engine that a caller asks for."""
    if engine is None:
        return InTurn()
    if isinstance(engine, int) and not isinstance(engine, bool) and engine > 0:
        return Threads(engine)
    if all(hasattr(engine, name) for name in ("run", "at", "keep", "result")):
        found: Engine = engine
        return found
    if all(hasattr(engine, name) for name in ("submit", "gather", "scheduler_info")):
        if getattr(engine, "asynchronous", False):
            raise CorpusError("the dask client is asynchronous", remedy="make it with asynchronous=False")
        return Cluster(engine)
    raise CorpusError(
        f"engine = {engine!r}", remedy="use None, a number of threads from 1, or a dask.distributed.Client"
    )


def merged(engine: Engine, summaries: Iterable[Any], merge: Merge, at_once: int = FAN_IN) -> Any:
    """Merge summaries in a tree, so many at once and in their order, starting merges as soon as these are named."""
    levels: list[list[Any]] = [[]]
    for summary in summaries:
        levels[0].append(summary)
        level = 0
        while len(levels[level]) == at_once:
            if level + 1 == len(levels):
                levels.append([])
            levels[level + 1].append(engine.run(_merge, merge, *levels[level]))
            levels[level].clear()
            level += 1
    rest: list[Any] = []
    for group in levels:  # the least levels hold the last summaries
        rest = [*group, *rest]
        if len(rest) > 1:
            rest = [engine.run(_merge, merge, *rest)]
    return rest[0]


def _merge(merge: Merge, *summaries: Any) -> Any:
    """Merge summaries that are there."""
    return merge(summaries)


def _itself(value: Any) -> Any:
    """Return a value as it is."""
    return value


def _with_results(function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    """Call a function when what it waits for is there."""
    return function(*(each.result() if isinstance(each, Future) else each for each in arguments))
