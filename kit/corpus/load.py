"""From files or a table of texts to a corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from kit.corpus.corpus import Corpus
from kit.errors import CorpusError
from kit.language.index import index_texts
from kit.reading.duplicates import copies
from kit.reading.formats import read_articles
from kit.reading.news import Cleaned, as_is
from kit.reading.news import clean as clean_news

#: Metadata columns every corpus has, in this order; a researcher's own columns follow.
METADATA = ("title", "date", "event_date", "outlet", "place", "author", "url", "licence", "source", "sha256")
#: What the furniture of an article states of it, filled in only where the researcher's metadata are empty.
STATED = ("outlet", "place", "author")
#: What else cleaning learned of a document: paid content, the outlet it was copied from, warnings.
LEARNED = ("paid", "copied_from", "flags")
_NAMED = ("doc_id", *METADATA)
_OFFSETS = ("doc", "raw_start", "raw_end", "start")


def load_corpus(path: str | Path) -> Corpus:
    """Read, clean and index a corpus.

    Parameters
    ----------
    path : str or Path
        A folder with ``articles/*.txt`` and ``articles.csv``, one text file, or one table (CSV or JSON lines) with a
        column ``text``.

    Returns
    -------
    Corpus
        Files and rows that cannot be used are listed in its `set_aside` and do not stop the others.

    Raises
    ------
    ReadingError
        Nothing under `path` can be used.

    Examples
    --------
    >>> import kit, pathlib, tempfile
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "a.txt").write_text("SURABAYA, CONTOH.com - ASN melayani warga. (abc/de)", encoding="utf-8")
    >>> corpus = kit.load_corpus(folder)
    >>> corpus.documents.text[0], corpus.documents.outlet[0]
    ('ASN melayani warga.', 'CONTOH.com')

    """
    articles, set_aside = read_articles(Path(path))
    metadata = [
        {**article.metadata, "doc_id": article.doc_id, "source": article.source, "sha256": article.sha256}
        for article in articles
    ]
    return _assemble(metadata, [clean_news(article.text) for article in articles], set_aside)


def from_frame(frame: pd.DataFrame, *, clean: bool = True) -> Corpus:
    """Make a corpus from a table of texts; `Corpus.from_frame` documents it."""
    for column in ("doc_id", "text"):
        if column not in frame.columns:
            raise CorpusError(f"the table has no column {column!r}", remedy="name it, or rename yours")
        if frame[column].isna().any():
            row = int(np.flatnonzero(frame[column].isna())[0])
            raise CorpusError(f"{column} is missing", place=f"row {row}", remedy="fill it or drop the row")
    rows = frame.to_dict("records")
    metadata = [{str(name): value for name, value in row.items() if name != "text"} for row in rows]
    return _assemble(metadata, [(clean_news if clean else as_is)(str(row["text"])) for row in rows], _table(_ASIDE, ()))


_ASIDE = ("source", "problem", "remedy")


def _assemble(metadata: Sequence[Mapping[str, Any]], cleaned: Sequence[Cleaned], set_aside: pd.DataFrame) -> Corpus:
    """Sort documents by `doc_id`, index their bodies and put the tables of a corpus together."""
    names = [str(row["doc_id"]) for row in metadata]
    repeated = [name for name, count in Counter(names).items() if count > 1]
    if repeated:
        raise CorpusError(f"doc_id {min(repeated)!r} stands more than once", remedy="give every document its own")
    order = sorted(range(len(names)), key=names.__getitem__)
    in_order = [cleaned[row] for row in order]
    return Corpus(
        _documents([metadata[row] for row in order], in_order),
        _table(_OFFSETS, ((doc, *row) for doc, article in enumerate(in_order) for row in article.segments)),
        _table(
            (*_OFFSETS[:3], "rule", "text"),
            ((doc, *row) for doc, article in enumerate(in_order) for row in article.removed),
        ),
        set_aside.reset_index(drop=True),
        index_texts([article.text for article in in_order]),
    )


def _documents(metadata: Sequence[Mapping[str, Any]], cleaned: Sequence[Cleaned]) -> pd.DataFrame:
    """Return the table of documents: identity, metadata, what cleaning learned, and the body."""
    own = [str(name) for name in dict.fromkeys(name for row in metadata for name in row)]
    table: dict[str, Sequence[Any]] = {name: [_text(row.get(name)) for row in metadata] for name in _NAMED}
    table |= {name: [row.get(name) for row in metadata] for name in own if name not in (*_NAMED, *LEARNED)}
    for name in STATED:
        table[name] = [
            value or article.facts.get(name, "") for value, article in zip(table[name], cleaned, strict=True)
        ]
    for name in LEARNED:
        table[name] = [article.facts.get(name, "") for article in cleaned]
    first = copies([article.text for article in cleaned])
    table["copy_of"] = [table["doc_id"][row] if row >= 0 else "" for row in first]
    table["text"] = [article.text for article in cleaned]
    return pd.DataFrame(table).astype(dict.fromkeys((*_NAMED, *LEARNED, "copy_of", "text"), "str"))


def _text(value: Any) -> str:
    """Return a metadata cell as text, empty where it is missing."""
    return "" if value is None or pd.isna(value) else str(value)


def _table(columns: tuple[str, ...], rows: Iterable[Sequence[Any]]) -> pd.DataFrame:
    """Return a table whose offsets are int32 and whose texts are str, also when it is empty."""
    listed = list(rows)
    return pd.DataFrame(
        {
            name: pd.Series([row[place] for row in listed], dtype="str" if name in _TEXTS else np.int32)
            for place, name in enumerate(columns)
        }
    )


_TEXTS = ("rule", "text", *_ASIDE)
