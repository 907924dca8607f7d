"""How often words follow each other: n-grams of forms or lexemes, inside sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.corpus.calls import recorded
from kit.corpus.corpus import Corpus
from kit.errors import QueryError
from kit.index.postings import postings
from kit.language.stopwords import VARIANTS
from kit.language.stopwords import stopwords as stopword_list
from kit.measures.counts.counts import Unit, vocabulary
from kit.measures.counts.grouping import By
from kit.measures.counts.places import Integers, words_by_item
from kit.measures.frequency.groups import DENOMINATOR, groups_of
from kit.parts.part import Part
from kit.parts.parted import PartedCorpus
from kit.parts.summaries import AnyCorpus, reduce, united
from kit.wording.words import remark

Marks = Literal["break", "cross"]
LONGEST = 5
#: Running n-grams of a corpus in parts that are counted at once, about; bounds the memory.
ROWS = 8_000_000
_COLUMNS = ("n", "term", "count", "per_1000", "per_million", "documents")


@recorded("term")
def ngram_frequencies(
    corpus: AnyCorpus,
    *,
    n: int | Sequence[int] = 2,
    unit: Literal["form", "lexeme"] = "form",
    by: By | None = None,
    marks: Marks = "break",
    stopwords: str = "keep",
    min_count: int = 1,
) -> pd.DataFrame:
    """Count n-grams: words in a row.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    n : int or sequence of int
        Lengths, 1 to 5. N-grams never cross the end of a sentence or document.
    unit : {"form", "lexeme"}
        Case-folded words and numbers, or their lexemes.
    by : str, mapping, or sequence of these, optional
        What makes the groups, a set of rows each: a metadata column of the documents, ``year`` or ``month``; or a
        column of your own by the date that parts it, ``{"period": "2024-10-20"}``. Several cross each other.
    marks : {"break", "cross"}
        Whether a punctuation mark between two words breaks the n-gram or is passed over. One slash or hyphen never
        breaks it, so that every n-gram of forms is a phrase that `kit.concordance` finds equally often.
    stopwords : {"keep", "core", "core+discourse"}
        Whether to leave out n-grams that begin or end with a word of one of the kit's stop word lists. These lists
        never contain words of modality, negation or agency.
    min_count : int
        Leave out n-grams that occur less often in the whole corpus.

    Returns
    -------
    DataFrame
        The columns of `by` (str, if asked for), `n` (int64), `term` (str; words joined by a blank), `count` (int64),
        `per_1000`, `per_million` (float64, of the group's words and numbers), `documents` (int64). By group and n, then
        falling count, then term.

    Raises
    ------
    QueryError
        An option has an unknown value.
    CorpusError
        `by` is not a column.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> frame = pd.DataFrame({"doc_id": ["a"], "text": ["Layanan publik, layanan publik. Publik menilai layanan."]})
    >>> corpus = kit.Corpus.from_frame(frame, clean=False)
    >>> ngram_frequencies(corpus)[["term", "count"]]
                  term  count
    0   layanan publik      2
    1  menilai layanan      1
    2   publik menilai      1

    """
    lengths = sorted({int(length) for length in ([n] if isinstance(n, (int, np.integer)) else n)})
    if not lengths or lengths[0] < 1 or lengths[-1] > LONGEST:
        raise QueryError(f"n = {n!r}", remedy=f"use lengths from 1 to {LONGEST}")
    if unit not in ("form", "lexeme"):
        raise QueryError(f"unit {unit!r} is not counted", remedy="use 'form' or 'lexeme'")
    if marks not in get_args(Marks):
        raise QueryError(f"marks = {marks!r}", remedy="use 'break' or 'cross'")
    if stopwords != "keep" and stopwords not in VARIANTS:
        raise QueryError(f"stopwords = {stopwords!r}", remedy="use one of keep, " + ", ".join(VARIANTS))
    groups = groups_of(corpus, by, _COLUMNS)
    sizes = groups.words
    asked = (lengths, unit, marks, stopwords, min_count, max(len(sizes), 1))
    tables = []
    for first in _blocks(corpus, unit, stopwords, min_count, len(lengths)):
        found: _Ngrams = reduce(corpus, _ngrams, _join, *asked, first, cut=[groups.code])
        tables += [
            _table(length, rows, found.names, min_count) for length, rows in zip(lengths, found.rows, strict=True)
        ]
    table = pd.concat(tables, ignore_index=True)
    share = table["count"].to_numpy() / sizes[table["_group"]] if len(table) else np.zeros(0)
    table = table.assign(per_1000=share * 1_000, per_million=share * 1_000_000)
    table = table.sort_values(["_group", "n", "count", "term"], ascending=[True, True, False, True], ignore_index=True)
    table = table.assign(**groups.named(table["_group"].to_numpy(np.int64)))[[*groups.columns.columns, *_COLUMNS]]
    remarks = [] if stopwords == "keep" else [remark("ngrams.edges", name=stopwords)]
    if min_count > 1:
        remarks.append(remark("ngrams.rare", n=min_count))
    table.attrs = corpus.about(
        unit="ngram" if unit == "form" else "lexeme_ngram",
        denominator=DENOMINATOR,
        variant=remark(f"ngrams.variant.{marks}"),
        remarks=remarks,
    )
    return table


def _blocks(corpus: AnyCorpus, unit: Unit, stopwords: str, min_count: int, lengths: int) -> list[pd.Index | None]:
    """Return the words that n-grams begin with, in blocks that are counted one after another; None: all at once.

    Which n-grams of a corpus in parts are rare is known only when all parts are counted, so that memory has to hold
    every one of those counted together.
    """
    if not isinstance(corpus, PartedCorpus) or corpus.words * lengths <= ROWS:
        return [None]
    found = vocabulary(corpus, unit)
    order = np.argsort(-found.occurrences, kind="stable")
    order = order[_not_stopped(found.items, stopwords)[order] & (found.occurrences[order] >= min_count)]
    count = found.occurrences[order] * lengths
    cuts = np.flatnonzero(np.diff((np.cumsum(count) - count) // ROWS)) + 1
    return [found.items[order[begin:stop]] for begin, stop in pairwise([0, *cuts.tolist(), len(order)])]


class _Counted(NamedTuple):
    """N-grams of one length by group: those of the same words together, groups rising.

    `words` has a row for each n-gram of a group, with the numbers of its words; the others have a value.
    """

    words: npt.NDArray[np.int32]
    group: Integers
    times: Integers
    documents: Integers


class _Ngrams(NamedTuple):
    """The n-grams of a part, for each length; numbers of words are places in `names`."""

    names: pd.Index
    rows: list[_Counted]


def _ngrams(
    part: Part,
    lengths: Sequence[int],
    unit: str,
    marks: Marks,
    stopwords: str,
    min_count: int,
    groups: int,
    first: pd.Index | None,
    group: Integers,
) -> _Ngrams:
    """Count the n-grams of a part that begin with some words; those rare in it may be frequent in the whole."""
    corpus = part.corpus
    word, spelled = words_by_item(corpus, unit)
    names = pd.Index(spelled, dtype="str")
    document = corpus.index.token_document[postings(corpus.index).token].astype(np.int64)
    ends = _not_stopped(names, stopwords)
    begins = ends if first is None else ends & (first.get_indexer(names) >= 0)
    rows = []
    for length, code, start in _rows(word, np.flatnonzero(begins[word]), _continued(corpus, marks), lengths[-1]):
        if length in lengths:
            kept = ends[word[start + length - 1]]
            least = min_count if part.whole else 1
            place, *counted = _count(code[kept], start[kept], document, group, groups, least)
            words = np.stack([word[place + offset].astype(np.int32) for offset in range(length)], axis=1)
            rows.append(_Counted(words, *counted))
    return _Ngrams(*_named(names, rows))


def _named(names: pd.Index, rows: Sequence[_Counted]) -> tuple[pd.Index, list[_Counted]]:
    """Keep the names of the words that occur in n-grams, and number these by them."""
    used = np.zeros(len(names), bool)
    for one in rows:
        used[one.words] = True
    number = np.cumsum(used, dtype=np.int32) - 1
    return names[used], [one._replace(words=number[one.words]) for one in rows]


def _join(parts: Sequence[_Ngrams]) -> _Ngrams:
    """Add up the n-grams of several parts, which share no document."""
    places, names = united([part.names for part in parts])
    joined = []
    for rows in zip(*(part.rows for part in parts), strict=True):
        numbered = [place.astype(np.int32)[one.words] for place, one in zip(places, rows, strict=True)]
        words = np.concatenate(numbered)
        group, count, documents = (np.concatenate(column) for column in zip(*(one[1:] for one in rows), strict=True))
        order = np.lexsort([group, *words.T[::-1]])
        words, group = words[order], group[order]
        heads = np.flatnonzero(_differs(words) | _differs(group[:, None]))
        added = [np.add.reduceat(values[order], heads) if len(heads) else values for values in (count, documents)]
        joined.append(_Counted(words[heads], group[heads], *added))
    return _Ngrams(names, joined)


def _differs(rows: npt.NDArray[np.integer]) -> npt.NDArray[np.bool_]:
    """Tell which rows are not as the one before; the first is not."""
    return np.append(True, (np.diff(rows, axis=0) != 0).any(axis=1))[: len(rows)]


def _frequent(rows: _Counted, min_count: int) -> _Counted:
    """Keep the n-grams that occur often enough in all groups together."""
    if min_count < 2:
        return rows
    number = np.cumsum(_differs(rows.words)) - 1
    kept = np.bincount(number, rows.times)[number] >= min_count
    return _Counted(*(values[kept] for values in rows))


def _table(length: int, rows: _Counted, names: pd.Index, min_count: int) -> pd.DataFrame:
    """Spell out the n-grams of one length that occur often enough."""
    rows = _frequent(rows, min_count)
    return pd.DataFrame(
        {
            "_group": rows.group,
            "count": rows.times,
            "documents": rows.documents,
            "n": np.int64(length),
            "term": pd.array(_spelled(rows.words, names), dtype="str"),
        }
    )


def _not_stopped(names: pd.Index, variant: str) -> npt.NDArray[np.bool_]:
    """Tell which words an n-gram may begin and end with."""
    stopped = frozenset[str]() if variant == "keep" else stopword_list(variant)
    return np.asarray(~names.isin(stopped))


def _continued(corpus: Corpus, marks: Marks) -> npt.NDArray[np.bool_]:
    """Tell which words of the stream are followed by one that may stand in the same n-gram."""
    stream = postings(corpus.index)
    if marks == "break":
        return stream.joined
    sentence = corpus.index.token_sentence[stream.token]
    same = np.zeros(len(sentence), bool)
    same[:-1] = sentence[1:] == sentence[:-1]
    return same


def _rows(
    word: Integers, start: Integers, continued: npt.NDArray[np.bool_], longest: int
) -> Iterator[tuple[int, Integers, Integers]]:
    """Yield, for every length, the n-grams as numbers that are the same for the same words, and where they begin."""
    code = word[start]
    yield 1, code, start
    width = int(word.max(initial=0)) + 1
    for length in range(2, longest + 1):
        goes_on = continued[start + length - 2]
        start = start[goes_on]
        # Numbered afresh at each length, so that number times words never exceeds 64 bits.
        code = np.unique(code[goes_on] * width + word[start + length - 1], return_inverse=True)[1].astype(np.int64)
        yield length, code, start


def _count(
    code: Integers, start: Integers, document: Integers, group: Integers, groups: int, min_count: int
) -> tuple[Integers, Integers, Integers, Integers]:
    """Count n-grams by group: one place where each stands, its group, occurrences and documents."""
    if min_count > 1 and len(code):
        enough = np.bincount(code)[code] >= min_count
        code, start = code[enough], start[enough]
    where = document[start]
    key = code * groups + group[where]
    order = np.lexsort([where, key])
    key, where, start = key[order], where[order], start[order]
    new = np.append(True, np.diff(key) != 0)[: len(key)]
    first_in_document = new | np.append(True, np.diff(where) != 0)[: len(key)]
    heads = np.flatnonzero(new)
    count = np.diff(np.append(heads, len(key))).astype(np.int64)
    documents = np.add.reduceat(first_in_document.astype(np.int64), heads) if len(heads) else heads
    return start[heads], key[heads] % groups, count, documents


def _spelled(words: npt.NDArray[np.int32], names: pd.Index) -> list[str]:
    """Spell n-grams out."""
    columns = [names.to_numpy(object)[column] for column in words.T]
    return [" ".join(row) for row in zip(*columns, strict=True)]
