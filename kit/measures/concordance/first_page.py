"""The first page of a concordance over parts: found in every part, cut where its lines are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.index.postings import postings
from kit.measures.concordance.lines import cut_lines
from kit.measures.concordance.queries import first_occurrences_of
from kit.parts.part import Part
from kit.parts.parted import PartedCorpus


class _Page(NamedTuple):
    """The first occurrences of some parts, as places in the word stream of the whole, in order; how many there are."""

    first: npt.NDArray[np.int64]
    last: npt.NDArray[np.int64]
    total: int


def first_page(
    corpus: PartedCorpus, query: str, codebook: Codebook | None, limit: int, context: int, within: str
) -> tuple[pd.DataFrame, Counter[int]]:
    """List the first occurrences in a corpus in parts: they are found in every part, and cut where they are."""
    page: _Page = corpus.reduce(_page_of_part, partial(_join_pages, limit=limit), query, codebook, limit)
    words = corpus.sizes["words"].to_numpy()
    ends = np.cumsum(words)
    doc = np.searchsorted(ends, page.first, side="right")
    heads = ends[doc] - words[doc]
    wanted = pd.DataFrame({"doc": doc, "first": page.first - heads, "last": page.last - heads})
    table: pd.DataFrame = corpus.reduce(_lines_at, _join_cut, context, within, not len(doc), cut=[wanted])
    return table.sort_index(kind="stable").reset_index(drop=True), Counter({0: page.total})


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
    index, token = part.corpus.index, postings(part.corpus.index).token
    doc = np.searchsorted(part.numbers.rows, wanted["doc"].to_numpy())
    heads = np.searchsorted(token, index.document_tokens[doc].astype(token.dtype))
    first, last = ((heads + wanted[name].to_numpy()).astype(np.int32) for name in ("first", "last"))
    return cut_lines(part.corpus, first, last, context, within).set_axis(wanted.index)


def _join_cut(parts: Sequence[pd.DataFrame | None]) -> pd.DataFrame | None:
    """Put the lines of those parts that have some behind each other."""
    found = [part for part in parts if part is not None]
    return pd.concat(found) if found else None
