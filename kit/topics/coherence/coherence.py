"""Coherence: whether the first terms of a topic stand together in texts.

Coherence is the mean of a number over pairs of a topic's first terms. Tools that print the same name differ in four
things, each of which is said here by its own parameter or function:

- *What counts as together.* Documents (`by_document`; the kit, and UMass everywhere) or sliding windows (`by_window`;
  10 tokens in gensim's ``c_npmi`` and Palmetto's ``npmi``). gensim loses a term that stands twice in a window when the
  window moves past its first place (``repeats="gensim"``; ``findings/gensim_repeated_word.sh``). tomotopy's windows
  lack their first word (``findings/tomotopy_short_windows.sh``).
- *Pairs that never meet.* `treatment` ``limit``: NPMI is -1, its limit (Bouma 2009; the kit). ``gensim`` and
  ``palmetto``: 1e-12 is added to the probability of both, so NPMI is -0.83 for two terms in a tenth of the texts each
  and -0.67 for two in a hundredth: a topic of rare terms that never meet looks better.
- *Terms that the texts do not have.* ``limit``: missing, and the pair is left out of the mean. ``palmetto``: the pair
  counts as 0. ``gensim``: a division by zero or an error, depending on its version; here as ``limit``.
- *Texts without any of the terms.* They count; in older gensim they did not (before its pull request 3197).

gensim's mean over ordered pairs is the mean over pairs i < j, since PMI and NPMI are symmetric. C_V is not offered:
Palmetto computed it for years with another exponent than was published (its issue 81), and the published values could
not be had again (its issue 13), so that numbers of this name cannot be compared.

References
----------
Bouma, G. 2009. Normalized (pointwise) mutual information in collocation extraction. GSCL, 31-40.
Lau, J. H., Newman, D. & Baldwin, T. 2014. Machine reading tea leaves. EACL, 530-539.
Mimno, D. et al. 2011. Optimizing semantic coherence in topic models. EMNLP, 262-272.
Röder, M., Both, A. & Hinneburg, A. 2015. Exploring the space of topic coherence measures. WSDM, 399-408.

"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from kit.errors import QueryError
from kit.topics.coherence.cooccurrence import Integers, Together, by_document, by_window

__all__ = ["TOP", "by_document", "by_window", "npmi", "npmi_of_pair", "pmi", "pmi_of_pair", "umass"]

Floats = npt.NDArray[np.float64]
Treatment = Literal["limit", "gensim", "palmetto"]
#: How many of a topic's first terms are looked at.
TOP = 10
EPSILON = 1e-12  # of gensim and Palmetto
_DECIMALS = 9


def npmi_of_pair(one: int, other: int, both: int, contexts: int, treatment: Treatment = "limit") -> float:
    """Return the normalised pointwise mutual information of two terms, ln(p12 / (p1 p2)) / -ln p12.

    -1 (never together) to 1; 0: as chance gives. Missing (nan), or 0 as ``palmetto``, where a term does not occur.
    Where every context holds both: 1 by convention (``limit``), and -1 by rounding in gensim and Palmetto.
    """
    _check(treatment)
    if not one or not other:
        return 0.0 if treatment == "palmetto" else math.nan
    if treatment == "limit":
        if both in (0, contexts):
            return 1.0 if both else -1.0
        # One logarithm of one exact ratio: 0 where they meet just as chance gives.
        return max(-1.0, min(1.0, math.log(both * contexts / (one * other)) / math.log(contexts / both)))
    share = both / contexts + EPSILON
    return math.log(share / ((one / contexts) * (other / contexts))) / -math.log(share)


def pmi_of_pair(one: int, other: int, both: int, contexts: int, treatment: Treatment = "limit") -> float:
    """Return the pointwise mutual information of two terms, ln(p12 / (p1 p2)); C_UCI's number."""
    _check(treatment)
    if not one or not other:
        return 0.0 if treatment == "palmetto" else math.nan
    if treatment == "limit":
        return math.log(both * contexts / (one * other)) if both else -math.inf
    return math.log((both / contexts + EPSILON) / ((one / contexts) * (other / contexts)))


def npmi(together: Together, top: npt.ArrayLike, treatment: Treatment = "limit") -> Floats:
    """Return the coherence of topics: the mean NPMI over all pairs of a topic's first terms."""
    return _means(together, top, lambda one, other, both, contexts: npmi_of_pair(one, other, both, contexts, treatment))


def pmi(together: Together, top: npt.ArrayLike, treatment: Treatment = "gensim") -> Floats:
    """Return the mean PMI over all pairs of a topic's first terms (C_UCI with windows of 10)."""
    return _means(together, top, lambda one, other, both, contexts: pmi_of_pair(one, other, both, contexts, treatment))


def umass(together: Together, top: npt.ArrayLike, treatment: Literal["mimno", "gensim"] = "mimno") -> Floats:
    """Return the UMass coherence of topics: the mean of ln((D12 + 1) / D2) over pairs, term 2 the higher ranked."""
    if treatment not in ("mimno", "gensim"):
        raise QueryError(f"treatment = {treatment!r}", remedy="use one of mimno, gensim")

    def given(higher: int, lower: int, both: int, contexts: int) -> float:
        if not higher or not lower:
            return math.nan
        if treatment == "mimno":
            return math.log((both + 1) / higher)
        return math.log((both / contexts + EPSILON) / (higher / contexts))

    return _means(together, top, given)


def _check(treatment: str) -> None:
    """Refuse a treatment that does not exist."""
    if treatment not in get_args(Treatment):
        raise QueryError(f"treatment = {treatment!r}", remedy="use one of " + ", ".join(get_args(Treatment)))


def _means(together: Together, top: npt.ArrayLike, number: Callable[[int, int, int, int], float]) -> Floats:
    """Average a number over the pairs of each topic, the higher ranked term given first."""
    lists: Integers = np.atleast_2d(np.asarray(top, np.int64))
    means = []
    for terms in lists:
        counts = together.of(terms).tolist()
        values = [
            number(counts[high][high], counts[low][low], counts[high][low], together.contexts)
            for low in range(1, len(terms))
            for high in range(low)
        ]
        known = [value for value in values if not math.isnan(value)]
        if -math.inf in known:
            means.append(-math.inf)
        else:
            means.append(round(math.fsum(known) / len(known), _DECIMALS) if known else math.nan)
    return np.array(means, np.float64)
