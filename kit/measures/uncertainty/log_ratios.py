"""How sure a difference between two corpora is: intervals round the logarithm of the ratio of two rates.

The two corpora are samples of their own: stories are resampled, or averaged over, within each. Logarithms are to the
base 2, so 1 means twice as often in the target and -1 half as often (Hardie 2014, "log ratio").

Zeros. Where one side does not hold the item, the log ratio printed is the one with 0.5 in place of the zero count, and
it is no estimate; where half an occurrence would be a larger share of the side that has none than what the other side
holds, it would say the opposite of the counts and is missing. Where fewer than two stories of one side hold the item
(of a bootstrap, fewer than it needs), the end that can be known is given and the other is missing: the rate of the
sparse side is taken to be no more than u · c / w, with u the upper end of the exact interval of its share of stories,
c the count per story that holds the item (the larger of both sides'), w the words per story. So a word absent from the
reference has a lower bound, which grows with the reference.

References
----------
Hardie, A. 2014. Log Ratio: an informal introduction. CASS, Lancaster University.

"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.corpus.calls import recorded
from kit.errors import QueryError
from kit.measures.counts.blocks import AnyCounts, counts_of, over_blocks
from kit.measures.counts.counts import Counts, Unit, not_counted
from kit.measures.frequency.groups import DENOMINATOR
from kit.measures.uncertainty import intervals, minimum
from kit.measures.uncertainty.facts import (
    Method,
    check_method,
    facts_of,
    facts_of_method,
    facts_of_reference,
    unit_of,
)
from kit.measures.uncertainty.resampling import resampled_sums
from kit.measures.uncertainty.samples import Floats, Integers, Sample, skewness, story_sample
from kit.parts.summaries import AnyCorpus
from kit.wording.words import Remark, remark

_HALF = 0.5  # stands for a count of zero


class Ends(NamedTuple):
    """Ends of the intervals of log ratios; how many items have one bound only."""

    low: Floats
    high: Floats
    bounds: int


class _Ratios(NamedTuple):
    """Log ratios of some items, with their ends; how many have one bound only."""

    table: pd.DataFrame
    bounds: int


@recorded("item")
def log_ratio_intervals(
    target: AnyCorpus | Counts,
    reference: AnyCorpus | Counts,
    *,
    unit: Unit = "form",
    codebook: Codebook | None = None,
    items: Iterable[str] | None = None,
    method: Method = "log_t",
    level: float = 0.95,
    resamples: int = 2_000,
    seed: int = 0,
) -> pd.DataFrame:
    """Put an interval round every item's log ratio.

    Parameters
    ----------
    target, reference : Corpus, PartedCorpus or Counts
    unit : {"form", "lexeme", "concept", "pattern"}
        What to count, as in `count_items`; ignored for Counts.
    codebook : Codebook, optional
        Needed for concepts and patterns.
    items : iterable of str, optional
        Which items to list, in this order; all of either side if left out.
    method : {"log_t", "percentile", "bca"}
        As in `kit.frequency_intervals`; a bootstrap draws the stories of each side anew.
    level : float
        Share of samples in which an interval contains the true value.
    resamples : int
        How often a bootstrap draws the stories of both sides.
    seed : int
        Seed of a bootstrap: the target's draws are those of PCG64((seed, 0)), the reference's those of
        PCG64((seed, 1)), each as in `kit.frequency_intervals`.

    Returns
    -------
    DataFrame
        `item` (str), `count_target`, `count_reference`, `stories_target`, `stories_reference` (int64), `log_ratio`,
        `low`, `high` (float64, base 2, above 0: more in the target). The target's items in its order, then the
        reference's other items in its own. Ends are missing (nan) where a side has fewer than 15
        stories, or too few with the item; a log ratio where 0.5 in place of a zero would turn its sign.

    Raises
    ------
    QueryError
        The unit, the method, the level or an item is unknown, one side has no words, or there are too few resamples.

    Notes
    -----
    The two variances of `frequency_intervals` are added, and t has the degrees of freedom of Satterthwaite (1946), of
    each side's as there. In a
    bootstrap, a resample without the item counts it as 0.5.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> def corpus(name, *texts):
    ...     rows = [{"doc_id": f"{name}{number:02}", "text": f"{text} {number}"} for number, text in enumerate(texts)]
    ...     return kit.Corpus.from_frame(pd.DataFrame(rows), clean=False)
    >>> often = corpus("a", *(["warga kota melayani warga"] * 20))
    >>> seldom = corpus("b", *(["warga menunggu lama sekali"] * 30))
    >>> table = log_ratio_intervals(often, seldom, items=["warga", "melayani"]).round(2)
    >>> table[["item", "count_target", "count_reference", "log_ratio", "low", "high"]]
           item  count_target  count_reference  log_ratio   low  high
    0     warga            40               30       1.00  1.00   1.0
    1  melayani            20                0       5.91  3.11   NaN
    >>> often = corpus("a", *("warga kota warga" + " lama" * (n % 3) for n in range(300)))
    >>> seldom = corpus("b", *("warga kota" + " lama" * (n % 3) for n in range(300)))
    >>> table = log_ratio_intervals(often, seldom, items=["warga"], method="percentile")
    >>> table[["item", "log_ratio", "low", "high"]].round(2)
        item  log_ratio   low  high
    0  warga       0.68  0.64  0.72

    """
    check_method(method, level, resamples)
    facts = facts_of_method(method, level, resamples, seed) | unit_of(target, unit, codebook)
    options = {"method": method, "level": level, "resamples": resamples, "seed": seed}
    return _table(target, reference, unit, codebook, items, options, facts)


def ratios(
    target: Counts,
    reference: Counts,
    method: Method,
    level: float,
    resamples: int = 0,
    seed: int = 0,
) -> _Ratios:
    """Return counts, log ratios and their ends for the items of two corpora's counts."""
    one, two = story_sample(target), story_sample(reference)
    low, high, bounds = ends_of(one, two, method, level, resamples, seed)
    table = pd.DataFrame(
        {
            "item": pd.array(np.asarray(target.items, object), dtype="str"),
            "count_target": one.totals,
            "count_reference": two.totals,
            "stories_target": one.stories,
            "stories_reference": two.stories,
            "log_ratio": in_sense(_log_ratio(one.totals, one.words, two.totals, two.words), one.totals, two.totals),
            "low": low,
            "high": high,
        }
    )
    return _Ratios(table, bounds)


