"""How sure a dispersion is: intervals over stories, since an article is what is drawn by chance, not a word.

How much one story moves a measure is known in closed form: by how much the measure changes when the story counts a
little more (the infinitesimal jackknife; Jaeckel 1972, Efron 1982). The sum of the squares of these influences is the
variance, and a t interval on the logit, with one degree of freedom less than there are stories with the item, keeps
the ends between 0 and 1. It speaks of the dispersion in the flow of stories that the corpus is a sample of.
``benchmarks/dispersion_coverage.md`` has its coverage, that of percentile bootstraps, and why Juilland's D has no
interval.

Signs as in `kit.measures.dispersion.formulas`; U of a story is the sum of the influences of its documents.

References
----------
Jaeckel, L. 1972. The infinitesimal jackknife. Bell Laboratories Memorandum MM 72-1215-11.
Efron, B. 1982. The Jackknife, the Bootstrap and Other Resampling Plans. SIAM.

"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
from scipy import sparse, special

from kit.index.token_index import Int64
from kit.measures.counts.part_counts import Floats, PartCounts
from kit.measures.dispersion.formulas import FORMULAS, dp
from kit.measures.uncertainty import minimum
from kit.measures.uncertainty.intervals import FREEDOM

_FINE = 2.0**36  # rates are ranked and summed as whole multiples of this part of their sum, so that no order matters


class Influence(NamedTuple):
    """How much each part moves a measure, items by parts; most cells are empty, and what these have is proportional.

    Parameters
    ----------
    base : float64 array, one per item
    of_part : float64 array, one per part
        A part without the item moves the measure by ``base · of_part``.
    more : float64 array, one per cell
        What a part with the item adds to that.

    """

    base: Floats
    of_part: Floats
    more: Floats


def story_intervals(c: PartCounts, story: Int64, level: float) -> dict[str, Floats | Int64]:
    """Put intervals round the measures that have one.

    Parameters
    ----------
    c : PartCounts
        Parts are documents or stories.
    story : int64 array, one per part
        The same number for documents that are copies of each other.
    level : float
        Between 0 and 1.

    Returns
    -------
    dict of str to array, one value per item
        `stories` (int64: stories that hold the item), and for each measure of `MEASURES` its name with ``_low`` and
        ``_high`` (float64); missing where fewer stories hold the item, or are there, than
        `kit.measures.uncertainty.minimum` says.

    Examples
    --------
    >>> from kit.measures.counts.part_counts import part_counts
    >>> counts = part_counts([[1, 2] * 20], [9, 11] * 20)
    >>> found = story_intervals(counts, np.arange(40), 0.95)
    >>> {name: values.round(3).tolist() for name, values in found.items() if name != "stories"}
    {'dp_norm_low': [0.104], 'dp_norm_high': [0.137], 'burch_da_low': [0.866], 'burch_da_high': [0.886]}

    """
    numbers, place = np.unique(story, return_inverse=True)
    adding = sparse.csr_array((np.ones(len(place)), (np.arange(len(place)), place)), shape=(len(place), len(numbers)))
    held = np.diff((c.matrix @ adding).indptr).astype(np.int64)
    found: dict[str, Floats | Int64] = {"stories": held}
    large = len(numbers) >= minimum.sample("dispersion")
    rows = np.flatnonzero((held >= minimum.STORIES["dispersion"]) & large)
    freedom = np.maximum(held[rows] - 1, FREEDOM)
    for name in MEASURES:
        low, high = (np.full(len(held), np.nan) for _ in range(2))
        if len(rows):
            some = PartCounts(c.matrix[rows], c.sizes)
            estimate = np.asarray(dp(some) if name == "dp_norm" else FORMULAS[name](some))
            variance = _variance(some, _INFLUENCES[name](some), adding)
            ends = logit_t(estimate, variance, freedom, level)
            scale = 1 - c.share.min() if name == "dp_norm" else 1.0
            low[rows], high[rows] = (np.minimum(end / scale, 1) for end in ends)
        found |= {f"{name}_low": low, f"{name}_high": high}
    return found


def dp_influence(c: PartCounts) -> Influence:
    """``(abs(t - s) - t sum(sgn t) + s sum(sgn s)) / 2``, sgn the sign of t - s: of DP, before it is normalised."""
    sign = np.sign(c.part_of_total - c.share_of_cell)
    absent = 1 - c.add(c.share_of_cell)
    of_item, of_words = c.add(sign * c.part_of_total), c.add(sign * c.share_of_cell) - absent
    moved = np.abs(c.part_of_total - c.share_of_cell) - c.part_of_total * of_item[c.item]
    base = (1 + of_words) / 2
    more = (moved + c.share_of_cell * of_words[c.item]) / 2 - base[c.item] * c.share_of_cell
    return Influence(base, c.share, more)


def burch_da_influence(c: PartCounts) -> Influence:
    """``((1 - DA) (p / mean p - 1) - n / (n - 1) (h - mean h) / mean p) / n``, h a mean difference from all parts."""
    n = c.parts
    share = c.rate / c.add(c.rate)[c.item]  # of the part in the sum of rates: p / (n mean p)
    whole = np.rint(share * _FINE).astype(np.int64)
    order = np.lexsort((whole, c.item))
    many = c.range.astype(np.int64)
    start = np.cumsum(many) - many
    up_to = np.cumsum(whole[order])
    before = np.append(0, up_to)[start]
    item = c.item[order]
    rank = np.arange(len(order)) - start[item] + 1
    total = np.append(0, up_to)[start + many] - before
    # Sum of the differences from all parts, those without the item included: below it stand rank - 1 + (n - many).
    apart = whole[order] * (2 * rank + n - 2 * many[item]) - 2 * (up_to - before[item]) + total[item]
    difference = np.empty(len(order))
    difference[order] = apart / _FINE  # h / mean p, which is 1 for a part without the item
    mean = (c.add(difference) + (n - c.range)) / n
    gini, unbiased = 1 - FORMULAS["burch_da"](c), n / (n - 1)
    base = -(gini + unbiased * (1 - mean)) / n
    more = (gini[c.item] * (n * share - 1) - unbiased * (difference - mean[c.item])) / n - base[c.item]
    return Influence(base, np.ones(n), more)


def logit_t(estimate: Floats, variance: Floats, freedom: int | Int64, level: float) -> tuple[Floats, Floats]:
    """Return a t interval on the logit of numbers between 0 and 1; the number itself where nothing varies.

    Examples
    --------
    >>> low, high = logit_t(np.array([0.5]), np.array([0.01]), 20, 0.95)
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.303], [0.697])

    """
    fixed = (variance <= 0) | (estimate <= 0) | (estimate >= 1)
    inside, spread = np.where(fixed, 0.5, estimate), np.where(fixed, 0.0, variance)
    half = special.stdtrit(freedom, (1 + level) / 2) * np.sqrt(spread) / (inside * (1 - inside))
    low, high = (special.expit(special.logit(inside) + sign * half) for sign in (-1, 1))
    return np.where(fixed, estimate, low), np.where(fixed, estimate, high)


_INFLUENCES: Mapping[str, Callable[[PartCounts], Influence]] = {
    "dp_norm": dp_influence,
    "burch_da": burch_da_influence,
}
#: Measures that have an interval.
MEASURES = tuple(_INFLUENCES)


def _variance(c: PartCounts, moved: Influence, adding: sparse.csr_array) -> Floats:
    """Add up the squares of the influences of stories, times S / (S - 1) over S stories."""
    stories = adding.shape[1]
    of_story = adding.T @ moved.of_part
    cells = sparse.csr_array((moved.more, c.matrix.indices, c.matrix.indptr), shape=c.matrix.shape) @ adding
    item = np.repeat(np.arange(cells.shape[0]), np.diff(cells.indptr))
    base = moved.base[item] * of_story[cells.indices]
    present = np.bincount(item, (base + cells.data) ** 2 - base**2, minlength=cells.shape[0])
    return np.asarray((moved.base**2 * (of_story**2).sum() + present) * stories / (stories - 1))
