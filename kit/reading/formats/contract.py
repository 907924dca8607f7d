"""What a format of files gives: how a file of it is known, and the articles in it."""

from __future__ import annotations

import gzip
import hashlib
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import IO, Any, Literal, cast

from kit.errors import ReadingError
from kit.reading.article import RawArticle, composed, name_of, no_book
from kit.reading.columns import Naming
from kit.reading.dates import WIB, Calendar
from kit.reading.formats.packed import TIMES, Bound, bounded
from kit.reading.metadata import own_columns
from kit.reading.remarks import unreadable

#: How many of a file's first bytes a format is shown.
HEAD = 1 << 16
GZIP = b"\x1f\x8b"
ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class Options:
    """How files are to be read.

    Attributes
    ----------
    naming : Naming
        How columns of tables are named.
    zone : str
        The zone to whose days moments of UTC or of another offset are moved: WIB, WITA or WIT.
    kind : str
        Name of a format that every file is to have; empty to tell each by its content.
    unpack : int
        How many times its own size a packed file may unpack into.

    """

    naming: Naming = field(default_factory=Naming)
    zone: str = WIB
    kind: str = ""
    unpack: int = TIMES


@dataclass(frozen=True)
class File:
    """A file that may hold articles.

    Attributes
    ----------
    path : Path
        Where it lies.
    source : str
        What names it in tables and messages, which hold no path of this machine.
    aside : list of ReadingError
        To which a format adds what it cannot use: a cell, a row or the file.
    options : Options
        How it is to be read.

    """

    path: Path
    source: str
    aside: list[ReadingError] = field(default_factory=list)
    options: Options = field(default_factory=Options)

    @property
    def name(self) -> str:
        """Its name in small letters, without what says that it is compressed."""
        return self.source.rpartition("/")[2].casefold().removesuffix(".gz")

    @cached_property
    def head(self) -> bytes:
        """Its first bytes, decompressed; none if it is a pipe or cannot be read: who reads it says why."""
        try:
            if not stat.S_ISREG(self.path.stat().st_mode):
                return b""
            with self.open() as stream:
                return stream.read(HEAD)
        except (OSError, EOFError, ValueError, zlib.error):
            return b""

    @cached_property
    def members(self) -> frozenset[str]:
        """Names of the files inside, if it is a zip: DOCX, XLSX and ODS are."""
        if not self.head.startswith(ZIP):
            return frozenset()
        try:
            with zipfile.ZipFile(self.path) as inside:
                return frozenset(inside.namelist())
        except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
            return frozenset()

    def open(self) -> IO[bytes]:
        """Open it for reading, decompressed if it is gzip; never wait for a pipe or device."""
        if not stat.S_ISREG(self.path.stat().st_mode):
            raise ReadingError("is not a regular file", place=self.source, remedy="replace it by a file")
        with self.path.open("rb") as stream:
            compressed = stream.read(len(GZIP)) == GZIP
        if not compressed:
            return self.path.open("rb")
        return bounded(cast("IO[bytes]", gzip.open(self.path)), self.bound(), self.source)

    def bound(self) -> Bound:
        """Return how much it may unpack into."""
        return Bound(self.path.stat().st_size, self.options.unpack)

    @cached_property
    def data(self) -> bytes:
        """All of it, decompressed if it is gzip."""
        try:
            with self.open() as stream:
                return stream.read()
        except (OSError, EOFError, ValueError, zlib.error) as error:
            raise unreadable(error, self.source) from error

    @cached_property
    def digest(self) -> str:
        """SHA-256 of its bytes as they lie there."""
        with self.path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()

    def article(self, text: str, encoding: str, stated: dict[str, Any] | None = None, reader: str = "") -> RawArticle:
        """Return the one article of this file, named after it."""
        cells = dict(stated or {})
        own = name_of(cells.pop("doc_id", None), " ").strip()
        metadata, problems = own_columns(cells, calendar=Calendar(self.options.zone))
        self.aside.extend(problem.at(self.source) for problem in problems)
        name = composed(self.source.rpartition("/")[2].partition("#")[0]).removesuffix(".gz")
        stem = name.rpartition(".")[0] or name
        no_book(text, self.source)
        return RawArticle(own or stem, self.source, self.digest, encoding, text, metadata, reader, named=bool(own))


@dataclass(frozen=True)
class Format:
    """A format of files.

    A new one is a module here that makes a `Format`, and a place in `kit.reading.formats.known.FORMATS`; nothing else
    knows of it. Whatever it finds goes through `kit.reading.tables.articles_of` (a table) or `File.article` (a file
    that holds one), which read cells in the one way there is.

    Attributes
    ----------
    name : str
        What ``--as`` calls it.
    endings : tuple of str
        Of the names of such files, in small letters, for messages and where content cannot tell.
    holds : {"article", "articles", "part"}
        What a file holds: one article, to which ``articles.csv`` may add what is known of it; many; or a part of a
        table, so that a folder of such files is one table.
    recognises : function of File
        Tells a file by its content (its `head`, its `members`), whatever its name is; by its name only where content
        cannot tell, as with plain text, or where the content is broken.
    read : function of File
        Yields the articles of a file (`RawArticle`, one after another, never all at once if it can be helped). It
        raises `ReadingError` for a file that cannot be used at all.

    """

    name: str
    endings: tuple[str, ...]
    holds: Literal["article", "articles", "part"]
    recognises: Callable[[File], bool]
    read: Callable[[File], Iterator[RawArticle]]


def named(*endings: str) -> Callable[[File], bool]:
    """Return the way to know a file by the end of its name.

    Examples
    --------
    >>> named(".txt")(File(Path("gone"), "A.TXT"))
    True

    """
    return lambda file: file.name.endswith(endings)


def stem_of(source: str) -> str:
    """Return a source without its ending, which rows without a name are called by.

    Examples
    --------
    >>> stem_of("year=2024/data.csv.gz")
    'year=2024/data'

    """
    folder, slash, name = source.rpartition("/")
    return folder + slash + name.split(".")[0]
