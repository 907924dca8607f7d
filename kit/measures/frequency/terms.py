"""How often: forms and lexemes, with the denominator beside each count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.corpus.calls import recorded
from kit.errors import QueryError
from kit.index.counting import FEW, counted, document_types
from kit.index.token_index import Int64
from kit.language.tokens import COUNTED
from kit.measures.counts.grouping import By
from kit.measures.counts.hidden import check_stopwords, hidden_items
from kit.measures.frequency.groups import COLUMNS, by_group, groups_of, relative, with_notes
from kit.parts.part import Part
from kit.parts.summaries import AnyCorpus, reduce, united
from kit.wording.words import remark


@recorded("term")
def term_frequencies(
    corpus: AnyCorpus,
    *,
    unit: Literal["form", "lexeme"] = "form",
    by: By | None = None,
    stopwords: Literal["keep", "drop", "core", "core+discourse"] = "keep",
    kinds: Sequence[str] = ("word", "number"),
) -> pd.DataFrame:
    """Count the terms of a corpus.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    unit : {"form", "lexeme"}
        Case-folded forms, or lexemes (inflection undone; voice and derivation kept). Roots are never counted.
    by : str, mapping, or sequence of these, optional
        What makes the groups, a set of rows each: a metadata column of the documents, ``year`` or ``month``; or a
        column of your own by the date that parts it, ``{"period": "2024-10-20"}``. Several cross each other.
    stopwords : {"keep", "drop", "core", "core+discourse"}
        Whether to list all terms, or to leave out those of a list of stop words: function words ("core"; "drop" is the
        same) or, with them, the fixed words of discourse. Words left out stay in the denominators. Words of modality,
        negation and agency are always listed. A form is left out with its lexeme, a lexeme with any of its forms.
    kinds : sequence of {"word", "number"}
        Which kinds of token to list; the others stay in the denominators.

    Returns
    -------
    DataFrame
        The columns of `by` (str, if asked for; ``not stated`` last), `term` (str), `count` (int64, running tokens),
        `per_1000`, `per_million` (float64, of the group's words and numbers), `documents` (int64, documents of the
        group with the term). Tokens of the `kinds` only, no zeros; sorted by group, falling count, term.

    Raises
    ------
    QueryError
        `unit`, `stopwords` or `kinds` has an unknown value.
    CorpusError
        `by` is not a column.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> frame = pd.DataFrame({"doc_id": ["a"], "text": ["Tugas ASN: tugas-tugasnya, tugas."]})
    >>> corpus = kit.Corpus.from_frame(frame, clean=False)
    >>> kit.term_frequencies(corpus, unit="lexeme")[["term", "count", "per_1000"]]
        term  count  per_1000
    0  tugas      3     750.0
    1    asn      1     250.0
    >>> kit.term_frequencies(corpus, kinds=["number"]).empty
    True

    """
    if unit not in ("form", "lexeme"):
        raise QueryError(f"unit {unit!r} is not counted", remedy="use 'form' or 'lexeme'")
    variant = check_stopwords(stopwords)
    listed = _kinds(kinds)
    groups = groups_of(corpus, by, COLUMNS)
    wanted = (unit, tuple(listed), variant, len(groups.words))
    found: _Terms = reduce(corpus, _count_terms, _join_terms, *wanted, cut=[groups.code])
    cells = found.cells[~found.hidden[found.cells["item"].to_numpy()]]
    row, item, count = (cells[name].to_numpy(np.int64) for name in ("group", "item", "count"))
    order = np.lexsort([item, -count, row])  # terms are sorted, so their numbers break ties
    row, item, count = row[order], item[order], count[order]
    table = pd.DataFrame(
        {
            **groups.named(row),
            "term": found.terms[item].array,
            "count": count,
            **relative(count, groups.words[row]),
            "documents": cells["documents"].to_numpy(np.int64)[order],
        }
    )
    remarks = [] if variant == "keep" else [remark(f"frequencies.no_stopwords.{variant}")]
    remarks += [remark(f"frequencies.one_kind.{kind}") for kind in listed] if len(listed) == 1 else []
    return with_notes(table, corpus, groups.words, remarks, unit=unit)


class _Terms(NamedTuple):
    """Terms counted by group; `cells` has `group`, `item`, `count`, `documents` (int64), zeros left out."""

    terms: pd.Index
    hidden: npt.NDArray[np.bool_]
    cells: pd.DataFrame


def _count_terms(part: Part, unit: str, kinds: Sequence[str], variant: str, groups: int, group: Int64) -> _Terms:
    """Count the terms of a part."""
    types = part.corpus.types
    codes, names = pd.factorize(types[unit], sort=True)
    hidden = hidden_items(types, codes, pd.Index(names, dtype="str"), variant)
    listed = types["kind"].isin(kinds).to_numpy(bool)
    column = np.where(listed, codes, -1)
    if groups == 1 and len(part.corpus.index.surface) < FEW:
        cells = _whole(part, column, len(names))
    else:
        cells = _by_group(part, column, len(names), groups, group)
    return _Terms(pd.Index(names, dtype="str"), hidden, cells.astype("int64"))


def _whole(part: Part, column: npt.NDArray[np.integer], names: int) -> pd.DataFrame:
    """Count few words in one group, for which nothing large has to be loaded."""
    times, item, *_ = counted(part.corpus.index, column, names)
    documents = np.bincount(item, minlength=names)
    there = np.flatnonzero(documents)
    count = np.bincount(item, times, names)[there]
    return pd.DataFrame({"group": 0, "item": there, "count": count, "documents": documents[there]})


def _by_group(part: Part, column: npt.NDArray[np.integer], names: int, groups: int, group: Int64) -> pd.DataFrame:
    """Count words by group."""
    from scipy import sparse  # noqa: PLC0415 - see above

    matrix = document_types(part.corpus.index, column, names)
    present = sparse.csr_array((np.ones_like(matrix.data), matrix.indices, matrix.indptr), shape=matrix.shape)
    count, documents = (by_group(one, group, groups) for one in (matrix, present))
    row = np.repeat(np.arange(groups), np.diff(count.indptr))
    return pd.DataFrame({"group": row, "item": count.indices, "count": count.data, "documents": documents.data})


def _join_terms(parts: Sequence[_Terms]) -> _Terms:
    """Add up the counts of several parts, by the names of terms."""
    items, terms = united([part.terms for part in parts])
    hidden = np.zeros(len(terms), bool)
    moved = []
    for part, item in zip(parts, items, strict=True):
        hidden[item[part.hidden]] = True
        moved.append(part.cells.assign(item=item[part.cells["item"].to_numpy()]))
    return _Terms(terms, hidden, pd.concat(moved).groupby(["group", "item"], sort=True).sum().reset_index())


def _kinds(kinds: Sequence[str]) -> list[str]:
    """Return the kinds of token that are listed, each once."""
    asked = [kinds] if isinstance(kinds, str) else list(kinds)
    if not asked or not set(asked) <= set(COUNTED):
        raise QueryError(f"kinds = {kinds!r}", remedy="use one or both of 'word' and 'number'")
    return sorted(set(asked))
