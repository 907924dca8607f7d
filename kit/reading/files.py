"""The files that a folder of articles consists of, whatever their formats are."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from kit.errors import ReadingError
from kit.reading.remarks import unreadable

#: What says of articles that have a file each what their texts do not.
METADATA = "articles.csv"
#: Names of files and folders that hold nothing for the kit: hidden ones, editors' backups, what systems leave behind.
IGNORED = re.compile(r"\.|~|#.*#$|__MACOSX$|Thumbs\.db$|desktop\.ini$|.*(?:~|\.swp|\.bak|\.tmp)$", re.IGNORECASE)
_DEEPEST = 100  # folders in folders


def files_of(path: Path, passed_over: Callable[[Path], bool] | None = None) -> tuple[list[tuple[Path, str]], list[str]]:
    """List the files that the articles of a folder or a file are read from, with their sources, and what cannot be."""
    aside: list[ReadingError] = []
    if not path.is_dir():
        return [(path, path.name)], []
    inner, stated = path / "articles", path / METADATA
    apart = inner.is_dir()
    found = walk(inner if apart else path, "articles/" * apart, set(), aside, passed_over or (lambda _folder: False))
    return [*found, *([(stated, METADATA)] if apart and stated.exists() else [])], [str(error) for error in aside]


def walk(
    folder: Path, prefix: str, seen: set[str], aside: list[ReadingError], passed_over: Callable[[Path], bool]
) -> Iterator[tuple[Path, str]]:
    """Yield the files below a folder, by name, and their sources; hidden files and backups are skipped.

    No folder is walked twice, though links lead there again; what has a name that is no text, or lies too deep, is set
    aside.
    """
    here = os.path.realpath(folder)
    place = prefix.rstrip("/") or folder.name
    if here in seen:
        above = Path(os.path.realpath(folder.parent)).is_relative_to(here)
        problem = "is a link to a folder above it" if above else "leads to a folder that was read already"
        aside.append(ReadingError(problem, place=place, remedy="delete the link"))
        return
    seen.add(here)
    if prefix.count("/") > _DEEPEST:
        problem = f"lies more than {_DEEPEST} folders deep"
        aside.append(ReadingError(problem, place=f"{place[:80]}…", remedy="put its files higher up"))
        return
    try:
        files = sorted(folder.iterdir(), key=lambda file: file.name)
    except OSError as error:
        aside.append(unreadable(error, place))
        return
    for file in files:
        if IGNORED.match(file.name):
            continue
        if not _is_text(file.name):
            shown = os.fsencode(prefix + file.name).decode("utf-8", "backslashreplace")
            remedy = "give it a name in plain letters; archives from old systems have such names"
            aside.append(ReadingError("has a name that is not in UTF-8", place=shown, remedy=remedy))
        elif file.is_dir():
            if not passed_over(file):
                yield from walk(file, f"{prefix}{file.name}/", seen, aside, passed_over)
        else:
            yield file, prefix + file.name


def _is_text(name: str) -> bool:
    """Tell whether a name can be written: the system hands on bytes that are no UTF-8 as halves of characters."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
