"""What a format of files gives: how a file of it is known, and the articles in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kit.errors import ReadingError
from kit.reading.article import RawArticle

#: How many of a file's first bytes a format is shown.
HEAD = 4096


@dataclass(frozen=True)
class Format:
    """A format of files.

    A new one is a module here that makes a `Format`, and a place in `kit.reading.formats.known.FORMATS`; nothing else
    knows of it. Whatever it finds goes through `kit.reading.article.article_of` (a table) or
    `kit.reading.metadata.own_columns` (a file that states metadata), which read cells in the one way there is.

    Attributes
    ----------
    endings : tuple of str
        Of the names of such files, in small letters, for messages and where content cannot tell.
    holds : {"article", "table", "part"}
        What a file holds: one article, so that a folder may hold many of them; a table of articles; or a part of a
        table, so that a folder of such files is one table.
    recognises : function of (bytes, str)
        Tells a file by its first `HEAD` bytes, whatever its name is; by its name only where content cannot tell, as
        with plain text, or where the content is broken.
    read : function of (Path, str, list of ReadingError)
        Yields the articles of a file (`RawArticle`, one after another, never all at once if it can be helped), given
        the path, the `source` that names it, and the list to which it adds what it cannot use: a cell, a row or the
        file. It raises `ReadingError` for a table that cannot be opened at all. No message holds a path of this
        machine.

    """

    endings: tuple[str, ...]
    holds: Literal["article", "table", "part"]
    recognises: Callable[[bytes, str], bool]
    read: Callable[[Path, str, list[ReadingError]], Iterator[RawArticle]]


def named(*endings: str) -> Callable[[bytes, str], bool]:
    """Return the way to know a file by the end of its name.

    Examples
    --------
    >>> named(".txt")(b"", "A.TXT")
    True

    """
    return lambda _head, name: name.casefold().endswith(endings)


def stem_of(source: str) -> str:
    """Return a source without its ending, which rows without a name are called by.

    Examples
    --------
    >>> stem_of("year=2024/data.csv.gz")
    'year=2024/data'

    """
    folder, slash, name = source.rpartition("/")
    return folder + slash + name.split(".")[0]
