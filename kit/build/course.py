"""How far a notebook that runs has got, and how long it may still take: its last run tells."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kit.build.notebooks import Notebook

_LONG = 20.0  # seconds of one cell after which a person is told, and again after as many
_DONE = re.compile(r"cell (\d+): ([\d.]+) s")


class Course:
    """The cells of a notebook that runs.

    Parameters
    ----------
    notebook : Notebook
        What runs.
    log : Path
        The log of its run before this one, if there was one.
    note : Path
        Where the cell that runs says how far it has got, if it does.

    """

    def __init__(self, notebook: Notebook, log: Path, note: Path) -> None:
        self._cells = [number for number, (kind, text) in enumerate(notebook.cells) if kind == "code" and text.strip()]
        self._before = _timings(log)
        self.seconds: dict[int, float] = {}
        self._since = time.monotonic()
        self._note = note

    def ended(self, cell: int, seconds: float) -> None:
        """Take note of a cell that has ended."""
        self.seconds[cell] = seconds
        self._since = time.monotonic()

    def told(self) -> str:
        """Say which cell runs, what it has counted, and how long all may still take; "" where none takes long."""
        waited = time.monotonic() - self._since
        left = [cell for cell in self._cells if cell not in self.seconds]
        if waited < _LONG or not left:
            return ""
        counted, inside = _counted(self._note)
        place = f"cell {len(self._cells) - len(left) + 1} of {len(self._cells)}, {waited:.0f} s so far"
        known = all(cell in self._before for cell in left)
        rest = sum(self._before[cell] for cell in left[1:]) if known else 0.0
        this = inside if counted else max(self._before.get(left[0], 0.0) - waited, 0.0)
        more = [counted] if counted else []
        if (known or counted) and this + rest >= 1:
            of = "" if known else " of this cell"
            more.append(f"about {_duration(this + rest)}{of} left")
        return ", ".join([place, *more])

    @contextmanager
    def said(self, say: Callable[[str], None]) -> Iterator[None]:
        """Say at times how far a long cell has got, while the block runs."""
        over = threading.Event()

        def watch() -> None:
            while not over.wait(_LONG):
                text = self.told()
                if text:
                    say(text)

        thread = threading.Thread(target=watch, daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()


def _timings(log: Path) -> dict[int, float]:
    """Read how long each cell took in a run that succeeded."""
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return {}
    if not lines or not lines[0].endswith(": done"):
        return {}
    found = (_DONE.fullmatch(line) for line in lines[1:])
    return {int(one[1]) - 1: float(one[2]) for one in found if one}


def _counted(note: Path) -> tuple[str, float]:
    """Read what a cell says of itself: its count, and the seconds it takes itself to need."""
    try:
        text, _, seconds = note.read_text(encoding="utf-8").partition("|")
        return text, float(seconds or 0)
    except (OSError, ValueError):
        return "", 0.0  # there is none, or it is being written


def _duration(seconds: float) -> str:
    """Write a duration."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
