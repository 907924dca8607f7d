"""Which topic of one model is which topic of another, and how alike the two are.

A topic is compared by its profile: what it gives to each term above the term's share of the corpus. Two topics without
anything of their own have much in common (the corpus), but their profiles have not; so the number does not come free.
Lists of first terms would be coarser: of thirty terms with nearly equal weight, ten come first by chance.

"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
_DECIMALS = 9


def profiles(probability: Floats, share: Floats) -> Floats:
    """Return what topics give to each term above its share of the corpus, each topic scaled to length 1."""
    above = np.maximum(probability - share, 0.0)
    length = np.sqrt((above * above).sum(axis=1, keepdims=True))
    return np.asarray(np.divide(above, length, out=np.zeros_like(above), where=length > 0), np.float64)


def likeness(one: Floats, other: Floats) -> Floats:
    """Return the cosine of every two profiles."""
    # No BLAS, whose order of addition depends on the processor.
    product = np.einsum("iw,jw->ij", one, other)
    return np.asarray(np.clip(product, 0.0, 1.0).round(_DECIMALS), np.float64)


def match(alike: Floats) -> Integers:
    """Pair topics one to one so that the sum of their likeness is the largest (Kuhn 1955, the Hungarian method)."""
    row, column = linear_sum_assignment(alike, maximize=True)
    return np.asarray(column[np.argsort(row, kind="stable")], np.int64)


def matched_likeness(one: Floats, other: Floats, share: Floats) -> Floats:
    """Return how alike each topic of one model is to its match in another."""
    alike = likeness(profiles(one, share), profiles(other, share))
    return np.asarray(alike[np.arange(len(alike)), match(alike)], np.float64)
