"""Plain text: one article a file."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterator
from pathlib import Path

from kit.errors import ReadingError
from kit.reading.article import RawArticle, composed, unreadable
from kit.reading.formats.contract import Format, named
from kit.reading.metadata import own_columns
from kit.reading.text import decode


def _read(file: Path, source: str, aside: list[ReadingError]) -> Iterator[RawArticle]:
    """Yield the article of a text file, named after the file."""
    try:
        data = _bytes(file, source)
        text, encoding = decode(data, source)
    except OSError as error:
        aside.append(unreadable(error, source))
    except ReadingError as error:
        aside.append(error)
    else:
        digest = hashlib.sha256(data).hexdigest()
        yield RawArticle(composed(file.stem), source, digest, encoding, text, own_columns({})[0])


def _bytes(file: Path, source: str) -> bytes:
    """Return a file's content, but never wait for a pipe or device."""
    if not stat.S_ISREG(file.stat().st_mode):
        raise ReadingError("is not a regular file", place=source, remedy="replace it by a text file")
    return file.read_bytes()


PLAIN_TEXT = Format(endings=(".txt",), holds="article", recognises=named(".txt"), read=_read)
