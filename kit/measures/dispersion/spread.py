"""Counts of items by part of a corpus, gathered from wherever its documents lie: what dispersion is made of.

To be told apart: a corpus may lie in several places of storage (`PartedCorpus`), and dispersion asks how items are
spread over the parts that a researcher has in mind: documents, years, sentences. Here the latter are *shares*.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from kit.codebook.codebook import Codebook
from kit.index.counting import is_quicker
from kit.index.postings import postings
from kit.index.token_index import Int32, Int64
from kit.measures.counts import blocks
from kit.measures.counts.above import are_long_enough, sums_above, sums_above_of_tokens
from kit.measures.counts.counts import Unit, Vocabulary
from kit.measures.counts.kept_counts import are_counted, items_by_document
from kit.measures.counts.numbering import Whole, numbered, rows_of_numbers, types_by_number, whole_of
from kit.measures.counts.part_counts import ItemSums, PartCounts
from kit.measures.counts.places import mentions_by_item
from kit.measures.counts.sums import Sums, add_sums
from kit.measures.dispersion.formulas import SUMMED, measured
from kit.measures.dispersion.intervals import story_intervals
from kit.parts.engine import PIECES, InTurn
from kit.parts.part import Part
from kit.parts.parted import PartedCorpus
from kit.parts.summaries import AnyCorpus, join_columns, reduce


class Shares(NamedTuple):
    """The parts that items are spread over.

    Parameters
    ----------
    of_document : int64 array, one per document, or None
        Number of the document's share, where shares are made of documents.
    within : {"sentences", "paragraphs"} or int
        What they are else; a number of equal parts of the running words.
    number : int
        How many there are, those without words included.
    sizes : int64 array, one per share number
        Words and numbers.

    """

    of_document: Int64 | None
    within: str | int
    number: int
    sizes: Int64


def shares_by_document(share: Int64, words: Int64) -> Shares:
    """Return shares made of documents, given the number of each document's share."""
    number = int(share.max(initial=-1)) + 1
    return Shares(share, "documents", number, np.bincount(share, words, number).astype(np.int64))


