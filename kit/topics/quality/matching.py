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
    """Return what topics give to each term above its share of the corpus, each topic scaled to length 1.

    Parameters
    ----------
    probability : float64 array, topics × terms
        p(w | t).
    share : float64 array, one per term
        p(w) in the corpus.

    Returns
    -------
    float64 array, topics × terms
        max(0, p(w | t) - p(w)) over the square root of the sum of its squares; zeros for a topic that equals the
        corpus.

    Examples
    --------
    >>> profiles(np.array([[0.6, 0.4], [0.5, 0.5]]), np.array([0.5, 0.5])).tolist()
    [[1.0, 0.0], [0.0, 0.0]]

    """
    above = np.maximum(probability - share, 0.0)
    length = np.sqrt((above * above).sum(axis=1, keepdims=True))
    return np.asarray(np.divide(above, length, out=np.zeros_like(above), where=length > 0), np.float64)


def likeness(one: Floats, other: Floats) -> Floats:
    """Return the cosine of every two profiles.

    Parameters
    ----------
    one, other : float64 arrays, topics × terms
        From `profiles`, over the same terms.

    Returns
    -------
    float64 array, topics of one × topics of other
        0 to 1, 9 decimals.

    Examples
    --------
    >>> likeness(np.array([[1.0, 0.0]]), np.array([[0.6, 0.8], [0.0, 1.0]])).tolist()
    [[0.6, 0.0]]

    """
    # No BLAS, whose order of addition depends on the processor.
    product = np.einsum("iw,jw->ij", one, other)
    return np.asarray(np.clip(product, 0.0, 1.0).round(_DECIMALS), np.float64)


def match(alike: Floats) -> Integers:
    """Pair topics one to one so that the sum of their likeness is the largest (Kuhn 1955, the Hungarian method).

    Parameters
    ----------
    alike : float64 array, topics of one × topics of other
        Not more topics of the one.

    Returns
    -------
    int64 array, one per topic of one
        Its topic of the other. Of equally good pairings always the same one, for the numbers are rounded before.

    Examples
    --------
    >>> match(np.array([[0.9, 0.8], [0.8, 0.1]])).tolist()
    [1, 0]

    """
    row, column = linear_sum_assignment(alike, maximize=True)
    return np.asarray(column[np.argsort(row, kind="stable")], np.int64)


def matched_likeness(one: Floats, other: Floats, share: Floats) -> Floats:
    """Return how alike each topic of one model is to its match in another.

    Parameters
    ----------
    one, other : float64 arrays, topics × terms
        Probabilities over the same terms; as many topics.
    share : float64 array, one per term
        p(w) in the corpus.

    Returns
    -------
    float64 array, one per topic of one
        0 to 1, 9 decimals.

    Examples
    --------
    >>> one = np.array([[0.6, 0.4, 0.0], [0.0, 0.4, 0.6]])
    >>> matched_likeness(one, one[::-1], np.array([0.3, 0.4, 0.3])).tolist()
    [1.0, 1.0]

    """
    alike = likeness(profiles(one, share), profiles(other, share))
    return np.asarray(alike[np.arange(len(alike)), match(alike)], np.float64)
