"""Words in a row, counted part by part: their numbers are packed into integers, which are sorted and added up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from kit.corpus.corpus import Corpus
from kit.index.postings import postings
from kit.index.token_index import Int32, Int64
from kit.measures.counts.numbering import numbered, numbers_in_whole
from kit.measures.frequency.packing import Numbers, heads_of, in_order, order_of, pack, unpack, without_last
from kit.parts.part import Part

Marks = Literal["break", "cross"]


@dataclass(frozen=True, eq=False)
class Asked:
    """What is counted.

    Parameters
    ----------
    lengths : tuple of int
        Rising.
    unit : {"form", "lexeme"}
    marks : {"break", "cross"}
    groups : int
        How many groups of documents there are.
    place : int32 array, one per item of the whole corpus
        Number of the word; -1: it is in no n-gram.
    turn : int32 array, one per word
        When n-grams that begin with it are counted; -1: none does.
    ends : bool array, one per word
        Whether an n-gram may end with it.

    """

    lengths: tuple[int, ...]
    unit: str
    marks: Marks
    groups: int
    place: Int32
    turn: Int32
    ends: npt.NDArray[np.bool_]

    def sizes(self, length: int) -> tuple[int, ...]:
        """How many numbers there are for each word of an n-gram, and for its group."""
        return (*(max(len(self.turn), 1),) * length, max(self.groups, 1))


class Counted(NamedTuple):
    """N-grams of one length by group, rising: words and group packed, how often, and in how many documents."""

    columns: list[Int64]
    times: Numbers
    documents: Numbers


class Found(NamedTuple):
    """The n-grams of some documents, for each length, and of how many rows of parts these were put together."""

    rows: list[Counted]
    pieces: int


def sequences(part: Part, asked: Asked, begin: int, stop: int, own: Int32 | None, group: Int64) -> Found:
    """Count the n-grams of a part whose first words have their turn from `begin` on and before `stop`."""
    corpus, stream = part.corpus, postings(part.corpus.index)
    number = asked.place[numbers_in_whole(part, asked.unit, own)]
    known = number[number >= 0]  # rises, so that the part's own numbers of words sort as these do
    first = (asked.turn[known] >= begin) & (asked.turn[known] < stop)
    local = np.where(number >= 0, np.cumsum(number >= 0) - 1, -1)
    of_type = np.append(local, -1).astype(np.int32)[numbered(corpus, asked.unit).of_type]  # -1: what is no word
    start = np.sort(stream.of(np.flatnonzero(np.append(first, False)[of_type])))
    begun, order = np.cumsum(first) - 1, np.argsort(group, kind="stable")
    rank = np.argsort(order).astype(np.int32)  # documents of one group behind each other
    document = np.repeat(rank, part.sizes["words"].to_numpy())
    rows = []
    for length, places in _running(of_type, start, corpus, asked):
        at = places[asked.ends[known][of_type[stream.type[places + (length - 1)]]]]
        words = [of_type[stream.type[at + offset]] for offset in range(length)]
        digits: list[Numbers] = [begun[words[0]], *words[1:]]
        sizes = (max(int(first.sum()), 1), *(max(len(known), 1),) * (length - 1))
        columns, of, *sums = _counted(digits, sizes, document[at], group[order])
        head, *others = unpack(columns, sizes)
        numbers: list[Numbers] = [known[first][head], *(known[digit] for digit in others), of]
        rows.append(Counted(pack(numbers, asked.sizes(length)), *sums))
    return Found(rows, sum(len(one.times) for one in rows))


def _running(of_type: Int32, start: Int32, corpus: Corpus, asked: Asked) -> Iterator[tuple[int, Int32]]:
    """Yield, for every length, where the n-grams stand that begin at some places."""
    stream, follows = postings(corpus.index), _continued(corpus, asked.marks)
    for length in range(1, asked.lengths[-1] + 1):
        if length > 1:
            start = start[follows[start + (length - 2)]]
            start = start[of_type[stream.type[start + (length - 1)]] >= 0]
        if length in asked.lengths:
            yield length, start


def _continued(corpus: Corpus, marks: Marks) -> npt.NDArray[np.bool_]:
    """Tell which words of the stream are followed by one that may stand in the same n-gram."""
    stream = postings(corpus.index)
    if marks == "break":
        return stream.joined
    sentence = corpus.index.token_sentence[stream.token]
    same = np.zeros(len(sentence), bool)
    same[:-1] = sentence[1:] == sentence[:-1]
    return same


def _counted(
    digits: Sequence[Numbers], sizes: Sequence[int], document: Int32, group: Int64
) -> tuple[list[Int64], Int64, Int32, Int32]:
    """Count n-grams by group: each once, packed, with its group, occurrences and documents.

    `document` is the number of the document of each n-gram, `group` the group of each number, which rises.
    """
    wide = (*sizes, max(len(group), 1))
    columns = in_order(pack((*digits, document), wide))
    each = heads_of(columns)  # of an n-gram in a document
    times = np.diff(np.append(each, len(columns[0]))).astype(np.int32)
    columns, document_of = without_last([column[each] for column in columns], wide)
    of = group[document_of]
    heads = heads_of([*columns, of])
    documents = np.diff(np.append(heads, len(of))).astype(np.int32)
    return [column[heads] for column in columns], of[heads], _added(times, heads).astype(np.int32), documents


def add_up(parts: Sequence[Found]) -> Found:
    """Add up the n-grams of several parts, which share no document."""
    rows = [_joined(rows) for rows in zip(*(part.rows for part in parts), strict=True)]
    return Found(rows, sum(part.pieces for part in parts))


def _joined(parts: Sequence[Counted]) -> Counted:
    """Add up n-grams of one length."""
    columns = [np.concatenate(some) for some in zip(*(one.columns for one in parts), strict=True)]
    order = order_of(columns)
    columns = [column[order] for column in columns]
    heads = heads_of(columns)
    columns = [column[heads] for column in columns]
    times = _added(np.concatenate([one.times for one in parts])[order], heads)
    return Counted(columns, times, _added(np.concatenate([one.documents for one in parts])[order], heads))


def _added(values: Numbers, heads: npt.NDArray[np.intp]) -> Numbers:
    """Add up the values from each head to the next, in as few bytes as they need."""
    sums: Int64 = np.add.reduceat(values, heads, dtype=np.int64) if len(heads) else np.zeros(0, np.int64)
    return sums.astype(np.int32) if sums.max(initial=0) < 2**31 else sums


def frequent(rows: Counted, sizes: Sequence[int], least: int) -> Counted:
    """Keep the n-grams that occur often enough in all groups together."""
    if least < 2:
        return rows
    heads = heads_of(without_last(rows.columns, sizes)[0])
    lengths = np.diff(np.append(heads, len(rows.times)))
    kept = np.repeat(_added(rows.times, heads) >= least, lengths)
    return Counted([column[kept] for column in rows.columns], rows.times[kept], rows.documents[kept])
