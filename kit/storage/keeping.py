"""What the rules were that something kept in a project's ``.kit`` was made by."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

from kit.storage.files import sha256_of


@cache
def rules_of(*rooms: str) -> str:
    """Return a hash of the code and data of some rooms, of Python and of every installed library."""
    whole = hashlib.sha256(f"{sys.version} {sys.platform}\n".encode())
    for room in ("", *rooms):
        whole.update(f"{_room(room)}\n".encode())
    whole.update(_libraries())
    return whole.hexdigest()


@cache
def _libraries() -> bytes:
    """Return the names and versions of every installed library."""
    found: list[str] = []
    for folder in sys.path:
        with suppress(OSError), os.scandir(folder or ".") as entries:
            found += sorted(entry.name for entry in entries if fnmatch(entry.name, "*.*-info"))
    return "\n".join(found).encode("utf-8", "surrogateescape")


@cache
def _room(name: str) -> str:
    """Return names and hashes of the code and data of a room, or of the modules beside the rooms."""
    files = sorted(_files(Path(__file__).resolve().parents[1] / name, name))
    return "\n".join(f"{known} {hashlib.sha256(Path(file).read_bytes()).hexdigest()}" for known, file in files)


def _files(folder: Path | str, room: str) -> Iterator[tuple[str, str]]:
    """Yield the files of a room, or the modules beside the rooms: some hundreds, looked at before every first table."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_file():
                if room or entry.name.endswith(".py"):
                    yield f"{room}/{entry.name}", entry.path
            elif room and entry.name != "__pycache__":
                yield from _files(entry.path, f"{room}/{entry.name}")


def states(files: Iterable[tuple[Path, str]]) -> Iterator[str]:
    """Yield the name and the bytes of every file, as a hash."""
    for file, name in files:
        yield f"{name} {sha256_of(file)}"
