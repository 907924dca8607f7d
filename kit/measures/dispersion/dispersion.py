"""How evenly items are spread over the documents of a corpus, or over other parts of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.codebook.mentions import check_mentions
from kit.corpus.calls import recorded
from kit.corpus.corpus import NOT_STATED
from kit.corpus.stories.stories import stories
from kit.errors import QueryError
from kit.measures.counts.counts import Unit, Vocabulary, check_unit, vocabulary
from kit.measures.counts.numbering import whole_of
from kit.measures.counts.places import about
from kit.measures.dispersion.formulas import FORMULAS
from kit.measures.dispersion.intervals import MEASURES
from kit.measures.dispersion.spread import Shares, Sureness, equal_shares, shares_by_document, shares_within, spread_of
from kit.measures.frequency.groups import DENOMINATOR
from kit.measures.uncertainty import minimum
from kit.parts.parted import PartedCorpus
from kit.parts.summaries import AnyCorpus, catalogue_of
from kit.wording.words import Remark, remark

#: Measures of a table unless others are asked for; `FORMULAS` has a few more.
DISPERSIONS = tuple(name for name in FORMULAS if name not in ("max_min", "sd_count", "cv_count", "idf", "chi2_parts"))
_PARTS = ("documents", "stories", "paragraphs", "sentences")


@recorded("term", "concept", "pattern")
def dispersion(
    corpus: AnyCorpus,
    *,
    unit: Unit = "form",
    parts: str | int = "documents",
    codebook: Codebook | None = None,
    mentions: pd.DataFrame | None = None,
    measures: Sequence[str] | None = None,
    min_count: int = 0,
    intervals: bool = False,
    level: float = 0.95,
) -> pd.DataFrame:
    """Measure how evenly items are spread over the parts of a corpus.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    unit : {"form", "lexeme", "concept", "pattern"}
        Case-folded words and numbers; lexemes; concepts or enabled patterns of a codebook (mentions: hits that are not
        glosses).
    parts : {"documents", "stories", "paragraphs", "sentences"}, int or str
        Documents; stories (copies of one text are one part); paragraphs or sentences, for a single text; a number of
        equal parts of the running words, documents in the order of `doc_id` (part i ends before word ``i N // n``; a
        mention lies where it begins); or a metadata column, ``year`` or ``month``, whose values are the parts. Parts
        without words are left out.
    codebook : Codebook, optional
        Needed for concepts and patterns.
    mentions : DataFrame, optional
        What `kit.find_mentions` returned for this corpus and codebook; computed if left out.
    measures : sequence of str, optional
        Columns wanted, in this order: any of `kit.measures.dispersion.formulas.FORMULAS`. Left out: all but
        `max_min`, `sd_count`, `cv_count`, `idf` and `chi2_parts`.
    min_count : int
        Leave out items that occur less often.
    intervals : bool
        Whether to put intervals over stories round `dp_norm` and `burch_da`, where they are among the measures. Parts
        must be documents or stories. Left out unless asked for: it doubles the work on large vocabularies.
    level : float
        Share of samples in which an interval contains the true value.

    Returns
    -------
    DataFrame, one row per item
        `term`, or `concept` and `parent`, or `concept` and `pattern` (str); `count` (int64, occurrences), `documents`,
        `range` (int64, documents and parts that have the item), and the measures (float64). Terms by falling count,
        then term; concepts and patterns in the codebook's order, absent ones included.

        1 = even, 0 = all in one part: `range_share`, `juilland_d`, `carroll_d2`, `rosengren_s`, `zhang_dc`, `lyne_d3`
        (which may fall below 0), `egbert_dp`, `burch_da`. 0 = even, larger = more uneven: `dp` (below 1), `dp_norm` (to
        1), `kld` (bits). Frequencies that unevenness lowers: `juilland_u`, `carroll_um`, `rosengren_kf`, `engwall_fm`,
        `kromer_ur`. Measures whose name ends in ``_equal`` treat all parts as equally large; the others allow for their
        sizes, except `zhang_dc`, `engwall_fm` and `kromer_ur`, which use counts only. ``kit.describe_measure(name)``
        has each formula. Missing where the item does not occur (adjusted frequencies: 0) and where there is one part
        only.

        With intervals, `stories` (int64, that hold the item; copies of one text are one story) after `range`, and
        `dp_norm_low`, `dp_norm_high`, `burch_da_low`, `burch_da_high` (float64) after their measures, missing where
        fewer than 2 stories hold the item or there are fewer than 15; the remarks in ``attrs`` say so.

    Raises
    ------
    QueryError
        A unit, measure, level or number of parts is not valid, or intervals are asked of parts or measures that have
        none.
    CorpusError
        `parts` is not a column.

    Notes
    -----
    Intervals: how much the measure changes when a story counts a little more is known in closed form (infinitesimal
    jackknife, Efron 1982); the squares of these influences add up to the variance, and the ends are those of a t
    interval on the logit with one degree of freedom less than there are stories with the item, at least 2. They
    describe the flow of stories from which the corpus is a sample.
    ``benchmarks/dispersion_coverage.md`` has their coverage.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> frame = pd.DataFrame({"doc_id": ["a", "b"], "text": ["ASN melayani warga ini.", "Warga itu ASN? Warga!"]})
    >>> corpus = kit.Corpus.from_frame(frame, clean=False)
    >>> dispersion(corpus, measures=["dp", "dp_norm", "juilland_d"], min_count=2).round(3)
        term  count  documents  range     dp  dp_norm  juilland_d
    0  warga      3          2      2  0.167    0.333       0.667
    1    asn      2          2      2  0.000    0.000       1.000

    """
    wanted = list(DISPERSIONS if measures is None else measures)
    for name in wanted:
        if name not in FORMULAS:
            raise QueryError(f"measure {name!r}", remedy="use any of " + ", ".join(FORMULAS))
    if intervals:
        _check_intervals(wanted, parts, level)
    check_unit(unit, codebook)
    mentions = check_mentions(corpus, mentions, codebook, ("start", "concept", "pattern", "gloss"))
    shares, label = _shares(corpus, parts)
    items = _items(corpus, unit, codebook, min_count)
    sure = Sureness(_story_of(corpus, parts), level) if intervals else None
    table = spread_of(corpus, unit, codebook, items, shares, wanted, mentions, sure)
    for place, (name, values) in enumerate(_names(items, unit, codebook).items()):
        table.insert(place, name, values)
    table = table[table["count"] >= min_count]
    if unit in ("form", "lexeme"):
        table = table.iloc[np.argsort(-table["count"].to_numpy(), kind="stable")]
    table = table.reset_index(drop=True)
    number = int((shares.sizes > 0).sum())
    remarks = _remarks(corpus, parts, number, table, shares.number - number)
    if sure is not None:
        remarks += _of_intervals(sure, table)
    table.attrs = about(
        corpus,
        unit,
        codebook,
        denominator=DENOMINATOR,
        parts=number,
        variant=remark("dispersion.variant", n=number, parts=label),
        remarks=remarks,
    )
    return table


def _items(corpus: AnyCorpus, unit: Unit, codebook: Codebook | None, min_count: int) -> Vocabulary:
    """Return what to measure: words of a corpus in parts by falling counts, since blocks are cut by these; else all."""
    if unit in ("form", "lexeme") and not isinstance(corpus, PartedCorpus):
        return Vocabulary.uncounted(whole_of(corpus, unit).names)
    whole = vocabulary(corpus, unit, codebook)
    kept = in_falling_order(whole, min_count) if unit in ("form", "lexeme") else np.arange(len(whole.items))
    return whole.take(kept)


def in_falling_order(items: Vocabulary, min_count: int = 0) -> npt.NDArray[np.intp]:
    """Return the order of falling counts, ties by name, of the items that occur often enough."""
    order = np.argsort(-items.occurrences, kind="stable")
    return order[items.occurrences[order] >= min_count]


def _names(items: Vocabulary, unit: Unit, codebook: Codebook | None) -> dict[str, Any]:
    """Return the columns that name the items."""
    if codebook is None or unit in ("form", "lexeme"):
        return {"term": items.items.array}
    if unit == "concept":
        return dict(codebook.concepts[["concept", "parent"]].reset_index(drop=True))
    patterns = codebook.patterns
    return dict(patterns.loc[patterns["enabled"] == "yes", ["concept", "pattern"]].reset_index(drop=True))


def _shares(corpus: AnyCorpus, parts: str | int) -> tuple[Shares, Remark]:
    """Return what items are spread over, and what it is called."""
    sizes = catalogue_of(corpus)["words"].to_numpy()
    words = int(sizes.sum())
    if isinstance(parts, (int, np.integer)):
        if parts < 1 or parts > words > 0:
            raise QueryError(f"parts = {parts}", remedy=f"use 1 to {words:,}, the words and numbers of the corpus")
        return equal_shares(words, int(parts)), remark("dispersion.equal")
    if parts in ("paragraphs", "sentences"):
        return shares_within(corpus, parts), remark(f"dispersion.parts.{parts}")
    if parts == "documents":
        return shares_by_document(np.arange(len(sizes)), sizes), remark(f"dispersion.parts.{parts}")
    if parts == "stories":
        return shares_by_document(stories(corpus), sizes), remark(f"dispersion.parts.{parts}")
    share = pd.factorize(corpus.group_of(parts), sort=True)[0].astype(np.int64)
    return shares_by_document(share, sizes), remark("dispersion.column", column=parts)


def _remarks(corpus: AnyCorpus, parts: str | int, number: int, table: pd.DataFrame, empty: int) -> list[Remark]:
    """Say what a reader of the table must know."""
    remarks: list[Remark] = []
    if number < 2:
        remarks.append(remark("dispersion.one_part"))
    elif (table["count"] < number).any():
        remarks.append(remark("dispersion.rare"))
    if (table["count"] == 0).any():
        remarks.append(remark("dispersion.absent"))
    if empty:
        remarks.append(remark("dispersion.empty", n=empty))
    if isinstance(parts, str) and parts not in _PARTS and (corpus.group_of(parts) == NOT_STATED).any():
        remarks.append(remark("dispersion.unstated", column=parts))
    return remarks


def _check_intervals(wanted: Sequence[str], parts: str | int, level: float) -> None:
    """Refuse intervals that cannot be."""
    minimum.check(level)
    if parts not in ("documents", "stories"):
        remedy = "use parts='documents' or 'stories', which are what is drawn by chance; or leave intervals out"
        raise QueryError(f"intervals with parts = {parts!r}", remedy=remedy)
    if not set(MEASURES) & set(wanted):
        raise QueryError(
            "intervals are asked for, but none of the measures has them",
            remedy="ask for " + " or ".join(MEASURES) + " among measures",
        )


def _story_of(corpus: AnyCorpus, parts: str | int) -> npt.NDArray[np.int64]:
    """Return the story of each part; parts are documents or stories."""
    story = stories(corpus)
    return story if parts == "documents" else np.arange(int(story.max(initial=-1)) + 1)


def _of_intervals(sure: Sureness, table: pd.DataFrame) -> list[Remark]:
    """Say how the intervals were made, and which are missing."""
    whole = len(np.unique(sure.story))
    told = [remark("dispersion.intervals", percent=float(100 * sure.level))]
    if whole < len(sure.story):
        told.append(remark("dispersion.copies"))
    least, needed = minimum.STORIES["dispersion"], minimum.sample("dispersion")
    for name in MEASURES:
        if f"{name}_low" in table:
            missing = int(table[f"{name}_low"].isna().sum())
            measure = remark(f"dispersion.{name}")
            if whole < needed:
                told.append(remark("dispersion.few", measure=measure, stories=whole, least=needed))
            elif missing:
                told.append(remark("dispersion.missing", n=missing, measure=measure, least=least, stories=whole))
    return told
