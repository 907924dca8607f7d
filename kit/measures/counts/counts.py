"""What every measure over documents starts from: how often each item occurs in each document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property, partial
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.codebook.found import mentions_in
from kit.codebook.mentions import check_mentions
from kit.corpus.spans import counted_passages
from kit.corpus.stories.stories import stories
from kit.errors import QueryError
from kit.index.counting import document_types
from kit.index.token_index import Int32, Int64
from kit.measures.counts.kept_counts import items_by_document
from kit.measures.counts.numbering import numbered, places_of_numbers, rows_of_numbers, whole_of
from kit.measures.counts.sums import Sums, add_sums, sums_of
from kit.parts.part import Part
from kit.parts.summaries import AnyCorpus, catalogue_of, reduce

if TYPE_CHECKING:
    from scipy import sparse

Unit = Literal["form", "lexeme", "concept", "pattern"]


@dataclass(frozen=True, eq=False)
class Counts:
    """A document × item matrix of counts.

    Parameters
    ----------
    matrix : scipy.sparse.csr_array of int64, documents × items
        How often each item occurs in each document; rows sorted by item.
    items : tuple of str
        Names of the items: sorted forms or lexemes, or concepts or patterns in the codebook's order.
    sizes : int64 array, one per document
        Words and numbers, the denominators.
    doc_ids : tuple of str
        Names of the documents.
    story : int64 array, one per document
        The same number for documents that are copies of each other: what resampling draws as one.

    """

    matrix: sparse.csr_array
    items: tuple[str, ...]
    sizes: npt.NDArray[np.int64]
    doc_ids: tuple[str, ...]
    story: npt.NDArray[np.int64]

    @cached_property
    def totals(self) -> npt.NDArray[np.int64]:
        """How often each item occurs in all documents."""
        return np.asarray(self.matrix.sum(axis=0), np.int64).ravel()

    @cached_property
    def document_frequency(self) -> npt.NDArray[np.int64]:
        """In how many documents each item occurs."""
        return np.bincount(self.matrix.indices, minlength=len(self.items)).astype(np.int64)


class Vocabulary(NamedTuple):
    """The items of some documents.

    Parameters
    ----------
    items : Index of str
        Sorted forms or lexemes, or concepts or patterns in the codebook's order.
    occurrences, documents : int64 arrays, one per item
        How often the item occurs, and in how many documents.
    number : int64 array, one per item
        The item's number in `kit.measures.counts.numbering.whole_of`; of concepts and patterns their place.

    """

    items: pd.Index
    occurrences: Int64
    documents: Int64
    number: Int64

    def take(self, rows: npt.NDArray[np.intp] | slice) -> Vocabulary:
        """Return some of the items."""
        return Vocabulary(self.items[rows], self.occurrences[rows], self.documents[rows], self.number[rows])

    @classmethod
    def uncounted(cls, items: pd.Index) -> Vocabulary:
        """Return items that nothing is known of but their names."""
        nothing = np.zeros(len(items), np.int64)
        return cls(items, nothing, nothing, np.arange(len(items)))


class Cells(NamedTuple):
    """The cells of a document × item matrix that are not zero; each once.

    Parameters
    ----------
    document : int32 array
        Row of the document in the whole corpus.
    item : int32 array
        Number of the item.
    times : int32 array
        How often it occurs there.

    """

    document: Int32
    item: Int32
    times: Int32

    def matrix(self, documents: int, items: int) -> sparse.csr_array:
        """Return the matrix, rows sorted by item."""
        from scipy import sparse  # noqa: PLC0415 - a table of concepts does without, and it takes long to load

        cells = (self.times.astype(np.int64), (self.document, self.item))
        matrix = sparse.coo_array(cells, shape=(documents, items)).tocsr()
        matrix.sum_duplicates()
        return matrix


def count_items(
    corpus: AnyCorpus, unit: Unit = "form", *, codebook: Codebook | None = None, mentions: pd.DataFrame | None = None
) -> Counts:
    """Count items by document.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    unit : {"form", "lexeme", "concept", "pattern"}
        Case-folded words and numbers; lexemes; concepts or enabled patterns of a codebook (mentions: hits that are
        neither glosses nor names; of patterns, those that are names too).
    codebook : Codebook, optional
        Needed for concepts and patterns. A pattern is named ``concept: pattern``.
    mentions : DataFrame, optional
        What `kit.find_mentions` returned for this corpus and codebook; computed if left out.

    Returns
    -------
    Counts

    Raises
    ------
    QueryError
        The unit is unknown, or there is no codebook to count by.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> frame = pd.DataFrame({"doc_id": ["a", "b"], "text": ["ASN melayani ASN.", "Warga."]})
    >>> counts = count_items(kit.Corpus.from_frame(frame, clean=False))
    >>> counts.items, counts.matrix.toarray().tolist(), counts.sizes.tolist()
    (('asn', 'melayani', 'warga'), [[2, 1, 0], [0, 0, 1]], [3, 1])

    """
    check_unit(unit, codebook)
    mentions = check_mentions(corpus, mentions, codebook, ("concept", "pattern", "gloss"))
    if codebook is not None and unit in ("concept", "pattern"):
        items = pd.Index(codebook_items(codebook, unit), dtype="str")
        cells: Cells = reduce(corpus, mentioned_cells, join_cells, unit, codebook, items, cut=[mentions])
    else:
        items, cells = _counted_words(corpus, unit)
    catalogue = catalogue_of(corpus)
    sizes, doc_ids = catalogue["words"].to_numpy(), tuple(catalogue["doc_id"])
    matrix = cells.matrix(len(doc_ids), len(items))
    return Counts(matrix, tuple(items.tolist()), sizes, doc_ids, stories(corpus))


def _counted_words(corpus: AnyCorpus, unit: Unit) -> tuple[pd.Index, Cells]:
    """Count the words of all documents; those of others, which the corpus was chosen from, are no items."""
    whole = whole_of(corpus, unit)
    cells: Cells = reduce(corpus, word_cells, join_cells, unit, None, len(whole.names), None, cut=[whole.own])
    if whole.own is None:
        return whole.names, cells
    there = np.zeros(len(whole.names), bool)
    there[cells.item] = True
    place = np.cumsum(there, dtype=np.int32) - 1
    return whole.names[there], cells._replace(item=place[cells.item])


def check_unit(unit: str, codebook: Codebook | None) -> None:
    """Refuse a unit that there is nothing to count by."""
    if unit not in get_args(Unit):
        raise QueryError(f"unit = {unit!r}", remedy="use one of " + ", ".join(get_args(Unit)))
    if unit in ("concept", "pattern") and codebook is None:
        raise QueryError(f"unit = {unit!r} without a codebook", remedy="pass codebook=kit.load_codebook()")


def vocabulary(corpus: AnyCorpus, unit: Unit, codebook: Codebook | None = None) -> Vocabulary:
    """List the items of a corpus, how often they occur, and in how many documents."""
    if codebook is not None and unit in ("concept", "pattern"):
        items = pd.Index(codebook_items(codebook, unit), dtype="str")
        return Vocabulary.uncounted(items)
    whole = whole_of(corpus, unit)
    found: Sums = reduce(corpus, sums_of, partial(add_sums, size=len(whole.names)), unit, cut=[whole.own])
    items = whole.names if len(found.key) == len(whole.names) else whole.names[found.key]
    return Vocabulary(items, found.columns[0], found.columns[1], found.key)


def codebook_items(codebook: Codebook, unit: str) -> list[str]:
    """Return the names of the concepts, or of the enabled patterns, in the codebook's order."""
    if unit == "concept":
        return [str(name) for name in codebook.concepts["concept"]]
    patterns = codebook.patterns
    enabled = patterns[patterns["enabled"] == "yes"]
    return [str(name) for name in enabled["concept"] + ": " + enabled["pattern"]]


