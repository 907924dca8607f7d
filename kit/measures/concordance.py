"""Every occurrence of a word, a phrase or a concept in its context (keyword in context)."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Sequence
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.corpus.corpus import Corpus
from kit.corpus.postings import postings, rows_of
from kit.errors import QueryError
from kit.language.index import Int32, TokenIndex
from kit.language.tokens import COUNTED, fold, tokenize

Order = Literal["position", "left", "right", "node"]
_GLOB = re.compile(r"[*?]")


def concordance(
    corpus: Corpus,
    query: str | Sequence[str] | pd.DataFrame,
    *,
    context: int = 8,
    sort: Order = "position",
    limit: int | None = None,
) -> pd.DataFrame:
    """List the occurrences of a query, each with the words before and after it.

    Parameters
    ----------
    corpus : Corpus
    query : str, sequence of str or DataFrame
        One word or a phrase, in any case; ``*`` stands for any letters and ``?`` for one (``akuntab*``). The words of
        a phrase may be joined by blanks, one slash or one hyphen, never across a comma or a sentence end. Several
        queries are listed one after the other. Or rows of `kit.find_mentions`, to list the occurrences of a concept
        or pattern.
    context : int
        Words and numbers shown on either side, within the document.
    sort : {"position", "left", "right", "node"}
        Order of the lines: as they stand; by the words before, read outwards; by the words after; by the match itself.
        Ties by position.
    limit : int, optional
        Give only the first lines of each query.

    Returns
    -------
    DataFrame, one row per occurrence
        `query` (str; only where several were given), `doc_id`, `left`, `node`, `right` (str; the text as written,
        line ends as blanks), `sentence_no` (int32; in the document, from 1), `start`, `end` (int32; code points of
        `documents.text`).

    Raises
    ------
    QueryError
        The query has no word, or a word that the token rule never makes, or an option is unknown.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> frame = pd.DataFrame({"doc_id": ["a"], "text": ["ASN harus melayani warga, bukan minta dilayani warga."]})
    >>> corpus = kit.Corpus.from_frame(frame, clean=False)
    >>> kit.concordance(corpus, "*layani warga", context=2)[["left", "node", "right"]]
                left            node         right
    0      ASN harus  melayani warga  , bukan minta
    1    bukan minta  dilayani warga             .

    """
    if sort not in get_args(Order):
        raise QueryError(f"sort = {sort!r}", remedy="use one of " + ", ".join(get_args(Order)))
    if context < 0 or (limit is not None and limit < 0):
        raise QueryError(f"context = {context}, limit = {limit}", remedy="use 0 or more")
    if isinstance(query, (str, pd.DataFrame)):
        table = _listed(corpus, query, context, sort, limit)
    elif query:
        parts = [_listed(corpus, one, context, sort, limit).assign(query=one) for one in query]
        table = pd.concat(parts, ignore_index=True)
        table.insert(0, "query", table.pop("query").astype("str"))
    else:
        raise QueryError("there is no query", remedy="give at least one")
    table.attrs = corpus.about(unit="line")
    return table


def _listed(corpus: Corpus, query: str | pd.DataFrame, context: int, sort: Order, limit: int | None) -> pd.DataFrame:
    """List the occurrences of one query."""
    index = corpus.index
    first, last = _search(index, query) if isinstance(query, str) else _given(index, query)
    order = _ordered(index, first, last, context, sort)[:limit]
    return _lines(corpus, first[order], last[order], context)


def _search(index: TokenIndex, query: str) -> tuple[Int32, Int32]:
    """Return the first and last places, in the word stream, of the occurrences of a query."""
    words = query.split()
    if not words:
        raise QueryError("the query is empty", remedy="give a word, a phrase or rows of find_mentions")
    for word in words:
        plain = _GLOB.sub("x", word)
        if [(token.text, token.kind in COUNTED) for token in tokenize(plain)] != [(plain, True)]:
            raise QueryError(
                f"{word!r} is not one word under the token rule", remedy="write the words of a phrase apart, no marks"
            )
    first = postings(index).phrase([_types(index, fold(word)) for word in words])
    return first, (first + len(words) - 1).astype(np.int32)


def _types(index: TokenIndex, word: str) -> Sequence[int]:
    """Return the types that a word of a query stands for."""
    if not _GLOB.search(word):
        return rows_of(index.forms, [word])
    if not _GLOB.search(word[:-1]) and word.endswith("*"):
        begin = bisect_left(index.forms, word[:-1])
        stop = bisect_left(index.forms, word[:-1] + chr(sys.maxunicode))
        return [row for row in range(begin, stop) if index.kinds[row] in COUNTED]
    glob = re.compile("".join({"*": ".*", "?": "."}.get(sign, re.escape(sign)) for sign in word), re.DOTALL)
    return [
        row
        for row, (form, kind) in enumerate(zip(index.forms, index.kinds, strict=True))
        if kind in COUNTED and glob.fullmatch(form)
    ]


def _given(index: TokenIndex, mentions: pd.DataFrame) -> tuple[Int32, Int32]:
    """Return the first and last places, in the word stream, of mentions."""
    for column in ("doc", "start", "end"):
        if column not in mentions.columns:
            raise QueryError(f"the table has no column {column!r}", remedy="give rows of kit.find_mentions")
    token = postings(index).token
    width = np.int64(2**31)
    document = index.token_document[token].astype(np.int64) * width
    doc = mentions["doc"].to_numpy(np.int64) * width
    first = np.searchsorted(document + index.start[token], doc + mentions["start"].to_numpy(np.int64))
    last = np.searchsorted(document + index.end[token], doc + mentions["end"].to_numpy(np.int64))
    return first.astype(np.int32), last.astype(np.int32)


def _ordered(index: TokenIndex, first: Int32, last: Int32, context: int, sort: Order) -> npt.NDArray[np.intp]:
    """Return the order of the lines; form numbers rise with the alphabet, so they serve as sorting keys."""
    stream = postings(index)
    document = index.token_document[stream.token]
    if sort == "left":
        places = [first - step for step in range(1, context + 1)]
    elif sort == "right":
        places = [last + step for step in range(1, context + 1)]
    elif sort == "node":
        places = [
            np.where(first + step <= last, first + step, -1) for step in range(int((last - first).max(initial=0)) + 1)
        ]
    else:
        places = []
    keys = []
    for place in places:
        inside = (place >= 0) & (place < len(document))
        safe = np.where(inside, place, 0)
        inside &= document[safe] == document[first] if len(document) else inside
        keys.append(np.where(inside, stream.type[safe], -1) if len(document) else place)
    return np.lexsort([first, *reversed(keys)])


def _lines(corpus: Corpus, first: Int32, last: Int32, context: int) -> pd.DataFrame:
    """Cut the lines out of the texts."""
    index = corpus.index
    stream = postings(index)
    document = index.token_document
    doc = document[stream.token[first]]
    bounds = np.searchsorted(stream.token, index.document_tokens)
    opening = stream.token[np.maximum(first - context, bounds[doc])]
    closing = stream.token[np.minimum(last + context, bounds[doc + 1] - 1)]
    start, end = index.start[stream.token[first]], index.end[stream.token[last]]
    texts = corpus.documents["text"].tolist()
    ids = corpus.documents["doc_id"].tolist()
    stops = _stops(index, stream.token, closing, last, context)
    pieces = [
        (ids[row], _flat(text[a:b]), _flat(text[b:c]), _flat(text[c:d]))
        for row, a, b, c, d in zip(
            doc.tolist(), index.start[opening].tolist(), start.tolist(), end.tolist(), stops.tolist(), strict=True
        )
        for text in (texts[row],)
    ]
    table = pd.DataFrame(pieces, columns=["doc_id", "left", "node", "right"], dtype="str")
    first_sentence = np.searchsorted(index.sentence_tokens, index.document_tokens)
    sentence = index.token_sentence[stream.token[first]] - first_sentence[doc] + 1
    return table.assign(sentence_no=sentence.astype(np.int32), start=start, end=end)


def _stops(index: TokenIndex, words: Int32, closing: Int32, last: Int32, context: int) -> Int32:
    """Return where each right context ends: behind its last word and a mark that directly follows it."""
    if context == 0:
        return index.end[words[last]]
    following = np.minimum(closing + 1, len(index.start) - 1)
    counted = np.isin(following, words)
    glued = (
        ~counted
        & (index.token_document[following] == index.token_document[closing])
        & (index.start[following] == index.end[closing])
    )
    return np.where(glued, index.end[following], index.end[closing]).astype(np.int32)


def _flat(text: str) -> str:
    """Return a passage on one line, without blank edges."""
    return " ".join(text.split())
