"""The target ``test``: what pytest is told."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from itertools import takewhile
from pathlib import Path

from kit.build.process import cores
from kit.errors import BuildError

_MOST = 8  # workers; each takes some 500 MB, and from here on the longest test decides
# What shows or stops one test at a time, or says itself how the work is shared
_ALONE = ("--pdb", "--trace", "-s", "--capture", "--dist", "no:xdist")


def pytest_arguments(
    root: Path, given: Sequence[str], *, workers: int | None = None, slow: bool = False
) -> Iterator[str]:
    """Yield the arguments of pytest.

    The cores share the work, unless a person looks at one test at a time or names single files. Names before the first
    option may be rooms: ``measures`` stands for ``tests/measures`` and for the examples in ``kit/measures``.
    """
    named = tuple(takewhile(lambda text: not text.startswith("-"), given))
    options = given[len(named) :]
    places = [place for name in named for place in _places(root, name)]
    if not slow:
        yield from ("-m", "not slow")
    single = bool(places) and all("::" in place or place.endswith(".py") for place in places)
    alone = single or any(option.split("=")[0] in _ALONE for option in options)
    # one more than there are cores: some tests wait for a kernel, a browser or the disk while others count
    number = workers or (1 if alone or cores() == 1 else min(cores() + 1, _MOST))
    if number > 1:
        yield from ("-n", str(number), "--dist", "worksteal")
    yield from places
    yield from options


def _places(root: Path, name: str) -> Iterator[str]:
    """Yield what a name means: a file or a test as it is, a room as its tests and the examples in its code."""
    path = name.replace("\\", "/").rstrip("/")
    if "::" in path or path.endswith(".py") or path in ("tests", "kit") or Path(name).is_absolute():
        yield name
        return
    room = path.removeprefix("tests/").removeprefix("kit/")
    folder, _, last = room.rpartition("/")
    test = f"{folder}/test_{last}.py".lstrip("/")
    there = [at for at in (f"tests/{room}", f"tests/{test}", f"kit/{room}", f"kit/{room}.py") if (root / at).exists()]
    if not there:
        rooms = sorted(at.name for at in root.glob("tests/[a-z]*") if at.is_dir())
        near = difflib.get_close_matches(room, rooms, 1)
        remedy = f"did you mean {near[0]}?" if near else f"the rooms are {', '.join(rooms)}"
        raise BuildError(f"nothing to test is named {name!r}", remedy=remedy)
    yield from there
