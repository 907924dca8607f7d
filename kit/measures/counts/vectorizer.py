"""The kit's counts for scikit-learn: documents to a sparse matrix of terms or concepts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from kit.codebook.codebook import Codebook
from kit.corpus.corpus import Corpus
from kit.errors import QueryError
from kit.index.counting import document_frequencies, document_types
from kit.index.indexing import index_texts
from kit.index.token_index import TokenIndex
from kit.index.vocabulary import KINDS
from kit.language.annotate import annotate
from kit.language.tokens import COUNTED
from kit.machine.texts import Texts
from kit.measures.counts.counts import check_unit, count_items
from kit.measures.counts.hidden import check_stopwords, hidden_items

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix


class Vectorizer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Count the terms or concepts of documents, in place of scikit-learn's ``CountVectorizer`` in a pipeline.

    Tokens, numbers, folding, lexemes, stop words and concepts are the kit's; a text, taken as it is given, has the same
    counts here as in every table.

    Parameters
    ----------
    unit : {"form", "lexeme", "concept", "pattern"}
        What gets a column: case-folded forms; lexemes (inflection undone; voice and derivation kept); concepts or
        enabled patterns of the codebook (mentions: hits that are neither glosses nor names; of patterns, names too).
    codebook : Codebook, optional
        Needed for concepts and patterns.
    stopwords : {"keep", "drop", "core", "core+discourse"}
        Whether forms and lexemes of a list of stop words get no column, as of `kit.term_frequencies`.
    kinds : sequence of {"word", "number", "punctuation", "symbol", "address"}
        Which kinds of form or lexeme get a column.
    min_df, max_df : int or float
        A term must be in at least, and at most, so many documents; a float is a share of the documents. Concepts and
        patterns all have a column, in the order of the codebook.

    Attributes
    ----------
    vocabulary_ : dict of str to int
        Column of each term; columns are in code-point order, those of concepts and patterns in the codebook's.

    Examples
    --------
    >>> import kit
    >>> vectorizer = Vectorizer()
    >>> counts = vectorizer.fit_transform(["ASN melayani warga pada 2024.", "Warga, warga!"])
    >>> vectorizer.get_feature_names_out().tolist()
    ['2024', 'asn', 'melayani', 'pada', 'warga']
    >>> counts.toarray().tolist()
    [[1, 1, 1, 1, 1], [0, 0, 0, 0, 2]]
    >>> vectorizer.transform(["Pada ASN; pada siapa?"]).toarray().tolist()
    [[0, 1, 0, 2, 0]]
    >>> lexemes = Vectorizer(unit="lexeme", stopwords="drop").fit(["Tugas ASN dan tugas-tugasnya."])
    >>> lexemes.vocabulary_
    {'asn': 0, 'tugas': 1}
    >>> concepts = Vectorizer(unit="concept", codebook=kit.load_codebook()).fit([""])
    >>> concepts.transform(["ASN harus melayani warga."]).sum().item()
    3

    """

    def __init__(
        self,
        *,
        unit: Literal["form", "lexeme", "concept", "pattern"] = "form",
        codebook: Codebook | None = None,
        stopwords: Literal["keep", "drop", "core", "core+discourse"] = "keep",
        kinds: Sequence[str] = COUNTED,
        min_df: float = 1,
        max_df: float = 1.0,
    ) -> None:
        self.unit = unit
        self.codebook = codebook
        self.stopwords = stopwords
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
            Documents x terms or concepts; running tokens, or mentions.

        Raises
        ------
        QueryError
            A unit, a list of stop words or a kind is unknown, concepts are asked for without a codebook, or no term
            is left.
        CorpusError
            A document is no text.

        """
        counts, terms = self._counted(texts)
        if self._listed:
            frequency = document_frequencies(counts)
            least, most = (self._documents(bound, counts.shape[0]) for bound in (self.min_df, self.max_df))
            wanted = np.flatnonzero((frequency >= least) & (frequency <= most))
            counts, terms = (counts, terms) if len(wanted) == len(terms) else (counts[:, wanted], terms[wanted])
        if not len(terms):
            remedy = "widen kinds, stopwords, min_df or max_df"
            raise QueryError("no type is left to count", place="Vectorizer", remedy=remedy)
        self._terms = terms
        return counts

    def transform(self, texts: Texts) -> csr_matrix:
        """Count what has a column; the rest is left out.

        Parameters
        ----------
        texts : iterable of str, or a pandas or Arrow column of them
            One text per document.

        Returns
        -------
        scipy.sparse.csr_matrix of int32
            Documents x terms or concepts; running tokens, or mentions.

        """
        check_is_fitted(self, "_terms")
        if not self._listed:
            return self._counted(texts)[0]
        read = self._read(texts)
        column = self._terms.get_indexer(pd.Index(read.names, dtype="str")).astype(np.int32)
        return document_types(read.tokens, column, len(self._terms))

    def get_feature_names_out(self, input_features: Any = None) -> npt.NDArray[np.object_]:  # noqa: ARG002
        """Return the term or concept of each column."""
        check_is_fitted(self, "_terms")
        return np.array(self._terms.tolist(), dtype=object)

    @property
    def vocabulary_(self) -> dict[str, int]:
        """Column of each term or concept."""
        check_is_fitted(self, "_terms")
        return {term: column for column, term in enumerate(self._terms)}

    def __sklearn_tags__(self) -> Any:
        """Tell scikit-learn that texts are taken."""
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        return tags

    @property
    def _listed(self) -> bool:
        """Whether columns are learnt from the texts; those of a codebook are known."""
        return self.unit in ("form", "lexeme")

    def _counted(self, texts: Texts) -> tuple[csr_matrix, pd.Index]:
        """Count all that may get a column, in the order of the columns."""
        check_unit(self.unit, self.codebook)
        if not self._listed:
            counts = count_items(_corpus_of(texts), self.unit, codebook=self.codebook)
            return counts.matrix.astype(np.int32), pd.Index(counts.items, dtype="str")
        variant = check_stopwords(self.stopwords)
        unknown = [kind for kind in self.kinds if kind not in KINDS]
        if unknown:
            raise QueryError(f"unknown kind {unknown[0]!r}", place="Vectorizer", remedy="use " + ", ".join(KINDS))
        read = self._read(texts)
        codes, names = pd.factorize(pd.Index(read.names, dtype="str"), sort=True)
        kept = np.isin(read.tokens.term_kind, [KINDS.index(kind) for kind in self.kinds])
        if variant != "keep":
            kept &= ~hidden_items(read.types, codes, names, variant)[codes]
        held = np.unique(codes[kept])
        column = np.where(kept, np.searchsorted(held, codes), -1).astype(np.int32)
        return document_types(read.tokens, column, len(held)), pd.Index(names[held], dtype="str")

    def _read(self, texts: Texts) -> _Read:
        """Read texts as they are; what is said of types beyond their forms only where it is needed."""
        index = index_texts(texts)
        if self.unit == "form" and self.stopwords == "keep":
            return _Read(index, list(index.forms), pd.DataFrame())
        types = annotate(index.forms, index.kinds)
        return _Read(index, types[self.unit].tolist(), types)

    @staticmethod
    def _documents(bound: float, documents: int) -> float:
        """Return a bound on document frequency in documents."""
        return bound * documents if isinstance(bound, float) else bound


class _Read(NamedTuple):
    """Texts as integers, the item of each type, and the table of types, empty where nobody asks for it."""

    tokens: TokenIndex
    names: list[str]
    types: pd.DataFrame


def _corpus_of(texts: Texts) -> Corpus:
    """Return texts as a corpus, as they are given."""
    bodies = list(texts)
    return Corpus.from_frame(
        pd.DataFrame({"doc_id": [str(row) for row in range(len(bodies))], "text": bodies}), clean=False
    )
