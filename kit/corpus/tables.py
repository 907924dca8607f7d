"""The tables of a corpus, made from cleaned documents and their index."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.errors import CorpusError
from kit.language.index import TokenIndex, index_texts, ranges
from kit.reading.duplicates import copies
from kit.reading.news import Cleaned
from kit.reading.text import LINE_BREAKS

#: Metadata columns every corpus has, in this order; a researcher's own columns follow.
METADATA = ("title", "date", "event_date", "outlet", "place", "author", "url", "licence", "source", "sha256")
#: What the furniture of an article states of it, filled in only where the researcher's metadata are empty.
STATED = ("outlet", "place", "author")
#: What else cleaning learned of a document: paid content, the outlet it was copied from, warnings.
LEARNED = ("paid", "copied_from", "flags")
_NAMED = ("doc_id", *METADATA)
_BREAK = re.compile(f"[{LINE_BREAKS}]")
_OFFSETS = ("doc", "raw_start", "raw_end", "start")
_REMOVED = ("doc", "raw_start", "raw_end", "rule", "text")
_ASIDE = ("source", "problem", "remedy")
_TEXTS = ("rule", "text", *_ASIDE)


class Tables(NamedTuple):
    """What a corpus keeps; `kit.corpus.corpus.Corpus` documents the tables."""

    documents: pd.DataFrame
    segments: pd.DataFrame
    removed: pd.DataFrame
    set_aside: pd.DataFrame
    token_index: TokenIndex


def assemble(
    metadata: Sequence[Mapping[str, Any]], cleaned: Sequence[Cleaned], set_aside: pd.DataFrame | None = None
) -> Tables:
    """Sort documents by `doc_id`, index their bodies and make the tables of a corpus.

    Parameters
    ----------
    metadata : sequence of mapping
        What is known of each document, `doc_id` at least.
    cleaned : sequence of Cleaned
        The documents, in the same order.
    set_aside : DataFrame, optional
        Files or rows that could not be used.

    Returns
    -------
    Tables

    Raises
    ------
    CorpusError
        A `doc_id` stands more than once.

    """
    names = [text_of(row["doc_id"]) for row in metadata]
    if "" in (name.strip() for name in names):
        place = f"row {[name.strip() for name in names].index('')}"
        raise CorpusError("doc_id is empty", place=place, remedy="give every document one of its own")
    repeated = [name for name, count in Counter(names).items() if count > 1]
    if repeated:
        raise CorpusError(f"doc_id {min(repeated)!r} stands more than once", remedy="give every document its own")
    order = sorted(range(len(names)), key=names.__getitem__)
    in_order = [cleaned[row] for row in order]
    return Tables(
        _documents([metadata[row] for row in order], in_order),
        _table(_OFFSETS, ((doc, *row) for doc, article in enumerate(in_order) for row in article.segments)),
        _table(_REMOVED, ((doc, *row) for doc, article in enumerate(in_order) for row in article.removed)),
        _table(_ASIDE, ()) if set_aside is None else set_aside.reset_index(drop=True),
        index_texts([article.text for article in in_order]),
    )


def sentence_table(index: TokenIndex, texts: Sequence[str]) -> pd.DataFrame:
    """Return one row per sentence: `doc`, `start`, `end`, `paragraph` (int32)."""
    first, last = index.sentence_tokens[:-1], index.sentence_tokens[1:] - 1
    doc, start = index.token_document[first], index.start[first]
    paragraph = np.fromiter(_paragraphs(texts, doc.tolist(), start.tolist()), np.int32, count=len(doc))
    return pd.DataFrame({"doc": doc, "start": start, "end": index.end[last], "paragraph": paragraph})


def token_table(index: TokenIndex) -> pd.DataFrame:
    """Return one row per running token: `doc`, `sentence`, `type`, `start`, `end` (int32)."""
    return pd.DataFrame(
        {
            "doc": index.token_document,
            "sentence": index.token_sentence,
            "type": index.type,
            "start": index.start,
            "end": index.end,
        }
    )


def renumber(table: pd.DataFrame, rows: npt.NDArray[np.intp]) -> pd.DataFrame:
    """Return the rows of a table whose `doc` is among `rows`, numbered and ordered as these."""
    doc = table["doc"].to_numpy()
    begin, stop = np.searchsorted(doc, rows, "left"), np.searchsorted(doc, rows, "right")
    kept = table.iloc[ranges(begin, stop)].reset_index(drop=True)
    kept["doc"] = np.repeat(np.arange(len(rows), dtype=np.int32), stop - begin)
    return kept


def _paragraphs(texts: Sequence[str], doc: Sequence[int], start: Sequence[int]) -> Iterator[int]:
    """Yield the paragraph (a non-empty line, from 0) in which each sentence begins."""
    current, seen, paragraph = -1, 0, 0
    for row, place in zip(doc, start, strict=True):
        if row != current:
            current, seen, paragraph = row, 0, -1
            fresh = True
        fresh = fresh or _BREAK.search(texts[row], seen, place) is not None
        paragraph += fresh
        seen, fresh = place, False
        yield paragraph


def _documents(metadata: Sequence[Mapping[str, Any]], cleaned: Sequence[Cleaned]) -> pd.DataFrame:
    """Return the table of documents: identity, metadata, what cleaning learned, and the body."""
    own = [str(name) for name in dict.fromkeys(name for row in metadata for name in row)]
    table: dict[str, Sequence[Any]] = {name: [text_of(row.get(name)) for row in metadata] for name in _NAMED}
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


def text_of(value: Any) -> str:
    """Return a metadata cell as text, empty where it is missing.

    A table with a gap makes whole numbers floats and dates moments: 2024.0 is written 2024, midnight as its day.

    Examples
    --------
    >>> import pandas as pd
    >>> [text_of(value) for value in (2024.0, pd.Timestamp("2024-02-04"), float("nan"), None, "4/2")]
    ['2024', '2024-02-04', '', '', '4/2']

    """
    if value is None or (pd.api.types.is_scalar(value) and pd.isna(value)):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value == value.replace(hour=0, minute=0, second=0, microsecond=0):
        return value.date().isoformat()
    return str(value)


def _table(columns: tuple[str, ...], rows: Iterable[Sequence[Any]]) -> pd.DataFrame:
    """Return a table whose offsets are int32 and whose texts are str, also when it is empty."""
    listed = list(rows)
    return pd.DataFrame(
        {
            name: pd.Series([row[place] for row in listed], dtype="str" if name in _TEXTS else np.int32)
            for place, name in enumerate(columns)
        }
    )
