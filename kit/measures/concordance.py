"""Every occurrence of a word, a phrase or a concept in its context (keyword in context)."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.corpus.corpus import Corpus
from kit.corpus.postings import postings
from kit.errors import QueryError
from kit.language.index import Int32, TokenIndex
from kit.measures.lines import cut_lines, digest
from kit.measures.queries import Query, occurrences_of

_COLUMNS = ("query", "doc_id", "left", "node", "right", "sentence_no", "start", "end", "line_id")
_POSITION = re.compile(r"[LR][1-9]\d?")


def concordance(
    corpus: Corpus,
    query: Query | Sequence[str],
    *,
    context: int = 8,
    sort: str | Sequence[str] = "position",
    limit: int | None = None,
    sample: int | None = None,
    seed: int = 0,
    by: str | None = None,
    codebook: Codebook | None = None,
    mentions: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """List the occurrences of a query, each with the words before and after it.

    Parameters
    ----------
    corpus : Corpus
    query : str, sequence of str or DataFrame
        - One word or a phrase, in any case; ``*`` stands for any letters and ``?`` for one (``akuntab*``). The words
          of a phrase may be joined by blanks, one slash or one hyphen, never across a comma or a sentence end.
        - ``re:`` and a regular expression for each word, which has to match the whole form:
          ``re:(me|di)layani warga``.
        - ``lexeme:`` and a lexeme: all its forms (``lexeme:tugas`` is *tugas* and *tugas-tugasnya*).
        - ``concept:`` and a concept: its mentions, without glosses. Where a codebook or mentions are given, a query
          without prefix is a concept too, and ``form:`` says that it is not.
        - Rows of `kit.find_mentions`: those passages.

        Several queries are listed one after the other.
    context : int
        Words and numbers shown on either side, within the document.
    sort : str or sequence of str
        Order of the lines: "position", as they stand; "left", by the words before, read outwards; "right", by the words
        after; "node", by the match itself; or places such as ``["R1", "L1", "node"]``, the first of them first: L1 is
        the word before the match, R2 the second after it (of the document, up to 99). Words sort by code point, no word
        first. Ties by position.
    limit : int, optional
        Give only the first lines of each query (and group).
    sample : int, optional
        Give so many lines of each query (and group), drawn by chance before they are sorted. The same seed draws the
        same lines, in whatever order the documents stand, and a smaller sample is part of a larger one.
    seed : int
        Which sample.
    by : str, optional
        A metadata column of the documents, ``year`` or ``month``: the lines of each value together, in a column of its
        own.
    codebook, mentions : optional
        Where concepts are looked up.

    Returns
    -------
    DataFrame, one row per occurrence
        `query` (str; only where several were given), the column `by` (str; if asked for), `doc_id`, `left`, `node`,
        `right` (str; the text as written, line ends as blanks), `sentence_no` (int32; in the document, from 1),
        `start`, `end` (int32; code points of `documents.text`), `line_id` (str; the first 16 hexadecimal digits of the
        SHA-256 of doc_id, start and end with tabs between them: the same passage has the same one in every query, and
        however many articles are added).

    Raises
    ------
    QueryError
        The query has no word, or a word that the token rule never makes, or an option is unknown.
    CorpusError
        `by` is not a column.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> frame = pd.DataFrame({"doc_id": ["a"], "text": ["ASN harus melayani warga, bukan minta dilayani warga."]})
    >>> corpus = kit.Corpus.from_frame(frame, clean=False)
    >>> kit.concordance(corpus, "*layani warga", context=2)[["left", "node", "right"]]
                left            node         right
    0      ASN harus  melayani warga  , bukan minta
    1    bukan minta  dilayani warga             .

    """
    _check(context, limit, sample)
    _keys(sort, context)
    if by in _COLUMNS:
        raise QueryError(f"by = {by!r} is a column of the result", remedy="rename the column of your metadata")
    groups = None if by is None else corpus.group_of(by)
    drawn = (limit, sample, seed)
    if isinstance(query, (str, pd.DataFrame)):
        found = occurrences_of(corpus, query, codebook=codebook, mentions=mentions)
        table = _listed(corpus, found, context, sort, groups, drawn)
    elif query:
        parts = []
        for one in query:
            found = occurrences_of(corpus, one, codebook=codebook, mentions=mentions)
            parts.append(_listed(corpus, found, context, sort, groups, drawn).assign(query=one))
        table = pd.concat(parts, ignore_index=True)
        table.insert(0, "query", table.pop("query").astype("str"))
    else:
        raise QueryError("there is no query", remedy="give at least one")
    table.attrs = corpus.about(unit="line")
    return table


def _check(context: int, limit: int | None, sample: int | None) -> None:
    """Refuse numbers below zero."""
    for name, value in (("context", context), ("limit", limit), ("sample", sample)):
        if value is not None and value < 0:
            raise QueryError(f"{name} = {value}", remedy="use 0 or more")


def _keys(sort: str | Sequence[str], context: int) -> list[str]:
    """Return the places to sort by, the first of them first."""
    if sort == "position":
        return []
    if isinstance(sort, str) and sort in ("left", "right"):
        return [f"{sort[0].upper()}{step}" for step in range(1, context + 1)]
    keys = [sort] if isinstance(sort, str) else list(sort)
    for key in keys:
        if key != "node" and not _POSITION.fullmatch(key):
            raise QueryError(
                f"sort = {sort!r}",
                remedy="use position, left, right, node, or a list of places such as L1, R2 and node",
            )
    return keys


def _listed(
    corpus: Corpus,
    found: tuple[Int32, Int32],
    context: int,
    sort: str | Sequence[str],
    groups: pd.Series | None,
    drawn: tuple[int | None, int | None, int],
) -> pd.DataFrame:
    """List the occurrences of one query."""
    limit, sample, seed = drawn
    first, last = found
    index = corpus.index
    doc = np.searchsorted(index.document_tokens, postings(index).token[first], side="right") - 1
    code, labels = (np.zeros(len(corpus), np.int64), None) if groups is None else pd.factorize(groups, sort=True)
    group = code[doc] if len(doc) else np.zeros(0, np.int64)
    if sample is not None:
        kept = np.sort(_first_of_each(group, _by_chance(corpus, first, last, doc, seed), sample))
        first, last, group = first[kept], last[kept], group[kept]
    order = _ordered(index, first, last, _keys(sort, context))
    order = order[np.argsort(group[order], kind="stable")]
    if limit is not None:
        order = _first_of_each(group, order, limit)
    table = cut_lines(corpus, first[order], last[order], context)
    if groups is not None and labels is not None:
        table.insert(0, str(groups.name), pd.array(np.asarray(labels, object)[group[order]], dtype="str"))
    return table


def _by_chance(corpus: Corpus, first: Int32, last: Int32, doc: npt.NDArray[np.intp], seed: int) -> npt.NDArray[np.intp]:
    """Return occurrences in the order of hashes of the seed and their own names: chance, but the same everywhere."""
    index, token = corpus.index, postings(corpus.index).token
    ids = corpus.documents["doc_id"].tolist()
    starts, ends = index.start[token[first]].tolist(), index.end[token[last]].tolist()
    hashes = [digest(seed, ids[row], start, end) for row, start, end in zip(doc.tolist(), starts, ends, strict=True)]
    return np.array(sorted(range(len(hashes)), key=hashes.__getitem__), np.intp)


def _first_of_each(group: npt.NDArray[np.int64], order: npt.NDArray[np.intp], number: int) -> npt.NDArray[np.intp]:
    """Return the first so many rows of each group, in the order given, groups together."""
    together = order[np.argsort(group[order], kind="stable")]
    labels = group[together]
    heads = np.searchsorted(labels, labels, side="left")
    return together[np.arange(len(together)) - heads < number]


def _ordered(index: TokenIndex, first: Int32, last: Int32, keys: Sequence[str]) -> npt.NDArray[np.intp]:
    """Return the order of the lines; form numbers rise with the alphabet, so they serve as sorting keys."""
    stream = postings(index)
    document = np.searchsorted(index.document_tokens, stream.token[first], side="right")
    columns = []
    for place in _places(first, last, keys):
        inside = (place >= 0) & (place < len(stream.type))
        safe = np.where(inside, place, 0)
        if len(stream.type):
            inside &= np.searchsorted(index.document_tokens, stream.token[safe], side="right") == document
            columns.append(np.where(inside, stream.type[safe], -1))
    return np.lexsort([last, first, *reversed(columns)])


def _places(first: Int32, last: Int32, keys: Sequence[str]) -> list[Int32]:
    """Return the places in the word stream that keys name; -1 where a match is shorter."""
    places: list[Int32] = []
    longest = int((last - first).max(initial=0)) + 1
    for key in keys:
        if key == "node":
            places += [np.where(first + step <= last, first + step, -1) for step in range(longest)]
        else:
            step = int(key[1:])
            places.append(first - step if key[0] == "L" else last + step)
    return places
