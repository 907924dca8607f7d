"""How much of the variance of weights lies between groups, and how much would by chance.

References
----------
Kelley, T. 1935. An unbiased correlation ratio measure. Proceedings of the National Academy of Sciences 21, 554-559.
Okada, K. 2013. Is omega squared less biased? A comparison of three major effect size indices in one-way ANOVA.
Behaviormetrika 40, 129-147.
Phipson, B. & Smyth, G. 2010. Permutation p-values should never be zero. Statistical Applications in Genetics and
Molecular Biology 9, 39.

"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from kit.measures.uncertainty.intervals import percentile
from kit.topics.groups.weights import Floats, Integers

#: Weights are counted in whole millionths, so that sums are exact in any order.
SCALE = 1_000_000
_BLOCK = 1_000_000  # stories
_TIE = 1e-9  # of the sums of squares; nearer ones are equal


@dataclass(frozen=True, eq=False)
class Explained:
    """What a grouping of stories explains, one value per topic.

    Parameters
    ----------
    epsilon2 : float64 array
        Missing (nan) for a topic that does not vary.
    null_95 : float64 array
        What 95 % of the permutations do not exceed.
    p : float64 array
        (1 + permutations that reach the observed value) / (1 + permutations).

    """

    epsilon2: Floats
    null_95: Floats
    p: Floats


def epsilon_squared(between: Floats, total: Floats, stories: int, groups: int) -> Floats:
    """Return the share of variance that lies between groups, corrected for what chance puts there.

    ε² = (SSB - (G - 1) MSW) / SST with MSW = (SST - SSB) / (n - G) (Kelley 1935), the adjusted R² of a regression
    on the groups and the least biased of η², ε² and ω² (Okada 2013). About 0 where groups say nothing, then as
    often below it as above. Missing (nan) where SST is 0.
    """
    within = (total - between) / (stories - groups)
    return np.divide(between - (groups - 1) * within, total, out=np.full_like(total, np.nan), where=total > 0)


def explained(weights: Floats, group: Integers, resamples: int, seed: int) -> Explained:
    """Measure what a grouping explains, beside its permutations."""
    whole = np.rint(weights * SCALE).astype(np.int64)
    number, groups = len(group), int(group.max()) + 1
    size = np.bincount(group, minlength=groups).astype(np.float64)
    sums = np.array([int(total) for total in whole.sum(axis=0)], np.float64)
    blocks = (whole[at : at + _BLOCK] for at in range(0, number, _BLOCK))
    squares = sum((block * block).sum(axis=0).astype(object) for block in blocks)  # no sum overflows
    total = np.asarray(squares, np.float64) - sums**2 / number
    rows = np.arange(number)
    ones, exact = np.ones(number), whole.astype(np.float64)  # whole numbers below 2**53, so sums are exact
    begin = np.concatenate([[0], np.cumsum(np.bincount(group, minlength=groups))])
    by_group = np.argsort(group, kind="stable")

    def between(order: Integers) -> Floats:
        adding = sparse.csr_array((ones, order[by_group], begin), (groups, number))
        added = np.asarray(adding @ exact, np.float64)
        result = np.zeros(whole.shape[1])
        for row, count in zip(added, size.tolist(), strict=True):
            result += row**2 / count
        return result - sums**2 / number

    observed = between(rows)
    generator = np.random.Generator(np.random.PCG64(seed))
    drawn = np.column_stack([between(generator.permutation(number)) for _ in range(resamples)])
    reached = (drawn >= observed[:, None] - _TIE * total[:, None]).sum(axis=1)
    null = epsilon_squared(drawn.ravel(), np.repeat(total, resamples), number, groups).reshape(drawn.shape)
    varies = total > 0
    return Explained(
        epsilon_squared(observed, total, number, groups),
        np.where(varies, percentile(null, 0.9)[1], np.nan),
        np.where(varies, (1 + reached) / (1 + resamples), np.nan),
    )
