"""Lines of a concordance: a passage with the words around it, cut out of its text, under a name that lasts."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import pandas as pd

from kit.corpus.corpus import Corpus
from kit.index.postings import postings
from kit.index.token_index import Int32, TokenIndex
from kit.measures.concordance.windows import places_at


def cut_lines(corpus: Corpus, first: Int32, last: Int32, context: int) -> pd.DataFrame:
    """Cut passages and what stands around them out of the texts."""
    index = corpus.index
    token = postings(index).token
    node, node_end = token[first], token[last]
    shown, row_of = np.unique(np.searchsorted(index.document_tokens, node, side="right") - 1, return_inverse=True)
    # Of the documents shown alone: where their words and sentences begin, and the last word of each.
    opens, closes = (places_at(index, index.document_tokens[rows]) for rows in (shown, shown + 1))
    opening = token[np.maximum(first - context, opens[row_of])]
    closing = token[np.minimum(last + context, closes[row_of] - 1)]
    start, end = index.start[node], index.end_of(node_end)
    stops = _stops(index, token, closing, node_end, context)
    documents = corpus.documents
    texts, ids = (documents[name].array.take(shown).tolist() for name in ("text", "doc_id"))
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
            "line_id": columns[4],
        },
        copy=False,
    )


def line_ids(doc_ids: Sequence[str], start: Sequence[int], end: Sequence[int]) -> list[str]:
    r"""Name passages by where they stand, whatever was asked for and whatever other documents there are."""
    return [digest(*row)[:16] for row in zip(doc_ids, start, end, strict=True)]


def digest(*parts: object) -> str:
    """Return the SHA-256 of some values, joined by tabs, in hexadecimal digits."""
    return hashlib.sha256("\t".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()


def _stops(index: TokenIndex, words: Int32, closing: Int32, node_end: Int32, context: int) -> Int32:
    """Return where each right context ends: behind its last word and a mark that directly follows it."""
    if context == 0 or not len(closing):
        return index.end_of(node_end)
    following = np.minimum(closing + 1, len(index.start) - 1)
    counted = words[np.minimum(np.searchsorted(words, following.astype(words.dtype)), len(words) - 1)] == following
    documents = index.document_tokens
    same = np.searchsorted(documents, following, side="right") == np.searchsorted(documents, closing, side="right")
    stop = index.end_of(closing)
    glued = ~counted & same & (index.start[following] == stop)
    return np.where(glued, index.end_of(following), stop).astype(np.int32)


def _flat(text: str) -> str:
    """Return a passage on one line, without blank edges."""
    return " ".join(text.split())
