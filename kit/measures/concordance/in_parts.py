"""The lines of one query over parts: found in every part, chosen by what they are sorted by, cut where they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.codebook.found import mentions_in
from kit.corpus.stories.stories import stories
from kit.index.token_index import Int32, Int64
from kit.measures.concordance.asked import Asked, by_worth, document_of, occurrences, of_stories, with_groups
from kit.measures.concordance.first_page import cut_at, places_in, wanted_at
from kit.measures.concordance.order import first_of_each, hashes_of, ordered, types_at
from kit.measures.concordance.queries import Query
from kit.measures.concordance.ranking import Met, candidates, join_met, marks_of, met_in, scores_of, used
from kit.measures.frequency.groups import Groups
from kit.parts.part import Part
from kit.parts.parted import PartedCorpus

#: Columns of what lines are chosen and sorted by, beside the words that are sorted by.
_GROUP, _FIRST, _LAST, _CHANCE, _SCORE, _STORY = "a group", "a first", "a last", "a chance", "a score", "a story"


class _Given(NamedTuple):
    """What a part finds lines by: a query, or rows of the corpus if there is none."""

    query: str | None
    asked: Asked


class _Keys(NamedTuple):
    """What lines of some parts are chosen and sorted by, and how many occurrences there are in each group."""

    table: pd.DataFrame
    counts: Counter[int]


def listed_in_parts(
    corpus: PartedCorpus,
    query: Query,
    asked: Asked,
    groups: Groups,
    codebook: Codebook | None,
    mentions: pd.DataFrame | None,
) -> tuple[pd.DataFrame, Counter[int]]:
    """List the occurrences of one query in a corpus in parts, and count them by group."""
    sample = asked.drawn[1]
    rows = query if isinstance(query, pd.DataFrame) else None
    told = _Given(None if isinstance(query, pd.DataFrame) else query, asked)
    drawn, counts = None, None
    if sample is not None:
        found: _Keys = corpus.reduce(_drawn, _join, told, codebook, cut=[groups.code, rows, mentions])
        table, counts = found
        order = np.array(sorted(range(len(table)), key=table[_CHANCE].tolist().__getitem__), np.intp)
        table = table.iloc[np.sort(first_of_each(table[_GROUP].to_numpy(np.int64), order, sample))]
        drawn = wanted_at(corpus, table[_FIRST].to_numpy(np.int64), table[_LAST].to_numpy(np.int64))
    cut = [groups.code, rows, mentions, drawn]
    marks = _marks(corpus, told, codebook, cut) if asked.rank in ("collocates", "common words") else None
    story = stories(corpus) if asked.per_story is not None else np.zeros(len(corpus), np.int64)
    kept: _Keys = corpus.reduce(_keys, _join, told, codebook, marks, cut=[*cut, story])
    chosen = _chosen(kept.table, asked)
    first, last, group = (chosen[name].to_numpy(np.int64) for name in (_FIRST, _LAST, _GROUP))
    lines = cut_at(corpus, first, last, asked.context, asked.within)
    if asked.rank is not None:
        lines["in_line"] = chosen[_SCORE].to_numpy(np.int64)
    return with_groups(lines, group, groups), kept.counts if counts is None else counts


def _chosen(table: pd.DataFrame, asked: Asked) -> pd.DataFrame:
    """Return the lines that are wanted, in their order."""
    group, story, score, first, last = (
        table[name].to_numpy(np.int64) for name in (_GROUP, _STORY, _SCORE, _FIRST, _LAST)
    )
    names = sorted(name for name in table.columns if name[0].isdigit())
    words = [pd.factorize(table[name].fillna("").astype("str"), sort=True)[0] for name in names]
    order = by_worth(np.lexsort([last, first, *reversed(words)]), score, asked.rank)
    return table.iloc[_first(order, group, story, asked, asked.drawn[0])]


def _first(
    order: npt.NDArray[np.intp], group: Int64, story: Int64, asked: Asked, limit: int | None
) -> npt.NDArray[np.intp]:
    """Return the first lines of each story and group, groups together."""
    if asked.per_story is not None:
        kept = np.zeros(len(group), bool)
        kept[first_of_each(of_stories(story, group), order, asked.per_story)] = True
        order = order[kept[order]]
    return first_of_each(group, order, len(group) if limit is None else limit)


def _marks(corpus: PartedCorpus, told: _Given, codebook: Codebook | None, cut: Sequence[Any]) -> pd.Index:
    """Return the forms that lines are ranked by: what stands in the lines first, then how often all parts use that."""
    rank = str(told.asked.rank)
    met: Met = corpus.reduce(_met, join_met, told, codebook, cut=cut)
    forms = candidates(met, rank)
    counts: Int64 = corpus.reduce(_used, sum, forms)
    return marks_of(met, forms, counts, rank, corpus.words)


def _found(
    part: Part,
    told: _Given,
    codebook: Codebook | None,
    code: Int64,
    rows: pd.DataFrame | None,
    mentions: pd.DataFrame | None,
    drawn: pd.DataFrame | None,
) -> tuple[Int32, Int32, Int64, npt.NDArray[np.intp]]:
    """Find the occurrences of a part, or those that were drawn, each with its group and document."""
    if drawn is not None:
        first, last = places_in(part, drawn)
        doc = document_of(part.corpus.index, first)
        return first, last, code[doc] if len(doc) else np.zeros(0, np.int64), doc
    wanted = part.own(rows) if told.query is None else told.query
    assert wanted is not None
    return occurrences(part.corpus, wanted, code, codebook=codebook, mentions=part.own(mentions))


def _drawn(
    part: Part,
    told: _Given,
    codebook: Codebook | None,
    code: Int64,
    rows: pd.DataFrame | None,
    mentions: pd.DataFrame | None,
) -> _Keys:
    """Draw lines of a part by chance, as many as may be wanted of each group."""
    _, sample, seed = told.asked.drawn
    assert sample is not None
    first, last, group, doc = _found(part, told, codebook, code, rows, mentions, None)
    chance = hashes_of(part.corpus, first, last, doc, seed)
    kept = first_of_each(group, np.array(sorted(range(len(first)), key=chance.__getitem__), np.intp), sample)
    keys = {_GROUP: group[kept], _CHANCE: [chance[row] for row in kept.tolist()]}
    places = {_FIRST: part.words_at(first[kept]), _LAST: part.words_at(last[kept])}
    return _Keys(pd.DataFrame(keys | places), Counter(group.tolist()))


def _met(
    part: Part,
    told: _Given,
    codebook: Codebook | None,
    code: Int64,
    rows: pd.DataFrame | None,
    mentions: pd.DataFrame | None,
    drawn: pd.DataFrame | None,
) -> Met:
    """Return what stands in the lines of a part."""
    first, last, *_ = _found(part, told, codebook, code, rows, mentions, drawn)
    return met_in(part.corpus, first, last, str(told.asked.rank), told.asked.context, told.asked.within)


def _used(part: Part, forms: pd.Index) -> Int64:
    """Count how often a part uses some forms."""
    return used(part.corpus, forms)


def _keys(
    part: Part,
    told: _Given,
    codebook: Codebook | None,
    marks: pd.Index | None,
    code: Int64,
    rows: pd.DataFrame | None,
    mentions: pd.DataFrame | None,
    drawn: pd.DataFrame | None,
    story: Int64,
) -> _Keys:
    """Return what the lines of a part that may be wanted are chosen and sorted by."""
    corpus, index, asked = part.corpus, part.corpus.index, told.asked
    first, last, group, doc = _found(part, told, codebook, code, rows, mentions, drawn)
    score = np.zeros(len(first), np.int64)
    if asked.rank is not None:
        own = part.own(mentions)
        if asked.rank == "concepts" and own is None and codebook is not None:
            own = mentions_in(part, codebook)
        score = scores_of(corpus, first, last, asked.rank, asked.context, asked.within, marks, own)
    order = by_worth(ordered(index, first, last, asked.sort, asked.within), score, asked.rank)
    own_story = story[doc] if len(doc) else np.zeros(0, np.int64)
    # What other parts hold of a story may take lines of this one out: only then no line can be left out by number.
    kept = _first(order, group, own_story, asked, asked.drawn[0] if asked.per_story is None else None)
    keys: dict[str, Any] = {_GROUP: group[kept], _SCORE: score[kept], _STORY: own_story[kept]}
    first, last = first[kept], last[kept]
    keys |= {_FIRST: part.words_at(first), _LAST: part.words_at(last)}
    for key, name in enumerate(asked.sort):
        for step, types in enumerate(types_at(index, first, last, [name], asked.within)):
            keys[f"{key:03}.{step:03}"] = [index.forms[row] if row >= 0 else "" for row in types.tolist()]
    return _Keys(pd.DataFrame(keys), Counter(group.tolist()))


def _join(parts: Sequence[_Keys]) -> _Keys:
    """Put what the lines of several parts are chosen by behind each other."""
    tables, counts = zip(*parts, strict=True)
    return _Keys(pd.concat(tables, ignore_index=True), sum(counts, Counter()))
