"""What the kit keeps in a project's ``.kit``: where it may, under which rules, written whole, read only as written."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from secrets import token_hex
from typing import TypeVar

from kit.errors import SettingsError
from kit.settings import project_root

_Made = TypeVar("_Made")


def place_of(name: str) -> Path | None:
    """Return a folder of the project's ``.kit``; None outside a project that can be written to."""
    try:
        root = project_root()
    except SettingsError:
        return None
    return root / ".kit" / name if os.access(root, os.W_OK) else None


def kept(
    folder: str,
    name: Callable[[], str],
    make: Callable[[], _Made],
    *,
    read: Callable[[bytes], _Made],
    written: Callable[[_Made], bytes | None],
    states: int,
) -> _Made:
    """Return what was made before and kept under a name in a folder of ``.kit``, or make it and keep it.

    Where nothing can be kept (no project, a disk that cannot be written), or `written` says that it is not worth it
    (None), it is made and that is all. The name is asked for only where something can be kept.
    """
    home = place_of(folder)
    if home is None:
        return make()
    file = home / name()
    content = read_sealed(file)
    if content is not None:
        return read(content)
    made = make()
    content = written(made)
    if content is not None:
        with suppress(OSError):
            write_sealed(file, content, states=states)
    return made


def write_sealed(file: Path, content: bytes, *, states: int) -> None:
    """Write bytes behind a hash of them, whole or not at all, and delete all but the newest files of their folder."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.{token_hex(4)}")
    fresh.write_bytes(hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
    fresh.replace(file)
    for old in sorted(file.parent.iterdir(), key=lambda one: one.stat().st_mtime, reverse=True)[states:]:
        old.unlink(missing_ok=True)


def read_sealed(file: Path) -> bytes | None:
    """Read what was written so, and remember that it was used; None if it is not there, or not as it was written."""
    try:
        seal, _, content = file.read_bytes().partition(b"\n")
    except OSError:
        return None
    if hashlib.sha256(content).hexdigest().encode() != seal:
        return None
    with suppress(OSError):
        os.utime(file)
    return content


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
    files = sorted(_files(Path(__file__).resolve().parent / name, name))
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
