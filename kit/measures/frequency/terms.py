"""How often: forms and lexemes, with the denominator beside each count."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from kit.corpus.calls import recorded
from kit.errors import QueryError
from kit.index.counting import document_types
from kit.index.token_index import Int32, Int64
from kit.language.tokens import COUNTED
from kit.measures.counts.grouping import By
from kit.measures.counts.hidden import check_stopwords, hidden_items
from kit.measures.counts.numbering import numbered, whole_of
from kit.measures.counts.sums import Sums, add_sums, sums_of
from kit.measures.frequency.groups import COLUMNS, by_group, groups_of, relative, with_notes
from kit.parts.part import Part
from kit.parts.summaries import AnyCorpus, reduce
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
    whole, number = whole_of(corpus, unit), len(groups.words)
    wanted = (unit, tuple(listed), variant, number, len(whole.names))
    join = partial(_join_terms, size=len(whole.names), groups=number)
    found: _Terms = reduce(corpus, _count_terms, join, *wanted, cut=[groups.code, whole.own])
    row, item = np.divmod(found.cells.key, max(len(whole.names), 1))
    count, documents = found.cells.columns
    order = np.lexsort([item, -count, row])  # terms are sorted, so their numbers break ties
    order = order[~np.isin(item[order], found.hidden)] if len(found.hidden) else order
    row, item, count = row[order], item[order], count[order]
    table = pd.DataFrame(
        {
            **groups.named(row),
            "term": whole.names[item].array,
            "count": count,
            **relative(count, groups.words[row]),
            "documents": documents[order],
        }
    )
    remarks = [] if variant == "keep" else [remark(f"frequencies.no_stopwords.{variant}")]
    remarks += [remark(f"frequencies.one_kind.{kind}") for kind in listed] if len(listed) == 1 else []
    return with_notes(table, corpus, groups.words, remarks, unit=unit)


class _Terms(NamedTuple):
    """Terms counted by group: by the number of group × terms + term, how often and in how many documents.

    `hidden` are the numbers of terms that a list of stop words leaves out.
    """

    cells: Sums
    hidden: Int64


def _count_terms(
    part: Part,
    unit: str,
    kinds: Sequence[str],
    variant: str,
    groups: int,
    size: int,
    group: Int64,
    own: Int32 | None,
) -> _Terms:
    """Count the terms of a part."""
    stored = part.stored[0]
    items, types = numbered(stored, unit), stored.types
    counted = items.of_type >= 0
    hidden = np.flatnonzero(hidden_items(types[counted], items.of_type[counted].astype(np.intp), items.names, variant))
    if groups == 1 and len(kinds) == len(COUNTED):
        cells = sums_of(part, unit, own)
    else:
        column = np.where(types["kind"].isin(kinds).to_numpy(bool), items.of_type, -1)
        cells = _by_group(part, column, len(items.names), groups, size, group, own)
    return _Terms(cells, hidden if own is None else own[hidden].astype(np.int64))


def _by_group(part: Part, column: Int32, names: int, groups: int, size: int, group: Int64, own: Int32 | None) -> Sums:
    """Count words by group."""
    from scipy import sparse  # noqa: PLC0415 - a table of few words does without, and it takes long to load

    stored, chosen = part.stored
    matrix = document_types(stored.index, column, names)
    matrix = matrix if chosen is None else matrix[chosen]
    present = sparse.csr_array((np.ones_like(matrix.data), matrix.indices, matrix.indptr), shape=matrix.shape)
    count, documents = (by_group(one, group, groups) for one in (matrix, present))
    row = np.repeat(np.arange(groups), np.diff(count.indptr))
    key = row * size + (count.indices if own is None else own[count.indices])
    order = np.argsort(key, kind="stable")
    return Sums(key[order], (count.data[order].astype(np.int64), documents.data[order].astype(np.int64)))


def _join_terms(parts: Sequence[_Terms], size: int, groups: int) -> _Terms:
    """Add up the counts of several parts."""
    cells, hidden = zip(*parts, strict=True)
    return _Terms(add_sums(cells, size * groups), np.unique(np.concatenate(hidden)))


def _kinds(kinds: Sequence[str]) -> list[str]:
    """Return the kinds of token that are listed, each once."""
    asked = [kinds] if isinstance(kinds, str) else list(kinds)
    if not asked or not set(asked) <= set(COUNTED):
        raise QueryError(f"kinds = {kinds!r}", remedy="use one or both of 'word' and 'number'")
    return sorted(set(asked))
