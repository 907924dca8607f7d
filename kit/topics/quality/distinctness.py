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
    """Return the share of different terms among the first terms of all topics (Dieng et al. 2020)."""
    lists = np.atleast_2d(np.asarray(top, np.int64))
    return len(np.unique(lists)) / lists.size if lists.size else math.nan


def exclusivity(probability: npt.ArrayLike, top: npt.ArrayLike) -> Floats:
    """Return how far a topic has its first terms to itself: the mean over them of p(w|t) / sum of p(w|t') over topics.

    All topics weigh the same, as in Bischof & Airoldi's exclusivity, whatever their share of the corpus.
    """
    shares = np.asarray(probability, np.float64)
    means = []
    for topic, terms in enumerate(np.atleast_2d(np.asarray(top, np.int64)).tolist()):
        totals = [(float(shares[topic, term]), math.fsum(shares[:, term].tolist())) for term in terms]
        values = [own / total for own, total in totals if total > 0]
        means.append(round(math.fsum(values) / len(values), _DECIMALS) if values else math.nan)
    return np.array(means, np.float64)


def overlap(top: npt.ArrayLike) -> float:
    """Return the mean Jaccard coefficient of the first terms of two topics."""
    sets = [set(terms) for terms in np.atleast_2d(np.asarray(top, np.int64)).tolist()]
    values = [len(one & other) / len(one | other) for one, other in combinations(sets, 2) if one | other]
    return round(math.fsum(values) / len(values), _DECIMALS) if values else math.nan
