"""What groups of documents say, beside each other: rates, shares of articles and log ratios, each with its interval."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.codebook.mentions import check_mentions, unseen
from kit.corpus.calls import recorded
from kit.corpus.selection import JOINT
from kit.errors import QueryError
from kit.index.token_index import Int64
from kit.measures.comparison.comparison_remarks import comparison_remarks, few_stories
from kit.measures.comparison.sides import Sides, sides_of, some
from kit.measures.comparison.tallies import Tallies, tally
from kit.measures.counts.blocks import aligned
from kit.measures.counts.counts import Counts, Unit, check_unit
from kit.measures.counts.grouping import By, Grouping, group_documents
from kit.measures.frequency.concepts import Names
from kit.measures.frequency.groups import DENOMINATOR
from kit.measures.keyness.significance import fisher_p
from kit.measures.uncertainty.facts import chosen, facts_of_method, unit_of
from kit.measures.uncertainty.log_ratios import ratios
from kit.measures.uncertainty.samples import Floats, story_sample
from kit.measures.uncertainty.uncertainty import frequency_intervals
from kit.parts.summaries import AnyCorpus
from kit.wording.words import remark

RATES = (
    *("count", "per_1000", "low", "high", "documents", "stories"),
    *("share", "share_low", "share_high"),
)
RATIOS = ("log_ratio", "log_ratio_low", "log_ratio_high", "share_p")
_SIZES = ("group_documents", "group_stories", "group_words")
_NUMBERS = ("count", "documents", "stories")
#: Columns of the result, which no group can be named by.
COLUMNS = (
    "item",
    "count",
    "names",
    *RATES[1:],
    *RATIOS,
    "top_story_share",
    "top_pattern",
    "top_pattern_share",
    *_SIZES,
)


@recorded("item")
def compare(
    corpus: AnyCorpus,
    codebook: Codebook | None = None,
    *,
    by: By,
    unit: Unit = "concept",
    reference: str | Sequence[str] | None = None,
    items: Iterable[str] | None = None,
    mentions: pd.DataFrame | None = None,
    names: Names = "apart",
    level: float = 0.95,
) -> pd.DataFrame:
    """Compare groups of documents: how often each names an item, how many articles do, and how sure the difference is.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    codebook : Codebook, optional
        Needed for concepts and patterns.
    by : str, mapping, or sequence of these
        What makes the groups: a metadata column of the documents, ``year`` or ``month``; or a column of your own by
        the date that parts it, ``{"period": "2024-10-20"}`` (before, and from then on; several dates make more
        periods). Several cross each other.
    unit : {"concept", "pattern", "form", "lexeme"}
        What to count. A pattern is named ``concept: pattern``.
    reference : str or sequence of str, optional
        The group that the others are compared with (of several columns a value each, in their order). If left out,
        each group is compared with all others together.
    items : iterable of str, optional
        Which items to list; all if left out.
    mentions : DataFrame, optional
        What `kit.find_mentions` returned for this corpus and codebook; computed if left out.
    names : {"apart", "in", "out"}
        What becomes of hits that are bare names of institutions, laws, programmes or brands: counted beside the
        mentions, among them, or not at all.
    level : float
        Share of samples in which an interval contains the true value.

    Returns
    -------
    DataFrame, one row per item and group
        The columns of `by` (str), `item` (str), `count` (int64, mentions or running words), `names` (int64, of concepts
        and patterns with ``names="apart"``), `per_1000`, `low`, `high` (float64, of the group's words and numbers),
        `documents`, `stories` (int64, with the item), `share`, `share_low`, `share_high` (float64, of the group's
        stories; a story is an article with its copies), `log_ratio`, `log_ratio_low`, `log_ratio_high` (float64, base
        2, above 0: more in this group), `share_p` (float64; where an end of the log ratio is missing, p of Fisher's
        exact test of the shares of stories), `top_story_share` (float64; of the count, in the story that has most),
        `top_pattern` (str), `top_pattern_share` (float64; of concepts), `group_documents`, `group_stories`,
        `group_words` (int64). Items in the order of the codebook, or sorted; groups in order.

        Documents that do not state what makes the groups are a last group, ``not stated``: counted, compared with
        nothing and in no reference. With fewer than two groups that have words there are no rows, and
        ``attrs["missing"]`` says what is needed.

    Raises
    ------
    QueryError
        The unit, `names`, an item or the reference is unknown, there is no codebook to count by, or `by` names nothing
        or a column of the result.
    CorpusError
        `by` is not a column.

    Notes
    -----
    Intervals and log ratios are those of `kit.frequency_intervals` and `kit.log_ratio_intervals` (``log_t``; shares by
    Clopper and Pearson), with the same smallest numbers of stories. Fisher's test is two-sided, by the rule of R's
    fisher.test: the probability of all tables with these totals that are no more probable. It takes stories as the
    units drawn, says nothing of how often a story names the item, and is exact for any number of stories. No p is
    adjusted for the number of tests.

    The remarks say which other metadata go with the groups (Cramér's V of .8 or more, over stories), and where more
    than half of a count comes from one story or one pattern.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> texts = ["ASN melayani warga kota."] * 20 + ["Warga kota menunggu ASN."] * 20
    >>> rows = [{"doc_id": f"a{n:02}", "outlet": "AB"[n // 20], "text": f"{t} {n}"} for n, t in enumerate(texts)]
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame(rows), clean=False)
    >>> table = compare(corpus, kit.load_codebook(), by="outlet", items=["melayani", "aktor-asn"])
    >>> table[["outlet", "item", "count", "per_1000", "share", "log_ratio", "log_ratio_low"]].round(2)
      outlet       item  count  per_1000  share  log_ratio  log_ratio_low
    0      A   melayani     20     200.0    1.0       5.32           2.57
    1      B   melayani      0       0.0    0.0      -5.32            NaN
    2      A  aktor-asn     20     200.0    1.0       0.00           0.00
    3      B  aktor-asn     20     200.0    1.0       0.00           0.00

    """
    check_unit(unit, codebook)
    if names not in get_args(Names):
        raise QueryError(f"names = {names!r}", remedy="use one of " + ", ".join(get_args(Names)))
    mentions = check_mentions(corpus, mentions, codebook, ("concept", "pattern", "gloss"))
    grouping = group_documents(corpus, by, COLUMNS)
    tallies = tally(corpus, unit, codebook, mentions, names)
    counts = tallies.counts
    listed = [counts.items[number] for number in chosen(counts, items).tolist()]
    sides = sides_of(grouping, counts, reference)
    rates = frequency_intervals(counts, by=[str(code) for code in grouping.code], items=listed, level=level)
    pieces = [
        pd.concat([_named(grouping, number, len(listed)), *columns], axis=1)
        for number, columns in enumerate(_columns(tallies, listed, sides, rates, level))
    ]
    table = pd.concat(pieces, ignore_index=True)
    order = np.argsort(np.tile(np.arange(len(listed)), len(pieces)), kind="stable")
    by_codebook = codebook is not None and unit in ("concept", "pattern")
    own = [name for name in COLUMNS if name in table.columns and (name != "names" or names == "apart")]
    table = table.iloc[order].reset_index(drop=True)[[*grouping.groups.columns, *own]]
    said = comparison_remarks(corpus, grouping, sides, counts, table, codebook if unit == "concept" else None)
    facts = facts_of_method("log_t", level, 0, 0) | unit_of(corpus, unit, codebook)
    if names == "in" and by_codebook:
        facts["unit"] = "mention-or-name"
    if codebook is not None and by_codebook:
        said = [*unseen(corpus, codebook), *said]
    if len(sides.compared) < 2:
        facts["missing"] = remark("compare.missing", by=JOINT.join(grouping.groups.columns), n=len(sides.compared))
        table = table.iloc[:0].astype(dict.fromkeys(_NUMBERS, "int64"))
    said += few_stories(rates.attrs["remarks"], sides)
    table.attrs = corpus.about(denominator=DENOMINATOR, remarks=said, **facts)
    return table


def _named(grouping: Grouping, number: int, rows: int) -> pd.DataFrame:
    """Return the values that make a group, once for each of its rows."""
    return grouping.groups.iloc[np.full(rows, number)].reset_index(drop=True)


def _columns(
    tallies: Tallies, listed: Sequence[str], sides: Sides, rates: pd.DataFrame, level: float
) -> Iterator[list[pd.DataFrame]]:
    """Yield the columns of each group, in several tables of a row per item."""
    counts = aligned(tallies.counts, listed)
    names = None if tallies.names is None else aligned(tallies.names, listed)
    by_pattern = _by_pattern(tallies, listed)
    for number, rows in enumerate(sides.rows):
        here = some(counts, rows)
        sample = story_sample(here)
        most = sample.matrix.max(axis=0).toarray().ravel() if len(sample) else np.zeros(len(listed), np.int64)
        bare = {} if names is None else {"names": some(names, rows).totals}
        own = {
            **bare,
            "top_story_share": _share(most, here.totals),
            "group_documents": np.full(len(listed), len(rows)),
            "group_stories": np.full(len(listed), len(sample)),
            "group_words": np.full(len(listed), int(here.sizes.sum())),
        }
        rated = rates.loc[rates["group"] == str(number), ["item", *RATES]].reset_index(drop=True)
        ratio = _ratios(here, None if number not in sides.against else some(counts, sides.against[number]), level)
        patterns = [] if by_pattern is None else [_patterns(by_pattern, rows, here)]
        yield [rated, pd.DataFrame(own), ratio, *patterns]


def _ratios(here: Counts, there: Counts | None, level: float) -> pd.DataFrame:
    """Return the log ratios of two sides, and the test of shares of stories where an end is missing."""
    if there is None:
        return pd.DataFrame(dict.fromkeys(RATIOS, np.full(len(here.items), np.nan)))
    found = ratios(here, there, "log_t", level).table
    either = (found["count_target"] + found["count_reference"] > 0).to_numpy()
    holding = found["stories_target"].to_numpy(), found["stories_reference"].to_numpy()
    sizes = [len(np.unique(side.story)) for side in (here, there)]
    p = fisher_p(holding[0], holding[0] + holding[1], sizes[0], sum(sizes))
    open_end = found["low"].isna() | found["high"].isna()
    columns = {"log_ratio": found["log_ratio"], "log_ratio_low": found["low"], "log_ratio_high": found["high"]}
    table = pd.DataFrame({**columns, "share_p": np.where(open_end, p, np.nan)})
    return table.where(pd.Series(either), np.nan)


def _by_pattern(tallies: Tallies, listed: Sequence[str]) -> pd.DataFrame | None:
    """Return mentions by pattern, the items numbered as listed; None where items are no concepts."""
    if tallies.hits is None:
        return None
    place = pd.Index(listed).get_indexer(pd.Index(tallies.counts.items)).astype(np.int64)
    hits = tallies.hits.assign(item=place[tallies.hits["item"].to_numpy()])
    return hits[hits["item"] >= 0]


def _patterns(hits: pd.DataFrame, rows: Int64, here: Counts) -> pd.DataFrame:
    """Return the pattern with most mentions of each item in some documents; of equals the first by alphabet."""
    own = hits[np.isin(hits["doc"].to_numpy(), rows)]
    times = own.groupby(["item", "pattern"], sort=True, observed=True)["times"].sum().reset_index()
    first = times.sort_values(["item", "times", "pattern"], ascending=[True, False, True]).drop_duplicates("item")
    most = first.set_index("item").reindex(range(len(here.items)))
    share = _share(most["times"].fillna(0).to_numpy(), here.totals)
    return pd.DataFrame({"top_pattern": most["pattern"].astype("str").fillna(""), "top_pattern_share": share})


def _share(part: npt.NDArray[np.int64], whole: npt.NDArray[np.int64]) -> Floats:
    """Return parts of wholes; missing where there is none."""
    return np.asarray(np.divide(part, whole, out=np.full(len(whole), np.nan), where=whole > 0))
