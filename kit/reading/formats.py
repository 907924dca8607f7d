"""From files to raw articles: a folder of text files with its metadata, one text file, or one table."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import stat
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from kit.errors import ReadingError
from kit.reading.metadata import Row, Sheet, own_columns, read_sheet
from kit.reading.text import decode

TABLES = (".csv", ".jsonl", ".csv.gz", ".jsonl.gz")
METADATA = "articles.csv"
_IGNORED = re.compile(r"\.|~|#.*#$|__MACOSX$|Thumbs\.db$|desktop\.ini$|.*(?:~|\.swp|\.bak|\.tmp)$", re.IGNORECASE)


@dataclass(frozen=True)
class RawArticle:
    """An article as it was found.

    Attributes
    ----------
    doc_id : str
    source : str
        POSIX path relative to the corpus folder; ``#row`` names the row of a table, the heading of a CSV being row 1.
    sha256 : str
        Of the file's bytes, or of a row's text in UTF-8.
    encoding : str
        What it was decoded from.
    text : str
        Decoded; nothing taken out.
    metadata : dict of str
        The kit's columns, empty where not stated, and the researcher's own.

    """

    doc_id: str
    source: str
    sha256: str
    encoding: str
    text: str
    metadata: dict[str, str]


def read_articles(path: Path) -> tuple[list[RawArticle], pd.DataFrame]:
    """Read the articles of a folder or a file.

    A folder holds text files, below ``articles/`` if there is such a folder, and may hold ``articles.csv``, one row
    per text file, joined by the column ``file``. A file is one text, or a table (CSV or JSON lines, also compressed
    with gzip) with a column ``text`` and ``doc_id`` or ``id``.

    Parameters
    ----------
    path : Path
        Folder or file.

    Returns
    -------
    articles : list of RawArticle
        Sorted by `doc_id`, which is unique.
    set_aside : DataFrame, one row per thing that could not be used
        `source`, `problem`, `remedy` (str). A bad file or cell never stops the others.

    Raises
    ------
    ReadingError
        `path` does not exist, is of an unknown kind, or holds no usable article.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "a.txt").write_text("Layanan dibuka.", encoding="utf-8")
    >>> _ = (folder / "b.txt").write_bytes(b"")
    >>> articles, set_aside = read_articles(folder)
    >>> [article.doc_id for article in articles], set_aside.values.tolist()
    (['a'], [['b.txt', 'is empty', 'fill it or delete it']])

    """
    aside: list[ReadingError] = []
    articles = sorted(unique(stream_articles(Path(path), aside), aside), key=lambda article: article.doc_id)
    if not articles:
        raise no_article(Path(path).name, aside)
    rows = [(error.place, error.problem, error.remedy) for error in aside]
    return articles, pd.DataFrame(rows, columns=["source", "problem", "remedy"], dtype="str")


def stream_articles(path: Path, aside: list[ReadingError]) -> Iterator[RawArticle]:
    """Yield the articles of a folder or a file as they are read.

    Parameters
    ----------
    path : Path
        As in `read_articles`.
    aside : list of ReadingError
        What could not be used is added to it on the way.

    Yields
    ------
    RawArticle
        By the names of files, or by the rows of a table; a `doc_id` may come again.

    Raises
    ------
    ReadingError
        `path` does not exist or is of an unknown kind.

    """
    if path.is_dir():
        yield from _folder(path, aside)
    elif not path.exists():
        raise ReadingError("does not exist", place=str(path), remedy="check the path")
    elif path.name.casefold().endswith(TABLES):
        yield from _table(path, aside)
    elif path.suffix.casefold() == ".txt":
        yield from _texts([(path, path.name)], aside)
    else:
        raise ReadingError(
            "is no folder, text file or table", place=path.name, remedy="use a folder, .txt, " + ", ".join(TABLES)
        )


def no_article(place: str, aside: list[ReadingError]) -> ReadingError:
    """Return the error for a source without one usable article."""
    first = f"; the first problem: {aside[0]}" if aside else ""
    return ReadingError(f"no usable article{first}", place=place, remedy="put articles there as .txt files, one each")


def _folder(folder: Path, aside: list[ReadingError]) -> Iterator[RawArticle]:
    """Read the text files of a corpus folder and join their metadata."""
    inner = folder / "articles"
    home = inner if inner.is_dir() else folder
    prefix = "articles/" if home == inner else ""
    files = []
    for file, source in _walk(home, prefix, set(), aside):
        if file.suffix.casefold() == ".txt":
            files.append((file, source))
        elif home == inner:
            aside.append(ReadingError("is no .txt file", place=source, remedy="save its text as .txt"))
    present = {_composed(source.removeprefix(prefix)) for _, source in files}
    rows = _described(folder / METADATA, present, aside)
    for article in _texts(files, aside):
        row = rows.get(_composed(article.source.removeprefix(prefix)))
        if row is None:
            yield article
            continue
        metadata, problems = own_columns(row.cells, without=("file", "doc_id"))
        aside += [_placed(problem, f"{METADATA}, row {row.number}") for problem in problems]
        doc_id = _composed(row.cells.get("doc_id", "").strip()) or article.doc_id
        yield replace(article, doc_id=doc_id, metadata=metadata)


def _described(file: Path, present: set[str], aside: list[ReadingError]) -> dict[str, Row]:
    """Return the rows of ``articles.csv`` by the file they describe."""
    if not file.exists():
        return {}
    try:
        sheet = read_sheet(file, "file")
    except ReadingError as error:
        aside.append(error)
        return {}
    rows: dict[str, Row] = {}
    for row in sheet.rows():
        if isinstance(row, ReadingError):
            aside.append(row)
            continue
        place = f"{file.name}, row {row.number}"
        name = _composed(row.cells["file"].strip().replace("\\", "/")).removeprefix("articles/")
        if not name:
            aside.append(ReadingError("names no file", place=place, remedy="fill the column 'file' or delete the row"))
        elif name in rows:
            aside.append(
                ReadingError(f"describes {name!r} again, after row {rows[name].number}", place=place, remedy="keep one")
            )
        elif name not in present:
            aside.append(
                ReadingError(f"names a missing file, {name[:80]!r}", place=place, remedy="correct it or add the file")
            )
        else:
            rows[name] = row
    return rows


def _walk(folder: Path, prefix: str, above: set[str], aside: list[ReadingError]) -> Iterator[tuple[Path, str]]:
    """Yield the files below a folder, by name, and their sources; hidden files and backups are skipped."""
    here = os.path.realpath(folder)
    place = prefix.rstrip("/") or folder.name
    if here in above:
        aside.append(ReadingError("is a link to a folder above it", place=place, remedy="delete the link"))
        return
    try:
        files = sorted(folder.iterdir(), key=lambda file: file.name)
    except OSError as error:
        aside.append(_unreadable(error, place))
        return
    for file in files:
        if _IGNORED.match(file.name):
            continue
        if file.is_dir():
            yield from _walk(file, f"{prefix}{file.name}/", above | {here}, aside)
        else:
            yield file, prefix + file.name


def _texts(files: Iterable[tuple[Path, str]], aside: list[ReadingError]) -> Iterator[RawArticle]:
    """Read text files, one article each."""
    for file, source in files:
        try:
            data = _bytes(file, source)
            text, encoding = decode(data, source)
        except OSError as error:
            aside.append(_unreadable(error, source))
        except ReadingError as error:
            aside.append(error)
        else:
            digest = hashlib.sha256(data).hexdigest()
            yield RawArticle(_composed(file.stem), source, digest, encoding, text, own_columns({})[0])


def _bytes(file: Path, source: str) -> bytes:
    """Return a file's content, but never wait for a pipe or device."""
    if not stat.S_ISREG(file.stat().st_mode):
        raise ReadingError("is no regular file", place=source, remedy="replace it by a text file")
    return file.read_bytes()


