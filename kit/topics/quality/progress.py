"""A bar for a person who waits: on standard error, never in a table, and nothing where nobody looks."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tqdm.std import tqdm


@contextmanager
def bar(total: int, name: str, *, shown: bool | None) -> Iterator[Any]:
    """Show a bar while the block runs.

    Parameters
    ----------
    total : int
        Steps.
    name : str
    shown : bool, optional
        If left out, only where standard error is a terminal. In a notebook pass True: the bar is plain text.

    Yields
    ------
    object with a method ``update``
        Called once per step.

    Examples
    --------
    >>> with bar(2, "runs", shown=False) as steps:
    ...     _ = steps.update()

    """
    visible = sys.stderr.isatty() if shown is None else shown
    look = {"desc": name, "unit": "run", "leave": False, "mininterval": 0.5}
    with tqdm(total=total, disable=not visible, file=sys.stderr, **look) as steps:
        yield steps
