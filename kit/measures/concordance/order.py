"""The order of lines of a concordance: by words round the match or by chance, and the first lines of each group."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from kit.corpus.corpus import Corpus
from kit.errors import QueryError
from kit.index.postings import postings
from kit.index.token_index import Int32, TokenIndex
from kit.measures.concordance.lines import bounds_of, digest

_POSITION = re.compile(r"[LR][1-9]\d?")


def sort_keys(sort: str | Sequence[str], context: int) -> list[str]:
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


def by_chance(corpus: Corpus, first: Int32, last: Int32, doc: npt.NDArray[np.intp], seed: int) -> npt.NDArray[np.intp]:
    """Return occurrences in the order of hashes of the seed and their own names: chance, but the same everywhere."""
    hashes = hashes_of(corpus, first, last, doc, seed)
    return np.array(sorted(range(len(hashes)), key=hashes.__getitem__), np.intp)


def hashes_of(corpus: Corpus, first: Int32, last: Int32, doc: npt.NDArray[np.intp], seed: int) -> list[str]:
    """Return hashes of the seed and of the names of occurrences."""
    index, token = corpus.index, postings(corpus.index).token
    ids = corpus.stated("doc_id").tolist()
    starts, ends = index.start[token[first]].tolist(), index.end_of(token[last]).tolist()
    return [digest(seed, ids[row], start, end) for row, start, end in zip(doc.tolist(), starts, ends, strict=True)]


def first_of_each(group: npt.NDArray[np.int64], order: npt.NDArray[np.intp], number: int) -> npt.NDArray[np.intp]:
    """Return the first so many rows of each group, in the order given, groups together."""
    together = order[np.argsort(group[order], kind="stable")]
    labels = group[together]
    heads = np.searchsorted(labels, labels, side="left")
    return together[np.arange(len(together)) - heads < number]


def ordered(index: TokenIndex, first: Int32, last: Int32, sort: Sequence[str], within: str) -> npt.NDArray[np.intp]:
    """Return the order of the lines; form numbers rise with the alphabet, so they serve as sorting keys."""
    return np.lexsort([last, first, *reversed(types_at(index, first, last, sort, within))])


def types_at(
    index: TokenIndex, first: Int32, last: Int32, keys: Sequence[str], within: str
) -> list[npt.NDArray[np.integer]]:
    """Return the types of the words that keys name; -1 where there is none."""
    stream = postings(index)
    bounds = bounds_of(index, within)
    begin, end = (np.searchsorted(bounds, stream.token[edge], side="right") for edge in (first, last))
    columns: list[npt.NDArray[np.integer]] = []
    for place in _places(first, last, keys):
        inside = (place >= 0) & (place < len(stream.type))
        safe = np.where(inside, place, 0)
        if len(stream.type):
            stretch = np.searchsorted(bounds, stream.token[safe], side="right")
            columns.append(np.where(inside & (stretch >= begin) & (stretch <= end), stream.type[safe], -1))
    return columns


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
