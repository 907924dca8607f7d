"""The kinds ``nexis`` and ``factiva``, for files that are to be exports of these databases and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kit.errors import ReadingError
from kit.reading.article import RawArticle
from kit.reading.formats.contract import File, Format


def asked_for(name: str, read_file: Callable[[File], Iterator[RawArticle]]) -> Format:
    """Return the format of a database: files are read as what they are, and must be its exports."""

    def read(file: File) -> Iterator[RawArticle]:
        """Yield the articles of an export; refuse a file that is none."""
        for article in read_file(File(file.path, file.source, file.aside)):
            if not article.reader.startswith(name):
                remedy = "leave out --as, and its kind is told by its content"
                raise ReadingError(f"is no export of {name}", place=file.source, remedy=remedy)
            yield article

    return Format(name.casefold(), (), "articles", lambda _file: False, read)