def ends_of(target: Sample, reference: Sample, method: Method, level: float, resamples: int = 0, seed: int = 0) -> Ends:
    """Return the ends of the log ratios of all items of two samples."""
    least = minimum.STORIES[method]
    samples = target, reference
    stories = samples[0].stories, samples[1].stories
    large = min(len(sample) for sample in samples) >= minimum.sample(method)
    usable = np.flatnonzero((stories[0] >= least) & (stories[1] >= least) & large).astype(np.int64)
    if method == "log_t":
        here, there = (sample.moments.take(usable) for sample in samples)
        variances, effective = [here.variance, there.variance], [here.effective, there.effective]
        ends = intervals.log_t(here.rate / there.rate, variances, effective, level)
        found = np.log2(ends[0]), np.log2(ends[1])
    else:
        found = _resampled(target.take(usable), reference.take(usable), method, level, resamples, seed)
    low, high = (_spread(end, usable, len(target.totals)) for end in found)
    below = (stories[0] >= least) & (stories[1] < least) & large
    above = (stories[1] >= least) & (stories[0] < least) & large
    low[below] = _bound(target, reference, below, level)
    high[above] = -_bound(reference, target, above, level)
    return Ends(low, high, int((below | above).sum()))


def ratio_remarks(
    target: AnyCounts, reference: AnyCounts, method: str, table: pd.DataFrame, bounds: int
) -> list[Remark]:
    """Say what the reference is, and which ends of log ratios are missing and why."""
    sides = (target, reference)
    stories = [len(np.unique(side.story)) for side in sides]
    names = (remark("log_ratios.the_target"), remark("log_ratios.the_reference"))
    few = [(name, number) for name, number in zip(names, stories, strict=True) if number < minimum.sample(method)]
    none = 0 if few else int((table["low"].isna() & table["high"].isna()).sum())
    copies = any(number < len(side.doc_ids) for number, side in zip(stories, sides, strict=True))
    words = int(reference.sizes.sum())
    said = [remark("log_ratios.reference", documents=len(reference.doc_ids), words=words)]
    said += of_zeros(table["log_ratio"].to_numpy(), table["count_target"], table["count_reference"], "log_ratios.zeros")
    if bounds:
        said.append(remark("log_ratios.bounds", n=bounds, least=minimum.STORIES[method]))
    return said + minimum.remarks(method, none, few, copies=copies)


def in_sense(ratio: Floats, here: npt.ArrayLike, there: npt.ArrayLike) -> Floats:
    """Return log ratios, missing where 0.5 in place of a zero count has turned the sign.

    Half an occurrence in 63 words is more than one in 500: what a small side lacks would be more frequent there.

    Examples
    --------
    >>> in_sense(np.array([1.99, -3.0, 2.0]), [0, 0, 4], [1, 8, 1]).tolist()
    [nan, -3.0, 2.0]

    """
    one, two = np.asarray(here), np.asarray(there)
    turned = ((one == 0) & (two > 0) & (ratio >= 0)) | ((two == 0) & (one > 0) & (ratio <= 0))
    return np.where(turned, np.nan, ratio)


