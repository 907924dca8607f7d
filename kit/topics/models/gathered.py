"""Topics of a corpus in parts: the same matrix as of one corpus, gathered, and passages found where the texts are.

Only counts of the model's terms come together, three bytes for each term of a document; texts stay with their parts.
Points are of at most 4,000 units, whatever their number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from kit.corpus.corpus import Corpus
from kit.corpus.stories.stories import originals
from kit.errors import QueryError
from kit.index.counting import document_frequencies, document_types
from kit.parts.part import Part
from kit.parts.parted import PartedCorpus
from kit.parts.summaries import AnyCorpus, united
from kit.topics.models.matrix import (
    Names,
    TopicMatrix,
    Unit,
    Within,
    are_names,
    assembled,
    capitals_of,
    check_options,
    columns_of,
    kept_columns,
    limits_of,
    topic_matrix,
)
from kit.topics.models.passages import CANDIDATES, SHOWN, candidates, find_passages
from kit.topics.models.solution import Floats
from kit.topics.models.sums import matrix_of_rows, matrix_with

Integers = npt.NDArray[np.int64]


class _Terms(NamedTuple):
    """The terms of some documents, in how many of these each stands, and how many of these have words."""

    terms: pd.Index
    documents: Integers
    worded: int


class _Rows(NamedTuple):
    """The counts of some documents, in as few bytes as hold them; the model has no more terms than 16 bits number.

    Attributes
    ----------
    rows : int64 array, one per document
        Its row in the whole corpus.
    sizes : int64 array, one per document
        Its running terms.
    cells : int64 array, one per document
        How many terms it has; none if it is a copy.
    columns, times : unsigned arrays
        The terms of each document and how often each stands in it, one document behind the other.

    """

    rows: Integers
    sizes: Integers
    cells: Integers
    columns: npt.NDArray[np.uint16]
    times: npt.NDArray[np.unsignedinteger[Any]]


def matrix_of(corpus: AnyCorpus, **options: Any) -> TopicMatrix:
    """Count the terms that a topic can be made of, with the options of `topic_matrix`."""
    return topic_matrix(corpus, **options) if isinstance(corpus, Corpus) else gathered_matrix(corpus, **options)


def gathered_matrix(
    corpus: PartedCorpus,
    *,
    within: Within = "document",
    unit: Unit = "form",
    names: Names = "keep",
    stopwords: str = "core+discourse",
    min_count: int | None = None,
    max_share: float = 0.5,
) -> TopicMatrix:
    """Count the terms of documents that a topic can be made of, part by part."""
    check_options(within, unit, names, min_count, max_share)
    if within != "document":
        remedy = 'use within="document", or take corpus.part(number)'
        raise QueryError(f"within = {within!r} over a corpus in parts", remedy=remedy)
    original = originals(corpus)
    own = original == np.arange(len(corpus))
    named = _named(corpus.reduce(_capitals, _join_capitals)) if names == "drop" else None
    found: _Terms = corpus.reduce(_terms, _join_terms, unit, stopwords, named, cut=[own])
    limits = limits_of(found.worded, min_count, max_share)
    terms = found.terms[kept_columns(found.documents, limits)]
    counts, sizes = _matrix(corpus.reduce(_rows, _join_rows, terms, unit, stopwords, named, cut=[own]), len(terms))
    doc = np.arange(len(corpus), dtype=np.int64)
    doc_id = pd.Series(corpus.sizes["doc_id"].to_numpy(), dtype="str")
    units = pd.DataFrame({"doc": doc, "doc_id": doc_id, "paragraph": pd.array([pd.NA] * len(corpus), "Int64")})
    return assembled(counts, sizes, tuple(terms.tolist()), within, unit, units, original, limits)


def gathered_passages(
    corpus: PartedCorpus, matrix: TopicMatrix, documents: Floats, terms: pd.DataFrame, shown: int = SHOWN
) -> pd.DataFrame:
    """Return the passages that `find_passages` finds in one corpus, found in the parts."""
    wanted = candidates(matrix, documents)
    rows = np.unique(np.concatenate([*wanted, np.zeros(0, np.int64)])).astype(np.int64)
    chosen = matrix.take(rows)
    number = np.full(len(corpus), -1, np.int64)
    number[chosen.doc] = np.arange(len(rows))
    found: pd.DataFrame = corpus.reduce(_passages, _join_passages, chosen, documents[rows], terms, cut=[number])
    pairs = {(topic, doc_id) for topic, units in enumerate(wanted, 1) for doc_id in _names(matrix, units)}
    there = zip(found["topic"].tolist(), found["doc_id"].tolist(), strict=True)
    table = found[np.array([pair in pairs for pair in there], bool)].sort_values(
        ["topic", "weight", "sentence"], ascending=[True, False, True], kind="stable"
    )
    table["rank"] = table.groupby("topic").cumcount().astype("int64") + 1
    return table[table["rank"] <= shown].reset_index(drop=True)


def _capitals(part: Part) -> pd.DataFrame:
    """Count how the words of a part are written inside sentences."""
    index = part.corpus.index
    places, capitals = capitals_of(index)
    return pd.DataFrame({"places": places, "capitals": capitals}, index=pd.Index(index.forms, dtype="str"))


def _join_capitals(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Add up how words are written in several parts."""
    rows, forms = united([part.index for part in parts])
    sums = np.zeros((len(forms), 2), np.int64)
    for row, part in zip(rows, parts, strict=True):
        sums[row] += part.to_numpy()
    return pd.DataFrame(sums, columns=parts[0].columns, index=forms)