def mentioned_cells(
    part: Part, unit: Unit, codebook: Codebook, items: pd.Index, mentions: pd.DataFrame | None
) -> Cells:
    """Count concepts or patterns in the documents of a part."""
    document, item = _mentioned(part, codebook, unit, items, mentions)
    keys, count = np.unique(document.astype(np.int64) * len(items) + item, return_counts=True)
    document, item = np.divmod(keys, max(len(items), 1))
    return _cells(part, document, item, count)


def word_cells(
    part: Part, unit: Unit, numbers: Int64 | None, whole: int, turn: sparse.csr_array | None, own: Int32 | None
) -> Cells:
    """Count words in the documents of a part.

    Parameters
    ----------
    part : Part
    unit : {"form", "lexeme"}
    numbers : int64 array or None
        Which items, in the numbers of the whole corpus, or rows of `turn`; below 0: none. None: all items.
    whole : int
        How many items the whole corpus has.
    turn : csr_array of int32, other items × items of the whole, or None
        How often each of other items is counted for one of the whole; None: these are counted.
    own : int32 array or None
        The numbers of the part's items; None: the part is the whole.

    Returns
    -------
    Cells
        Items by their places among the numbers.

    """
    if own is None and numbers is None and turn is None:
        matrix = document_types(part.corpus.index, numbered(part.corpus, unit).of_type, whole)
        document = np.repeat(np.arange(matrix.shape[0], dtype=np.int32), np.diff(matrix.indptr))
        return _cells(part, document, matrix.indices, matrix.data)
    counts = items_by_document(part, unit)
    if turn is not None:
        asked = turn if numbers is None else turn[numbers]
        place = places_of_numbers(np.arange(whole) if own is None else own.astype(np.int64), whole)[asked.indices]
        held = np.flatnonzero(place >= 0)
        bounds = np.searchsorted(held, asked.indptr)
        shape = (asked.shape[0], counts.shape[0])
        counts = (type(asked)((asked.data[held], place[held], bounds), shape=shape) @ counts).tocsr()
        item = np.arange(asked.shape[0])
    elif numbers is None:
        item = np.arange(whole) if own is None else own
    else:
        rows, item = rows_of_numbers(numbers, own, whole)
        counts = counts[rows]
    return _cells(part, counts.indices, np.repeat(item, np.diff(counts.indptr)), counts.data)


