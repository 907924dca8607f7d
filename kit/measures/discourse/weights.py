"""Formulas of discourse networks, on plain arrays.

`counts` has x[i, j, k] statements of row i on column j at level k; the levels are agreement, disagreement and, if it is
asked for, no stance. After Leifeld (2017), with the names put right: what the program of that work calls cosine divides
by the product of the two totals and is none, and its average and Jaccard can pass 1.

References
----------
Leifeld, P. 2017. Discourse network analysis: policy debates as dynamic networks. In The Oxford Handbook of Political
Networks, 301-325.

"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

#: Places of the levels in the last axis.
AGREES, OBJECTS, SILENT = range(3)


def ignore(counts: Floats) -> Floats:
    """Return, for each pair of rows, the pairs of statements on one concept: Σⱼ(Σₖx)(Σₖy)."""
    used = counts.sum(axis=2)
    return np.asarray(used @ used.T, np.float64)


def congruence(counts: Floats) -> Floats:
    """Return the pairs of statements on one concept at one level: Σⱼₖxy."""
    flat = _flat(counts)
    return np.asarray(flat @ flat.T, np.float64)


def conflict(counts: Floats) -> Floats:
    """Return the pairs of which one agrees and one objects: Σⱼ(x₊y₋ + x₋y₊)."""
    crossed = counts[:, :, AGREES] @ counts[:, :, OBJECTS].T
    return np.asarray(crossed + crossed.T, np.float64)


def subtract(counts: Floats) -> Floats:
    """Return congruence less conflict."""
    return congruence(counts) - conflict(counts)


#: What a pair of rows has in common, by how agreement counts.
ONE_MODE: dict[str, Callable[[Floats], Floats]] = {
    "ignore": ignore,
    "congruence": congruence,
    "conflict": conflict,
    "subtract": subtract,
}


def _no_divisor(counts: Floats, agreement: str) -> Floats:
    """Divide by nothing."""
    del agreement
    return np.ones((len(counts), len(counts)))


def _average(counts: Floats, agreement: str) -> Floats:
    """Divide by the mean of the two totals."""
    del agreement
    total = counts.sum(axis=(1, 2))
    return np.asarray((total[:, None] + total[None, :]) / 2, np.float64)


def _jaccard_dna(counts: Floats, agreement: str) -> Floats:
    """Divide by the statements of either side on concept-levels that the other lacks, plus the congruence."""
    del agreement
    flat = _flat(counts)
    lacking = flat @ (flat == 0).astype(np.float64).T
    return np.asarray(lacking + lacking.T + flat @ flat.T, np.float64)


def _totals_product(counts: Floats, agreement: str) -> Floats:
    """Divide by the product of the two totals."""
    del agreement
    total = counts.sum(axis=(1, 2))
    return np.outer(total, total)


def _cosine(counts: Floats, agreement: str) -> Floats:
    """Divide by the lengths of the two vectors whose inner product the sum is.

    A conflict is the inner product of one row with the other, its agreement and objection exchanged: the lengths are
    those of congruence.
    """
    length = np.sqrt(np.diagonal(ONE_MODE["congruence" if agreement == "conflict" else agreement](counts)))
    return np.outer(length, length)


#: What the sum of a pair of rows is divided by.
ONE_MODE_DIVISORS: dict[str, Callable[[Floats, str], Floats]] = {
    "none": _no_divisor,
    "average": _average,
    "jaccard_dna": _jaccard_dna,
    "totals_product": _totals_product,
    "cosine": _cosine,
}


def one_mode(counts: Floats, agreement: str, normalise: str = "none") -> Floats:
    """Return the weight of each pair of rows (rows x rows); nan where the divisor is 0."""
    divisor = ONE_MODE_DIVISORS[normalise](counts, agreement)
    return _divided(ONE_MODE[agreement](counts), divisor)


def _used(counts: Floats) -> Floats:
    """Count the statements."""
    return np.asarray(counts.sum(axis=2), np.float64)


def _net(counts: Floats) -> Floats:
    """Count agreement less disagreement."""
    return counts[:, :, AGREES] - counts[:, :, OBJECTS]


def _combined(counts: Floats) -> Floats:
    """Write the levels that occur as one number: 1 agrees, 2 objects, 4 takes no stance, and their sums."""
    return np.asarray((counts > 0) @ np.array([1.0, 2.0, 4.0]), np.float64)


#: What a row has to do with a column, by how agreement counts.
TWO_MODE: dict[str, Callable[[Floats], Floats]] = {"ignore": _used, "subtract": _net, "combine": _combined}
#: What the weight of a row and a column is divided by.
TWO_MODE_DIVISORS: dict[str, Callable[[Floats], Floats]] = {
    "none": lambda counts: np.ones(counts.shape[:2]),
    "activity": lambda counts: np.repeat(counts.sum(axis=(1, 2))[:, None], counts.shape[1], axis=1),
    "prominence": lambda counts: np.repeat(counts.sum(axis=(0, 2))[None, :], counts.shape[0], axis=0),
}


def two_mode(counts: Floats, agreement: str, normalise: str = "none") -> Floats:
    """Return the weight of each row and column (rows x columns); nan where the divisor is 0."""
    return _divided(TWO_MODE[agreement](counts), TWO_MODE_DIVISORS[normalise](counts))


def _flat(counts: Floats) -> Floats:
    """Lay concepts and levels in one row."""
    return counts.reshape(len(counts), counts.shape[1] * counts.shape[2])


def _divided(sums: Floats, divisor: Floats) -> Floats:
    """Divide; nothing by nothing is missing."""
    weights: Floats = np.full(sums.shape, np.nan)
    np.divide(sums, divisor, out=weights, where=divisor > 0)
    return weights
