"""The formats there are, and which of them a file has."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from kit.errors import KitError, ReadingError
from kit.reading.article import RawArticle
from kit.reading.files import IGNORED
from kit.reading.formats.contract import File, Format
from kit.reading.formats.csv_table import CSV
from kit.reading.formats.exported import asked_for
from kit.reading.formats.json_lines import JSON_LINES
from kit.reading.formats.leipzig_corpus import LEIPZIG
from kit.reading.formats.open_document import OPEN_DOCUMENT
from kit.reading.formats.parquet import PARQUET
from kit.reading.formats.plain_text import MARKDOWN, PLAIN_TEXT
from kit.reading.formats.printed import PDF
from kit.reading.formats.rich_text import RICH_TEXT
from kit.reading.formats.web_archive import ARCHIVE
from kit.reading.formats.web_page import HTML
from kit.reading.formats.word import WORD
from kit.reading.formats.workbook import WORKBOOK
from kit.reading.formats.zipped import reader_of


def read_file(file: File) -> Iterator[RawArticle]:
    """Yield the articles of a file of any format.

    What makes a library fail is one file, which is named; the others are read.
    """
    found = format_of(file)
    if found is None:
        raise unknown(file)
    try:
        yield from found.read(file)
    except KitError:
        raise
    except OSError as error:
        raise ReadingError(
            f"cannot be read ({error.strerror or type(error).__name__})",
            place=file.source,
            remedy="check the link, the permissions or the file",
        ) from error
    except Exception as error:
        problem = f"is damaged, or the reader of {found.name} fails at it ({type(error).__name__})"
        remedy = "open it in the program it comes from and save it anew, or save its text as .txt"
        raise ReadingError(problem, place=file.source, remedy=remedy) from error


#: In the order in which they are tried: those that content tells stand first.
FORMATS = (
    PARQUET,
    PDF,
    RICH_TEXT,
    ARCHIVE,
    HTML,
    WORD,
    OPEN_DOCUMENT,
    WORKBOOK,
    reader_of(read_file, lambda name: IGNORED.match(name) is not None),
    MARKDOWN,
    JSON_LINES,
    LEIPZIG,
    CSV,
    PLAIN_TEXT,
    asked_for("Nexis", read_file),
    asked_for("Factiva", read_file),
)


def format_of(file: File) -> Format | None:
    """Return the format of a file, by its content where that can tell, or the one that was asked for.

    Examples
    --------
    >>> from pathlib import Path
    >>> format_of(File(Path("a.txt"), "a.txt")) is PLAIN_TEXT, format_of(File(Path("a.exe"), "a.exe"))
    (True, None)

    """
    if kind := file.options.kind:
        return named_format(kind)
    return next((one for one in FORMATS if one.recognises(file)), None)


def named_format(kind: str) -> Format:
    """Return the format of a name."""
    names = {one.name: one for one in FORMATS}
    if kind not in names:
        near = get_close_matches(kind.casefold(), names, n=1)
        remedy = f"did you mean {near[0]}?" if near else f"use one of {', '.join(names)}"
        raise ReadingError(f"there is no kind {kind!r} of file", remedy=remedy)
    return names[kind]


def unknown(file: File) -> ReadingError:
    """Return the error for a file of no format that is known."""
    told = next((say for sign, say in _FOREIGN if file.head.startswith(sign)), "")
    if file.members:
        told = "a document of a program of its own (slides, an electronic book, a drawing, …)"
    remedy = "save its text as .txt, or its table as .csv; docs/reading.md lists the kinds"
    return ReadingError(f"is {told or 'of no kind that is read'}", place=file.source, remedy=remedy)


_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "an old Word file (.doc) or another of that kind"),
    (b"\x80\x03", "a pickle, which only the program that wrote it should open"),
    (b"\x80\x04", "a pickle, which only the program that wrote it should open"),
    (b"\x80\x05", "a pickle, which only the program that wrote it should open"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"Rar!", "an archive of a kind that is not read (RAR); unpack it"),
    (b"7z\xbc\xaf", "an archive of a kind that is not read (7z); unpack it"),
)


def endings(*kinds: str) -> str:
    """List the endings of file names, of all formats or of those that hold a kind of thing.

    Examples
    --------
    >>> endings("part")
    '.parquet, .pq'

    """
    return ", ".join(
        ending for one in reversed(FORMATS) if one.holds in (kinds or (one.holds,)) for ending in one.endings
    )
