"""Lines of a concordance: a passage with the words around it, cut out of its text, under a name that lasts."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.corpus.corpus import Corpus
from kit.index.postings import postings
from kit.index.token_index import Int32, Int64, TokenIndex
from kit.measures.concordance.windows import places_at

#: What a line says of the document it is from, as its source states it.
STATED = ("outlet", "date", "title")
_FEW = 100  # rows of a page


def cut_lines(corpus: Corpus, first: Int32, last: Int32, context: int, within: str) -> pd.DataFrame:
    """Cut passages and what stands around them, in their document or their sentences, out of the texts."""
    index = corpus.index
    token = postings(index).token
    node, node_end = token[first], token[last]
    shown, row_of = np.unique(np.searchsorted(index.document_tokens, node, side="right") - 1, return_inverse=True)
    bounds = bounds_of(index, within)
    # Of the stretches shown alone: where their words begin, and the last word of each.
    begin, inside_of = np.unique(np.searchsorted(bounds, node, side="right") - 1, return_inverse=True)
    finish, ending_of = np.unique(np.searchsorted(bounds, node_end, side="right"), return_inverse=True)
    opening = token[np.maximum(first - context, places_at(index, bounds[begin])[inside_of])]
    closing = token[np.minimum(last + context, places_at(index, bounds[finish])[ending_of] - 1)]
    start, end = index.start[node], index.end_of(node_end)
    stops = _stops(index, bounds, token, closing, node_end, context)
    texts, ids = (cells_of(corpus.stated(name), shown).tolist() for name in ("text", "doc_id"))
    rows = row_of.tolist()
    left, inside, right = [], [], []
    for row, a, b, c, d in zip(
        rows, index.start[opening].tolist(), start.tolist(), end.tolist(), stops.tolist(), strict=True
    ):
        text = texts[row]
        left.append(_flat(text[a:b]))
        inside.append(_flat(text[b:c]))
        right.append(_flat(text[c:d]))
    names = [ids[row] for row in rows]
    first_sentence = np.searchsorted(index.sentence_tokens, index.document_tokens[shown])
    sentence = np.searchsorted(index.sentence_tokens, node, side="right") - first_sentence[row_of]
    line_id = line_ids(names, start.tolist(), end.tolist())
    # One array for all columns of text, since making one takes longer than filling it.
    written = pd.array([*names, *left, *inside, *right, *line_id], dtype="str")
    columns = [written[len(rows) * number : len(rows) * (number + 1)] for number in range(5)]
    return pd.DataFrame(
        {
            "doc_id": columns[0],
            "left": columns[1],
            "node": columns[2],
            "right": columns[3],
            "sentence_no": sentence.astype(np.int32),
            "start": start,
            "end": end,
            **{name: cells_of(corpus.stated(name), shown).take(row_of) for name in STATED},
            "line_id": columns[4],
        },
        copy=False,
    )


def cells_of(column: pd.Series, rows: npt.NDArray[np.integer]) -> Any:
    """Return the cells of some rows; of a column in chunks, which Arrow would join first, a few one by one."""
    values = column.array
    if len(rows) > _FEW or getattr(values.dtype, "storage", "") != "pyarrow":
        return values.take(rows)
    chunks = values.__arrow_array__()
    if chunks.num_chunks == 1:
        return values.take(rows)
    return pd.array([chunks[row].as_py() for row in rows.tolist()], dtype=values.dtype)


def line_ids(doc_ids: Sequence[str], start: Sequence[int], end: Sequence[int]) -> list[str]:
    r"""Name passages by where they stand, whatever was asked for and whatever other documents there are."""
    return [digest(*row)[:16] for row in zip(doc_ids, start, end, strict=True)]


def digest(*parts: object) -> str:
    """Return the SHA-256 of some values, joined by tabs, in hexadecimal digits."""
    return hashlib.sha256("\t".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()


def bounds_of(index: TokenIndex, within: str) -> Int64:
    """Return the tokens at which sentences or documents begin, and the end: what no line runs over."""
    return index.sentence_tokens if within == "sentence" else index.document_tokens


def _stops(
    index: TokenIndex,
    bounds: Int64,
    words: Int32,
    closing: Int32,
    node_end: Int32,
    context: int,
) -> Int32:
    """Return where each right context ends: behind its last word and a mark that directly follows it."""
    if context == 0 or not len(closing):
        return index.end_of(node_end)
    following = np.minimum(closing + 1, len(index.start) - 1)
    counted = words[np.minimum(np.searchsorted(words, following.astype(words.dtype)), len(words) - 1)] == following
    same = np.searchsorted(bounds, following, side="right") == np.searchsorted(bounds, closing, side="right")
    stop = index.end_of(closing)
    glued = ~counted & same & (index.start[following] == stop)
    return np.where(glued, index.end_of(following), stop).astype(np.int32)


def _flat(text: str) -> str:
    """Return a passage on one line, without blank edges."""
    return " ".join(text.split())