def equal_shares(words: int, number: int) -> Shares:
    """Return so many shares of equal length: share i ends before word ``i words // number``."""
    return Shares(None, number, number, np.diff(np.arange(number + 1) * words // number))


def shares_within(corpus: AnyCorpus, within: str) -> Shares:
    """Return sentences or paragraphs as shares; numbered by the row of their first sentence in the whole corpus."""
    rows, words, number = reduce(corpus, _sizes_within, _join_sizes, within)
    sizes = np.zeros(int(rows.max(initial=-1)) + 1, np.int64)
    sizes[rows] = words
    return Shares(None, within, number, sizes)


def spread_of(
    corpus: AnyCorpus,
    unit: Unit,
    codebook: Codebook | None,
    items: Vocabulary,
    shares: Shares,
    measures: Sequence[str],
    mentions: pd.DataFrame | None,
    sure: Sureness | None = None,
) -> pd.DataFrame:
    """Measure how items are spread: by what adds up over the parts if that is enough, else block by block."""
    counted = codebook is None or unit in ("form", "lexeme")
    enough = counted and sure is None and set(measures) <= SUMMED.keys()
    if enough and isinstance(corpus, PartedCorpus) and _are_documents(shares):
        return _summed(corpus, unit, items, shares.sizes, measures)
    cuts = [0, len(items.items)]
    if isinstance(corpus, PartedCorpus):
        last = (np.cumsum(items.documents) - items.documents) // blocks.CELLS
        cuts[1:1] = (np.flatnonzero(np.diff(last)) + 1).tolist()
    engine = corpus.engine if isinstance(corpus, PartedCorpus) else InTurn()
    sizes = engine.keep(shares.sizes)
    whole = whole_of(corpus, unit) if counted else Whole(items.items, None)
    options = (unit, codebook, shares.within, len(shares.sizes), int(shares.sizes.sum()), len(whole.names))
    tasks = []
    for begin, stop in pairwise(cuts):
        asked = items.number[begin:stop] if counted else items.items[begin:stop]
        if isinstance(corpus, PartedCorpus):
            cut = (shares.of_document, mentions, whole.own)
            cells = corpus.task(_cells, _join_cells, asked, *options, cut=cut, at_once=PIECES)
        else:
            cells = _cells(Part(corpus), asked, *options, shares.of_document, mentions, None)
        tasks.append(engine.run(_measured, cells, sizes, tuple(measures), sure))
    return pd.concat([engine.result(task) for task in tasks], ignore_index=True)


def _summed(corpus: PartedCorpus, unit: str, items: Vocabulary, sizes: Int64, measures: Sequence[str]) -> pd.DataFrame:
    """Measure how words are spread over documents, none of which is in two parts: sums travel, and no counts."""
    whole, filled = whole_of(corpus, unit), sizes[sizes > 0]
    totals = np.zeros(len(whole.names), np.int64)
    totals[items.number] = items.occurrences
    join = partial(add_sums, size=len(totals))
    found: Sums = corpus.reduce(_above, join, unit, totals, int(filled.sum()), cut=[sizes, whole.own])
    row = np.searchsorted(found.key, items.number)
    above, of_words = (column[row] for column in found.columns)
    total, documents = items.occurrences.astype(np.float64), items.documents
    sums = ItemSums(filled.astype(np.float64), total, documents.astype(np.float64), (above, of_words))
    columns: dict[str, Any] = {"count": items.occurrences, "documents": documents, "range": documents}
    return pd.DataFrame(columns | {name: SUMMED[name](sums) for name in measures})


def _above(part: Part, unit: str, totals: Int64, words: int, sizes: Int64, own: Int32) -> Sums:
    """Add up, of the words of a part that are asked for, what DP is made of; it is kept under its totals."""
    of_item, (stored, chosen) = totals[own], part.stored
    name = f"above {unit} {words} {hashlib.sha256(of_item.tobytes()).hexdigest()}"
    found: tuple[Int64, Int64] | None = part.kept(name) if chosen is None else None
    if found is None:
        known = chosen is not None or are_counted(part, unit) or not are_long_enough(sizes, words)
        if known or not is_quicker(stored.index):
            found = sums_above(items_by_document(part, unit), sizes, of_item, words)
        else:
            found = sums_above_of_tokens(stored.index, numbered(stored, unit).of_type, sizes, of_item, words)
        if chosen is None:
            part.keep(name, found, sum(one.nbytes for one in found))
    asked = np.flatnonzero(of_item)
    return Sums(own[asked].astype(np.int64), tuple(column[asked] for column in found))


class Sureness(NamedTuple):
    """What intervals are made of: the story of each share, and the share of samples in which they should cover."""

    story: Int64
    level: float


class _Cells(NamedTuple):
    """Items × shares, and in how many documents each item is. A share may have some of its cells in another part."""

    matrix: sparse.csr_array
    documents: Int64


def _cells(
    part: Part,
    items: pd.Index | Int64,
    unit: Unit,
    codebook: Codebook | None,
    within: str | int,
    number: int,
    words: int,
    whole: int,
    of_document: Int64 | None,
    mentions: pd.DataFrame | None,
    own: Int32 | None,
) -> _Cells:
    """Count items by share in a part: words by their numbers in the whole, concepts and patterns by their names."""
    if not isinstance(items, pd.Index):
        if of_document is not None:
            by_document = _by_document(part, unit, items, own, whole)
            documents = np.diff(by_document.indptr).astype(np.int64)
            return _Cells(_by_share(by_document, of_document, number), documents)
        stream = postings(part.corpus.index)
        item = types_by_number(part, unit, items, own, whole)[stream.type].astype(np.int64)
        place = np.flatnonzero(item >= 0)
        item, document = item[place], part.corpus.index.token_document[stream.token[place]].astype(np.int64)
    else:
        assert codebook is not None
        place, item, document = mentions_by_item(part, codebook, unit, items, mentions)
    seen = np.unique(document * len(items) + item) % max(len(items), 1)
    documents = np.bincount(seen, minlength=len(items))
    share = _share_of_words(part, within, words, of_document)[place]
    return _Cells(_matrix((np.ones(len(item), np.int32), (item, share)), len(items), number), documents)


def _by_document(part: Part, unit: str, numbers: Int64, own: Int32 | None, whole: int) -> sparse.csr_array:
    """Count the documents of a part that each item is in."""
    counts = items_by_document(part, unit)
    if own is None:
        return counts
    rows, places = rows_of_numbers(numbers, own, whole)
    some = counts[rows]
    bounds = np.zeros(len(numbers) + 1, some.indptr.dtype)
    bounds[places + 1] = np.diff(some.indptr)
    return type(some)((some.data, some.indices, np.cumsum(bounds, dtype=bounds.dtype)), (len(numbers), some.shape[1]))


def _are_documents(shares: Shares) -> bool:
    """Tell whether each document is a share of its own."""
    return shares.of_document is not None and np.array_equal(shares.of_document, np.arange(shares.number))


def _by_share(by_document: sparse.csr_array, of_document: Int64, number: int) -> sparse.csr_array:
    """Add up the documents of each share."""
    if np.array_equal(of_document, np.arange(number)):
        return by_document
    share = of_document.astype(np.int32)[by_document.indices]
    matrix = sparse.csr_array((by_document.data, share, by_document.indptr), shape=(by_document.shape[0], number))
    matrix.sum_duplicates()
    return matrix


def _share_of_words(part: Part, within: str | int, words: int, of_document: Int64 | None) -> Int64:
    """Return the share of each word and number of a part."""
    index = part.corpus.index
    if of_document is not None:
        return np.repeat(of_document, part.corpus.sizes["words"].to_numpy())
    if isinstance(within, int):
        bounds = np.arange(1, within + 1) * words // within
        return np.searchsorted(bounds, part.word_rows, side="right").astype(np.int64)
    sentence = index.token_sentence[postings(index).token]
    return (part.sentence_rows if within == "sentences" else _paragraphs(part))[sentence]


def _paragraphs(part: Part) -> Int64:
    """Return, for each sentence of a part, the row in the whole corpus of the first one of its paragraph."""
    keys = part.corpus.sentences[["doc", "paragraph"]]
    first = np.flatnonzero((keys.diff() != 0).any(axis=1)) if len(keys) else np.zeros(0, np.int64)
    return np.repeat(part.sentence_rows[first], np.diff(np.append(first, len(keys))))


def _sizes_within(part: Part, within: str) -> tuple[Int64, Int64, int]:
    """Return the numbers of the sentences or paragraphs of a part, those with words, their words, and how many."""
    share = _share_of_words(part, within, 0, None)
    all_of_them = part.sentence_rows if within == "sentences" else _paragraphs(part)
    rows, words = np.unique(share, return_counts=True)
    return rows, words.astype(np.int64), len(np.unique(all_of_them))


def _join_sizes(parts: Sequence[tuple[Int64, Int64, int]]) -> tuple[Int64, Int64, int]:
    """Put the shares of several parts behind each other; none is in two."""
    rows, words = join_columns([part[:2] for part in parts])
    return rows, words, sum(part[2] for part in parts)


def _matrix(cells: Any, items: int, number: int) -> sparse.csr_array:
    """Return a matrix, rows sorted and each cell once."""
    matrix = sparse.coo_array(cells, shape=(items, number)).tocsr()
    matrix.sum_duplicates()
    return matrix


def _join_cells(parts: Sequence[_Cells]) -> _Cells:
    """Add up the cells of several parts; no document is in two, but a share may be."""
    matrices = [part.matrix for part in parts]
    lengths = [np.diff(matrix.indptr) for matrix in matrices]
    bounds = np.concatenate([[0], np.cumsum(np.sum(lengths, axis=0, dtype=np.int64))])
    data, column = (np.empty(bounds[-1], np.int32) for _ in range(2))
    head = bounds[:-1].copy()
    for matrix, length in zip(matrices, lengths, strict=True):
        place = np.repeat(head - matrix.indptr[:-1], length)
        place += np.arange(len(place))
        data[place], column[place] = matrix.data, matrix.indices
        head += length
    joined = sparse.csr_array((data, column, bounds), shape=matrices[0].shape)
    joined.sum_duplicates()
    return _Cells(joined, np.asarray(sum(part.documents for part in parts)))


def _measured(cells: _Cells, sizes: Int64, measures: Sequence[str], sure: Sureness | None) -> pd.DataFrame:
    """Measure the spread of some items; shares without words are left out."""
    filled = np.flatnonzero(sizes)
    matrix = cells.matrix
    matrix.sort_indices()
    if len(filled) < len(sizes):
        place = np.cumsum(sizes > 0, dtype=np.int32) - 1
        rows = (matrix.data, place[matrix.indices], matrix.indptr)
        matrix = sparse.csr_array(rows, shape=(matrix.shape[0], len(filled)))
    counts = PartCounts(matrix, sizes[filled].astype(np.float64))
    columns: dict[str, Any] = {
        "count": (matrix @ np.ones(len(filled), np.int32)).astype(np.int64),
        "documents": np.asarray(cells.documents, np.int64),
        "range": counts.range.astype(np.int64),
    }
    found = measured(counts, measures)
    if sure is None:
        return pd.DataFrame(columns | found)
    ends = story_intervals(counts, sure.story[filled], sure.level)
    columns["stories"] = ends["stories"]
    for name, values in found.items():
        columns[name] = values
        columns |= {end: ends[end] for end in (f"{name}_low", f"{name}_high") if end in ends}
    return pd.DataFrame(columns)
