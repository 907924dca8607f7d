"""From folders and files to a stream of raw articles: one for a corpus of one part, and for one of many."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

import pandas as pd

from kit.errors import ReadingError
from kit.reading.article import RawArticle, composed, name_of, placed, set_aside_table, unique
from kit.reading.columns import require
from kit.reading.dates import Calendar, Convention, decided
from kit.reading.files import IGNORED, METADATA, walk
from kit.reading.formats.contract import File, Options
from kit.reading.formats.known import format_of, read_file, unknown
from kit.reading.metadata import DATES, own_columns
from kit.reading.remarks import Remark
from kit.reading.sheet import Row, read_sheet

_LISTED = 20  # files that an error names
#: Beginnings of names of files that tell of a corpus, and are no part of it.
_NOTES = ("readme", "licence", "license", "datapackage.json", "citation.cff", "changelog")


def read_source(
    path: Path, passed_over: Callable[[Path], bool] | None = None, options: Options | None = None
) -> tuple[list[RawArticle], pd.DataFrame]:
    """Read the articles of a folder or a file, and list what could not be used.

    A folder holds files of the formats in `kit.reading.formats.known`, below ``articles/`` if there is such a folder,
    and may hold ``articles.csv``, one row per file that is one article, joined by the column ``file``.
    """
    aside: list[ReadingError] = []
    found = stream_articles(Path(path), aside, passed_over, options)
    articles = sorted(found, key=lambda article: article.doc_id)
    if not articles:
        raise no_article(Path(path), aside)
    return articles, set_aside_table(aside)


def stream_articles(
    path: Path,
    aside: list[ReadingError],
    passed_over: Callable[[Path], bool] | None = None,
    options: Options | None = None,
) -> Iterator[RawArticle]:
    """Yield the articles of a folder or a file as they are read, each `doc_id` once."""
    yield from unique(every_article(path, aside, passed_over, options), aside)


def every_article(
    path: Path,
    aside: list[ReadingError],
    passed_over: Callable[[Path], bool] | None = None,
    options: Options | None = None,
) -> Iterator[RawArticle]:
    """Yield the articles of a folder or a file, a `doc_id` perhaps again."""
    asked = options or Options()
    if path.is_dir():
        yield from _folder(path, aside, passed_over or (lambda _folder: False), asked)
    elif not path.exists():
        raise ReadingError("does not exist", place=str(path), remedy=_there(path))
    else:
        file = File(path, path.name, aside, asked)
        found = format_of(file)
        if found is None:
            raise unknown(file)
        try:
            yield from read_file(file)
        except ReadingError as error:
            if found.holds != "article":
                raise
            aside.append(error)


def _there(path: Path) -> str:
    """Say what there is where a path does not lead to anything, or how it is reached from the folder of a notebook."""
    above = next((folder / path for folder in Path.cwd().parents if (folder / path).exists()), None)
    if above is not None:
        there = Path(os.path.relpath(above)).as_posix()
        return f"from here it is {there}; kit.load_settings().corpus is the project's corpus in all its folders"
    home = path.parent
    if not home.is_dir():
        return f"check the path: there is no folder {home} either"
    names = sorted(file.name for file in home.iterdir() if not IGNORED.match(file.name))
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
    lost = [error for error in aside if not isinstance(error, Remark)] or aside
    first = f"; the first problem: {lost[0]}" if lost else ""
    a_folder = path is not None and path.is_dir()
    remedy = "put articles there as .txt files, one each" if a_folder else "give at least one row or file with a text"
    return ReadingError(f"no usable article{first}", place=path.name if path else "the table", remedy=remedy)


def _folder(
    folder: Path, aside: list[ReadingError], passed_over: Callable[[Path], bool], options: Options
) -> Iterator[RawArticle]:
    """Read the files of a corpus folder; join their metadata to articles that have a file each."""
    inner = folder / "articles"
    home = inner if inner.is_dir() else folder
    prefix = "articles/" if home == inner else ""
    files = [
        File(path, source, aside, options)
        for path, source in walk(home, prefix, set(), aside, passed_over)
        if not (home == folder and _is_note(source))
    ]
    kinds = {file.source: format_of(file) for file in files}
    single = {source for source, kind in kinds.items() if kind and kind.holds == "article"}
    present = {composed(source.removeprefix(prefix)) for source in single}
    rows, calendar = _described(folder / METADATA, present, aside, options)
    for file in files:
        found = kinds[file.source]
        if (found is None or found.holds == "part") and any(name.startswith("_") for name in file.source.split("/")):
            continue  # as programs name what is no part
        try:
            for article in read_file(file):
                row = rows.get(composed(article.source.removeprefix(prefix))) if file.source in single else None
                yield article if row is None else _joined(article, row, aside, calendar)
        except ReadingError as error:
            aside.append(error)


def _is_note(source: str) -> bool:
    """Tell a file that says something of a corpus and is no part of it."""
    return source.casefold() == METADATA or source.rpartition("/")[2].casefold().startswith(_NOTES)


def _joined(article: RawArticle, row: Row, aside: list[ReadingError], calendar: Calendar) -> RawArticle:
    """Return an article with what ``articles.csv`` says of it."""
    metadata, problems = own_columns(row.cells, without=("file", "doc_id"), calendar=calendar)
    aside += [placed(problem, f"{METADATA}, row {row.number}") for problem in problems]
    stated = {name: cell for name, cell in metadata.items() if cell not in ("", None) or name not in article.metadata}
    return replace(article, doc_id=name_of(row.cells.get("doc_id"), article.doc_id), metadata=article.metadata | stated)


def _described(
    file: Path, present: set[str], aside: list[ReadingError], options: Options
) -> tuple[dict[str, Row], Calendar]:
    """Return the rows of ``articles.csv`` by the file they describe, columns as the kit calls them, and their dates."""
    calendar = Calendar(options.zone)
    if not present or not file.exists():
        return {}, calendar
    try:
        sheet, kept = read_sheet(file, options.naming)
        require(kept.values(), "file", sheet.heading, f"{file.name}, row 1", "the first row is")
    except ReadingError as error:
        aside.append(error)
        return {}, calendar
    rows: dict[str, Row] = {}
    dates = {column: (name, Convention()) for name, column in kept.items() if column in DATES}
    for found in sheet.rows():
        if isinstance(found, ReadingError):
            aside.append(found)
            continue
        row = Row(found.number, {kept[name]: cell for name, cell in found.cells.items()})
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
        for column, (_, convention) in dates.items():
            convention.see(row.cells[column], f"row {row.number}")
    return rows, Calendar(options.zone, decided(dates, file.name, aside))
