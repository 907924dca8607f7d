"""What the set-up says while it works: steps with the time they took, and a counter that moves."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_QUIET = 5.0  # seconds between two counter lines where lines cannot be rewritten


class Progress:
    """Lines for a person who waits.

    Parameters
    ----------
    echo : callable
        Takes one line of text. Where it is `print` and standard output is a terminal, the counter rewrites its line;
        elsewhere it is a plain line, at most one every five seconds.

    Examples
    --------
    >>> progress = Progress(print)
    >>> progress.say("Setting up .venv")
    Setting up .venv

    """

    def __init__(self, echo: Callable[[str], object]) -> None:
        self._echo = echo
        self._terminal = echo is print and sys.stdout.isatty()
        self._last = time.monotonic()
        self._begun = self._last

    @property
    def seconds(self) -> float:
        """Seconds since the current step began."""
        return time.monotonic() - self._begun

    def say(self, text: str) -> None:
        """Write a line that stays."""
        if self._terminal:
            sys.stdout.write("\r\x1b[K")
        self._echo(text)
        sys.stdout.flush()

    def count(self, text: str) -> None:
        """Show where the current step has got to."""
        now = time.monotonic()
        if self._terminal:
            width = shutil.get_terminal_size().columns - 1
            sys.stdout.write("\r\x1b[K" + f"  {text}"[:width])
            sys.stdout.flush()
        elif now - self._last >= _QUIET:
            self._last = now
            self.say(f"  {text}")

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Name a step, and say how long it took once it has succeeded."""
        self._begun = self._last = time.monotonic()
        self.count(name)
        try:
            yield
        except BaseException:
            self.say(f"  {name}: stopped after {self.seconds:.1f} s")
            raise
        self.say(f"  {name}: {self.seconds:.1f} s")
