"""What a reader of a comparison must be told: who is set against whom, what else differs, what rests on little."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.measures.comparison.confounding import confounded
from kit.measures.comparison.sides import Sides
from kit.measures.counts.counts import Counts
from kit.measures.counts.grouping import Grouping
from kit.measures.uncertainty import minimum
from kit.parts.summaries import AnyCorpus
from kit.wording.words import Remark, remark

#: Groups whose sizes are told; of more, the columns say them.
_GROUPS = 8
#: A count from which it tells something that most of it comes from one place.
FEWEST = 5
#: Share of a count from which one article or pattern makes it.
MOST = 0.5
_NAMED = 3


def comparison_remarks(
    corpus: AnyCorpus,
    grouping: Grouping,
    sides: Sides,
    counts: Counts,
    table: pd.DataFrame,
    codebook: Codebook | None,
) -> list[Remark]:
    """Say what must be known of a comparison; the codebook where items are its concepts."""
    said = [_sizes(sides, counts)] if len(sides.names) <= _GROUPS else []
    if len(sides.compared) > 1:
        said.append(remark("compare.reference", name=sides.reference) if sides.reference else remark("compare.rest"))
    apart = [rows for rows, stated in zip(sides.rows, grouping.stated, strict=True) if not stated]
    if apart:
        said.append(remark("compare.not_stated", n=sum(map(len, apart))))
    without = [
        name for number, name in enumerate(sides.names) if number not in sides.compared and grouping.stated[number]
    ]
    if without:
        said.append(remark("compare.no_words", groups=without))
    originals = np.unique(counts.story, return_index=True)[1].astype(np.int64)
    said += confounded(corpus, grouping, originals)
    shared = _shared(sides, counts)
    if shared:
        said.append(remark("compare.shared", n=shared))
    return said + _ratios(table) + _rests(table, codebook)


def few_stories(said: Sequence[Remark], sides: Sides) -> list[Remark]:
    """Name the groups that remarks on intervals speak of by their numbers; several in one remark."""
    numbers = sorted(int(one["where"]) for one in said if "where" in one)
    others = [one for one in said if "where" not in one]
    if not numbers:
        return others
    groups = [sides.names[number] for number in numbers]
    shown = groups if len(groups) <= _GROUPS else [*groups[:_NAMED], "…"]
    return [*others, remark("compare.few", n=len(groups), groups=shown, least=minimum.SAMPLE)]


def _sizes(sides: Sides, counts: Counts) -> Remark:
    """Tell the size of each group."""
    told = [
        remark(
            "compare.size",
            name=name,
            documents=len(rows),
            stories=len(np.unique(counts.story[rows])),
            words=int(counts.sizes[rows].sum()),
        )
        for name, rows in zip(sides.names, sides.rows, strict=True)
    ]
    return remark("compare.sizes", told=told)


def _shared(sides: Sides, counts: Counts) -> int:
    """Count the stories that stand in several groups, as copies in another outlet do."""
    held = [story for number in sides.compared for story in set(counts.story[sides.rows[number]].tolist())]
    return sum(times > 1 for times in Counter(held).values())


def _ratios(table: pd.DataFrame) -> list[Remark]:
    """Say which log ratios rest on a zero, and where the shares are tested instead."""
    said = []
    given = table["log_ratio"].notna()
    bounds = int((given & (table["log_ratio_low"].isna() != table["log_ratio_high"].isna())).sum())
    tests = int(table["share_p"].notna().sum())
    turned = int((~given & table["share_p"].notna()).sum())  # an end is open where a side lacks the item, so it has p
    if (given & (table["count"] == 0)).any() or bounds or turned:
        said.append(remark("log_ratios.zeros"))
    if turned:
        said.append(remark("log_ratios.turned", n=turned))
    if bounds:
        said.append(remark("compare.bounds", n=bounds, least=minimum.STORIES["log_t"]))
    if tests:
        said.append(remark("compare.fisher", n=tests))
    return said


def _rests(table: pd.DataFrame, codebook: Codebook | None) -> list[Remark]:
    """Say where one story or one pattern makes most of a count."""
    said = []
    many = table["count"] >= FEWEST
    kinds = {"story": many & (table["top_story_share"] > MOST)}
    if codebook is not None:
        patterns = codebook.enabled["concept"].value_counts()
        several = table["item"].map(patterns).fillna(0) > 1
        kinds["pattern"] = many & several & (table["top_pattern_share"] > MOST)
    for kind, found in kinds.items():
        if found.any():
            first = list(dict.fromkeys(table.loc[found, "item"]))[:_NAMED]
            items = first if codebook is None else codebook.called(first)
            counts = {"n": int(found.sum()), "of": int(many.sum()), "least": FEWEST}
            said.append(remark(f"compare.most.{kind}", items=items, **counts))
    return said
