"""How sure a frequency is: intervals over documents, not over running words.

Words of one article depend on each other, so what is resampled or averaged over is the story: an article together with
its copies. The rate is a ratio of sums (count / words and numbers), as in the tables of frequencies. What an interval
speaks of is the rate in the flow of articles that the corpus is a sample of; of a corpus that holds every article of
its kind no interval is needed.

Three methods are offered. ``log_t`` is a t interval on the logarithm of the rate; it covers for every item that two
stories of a sample of 15 hold, and is the one to use (``benchmarks/printed_coverage.md``). ``percentile`` and ``bca``
resample stories; they are those most papers report, and they need 250 and 150 (``benchmarks/coverage.md``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.corpus.calls import recorded
from kit.corpus.corpus import NOT_STATED
from kit.corpus.selection import JOINT
from kit.errors import QueryError
from kit.measures.counts.blocks import AnyCounts, counts_of, over_blocks
from kit.measures.counts.counts import Counts, Unit
from kit.measures.counts.grouping import By
from kit.measures.frequency.groups import DENOMINATOR, groups_of
from kit.measures.uncertainty import intervals, minimum
from kit.measures.uncertainty.facts import Method, check_method, chosen, facts_of, facts_of_method, unit_of
from kit.measures.uncertainty.resampling import resampled_sums
from kit.measures.uncertainty.samples import Integers, Sample, moments, skewness, story_sample
from kit.parts.summaries import AnyCorpus
from kit.wording.words import Remark, remark

Share = Literal["clopper_pearson", "wilson"]
Groups = By | None
Ends = Callable[[Sample], intervals.Interval]
_PER = 1_000
_OWN = (
    *("item", "count", "per_1000", "low", "high", "documents", "stories"),
    *("share", "share_low", "share_high"),
)


@recorded("item")
def frequency_intervals(
    source: AnyCorpus | Counts,
    *,
    unit: Unit = "form",
    codebook: Codebook | None = None,
    by: Groups = None,
    items: Iterable[str] | None = None,
    method: Method = "log_t",
    level: float = 0.95,
    share: Share = "clopper_pearson",
    resamples: int = 2_000,
    seed: int = 0,
) -> pd.DataFrame:
    """Put an interval round every item's relative frequency, and round the share of stories that hold it.

    Parameters
    ----------
    source : Corpus, PartedCorpus or Counts
    unit : {"form", "lexeme", "concept", "pattern"}
        What to count, as in `count_items`; ignored for Counts.
    codebook : Codebook, optional
        Needed for concepts and patterns.
    by : str, mapping, or sequence of these, optional
        What makes the groups, as in `kit.term_frequencies`; for Counts, or as a Series, a label per
        document. Each group is a sample of its own.
    items : iterable of str, optional
        Which items to list; all if left out.
    method : {"log_t", "percentile", "bca"}
        A t interval on the logarithm of the rate (needs 15 stories, and 2 with the item); or a bootstrap: percentiles
        of the resampled rates (needs 250 stories with the item), or bias-corrected and accelerated percentiles (150).
    level : float
        Share of samples in which an interval contains the true value.
    share : {"clopper_pearson", "wilson"}
        How the interval of the share is made: exact (covers at least `level`) or Wilson's (covers it on average). With
        ``log_t`` only.
    resamples : int
        How often a bootstrap draws the stories anew.
    seed : int
        Seed of a bootstrap (numpy's Generator(PCG64)). Each resample draws as many story numbers as there are stories,
        which are numbered in the order of their smallest `doc_id`. All items share the draws; every group starts from
        the same seed, so a group's intervals are those of `corpus.where`.

    Returns
    -------
    DataFrame
        The columns of `by` (str, if asked for; of labels `group`), `item` (str), `count` (int64), `per_1000`, `low`,
        `high` (float64, per 1,000 words and numbers), `documents`, `stories` (int64, that hold the item), `share`,
        `share_low`, `share_high` (float64, of the group's stories; a bootstrap has no `share_low` and `share_high`).
        Items in the order of the counts. Missing (nan) below the stated minimum; the remarks in ``attrs`` say which and
        why.

    Raises
    ------
    QueryError
        The unit, the method, the level or an item is unknown, the labels of `by` do not fit, or there are too few
        resamples to make an interval.
    CorpusError
        `by` is not a column of the corpus.

    Notes
    -----
    With x the count, n the words of a story and r = sum(x) / sum(n): s² = e / (e - 1) · sum((x - r n)²) / sum(x)²,
    where e = sum(x)² / sum(x²) is Kish's (1965) effective number of stories, at least 2; the ends are r · exp(± t s), t
    of Student's distribution with e - 1 degrees of freedom, at least 2, and no end is above all words. So an item found
    in few stories gets a wider interval than one that is spread evenly: a factor of 74 each way where two stories hold
    it once, of 21 with three, 6 with four, 2 with twelve.

    There is no minimum that rare items must reach by luck: of items printed only from 15 stories on, or from 100, those
    just above it would have intervals all too high (``benchmarks/printed_coverage.md``).

    A bootstrap gives the same bytes for any order of the documents and on any processor: it sums integers and does not
    interpolate. Its memory does not grow with the vocabulary.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> texts = ["ASN melayani warga kota."] * 8 + ["Warga kota menunggu lama sekali."] * 9
    >>> texts.append("Warga hadir.")
    >>> texts = [f"{text} {number}" for number, text in enumerate(texts)]
    >>> frame = pd.DataFrame({"doc_id": [f"a{number:02}" for number in range(18)], "text": texts})
    >>> corpus = kit.Corpus.from_frame(frame, clean=False)
    >>> table = frequency_intervals(corpus, items=["warga", "asn", "hadir"]).round(1)
    >>> table[["item", "count", "per_1000", "low", "high", "stories", "share_low", "share_high"]]
        item  count  per_1000    low   high  stories  share_low  share_high
    0   asn      8      82.5   40.6  167.5        8        0.2         0.7
    1  hadir      1      10.3    NaN    NaN        1        0.0         0.3
    2  warga     18     185.6  172.7  199.4       18        0.8         1.0
    >>> from kit.wording.words import tell
    >>> tell(table.attrs["remarks"][-1], "en").split(";")[0]
    'Intervals missing: 1, because fewer than 2 stories hold the item'
    >>> texts = [f"Warga kota {number} " + "menunggu " * (number % 3) for number in range(300)]
    >>> frame = pd.DataFrame({"doc_id": [f"a{number:03}" for number in range(300)], "text": texts})
    >>> corpus = kit.Corpus.from_frame(frame, clean=False)
    >>> table = frequency_intervals(corpus, items=["warga", "menunggu"], method="percentile")
    >>> table[["item", "count", "per_1000", "low", "high", "stories"]].round(1)
           item  count  per_1000    low   high  stories
    0  menunggu    300     250.0    NaN    NaN      200
    1     warga    300     250.0  244.1  256.0      300

    """
    check_method(method, level, resamples)
    if share not in get_args(Share):
        raise QueryError(f"share = {share!r}", remedy="use one of " + ", ".join(get_args(Share)))
    counts = counts_of(source, unit, codebook)
    facts = facts_of_method(method, level, resamples, seed) | unit_of(source, unit, codebook)
    if method == "log_t":
        ends, shares = partial(log_t_ends, level=level), partial(_share_ends, share=share, level=level)
        return _table(source, counts, by, items, method, facts, ends, shares)
    ends = partial(bootstrap_ends, method=method, resamples=resamples, level=level, seed=seed)
    return _table(source, counts, by, items, method, facts, ends)


def log_t_ends(sample: Sample, level: float) -> intervals.Interval:
    """Return the ends of t intervals on the logarithm of rates."""
    found = moments(sample)
    low, high = intervals.log_t(found.rate, [found.variance], [found.effective], level)
    return low, np.minimum(high, 1.0)


def bootstrap_ends(
    sample: Sample, method: Method, resamples: int, level: float, seed: int | tuple[int, ...]
) -> intervals.Interval:
    """Return the ends of bootstrap intervals of rates."""
    found = moments(sample)
    skewed = skewness(sample) if method == "bca" else found.rate
    low, high = (np.full(len(found.rate), np.nan) for _ in range(2))
    for block, sums, words in resampled_sums(sample, resamples, seed):
        rates = np.divide(sums, words, out=np.full(sums.shape, np.nan), where=words > 0)
        if method == "percentile":
            low[block], high[block] = intervals.percentile(rates, level)
        else:
            low[block], high[block] = intervals.bca(rates, found.rate[block], skewed[block], level)
    return low, high


def _share_ends(sample: Sample, share: Share, level: float) -> intervals.Interval:
    """Return the ends of the intervals of the share of stories that hold an item."""
    exact = intervals.clopper_pearson if share == "clopper_pearson" else intervals.wilson
    return exact(sample.stories, len(sample), level)


def _grouped(source: AnyCorpus | Counts, counts: AnyCounts, by: Groups) -> tuple[pd.DataFrame, Integers | None]:
    """Return the columns that name groups, a row each, and the number of each document's group (None: all are one)."""
    if by is None:
        return pd.DataFrame(index=range(1)), None
    if not isinstance(source, Counts) and not isinstance(by, pd.Series):
        found = groups_of(source, by, _OWN)
        return found.columns, found.code
    if isinstance(by, (str, Mapping)):
        raise QueryError(f"by = {by!r}, but counts have no metadata", remedy="give a label per document")
    labels = np.asarray([str(label) or NOT_STATED for label in by], object)
    if len(labels) != len(counts.doc_ids):
        raise QueryError(
            f"by = {str(by)[:60]} has {len(labels)} labels for {len(counts.doc_ids)} documents",
            remedy="give a label per document",
        )
    code, names = pd.factorize(labels, sort=True)
    return pd.DataFrame({"group": pd.array(np.asarray(names, object), dtype="str")}), code.astype(np.int64)


class _Piece(NamedTuple):
    """The rows of some items in one group, how many of them too few stories hold, and the group's stories."""

    table: pd.DataFrame
    rare: int
    stories: int


def _table(
    source: AnyCorpus | Counts,
    counts: AnyCounts,
    by: Groups,
    items: Iterable[str] | None,
    method: str,
    facts: dict[str, Any],
    ends: Ends,
    shares: Ends | None = None,
) -> pd.DataFrame:
    """Lay the groups' intervals under each other; leave those below the minimum empty and say so."""
    names = [counts.items[row] for row in chosen(counts, items).tolist()]
    groups, group = _grouped(source, counts, by)
    labels = [JOINT.join(values) for values in groups.itertuples(index=False)] if by is not None else [""]
    rare, tables = 0, []
    few: list[tuple[Remark | str, int]] = []
    # Without documents there is no group; the columns of one that is empty stand for none.
    blocks = over_blocks(_pieces, [counts], names, group, len(labels) or 1, method, ends, shares)
    for number, (label, pieces) in enumerate(zip(labels or [""], zip(*blocks, strict=True), strict=True)):
        table = pd.concat([piece.table for piece in pieces], ignore_index=True)
        values = groups.iloc[number].to_dict() if labels else dict.fromkeys(groups.columns, "")
        named = {name: pd.array([value] * len(names), "str") for name, value in values.items()}
        table = pd.concat([pd.DataFrame(named, index=table.index), table], axis=1)
        tables.append(table if labels else table.iloc[:0])
        if not labels:
            continue
        if pieces[0].stories < minimum.sample(method):
            few.append((label if by is not None else remark("intervals.whole"), pieces[0].stories))
        else:
            rare += sum(piece.rare for piece in pieces)
    table = pd.concat(tables, ignore_index=True)
    copies = len(np.unique(counts.story)) < len(counts.doc_ids)
    said = [remark("intervals.share"), *minimum.remarks(method, rare, few, copies=copies)]
    table.attrs = facts_of(source, denominator=DENOMINATOR, remarks=said, **facts)
    return table


def _pieces(
    counts: Counts, group: Integers | None, groups: int, method: str, ends: Ends, shares: Ends | None
) -> list[_Piece]:
    """Return the rows of some items in every group."""
    pieces = []
    for number in range(groups):
        rows = None if group is None else group == number
        sample = story_sample(counts, rows)
        large = len(sample) >= minimum.sample(method)
        enough = (sample.stories >= minimum.STORIES[method]) & large
        matrix = counts.matrix if rows is None else counts.matrix[np.flatnonzero(rows)]
        documents = np.bincount(matrix.indices, minlength=len(counts.items)).astype(np.int64)
        names = pd.array(np.asarray(counts.items, object), dtype="str")
        columns = {"item": names} | _columns(sample, documents, enough, ends)
        if shares is not None:
            missing = (np.full(len(counts.items), np.nan),) * 2
            columns["share_low"], columns["share_high"] = shares(sample) if large else missing
        pieces.append(_Piece(pd.DataFrame(columns), int((~enough).sum()), len(sample)))
    return pieces


def _columns(sample: Sample, documents: Integers, enough: npt.NDArray[np.bool_], ends: Ends) -> dict[str, Any]:
    """Return counts, rates and their intervals, these only for items that enough stories hold."""
    count, words = sample.totals, sample.words
    low, high = (np.full(len(count), np.nan) for _ in range(2))
    if enough.any():
        low[enough], high[enough] = ends(sample.take(np.flatnonzero(enough)))
    return {
        "count": count,
        "per_1000": count / words * _PER if words else np.full(len(count), np.nan),
        "low": low * _PER,
        "high": high * _PER,
        "documents": documents,
        "stories": sample.stories,
        "share": sample.stories / len(sample) if len(sample) else np.full(len(count), np.nan),
    }
