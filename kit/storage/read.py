"""Articles of any files as a table, to look at, to mend and to make a corpus of."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from kit.corpus.calls import recorded
from kit.errors import ReadingError
from kit.reading.article import RawArticle
from kit.reading.cells import text_of
from kit.reading.columns import Naming
from kit.reading.dates import WIB, ZONES
from kit.reading.formats.contract import Options
from kit.reading.formats.known import named_format
from kit.reading.formats.packed import TIMES
from kit.reading.metadata import KNOWN
from kit.reading.remarks import Remark
from kit.reading.sources import every_article, no_article
from kit.settings import settings_here
from kit.storage.manifest import is_saved
from kit.wording.words import remark

#: Columns of what is read, before the researcher's own.
COLUMNS = ("doc_id", *KNOWN[1:], "source", "sha256", "reader")
_DIGITS = 6  # of the text's hash in a name
_SHOWN = 3  # problems that the remarks spell out
_NAME = re.compile(r"[^a-z0-9]+")


@recorded("doc_id")
def read_articles(
    paths: str | Path | Sequence[str | Path],
    *,
    kind: str = "",
    columns: Mapping[str, str] | None = None,
    timezone: str = "",
) -> pd.DataFrame:
    r"""Read articles from files of any kind that the kit knows, as a table for `kit.Corpus.from_frame`.

    Text, Markdown, HTML, DOCX, PDF, RTF, XLSX, ODS, CSV, JSON, Parquet, ZIP, WARC and the exports of Nexis and Factiva,
    each known by its content (``docs/reading.md``). Nothing is cleaned yet, and nothing is lost: what cannot be used
    stands in ``attrs["set_aside"]`` with its place, problem and remedy.

    Parameters
    ----------
    paths : str, Path or list of these
        Files and folders.
    kind : str
        Read every file as this kind, as ``"nexis"``; empty to tell each by its content.
    columns : mapping of str to str, optional
        Which column of tables is which, as ``{"text": "Isi"}``; ``[tool.kit] columns`` if left out.
    timezone : {"WIB", "WITA", "WIT"}
        To whose days moments of UTC or another offset are moved; ``[tool.kit] timezone`` if left out.

    Returns
    -------
    DataFrame, one row per article, in the order of files and places
        `doc_id` (str; the source's own, else outlet, date and six digits of the text's SHA-256), `title`, `date`,
        `event_date`, `outlet`, `place`, `author`, `url`, `licence`, `source` (file and place in it), `sha256` (of the
        file, or of a row's text), `reader` (the library that read it, with its version; empty where none was needed),
        own columns of the source, and `text` (all str). ``attrs["found"]`` is how many articles there are, read or set
        aside, and ``attrs["remarks"]`` names the first problems.

    Raises
    ------
    ReadingError
        A path does not exist, `kind` or a column is not known, or nothing can be used.

    Examples
    --------
    >>> import kit, pathlib, tempfile
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "a.csv").write_text("judul;isi\nLoket;Warga dilayani.\nKosong;-\n", encoding="utf-8")
    >>> frame = kit.read_articles(folder)
    >>> frame[["title", "source", "text"]].values.tolist(), frame.attrs["found"]
    ([['Loket', 'a.csv#2', 'Warga dilayani.']], 2)
    >>> frame.attrs["set_aside"][0]["problem"]
    "has no text, but '-'"

    """
    options = options_of(kind=kind, columns=columns, timezone=timezone)
    every = [Path(path) for path in ([paths] if isinstance(paths, (str, Path)) else paths)]
    aside: list[ReadingError] = []
    articles = list(identified(gathered(every, options, aside), aside))
    if not articles:
        raise no_article(every[0] if len(every) == 1 else None, aside)
    frame = table_of(articles)
    lost = [error for error in aside if not isinstance(error, Remark)]
    frame.attrs = {
        "unit": "document",
        "found": len(articles) + len(lost),
        "set_aside": [{"source": e.place, "problem": e.problem, "remedy": e.remedy} for e in aside],
        "remarks": [],
    }
    if aside:
        shown = [f"{error.place}: {error.problem}" for error in aside[:_SHOWN]]
        frame.attrs["remarks"] = [remark("storage.set_aside", n=len(aside), shown=shown)]
    return frame


def options_of(*, kind: str = "", columns: Mapping[str, str] | None = None, timezone: str = "") -> Options:
    """Return how files are read: as it is asked for, else as the project's settings say, where there is one."""
    settings = settings_here()
    if settings is None:
        naming, zone, unpack = Naming(), WIB, TIMES
    else:
        naming, zone, unpack = Naming.parse(settings.columns), settings.timezone, settings.unpack
    if columns is not None:
        naming = Naming.of_mapping(columns, strict=True)
    if kind:
        named_format(kind)
    if timezone and timezone not in ZONES:
        raise ReadingError(f"timezone = {timezone!r}", remedy=f"use one of {', '.join(ZONES)}")
    return Options(naming, timezone or zone, kind, unpack)


