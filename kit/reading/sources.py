"""From a folder or a file to a stream of raw articles: one for a corpus of one part, and for one of many."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

import pandas as pd

from kit.errors import ReadingError
from kit.reading.article import RawArticle, composed, name_of, placed, set_aside_table, unique, unreadable
from kit.reading.formats.contract import Format
from kit.reading.formats.known import endings, format_of
from kit.reading.metadata import own_columns
from kit.reading.sheet import Row, read_sheet

METADATA = "articles.csv"
_LISTED = 20  # files that an error names
_IGNORED = re.compile(r"\.|~|#.*#$|__MACOSX$|Thumbs\.db$|desktop\.ini$|.*(?:~|\.swp|\.bak|\.tmp)$", re.IGNORECASE)


def read_articles(
    path: Path, passed_over: Callable[[Path], bool] | None = None
) -> tuple[list[RawArticle], pd.DataFrame]:
    """Read the articles of a folder or a file.

    A folder holds text files, below ``articles/`` if there is such a folder, and may hold ``articles.csv``, one row
    per text file, joined by the column ``file``; or it holds Parquet files. A file is one text, or a table (CSV or
    JSON lines, also compressed with gzip, or Parquet) with a column ``text`` and ``doc_id`` or ``id``.
    """
    aside: list[ReadingError] = []
    articles = sorted(stream_articles(Path(path), aside, passed_over), key=lambda article: article.doc_id)
    if not articles:
        raise no_article(Path(path), aside)
    return articles, set_aside_table(aside)


def stream_articles(
    path: Path, aside: list[ReadingError], passed_over: Callable[[Path], bool] | None = None
) -> Iterator[RawArticle]:
    """Yield the articles of a folder or a file as they are read."""
    yield from unique(_stream(path, aside, passed_over or (lambda _folder: False)), aside)


def _stream(path: Path, aside: list[ReadingError], passed_over: Callable[[Path], bool]) -> Iterator[RawArticle]:
    """Yield articles, a `doc_id` perhaps again."""
    if path.is_dir():
        yield from _folder(path, aside, passed_over)
    elif not path.exists():
        raise ReadingError("does not exist", place=str(path), remedy=_there(path))
    elif found := format_of(path, path.name):
        yield from found.read(path, path.name, aside)
    else:
        remedy = f"save its text as .txt, or its table as .csv; folders and {endings()} are read"
        raise ReadingError("is no folder, text file or table", place=path.name, remedy=remedy)


def _there(path: Path) -> str:
    """Say what there is where a path does not lead to anything."""
    home = path.parent
    if not home.is_dir():
        return f"check the path: there is no folder {home} either"
    names = sorted(file.name for file in home.iterdir() if not _IGNORED.match(file.name))
    near = _like(path.name, names)
    if near:
        return f"did you mean {home / near}?"
    listed = ", ".join(names[:_LISTED]) + (", …" if names[_LISTED:] else "")
    return f"check the path: in {home.absolute()} there is {listed or 'nothing'}"


def _like(name: str, names: Sequence[str]) -> str:
    """Return the name most like another, endings apart; empty if none is."""
    stems = {one.rpartition(".")[0] or one: one for one in reversed(names)}
    near = get_close_matches(name.rpartition(".")[0] or name, stems, n=1, cutoff=0.75)
    return stems[near[0]] if near else ""


def no_article(path: Path | None, aside: Sequence[ReadingError]) -> ReadingError:
    """Return the error for a source, a table in memory if it has no path, without one usable article."""
    first = f"; the first problem: {aside[0]}" if aside else ""
    a_folder = path is not None and path.is_dir()
    remedy = "put articles there as .txt files, one each" if a_folder else "give at least one row or file with a text"
    return ReadingError(f"no usable article{first}", place=path.name if path else "the table", remedy=remedy)


def _folder(folder: Path, aside: list[ReadingError], passed_over: Callable[[Path], bool]) -> Iterator[RawArticle]:
    """Read the files of a corpus folder; join their metadata to articles that have a file each."""
    inner = folder / "articles"
    home = inner if inner.is_dir() else folder
    prefix = "articles/" if home == inner else ""
    files: list[tuple[Path, str, Format]] = []
    parts: list[tuple[Path, str, Format]] = []
    for file, source in _walk(home, prefix, set(), aside, passed_over):
        found = format_of(file, source)
        if found and found.holds == "article":
            files.append((file, source, found))
        elif found and found.holds == "part":
            if not any(name.startswith("_") for name in source.split("/")):  # as programs name what is no part
                parts.append((file, source, found))
        elif home == inner:
            known = endings("article")
            aside.append(ReadingError(f"is no {known} file", place=source, remedy=f"save its text as {known}"))
    if files and parts:
        problem = f"holds both articles ({files[0][1]}) and parts of a table ({parts[0][1]})"
        raise ReadingError(problem, place=folder.name, remedy="put one kind into a folder of its own")
    for file, source, found in parts:
        yield from found.read(file, source, aside)
    present = {composed(source.removeprefix(prefix)) for _, source, _ in files}
    rows = _described(folder / METADATA, present, aside) if files else {}
    for file, source, found in files:
        for article in found.read(file, source, aside):
            row = rows.get(composed(article.source.removeprefix(prefix)))
            yield article if row is None else _joined(article, row, aside)


def _joined(article: RawArticle, row: Row, aside: list[ReadingError]) -> RawArticle:
    """Return an article with what ``articles.csv`` says of it."""
    metadata, problems = own_columns(row.cells, without=("file", "doc_id"))
    aside += [placed(problem, f"{METADATA}, row {row.number}") for problem in problems]
    stated = {name: cell for name, cell in metadata.items() if cell not in ("", None) or name not in article.metadata}
    return replace(article, doc_id=name_of(row.cells.get("doc_id"), article.doc_id), metadata=article.metadata | stated)


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
        name = composed(row.cells["file"].strip().replace("\\", "/")).removeprefix("articles/")
        if not name:
            aside.append(ReadingError("names no file", place=place, remedy="fill the column 'file' or delete the row"))
        elif name in rows:
            aside.append(
                ReadingError(f"describes {name!r} again, after row {rows[name].number}", place=place, remedy="keep one")
            )
        elif name not in present:
            near = _like(name, sorted(present))
            remedy = f"did you mean {near!r}?" if near else "correct it, or add the file as text"
            aside.append(ReadingError(f"names a missing file, {name[:80]!r}", place=place, remedy=remedy))
        else:
            rows[name] = row
    return rows


def _walk(
    folder: Path, prefix: str, above: set[str], aside: list[ReadingError], passed_over: Callable[[Path], bool]
) -> Iterator[tuple[Path, str]]:
    """Yield the files below a folder, by name, and their sources; hidden files and backups are skipped."""
    here = os.path.realpath(folder)
    place = prefix.rstrip("/") or folder.name
    if here in above:
        aside.append(ReadingError("is a link to a folder above it", place=place, remedy="delete the link"))
        return
    try:
        files = sorted(folder.iterdir(), key=lambda file: file.name)
    except OSError as error:
        aside.append(unreadable(error, place))
        return
    for file in files:
        if _IGNORED.match(file.name):
            continue
        if file.is_dir():
            if not passed_over(file):
                yield from _walk(file, f"{prefix}{file.name}/", above | {here}, aside, passed_over)
        else:
            yield file, prefix + file.name
