"""SHA256SUMS: a hash of every file of an archive, and one of itself, so that a change of any byte is named."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

NAME, OWN = "SHA256SUMS", "SHA256SUMS.sha256"
_LINE = re.compile(r"([0-9a-f]{64})  ([^\n]+)")


def sums(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Make the two files, as ``sha256sum --check`` reads them."""
    listed = "".join(f"{_hash(data)}  {name}\n" for name, data in sorted(files.items())).encode("utf-8")
    return {NAME: listed, OWN: f"{_hash(listed)}  {NAME}\n".encode()}


def differing(folder: Path) -> list[str]:
    """Name the files of an unpacked archive that are missing or are not those that were packed."""
    listed = _read(folder / NAME)
    own = _read(folder / OWN)
    found = [] if own == f"{_hash(listed)}  {NAME}\n".encode() else [NAME, OWN]
    lines = [_LINE.fullmatch(line) for line in listed.decode("utf-8", "replace").splitlines()]
    hashes = {line[2]: line[1] for line in lines if line}
    return found + [name for name, digest in sorted(hashes.items()) if _hash(_read(folder / name)) != digest]


def _read(file: Path) -> bytes:
    """Read a file; one that is not there is empty."""
    try:
        return file.read_bytes()
    except OSError:
        return b""


def _hash(data: bytes) -> str:
    """Hash bytes."""
    return hashlib.sha256(data).hexdigest()
