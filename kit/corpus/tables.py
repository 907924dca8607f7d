"""The tables of a corpus that follow from its index and its documents."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.index.counting import class_counts
from kit.index.token_index import TokenIndex, ranges
from kit.index.vocabulary import KINDS
from kit.index.words import Int32, Int64, UInt8
from kit.language.tokens import COUNTED
from kit.machine.texts import Texts, pieces
from kit.reading.survey_bytes import bytes_of
from kit.reading.text import LINE_BREAKS

_BYTES = 1 << 20  # of texts that are looked at at once
_ENDS_LINE = bytes_of(LINE_BREAKS)


def sentence_table(index: TokenIndex, paragraph: Int32) -> pd.DataFrame:
    """Return one row per sentence: `doc`, `start`, `end`, `paragraph` (int32)."""
    first, last = index.sentence_tokens[:-1], index.sentence_tokens[1:] - 1
    columns = {"doc": sentence_documents(index), "start": index.start[first], "end": index.end_of(last)}
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


def catalogue_table(index: TokenIndex, words: Int64, documents: pd.DataFrame) -> pd.DataFrame:
    """Return `doc_id`, `date`, `words` (words and numbers, as given) and `sentences` (int64) of every document."""
    return pd.DataFrame(
        {
            "doc_id": documents["doc_id"],
            "date": documents["date"],
            "words": words,
            "sentences": np.diff(np.searchsorted(index.sentence_tokens[:-1], index.document_tokens)).astype(np.int64),
        }
    )


def word_counts(index: TokenIndex) -> Int64:
    """Return how many words and numbers every document has."""
    counts: Int64 = class_counts(index, counted_types(index).view(np.uint8), 2)[:, 1].copy()
    return counts


def counted_types(index: TokenIndex) -> npt.NDArray[np.bool_]:
    """Return which types are words or numbers."""
    return np.array([kind in COUNTED for kind in KINDS], bool)[index.term_kind]


def sentence_documents(index: TokenIndex) -> Int32:
    """Return the row of the document of each sentence."""
    counts = np.diff(np.searchsorted(index.sentence_tokens[:-1], index.document_tokens))
    return np.repeat(np.arange(len(counts), dtype=np.int32), counts)


def paragraphs(index: TokenIndex, texts: Texts) -> Int32:
    r"""Return the paragraph (a line that says something, from 0) in which each sentence begins.

    Lines end where `str.splitlines` ends them, which are the line breaks of `kit.reading.text`.
    """
    first = index.sentence_tokens[:-1]
    doc, start = sentence_documents(index).astype(np.int64), index.start[first]
    line = np.searchsorted(_line_breaks(texts), (doc << 32) + start)
    opening = np.diff(doc, prepend=-1) != 0
    fresh = np.cumsum(opening | (np.diff(line, prepend=-1) != 0))
    heads = np.flatnonzero(opening)
    number: Int32 = (fresh - np.repeat(fresh[heads], np.diff(heads, append=len(fresh)))).astype(np.int32)
    return number


def _line_breaks(texts: Texts) -> Int64:
    """Return where lines end: the number of the text, times 2 to the 32, and the code point in it; one of each place.

    A carriage return and a line feed count twice, since nothing stands between them.
    """
    found, texts_before = [np.zeros(0, np.int64)], 0
    for data, bounds in pieces(texts):
        cuts = np.searchsorted(bounds, np.arange(bounds[0], bounds[-1], _BYTES), side="left").tolist()
        for begin, stop in pairwise([*dict.fromkeys(cuts), len(bounds) - 1]):
            within = bounds[begin : stop + 1] - bounds[begin]
            found.append(_breaks(data[bounds[begin] : bounds[stop]], within, texts_before + begin))
        texts_before += len(bounds) - 1
    return np.concatenate(found)


def _breaks(data: UInt8, bounds: Int64, first: int) -> Int64:
    """Return where the lines of some texts end, of which the first has a number."""
    low, high = np.flatnonzero(data < ord(" ")), np.flatnonzero(data >= 0x80)
    inner, leads = high[data[high] < 0xC0], high[data[high] >= 0xC0]
    leads = leads[(data[leads] == 0xC2) | (data[leads] == 0xE2)]
    lead, second = data[leads], data[leads + 1]
    long = np.flatnonzero((lead == 0xE2) & (second == 0x80))
    wide = (lead == 0xC2) & (second == 0x85)
    wide[long] = (data[leads[long] + 2] & 0xFE) == 0xA8
    places = np.sort(np.concatenate([low[_ENDS_LINE[data[low]]], leads[wide]]))
    text = np.searchsorted(bounds, places, side="right") - 1
    before = np.searchsorted(inner, places) - np.searchsorted(inner, bounds)[text]
    found: Int64 = ((first + text) << 32) + (places - bounds[text] - before)
    return found


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