def _table(file: Path, aside: list[ReadingError]) -> Iterator[RawArticle]:
    """Read a table, one article per row."""
    rows = _lines(file, aside) if ".jsonl" in file.name.casefold() else _cells(file, aside)
    stem = file.name.split(".")[0]
    for row, encoding in rows:
        source = f"{file.name}#{row.number}"
        text = row.cells.get("text", "")
        if not text.strip():
            aside.append(ReadingError("has no text", place=source, remedy="fill the column 'text' or delete the row"))
            continue
        try:
            digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
        except UnicodeEncodeError:
            aside.append(ReadingError("has half a character in it", place=source, remedy="export the table again"))
            continue
        key = "doc_id" if "doc_id" in row.cells else "id"
        metadata, problems = own_columns(row.cells, without=("text", key))
        aside += [_placed(problem, source) for problem in problems]
        doc_id = _composed(row.cells.get(key, "").strip()) or f"{stem}-{row.number:07d}"
        yield RawArticle(doc_id, source, digest, encoding, text, metadata)


def _cells(file: Path, aside: list[ReadingError]) -> Iterator[tuple[Row, str]]:
    """Yield the rows of a CSV table; a table that cannot be opened at all is an error."""
    try:
        data = file.read_bytes()
        sheet = Sheet(gzip.decompress(data) if file.suffix.casefold() == ".gz" else data, "text", file.name)
    except (OSError, EOFError, zlib.error) as error:
        raise _unreadable(error, file.name) from error
    for row in sheet.rows():
        if isinstance(row, ReadingError):
            aside.append(row)
        else:
            yield row, sheet.encoding