def gathered(paths: Sequence[Path], options: Options, aside: list[ReadingError]) -> Iterator[RawArticle]:
    """Yield the articles of files and folders; a folder among several gives its name to what lies in it."""
    for path in paths:
        prefix = f"{path.name}/" if len(paths) > 1 and path.is_dir() else ""
        before = len(aside)
        for article in every_article(path, aside, is_saved, options):
            yield replace(article, source=prefix + article.source) if prefix else article
        if prefix:
            aside[before:] = [_under(prefix, error) for error in aside[before:]]


def _under(prefix: str, error: ReadingError) -> ReadingError:
    """Return an error whose place is in a folder."""
    return type(error)(error.problem, place=prefix + error.place, remedy=error.remedy)


def identified(found: Iterable[RawArticle], aside: list[ReadingError]) -> Iterator[RawArticle]:
    """Yield articles under names of their own, each once; what has the name of another is set aside."""
    texts: dict[str, tuple[str, str]] = {}
    for article in found:
        name = id_of(article)
        text, source = texts.setdefault(name, (article.text, article.source))
        if source == article.source:
            yield replace(article, doc_id=name)
        elif text == article.text:
            problem, remedy = f"is the same as {source}: {name!r}", "nothing needs to be done"
            aside.append(ReadingError(problem, place=article.source, remedy=remedy))
        else:
            problem = f"has the doc_id {name!r} of {source}, whose text is another"
            aside.append(ReadingError(problem, place=article.source, remedy="give each its own doc_id"))


def id_of(article: RawArticle) -> str:
    """Return the name of an article: its own, else outlet and date, or the file's name, and digits of its text."""
    if article.named:
        return article.doc_id
    stated = [article.metadata.get("outlet", ""), article.metadata.get("date", "")]
    words = stated if all(stated) else [article.doc_id.rpartition("/")[2]]
    digits = hashlib.sha256(article.text.encode("utf-8")).hexdigest()[:_DIGITS]
    return "-".join(filter(None, [*map(plain_name, words), digits]))


def plain_name(text: str) -> str:
    """Return a text as a part of a file's name: small letters without accents, digits and hyphens.

    Examples
    --------
    >>> plain_name("Radar Malang, Édisi 2"), plain_name("2024-02-05")
    ('radar-malang-edisi-2', '2024-02-05')

    """
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _NAME.sub("-", bare).strip("-")[:60]


def table_of(articles: Sequence[RawArticle]) -> pd.DataFrame:
    """Return articles as a table of texts."""
    own = dict.fromkeys(name for article in articles for name in article.metadata if name not in COLUMNS)
    rows = [
        {"doc_id": one.doc_id, **one.metadata, "source": one.source, "sha256": one.sha256, "reader": one.reader}
        for one in articles
    ]
    columns = {name: [row.get(name) for row in rows] for name in (*COLUMNS, *own)}
    texts = pd.Series([article.text for article in articles], dtype="str")
    return pd.DataFrame({name: cells_of(cells) for name, cells in columns.items()} | {"text": texts})


def cells_of(cells: Sequence[object]) -> pd.Series:
    """Return a column: as it is if all its cells are numbers, else texts, empty where missing."""
    kinds = {type(cell) for cell in cells if cell is not None}
    if kinds and kinds <= {int, float}:
        return pd.Series(cells)
    return pd.Series(["" if cell is None else text_of(cell) for cell in cells], dtype="str")
