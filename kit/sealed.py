"""What the kit keeps in a project's ``.kit``: where it may, under which rules, written whole, read only as written."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from secrets import token_hex
from typing import TypeVar

from kit.errors import SettingsError
from kit.settings import project_root

_Made = TypeVar("_Made")
_SEAL = 65  # bytes of a hash and the end of its line


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
        with file.open("rb") as stream:
            seal = stream.readline(_SEAL)
            content = stream.read()
    except OSError:
        return None
    if hashlib.sha256(content).hexdigest().encode() + b"\n" != seal:
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
            found += sorted(entry.name for entry in entries if entry.name.endswith("-info"))
    return "\n".join(found).encode("utf-8", "surrogateescape")


@cache
def _room(name: str) -> str:
    """Return names and hashes of the code and data of a room, or of the modules beside the rooms."""
    home = Path(__file__).resolve().parent / name
    files = sorted((f"{name}/{known}", file) for known, file in files_in(home, deep=bool(name)))
    files = files if name else [one for one in files if one[0].endswith(".py")]
    return "\n".join(f"{known} {hashlib.sha256(content_of(file)).hexdigest()}" for known, file in files)


def content_of(file: str) -> bytes:
    """Read a file of code or data; hundreds are read before every first table, three times sooner so than by `Path`."""
    number = os.open(file, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        content = os.read(number, os.fstat(number).st_size + 1)
        while more := os.read(number, 1 << 20):
            content += more
    finally:
        os.close(number)
    return content


def files_in(folder: Path | str, below: str = "", *, deep: bool = True) -> Iterator[tuple[str, str]]:
    """Yield the files of a room by their names in it, as paths: some hundreds, looked at before every first table."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_file():
                yield below + entry.name, entry.path
            elif deep and entry.name != "__pycache__":
                yield from files_in(entry.path, f"{below}{entry.name}/")
