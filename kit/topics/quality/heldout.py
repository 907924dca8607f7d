"""Held-out fit: how well topics foresee the rest of a text they were not fitted to; and texts that were shuffled.

The running terms of each held-out unit are dealt into two hands. From one the unit's mixture of topics is estimated,
the topics themselves held fast; then the mean log-probability of the terms in the other hand is taken. It asks the same
of every model whose topics are distributions over terms.

References
----------
Wallach, H. M., Murray, I., Salakhutdinov, R. & Mimno, D. 2009. Evaluation methods for topic models. ICML, 1105-1112.
Section 5.1, document completion.

"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from kit.topics.models.sums import blocks, chosen, matrix_with

Floats = npt.NDArray[np.float64]
#: Share of the corpus's own distribution mixed into every topic, so that no term has probability 0.
MIXED = 0.05
#: Held-out units looked at; more make it slower and hardly more certain.
MOST = 500
_ROUNDS = 30
_AT_ONCE = 1 << 12  # units
_DECIMALS = 9


def completion(counts: sparse.csr_matrix, probability: Floats, share: Floats, random: np.random.Generator) -> float:
    """Return how much better topics foresee held-out text than the frequencies of the corpus do.

    Mean over running terms of ln p(w | unit) - ln p(w), in nats; 0: no better than frequencies, which is the most
    that one topic of everything reaches. 9 decimals; missing (nan) where no unit has two running terms. The ratio
    of the two perplexities is its exponential.

    p(w | unit) = sum over t of m(t) ((1 - c) p(w | t) + c p(w)) with c = 0.05; the mixture m is that of 30 rounds of
    expectation and maximisation from equal weights (Hofmann 1999, folding in).
    """
    units = looked_at(counts, np.arange(counts.shape[0]))
    if not units.shape[0]:
        return math.nan
    term = np.repeat(units.indices, units.data)
    unit = np.repeat(np.arange(units.shape[0]), np.asarray(units.sum(axis=1), np.int64).ravel())
    # A random order within each unit; every other term is seen.
    order = np.lexsort((random.random(len(term)), unit))
    term, unit = term[order], unit[order]
    first = np.searchsorted(unit, np.arange(units.shape[0]))
    seen = (np.arange(len(term)) - first[unit]) % 2 == 0
    mixed = np.ascontiguousarray(((1 - MIXED) * probability + MIXED * share).T)  # terms × topics
    mixture = _folded(unit[seen], mixed[term[seen]], units.shape[0])
    foreseen = (mixture[unit[~seen]] * mixed[term[~seen]]).sum(axis=1) / share[term[~seen]]
    # math.log and not NumPy's, whose last bit depends on the processor.
    return round(math.fsum(map(math.log, foreseen.tolist())) / len(foreseen), _DECIMALS)


def looked_at(counts: sparse.csr_matrix, rows: npt.NDArray[np.integer[Any]]) -> sparse.csr_matrix:
    """Return the units among some rows whose other half is foreseen: the first that have two running terms."""
    found, left = [np.zeros(0, np.int64)], MOST
    for some in blocks(len(rows), _AT_ONCE):
        sizes = np.asarray(chosen(counts, rows[some]).sum(axis=1), np.int64).ravel()
        found.append(rows[some][sizes > 1][:left].astype(np.int64))
        left -= len(found[-1])
        if not left:
            break
    return chosen(counts, np.concatenate(found))


def _folded(unit: npt.NDArray[np.int64], chance: Floats, units: int) -> Floats:
    """Return the mixture of topics of each unit, given p(w | t) of its running terms, unit by unit."""
    topics = chance.shape[1]
    mixture = np.full((units, topics), 1 / topics)
    begin = np.searchsorted(unit, np.arange(units))
    for _ in range(_ROUNDS):
        part = mixture[unit] * chance
        part /= part.sum(axis=1, keepdims=True)
        mixture = np.add.reduceat(part, begin, axis=0)
        mixture /= mixture.sum(axis=1, keepdims=True)
    return np.asarray(mixture, np.float64)


def shuffled(counts: sparse.csr_matrix, random: np.random.Generator) -> sparse.csr_matrix:
    """Move every running term to a place drawn at random: null data.

    Units keep their length and terms their number, so that all that is lost is which terms stand together. A corpus
    that is shuffled once more is one of the same kind: it can be told from such null data only by chance.
    """
    term = np.empty(int(counts.data.sum(dtype=np.int64)), counts.indices.dtype)
    begin = 0
    for rows in blocks(counts.shape[0]):
        of = slice(*counts.indptr[[rows.start, rows.stop]])
        words = np.repeat(counts.indices[of], counts.data[of])
        term[begin : begin + len(words)] = words
        begin += len(words)
    random.shuffle(term)
    # What is made of some units takes the room of their terms, which is never less: a large corpus leaves no other.
    times, sizes = np.empty(len(term), counts.data.dtype), np.zeros(counts.shape[0] + 1, np.int64)
    begin = end = 0
    for rows in blocks(counts.shape[0], _AT_ONCE):
        bounds = counts.indptr[rows.start : rows.stop + 1]
        units = len(bounds) - 1
        unit = np.repeat(np.repeat(np.arange(units), np.diff(bounds)), counts.data[bounds[0] : bounds[-1]])
        places = (unit, term[begin : begin + len(unit)])
        moved = sparse.coo_matrix((np.ones(len(unit), np.int32), places), shape=(units, counts.shape[1])).tocsr()
        moved.sum_duplicates()
        moved.sort_indices()
        times = times.astype(
            np.promote_types(times.dtype, np.min_scalar_type(int(moved.data.max(initial=0)))), copy=False
        )
        cells = slice(end, end + len(moved.data))
        term[cells], times[cells] = moved.indices, moved.data
        sizes[rows.start + 1 : rows.stop + 1] = np.diff(moved.indptr)
        begin, end = begin + len(unit), cells.stop
    return matrix_with(term[:end], times[:end], np.cumsum(sizes), counts.shape[1])
