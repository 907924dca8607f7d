"""What is asked of the lines of a query, and the occurrences that they are made of."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.corpus.corpus import Corpus
from kit.index.postings import postings
from kit.index.token_index import Int32, Int64, TokenIndex
from kit.measures.concordance.lines import STATED
from kit.measures.concordance.queries import Query, occurrences_of
from kit.measures.concordance.ranking import Rank
from kit.measures.frequency.groups import Groups


class Asked(NamedTuple):
    """How lines are cut, sorted and drawn; `drawn` is how many at most, how many by chance, and the seed."""

    context: int
    within: str
    sort: tuple[str, ...]
    drawn: tuple[int | None, int | None, int]
    rank: Rank | None
    per_story: int | None


def occurrences(
    corpus: Corpus, query: Query, code: Int64, **looked_up: Any
) -> tuple[Int32, Int32, Int64, npt.NDArray[np.intp]]:
    """Find the occurrences of a query in the documents that are not left out, each with its group and document."""
    first, last = occurrences_of(corpus, query, **looked_up)
    doc = document_of(corpus.index, first)
    group = code[doc] if len(doc) else np.zeros(0, np.int64)
    kept = group >= 0
    return first[kept], last[kept], group[kept], doc[kept]


def document_of(index: TokenIndex, places: Int32) -> npt.NDArray[np.intp]:
    """Return the document of each place in the word stream."""
    return np.searchsorted(index.document_tokens, postings(index).token[places], side="right") - 1


def by_worth(order: npt.NDArray[np.intp], score: Int64, rank: Rank | None) -> npt.NDArray[np.intp]:
    """Put lines that are worth reading first before others, those that are alike in the order they had."""
    return order[np.argsort((score if rank == "common words" else -score)[order], kind="stable")]


def of_stories(story: Int64, group: Int64) -> Int64:
    """Return numbers of stories that tell those of different groups apart."""
    return story * (int(group.max(initial=0)) + 1) + group


def with_groups(table: pd.DataFrame, group: Int64, groups: Groups) -> pd.DataFrame:
    """Put the columns of the groups before the lines, in place of the same ones behind them."""
    named = pd.DataFrame(groups.named(group), index=table.index)
    return pd.concat([named, table.drop(columns=[name for name in STATED if name in named])], axis=1)
