"""The first page of a concordance over parts: found in every part, cut where its lines are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.index.postings import postings
from kit.index.token_index import Int32, Int64
from kit.measures.concordance.lines import cut_lines
from kit.measures.concordance.queries import first_occurrences_of
from kit.parts.part import Part
from kit.parts.parted import PartedCorpus


class _Page(NamedTuple):
    """The first occurrences of some parts, as places in the word stream of the whole, in order; how many there are."""

    first: Int64
    last: Int64
    total: int


def first_page(
    corpus: PartedCorpus, query: str, codebook: Codebook | None, limit: int, context: int, within: str
) -> tuple[pd.DataFrame, Counter[int]]:
    """List the first occurrences in a corpus in parts: they are found in every part, and cut where they are."""
    page: _Page = corpus.reduce(_page_of_part, partial(_join_pages, limit=limit), query, codebook, limit)
    return cut_at(corpus, page.first, page.last, context, within), Counter({0: page.total})


def cut_at(corpus: PartedCorpus, first: Int64, last: Int64, context: int, within: str) -> pd.DataFrame:
    """Cut lines, by places in the word stream of the whole, where they are; in their order."""
    wanted = wanted_at(corpus, first, last)
    table: pd.DataFrame = corpus.reduce(_lines_at, _join_cut, context, within, not len(wanted), cut=[wanted])
    return table.sort_index(kind="stable").reset_index(drop=True)


def wanted_at(corpus: PartedCorpus, first: Int64, last: Int64) -> pd.DataFrame:
    """Tell of places in the word stream of the whole in which documents they are, and at which of their words."""
    words = corpus.sizes["words"].to_numpy()
    ends = np.cumsum(words)
    doc = np.searchsorted(ends, first, side="right")
    heads = ends[doc] - words[doc]
    return pd.DataFrame({"doc": doc, "first": first - heads, "last": last - heads})


def places_in(part: Part, wanted: pd.DataFrame) -> tuple[Int32, Int32]:
    """Return the places in the word stream of a part at which words of its documents stand."""
    index, token = part.corpus.index, postings(part.corpus.index).token
    doc = np.searchsorted(part.numbers.rows, wanted["doc"].to_numpy())
    heads = np.searchsorted(token, index.document_tokens[doc].astype(token.dtype))
    first, last = ((heads + wanted[name].to_numpy()).astype(np.int32) for name in ("first", "last"))
    return first, last


def _page_of_part(part: Part, query: str, codebook: Codebook | None, limit: int) -> _Page:
    """Find the first occurrences of a part, and count all."""
    first, last, total = first_occurrences_of(part.corpus, query, limit, codebook=codebook)
    return _Page(part.words_at(first), part.words_at(last), total)


def _join_pages(parts: Sequence[_Page], limit: int) -> _Page:
    """Keep the first occurrences of those of several parts."""
    first, last = (np.concatenate([part[edge] for part in parts]) for edge in (0, 1))
    order = np.lexsort([last, first])[:limit]
    return _Page(first[order], last[order], sum(part.total for part in parts))


def _lines_at(part: Part, context: int, within: str, none: bool, wanted: pd.DataFrame) -> pd.DataFrame | None:
    """Cut the lines of a part, by the words at which they begin and end; nothing where others have some."""
    if not len(wanted) and not none:
        return None
    first, last = places_in(part, wanted)
    return cut_lines(part.corpus, first, last, context, within).set_axis(wanted.index)


def _join_cut(parts: Sequence[pd.DataFrame | None]) -> pd.DataFrame | None:
    """Put the lines of those parts that have some behind each other."""
    found = [part for part in parts if part is not None]
    return pd.concat(found) if found else None
