"""What a query stands for: the places, in the word stream, of a form, a phrase, a pattern, a lexeme or a concept.

A query is one of

- ``pelayan masyarakat`` or ``form:pelayan masyarakat``: words in a row, in any case; ``*`` stands for any letters and
  ``?`` for one. They may be joined by blanks, one slash or one hyphen, never across a comma or a sentence end.
- ``re:(me|di)layani warga``: one regular expression per word, blanks between them; each has to match a whole form.
- ``lexeme:tugas``: every form of a lexeme (*tugas*, *tugas-tugasnya*); of several words, the lexemes in a row, and the
  one lexeme of that name (*ke depan* is also *kedepan*).
- ``concept:akuntabilitas``: the mentions of a concept. Where a codebook or mentions are given, a query without a prefix
  is the name of a concept too.
- rows of `kit.find_mentions`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.codebook.looked_up import places_of
from kit.codebook.mentions import check_mentions
from kit.corpus.corpus import Corpus
from kit.corpus.spans import check_passages, counted_passages
from kit.errors import QueryError
from kit.index.postings import Types, postings
from kit.index.token_index import Int32, Int64, TokenIndex
from kit.language.tokens import COUNTED, fold, tokenize
from kit.lexicon.characters import plain
from kit.measures.concordance.names import forms_of, lexemes_of
from kit.measures.concordance.windows import places_at
from kit.parts.summaries import AnyCorpus

Query: TypeAlias = str | pd.DataFrame

_PREFIX = re.compile(r"(form|re|lexeme|concept):\s*")
_PLACED = ("doc", "start", "end")
_WILD = re.compile(r"[*?]")


def occurrences_of(
    corpus: Corpus, query: Query, *, codebook: Codebook | None = None, mentions: pd.DataFrame | None = None
) -> tuple[Int32, Int32]:
    """Find the occurrences of a query."""
    if isinstance(query, pd.DataFrame):
        return _given(corpus.index, query)
    kind, rest = _parsed(query, codebook, mentions)
    if kind == "concept":
        return _mentioned(corpus, rest.strip(), codebook, mentions)
    if kind == "lexeme":
        return _lexemes(corpus, fold(rest).split())
    return _in_a_row(corpus.index, [_types(corpus, word, kind) for word in rest.split()])


def first_occurrences_of(
    corpus: Corpus,
    query: Query,
    number: int,
    *,
    codebook: Codebook | None = None,
    mentions: pd.DataFrame | None = None,
) -> tuple[Int32, Int32, int]:
    """Find the first occurrences of a query, and count all."""
    kind, rest = _parsed(query, codebook, mentions)
    if kind in ("form", "re") and len(rest.split()) == 1:
        stream, types = postings(corpus.index), _types(corpus, rest.strip(), kind)
        first = stream.first_of(types, number)
        return first, first, stream.frequency(types)
    first, last = occurrences_of(corpus, query, codebook=codebook, mentions=mentions)
    return first[:number], last[:number], len(first)


def _parsed(query: Query, codebook: Codebook | None, mentions: pd.DataFrame | None) -> tuple[str, str]:
    """Return of which kind a query is, and what stands behind its prefix."""
    if isinstance(query, pd.DataFrame):
        return "rows", ""
    match = _PREFIX.match(query)
    rest = query[match.end() :] if match else query
    kind = match[1] if match else "form" if codebook is None and mentions is None else "concept"
    if not rest.strip():
        raise QueryError(f"the query {query!r} is empty", remedy="give a word, a phrase or rows of find_mentions")
    return kind, rest


def _in_a_row(index: TokenIndex, words: Sequence[Types]) -> tuple[Int32, Int32]:
    """Return the places of words in a row, given the types that each may be."""
    first = postings(index).phrase(words)
    return first, (first + len(words) - 1).astype(np.int32)


def _types(corpus: Corpus, word: str, kind: str) -> Types:
    """Return the types that a word of a query stands for."""
    if kind == "re":
        try:
            pattern = re.compile(plain(word), re.IGNORECASE)
        except re.error as error:
            raise QueryError(f"{word!r} is not a regular expression: {error}", remedy="mend it") from error
        return forms_of(corpus).matching(pattern)
    _check_word(word)
    return forms_of(corpus).like(fold(word))


@lru_cache(maxsize=1024)
def _check_word(word: str) -> None:
    """Refuse what can never be one word."""
    spelled = _WILD.sub("x", word)
    if [(token.text, token.kind in COUNTED) for token in tokenize(spelled)] != [(spelled, True)]:
        raise QueryError(
            f"{word!r} is not one word under the token rule", remedy="write the words of a phrase apart, no marks"
        )


def _lexemes(corpus: Corpus, words: Sequence[str]) -> tuple[Int32, Int32]:
    """Return the places of the lexemes in a row, and of the one lexeme that they spell together."""
    for word in words:
        _check_word(word)
    names = lexemes_of(corpus)
    first, last = _in_a_row(corpus.index, [names.like(word) for word in words])
    if len(words) == 1:
        return first, last
    alone = np.sort(postings(corpus.index).of(names.like(" ".join(words))))
    starts, ends = np.concatenate([first, alone]), np.concatenate([last, alone])
    order = np.argsort(starts, kind="stable")
    return starts[order], ends[order]


def _mentioned(
    corpus: Corpus, name: str, codebook: Codebook | None, mentions: pd.DataFrame | None
) -> tuple[Int32, Int32]:
    """Return the first and last places, in the word stream, of the mentions of a concept."""
    if codebook is None and mentions is None:
        raise QueryError(f"concept {name!r} without a codebook", remedy="pass codebook= or mentions=")
    if codebook is not None and name not in codebook.concepts["concept"].tolist():
        raise QueryError(f"the codebook has no concept {name!r}", remedy="use a name of codebook.concepts, or form:…")
    if mentions is None and codebook is not None:
        return places_of(corpus, codebook, name)
    assert mentions is not None
    mine = (mentions["concept"] == name).to_numpy(bool)
    marks = [column for column in ("gloss", "is_name") if column in mentions.columns]
    return _given(
        corpus.index, counted_passages(mentions.loc[mine, [*_PLACED, *marks]])
    )  # without the texts of other columns


def _given(index: TokenIndex, mentions: pd.DataFrame) -> tuple[Int32, Int32]:
    """Return the first and last places, in the word stream, of mentions, as they follow each other."""
    first, last = places_of_rows(index, mentions)
    order = np.lexsort([last, first])
    return first[order], last[order]


def places_of_rows(index: TokenIndex, rows: pd.DataFrame) -> tuple[Int32, Int32]:
    """Return the first and last places, in the word stream, of passages, row by row."""
    doc = rows["doc"].to_numpy(np.int64)
    first, last = (
        places_at(index, _token_at(index, doc, places, rows[name].to_numpy(np.int64))).astype(np.int32)
        for name, places in (("start", index.start), ("end", index.end))
    )
    return first, last


def _token_at(index: TokenIndex, doc: Int64, places: Int32, wanted: Int64) -> Int64:
    """Return the first token of each document that begins (or ends) at or after a code point: a bisection of each."""
    low, high = index.document_tokens[doc], index.document_tokens[doc + 1]
    while (low < high).any():
        middle = np.minimum((low + high) // 2, len(places) - 1)
        before = (places[middle] < wanted) & (low < high)
        low, high = np.where(before, middle + 1, low), np.where(before, high, np.minimum(middle, high))
    return low


def check_rows(
    corpus: AnyCorpus, query: object, mentions: pd.DataFrame | None, codebook: Codebook | None
) -> pd.DataFrame | None:
    """Refuse rows to be looked up, or mentions, that are of another corpus or codebook; return the mentions."""
    if isinstance(query, pd.DataFrame):
        check_passages(
            corpus,
            query,
            codebook="" if codebook is None else codebook.version,
            columns=_PLACED,
            name="the rows looked up",
            remedy="pass rows of what kit.find_mentions returned for this corpus",
        )
    return check_mentions(corpus, mentions, codebook, (*_PLACED, "concept", "gloss"))
