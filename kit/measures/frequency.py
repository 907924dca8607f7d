"""How often: forms, lexemes, concepts and patterns, with the denominator beside each count.

Relative frequencies are ``count / words and numbers`` of the same documents, times 1,000 or 1,000,000. Punctuation and
symbols are in no count and no denominator.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.codebook.mentions import find_mentions
from kit.corpus.corpus import Corpus
from kit.errors import QueryError
from kit.language.stopwords import VARIANTS, protected_words
from kit.language.stopwords import stopwords as stopword_list
from kit.language.tokens import COUNTED

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
    corpus: Corpus,
    unit: Literal["form", "lexeme"] = "form",
    by: str | None = None,
    *,
    stopwords: Literal["keep", "drop", "core", "core+discourse"] = "keep",
    kinds: Sequence[str] = ("word", "number"),
) -> pd.DataFrame:
    """Count the terms of a corpus.

    Parameters
    ----------
    corpus : Corpus
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
    types = corpus.types
    codes, terms = pd.factorize(types[unit], sort=True)
    group, labels = _groups(corpus, by)
    words = np.bincount(group, weights=_words_per_document(corpus), minlength=len(labels)).astype(np.int64)
    counts = types["kind"].isin(listed).to_numpy()[corpus.index.type] if len(types) else np.zeros(0, bool)
    document = corpus.index.token_document[counts]
    term = codes.astype(np.int64)[corpus.index.type[counts]] if len(types) else np.zeros(0, np.int64)
    size = (len(labels), len(terms))
    tokens = _tally(size, group[document], term)
    seen = np.unique(document.astype(np.int64) * max(len(terms), 1) + term)
    documents = _tally(size, group[seen // max(len(terms), 1)], seen % max(len(terms), 1))
    shown = np.ones(len(terms), bool)
    if variant != "keep":
        shown[codes[types[["form", "lexeme"]].isin(stopword_list(variant)).any(axis=1).to_numpy(bool)]] = False
        shown |= np.isin(np.asarray(terms, object), list(protected_words()))
    where, which = np.nonzero(tokens * shown)
    rows: dict[str, Any] = {} if by is None else {by: pd.array(np.asarray(labels, object)[where], dtype="str")}
    table = pd.DataFrame(
        {
            **rows,
            "term": pd.array(np.asarray(terms, object)[which], dtype="str"),
            "count": tokens[where, which],
            **_relative(tokens[where, which], words[where]),
            "documents": documents[where, which],
            "_group": where,
        }
    )
    table = table.sort_values(["_group", "count", "term"], ascending=[True, False, True], ignore_index=True)
    remarks = [] if variant == "keep" else [_NO_STOPWORDS[variant]]
    remarks += [_ONE_KIND[kind] for kind in listed] if len(listed) == 1 else []
    return _with_notes(table.drop(columns="_group"), corpus, words, remarks, unit=unit)


def concept_frequencies(
    corpus: Corpus, codebook: Codebook, by: str | None = None, *, mentions: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Count the concepts of a codebook, those that never occur included.

    Parameters
    ----------
    corpus : Corpus
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
    corpus: Corpus, codebook: Codebook, by: str | None = None, *, mentions: pd.DataFrame | None = None
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
    corpus: Corpus, codebook: Codebook, keys: pd.DataFrame, by: str | None, mentions: pd.DataFrame | None
) -> pd.DataFrame:
    """Count hits by the key columns that mentions have, and lay the counts beside every key and group."""
    found = find_mentions(corpus, codebook) if mentions is None else mentions
    group, labels = _groups(corpus, by)
    named = [name for name in keys.columns if name in found.columns]
    row = pd.MultiIndex.from_frame(keys[named]).get_indexer(pd.MultiIndex.from_frame(found[named])).astype(np.int64)
    hits = found.assign(_row=row)[row >= 0]
    hits["_group"] = group[hits["doc"].to_numpy()]
    size = (len(labels), len(keys))
    words = np.bincount(group, weights=_words_per_document(corpus), minlength=len(labels)).astype(np.int64)
    mentioned = _tally(size, *_pairs(hits[~hits["gloss"]]))
    columns = {
        "documents": _tally(size, *_pairs(hits.drop_duplicates(["_row", "doc"]))),
        "sentences": _tally(size, *_pairs(hits.drop_duplicates(["_row", "sentence"]))),
        "hits": _tally(size, *_pairs(hits)),
        "mentions": mentioned,
    }
    table = pd.concat([keys] * len(labels), ignore_index=True) if labels else keys.iloc[:0].reset_index(drop=True)
    if by is not None:
        table.insert(0, by, pd.array(np.repeat(np.asarray(labels, object), len(keys)), dtype="str"))
    table = table.assign(
        **{name: counts.ravel() for name, counts in columns.items()},
        **_relative(mentioned.ravel(), np.repeat(words, len(keys))),
    )
    return _with_notes(table, corpus, words, [], unit="mention", codebook=codebook.version)


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


def _groups(corpus: Corpus, by: str | None) -> tuple[npt.NDArray[np.int64], list[str]]:
    """Return each document's group number, and the labels of the groups in order."""
    if by is None:
        return np.zeros(len(corpus), np.int64), [""]
    if by in _OWN:
        raise QueryError(f"by = {by!r} is a column of the result", remedy="rename the column of your metadata")
    codes, labels = pd.factorize(corpus.group_of(by), sort=True)
    return codes.astype(np.int64), [str(label) for label in labels]


def _words_per_document(corpus: Corpus) -> npt.NDArray[np.int64]:
    """Return how many words and numbers each document has."""
    return np.bincount(corpus.index.token_document[corpus.counted], minlength=len(corpus)).astype(np.int64)


def _pairs(hits: pd.DataFrame) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return group and row of each hit."""
    return hits["_group"].to_numpy(np.int64), hits["_row"].to_numpy(np.int64)


def _tally(size: tuple[int, int], group: npt.NDArray[np.int64], item: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Count the items of each group."""
    return np.bincount(group * size[1] + item, minlength=size[0] * size[1]).astype(np.int64).reshape(size)


def _relative(count: npt.NDArray[np.int64], words: npt.NDArray[np.int64]) -> dict[str, npt.NDArray[np.float64]]:
    """Return counts per 1,000 and per million words and numbers; missing where there are none."""
    share = np.divide(count, words, out=np.full(len(count), np.nan), where=words > 0)
    return {"per_1000": share * 1_000, "per_million": share * 1_000_000}


def _with_notes(
    table: pd.DataFrame, corpus: Corpus, words: npt.NDArray[np.int64], remarks: list[dict[str, str]], **facts: Any
) -> pd.DataFrame:
    """Attach what a reader must know."""
    missing = [_NO_WORDS] if (words == 0).any() else []
    copies = int((corpus.documents["copy_of"] != "").sum())
    copied = [{language: text.format(n=copies) for language, text in _COPIES.items()}] if copies else []
    table.attrs = corpus.about(denominator=DENOMINATOR, remarks=copied + remarks + missing, **facts)
    return table
