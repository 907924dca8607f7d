"""How often words follow each other: n-grams of forms or lexemes, inside sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.corpus.calls import recorded
from kit.errors import QueryError
from kit.index.token_index import Int64
from kit.language.stopwords import VARIANTS
from kit.language.stopwords import stopwords as stopword_list
from kit.measures.counts.counts import Unit, vocabulary
from kit.measures.counts.grouping import By
from kit.measures.counts.numbering import whole_of
from kit.measures.frequency.groups import DENOMINATOR, Groups, groups_of
from kit.measures.frequency.packing import unpack
from kit.measures.frequency.sequences import Asked, Counted, Found, Marks, add_up, frequent, sequences
from kit.parts.freed import give_back
from kit.parts.parted import PartedCorpus
from kit.parts.summaries import AnyCorpus, reduce
from kit.wording.words import remark

LONGEST = 5
#: N-grams of parts, each counted in its part, that are added up at once, about; bounds the memory.
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
    asked, names, possible = _asked(corpus, lengths, unit, marks, stopwords, min_count, len(groups.words))
    found = _found(corpus, asked, possible, min_count, groups.code)
    table = _table(asked, found, names, groups)
    give_back()
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


def _asked(
    corpus: AnyCorpus, lengths: Sequence[int], unit: Unit, marks: Marks, stopwords: str, min_count: int, groups: int
) -> tuple[Asked, pd.Index, Int64]:
    """Return what is counted, the words by their numbers, and how many n-grams at most begin at the turns, in order.

    No n-gram is more frequent than its words. What begins with rare words has its turn first.
    """
    whole, counted = whole_of(corpus, unit).names, vocabulary(corpus, unit)
    kept = counted.occurrences >= min_count
    names, times = counted.items[kept], counted.occurrences[kept]
    place = np.full(len(whole), -1, np.int32)
    place[counted.number[kept]] = np.arange(len(names))
    ends = _not_stopped(names, stopwords)
    begin = np.flatnonzero(ends)
    begin = begin[np.argsort(times[begin], kind="stable")]
    turn = np.full(len(names), -1, np.int32)
    turn[begin] = np.arange(len(begin))
    return Asked(tuple(lengths), unit, marks, groups, place, turn, ends), names, times[begin] * len(lengths)


def _found(corpus: AnyCorpus, asked: Asked, possible: Int64, min_count: int, group: Int64) -> list[list[Counted]]:
    """Count n-grams, those that begin with some words after those that begin with others; for each block each length.

    Which n-grams of a corpus in parts are rare is known only when all parts are counted, so that memory has to hold
    every one of those counted together. A block is as large as the ones before, of rarer words, give reason to: running
    n-grams that are alike in a part take room once.
    """
    own, upto = whole_of(corpus, asked.unit).own, np.cumsum(possible)
    blocks: list[list[Counted]] = []
    begin, last, share = 0, len(possible), 1.0
    while begin < last or not blocks:
        stop = last
        if isinstance(corpus, PartedCorpus):
            room = ROWS / share + (upto[begin - 1] if begin else 0)
            stop = min(max(int(np.searchsorted(upto, room, "right")), begin + 1), last)
        found: Found = reduce(corpus, sequences, add_up, asked, begin, stop, cut=[own, group])
        pairs = zip(asked.lengths, found.rows, strict=True)
        blocks.append([frequent(rows, asked.sizes(length), min_count) for length, rows in pairs])
        share = max(found.pieces / max(int(possible[begin:stop].sum()), 1), share / 2)
        begin = stop
        del found, pairs
        give_back()  # rows of parts lay between what lasts
    return blocks


def _table(asked: Asked, found: list[list[Counted]], names: pd.Index, groups: Groups) -> pd.DataFrame:
    """Spell out n-grams: by group and length, then falling count, then term."""
    made = [_spelled_out(length, asked, [rows.pop(0) for rows in found], names) for length in asked.lengths]
    lengths = np.repeat(np.array(asked.lengths, np.int64), [len(columns[0]) for columns in made])
    group, times, documents = (np.concatenate(column) for column in list(zip(*made, strict=True))[:3])
    term = pd.concat([pd.Series(columns[3]) for columns in made], ignore_index=True).array
    del made
    if asked.groups > 1:
        order = np.argsort(group, kind="stable")
        group, lengths, times, documents = (column[order] for column in (group, lengths, times, documents))
        term = term.take(order)
    share = times / groups.words[group] if len(group) else np.zeros(0)
    rates = {"per_1000": share * 1_000, "per_million": share * 1_000_000}
    columns = {"n": lengths, "term": term, "count": times, **rates, "documents": documents}
    table = pd.DataFrame({**groups.named(group), **columns}, copy=False)
    if names.str.contains(r"[\x00-\x20]").any():  # such a word stands elsewhere among terms than among words
        order = np.lexsort([pd.factorize(table["term"], sort=True)[0], -times, lengths, group])
        table = table.iloc[order].reset_index(drop=True)
    return table


def _spelled_out(
    length: int, asked: Asked, rows: list[Counted], names: pd.Index
) -> tuple[Int64, Int64, Int64, pd.api.extensions.ExtensionArray]:
    """Return group, count, documents and term of n-grams of one length, by group, then falling count, then words."""
    columns = [np.concatenate(some) for some in zip(*(one.columns for one in rows), strict=True)]
    times, documents = (np.concatenate(some).astype(np.int64) for some in zip(*(one[1:] for one in rows), strict=True))
    *words, group = unpack(columns, asked.sizes(length))
    rows.clear()
    order = np.lexsort([*columns[::-1], -times, group])
    del columns
    term = names.array.take(words.pop(0)[order])
    while words:
        term = term + " " + names.array.take(words.pop(0)[order])
    return group[order], times[order], documents[order], term


def _not_stopped(names: pd.Index, variant: str) -> npt.NDArray[np.bool_]:
    """Tell which words an n-gram may begin and end with."""
    stopped = frozenset[str]() if variant == "keep" else stopword_list(variant)
    return np.asarray(~names.isin(stopped))
