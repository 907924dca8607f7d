"""Counts of a corpus in parts, taken for some items at a time, and measures that do not need more at once.

What is said of an item rests on its own column of the matrix of counts and on the sizes of documents. So a vocabulary
of millions is measured block by block: the columns of a block are gathered from all parts where the work is done, and
put into the order of documents; only what was measured comes back. Nothing depends on where a block ends.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, repeat
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from kit.codebook.codebook import Codebook
from kit.corpus.stories.stories import stories
from kit.index.token_index import Int64
from kit.measures.counts.counts import (
    Cells,
    Counts,
    Unit,
    Vocabulary,
    count_items,
    join_cells,
    vocabulary,
    word_cells,
)
from kit.measures.counts.numbering import Whole, whole_of
from kit.parts.engine import PIECES, Engine
from kit.parts.freed import give_back
from kit.parts.parted import PartedCorpus
from kit.parts.summaries import AnyCorpus

#: Cells that are not zero which a block holds, about; bounds the memory.
CELLS = 3_000_000


class Frame(NamedTuple):
    """What counts say of the documents themselves, as in `Counts`."""

    sizes: Int64
    doc_ids: tuple[str, ...]
    story: Int64


@dataclass(frozen=True, eq=False)
class PartedCounts:
    """The counts of a corpus in parts, of which none is gathered before it is asked for; in the rest as `Counts`.

    Parameters
    ----------
    corpus : PartedCorpus
    vocabulary : Vocabulary
        What is counted, and how often it occurs.
    sizes : int64 array, one per document
        Words and numbers.
    whole : Whole
        How the items are numbered.
    turn : csr_array or None
        As of `kit.measures.counts.counts.word_cells`, as the engine keeps it; the items are its rows.
    unit : str

    """

    corpus: PartedCorpus
    vocabulary: Vocabulary
    sizes: Int64
    whole: Whole
    turn: Any = None
    unit: Unit = "form"

    @cached_property
    def items(self) -> tuple[str, ...]:
        """Names of the items, sorted."""
        return tuple(self.vocabulary.items.tolist())

    @cached_property
    def doc_ids(self) -> tuple[str, ...]:
        """Names of the documents."""
        return tuple(self.corpus.sizes["doc_id"].tolist())

    @cached_property
    def story(self) -> Int64:
        """The same number for documents that are copies of each other."""
        return stories(self.corpus)

    @property
    def totals(self) -> Int64:
        """How often each item occurs."""
        return self.vocabulary.occurrences

    @property
    def document_frequency(self) -> Int64:
        """In how many documents each item occurs."""
        return self.vocabulary.documents

    @property
    def frame(self) -> Frame:
        """What is said of the documents."""
        return Frame(self.sizes, self.doc_ids, self.story)

    @property
    def matrix(self) -> sparse.csr_array:
        """The counts of all items, gathered at once."""
        found: Cells = self.corpus.engine.result(self.task(self.vocabulary.number))
        return found.matrix(len(self.doc_ids), len(self.vocabulary.items))

    def task(self, numbers: Int64) -> Any:
        """Start gathering the cells of some items, by their numbers; below 0: none."""
        size = len(self.whole.names)
        asked = (self.unit, numbers, size, self.turn)
        return self.corpus.task(word_cells, join_cells, *asked, cut=[self.whole.own], at_once=PIECES)


AnyCounts = Counts | PartedCounts


def counts_of(source: AnyCorpus | Counts, unit: Unit, codebook: Codebook | None) -> AnyCounts:
    """Return the counts of a corpus, or those given; of words in parts, without gathering them."""
    if isinstance(source, Counts):
        return source
    if isinstance(source, PartedCorpus) and unit in ("form", "lexeme"):
        words = source.sizes["words"].to_numpy()
        return PartedCounts(source, vocabulary(source, unit), words, whole_of(source, unit), unit=unit)
    return count_items(source, unit, codebook=codebook)


def over_blocks(
    measure: Callable[..., Any], sources: Sequence[AnyCounts], names: Sequence[str], *arguments: Any
) -> list[Any]:
    """Measure items block by block."""
    parted = [source for source in sources if isinstance(source, PartedCounts)]
    if not parted:
        return [measure(*(aligned(source, names) for source in sources if isinstance(source, Counts)), *arguments)]
    engine: Engine = parted[0].corpus.engine
    frames = [engine.keep(source.frame) if isinstance(source, PartedCounts) else None for source in sources]
    index = pd.Index(names, dtype="str")
    heavy, numbers = np.zeros(len(index), np.int64), list[Int64]()
    for one in parted:
        row = one.vocabulary.items.get_indexer(index)
        heavy[row >= 0] += one.document_frequency[row[row >= 0]]
        numbers.append(np.where(row >= 0, one.vocabulary.number[row], -1) if len(one.vocabulary.items) else row)
    last = (np.cumsum(heavy) - heavy) // CELLS
    cuts = [0, *(np.flatnonzero(np.diff(last)) + 1).tolist(), len(index)]
    tasks = []
    for begin, stop in pairwise(cuts):
        block = index[begin:stop]
        kept = engine.keep(block)
        pieces, asked = list[Any](), iter(numbers)
        for source, frame in zip(sources, frames, strict=True):
            if isinstance(source, PartedCounts):
                pieces += [frame, source.task(next(asked)[begin:stop])]
            else:
                pieces += [None, engine.keep(aligned(source, list(block)))]
        tasks.append(engine.run(_measured, measure, kept, len(sources), *pieces, *arguments))
    return [engine.result(task) for task in tasks]


def aligned(counts: Counts, names: Sequence[str]) -> Counts:
    """Return the counts of given items, zeros included."""
    if len(names) == len(counts.items) and tuple(names) == counts.items:
        return counts
    place = dict(zip(names, range(len(names)), strict=True))
    found = np.fromiter(map(place.get, counts.items, repeat(-1)), np.int64, len(counts.items))
    column = found[counts.matrix.indices]
    data, bounds = counts.matrix.data, counts.matrix.indptr
    if (found < 0).any():
        kept = column >= 0
        data, column, bounds = data[kept], column[kept], np.concatenate([[0], np.cumsum(kept)])[bounds]
    matrix = sparse.csr_array((data, column, bounds), shape=(len(counts.doc_ids), len(names)))
    if counts.matrix.has_canonical_format and (np.diff(found[found >= 0]) > 0).all():
        matrix.has_canonical_format = True  # columns are in the order that they had
    else:
        matrix = matrix.copy()
        matrix.sum_duplicates()
    return Counts(matrix, tuple(names), counts.sizes, counts.doc_ids, counts.story)


def _measured(measure: Callable[..., Any], names: pd.Index, sources: int, *rest: Any) -> Any:
    """Make counts of the cells gathered, and measure them: the task of an engine."""
    counts = []
    for frame, found in zip(rest[: 2 * sources : 2], rest[1 : 2 * sources : 2], strict=True):
        if frame is None:
            counts.append(found)
        else:
            matrix = found.matrix(len(frame.doc_ids), len(names))
            counts.append(Counts(matrix, tuple(names.tolist()), *frame))
            del matrix
    found = measure(*counts, *rest[2 * sources :])
    del counts
    give_back()  # before the parts are opened for the next block
    return found
