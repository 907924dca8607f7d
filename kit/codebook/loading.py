"""Reading a codebook from its folder, every row checked."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from kit.codebook.codebook import CONCEPTS, LISTS, PATTERNS, Codebook
from kit.codebook.kept import State, kept_state
from kit.corpus.calls import recorded
from kit.errors import CodebookError
from kit.garbage import uncollected


@recorded()
def load_codebook(path: str | Path | None = None) -> Codebook:
    """Read a codebook and check every row of it.

    Parameters
    ----------
    path : str or Path, optional
        A folder with ``concepts.csv``, ``patterns.csv`` and, where conditions name lists, ``lists.csv``, as a
        spreadsheet saves them (comma, semicolon or tab; with or without byte order mark). The shipped codebook if left
        out.

    Returns
    -------
    Codebook

    Raises
    ------
    CodebookError
        A file is missing or not a table, or rows break the rules of ``kit/codebook/README.md``. One error lists
        them with their files, rows and remedies, a cause that many rows share once.

    Examples
    --------
    >>> import kit
    >>> codebook = kit.load_codebook()
    >>> len(codebook.concepts), (codebook.concepts.core == "yes").sum()
    (36, np.int64(22))

    """
    if path is None:
        return _load(Path(__file__).parent, "shipped")
    folder = Path(path)
    if not folder.is_dir():
        told = f"name its folder, {folder.parent}" if folder.is_file() else "check the path"
        remedy = f"{told}: a codebook is a folder that holds {CONCEPTS} and {PATTERNS}"
        raise CodebookError("is no folder", place=str(path), remedy=remedy)
    return _load(folder, folder.resolve().name)


def _load(folder: Path, name: str) -> Codebook:
    """Read the files of a folder, unless they are what was read before."""
    files = [folder / file for file in (CONCEPTS, PATTERNS, LISTS)]
    return _read(
        folder, name, *(hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else "" for file in files)
    )


@lru_cache(maxsize=4)
@uncollected()
def _read(folder: Path, name: str, *hashes: str) -> Codebook:
    """Put a codebook together of what is kept of files with these hashes, or read and check them."""

    def check() -> State:
        from kit.codebook.checked import checked  # noqa: PLC0415 - a codebook that is kept was checked

        return checked(folder, name)

    concepts, patterns, lists, rules, version = kept_state(hashes, check)
    codebook = Codebook(name, concepts, patterns, rules, lists=lists)
    vars(codebook)["version"] = version  # where it stays once it was asked for
    return codebook
