"""What the kit keeps in a project's ``.kit``: where it may, and what the rules were that it was made by."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from secrets import token_hex

from kit.errors import SettingsError
from kit.settings import project_root
from kit.storage.files import sha256_of


def place_of(name: str) -> Path | None:
    """Return a folder of the project's ``.kit``; None outside a project that can be written to."""
    try:
        root = project_root()
    except SettingsError:
        return None
    return root / ".kit" / name if os.access(root, os.W_OK) else None


@cache
def rules_of(*rooms: str) -> str:
    """Return a hash of the code and data of some rooms, of Python and of every installed library."""
    kit = Path(__file__).resolve().parents[1]
    files = [*kit.glob("*.py"), *(file for room in rooms for file in (kit / room).rglob("*") if file.is_file())]
    code = [file for file in files if "__pycache__" not in file.parts]
    whole = hashlib.sha256(f"{sys.version} {sys.platform}\n".encode())
    for line in states((file, file.relative_to(kit).as_posix()) for file in sorted(code)):
        whole.update(f"{line}\n".encode())
    for folder in sys.path:
        with suppress(OSError):
            names = sorted(found.name for found in Path(folder).glob("*.*-info"))
            whole.update("\n".join(names).encode("utf-8", "surrogateescape"))
    return whole.hexdigest()


def states(files: Iterable[tuple[Path, str]]) -> Iterator[str]:
    """Yield the name and the bytes of every file, as a hash."""
    for file, name in files:
        yield f"{name} {sha256_of(file)}"


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
