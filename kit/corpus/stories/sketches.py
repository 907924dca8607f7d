"""What is kept of a text to find those that may share most of theirs: MinHash values, and how many runs it has."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, pairwise
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from kit.corpus.stories.runs import Rows, runs_of
from kit.index.token_index import TokenIndex
from kit.index.words import Int32, Int64

UInt32: TypeAlias = npt.NDArray[np.uint32]

#: MinHash values of a text.
VALUES = 64
#: Two texts are looked at where two values, so far apart, are the same in both. With both distances there are 128 such
#: pairs of values: texts that share a fifth of their runs (Jaccard) are looked at in 99 of 100 cases, a tenth in 70.
_APART = (1, 2)
#: Half of a hash, since MinHash takes 32 bits.
_HALF = np.uint64(32)


class Sketches(NamedTuple):
    """`minima` (uint32, texts x 64) and the number of different `runs` (int32), one per text."""

    minima: UInt32
    runs: Int32


def sketches_of(index: TokenIndex, paragraph: Int32) -> Sketches:
    """Return the sketch of every document."""
    from datasketch import MinHash  # noqa: PLC0415 - slow to import, and most sessions open what was saved with it

    sizes: list[Int64] = [np.zeros(0, np.int64)]

    def texts() -> Iterator[list[int]]:
        for sets in runs_of(index, paragraph, np.arange(len(index.document_tokens) - 1)):
            sizes.append(np.diff(sets.bounds))
            hashes = (sets.hashes >> _HALF).tolist()
            yield from (hashes[begin:stop] for begin, stop in pairwise(sets.bounds.tolist()))

    found = [one.hashvalues for one in MinHash.generator(texts(), num_perm=VALUES, seed=1, hashfunc=int)]
    return Sketches(np.array(found, np.uint32).reshape(-1, VALUES), np.concatenate(sizes).astype(np.int32))


def likely(values: UInt32) -> list[list[int]]:
    """Return, for each text, the numbers of the groups it shares with a text that may be like it; often none."""
    wide = values.astype(np.uint64)
    texts: list[Rows] = [np.zeros(0, np.int64)]
    groups: list[Int64] = [np.zeros(0, np.int64)]
    before = 0
    for one, other in chain.from_iterable(((v, (v + apart) % VALUES) for v in range(VALUES)) for apart in _APART):
        key = (wide[:, one] << _HALF) | wide[:, other]
        order = np.argsort(key, kind="stable")
        same = key[order][1:] == key[order][:-1]
        shared = np.append(same, False) | np.append(False, same) if len(key) else np.zeros(0, bool)
        number = np.cumsum(np.append(True, ~same)[: len(key)])[shared]
        texts.append(order[shared])
        groups.append(number + before)
        before += len(key)
    text, group = np.concatenate(texts), np.concatenate(groups)
    order = np.argsort(text, kind="stable")
    cuts = np.searchsorted(text[order], np.arange(len(values) + 1)).tolist()
    numbers = group[order].tolist()
    return [numbers[begin:stop] for begin, stop in pairwise(cuts)]
