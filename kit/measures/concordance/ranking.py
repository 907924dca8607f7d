"""How much a line has of what makes it worth reading first: collocates of the match, common words, concepts.

The words of a line are those of its match and, on either side, as many as the line shows.
"""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.codebook.mentions import find_mentions
from kit.corpus.corpus import Corpus
from kit.corpus.spans import counted_passages
from kit.errors import QueryError
from kit.index.postings import postings
from kit.index.token_index import Int32, Int64, ranges
from kit.measures.concordance.lines import bounds_of
from kit.measures.concordance.queries import places_of_rows
from kit.measures.concordance.windows import contexts_of, count_contexts, places_at
from kit.parts.summaries import AnyCorpus

Rank = Literal["collocates", "common words", "concepts"]
#: How many of the strongest collocates are looked for, and in how many contexts each has to stand.
STRONGEST, LEAST = 20, 3
#: A word is rare that is used less often than this, and less often than so many times in a million words.
RARE, RARE_PER_MILLION = 5, 5


def check_rank(corpus: AnyCorpus, rank: str | None, per_story: int | None, codebook: object, mentions: object) -> None:
    """Refuse a rank that there is not, or that lacks what it takes."""
    if rank is not None and rank not in get_args(Rank):
        raise QueryError(f"rank = {rank!r}", remedy="use one of " + ", ".join(get_args(Rank)))
    if per_story is not None and per_story < 1:
        raise QueryError(f"per_story = {per_story}", remedy="use 1 or more")
    if rank == "concepts" and codebook is None and mentions is None:
        raise QueryError("rank = 'concepts' without a codebook", remedy="pass codebook= or mentions=")
    if (rank is not None or per_story is not None) and not isinstance(corpus, Corpus):
        name = "rank" if rank is not None else "per_story"
        raise QueryError(
            f"{name} asks for a corpus in one part", remedy="open the corpus in one part, or rank some of it"
        )


def scores_of(
    corpus: Corpus,
    first: Int32,
    last: Int32,
    rank: str,
    context: int,
    within: str,
    codebook: Codebook | None,
    mentions: pd.DataFrame | None,
) -> Int64:
    """Count, in each line, what it is ranked by: the more the better, but for rare words."""
    begin, stop = _reach(corpus, first, last, context, within)
    if rank == "concepts":
        found = mentions
        if found is None:
            assert codebook is not None
            found = find_mentions(corpus, codebook)
        return _concepts(corpus, begin, stop, found)
    types = postings(corpus.index).type
    if rank == "collocates":
        wanted = _collocates(corpus, first, last, context, within)
        row, place = _row_of(begin, stop), _places(begin, stop)
        form = types[place]
        kept = wanted[form] & ((place < first[row]) | (place > last[row]))
        return _different(row[kept], form[kept], len(first))
    rare = _rare(corpus)
    row = _row_of(begin, stop)[rare[types[_places(begin, stop)]]]
    return np.bincount(row, minlength=len(first)).astype(np.int64)


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


def _collocates(corpus: Corpus, first: Int32, last: Int32, context: int, within: str) -> npt.NDArray[np.bool_]:
    """Tell which types are the strongest collocates, by log Dice, of words that are no stop words; ties by form."""
    index, kinds = corpus.index, corpus.types
    forms = len(index.forms)
    contexts = contexts_of(index, first, last, context, context, cross_sentences=within == "document")
    counts = count_contexts(index, contexts, first, np.arange(forms, dtype=np.int64), forms, "tokens")
    met = counts.before + counts.after
    fits = (met >= LEAST) & (kinds["kind"] == "word").to_numpy() & ~kinds["stopword"].to_numpy(bool)
    rows = np.flatnonzero(fits)
    dice = counts.o11[rows] / (counts.r1[rows] + counts.c1)
    chosen = np.zeros(forms, bool)
    chosen[rows[np.lexsort([rows, -dice])[:STRONGEST]]] = True
    return chosen


def _rare(corpus: Corpus) -> npt.NDArray[np.bool_]:
    """Tell which types are words that the corpus seldom uses."""
    counts = np.diff(postings(corpus.index).bounds)[: len(corpus.index.forms)]
    most = max(RARE, corpus.words * RARE_PER_MILLION / 1_000_000)
    return np.asarray((counts < most) & (corpus.types["kind"] == "word").to_numpy(bool), bool)


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
