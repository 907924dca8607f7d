"""What stands around the occurrences of a node: windows over the word stream, and what is counted in them.

A *context* is a stretch of words before or after an occurrence. Positions count words and numbers only. A context never
crosses the end of a document, and the end of a sentence only if asked. The words of an occurrence are not in its own
contexts; they are in those of another occurrence if they stand there.

Three ways of counting, each a proper table of two by two (no cell can be negative):

===========  =====================  ======================  =======================  ====================
count        o11                    r1                      c1                       n
===========  =====================  ======================  =======================  ====================
tokens       running words of the   running words of the    running words in at      all words and
             collocate in at least  collocate               least one context        numbers
             one context
pairs        meetings of an         meetings of any word    meetings of an           meetings of any two
             occurrence and the     with the collocate in   occurrence and any       words in such a
             collocate              such a context          word                     context
sentences    sentences in which     those, and the          sentences with the       sentences with a
             the collocate stands   sentences with the      node                     word or number
             beside the node        collocate and without
                                    the node
===========  =====================  ======================  =======================  ====================

Names as in `kit.measures.counts.contingency`: rows are the collocate and all other words, columns the contexts of
the node and all else.

Sentences are counted in contexts of whole sentences alone. Where windows overlap, *tokens* counts a word once and
*pairs* once for each occurrence that it stands beside.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import sparse

from kit.index.postings import postings
from kit.index.token_index import Int32, Int64, TokenIndex, ranges

Count = Literal["tokens", "pairs", "sentences"]


@dataclass(frozen=True, eq=False)
class Contexts:
    """The contexts of the occurrences of a node, those before all occurrences first.

    Parameters
    ----------
    begin, stop : int64 arrays, two per occurrence
        Places in the word stream, end-exclusive.
    left, right : int or None
        How many words they reach; None: to the sentence's end (or the document's).
    within : int64 array
        Places at which the stretches begin that no context leaves (sentences or documents), and the end.

    """

    begin: Int64
    stop: Int64
    left: int | None
    right: int | None
    within: Int64


@dataclass(frozen=True, eq=False)
class Cooccurrences:
    """The counts of every item, as the table above defines them.

    Parameters
    ----------
    o11, r1 : int64 arrays, one per item
    before, after : int64 arrays, one per item
        Meetings of an occurrence with the item before and after it, whatever is counted.
    documents : int64 array, one per item
        Documents in which the item is in a context.
    c1, n : int

    """

    o11: Int64
    r1: Int64
    before: Int64
    after: Int64
    documents: Int64
    c1: int
    n: int


def places_at(index: TokenIndex, tokens: Int64) -> Int64:
    """Return the place in the word stream of the first word at or after each token."""
    words = postings(index).token
    # Of one type: else numpy would turn all the words into the wider one, which takes longer than the search.
    return np.searchsorted(words, tokens.astype(words.dtype)).astype(np.int64)


def contexts_of(
    index: TokenIndex, first: Int32, last: Int32, left: int | None, right: int | None, *, cross_sentences: bool = False
) -> Contexts:
    """Lay contexts around the occurrences of a node."""
    bounds = index.document_tokens if cross_sentences else index.sentence_tokens
    token = postings(index).token
    opens, closes = (np.searchsorted(bounds, token[place], side="right").astype(np.int64) for place in (first, last))
    start, end = first.astype(np.int64), last.astype(np.int64) + 1
    lowest = places_at(index, bounds[opens - 1])
    highest = places_at(index, bounds[closes])
    begin = lowest if left is None else np.maximum(lowest, start - left)
    stop = highest if right is None else np.minimum(highest, end + right)
    return Contexts(np.concatenate([begin, end]), np.concatenate([start, stop]), left, right, bounds)


def count_contexts(
    index: TokenIndex, contexts: Contexts, first: Int32, item: Int64, items: int, count: Count
) -> Cooccurrences:
    """Count the items in the contexts of a node."""
    stream = postings(index)
    half = len(contexts.begin) // 2
    before, after = (
        _tally(stream.type, item, items, ranges(contexts.begin[part], contexts.stop[part]))
        for part in (slice(None, half), slice(half, None))
    )
    begin, stop = _merged(contexts.begin, contexts.stop)
    found = item[stream.type[ranges(begin, stop)]] if stop.size else np.zeros(0, np.int64)
    heads = stream.token[begin]
    documents = _distinct(found, _numbers(index.document_tokens, heads, stop - begin), items)
    if count == "tokens":
        o11, c1 = _per_form(found, items, np.ones(len(found), np.int64)), _length(begin, stop)
        r1, n = _per_form(item, items, np.diff(stream.bounds)[: len(item)]), len(stream.type)
    elif count == "pairs":
        o11, c1 = before + after, _length(contexts.begin, contexts.stop)
        meetings = _meetings(len(stream.type), places_at(index, contexts.within), contexts)
        per_form = np.bincount(stream.type, meetings, minlength=len(item)).astype(np.int64)
        r1, n = _per_form(item, items, per_form), int(meetings.sum())
    else:
        sentences = index.sentence_tokens
        o11 = _distinct(found, _numbers(sentences, heads, stop - begin), items)
        length = np.diff(places_at(index, sentences))
        with_node = np.zeros(len(length), bool)
        with_node[np.searchsorted(sentences, stream.token[first], side="right") - 1] = True
        elsewhere = np.flatnonzero(np.repeat(~with_node, length))
        number = np.repeat(np.flatnonzero(~with_node), length[~with_node])
        r1 = o11 + _distinct(item[stream.type[elsewhere]] if len(item) else elsewhere, number, items)
        c1, n = int(with_node.sum()), int((length > 0).sum())
    return Cooccurrences(o11.astype(np.int64), r1, before, after, documents, c1, n)


def _merged(begin: Int64, stop: Int64) -> tuple[Int64, Int64]:
    """Return the same places as stretches that rise and do not overlap, none of them empty."""
    order = np.argsort(begin, kind="stable")
    begin, stop = begin[order], stop[order]
    reached = np.maximum.accumulate(np.concatenate([np.zeros(1, np.int64), stop]))[:-1]
    begin = np.maximum(begin, reached)
    return begin[begin < stop], stop[begin < stop]


def _length(begin: Int64, stop: Int64) -> int:
    """Return how many places stretches hold together."""
    return int((stop - begin).sum())


def _tally(types: Int32, item: Int64, items: int, places: Int64) -> Int64:
    """Count the items that stand at places, a place as often as it is given."""
    if not len(places):
        return np.zeros(items, np.int64)
    return _per_form(item, items, np.bincount(types[places], minlength=len(item)))


def _per_form(item: Int64, items: int, counts: npt.NDArray[np.integer]) -> Int64:
    """Add counts of forms up to counts of items; whole numbers below 2**53, so exact."""
    kept = item >= 0
    return np.bincount(item[kept], counts[kept], minlength=items).astype(np.int64)


def _numbers(bounds: Int64, heads: Int32, length: Int64) -> npt.NDArray[np.integer]:
    """Return, for each word of some stretches, which document or sentence the stretch lies in."""
    return np.repeat(np.searchsorted(bounds, heads, side="right"), length)


def _distinct(item: Int64, group: npt.NDArray[np.integer], items: int) -> Int64:
    """Count the different groups of each item; groups rise from row to row."""
    item, group = item[item >= 0], group[item >= 0]
    if not len(item):
        return np.zeros(items, np.int64)
    # A one-row sparse matrix turned to columns is a counting sort: rows by item, in linear time and in their order.
    row = sparse.csr_array(
        (group.astype(np.int32), item.astype(np.int32), np.array([0, len(item)], np.int32)), shape=(1, items)
    )
    columns = row.tocsc()
    fresh = np.ones(len(item), bool)
    fresh[1:] = np.diff(columns.data) != 0
    fresh[columns.indptr[:-1][np.diff(columns.indptr) > 0]] = True
    owner = np.repeat(np.arange(items), np.diff(columns.indptr))
    return np.bincount(owner[fresh], minlength=items).astype(np.int64)


def _meetings(words: int, bounds: npt.NDArray[np.integer], contexts: Contexts) -> Int64:
    """Return, for each word, how many other words have it in such a context."""
    length = np.diff(bounds)
    begin, stop = np.repeat(bounds[:-1], length), np.repeat(bounds[1:], length)
    place = np.arange(words)
    # A word is in the left context of those that follow it, and in the right context of those before it.
    following, preceding = stop - 1 - place, place - begin
    beside = [
        reach if width is None else np.minimum(reach, width)
        for reach, width in ((following, contexts.left), (preceding, contexts.right))
    ]
    return np.asarray(beside[0] + beside[1], np.int64)
