"""Articles in batches of some megabytes of text, from whatever holds them, without ever holding all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from kit.corpus.corpus import Corpus
from kit.corpus.frames import columns_of, names_of, text_column, texts_of
from kit.corpus.tables import assemble
from kit.errors import CorpusError, ReadingError
from kit.reading.formats import RawArticle, stream_articles, unique
from kit.reading.news import clean as clean_news
from kit.storage.load import metadata_of
from kit.storage.manifest import is_saved, refuse_saved

#: Rows of a table that are looked at at once.
ROWS = 128

_PARQUET = (".parquet", ".pq")
_HALF = re.compile("[\ud800-\udfff]")
_SHOWN = 3


@dataclass(frozen=True)
class Batch:
    """Articles that will be a part.

    Attributes
    ----------
    articles : list of DataFrame, or list of RawArticle
        Rows with `doc_id`, `text` and metadata; or what was read from files. Possibly none.
    set_aside : list of ReadingError
        What could not be used, before the first of these articles or between them.

    """

    articles: Sequence[Any]
    set_aside: Sequence[ReadingError]

    def corpus(self, *, clean: bool) -> Corpus:
        """Return the articles, cleaned if asked for, and indexed."""
        rows = [(error.place, error.problem, error.remedy) for error in self.set_aside]
        aside = pd.DataFrame(rows, columns=["source", "problem", "remedy"], dtype="str")
        if isinstance(self.articles[0], RawArticle):
            columns: dict[str, Any] = dict(metadata_of(self.articles))
            texts = text_column([article.text for article in self.articles])
        else:
            columns = dict(columns_of(pd.concat(self.articles, ignore_index=True)))
            texts = text_column(columns.pop("text"))
        return Corpus(*assemble(columns, [clean_news(text) for text in texts.tolist()] if clean else texts, aside))


def batches(source: Any, size: int, taken: AbstractSet[str]) -> Iterator[Batch]:
    """Yield the articles of a source in batches.

    Parameters
    ----------
    source : DataFrame, str or Path
        See `kit.add_articles`.
    size : int
        Characters of text that a batch holds; the last piece of it may go beyond.
    taken : set of str
        Every `doc_id` that stands in the corpus already.

    Yields
    ------
    Batch
        All but the last have articles.

    Raises
    ------
    ReadingError
        The source cannot be read.
    CorpusError
        A `doc_id` is taken, a table has no `doc_id` or `text`, or the source is no table, file or folder.

    """
    aside: list[ReadingError] = []
    waiting: list[Any] = []
    filled = before = 0
    for piece, length in _pieces(source, aside, taken):
        if filled >= size:
            yield Batch(waiting, aside[:before])
            del aside[:before]
            waiting, filled = [], 0
        waiting.append(piece)
        filled += length
        before = len(aside)
    yield Batch(waiting, aside)


def _pieces(source: Any, aside: list[ReadingError], taken: AbstractSet[str]) -> Iterator[tuple[Any, int]]:
    """Yield articles, or some rows of a table, and how many characters of text they have."""
    if isinstance(source, pd.DataFrame):
        tables: Iterator[tuple[pd.DataFrame, str, int]] = _slices(source)
    elif not isinstance(source, (str, Path)):
        problem = f"articles cannot be read from an object of type {type(source).__name__}"
        raise CorpusError(problem, remedy="give a DataFrame or a path; a Corpus is saved with corpus.save")
    elif _is_parquet(Path(source)):
        tables = _row_groups(Path(source))
    else:
        refuse_saved(Path(source))
        for article in unique(stream_articles(Path(source), aside), aside):
            _refuse([article.doc_id], taken)
            yield article, len(article.text)
        return
    seen: dict[str, str] = {}
    for table, name, first in tables:
        try:
            named = table.set_axis(names_of(table), axis=1)
        except CorpusError as error:
            raise CorpusError(error.problem, place=name.rpartition("#")[0], remedy=error.remedy) from None
        usable = _usable(named, [f"{name}{first + row}" for row in range(len(table))], seen, aside)
        if len(usable):
            _refuse(texts_of(usable["doc_id"]), taken)
            yield usable, sum(map(len, usable["text"].map(str)))


def _slices(frame: pd.DataFrame) -> Iterator[tuple[pd.DataFrame, str, int]]:
    """Yield some rows after the other."""
    for first in range(0, max(len(frame), 1), ROWS):
        yield frame.iloc[first : first + ROWS], "row ", first


def _is_parquet(path: Path) -> bool:
    """Tell whether a path is a Parquet file or a folder of such files."""
    if path.is_dir():
        return any(_parquet_files(path))
    return path.suffix.casefold() in _PARQUET and path.exists()


def _parquet_files(folder: Path) -> list[Path]:
    """Return the Parquet files below a folder, by name, but those hidden, with an underscore first, or catalogues."""
    found = [file for file in folder.rglob("*") if file.suffix.casefold() in _PARQUET and file.is_file()]
    found = [file for file in found if not is_saved(file.parent)]
    names = [(file.relative_to(folder).as_posix(), file) for file in found]
    return [file for name, file in sorted(names) if not any(part[0] in "._" for part in name.split("/"))]


def _row_groups(path: Path) -> Iterator[tuple[pd.DataFrame, str, int]]:
    """Yield some rows of Parquet files after the other; no more than these are decoded."""
    import pyarrow as pa  # noqa: PLC0415 - who has no Parquet does without
    import pyarrow.parquet as pq  # noqa: PLC0415

    for file in _parquet_files(path) if path.is_dir() else [path]:
        name = f"{file.relative_to(path).as_posix() if path.is_dir() else file.name}#"
        first = 0
        try:
            with pq.ParquetFile(file, pre_buffer=False) as content:
                for rows in content.iter_batches(ROWS):
                    table = rows.to_pandas()
                    if "doc_id" in table.columns and pa.types.is_integer(rows.schema.field("doc_id").type):
                        # with a gap pandas makes numbers floats, and ids of 17 digits and more others
                        table["doc_id"] = rows.column("doc_id").cast(pa.string()).to_pylist()
                    yield table, name, first
                    first += len(table)
        except (OSError, pa.ArrowException) as error:
            problem = f"cannot be read ({type(error).__name__})"
            raise ReadingError(problem, place=name[:-1], remedy="check the file, or write it anew") from error


def _usable(
    table: pd.DataFrame, places: Sequence[str], seen: dict[str, str], aside: list[ReadingError]
) -> pd.DataFrame:
    """Return the rows that have a text and a `doc_id` of their own; the others are set aside."""
    problems: dict[int, tuple[str, str]] = {}
    for name in table.columns[[pd.api.types.is_object_dtype(dtype) for dtype in table.dtypes]]:
        halves = [isinstance(value, str) and bool(_HALF.search(value)) for value in table[name]]
        problems |= {
            int(row): (f"has half a character in {name!r}", "export the table again") for row in np.flatnonzero(halves)
        }
    for name in ("doc_id", "text"):
        raw = [isinstance(value, bytes) for value in table[name].tolist()]
        problems |= {
            int(row): (f"has bytes as its {name!r}", "decode it, as from UTF-8") for row in np.flatnonzero(raw)
        }
    missing = table["text"].isna().to_numpy()
    for row, doc_id in enumerate(texts_of(table["doc_id"])):
        if missing[row]:
            problems[row] = "has no text", "fill the column 'text' or delete the row"
        elif not doc_id.strip():
            problems[row] = "has no doc_id", "give every row one of its own"
        elif row not in problems and seen.setdefault(doc_id, places[row]) != places[row]:
            problems[row] = f"has the doc_id {doc_id!r} of {seen[doc_id]}", "give each its own doc_id"
    aside.extend(
        ReadingError(problem, place=places[row], remedy=remedy) for row, (problem, remedy) in sorted(problems.items())
    )
    kept = np.ones(len(table), bool)
    kept[list(problems)] = False
    return table[kept]


def _refuse(doc_ids: Sequence[str], taken: AbstractSet[str]) -> None:
    """Say which doc_ids stand in the corpus already."""
    again = sorted(taken & set(doc_ids))
    if again:
        shown = ", ".join(map(repr, again[:_SHOWN])) + (f" and {len(again) - _SHOWN} more" if again[_SHOWN:] else "")
        raise CorpusError(
            f"the corpus has doc_id {shown} already",
            remedy="leave out what is there, or give the articles other doc_ids",
        )
