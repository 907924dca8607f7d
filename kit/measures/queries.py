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
import sys
from bisect import bisect_left
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.codebook.mentions import find_mentions
from kit.corpus.corpus import Corpus
from kit.corpus.postings import postings, rows_of
from kit.errors import QueryError
from kit.language.index import Int32, Int64, TokenIndex
from kit.language.tokens import COUNTED, fold, tokenize
from kit.measures.windows import places_at

Query: TypeAlias = str | pd.DataFrame

_PREFIX = re.compile(r"(form|re|lexeme|concept):\s*")
_GLOB = re.compile(r"[*?]")


def occurrences_of(
    corpus: Corpus, query: Query, *, codebook: Codebook | None = None, mentions: pd.DataFrame | None = None
) -> tuple[Int32, Int32]:
    """Find the occurrences of a query.

    Parameters
    ----------
    corpus : Corpus
    query : str or DataFrame
        As above. Of mentions given as rows all are taken, glosses too.
    codebook, mentions : optional
        What a concept is looked up in: the mentions, or else those of the codebook; without glosses.

    Returns
    -------
    first, last : int32 arrays
        Places in the word stream of the first and last word of each occurrence, rising.

    Raises
    ------
    QueryError
        The query has no word, a word that the token rule never makes, a regular expression that cannot be read, or
        a concept that is not there.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> frame = pd.DataFrame({"doc_id": ["a"], "text": ["Tugas ASN: tugas-tugasnya, melayani dan dilayani."]})
    >>> corpus = kit.Corpus.from_frame(frame, clean=False)
    >>> [occurrences_of(corpus, query)[0].tolist() for query in ("tugas", "lexeme:tugas", "re:(me|di)layani")]
    [[0], [0, 2], [3, 5]]

    """
    if isinstance(query, pd.DataFrame):
        return _given(corpus.index, query)
    match = _PREFIX.match(query)
    rest = query[match.end() :] if match else query
    kind = match[1] if match else "form" if codebook is None and mentions is None else "concept"
    if not rest.strip():
        raise QueryError(f"the query {query!r} is empty", remedy="give a word, a phrase or rows of find_mentions")
    if kind == "concept":
        return _given(corpus.index, _mentioned(corpus, rest.strip(), codebook, mentions))
    if kind == "lexeme":
        return _lexemes(corpus, fold(rest).split())
    return _in_a_row(corpus.index, [_types(corpus.index, word, kind) for word in rest.split()])


def _in_a_row(index: TokenIndex, words: Sequence[Sequence[int]]) -> tuple[Int32, Int32]:
    """Return the places of words in a row, given the types that each may be."""
    first = postings(index).phrase(words)
    return first, (first + len(words) - 1).astype(np.int32)


def _types(index: TokenIndex, word: str, kind: str) -> Sequence[int]:
    """Return the types that a word of a query stands for."""
    if kind == "re":
        try:
            pattern = re.compile(word, re.IGNORECASE)
        except re.error as error:
            raise QueryError(f"{word!r} is no regular expression: {error}", remedy="mend it") from error
        return _matching(index.forms, index.kinds, pattern)
    _check_word(word)
    word = fold(word)
    if not _GLOB.search(word):
        return rows_of(index.forms, [word])
    if not _GLOB.search(word[:-1]) and word.endswith("*"):
        begin = bisect_left(index.forms, word[:-1])
        stop = bisect_left(index.forms, word[:-1] + chr(sys.maxunicode))
        return [row for row in range(begin, stop) if index.kinds[row] in COUNTED]
    return _matching(index.forms, index.kinds, _glob(word))


def _check_word(word: str) -> None:
    """Refuse what can never be one word."""
    plain = _GLOB.sub("x", word)
    if [(token.text, token.kind in COUNTED) for token in tokenize(plain)] != [(plain, True)]:
        raise QueryError(
            f"{word!r} is not one word under the token rule", remedy="write the words of a phrase apart, no marks"
        )


def _glob(word: str) -> re.Pattern[str]:
    """Turn a glob into a regular expression."""
    return re.compile("".join({"*": ".*", "?": "."}.get(sign, re.escape(sign)) for sign in word), re.DOTALL)


def _matching(names: Sequence[str], kinds: Sequence[str], pattern: re.Pattern[str]) -> list[int]:
    """Return the rows of the words and numbers whose whole name matches."""
    return [
        row
        for row, (name, kind) in enumerate(zip(names, kinds, strict=True))
        if kind in COUNTED and pattern.fullmatch(name)
    ]


def _lexemes(corpus: Corpus, words: Sequence[str]) -> tuple[Int32, Int32]:
    """Return the places of the lexemes in a row, and of the one lexeme that they spell together."""
    for word in words:
        _check_word(word)
    names, kinds = corpus.types["lexeme"].tolist(), corpus.index.kinds
    first, last = _in_a_row(corpus.index, [_matching(names, kinds, _glob(word)) for word in words])
    if len(words) == 1:
        return first, last
    alone = np.sort(postings(corpus.index).of(_matching(names, kinds, _glob(" ".join(words)))))
    starts, ends = np.concatenate([first, alone]), np.concatenate([last, alone])
    order = np.argsort(starts, kind="stable")
    return starts[order], ends[order]


def _mentioned(corpus: Corpus, name: str, codebook: Codebook | None, mentions: pd.DataFrame | None) -> pd.DataFrame:
    """Return the mentions of a concept, without glosses."""
    if codebook is None and mentions is None:
        raise QueryError(f"concept {name!r} without a codebook", remedy="pass codebook= or mentions=")
    if codebook is not None and name not in set(codebook.concepts["concept"]):
        raise QueryError(f"the codebook has no concept {name!r}", remedy="use a name of codebook.concepts, or form:…")
    found = find_mentions(corpus, codebook) if mentions is None and codebook is not None else mentions
    assert found is not None
    _check_mentions(found, ("concept", "gloss"))
    return found[(found["concept"] == name) & ~found["gloss"]]


def _given(index: TokenIndex, mentions: pd.DataFrame) -> tuple[Int32, Int32]:
    """Return the first and last places, in the word stream, of mentions."""
    _check_mentions(mentions, ("doc", "start", "end"))
    doc = mentions["doc"].to_numpy(np.int64)
    first, last = (
        places_at(index, _token_at(index, doc, places, mentions[name].to_numpy(np.int64))).astype(np.int32)
        for name, places in (("start", index.start), ("end", index.end))
    )
    order = np.lexsort([last, first])
    return first[order], last[order]


def _token_at(index: TokenIndex, doc: Int64, places: Int32, wanted: Int64) -> Int64:
    """Return the first token of each document that begins (or ends) at or after a code point: a bisection of each."""
    low, high = index.document_tokens[doc], index.document_tokens[doc + 1]
    while (low < high).any():
        middle = np.minimum((low + high) // 2, len(places) - 1)
        before = (places[middle] < wanted) & (low < high)
        low, high = np.where(before, middle + 1, low), np.where(before, high, np.minimum(middle, high))
    return low


def _check_mentions(mentions: pd.DataFrame, columns: Sequence[str]) -> None:
    """Refuse a table that does not come from `find_mentions`."""
    for column in columns:
        if column not in mentions.columns:
            raise QueryError(f"the table has no column {column!r}", remedy="give rows of kit.find_mentions")
