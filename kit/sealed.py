"""What the kit keeps in a project's ``.kit``: where it may, written whole, and read only as it was written."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
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
