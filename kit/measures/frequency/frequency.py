"""How often: forms, lexemes, concepts and patterns, with the denominator beside each count.

Relative frequencies are ``count / words and numbers`` of the same documents, times 1,000 or 1,000,000. Punctuation and
symbols are in no count and no denominator.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from kit.codebook.codebook import Codebook
from kit.codebook.mentions import find_mentions
from kit.corpus.parts.part import Part
from kit.corpus.parts.summaries import AnyCorpus, catalogue_of, reduce, united
from kit.errors import QueryError
from kit.language.counting import document_types
from kit.language.index import Int64
from kit.language.stopwords import VARIANTS, protected_words
from kit.language.stopwords import stopwords as stopword_list
from kit.language.tokens import COUNTED
from kit.measures.counts.counts import columns_added

DENOMINATOR = "words and numbers"
_NO_WORDS = {
    "en": "Relative frequencies are missing: there are no words to divide by.",
    "id": "Frekuensi relatif kosong: tidak ada kata sebagai pembagi.",
}
_COPIES = {
    "en": "Articles that copy another are counted like the others ({n}).",
    "id": "Artikel yang menyalin artikel lain ikut dihitung ({n}).",
}
_NO_STOPWORDS = {
    "core": {
        "en": "Function words of the core list are not shown; they stay in the denominator.",
        "id": "Kata tugas dalam daftar inti tidak ditampilkan; tetap dihitung sebagai pembagi.",
    },
    "core+discourse": {
        "en": "Function words and fixed words of discourse (list core+discourse) are not shown; they stay in the "
        "denominator.",
        "id": "Kata tugas dan kata wacana (daftar core+discourse) tidak ditampilkan; tetap dihitung sebagai pembagi.",
    },
}
_ONE_KIND = {
    "word": {
        "en": "Numbers are not shown; they stay in the denominator.",
        "id": "Bilangan tidak ditampilkan; tetap dihitung sebagai pembagi.",
    },
    "number": {
        "en": "Only numbers are shown; words stay in the denominator.",
        "id": "Hanya bilangan yang ditampilkan; kata tetap dihitung sebagai pembagi.",
    },
}


def term_frequencies(
    corpus: AnyCorpus,
    unit: Literal["form", "lexeme"] = "form",
    by: str | None = None,
    *,
    stopwords: Literal["keep", "drop", "core", "core+discourse"] = "keep",
    kinds: Sequence[str] = ("word", "number"),
) -> pd.DataFrame:
    """Count the terms of a corpus.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    unit : {"form", "lexeme"}
        Case-folded forms, or lexemes (inflection undone; voice and derivation kept). Roots are never counted.
    by : str, optional
        A metadata column of the documents, ``year`` or ``month``: one set of rows per value.
    stopwords : {"keep", "drop", "core", "core+discourse"}
        Whether to list all terms, or to leave out those of a list of stop words: function words ("core"; "drop" is
        the same) or, with them, the fixed words of discourse. They stay in the denominators. Words of modality,
        negation and agency are always listed. A form goes with its lexeme, a lexeme with any of its forms.
    kinds : sequence of {"word", "number"}
        Which kinds of token to list; the others stay in the denominators.

    Returns
    -------
    DataFrame
        `by` (str, if asked for), `term` (str), `count` (int64, running tokens), `per_1000`, `per_million` (float64,
        of the group's words and numbers), `documents` (int64, documents of the group with the term). Tokens of
        the `kinds` only, no zeros; sorted by group, falling count, term.

    Raises
    ------
    QueryError
        `unit`, `stopwords` or `kinds` has none of its values.
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
    variant = "core" if stopwords == "drop" else stopwords
    if variant != "keep" and variant not in VARIANTS:
        raise QueryError(f"stopwords = {stopwords!r}", remedy="use one of keep, drop, " + ", ".join(VARIANTS))
    listed = _kinds(kinds)
    check_by(by, _OWN)
    labels, group, words = groups_of(corpus, by)
    wanted = (unit, tuple(listed), variant, len(labels))
    found: _Terms = reduce(corpus, _count_terms, _join_terms, *wanted, cut=[group])
    shown = ~found.hidden
    shown |= found.terms.isin(list(protected_words()))
    cells = found.cells[shown[found.cells["item"].to_numpy()]]
    row, item, count = (cells[name].to_numpy(np.int64) for name in ("group", "item", "count"))
    order = np.lexsort([item, -count, row])  # terms are sorted, so their numbers break ties
    row, item, count = row[order], item[order], count[order]
    rows: dict[str, Any] = {} if by is None else {by: labels[row].array}
    table = pd.DataFrame(
        {
            **rows,
            "term": found.terms[item].array,
            "count": count,
            **_relative(count, words[row]),
            "documents": cells["documents"].to_numpy(np.int64)[order],
        }
    )
    remarks = [] if variant == "keep" else [_NO_STOPWORDS[variant]]
    remarks += [_ONE_KIND[kind] for kind in listed] if len(listed) == 1 else []
    return _with_notes(table, corpus, words, remarks, unit=unit)


def concept_frequencies(
    corpus: AnyCorpus, codebook: Codebook, by: str | None = None, *, mentions: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Count the concepts of a codebook, those that never occur included.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    codebook : Codebook
    by : str, optional
        A metadata column of the documents, ``year`` or ``month``: one set of rows per value.
    mentions : DataFrame, optional
        What `kit.find_mentions` returned for this corpus and codebook; found afresh if left out.

    Returns
    -------
    DataFrame
        `by` (str, if asked for), `concept`, `parent` (str), `documents`, `sentences` (int64, with at least one hit),
        `hits`, `mentions` (int64; mentions are hits that do not gloss the hit before them), `per_1000`,
        `per_million` (float64, mentions of the group's words and numbers). In the codebook's order.

    Raises
    ------
    CorpusError
        `by` is not a column.

    Notes
    -----
    Concepts may share words, so their counts must not be added up to a number of tokens.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> frame = pd.DataFrame({"doc_id": ["a"], "text": ["Aparatur Sipil Negara (ASN) harus melayani."]})
    >>> corpus = kit.Corpus.from_frame(frame, clean=False)
    >>> table = kit.concept_frequencies(corpus, kit.load_codebook()).set_index("concept")
    >>> table.loc[["aktor-asn", "melayani", "dilayani"], ["hits", "mentions"]]
               hits  mentions
    concept
    aktor-asn     2         1
    melayani      1         1
    dilayani      0         0

    """
    return _codebook_frequencies(corpus, codebook, codebook.concepts[["concept", "parent"]], by, mentions)


def pattern_frequencies(
    corpus: AnyCorpus, codebook: Codebook, by: str | None = None, *, mentions: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Count the enabled patterns of a codebook, those that never occur included.

    Parameters
    ----------
    corpus, codebook, by, mentions
        As for `concept_frequencies`.

    Returns
    -------
    DataFrame
        `by` (str, if asked for), `concept`, `pattern` (str), `documents`, `sentences`, `hits`, `mentions` (int64),
        `per_1000`, `per_million` (float64, mentions of the group's words and numbers). In the codebook's order. Of
        overlapping patterns of one concept the longest is counted (*pelayanan publik*, not *pelayanan* inside it).

    Raises
    ------
    CorpusError
        `by` is not a column.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> frame = pd.DataFrame({"doc_id": ["a"], "text": ["Pelayanan publik bukan sekadar pelayanan."]})
    >>> corpus = kit.Corpus.from_frame(frame, clean=False)
    >>> table = kit.pattern_frequencies(corpus, kit.load_codebook())
    >>> table[table.hits > 0][["concept", "pattern", "hits"]].to_string(index=False, header=False).split()
    ['pelayanan-publik', 'pelayanan', '1', 'pelayanan-publik', 'pelayanan', 'publik', '1']

    """
    patterns = codebook.patterns
    enabled = patterns.loc[patterns["enabled"] == "yes", ["concept", "pattern"]]
    return _codebook_frequencies(corpus, codebook, enabled, by, mentions)


def _codebook_frequencies(
    corpus: AnyCorpus, codebook: Codebook, keys: pd.DataFrame, by: str | None, mentions: pd.DataFrame | None
) -> pd.DataFrame:
    """Count hits by the key columns that mentions have, and lay the counts beside every key and group."""
    check_by(by, _OWN)
    labels, group, words = groups_of(corpus, by)
    found: Int64 = reduce(corpus, _count_hits, sum, codebook, keys, len(labels), cut=[group, mentions])
    table = pd.concat([keys] * len(labels), ignore_index=True) if len(labels) else keys.iloc[:0].reset_index(drop=True)
    if by is not None:
        table.insert(0, by, labels[np.repeat(np.arange(len(labels)), len(keys))].array)
    columns = {name: found[place].ravel() for place, name in enumerate(_COUNTS)}
    table = table.assign(**columns, **_relative(columns["mentions"], np.repeat(words, len(keys))))
    return _with_notes(table, corpus, words, [], unit="mention", codebook=codebook.version)


class _Terms(NamedTuple):
    """Terms counted by group; `cells` has `group`, `item`, `count`, `documents` (int64), zeros left out."""

    terms: pd.Index
    hidden: npt.NDArray[np.bool_]
    cells: pd.DataFrame


def _count_terms(part: Part, unit: str, kinds: Sequence[str], variant: str, groups: int, group: Int64) -> _Terms:
    """Count the terms of a part."""
    types = part.corpus.types
    codes, names = pd.factorize(types[unit], sort=True)
    hidden = np.zeros(len(names), bool)
    if variant != "keep":
        hidden[codes[types[["form", "lexeme"]].isin(stopword_list(variant)).any(axis=1).to_numpy(bool)]] = True
    listed = types["kind"].isin(kinds).to_numpy(bool)
    matrix = document_types(part.corpus.index, np.where(listed, codes, -1), len(names))
    present = sparse.csr_array((np.ones_like(matrix.data), matrix.indices, matrix.indptr), shape=matrix.shape)
    count, documents = (by_group(one, group, groups) for one in (matrix, present))
    row = np.repeat(np.arange(groups), np.diff(count.indptr))
    columns = {"group": row, "item": count.indices, "count": count.data, "documents": documents.data}
    return _Terms(pd.Index(names, dtype="str"), hidden, pd.DataFrame(columns).astype("int64"))


def by_group(matrix: sparse.csr_array, group: Int64, groups: int) -> sparse.csr_array:
    """Add up the rows of each group; columns sorted."""
    if groups == 1:
        return sparse.csr_array(columns_added(matrix)[None, :])
    one = (np.ones(len(group), np.int64), (group, np.arange(len(group))))
    added = (sparse.csr_array(one, shape=(groups, len(group))) @ matrix).tocsr()
    added.sort_indices()
    return added


def _join_terms(parts: Sequence[_Terms]) -> _Terms:
    """Add up the counts of several parts, by the names of terms."""
    items, terms = united([part.terms for part in parts])
    hidden = np.zeros(len(terms), bool)
    moved = []
    for part, item in zip(parts, items, strict=True):
        hidden[item[part.hidden]] = True
        moved.append(part.cells.assign(item=item[part.cells["item"].to_numpy()]))
    return _Terms(terms, hidden, pd.concat(moved).groupby(["group", "item"], sort=True).sum().reset_index())


#: What is counted of a codebook's hits.
_COUNTS = ("documents", "sentences", "hits", "mentions")


def _count_hits(
    part: Part, codebook: Codebook, keys: pd.DataFrame, groups: int, group: Int64, mentions: pd.DataFrame | None
) -> Int64:
    """Count the hits of a part by the key columns that mentions have: `_COUNTS` × groups × keys."""
    own = part.own(mentions)
    found = find_mentions(part.corpus, codebook) if own is None else own
    named = [name for name in keys.columns if name in found.columns]
    row = pd.MultiIndex.from_frame(keys[named]).get_indexer(pd.MultiIndex.from_frame(found[named])).astype(np.int64)
    hits = found.assign(_row=row)[row >= 0]
    hits["_group"] = group[hits["doc"].to_numpy()]
    different = (hits.drop_duplicates(["_row", "doc"]), hits.drop_duplicates(["_row", "sentence"]))
    return np.stack([_tally((groups, len(keys)), *_pairs(some)) for some in (*different, hits, hits[~hits["gloss"]])])


def _kinds(kinds: Sequence[str]) -> list[str]:
    """Return the kinds of token that are listed, each once."""
    asked = [kinds] if isinstance(kinds, str) else list(kinds)
    if not asked or not set(asked) <= set(COUNTED):
        raise QueryError(f"kinds = {kinds!r}", remedy="use one or both of 'word' and 'number'")
    return sorted(set(asked))


_OWN = (
    *("term", "count", "concept", "parent", "pattern", "documents", "sentences", "hits", "mentions"),
    *("per_1000", "per_million"),
)


def groups_of(corpus: AnyCorpus, by: str | None) -> tuple[pd.Index, Int64, Int64]:
    """Return the labels of groups in order, each document's group, and the words and numbers of each group."""
    sizes = catalogue_of(corpus)["words"].to_numpy()
    if by is None:
        labels, group = pd.Index([""], dtype="str"), np.zeros(len(sizes), np.int64)
    else:
        codes, names = pd.factorize(corpus.group_of(by), sort=True)
        labels, group = pd.Index(names, dtype="str"), codes.astype(np.int64)
    return labels, group, np.bincount(group, sizes, len(labels)).astype(np.int64)


def _pairs(hits: pd.DataFrame) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return group and row of each hit."""
    return hits["_group"].to_numpy(np.int64), hits["_row"].to_numpy(np.int64)


def check_by(by: object, columns: Sequence[str]) -> None:
    """Refuse to group by a column that the result has of its own."""
    if isinstance(by, str) and by in columns:
        raise QueryError(f"by = {by!r} is a column of the result", remedy="rename the column of your metadata")


def _tally(size: tuple[int, int], group: npt.NDArray[np.int64], item: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Count the items of each group."""
    return np.bincount(group * size[1] + item, minlength=size[0] * size[1]).astype(np.int64).reshape(size)


def _relative(count: npt.NDArray[np.int64], words: npt.NDArray[np.int64]) -> dict[str, npt.NDArray[np.float64]]:
    """Return counts per 1,000 and per million words and numbers; missing where there are none."""
    share = np.divide(count, words, out=np.full(len(count), np.nan), where=words > 0)
    return {"per_1000": share * 1_000, "per_million": share * 1_000_000}


def _with_notes(
    table: pd.DataFrame, corpus: AnyCorpus, words: npt.NDArray[np.int64], remarks: list[dict[str, str]], **facts: Any
) -> pd.DataFrame:
    """Attach what a reader must know."""
    missing = [_NO_WORDS] if (words == 0).any() else []
    copies = int((catalogue_of(corpus)["copy_of"] != "").sum())
    copied = [{language: text.format(n=copies) for language, text in _COPIES.items()}] if copies else []
    table.attrs = corpus.about(denominator=DENOMINATOR, remarks=copied + remarks + missing, **facts)
    return table
