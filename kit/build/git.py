"""What git knows of a project: its commits, the files in them, what has changed; a project may be part of a clone."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kit.errors import BuildError

_LINK, _MODULE = "120000", "160000"  # modes of what is no file


@dataclass(frozen=True)
class Entry:
    """A file of a commit: its name from the project's folder, its mode and the number of its bytes in git."""

    name: str
    mode: str
    number: str


def git(root: Path, *arguments: str, given: bytes | None = None) -> bytes | None:
    """Ask git; None where there is none, the folder is none of its checkouts, or it has no such thing."""
    if shutil.which("git") is None:
        return None
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    command = ["git", "-C", str(root), *arguments]
    asked = subprocess.run(command, capture_output=True, env=env, input=given, check=False)
    return asked.stdout if asked.returncode == 0 else None


def names(listed: bytes | None) -> list[str]:
    """Read a list of names as git writes it with ``-z``."""
    return [name.decode("utf-8", "surrogateescape") for name in (listed or b"").split(b"\0") if name]


def entries(root: Path, revision: str, *places: str) -> list[Entry]:
    """List the files of a commit at some places of the project, all if none is named."""
    rows = names(git(root, "ls-tree", "-r", "-z", revision, "--", *places))
    split = (row.split("\t", 1) for row in rows)
    return [Entry(name, facts.split()[0], facts.split()[2]) for facts, name in split]


def contents(root: Path, wanted: Iterable[Entry]) -> Iterator[tuple[Entry, bytes]]:
    """Yield the files with their bytes as they were committed, line ends untouched."""
    asked = [entry for entry in wanted if entry.mode != _MODULE]
    answer = git(root, "cat-file", "--batch", given="".join(f"{entry.number}\n" for entry in asked).encode())
    place = 0
    for entry in asked:
        head, _, _ = (answer or b"")[place : place + 200].partition(b"\n")
        if not head.endswith(b" missing") and b" blob " in head:
            begin = place + len(head) + 1
            place = begin + int(head.split()[2]) + 1
            yield entry, (answer or b"")[begin : place - 1]
        else:
            raise BuildError(f"git has no object {entry.number}", place=entry.name, remedy="git fsck")


def write(folder: Path, files: Iterable[tuple[Entry, bytes]]) -> None:
    """Write files of a commit into a folder."""
    for entry, data in files:
        file = folder / entry.name
        file.parent.mkdir(parents=True, exist_ok=True)
        if entry.mode == _LINK:
            file.symlink_to(os.fsdecode(data))
        else:
            file.write_bytes(data)