def _lines(file: Path, aside: list[ReadingError]) -> Iterator[tuple[Row, str]]:
    """Yield the objects of a JSON-lines table, one line at a time."""
    number = 0
    try:
        with gzip.open(file) if file.suffix.casefold() == ".gz" else file.open("rb") as stream:
            for number, line in enumerate(stream, start=1):
                content = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
                if content.strip():
                    try:
                        yield Row(number, _object(content)), "utf-8"
                    except ValueError as error:
                        aside.append(
                            ReadingError(
                                f"is no JSON object in UTF-8 ({error})",
                                place=f"{file.name}#{number}",
                                remedy="mend or delete the line",
                            )
                        )
    except (OSError, EOFError, zlib.error) as error:
        aside.append(_unreadable(error, f"{file.name}, after line {number}"))


def _object(line: bytes) -> dict[str, str]:
    """Parse one line as an object whose values are texts."""
    value = json.loads(line.decode("utf-8"))
    if not isinstance(value, dict):
        raise ValueError("not an object")  # noqa: TRY004 - caught with json's own ValueError
    return {name: _as_text(cell) for name, cell in value.items()}


def _as_text(cell: object) -> str:
    """Write a JSON value as text; what is missing is empty."""
    if isinstance(cell, str):
        return cell
    if cell is None or cell != cell:  # noqa: PLR0124 - NaN
        return ""
    return json.dumps(cell, ensure_ascii=False, sort_keys=True)


def unique(found: Iterable[RawArticle], aside: list[ReadingError]) -> Iterator[RawArticle]:
    """Yield the first article of every `doc_id`; the others are set aside."""
    sources: dict[str, str] = {}
    for article in found:
        first = sources.setdefault(article.doc_id, article.source)
        if first == article.source:
            yield article
        else:
            aside.append(
                ReadingError(
                    f"has the doc_id {article.doc_id!r} of {first}",
                    place=article.source,
                    remedy="give each its own doc_id",
                )
            )


def _unreadable(error: OSError | EOFError | zlib.error, place: str) -> ReadingError:
    """Say that a file or folder is refused by the system or broken; the message holds no path of this machine."""
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return ReadingError(f"cannot be read ({reason})", place=place, remedy="check the link, the permissions or the file")


def _composed(name: str) -> str:
    """Return a name in NFC, as file names are not on every system."""
    return unicodedata.normalize("NFC", name)


def _placed(error: ReadingError, place: str) -> ReadingError:
    """Return an error with its place."""
    return ReadingError(error.problem, place=place, remedy=error.remedy)
