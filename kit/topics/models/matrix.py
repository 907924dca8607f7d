"""Units and terms that topics are fitted to: whole counts, copies once, and why a unit is not among them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from inspect import signature
from numbers import Real
from typing import Any, Literal, TypeVar, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from kit.arguments import check_amount
from kit.corpus.corpus import Corpus
from kit.corpus.stories.stories import originals
from kit.errors import QueryError
from kit.index.counting import document_frequencies, document_types
from kit.index.token_index import Int64, TokenIndex
from kit.index.vocabulary import KINDS
from kit.language.stopwords import stopwords as stopword_list
from kit.topics.models.sums import chosen

Within = Literal["document", "paragraph"]
Unit = Literal["form", "lexeme"]
Names = Literal["keep", "drop"]

#: Terms at most, those in most units.
MAX_TERMS = 10_000
#: A term has to stand in one unit in so many, but in no less than the first and need not in more than the second.
_UNITS_A_TERM, _LEAST, _ENOUGH = 100, 2, 5
#: Letters a term has at least.
_SHORTEST = 3
#: Share of a form's places inside sentences at which it is written with a capital, from which on it is a name.
_NAME = 0.8
#: The options that say what terms are.
_OF_TERMS = ("unit", "names", "stopwords", "min_count", "max_share")

_Option = TypeVar("_Option")


@dataclass(frozen=True, eq=False)
class TopicMatrix:
    """Units × terms, from `topic_matrix`.

    Attributes
    ----------
    counts : scipy.sparse.csr_matrix of int32, fitted units × terms
        Running terms. Rows are sorted, hold no zero, and none is empty; copies of a document are not among them. Of a
        corpus in parts in as few bytes as hold them; `kit.topics.models.sums` works with both.
    terms : tuple of str
        Forms or lexemes in code-point order, the columns.
    within : {"document", "paragraph"}
        What a unit of the fit is.
    units : DataFrame, one row per document or paragraph of the corpus, in its order
        `doc` (int64, row of the document), `doc_id` (str), `paragraph` (Int64, from 0; missing where the unit is the
        document), `terms` (int64; running terms of the model), `status` (str: ``fitted``, ``copy``, ``empty``), `row`
        (int64; its row in `counts`, that of the original for a copy; -1 if there is none).
    minimum, maximum : int
        Units a term has to stand in at least and at most.
    unit : {"form", "lexeme"}
        What the terms are.

    """

    counts: sparse.csr_matrix
    terms: tuple[str, ...]
    within: str
    units: pd.DataFrame
    minimum: int
    maximum: int
    unit: str = "form"

    @property
    def unit_frequency(self) -> npt.NDArray[np.int64]:
        """In how many fitted units each term stands."""
        return document_frequencies(self.counts)

    @property
    def doc(self) -> npt.NDArray[np.int64]:
        """Row of the document that each row of `counts` is of."""
        fitted = self.units[self.units["status"] == "fitted"]
        doc: npt.NDArray[np.int64] = fitted["doc"].to_numpy(np.int64)
        return doc

    def take(self, rows: npt.NDArray[np.integer]) -> TopicMatrix:
        """Return the matrix of some fitted units, in the order given, repeats allowed; `units` lists just these."""
        fitted = self.units[self.units["status"] == "fitted"]
        units = fitted.iloc[rows].reset_index(drop=True).assign(row=np.arange(len(rows)))
        return replace(self, counts=chosen(self.counts, rows), units=units)


def topic_matrix(
    corpus: Corpus,
    *,
    within: Within = "document",
    unit: Unit = "form",
    names: Names = "keep",
    stopwords: str = "core+discourse",
    min_count: int | None = None,
    max_share: float = 0.5,
    max_terms: int = MAX_TERMS,
) -> TopicMatrix:
    """Count the terms of documents or paragraphs that a topic can be made of.

    Terms are words of at least three letters that are no stop words, stand in enough units and not in too many.
    """
    check_options(within, unit, names, min_count, max_share, max_terms)
    units, index = _units(corpus, within)
    named = are_names(*capitals_of(corpus.index)) if names == "drop" else None
    column, terms = columns_of(corpus, unit, named, stopwords)
    original = _originals(corpus, units, index, within)
    own = np.flatnonzero(original == np.arange(len(units)))
    # The number of units is that of the units with words: empty files must not move the bounds.
    worded = int((np.diff(index.document_tokens)[own] > 0).sum())
    counts = document_types(index, column, len(terms))
    frequency = document_frequencies(counts if len(own) == len(units) else counts[own])
    limits = limits_of(worded, min_count, max_share)
    kept = kept_columns(frequency, limits, max_terms)
    new = np.full(len(terms) + 1, -1, np.int32)  # the last for types that have no column
    new[kept] = np.arange(len(kept), dtype=np.int32)
    counts = document_types(index, new[column], len(kept))
    sizes = np.asarray(counts.sum(axis=1), np.int64).ravel()
    fitted = np.flatnonzero((original == np.arange(len(units))) & (sizes > 0))
    rows = counts if len(fitted) == len(units) else counts[fitted]
    columns = tuple(terms[place] for place in kept.tolist())
    return assembled(rows, sizes, columns, within, unit, units, original, limits)


def term_options(matrix: TopicMatrix, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the terms of a matrix are, with what was left out: two models of one matrix have the same."""
    defaults = {name: one.default for name, one in signature(topic_matrix).parameters.items() if name in _OF_TERMS}
    return defaults | dict(given) | {"min_count": matrix.minimum}


