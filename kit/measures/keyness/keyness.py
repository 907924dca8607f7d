"""Keyness: what a corpus uses more, or less, than a reference, and by how much at least."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import get_args

import numpy as np
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.corpus.calls import recorded
from kit.errors import QueryError
from kit.measures.counts.blocks import over_blocks
from kit.measures.counts.counts import Counts, Unit
from kit.measures.frequency.groups import DENOMINATOR
from kit.measures.keyness import keyness_remarks as remarks
from kit.measures.keyness.comparison import Comparison, compare
from kit.measures.keyness.frequency_list import FrequencyList
from kit.measures.keyness.listing import Listing, Reporting, StopWords
from kit.measures.keyness.measuring import Asked, Interval, Test, joined, measured
from kit.measures.keyness.significance import benjamini_hochberg, holm
from kit.measures.uncertainty import minimum
from kit.measures.uncertainty.facts import facts_of, facts_of_reference, unit_of
from kit.measures.uncertainty.log_ratios import ratio_remarks
from kit.parts.summaries import AnyCorpus
from kit.wording.words import Remark, remark

#: Decimals of the sorting key: ends that differ by less count as tied, so that rounding never decides the order.
_TIED = 9


@recorded("item")
def keyness(
    target: AnyCorpus | Counts,
    reference: AnyCorpus | Counts | FrequencyList | pd.DataFrame,
    *,
    unit: Unit = "form",
    codebook: Codebook | None = None,
    items: Iterable[str] | None = None,
    kinds: Sequence[str] = ("word",),
    stopwords: StopWords = "keep",
    reporting: Reporting = "keep",
    interval: Interval = "stories",
    test: Test = "stories",
    level: float = 0.95,
    resamples: int = 2_000,
    seed: int = 0,
    k: float = 1.0,
    floor: int = 5,
    min_count: int = 0,
) -> pd.DataFrame:
    """Compare how often items occur in a corpus and in a reference.

    Parameters
    ----------
    target : Corpus, PartedCorpus or Counts
    reference : Corpus, PartedCorpus, Counts, FrequencyList or DataFrame
        Another corpus, a part of one (``corpus.where``), a list of frequencies (`kit.FrequencyList`, or a table
        that its `from_frame` takes), or `kit.general_indonesian()`.
    unit : {"form", "lexeme", "concept", "pattern"}
        What to count, as in `count_items`; ignored for Counts.
    codebook : Codebook, optional
        Needed for concepts and patterns.
    items : iterable of str, optional
        Which items to list. If left out, all items of both sides; if the reference is a list without counts, those of
        the target.
    kinds : sequence of {"word", "number"}
        Which kinds of token to list, of forms and lexemes; numbers and dates are not among them unless asked for.
    stopwords : {"keep", "drop", "core", "core+discourse"}
        Whether to list stop words, as in `kit.term_frequencies`.
    reporting : {"keep", "drop"}
        Whether to list the words by which news report who said something: neutral verbs of saying (*ujarnya*,
        *menjelaskan*; a list of the kit), *pak* and *bu*, and words that stand in names of persons whom the target
        quotes and nowhere in lower case. What is not listed stays in the denominators; items asked for are listed.
    interval : {"stories", "percentile", "bca", "tokens"}
        How the interval of the log ratio is made: a t interval over stories (a story is an article with its copies), a
        bootstrap of stories, or the asymptotic interval, which treats words as drawn one by one and is too narrow.
    test : {"stories", "mann_whitney", "g2_4cell", "g2_2cell", "g2_williams", "chi2", "chi2_yates", "fisher"}
        Which test gives the p-values in `p`: the first two treat stories as the units drawn, the others words.
    level : float
        Share of samples in which an interval contains the true value.
    resamples, seed : int
        Of a bootstrap.
    k : float
        The number that simple maths adds to both rates per million.
    floor : int
        Items that are counted fewer times than this, and whose interval is missing or holds 0, are sorted last.
    min_count : int
        Items counted fewer times than this on both sides together are not listed, and `p` is not adjusted for them.

    Returns
    -------
    DataFrame, one row per item
        - `item` (str);
        - `count_target` (int64), `count_reference`, `documents_target` (int64), `documents_reference`,
          `per_million_target`, `per_million_reference` (float64 where the reference is a list that may lack them, else
          counts are int64), `reference_bound` (bool: the item is not in the list, its rate there is at most that
          printed, and its effects are lower bounds);
        - effects (float64): `log_ratio` with `log_ratio_low`, `log_ratio_high` and `log_ratio_bound` (the end nearest
          to no difference; 0 if the interval holds 0), `relative_risk`, `pct_diff`, `odds_ratio`,
          `difference_coefficient`, `simple_maths`: above 0 (1 for the ratios and simple maths) where the target has
          more;
        - statistics (float64, not signed): `g2_2cell`, `g2_4cell`, `g2_williams`, `chi2`, `chi2_yates`, `bic` (of
          `g2_2cell`), `fisher_p`; and `p`, `p_holm`, `p_bh` of the test asked for.

        Sorted by the size of `log_ratio_bound`, then of `log_ratio`, those below `floor` whose bound is 0 last; items
        without interval follow in the same way; ties by falling count and item.

    Raises
    ------
    QueryError
        A parameter is not valid, an item is on neither side, a side has no words, or the list cannot be used.

    Notes
    -----
    ``kit.describe_measure`` has formula, source and edge cases of every column. Values are missing (nan) where they are
    not defined: effects of an item that occurs nowhere, tests without counts, intervals and p-values below the stated
    minimum of stories; the remarks in ``attrs`` say which and why.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> def corpus(name, *texts):
    ...     rows = [{"doc_id": f"{name}{number:02}", "text": text} for number, text in enumerate(texts)]
    ...     return kit.Corpus.from_frame(pd.DataFrame(rows), clean=False)
    >>> ours = corpus("a", *["ASN melayani warga"] * 10, *["ASN harus melayani warga kota dengan baik"] * 10)
    >>> news = corpus("b", *["warga kota menunggu"] * 10, *["warga kota menunggu ASN yang lama"] * 20)
    >>> from kit.measures.keyness.keyness import keyness
    >>> table = keyness(ours, news, items=["warga", "asn", "melayani"])
    >>> table[["item", "count_target", "count_reference", "log_ratio"]].round(2)
           item  count_target  count_reference  log_ratio
    0  melayani            20                0       5.91
    1       asn            20               20       0.58
    2     warga            20               30       0.00

    """
    _check(interval, test, floor, min_count)
    minimum.check(level, resamples if interval in ("percentile", "bca") else None)
    listing = FrequencyList.from_frame(reference) if isinstance(reference, pd.DataFrame) else reference
    if interval == "tokens" and isinstance(listing, FrequencyList) and listing.size is None:
        raise QueryError("interval = 'tokens' needs counts on both sides", remedy="use interval='stories'")
    sides = compare(target, listing, unit, codebook, items, Listing.of(kinds, stopwords, reporting))
    asked = Asked(interval, test, level, resamples, seed, k, min_count)
    listed = sides.reference if isinstance(sides.reference, FrequencyList) else None
    rest = [listed, asked] if listed is None else [None, listed, asked]
    table, bounds, rare = joined(over_blocks(measured, sides.counted, sides.items, *rest))
    table = table.assign(p_holm=holm(table["p"].to_numpy()), p_bh=benjamini_hochberg(table["p"].to_numpy()))
    said = [
        *remarks.of_sides(sides, table, corpora=interval == "tokens"),
        *_of_ends(sides, table, asked, bounds, rare),
        *remarks.of_tests(sides, table, test, few=sides.stories < minimum.SAMPLE),
    ]
    table = _sorted(table, floor)
    tokens = interval == "tokens"
    variant = remarks.token_interval(level) if tokens else minimum.variant(asked.method, level, *asked.drawn)
    facts = unit_of(target, unit, codebook)
    table.attrs = facts_of(target, denominator=DENOMINATOR, variant=variant, level=level, **facts)
    said += remarks.of_order(table, floor, min_count)
    table.attrs |= {"remarks": said, "interval": interval, "test": test, "k": k, "floor": floor}
    table.attrs |= {"seed": seed, "resamples": resamples} if interval in ("percentile", "bca") else {}
    table.attrs |= facts_of_reference(listing)
    return table


def _of_ends(sides: Comparison, table: pd.DataFrame, asked: Asked, bounds: int, rare: int) -> list[Remark]:
    """Say which ends of intervals are missing and why."""
    if asked.interval == "tokens":
        return remarks.of_zeros(table)
    if not isinstance(sides.reference, FrequencyList):
        named = table.rename(columns={"log_ratio_low": "low", "log_ratio_high": "high"})
        return ratio_remarks(sides.target, sides.reference, asked.method, named, bounds)
    few = sides.stories
    missing = [(remark("intervals.whole"), few)] if few < minimum.sample(asked.method) else []
    copies = few < len(sides.target.doc_ids)
    return [*remarks.of_zeros(table), *minimum.remarks(asked.method, 0 if missing else rare, missing, copies=copies)]


def _sorted(table: pd.DataFrame, floor: int) -> pd.DataFrame:
    """Sort by what is sure, then by what is large."""
    count, bound = table["count_target"].to_numpy(), table["log_ratio_bound"].to_numpy()
    both = count + table["count_reference"].fillna(0).to_numpy()
    missing, items = np.isnan(bound), table["item"].tolist()
    level = (2 * missing + ((missing | (bound == 0)) & (both < floor))).astype(np.int8)
    sure = -np.abs(np.where(missing, 0.0, bound)).round(_TIED)
    effect = np.where(table["log_ratio"].isna(), 1.0, -table["log_ratio"].abs().round(_TIED))
    keys = (-both, effect, sure, level)
    by_name = np.array(sorted(range(len(items)), key=items.__getitem__), np.intp)
    order = by_name[np.lexsort([key[by_name] for key in keys])]
    return table.take(order).reset_index(drop=True)


def _check(interval: str, test: str, floor: int, min_count: int) -> None:
    """Refuse parameters without meaning."""
    for name, value, allowed in (("interval", interval, get_args(Interval)), ("test", test, get_args(Test))):
        if value not in allowed:
            raise QueryError(f"{name} = {value!r}", remedy="use one of " + ", ".join(allowed))
    for name, number in (("floor", floor), ("min_count", min_count)):
        if number < 0:
            raise QueryError(f"{name} = {number!r}", remedy="use 0 or more")
