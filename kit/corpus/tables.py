"""The tables of a corpus that follow from its index and its documents."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate, chain

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.index.token_index import TokenIndex, ranges
from kit.index.words import Int32, Int64


def sentence_table(index: TokenIndex, paragraph: Int32) -> pd.DataFrame:
    """Return one row per sentence: `doc`, `start`, `end`, `paragraph` (int32)."""
    first, last = index.sentence_tokens[:-1], index.sentence_tokens[1:] - 1
    columns = {"doc": documents_of(index, first), "start": index.start[first], "end": index.end_of(last)}
    return pd.DataFrame({**columns, "paragraph": paragraph}, copy=False)


def token_table(index: TokenIndex, begin: int = 0, stop: int | None = None) -> pd.DataFrame:
    """Return running tokens, from row `begin` to before `stop`: `doc`, `sentence`, `type`, `start`, `end` (int32)."""
    begin, stop, _ = slice(begin, stop).indices(len(index.surface))
    rows = slice(begin, max(begin, stop))
    columns = {
        "doc": _stretches(index.document_tokens, rows),
        "sentence": _stretches(index.sentence_tokens, rows),
        "type": index.type_of(rows),
        "start": index.start[rows],
        "end": index.end_of(rows),
    }
    return pd.DataFrame(columns, index=pd.RangeIndex(rows.start, rows.stop), copy=False)


def catalogue_table(index: TokenIndex, counted: npt.NDArray[np.bool_], documents: pd.DataFrame) -> pd.DataFrame:
    """Return `doc_id`, `date`, `words` (words and numbers) and `sentences` (int64) of every document."""
    before = np.zeros(len(counted) + 1, np.int64)
    np.cumsum(counted, out=before[1:])
    return pd.DataFrame(
        {
            "doc_id": documents["doc_id"],
            "date": documents["date"],
            "words": np.diff(before[index.document_tokens]),
            "sentences": np.diff(np.searchsorted(index.sentence_tokens[:-1], index.document_tokens)).astype(np.int64),
        }
    )


def documents_of(index: TokenIndex, tokens: Int64) -> Int32:
    """Return the row of the document of each of some tokens."""
    return (np.searchsorted(index.document_tokens, tokens, side="right") - 1).astype(np.int32)


def paragraphs(index: TokenIndex, texts: Iterable[str]) -> Int32:
    r"""Return the paragraph (a line that says something, from 0) in which each sentence begins.

    Lines end where `str.splitlines` ends them, which are the line breaks of `kit.reading.text`.
    """
    first = index.sentence_tokens[:-1]
    doc, start = documents_of(index, first).astype(np.int64), index.start[first]
    ends = [list(accumulate(map(len, text.splitlines(keepends=True)))) for text in texts]
    of = np.repeat(np.arange(len(ends)), np.fromiter(map(len, ends), np.int64, count=len(ends)))
    breaks = (of << 32) + np.fromiter(chain.from_iterable(ends), np.int64, count=len(of))
    line = np.searchsorted(breaks, (doc << 32) + start, side="right")
    opening = np.diff(doc, prepend=-1) != 0
    fresh = np.cumsum(opening | (np.diff(line, prepend=-1) != 0))
    heads = np.flatnonzero(opening)
    number: Int32 = (fresh - np.repeat(fresh[heads], np.diff(heads, append=len(fresh)))).astype(np.int32)
    return number


def renumber(table: pd.DataFrame, rows: npt.NDArray[np.intp]) -> pd.DataFrame:
    """Return the rows of a table whose `doc` is among `rows`, numbered and ordered as these."""
    doc = table["doc"].to_numpy()
    begin, stop = np.searchsorted(doc, rows, "left"), np.searchsorted(doc, rows, "right")
    kept = table.iloc[ranges(begin, stop)].reset_index(drop=True)
    kept["doc"] = np.repeat(np.arange(len(rows), dtype=np.int32), stop - begin)
    return kept


def _stretches(bounds: Int64, rows: slice) -> Int32:
    """Return, for tokens in a row, the number of the stretch that `bounds` puts each in."""
    if rows.start == rows.stop:
        return np.zeros(0, np.int32)
    first, last = np.searchsorted(bounds, (rows.start, rows.stop - 1), side="right") - 1
    edges = np.clip(bounds[first : last + 2], rows.start, rows.stop)
    return np.repeat(np.arange(first, last + 1, dtype=np.int32), np.diff(edges))
