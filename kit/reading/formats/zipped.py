"""ZIP: whatever files are inside, each as it would be read by itself."""

from __future__ import annotations

import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from kit.errors import ReadingError
from kit.reading.article import RawArticle
from kit.reading.formats.contract import ZIP, File, Format
from kit.reading.formats.packed import Bound, copied

_LARGEST = 4 << 30  # bytes of one file inside
_DEEPEST = 3  # zips in zips
_DOCUMENT = {"mimetype", "[Content_Types].xml"}  # one of them is inside every document that is a zip
_DOCUMENTS = (".docx", ".xlsx", ".ods", ".odt", ".xlsm", ".xlsb")


def reader_of(read_file: Callable[[File], Iterator[RawArticle]], ignored: Callable[[str], bool]) -> Format:
    """Return the format, which reads what is inside by the formats there are."""

    def read(file: File) -> Iterator[RawArticle]:
        """Yield the articles of all files inside, by name."""
        if file.source.count(".zip/") >= _DEEPEST:
            raise ReadingError("is a zip in a zip in a zip", place=file.source, remedy="unpack it")
        try:
            with zipfile.ZipFile(file.path) as inside, tempfile.TemporaryDirectory() as folder:
                bound = file.bound()
                for member in sorted(inside.infolist(), key=lambda member: member.filename):
                    if member.is_dir() or any(ignored(part) for part in member.filename.split("/") if part.strip(".")):
                        continue
                    one = File(Path(folder) / "member", f"{file.source}/{member.filename}", file.aside, file.options)
                    try:
                        _unpack(inside, member, one, bound)
                        yield from read_file(one)
                    except ReadingError as error:
                        file.aside.append(error)
        except (OSError, zipfile.BadZipFile, EOFError) as error:
            raise ReadingError("is a damaged zip file", place=file.source, remedy="get it anew") from error

    def is_zip(file: File) -> bool:
        """Tell a zip that is no document of a program, which is a zip too."""
        return file.head.startswith(ZIP) and not (file.members & _DOCUMENT) and not file.name.endswith(_DOCUMENTS)

    return Format("zip", (".zip",), "articles", is_zip, read)


def _unpack(inside: zipfile.ZipFile, member: zipfile.ZipInfo, file: File, bound: Bound) -> None:
    """Write a file that is inside to where it can be read."""
    if member.file_size > _LARGEST:
        raise ReadingError("is larger than 4 GB", place=file.source, remedy="unpack it")
    try:
        with inside.open(member) as stream, file.path.open("wb") as target:
            copied(stream, target, bound, file.source)
    except (RuntimeError, NotImplementedError) as error:
        raise ReadingError(f"cannot be unpacked ({error})", place=file.source, remedy="unpack it yourself") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise ReadingError("is damaged inside the zip", place=file.source, remedy="get the zip anew") from error
