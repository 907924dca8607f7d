"""How far a long computation has got, where a person who waits can see it: terminal, notebook, build or log."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from tqdm.std import tqdm

#: Environment variable by which a build names the file it reads the progress of a cell from.
FILE = "KIT_PROGRESS"
_SOON, _SELDOM = 0.5, 30.0  # seconds between two looks: where a line can be rewritten, and where it cannot
_FORM = "{desc}: {n_fmt}/{total_fmt} [{elapsed}<{remaining}]"
_NOTE = "{desc} {n_fmt}/{total_fmt}|{remaining_s:.0f}"


@contextmanager
def counted(total: int, name: str, *, shown: bool | None = None) -> Iterator[Any]:
    """Count steps while the block runs; the time taken and the time left stand beside.

    Parameters
    ----------
    total : int
        How many steps there are.
    name : str
        What takes so long.
    shown : bool, optional
        Whether it is shown; if left out, whatever takes some time is: as a bar in a terminal or a notebook, elsewhere
        as a line on standard error every half a minute, and in a build as part of what the build says.

    Yields
    ------
    tqdm
        To be told of each step by ``update()``.

    Examples
    --------
    >>> with counted(3, "topics", shown=False) as steps:
    ...     steps.update()

    """
    with tqdm(total=total, desc=name, **_place(shown)) as steps:
        yield steps


def _place(shown: bool | None) -> dict[str, Any]:
    """Settle where the count goes, how often, and how it looks."""
    often = {"mininterval": _SOON, "delay": 0 if shown else _SOON}
    note = os.environ.get(FILE, "")
    if shown is False:
        return {"disable": True}
    if note and shown is None:
        return {"file": _Note(Path(note)), "bar_format": _NOTE, **often}
    if "ipykernel" in sys.modules and not sys.stderr.isatty():  # a notebook shows standard error as if something failed
        return {"file": sys.stdout, "bar_format": _FORM, **often}
    if shown or sys.stderr.isatty():
        return {"file": sys.stderr, "unit": "run", "leave": False, **often}
    lines = {"file": _Lines(sys.stderr), "bar_format": _FORM, "leave": False}
    return {**lines, "mininterval": _SELDOM, "delay": _SELDOM}


class _Lines:
    """A stream whose lines cannot be rewritten: each text becomes a line of its own."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> None:
        """Write a text that says something."""
        if text.strip():
            self._stream.write(text.strip() + "\n")

    def flush(self) -> None:
        """Hand it on."""
        self._stream.flush()


class _Note:
    """A file that holds the last text alone."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def write(self, text: str) -> None:
        """Put a text in the place of the one before."""
        if text.strip():
            self._file.write_text(text.strip(), encoding="utf-8", newline="\n")

    def flush(self) -> None:
        """Do nothing: each text is whole on the disk."""
