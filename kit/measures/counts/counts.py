"""What every measure over documents starts from: how often each item occurs in each document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
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
from kit.index.counting import document_frequencies, document_types
from kit.index.token_index import Int32, Int64
from kit.measures.counts.numbering import numbered, types_by_item
from kit.parts.part import Part
from kit.parts.summaries import AnyCorpus, catalogue_of, reduce, united

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

    """

    items: pd.Index
    occurrences: Int64
    documents: Int64


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
    items = _items(corpus, unit, codebook)
    cells: Cells = reduce(corpus, cells_of, join_cells, unit, codebook, items, cut=[mentions])
    catalogue = catalogue_of(corpus)
    sizes, doc_ids = catalogue["words"].to_numpy(), tuple(catalogue["doc_id"])
    matrix = cells.matrix(len(doc_ids), len(items))
    return Counts(matrix, tuple(items.tolist()), sizes, doc_ids, stories(corpus))


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
        return Vocabulary(items, np.zeros(len(items), np.int64), np.zeros(len(items), np.int64))
    found: Vocabulary = reduce(corpus, _vocabulary, join_vocabularies, unit)
    return found


def codebook_items(codebook: Codebook, unit: str) -> list[str]:
    """Return the names of the concepts, or of the enabled patterns, in the codebook's order."""
    if unit == "concept":
        return [str(name) for name in codebook.concepts["concept"]]
    patterns = codebook.patterns
    enabled = patterns[patterns["enabled"] == "yes"]
    return [str(name) for name in enabled["concept"] + ": " + enabled["pattern"]]


def cells_of(
    part: Part, unit: Unit, codebook: Codebook | None, items: pd.Index, mentions: pd.DataFrame | None = None
) -> Cells:
    """Count some items in the documents of a part."""
    if codebook is not None and unit in ("concept", "pattern"):
        document, item = _mentioned(part, codebook, unit, items, mentions)
        keys, count = np.unique(document.astype(np.int64) * len(items) + item, return_counts=True)
        document, item = np.divmod(keys, max(len(items), 1))
    else:
        stored, chosen = part.stored
        matrix = document_types(stored.index, types_by_item(stored, unit, items), len(items))
        matrix = matrix if chosen is None else matrix[chosen]
        document = np.repeat(np.arange(matrix.shape[0], dtype=np.int32), np.diff(matrix.indptr))
        item, count = matrix.indices, matrix.data
    return Cells(part.numbers.rows.astype(np.int32)[document], item.astype(np.int32), count.astype(np.int32))


def join_cells(parts: Sequence[Cells]) -> Cells:
    """Put the cells of several parts behind each other; no document is in two."""
    return Cells(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def join_vocabularies(parts: Sequence[Vocabulary]) -> Vocabulary:
    """Unite sorted vocabularies, and add their counts up."""
    code, items = pd.factorize(pd.concat([part.items.to_series() for part in parts]), sort=True)
    sums = (np.bincount(code, np.concatenate(column), len(items)) for column in ([p[k] for p in parts] for k in (1, 2)))
    return Vocabulary(pd.Index(items, dtype="str"), *(total.astype(np.int64) for total in sums))


def _items(corpus: AnyCorpus, unit: Unit, codebook: Codebook | None) -> pd.Index:
    """List the items of a corpus."""
    if codebook is not None and unit in ("concept", "pattern"):
        return pd.Index(codebook_items(codebook, unit), dtype="str")
    return names_of(corpus, unit)


def names_of(corpus: AnyCorpus, unit: Unit) -> pd.Index:
    """List the forms or lexemes of a corpus that are words or numbers, sorted."""
    found: pd.Index = reduce(corpus, _names, _join_names, unit)
    return found


def _names(part: Part, unit: str) -> pd.Index:
    """List the forms or lexemes of a part."""
    return numbered(part.corpus, unit).names


def _join_names(parts: Sequence[pd.Index]) -> pd.Index:
    """Unite the items of several parts."""
    return united(parts)[1]


def _vocabulary(part: Part, unit: str) -> Vocabulary:
    """List the forms or lexemes of a part."""
    stored, chosen = part.stored
    items, code = numbered(stored, unit)
    matrix = document_types(stored.index, code, len(items))
    matrix = matrix if chosen is None else matrix[chosen]
    documents = document_frequencies(matrix)
    held = np.flatnonzero(documents) if chosen is not None else slice(None)
    return Vocabulary(items[held], columns_added(matrix)[held], documents[held])


def columns_added(matrix: sparse.csr_array) -> Int64:
    """Add up the columns of counts of running words, which are less than 2**31."""
    return np.asarray(matrix.T @ np.ones(matrix.shape[0], np.int32)).astype(np.int64)


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
    near = get_close_matches(item, [one for one in items if one[:1] == item[:1]], n=1, cutoff=0.75)
    return QueryError(f"no item {item!r} is counted", remedy=f"did you mean {near[0]!r}?" if near else remedy)
