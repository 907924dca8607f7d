"""What the kit keeps in a project's ``.kit``: where it may, written whole, and read only as it was written."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from kit.errors import SettingsError
from kit.settings import project_root


def place_of(name: str) -> Path | None:
    """Return a folder of the project's ``.kit``; None outside a project that can be written to."""
    try:
        root = project_root()
    except SettingsError:
        return None
    return root / ".kit" / name if os.access(root, os.W_OK) else None


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
