"""Distinctness: whether topics say different things.

References
----------
Bischof, J. M. & Airoldi, E. M. 2012. Summarizing topical content with word frequency and exclusivity. ICML, 201-208.
Dieng, A. B., Ruiz, F. J. R. & Blei, D. M. 2020. Topic modeling in embedding spaces. TACL 8, 439-453.

"""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
_DECIMALS = 9


def diversity(top: npt.ArrayLike) -> float:
    """Return the share of different terms among the first terms of all topics (Dieng et al. 2020).

    Parameters
    ----------
    top : int array-like, topics × terms

    Returns
    -------
    float
        1: no term stands in two topics; 1 / topics: all topics have the same terms. Missing (nan) without topics.

    Examples
    --------
    >>> round(diversity([[0, 1, 2], [0, 3, 4]]), 4)
    0.8333

    """
    lists = np.atleast_2d(np.asarray(top, np.int64))
    return len(np.unique(lists)) / lists.size if lists.size else math.nan


def exclusivity(probability: npt.ArrayLike, top: npt.ArrayLike) -> Floats:
    """Return how far a topic has its first terms to itself: the mean over them of p(w|t) / sum of p(w|t') over topics.

    Parameters
    ----------
    probability : float array-like, topics × terms
        Of the term in the topic.
    top : int array-like, topics × terms of the list

    Returns
    -------
    float64 array, one per topic
        1 / topics (as all others) to 1 (its own), 9 decimals. Terms without any probability are left out; missing where
        there is no other.

    Notes
    -----
    All topics weigh the same, as in Bischof & Airoldi's exclusivity, whatever their share of the corpus.

    Examples
    --------
    >>> exclusivity([[0.6, 0.4, 0.0], [0.0, 0.4, 0.6]], [[0, 1], [2, 1]]).tolist()
    [0.75, 0.75]

    """
    shares = np.asarray(probability, np.float64)
    means = []
    for topic, terms in enumerate(np.atleast_2d(np.asarray(top, np.int64)).tolist()):
        totals = [(float(shares[topic, term]), math.fsum(shares[:, term].tolist())) for term in terms]
        values = [own / total for own, total in totals if total > 0]
        means.append(round(math.fsum(values) / len(values), _DECIMALS) if values else math.nan)
    return np.array(means, np.float64)


def overlap(top: npt.ArrayLike) -> float:
    """Return the mean Jaccard coefficient of the first terms of two topics.

    Parameters
    ----------
    top : int array-like, topics × terms

    Returns
    -------
    float
        0 (no term in common) to 1, 9 decimals; missing (nan) with fewer than two topics.

    Examples
    --------
    >>> overlap([[0, 1, 2], [0, 3, 4]])
    0.2

    """
    sets = [set(terms) for terms in np.atleast_2d(np.asarray(top, np.int64)).tolist()]
    values = [len(one & other) / len(one | other) for one, other in combinations(sets, 2) if one | other]
    return round(math.fsum(values) / len(values), _DECIMALS) if values else math.nan
