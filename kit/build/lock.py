"""requirements.lock: what it says, and whether it is sound."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

LOCK = "requirements.lock"
UV = "uv"  # the package of the lock that installs the others, where it runs
_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
_PINNED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*==[A-Za-z0-9.!+_-]+( ; [^;]+)?")


@dataclass(frozen=True)
class Entry:
    """One package of the lock.

    Parameters
    ----------
    line : int
        Line of the file on which the entry begins, from 1.
    requirement : str
        Name, version and marker, as ``"colorama==0.4.6 ; sys_platform == 'win32'"``.
    hashes : tuple of str
        What follows it, ``--hash=sha256:…`` each.

    """

    line: int
    requirement: str
    hashes: tuple[str, ...]

    @property
    def name(self) -> str:
        """Name of the package."""
        return self.requirement.partition("==")[0]


def read_lock(text: str) -> list[Entry]:
    r"""Split the text of a lock into its entries."""
    entries = []
    parts: list[str] = []
    begun = 1
    for number, line in enumerate(text.splitlines(), start=1):
        if not parts:
            begun = number
        bare = re.sub(r"(^|\s)#.*", "", line).strip()
        parts.append(bare.removesuffix("\\").strip())
        if bare.endswith("\\"):
            continue
        requirement, *hashes = re.split(r"\s+(?=--)", " ".join(filter(None, parts)))
        if requirement:
            entries.append(Entry(begun, requirement, tuple(hashes)))
        parts = []
    return entries


def lock_lines(entries: Iterable[Entry]) -> str:
    """Write entries of a lock as pip and uv read them, one a line."""
    return "".join(" ".join((entry.requirement, *entry.hashes)) + "\n" for entry in entries)


def lock_flaws(text: str) -> list[str]:
    r"""List what a lock must not have: a package without exact version or hash, a host, a path, an option."""
    flaws = []
    for entry in read_lock(text):
        place = f"line {entry.line}: {entry.requirement!r}"
        if entry.requirement.startswith("-") or "://" in entry.requirement or " @ " in entry.requirement:
            flaws.append(f"{place} is an option, an address or a path")
            continue
        if not _PINNED.fullmatch(entry.requirement):
            flaws.append(f"{place} is not pinned by ==")
        if not entry.hashes:
            flaws.append(f"{place} has no hash")
        flaws.extend(f"{place} has {extra!r}" for extra in entry.hashes if not _HASH.fullmatch(extra))
    return flaws
