"""What every measure over documents starts from: how often each item occurs in each document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from kit.codebook.codebook import Codebook
from kit.codebook.mentions import find_mentions
from kit.corpus.corpus import Corpus
from kit.errors import QueryError
from kit.language.tokens import COUNTED

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

    @property
    def totals(self) -> npt.NDArray[np.int64]:
        """How often each item occurs in all documents."""
        return np.asarray(self.matrix.sum(axis=0), np.int64).ravel()

    @property
    def document_frequency(self) -> npt.NDArray[np.int64]:
        """In how many documents each item occurs."""
        return np.bincount(self.matrix.indices, minlength=len(self.items)).astype(np.int64)


def count_items(
    corpus: Corpus, unit: Unit = "form", *, codebook: Codebook | None = None, mentions: pd.DataFrame | None = None
) -> Counts:
    """Count items by document.

    Parameters
    ----------
    corpus : Corpus
    unit : {"form", "lexeme", "concept", "pattern"}
        Case-folded words and numbers; lexemes; concepts or enabled patterns of a codebook (mentions: hits that are no
        gloss).
    codebook : Codebook, optional
        Needed for concepts and patterns. A pattern is named ``concept: pattern``.
    mentions : DataFrame, optional
        What `kit.find_mentions` returned for this corpus and codebook; found afresh if left out.

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
    if unit not in get_args(Unit):
        raise QueryError(f"unit = {unit!r}", remedy="use one of " + ", ".join(get_args(Unit)))
    if unit in ("form", "lexeme"):
        document, item, items = _terms(corpus, unit)
    elif codebook is None:
        raise QueryError(f"unit = {unit!r} without a codebook", remedy="pass codebook=kit.load_codebook()")
    else:
        document, item, items = _mentioned(corpus, codebook, unit, mentions)
    shape = (len(corpus), len(items))
    ones = np.ones(len(item), np.int64)
    matrix = sparse.coo_array((ones, (document, item)), shape=shape).tocsr()
    matrix.sum_duplicates()
    sizes = np.bincount(corpus.index.token_document[corpus.counted], minlength=len(corpus)).astype(np.int64)
    return Counts(matrix, tuple(items), sizes, tuple(corpus.documents["doc_id"]), stories(corpus))


def stories(corpus: Corpus) -> npt.NDArray[np.int64]:
    """Return the number of each document's story: copies share the number of their original."""
    documents = corpus.documents
    original = documents["copy_of"].where(documents["copy_of"] != "", documents["doc_id"])
    story: npt.NDArray[np.int64] = pd.factorize(original)[0].astype(np.int64)
    return story


def _terms(corpus: Corpus, unit: str) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], Sequence[str]]:
    """Return document and item of every word and number, and the items that occur, sorted."""
    types = corpus.types
    kept = types["kind"].isin(COUNTED).to_numpy(bool)
    code = np.full(len(types), -1, np.int64)
    code[kept], items = pd.factorize(types.loc[kept, unit], sort=True)
    document = corpus.index.token_document[corpus.counted].astype(np.int64)
    item = code[corpus.index.type[corpus.counted]] if len(types) else np.zeros(0, np.int64)
    return document, item, [str(name) for name in items]


def _mentioned(
    corpus: Corpus, codebook: Codebook, unit: str, mentions: pd.DataFrame | None
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], Sequence[str]]:
    """Return document and item of every mention, and all items of the codebook."""
    found = find_mentions(corpus, codebook) if mentions is None else mentions
    found = found[~found["gloss"]]
    if unit == "concept":
        items = codebook.concepts["concept"].tolist()
        names = found["concept"]
    else:
        patterns = codebook.patterns
        enabled = patterns[patterns["enabled"] == "yes"]
        items = (enabled["concept"] + ": " + enabled["pattern"]).tolist()
        names = found["concept"] + ": " + found["pattern"]
    item = pd.Index(items).get_indexer(pd.Index(names)).astype(np.int64)
    return found["doc"].to_numpy(np.int64)[item >= 0], item[item >= 0], items
