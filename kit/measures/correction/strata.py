"""Shares over passages that were read by strata: of all passages, of the hits, and of what the hits find.

Three strata: passages with a hit, near misses, the rest. From each some were drawn at random and read. The share of all
passages that speak of a concept is the sum of the strata's shares, weighted by their sizes; it equals the difference
estimator, the share with a hit plus the mean error of those read (Särndal, Swensson and Wretman 1992, ch. 6), which
newer work calls prediction-powered (Angelopoulos et al. 2023). Intervals combine those of the strata (MOVER: Zou and
Donner 2008; for ratios Donner and Zou 2012), each the modified one of Jeffreys (Brown, Cai and DasGupta 2001),
narrowed where a stratum was read to a large part. ``benchmarks/correction_coverage.md`` shows that they cover.

References
----------
Angelopoulos, A., Bates, S., Fannjiang, C., Jordan, M. & Zrnic, T. 2023. Prediction-powered inference. Science 382,
669-674. Brown, L., Cai, T. & DasGupta, A. 2001. Interval estimation for a binomial proportion. Statistical Science 16,
101-133. Donner, A. & Zou, G. 2012. Closed-form confidence intervals for functions of the normal mean and standard
deviation. Statistical Methods in Medical Research 21, 347-359. Särndal, C.-E., Swensson, B. & Wretman, J. 1992. Model
Assisted Survey Sampling. Springer. Zou, G. & Donner, A. 2008. Construction of confidence limits about effect measures.
Statistics in Medicine 27, 1693-1702.

"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import scipy

#: Passages of a stratum that must have been read, unless there are fewer and all were.
LEAST = 10


class Estimate(NamedTuple):
    """A share and its interval; NaN where there is none."""

    value: float
    low: float
    high: float


NONE = Estimate(math.nan, math.nan, math.nan)


@dataclass(frozen=True)
class Strata:
    """How many passages there are, how many were read, and how many of those speak of the concept.

    Parameters
    ----------
    sizes, read, yes : tuple of int
        Of the hits, the near misses and the rest, in this order.

    """

    sizes: tuple[int, ...]
    read: tuple[int, ...]
    yes: tuple[int, ...]

    @property
    def enough(self) -> bool:
        """Whether every stratum was read to the extent that intervals need."""
        return all(read >= min(LEAST, size) for size, read in zip(self.sizes, self.read, strict=True))

    @property
    def known(self) -> bool:
        """Whether something was read of every stratum that has passages."""
        return sum(self.sizes) > 0 and all(
            read > 0 or size == 0 for size, read in zip(self.sizes, self.read, strict=True)
        )

    @property
    def at_most(self) -> bool:
        """Whether some stratum without a hit was not read whole and yet shows no miss: recall is an upper bound."""
        return any(self.yes[place] == 0 and self.read[place] < self.sizes[place] for place in (1, 2))

    def share(self, stratum: int, level: float = 0.95) -> Estimate:
        """Return the share of a stratum's passages that speak of the concept, with the modified Jeffreys interval.

        Examples
        --------
        >>> Strata((200,), (20,), (20,)).share(0).low.__round__(3)
        0.84

        """
        size, read, yes = self.sizes[stratum], self.read[stratum], self.yes[stratum]
        if not read:
            return Estimate(0.0, 0.0, 0.0) if not size else NONE
        value, tail = yes / read, (1 - level) / 2
        low = float(scipy.special.betaincinv(yes + 0.5, read - yes + 0.5, tail)) if yes else 0.0
        high = float(scipy.special.betaincinv(yes + 0.5, read - yes + 0.5, 1 - tail)) if yes < read else 1.0
        low, high = (tail ** (1 / read) if yes == read else low), (1 - tail ** (1 / read) if yes == 0 else high)
        left = math.sqrt((size - read) / (size - 1)) if size > 1 else 0.0
        return Estimate(value, value - left * (value - low), value + left * (high - value))

    def total(self, strata: tuple[int, ...] = (0, 1, 2), level: float = 0.95) -> Estimate:
        """Return the share of all passages that stand in these strata and speak of the concept.

        Examples
        --------
        >>> found = Strata((50, 150, 800), (40, 40, 100), (30, 8, 0)).total()
        >>> round(found.value, 4), round(found.low, 4), round(found.high, 4)
        (0.0675, 0.0541, 0.1003)

        """
        if not self.known:
            return NONE
        weight = [size / sum(self.sizes) for size in self.sizes]
        parts = [(weight[stratum], self.share(stratum, level)) for stratum in strata]
        value = sum(part * found.value for part, found in parts)
        below = math.sqrt(sum((part * (found.value - found.low)) ** 2 for part, found in parts))
        above = math.sqrt(sum((part * (found.high - found.value)) ** 2 for part, found in parts))
        return Estimate(value, max(value - below, 0.0), min(value + above, 1.0))

    def recall(self, level: float = 0.95) -> Estimate:
        """Return the share of the passages that speak of the concept which have a hit.

        Examples
        --------
        >>> found = Strata((50, 150, 800), (40, 40, 100), (30, 8, 0)).recall()
        >>> round(found.value, 3), round(found.low, 3), round(found.high, 3)
        (0.556, 0.372, 0.688)

        """
        found, missed = self.total((0,), level), self.total((1, 2), level)
        if math.isnan(found.value) or not found.value + missed.value:
            return NONE
        value = found.value / (found.value + missed.value)
        if not found.value:
            return Estimate(0.0, 0.0, found.high / (found.high + missed.low) if found.high else 0.0)
        least, most = _ratio(missed, found)
        return Estimate(value, 1 / (1 + most), 1 / (1 + least))

    def test_figures(self) -> tuple[float, float, float, float]:
        """Return sensitivity and specificity with the numbers of passages that would tell as much of each.

        The numbers are p (1 - p) / variance, the variance linearised, of shares that half a passage each way is added
        to.
        """
        if not self.known:
            return (math.nan,) * 4
        weight = [size / sum(self.sizes) for size in self.sizes]
        added = [(yes + 0.5) / (read + 1) if read else 0.0 for yes, read in zip(self.yes, self.read, strict=True)]
        spread = [
            part**2 * share * (1 - share) / (read + 1) * (1 - read / size if size else 0.0)
            for part, share, read, size in zip(weight, added, self.read, self.sizes, strict=True)
        ]
        there = sum(part * share for part, share in zip(weight, added, strict=True))
        if not 0 < there < 1:
            return (math.nan,) * 4
        hit = weight[0] * added[0] / there
        false = weight[0] * (1 - added[0]) / (1 - there)
        of_hit = ((1 - hit) ** 2 * spread[0] + hit**2 * sum(spread[1:])) / there**2
        of_false = ((1 - false) ** 2 * spread[0] + false**2 * sum(spread[1:])) / (1 - there) ** 2
        return (
            self.recall().value,
            1 - weight[0] * (1 - self.share(0).value) / (1 - self.total().value)
            if self.total().value < 1
            else math.nan,
            hit * (1 - hit) / of_hit if of_hit else math.inf,
            false * (1 - false) / of_false if of_false else math.inf,
        )


def _ratio(upper: Estimate, lower: Estimate) -> tuple[float, float]:
    """Return the interval of a ratio of two shares that were estimated apart (Donner and Zou 2012)."""
    product = upper.value * lower.value
    under, over = lower.high * (2 * lower.value - lower.high), lower.low * (2 * lower.value - lower.low)
    root = product**2 - upper.low * lower.high * (2 * upper.value - upper.low) * (2 * lower.value - lower.high)
    least = (product - math.sqrt(max(root, 0.0))) / under if under else 0.0
    root = product**2 - upper.high * lower.low * (2 * upper.value - upper.high) * (2 * lower.value - lower.low)
    most = (product + math.sqrt(max(root, 0.0))) / over if over else math.inf
    return max(least, 0.0), most
