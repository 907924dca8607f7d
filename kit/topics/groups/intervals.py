"""The interval of a mean share, and how many stories it needs.

The mean of weights between 0 and 1 is put on the scale of the logit, where it cannot leave that range. The variance
is that between stories; the degrees of freedom come from the effective number of stories, so a topic that lives on
few stories has a wide interval.

References
----------
Kish, L. 1965. Survey Sampling. Wiley.
Korn, E. & Graubard, B. 1998. Confidence intervals for proportions with small expected number of positive counts
estimated from survey data. Survey Methodology 24, 193-201.

"""

from __future__ import annotations

import numpy as np
from scipy import special

from kit.topics.groups.weights import Floats

#: Stories below which a group has no interval. In 4,000 samples of each of 11 shapes of weights (all or nothing, beta
#: of several concentrations, a floor with a few large weights) 95 % intervals covered in 93.8 to 98.4 % at 40 stories
#: and 5 effective ones, in 91.2 % at 30 in the worst shape; counted are shapes that reach 5 in half of the samples.
STORIES = 40
#: Effective stories that must carry the topic, and as many that must carry the others.
EFFECTIVE = 5.0


def effective_stories(weights: Floats) -> Floats:
    """Return how many equal stories carry as much information on each topic's share (Kish 1965)."""
    found = []
    for part in (weights, 1 - weights):
        total, square = _sum(part), _sum(part**2)
        found.append(np.divide(total**2, square, out=np.zeros_like(total), where=square > 0))
    return np.minimum(*found)


def mean_share(weights: Floats) -> Floats:
    """Return the mean weight of each topic; missing (nan) without a story."""
    return _sum(weights) / len(weights) if len(weights) else np.full(weights.shape[1], np.nan)


def logit_t(weights: Floats, level: float) -> tuple[Floats, Floats]:
    """Return a t interval of each topic's mean weight, on the scale of the logit.

    expit(logit(m) ± t s / (m (1 - m))), with m the mean of n stories, s² = sum((w - m)²) / (n (n - 1)) and t of
    Student's distribution with `effective_stories` less one degrees of freedom. Missing (nan) below the minimum.
    """
    number = len(weights)
    mean, units = mean_share(weights), effective_stories(weights)
    low, high = (np.full(weights.shape[1], np.nan) for _ in range(2))
    kept = (units >= EFFECTIVE) & (number >= STORIES)
    if kept.any():
        centre = mean[kept]
        variance = _sum((weights[:, kept] - centre) ** 2) / (number * (number - 1))
        half = special.stdtrit(units[kept] - 1, (1 + level) / 2) * np.sqrt(variance) / (centre * (1 - centre))
        low[kept], high[kept] = (special.expit(special.logit(centre) + side * half) for side in (-1, 1))
    return low, high


def _sum(values: Floats) -> Floats:
    """Add up each column, row by row, so that no processor's way of adding matters."""
    columns = values.shape[1]
    places = np.broadcast_to(np.arange(columns), values.shape)
    return np.bincount(places.ravel(), np.ascontiguousarray(values).ravel(), columns).astype(np.float64)
