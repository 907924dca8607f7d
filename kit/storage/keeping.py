"""What the rules were that something kept in a project's ``.kit`` was made by."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from kit.storage.files import sha256_of


@cache
def rules_of(*rooms: str) -> str:
    """Return a hash of the code and data of some rooms, of Python and of every installed library."""
    whole = hashlib.sha256(f"{sys.version} {sys.platform}\n".encode())
    for room in ("", *rooms):
        whole.update(f"{_room(room)}\n".encode())
    for folder in sys.path:
        with suppress(OSError):
            names = sorted(found.name for found in Path(folder).glob("*.*-info"))
            whole.update("\n".join(names).encode("utf-8", "surrogateescape"))
    return whole.hexdigest()


@cache
def _room(name: str) -> str:
    """Return names and hashes of the code and data of a room, or of the modules beside the rooms."""
    kit = Path(__file__).resolve().parents[1]
    files = (file for file in (kit / name).rglob("*") if file.is_file()) if name else kit.glob("*.py")
    code = sorted(file for file in files if "__pycache__" not in file.parts)
    return "\n".join(states((file, file.relative_to(kit).as_posix()) for file in code))


def states(files: Iterable[tuple[Path, str]]) -> Iterator[str]:
    """Yield the name and the bytes of every file, as a hash."""
    for file, name in files:
        yield f"{name} {sha256_of(file)}"
