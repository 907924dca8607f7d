"""Coefficients of agreement, on arrays of counts: how many coders gave each unit each label.

A coefficient compares the disagreement that was seen with what labels handed out by chance would give. Where all coders
used one label there is nothing to compare, and where no unit was coded twice nothing was seen: both are undefined, NaN.

References
----------
Cohen, J. 1960. A coefficient of agreement for nominal scales. Educational and Psychological Measurement 20, 37-46.
Fleiss, J. 1971. Measuring nominal scale agreement among many raters. Psychological Bulletin 76, 378-382.
Krippendorff, K. 2004. Content Analysis, 2nd ed., ch. 11. Sage.
Passonneau, R. 2006. Measuring agreement on set-valued items (MASI) for semantic and pragmatic annotation. LREC.

"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def alpha(counts: Floats, distance: Floats | None = None, weights: Floats | None = None) -> float:
    """Return Krippendorff's alpha: 1 - observed / expected disagreement.

    Parameters
    ----------
    counts : array, units × labels
        How many coders gave the unit the label; units with fewer than two codings do not enter.
    distance : array, labels × labels, optional
        How far two labels are apart, 0 to 1; 1 between any two labels (nominal) if left out.
    weights : array, one per unit, optional
        How often each unit counts; once if left out.

    Examples
    --------
    >>> round(alpha(np.array([[2.0, 0], [1, 1], [0, 2], [0, 2]])), 3)
    0.533
    >>> alpha(np.array([[2.0, 0], [2, 0]]))
    nan

    """
    apart = 1 - np.eye(counts.shape[1]) if distance is None else distance
    size = counts.sum(axis=1)
    kept = size >= 2
    weight = (np.ones(len(counts)) if weights is None else weights)[kept]
    counts, size = counts[kept], size[kept]
    total = float((weight * size).sum())
    label = weight @ counts
    expected = float(label @ apart @ label)
    if not expected or total <= 1:
        return float("nan")
    observed = float((weight * ((counts @ apart) * counts).sum(axis=1) / (size - 1)).sum())
    return 1 - (total - 1) * observed / expected


def masi(one: Collection[object], other: Collection[object]) -> float:
    """Return the MASI distance of two sets: 1 - Jaccard × m, m being 1 if equal, 2/3 if one holds the other, else 1/3.

    Examples
    --------
    >>> round(masi({"a", "b"}, {"a"}), 3), masi(set(), set())
    (0.667, 0.0)

    """
    first, second = set(one), set(other)
    if first == second:
        return 0.0
    both = len(first & second)
    factor = 2 / 3 if both in (len(first), len(second)) else 1 / 3
    return 1 - both / len(first | second) * factor if both else 1.0


def masi_distances(labels: Sequence[Collection[object]]) -> Floats:
    """Return how far each two sets are apart."""
    return np.array([[masi(one, other) for other in labels] for one in labels], np.float64)


def cohen(table: Floats) -> float:
    """Return Cohen's kappa of two coders from the table of their labels, labels × labels.

    Examples
    --------
    >>> round(cohen(np.array([[20.0, 5], [10, 15]])), 3)
    0.4

    """
    total = table.sum()
    if not total:
        return float("nan")
    seen = np.trace(table) / total
    chance = float(table.sum(axis=0) @ table.sum(axis=1)) / total**2
    return float((seen - chance) / (1 - chance)) if chance < 1 else float("nan")


def fleiss(counts: Floats) -> float:
    """Return Fleiss's kappa; every unit needs the same number of codings, else it is undefined.

    Examples
    --------
    >>> round(fleiss(np.array([[3.0, 0], [2, 1], [0, 3]])), 3)
    0.55

    """
    size = counts.sum(axis=1)
    if not len(counts) or size[0] < 2 or (size != size[0]).any():
        return float("nan")
    seen = float((((counts**2).sum(axis=1) - size) / (size * (size - 1))).mean())
    chance = float(((counts.sum(axis=0) / counts.sum()) ** 2).sum())
    return (seen - chance) / (1 - chance) if chance < 1 else float("nan")


def agreement(counts: Floats) -> float:
    """Return the share of pairs of codings of one unit that agree, units weighted by their codings."""
    size = counts.sum(axis=1)
    counts, size = counts[size >= 2], size[size >= 2]
    if not len(size):
        return float("nan")
    return float((((counts**2).sum(axis=1) - size) / (size - 1)).sum() / size.sum())
