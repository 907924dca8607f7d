"""A bar for a person who waits: on standard error, never in a table, and nothing where nobody looks."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tqdm.std import tqdm


@contextmanager
def bar(total: int, name: str, *, shown: bool | None) -> Iterator[Any]:
    """Show a bar while the block runs."""
    visible = sys.stderr.isatty() if shown is None else shown
    look = {"desc": name, "unit": "run", "leave": False, "mininterval": 0.5}
    with tqdm(total=total, disable=not visible, file=sys.stderr, **look) as steps:
        yield steps
