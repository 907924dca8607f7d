"""How much a line has of what makes it worth reading first: collocates of the match, common words, concepts.

The words of a line are those of its match and, on either side, as many as the line shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.corpus.corpus import Corpus
from kit.corpus.spans import counted_passages
from kit.errors import QueryError
from kit.index.postings import postings
from kit.index.token_index import Int32, Int64, ranges
from kit.measures.concordance.lines import bounds_of
from kit.measures.concordance.queries import places_of_rows
from kit.measures.concordance.windows import contexts_of, count_contexts, places_at

Rank = Literal["collocates", "common words", "concepts"]
#: How many of the strongest collocates are looked for, and in how many contexts each has to stand.
STRONGEST, LEAST = 20, 3
#: A word is rare that is used less often than this, and less often than so many times in a million words.
RARE, RARE_PER_MILLION = 5, 5


class Met(NamedTuple):
    """What stands in lines: word forms, how often they stand in contexts (o11) and beside matches (met); all words."""

    table: pd.DataFrame
    c1: int


def check_rank(rank: str | None, per_story: int | None, codebook: object, mentions: object) -> None:
    """Refuse a rank that there is not, or that lacks what it takes."""
    if rank is not None and rank not in get_args(Rank):
        raise QueryError(f"rank = {rank!r}", remedy="use one of " + ", ".join(get_args(Rank)))
    if per_story is not None and per_story < 1:
        raise QueryError(f"per_story = {per_story}", remedy="use 1 or more")
    if rank == "concepts" and codebook is None and mentions is None:
        raise QueryError("rank = 'concepts' without a codebook", remedy="pass codebook= or mentions=")


def met_in(corpus: Corpus, first: Int32, last: Int32, rank: str, context: int, within: str) -> Met:
    """Return the word forms that may tell lines apart: of collocates those in contexts, no stop words; else all."""
    index, types = corpus.index, corpus.types
    word = (types["kind"] == "word").to_numpy(bool)
    forms = len(word)
    if rank == "collocates":
        contexts = contexts_of(index, first, last, context, context, cross_sentences=within == "document")
        counts = count_contexts(index, contexts, first, np.arange(forms, dtype=np.int64), forms, "tokens")
        o11, met, c1 = counts.o11, counts.before + counts.after, counts.c1
        word = word & ~types["stopword"].to_numpy(bool)
    else:
        begin, stop = _reach(corpus, first, last, context, within)
        met, c1 = np.bincount(postings(index).type[_places(begin, stop)], minlength=forms).astype(np.int64), 0
        o11 = met
    rows = np.flatnonzero(word & (met > 0))
    names = pd.Index(types["form"].array.take(rows), name="form")
    return Met(pd.DataFrame({"o11": o11[rows], "met": met[rows]}, index=names), c1)


def join_met(parts: Sequence[Met]) -> Met:
    """Add up what stands in the lines of several parts."""
    return Met(pd.concat([one.table for one in parts]).groupby(level=0).sum(), sum(one.c1 for one in parts))


def used(corpus: Corpus, forms: pd.Index) -> Int64:
    """Count how often a corpus uses some forms."""
    counts = np.diff(postings(corpus.index).bounds)[: len(corpus.index.forms)]
    row = pd.Index(corpus.index.forms, dtype="str").get_indexer(forms)
    return np.where(row >= 0, counts[row], 0).astype(np.int64) if len(counts) else np.zeros(len(forms), np.int64)


def candidates(met: Met, rank: str) -> pd.Index:
    """Return the forms whose use in the whole corpus decides, in code-point order."""
    table = met.table[met.table["met"] >= LEAST] if rank == "collocates" else met.table
    return pd.Index(sorted(table.index), dtype="str")


def marks_of(met: Met, forms: pd.Index, counts: Int64, rank: str, words: int) -> pd.Index:
    """Return the forms that lines are ranked by: the strongest collocates, by log Dice, ties by form; or rare words."""
    if rank == "collocates":
        dice = met.table["o11"].reindex(forms).to_numpy(np.int64) / (counts + met.c1) if len(forms) else counts
        return forms[np.argsort(-dice, kind="stable")[:STRONGEST]]
    return forms[counts < max(RARE, words * RARE_PER_MILLION / 1_000_000)]


def scores_of(
    corpus: Corpus,
    first: Int32,
    last: Int32,
    rank: str,
    context: int,
    within: str,
    marks: pd.Index | None,
    mentions: pd.DataFrame | None,
) -> Int64:
    """Count, in each line, what it is ranked by, forms or mentions: the more the better, but for rare words."""
    begin, stop = _reach(corpus, first, last, context, within)
    if marks is None:
        assert mentions is not None
        return _concepts(corpus, begin, stop, mentions)
    types, forms = postings(corpus.index).type, corpus.index.forms
    marked = np.isin(np.arange(len(forms)), pd.Index(forms, dtype="str").get_indexer(marks))
    row, place = _row_of(begin, stop), _places(begin, stop)
    kept = marked[types[place]] if len(place) else np.zeros(0, bool)
    if rank == "collocates":
        kept &= (place < first[row]) | (place > last[row])
        return _different(row[kept], types[place][kept], len(first))
    return np.bincount(row[kept], minlength=len(first)).astype(np.int64)


def _reach(corpus: Corpus, first: Int32, last: Int32, context: int, within: str) -> tuple[Int64, Int64]:
    """Return the places at which the words of each line begin and stop."""
    index = corpus.index
    token, bounds = postings(index).token, bounds_of(index, within)
    opens, closes = (np.searchsorted(bounds, token[edge], side="right") for edge in (first, last))
    lowest, highest = places_at(index, bounds[opens - 1]), places_at(index, bounds[closes])
    begin = np.maximum(first.astype(np.int64) - context, lowest)
    return begin, np.minimum(last.astype(np.int64) + 1 + context, highest)


def _row_of(begin: Int64, stop: Int64) -> Int64:
    """Return, for each word of some lines, which line it is in."""
    return np.repeat(np.arange(len(begin)), stop - begin)


def _places(begin: Int64, stop: Int64) -> Int64:
    """Return the places of the words of some lines, line after line."""
    return ranges(begin, stop) if (stop > begin).any() else np.zeros(0, np.int64)


def _different(row: Int64, item: npt.NDArray[np.integer], rows: int) -> Int64:
    """Count the different items of each row."""
    pairs = np.unique(row * (int(item.max(initial=0)) + 1) + item)
    return np.bincount(pairs // (int(item.max(initial=0)) + 1), minlength=rows).astype(np.int64)


def _concepts(corpus: Corpus, begin: Int64, stop: Int64, mentions: pd.DataFrame) -> Int64:
    """Count the different concepts that are mentioned within each line."""
    counted = counted_passages(mentions)
    concept = pd.factorize(counted["concept"])[0].astype(np.int64)
    opens, ends = (places.astype(np.int64) for places in places_of_rows(corpus.index, counted))
    order = np.argsort(opens, kind="stable")
    opens, ends, concept = opens[order], ends[order], concept[order]
    low, high = np.searchsorted(opens, begin), np.searchsorted(opens, stop)
    row, hit = _row_of(low, high), _places(low, high)
    kept = ends[hit] < stop[row]
    return _different(row[kept], concept[hit[kept]], len(begin))