def _cells(
    part: Part, document: npt.NDArray[np.integer], item: npt.NDArray[np.integer], times: npt.NDArray[np.integer]
) -> Cells:
    """Return the cells of a part, by the rows of its documents in the whole corpus."""
    rows = part.numbers.rows.astype(np.int32)
    return Cells(rows[document], item.astype(np.int32), times.astype(np.int32))


def join_cells(parts: Sequence[Cells]) -> Cells:
    """Put the cells of several parts behind each other; no document is in two."""
    return Cells(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _mentioned(
    part: Part, codebook: Codebook, unit: str, items: pd.Index, mentions: pd.DataFrame | None
) -> tuple[Int64, Int64]:
    """Return document and item of every mention."""
    found = mentions_in(part, codebook, mentions)
    found = counted_passages(found, names=unit == "pattern")
    names = found["concept"] if unit == "concept" else found["concept"] + ": " + found["pattern"]
    item = items.get_indexer(pd.Index(names)).astype(np.int64)
    return found["doc"].to_numpy(np.int64)[item >= 0], item[item >= 0]


def not_counted(item: str, items: Iterable[str], remedy: str) -> QueryError:
    """Return the error for an item that is not counted; the remedy names the one most like it, if there is one."""
    there = list(items)
    spelt = ((one, [other for other in there if other[:1] == one[:1]]) for one in (item, item.casefold()))
    near = [name for one, alike in spelt for name in get_close_matches(one, alike, n=1, cutoff=0.75)]
    return QueryError(f"no item {item!r} is counted", remedy=f"did you mean {near[0]!r}?" if near else remedy)
