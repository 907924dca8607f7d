"""The formats there are, and which of them a file has."""

from __future__ import annotations

import stat
from pathlib import Path

from kit.reading.formats.contract import HEAD, Format
from kit.reading.formats.csv_table import CSV
from kit.reading.formats.json_lines import JSON_LINES
from kit.reading.formats.parquet import PARQUET
from kit.reading.formats.plain_text import PLAIN_TEXT

#: In the order in which they are tried: those that content tells stand first.
FORMATS = (PARQUET, CSV, JSON_LINES, PLAIN_TEXT)


def format_of(file: Path, name: str) -> Format | None:
    """Return the format of a file, by its content where that can tell.

    Examples
    --------
    >>> format_of(Path("a.txt"), "a.txt") is PLAIN_TEXT, format_of(Path("a.docx"), "a.docx")
    (True, None)

    """
    head = _head(file)
    return next((one for one in FORMATS if one.recognises(head, name)), None)


def endings(*kinds: str) -> str:
    """List the endings of file names, of all formats or of those that hold a kind of thing.

    Examples
    --------
    >>> endings("article")
    '.txt'

    """
    return ", ".join(
        ending for one in reversed(FORMATS) if one.holds in (kinds or (one.holds,)) for ending in one.endings
    )


def _head(file: Path) -> bytes:
    """Return a file's first bytes, but never wait for a pipe; who reads the file says why it cannot be read."""
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            return b""
        with file.open("rb") as stream:
            return stream.read(HEAD)
    except OSError:
        return b""