def _named(written: pd.DataFrame) -> pd.Index:
    """Return the words that are mostly written with a capital, which `topic_matrix` takes for names."""
    return written.index[are_names(written["places"].to_numpy(), written["capitals"].to_numpy())]


def _columns_of(
    corpus: Corpus, unit: str, stopwords: str, named: pd.Index | None
) -> tuple[npt.NDArray[np.int32], list[str]]:
    """Return the column of each type of a part, -1 for names and other words that are no term."""
    own = None if named is None else pd.Index(corpus.index.forms, dtype="str").isin(named)
    return columns_of(corpus, unit, own, stopwords)


def _terms(part: Part, unit: str, stopwords: str, named: pd.Index | None, own: npt.NDArray[np.bool_]) -> _Terms:
    """Find the possible terms of a part, and count those of its documents that are no copies."""
    corpus = part.corpus
    column, terms = _columns_of(corpus, unit, stopwords, named)
    counts = document_types(corpus.index, column, len(terms))
    worded = int((np.diff(corpus.index.document_tokens)[own] > 0).sum())
    return _Terms(pd.Index(terms, dtype="str"), document_frequencies(counts[np.flatnonzero(own)]), worded)


def _join_terms(parts: Sequence[_Terms]) -> _Terms:
    """Unite the terms of several parts; no document is in two."""
    rows, terms = united([part.terms for part in parts])
    documents = np.zeros(len(terms), np.int64)
    for row, part in zip(rows, parts, strict=True):
        documents[row] += part.documents
    return _Terms(terms, documents, sum(part.worded for part in parts))


def _rows(
    part: Part, terms: pd.Index, unit: str, stopwords: str, named: pd.Index | None, own: npt.NDArray[np.bool_]
) -> _Rows:
    """Count some terms in the documents of a part."""
    mine, names = _columns_of(part.corpus, unit, stopwords, named)
    column = np.append(terms.get_indexer(pd.Index(names, dtype="str")), -1).astype(np.int32)[mine]
    counts = document_types(part.corpus.index, column, len(terms))
    sizes = np.asarray(counts.sum(axis=1), np.int64).ravel()
    cells = np.where(own, np.diff(counts.indptr), 0)
    kept = counts if own.all() else counts[np.flatnonzero(own)]
    narrow = np.min_scalar_type(int(kept.data.max(initial=0)))
    return _Rows(part.numbers.rows, sizes, cells, kept.indices.astype(np.uint16), kept.data.astype(narrow))


def _join_rows(parts: Sequence[_Rows]) -> _Rows:
    """Put the counts of several parts behind each other; no document is in two."""
    return _Rows(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _matrix(found: _Rows, terms: int) -> tuple[sparse.csr_matrix, Integers]:
    """Return the counts of the documents that have some, in their order, and the running terms of all."""
    order = np.argsort(found.rows)
    size, begin = found.cells[order], (np.cumsum(found.cells) - found.cells)[order]
    filled = size > 0
    begin, size = begin[filled], size[filled]
    if (np.diff(begin) > 0).all():  # the parts stand behind each other: nothing has to move
        return matrix_with(found.columns, found.times, np.append(0, np.cumsum(size)), terms), found.sizes[order]
    return matrix_of_rows(found.columns, found.times, begin, size, terms), found.sizes[order]


def _passages(
    part: Part, matrix: TopicMatrix, documents: Floats, terms: pd.DataFrame, number: Integers
) -> pd.DataFrame:
    """Find the best sentence of each candidate of a part for each topic."""
    doc = np.flatnonzero(number >= 0)
    mine = matrix.take(number[doc])
    mine = replace(mine, units=mine.units.assign(doc=doc))
    found = find_passages(part.corpus, mine, documents[number[doc]], terms, CANDIDATES)
    return found.assign(sentence=part.sentence_rows[found["sentence"].to_numpy()])


def _join_passages(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Put the passages of several parts behind each other."""
    return pd.concat(parts, ignore_index=True)


def _names(matrix: TopicMatrix, units: Integers) -> list[str]:
    """Return the documents of some fitted units."""
    fitted = matrix.units.loc[matrix.units["status"] == "fitted", "doc_id"]
    return [str(name) for name in fitted.iloc[units]]
