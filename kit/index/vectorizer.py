"""The kit's tokens for scikit-learn: documents to a sparse matrix of counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from kit.errors import QueryError
from kit.index.counting import document_frequencies, document_types
from kit.index.indexing import index_texts
from kit.index.texts import Texts
from kit.index.token_index import TokenIndex
from kit.index.vocabulary import KINDS
from kit.language.tokens import COUNTED

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix


class Vectorizer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Count the types of documents, in place of scikit-learn's ``CountVectorizer`` in a pipeline.

    Tokens, numbers, folding and visible form are the kit's; a text has the same counts here as in every table.

    Parameters
    ----------
    kinds : sequence of {"word", "number", "punctuation", "symbol", "address"}
        Which types get a column.
    min_df, max_df : int or float
        A type must be in at least, and at most, so many documents; a float is a share of the documents.

    Attributes
    ----------
    vocabulary_ : dict of str to int
        Column of each type; columns are in code-point order.

    Examples
    --------
    >>> vectorizer = Vectorizer()
    >>> counts = vectorizer.fit_transform(["ASN melayani warga pada 2024.", "Warga, warga!"])
    >>> vectorizer.get_feature_names_out().tolist()
    ['2024', 'asn', 'melayani', 'pada', 'warga']
    >>> counts.toarray().tolist()
    [[1, 1, 1, 1, 1], [0, 0, 0, 0, 2]]
    >>> vectorizer.transform(["Pada ASN; pada siapa?"]).toarray().tolist()
    [[0, 1, 0, 2, 0]]

    """

    def __init__(self, *, kinds: Sequence[str] = COUNTED, min_df: float = 1, max_df: float = 1.0) -> None:
        self.kinds = kinds
        self.min_df = min_df
        self.max_df = max_df

    def fit(self, texts: Texts, y: Any = None) -> Vectorizer:
        """Learn the columns.

        Parameters
        ----------
        texts : iterable of str, or a pandas or Arrow column of them
            One text per document.
        y : None
            Not looked at.

        Returns
        -------
        Vectorizer
            Itself.

        """
        self.fit_transform(texts, y)
        return self

    def fit_transform(self, texts: Texts, y: Any = None) -> csr_matrix:  # noqa: ARG002 - scikit-learn's signature
        """Learn the columns, and count.

        Parameters
        ----------
        texts : iterable of str, or a pandas or Arrow column of them
            One text per document.
        y : None
            Not looked at.

        Returns
        -------
        scipy.sparse.csr_matrix of int32
            Documents x types; running tokens.

        Raises
        ------
        QueryError
            A kind is unknown, or no type is left.
        CorpusError
            A document is no text.

        """
        index = index_texts(texts)
        kept = self._of_kinds(index)
        counts = document_types(index, *_columns(kept))
        frequency = document_frequencies(counts)
        least, most = (self._documents(bound, counts.shape[0]) for bound in (self.min_df, self.max_df))
        wanted = (frequency >= least) & (frequency <= most)
        if not wanted.all():
            kept[np.flatnonzero(kept)[~wanted]] = False
            counts = document_types(index, *_columns(kept))
        if not counts.shape[1]:
            raise QueryError("no type is left to count", place="Vectorizer", remedy="widen kinds, min_df or max_df")
        self._terms = index.terms.take(np.flatnonzero(kept))
        return counts

    def transform(self, texts: Texts) -> csr_matrix:
        """Count the types that have a column; others are left out.

        Parameters
        ----------
        texts : iterable of str, or a pandas or Arrow column of them
            One text per document.

        Returns
        -------
        scipy.sparse.csr_matrix of int32
            Documents x types; running tokens.

        """
        check_is_fitted(self, "_terms")
        index = index_texts(texts)
        columns = self.vocabulary_
        column = np.array([columns.get(form, -1) for form in index.forms], np.int32)
        return document_types(index, column, len(self._terms))

    def get_feature_names_out(self, input_features: Any = None) -> npt.NDArray[np.object_]:  # noqa: ARG002
        """Return the type of each column."""
        check_is_fitted(self, "_terms")
        return np.array(self._terms.strings, dtype=object)

    @property
    def vocabulary_(self) -> dict[str, int]:
        """Column of each type."""
        check_is_fitted(self, "_terms")
        return {form: column for column, form in enumerate(self._terms)}

    def _of_kinds(self, index: TokenIndex) -> npt.NDArray[np.bool_]:
        """Tell which types are of the kinds asked for."""
        unknown = [kind for kind in self.kinds if kind not in KINDS]
        if unknown:
            raise QueryError(f"unknown kind {unknown[0]!r}", place="Vectorizer", remedy="use " + ", ".join(KINDS))
        return np.isin(index.term_kind, [KINDS.index(kind) for kind in self.kinds])

    @staticmethod
    def _documents(bound: float, documents: int) -> float:
        """Return a bound on document frequency in documents."""
        return bound * documents if isinstance(bound, float) else bound


def _columns(kept: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.int32], int]:
    """Return the column of each type that is kept, -1 for the others, and how many are kept."""
    return np.where(kept, np.cumsum(kept) - 1, -1).astype(np.int32), int(kept.sum())