def of_zeros(ratio: Floats, here: npt.ArrayLike, there: npt.ArrayLike, zeros: str) -> list[Remark]:
    """Say what a zero count is taken as, where there is one, and how many log ratios are missing for it."""
    one, two = np.asarray(here), np.asarray(there)
    if not ((one == 0) | (two == 0)).any():
        return []
    turned = int((np.isnan(ratio) & ((one > 0) | (two > 0))).sum())
    return [remark(zeros), *([remark("log_ratios.turned", n=turned)] if turned else [])]


def _table(
    target: AnyCorpus | Counts,
    reference: AnyCorpus | Counts,
    unit: Unit,
    codebook: Codebook | None,
    items: Iterable[str] | None,
    options: dict[str, Any],
    facts: dict[str, Any],
) -> pd.DataFrame:
    """Lay the same items of both corpora side by side, zeros included, with the ends of their log ratios."""
    here, there = counts_of(target, unit, codebook), counts_of(reference, unit, codebook)
    names = list(dict.fromkeys([*here.items, *there.items]))
    if items is not None:
        wanted = [items] if isinstance(items, str) else list(dict.fromkeys(items))
        unknown = sorted(set(wanted) - set(names))
        if unknown:
            raise not_counted(unknown[0], names, "name an item that either corpus has")
        names = wanted
    for side, counts in (("target", here), ("reference", there)):
        if not counts.sizes.sum():
            raise QueryError(f"the {side} has no words", remedy="compare corpora that hold some")
    blocks = over_blocks(ratios, [here, there], names, *options.values())
    table = pd.concat([block.table for block in blocks], ignore_index=True)
    bounds = sum(block.bounds for block in blocks)
    table.attrs = facts_of(target, denominator=DENOMINATOR, **facts)
    table.attrs["reference_documents"] = len(there.doc_ids)
    table.attrs |= facts_of_reference(reference)
    table.attrs["remarks"] = ratio_remarks(here, there, options["method"], table, bounds)
    return table


def _resampled(one: Sample, two: Sample, method: str, level: float, resamples: int, seed: int) -> tuple[Floats, Floats]:
    """Return the ends of bootstrap intervals of log ratios."""
    estimate = np.log2(one.moments.rate / two.moments.rate)
    skewed = _skewness(one, two) if method == "bca" else estimate
    low, high = (np.full(len(estimate), np.nan) for _ in range(2))
    pairs = zip(resampled_sums(one, resamples, (seed, 0)), resampled_sums(two, resamples, (seed, 1)), strict=True)
    for (block, here, words), (_, there, others) in pairs:
        values = _log_ratio(here, words, there, others)
        if method == "percentile":
            low[block], high[block] = intervals.percentile(values, level)
        else:
            low[block], high[block] = intervals.bca(values, estimate[block], skewed[block], level)
    return low, high


def _spread(values: Floats, usable: Integers, items: int) -> Floats:
    """Put the values of some items among all items, the others missing."""
    wide = np.full(items, np.nan)
    wide[usable] = values
    return wide


def _log_ratio(here: Integers, words: Integers | int, there: Integers, others: Integers | int) -> Floats:
    """Return base-2 logarithms of ratios of rates, 0.5 in place of zero counts."""
    return np.asarray(np.log2(np.where(here, here, _HALF) / words / (np.where(there, there, _HALF) / others)))


def _skewness(one: Sample, two: Sample) -> Floats:
    """Return the skewness of the influence values of a log ratio: the reference's count against the target's."""
    here, there = one.moments.variance, two.moments.variance
    cubes = skewness(one) * here**1.5 - skewness(two) * there**1.5
    return np.asarray(cubes / (here + there) ** 1.5)


def _bound(dense: Sample, sparse: Sample, wanted: npt.NDArray[np.bool_], level: float) -> Floats:
    """Return the least log ratio of items that enough stories of one side hold and too few of the other."""
    items = np.flatnonzero(wanted)
    found = dense.moments.take(items)
    low, _ = intervals.log_t(found.rate, [found.variance], [found.effective], level)
    _, share = intervals.clopper_pearson(sparse.stories[items], len(sparse), level)
    here = dense.totals[items] / dense.stories[items]
    there = sparse.totals[items] / np.maximum(sparse.stories[items], 1)
    repeated = np.maximum(here, there)
    return np.asarray(np.log2(low / (share * repeated / (sparse.words / len(sparse)))))
