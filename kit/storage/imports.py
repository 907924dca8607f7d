"""Taking articles from files of any kind into a corpus folder, or into a saved corpus where they are many."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

import pandas as pd

from kit.errors import ReadingError
from kit.reading.article import RawArticle, set_aside_table
from kit.reading.cells import text_of
from kit.reading.files import METADATA
from kit.reading.formats.contract import File, Options
from kit.reading.formats.known import read_file
from kit.reading.metadata import KNOWN
from kit.reading.remarks import Remark
from kit.reading.sheet import Row, Sheet
from kit.storage.add import add_articles
from kit.storage.manifest import is_saved
from kit.storage.open import open_part, parts_of
from kit.storage.read import gathered, identified, plain_name, table_of

#: More articles than this go into a saved corpus: a folder of so many files is slow to read and to look at.
MANY = 5_000
#: Name of the saved corpus beside the articles, and of the table of what was set aside.
SAVED, ASIDE = "saved", "import-set-aside.csv"
#: Where an article came from, beside what is known of it.
PROVENANCE = ("origin", "origin_sha256", "reader")
_HEADING = ("file", *KNOWN)
_AT_ONCE = 200  # articles between two writings of articles.csv
_SAFE = re.compile(r"(?!(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))[A-Za-z0-9][A-Za-z0-9._-]{0,99}(?<![.])", re.IGNORECASE)


@dataclass(frozen=True)
class Import:
    """What an import did, or would do.

    Attributes
    ----------
    found : int
        Articles there are: those read and those set aside.
    added, already : int
        Of those read: new ones, and ones that the corpus has.
    articles : DataFrame, one row per article that was read
        `doc_id`, `date`, `outlet`, `title`, `source`, `reader` (str), `words` (int), `new` (bool).
    set_aside : DataFrame, one row per article, file or cell that could not be used, or thing to know
        `source`, `problem`, `remedy` (str).
    saved : Path or None
        The saved corpus that they went into, if they are many.

    """

    found: int
    added: int
    already: int
    articles: pd.DataFrame
    set_aside: pd.DataFrame
    saved: Path | None = None


def import_articles(
    paths: Sequence[Path],
    corpus: Path,
    options: Options,
    *,
    dry_run: bool = False,
    many: int = MANY,
    seen: Callable[[int, str], object] = lambda _number, _source: None,
) -> Import:
    """Write the text of every article before cleaning to ``articles/`` of a corpus folder, and a row to articles.csv.

    What is there already is left alone, so that an import that was stopped goes on when it is called again.
    """
    aside: list[ReadingError] = []
    told: list[dict[str, Any]] = []
    stream = _watched(identified(gathered(paths, options, aside), aside), told, seen)
    first = list(islice(stream, many + 1))
    target: _Folder | _Saved
    if len(first) > many or is_saved(corpus):
        target = _Saved(corpus if is_saved(corpus) else corpus / SAVED, aside)
    else:
        target = _Folder(corpus, aside)
    every = chain(first, stream)
    if dry_run:
        added = sum(map(target.is_new, every))
    else:
        added = sum(map(target.add, iter(lambda: list(islice(every, target.at_once)), [])))
    articles = pd.DataFrame(told, columns=["doc_id", "date", "outlet", "title", "source", "reader", "words"])
    refused = {error.place for error in aside if not isinstance(error, Remark)}
    articles = articles[~articles["source"].isin(refused)].reset_index(drop=True)
    lost = sum(not isinstance(error, Remark) for error in aside)
    table = set_aside_table(aside)
    if not dry_run and len(table):
        corpus.mkdir(parents=True, exist_ok=True)
        table.to_csv(corpus / ASIDE, index=False, lineterminator="\n", encoding="utf-8")
    elif not dry_run:
        (corpus / ASIDE).unlink(missing_ok=True)
    saved = target.folder if isinstance(target, _Saved) else None
    return Import(len(articles) + lost, added, len(articles) - added, articles, table, saved)


def _watched(
    found: Iterator[RawArticle], told: list[dict[str, Any]], seen: Callable[[int, str], object]
) -> Iterator[RawArticle]:
    """Yield articles, and note what is to be told of each."""
    for article in found:
        stated = {name: article.metadata.get(name, "") for name in ("date", "outlet", "title")}
        facts = {"doc_id": article.doc_id, **stated, "source": article.source, "reader": article.reader}
        told.append({**facts, "words": len(article.text.split())})
        seen(len(told), article.source)
        yield article


class _Saved:
    """A saved corpus that grows by some thousand articles at a time, each time whole."""

    at_once = MANY

    def __init__(self, folder: Path, aside: list[ReadingError]) -> None:
        self.folder = folder
        self._aside = aside
        self._taken: dict[str, str] = {}
        for part in parts_of(folder) if is_saved(folder) else ():
            documents = open_part(part).documents
            self._taken.update(zip(documents["doc_id"].tolist(), documents["sha256"].tolist(), strict=True))

    def is_new(self, article: RawArticle) -> bool:
        """Tell whether the corpus lacks an article; one of its names with another text is set aside."""
        there = self._taken.get(article.doc_id)
        if there and article.named and there != article.sha256:
            self._aside.append(_other_text(article, "the saved corpus"))
        return there is None

    def add(self, articles: Sequence[RawArticle]) -> int:
        """Add those that the corpus lacks; return how many they are."""
        new = [article for article in articles if self.is_new(article)]
        if new:
            add_articles(table_of(new), self.folder)
            self._taken.update((article.doc_id, article.sha256) for article in new)
        return len(new)


class _Folder:
    """A corpus folder: one text file per article, and articles.csv."""

    at_once = _AT_ONCE

    def __init__(self, folder: Path, aside: list[ReadingError]) -> None:
        self.folder = folder
        self._aside = aside
        self._table = _Table(folder / METADATA)
        self._origins = {(row["origin"], row["origin_sha256"]) for row in self._table.rows if row.get("origin")}
        self._by_name = {row["doc_id"]: row["file"] for row in self._table.rows if row.get("doc_id")}
        self._files = {file.name.casefold() for file in (folder / "articles").glob("*")}

    def is_new(self, article: RawArticle) -> bool:
        """Tell whether the corpus lacks an article; one of its names with another text is set aside."""
        if (article.source, article.sha256) in self._origins:
            return False
        name = self._by_name.get(article.doc_id)
        file = self.folder / "articles" / (name or "")
        if name and not (file.is_file() and file.read_bytes() == article.text.encode("utf-8")):
            self._aside.append(_other_text(article, name))
        return name is None

    def add(self, articles: Sequence[RawArticle]) -> int:
        """Write those that the corpus lacks; return how many they are."""
        home = self.folder / "articles"
        home.mkdir(parents=True, exist_ok=True)
        before = len(self._table.rows)
        for article in articles:
            if self.is_new(article) and (name := self._write(article, home)):
                self._table.add(article, name)
                self._by_name[article.doc_id] = name
                self._origins.add((article.source, article.sha256))
        if len(self._table.rows) > before:
            self._table.write()
        return len(self._table.rows) - before

    def _write(self, article: RawArticle, home: Path) -> str:
        """Write the text of an article, whole or not at all; return the name of its file."""
        name, data = f"{file_stem(article.doc_id)}.txt", article.text.encode("utf-8")
        file = home / name
        if name.casefold() in self._files and not (file.is_file() and file.read_bytes() == data):
            name = f"{file_stem(article.doc_id)}-{hashlib.sha256(article.doc_id.encode()).hexdigest()[:6]}.txt"
            file = home / name
        fresh = home / f".{name}.tmp"
        fresh.write_bytes(data)
        if not _reads_back(File(fresh, name), article.text):
            fresh.unlink()
            problem, remedy = "has a text that would be read as a file of another kind", "put it there by hand"
            self._aside.append(ReadingError(problem, place=article.source, remedy=remedy))
            return ""
        fresh.replace(file)
        self._files.add(name.casefold())
        return name


class _Table:
    """articles.csv, with the rows and columns that it has, to which rows are added."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.heading: list[str] = list(_HEADING)
        self.rows: list[dict[str, str]] = []
        self._sign, self._encoding, self._end = ",", "utf-8", "\n"
        if not file.is_file() or not file.read_bytes().strip():
            return
        sheet = Sheet(file.read_bytes(), "file", file.name)
        for row in sheet.rows():
            if not isinstance(row, Row):
                raise row  # nothing of it is to be lost when it is written again
            self.rows.append({name: str(cell) for name, cell in row.cells.items()})
        self.heading = list(filter(None, sheet.heading))
        self._sign = sheet.delimiter
        self._end = "\r\n" if b"\r\n" in file.read_bytes() else "\n"
        self._encoding = "utf-8-sig" if sheet.encoding == "utf-8-sig" else "utf-8"

    def add(self, article: RawArticle, name: str) -> None:
        """Add the row of an article."""
        cells = {key: text_of(cell) for key, cell in article.metadata.items()}
        origin = dict(zip(PROVENANCE, (article.source, article.sha256, article.reader), strict=True))
        row = {"file": name, "doc_id": article.doc_id, **cells, **origin}
        self.heading += [key for key in row if key not in self.heading]
        self.rows.append(row)

    def write(self) -> None:
        """Write the table, whole or not at all."""
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, self.heading, delimiter=self._sign, restval="", lineterminator=self._end)
        writer.writeheader()
        writer.writerows(self.rows)
        fresh = self.file.with_name(f".{self.file.name}.tmp")
        fresh.write_bytes(text.getvalue().encode(self._encoding))
        fresh.replace(self.file)


def _reads_back(file: File, text: str) -> bool:
    """Tell whether a file that was written is read as the text that it is."""
    try:
        return [article.text for article in read_file(file)] == [text.removeprefix("\ufeff")]
    except ReadingError:
        return False


def _other_text(article: RawArticle, there: str) -> ReadingError:
    """Return the error for an article whose name another has."""
    problem = f"has the doc_id {article.doc_id!r} of {there}, whose text is another"
    remedy = "give it another doc_id, or delete that article first"
    return ReadingError(problem, place=article.source, remedy=remedy)


def file_stem(doc_id: str) -> str:
    """Return the name of an article's file, which every system can hold.

    Examples
    --------
    >>> file_stem("kompas-2024"), file_stem("berita/12?a")
    ('kompas-2024', 'berita-12-a-9b4932')

    """
    if _SAFE.fullmatch(doc_id):
        return doc_id
    digits = hashlib.sha256(doc_id.encode("utf-8")).hexdigest()[:6]
    return "-".join(filter(None, (plain_name(doc_id), digits)))