def check_options(
    within: Within, unit: Unit, names: Names, min_count: int | None, max_share: float, max_terms: int = MAX_TERMS
) -> None:
    """Refuse options of `topic_matrix` that have no meaning."""
    _one_of("within", within, get_args(Within))
    _one_of("unit", unit, get_args(Unit))
    _one_of("names", names, get_args(Names))
    if min_count is not None:
        check_amount("min_count", min_count, 1, place="fit_topics", remedy="ask for at least 1 unit a term")
    if isinstance(max_share, bool) or not isinstance(max_share, Real) or not 0 < max_share <= 1:
        raise QueryError(f"max_share = {max_share!r}", remedy="give a share of the units above 0 and up to 1")
    if max_terms < 1:
        raise QueryError(f"max_terms = {max_terms!r}", remedy="ask for at least 1 term")


def limits_of(units: int, min_count: int | None, max_share: float) -> tuple[int, int]:
    """Return in how many units a term has to stand at least and at most, given how many have words."""
    least = min_count if min_count is not None else max(_LEAST, min(_ENOUGH, units // _UNITS_A_TERM))
    return least, int(max_share * units)


def kept_columns(
    frequency: npt.NDArray[np.int64], limits: tuple[int, int], max_terms: int = MAX_TERMS
) -> npt.NDArray[np.int64]:
    """Return the columns of the terms that stand in enough units and not in too many; `topic_matrix` has the rule."""
    kept = np.flatnonzero((frequency >= limits[0]) & (frequency <= limits[1])).astype(np.int64)
    return kept if len(kept) <= max_terms else np.sort(kept[np.argsort(-frequency[kept], kind="stable")[:max_terms]])


def assembled(
    counts: sparse.csr_matrix,
    sizes: npt.NDArray[np.int64],
    terms: tuple[str, ...],
    within: str,
    unit: str,
    units: pd.DataFrame,
    original: npt.NDArray[np.int64],
    limits: tuple[int, int],
) -> TopicMatrix:
    """Return the matrix of fitted units, given the running terms of all units and the unit that each is a copy of."""
    copied = original != np.arange(len(units))
    status = np.where(copied, "copy", np.where(sizes > 0, "fitted", "empty"))
    fitted = np.flatnonzero(status == "fitted")
    row = np.full(len(units), -1, np.int64)
    row[fitted] = np.arange(len(fitted))
    row = row[original]
    units = units.assign(terms=sizes, status=pd.Series(status, dtype="str"), row=row)
    return TopicMatrix(counts, terms, within, units, *limits, unit)


def _one_of(name: str, value: _Option, options: tuple[_Option, ...]) -> None:
    """Refuse an option that does not exist."""
    if value not in options:
        raise QueryError(f"{name} = {value!r}", remedy="use one of " + ", ".join(map(str, options)))


def _units(corpus: Corpus, within: str) -> tuple[pd.DataFrame, TokenIndex]:
    """Return the units, and the index cut into them instead of into documents."""
    if within == "document":
        doc, paragraph = np.arange(len(corpus), dtype=np.int64), pd.array([pd.NA] * len(corpus), "Int64")
        index = corpus.index
    else:
        sentences = corpus.sentences
        opens = np.ones(len(sentences), bool)
        keys = sentences[["doc", "paragraph"]].to_numpy(np.int64)
        opens[1:] = (keys[1:] != keys[:-1]).any(axis=1)
        first = np.flatnonzero(opens)
        doc, paragraph = keys[first, 0], pd.array(keys[first, 1], "Int64")
        bounds = np.append(corpus.index.sentence_tokens[:-1][first], len(corpus.index.surface))
        index = replace(corpus.index, document_tokens=bounds.astype(np.int64))
    doc_id = corpus.documents["doc_id"].astype("str").to_numpy()[doc]
    table = {"doc": doc, "doc_id": pd.Series(doc_id, dtype="str"), "paragraph": paragraph}
    return pd.DataFrame(table), index


def _originals(corpus: Corpus, units: pd.DataFrame, index: TokenIndex, within: str) -> npt.NDArray[np.int64]:
    """Return, for each unit, the row of the unit it is a copy of; its own if it is none.

    A paragraph of a copy is one if the original has a paragraph of the same tokens; one that was added is not.
    """
    first = originals(corpus)
    if within == "document":
        return first
    doc = units["doc"].to_numpy(np.int64)
    original, bounds = np.arange(len(units)), index.document_tokens

    def tokens(unit: int) -> tuple[int, bytes]:
        return int(first[doc[unit]]), index.type_of(slice(bounds[unit], bounds[unit + 1])).tobytes()

    copied = first[doc] != doc
    there = {tokens(unit): unit for unit in np.flatnonzero(np.isin(doc, first[doc[copied]])).tolist()[::-1]}
    for unit in np.flatnonzero(copied).tolist():
        original[unit] = there.get(tokens(unit), unit)
    return original


def columns_of(
    corpus: Corpus, unit: str, named: npt.NDArray[np.bool_] | None, stopwords: str
) -> tuple[npt.NDArray[np.int32], list[str]]:
    """Return the column of each type, -1 for those that are no term, and their names; types `named` are none."""
    index = corpus.index
    forms = index.forms
    stop = frozenset[str]() if stopwords == "keep" else stopword_list(stopwords)
    wanted = index.term_kind == KINDS.index("word")
    wanted &= np.fromiter((len(form) >= _SHORTEST and form not in stop for form in forms), bool, len(forms))
    if named is not None:
        wanted &= ~named
    column = np.full(len(forms), -1, np.int32)
    if unit == "form":
        column[wanted] = np.arange(int(wanted.sum()), dtype=np.int32)
        return column, [forms[row] for row in np.flatnonzero(wanted).tolist()]
    lexemes = corpus.types["lexeme"]
    wanted &= ~lexemes.isin(stop).to_numpy(bool)
    codes, terms = pd.factorize(lexemes[wanted], sort=True)
    column[wanted] = codes
    return column, [str(term) for term in terms]


def capitals_of(index: TokenIndex) -> tuple[Int64, Int64]:
    """Count the places of each type inside sentences, and those where it has a capital but is not all in capitals.

    Abbreviations (*KPK*, *APBD*) name offices, laws and budgets more than persons and places: they tell of subjects.
    """
    capital = np.fromiter(
        (word[:1].isupper() and not word.isupper() for word in index.surfaces), bool, len(index.surfaces)
    )
    inside = np.ones(len(index.surface), bool)
    inside[index.sentence_tokens[:-1]] = False
    surface = np.bincount(index.surface[inside], minlength=len(capital))
    types = len(index.terms)
    places = np.bincount(index.surface_type, weights=surface, minlength=types)
    capitals = np.bincount(index.surface_type, weights=surface * capital, minlength=types)
    return places.astype(np.int64), capitals.astype(np.int64)


def are_names(places: Int64, capitals: Int64) -> npt.NDArray[np.bool_]:
    """Tell which types are mostly written with a capital where no sentence begins."""
    return np.asarray((places > 0) & (capitals >= _NAME * places), bool)
