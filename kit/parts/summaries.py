"""Summaries of a corpus, whether it lies in one part or in many: the one path that measures take.

A measure is a summary of each part, a way to merge summaries, and what is made of the last one. A `Corpus` is its own
one part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from kit.corpus import spans
from kit.corpus.corpus import Corpus
from kit.index.token_index import Int64
from kit.parts.engine import Merge
from kit.parts.part import Part
from kit.parts.parted import PartedCorpus
from kit.parts.tables import by_row

#: A corpus in one part or in many.
AnyCorpus = Corpus | PartedCorpus


def reduce(
    corpus: AnyCorpus, summarise: Callable[..., Any], merge: Merge, *arguments: Any, cut: Sequence[Any] = ()
) -> Any:
    """Summarise a corpus: the parts of one in parts, or a `Corpus` as its own part.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    summarise, merge, *arguments, cut
        As of `PartedCorpus.reduce`.

    Returns
    -------
    object
        The summary of all.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> def documents(part):
    ...     return len(part.corpus)
    >>> frame = pd.DataFrame({"doc_id": ["a", "b"], "text": ["Satu.", "Dua."]})
    >>> reduce(kit.Corpus.from_frame(frame), documents, sum)
    2

    """
    if isinstance(corpus, PartedCorpus):
        return corpus.reduce(summarise, merge, *arguments, cut=cut)
    return summarise(Part(corpus), *arguments, *cut)


def catalogue_of(corpus: AnyCorpus) -> pd.DataFrame:
    """Return one row per document: `doc_id`, `date`, `words`, `sentences`."""
    return corpus.sizes


def each_part(corpus: AnyCorpus) -> Iterator[tuple[Int64, Corpus]]:
    """Yield each part with the rows of its documents in the whole corpus."""
    if isinstance(corpus, Corpus):
        yield np.arange(len(corpus)), corpus
        return
    of = corpus.sizes["part"].to_numpy()
    for number in range(corpus.parts):
        yield np.flatnonzero(of == number), corpus.part(number)


def each_text(corpus: AnyCorpus) -> Iterator[str]:
    """Yield the texts of all documents, part by part."""
    for _, part in each_part(corpus):
        yield from part.stated("text").tolist()


def join_columns(parts: Sequence[Sequence[Any]]) -> list[Any]:
    """Put the arrays of several parts behind each other, the first to the first."""
    return [np.concatenate(column) for column in zip(*parts, strict=True)]


def united(parts: Sequence[pd.Index]) -> tuple[list[Int64], pd.Index]:
    """Unite lists of different names: for each its names' numbers in the sorted list of all, and this list."""
    codes, names = pd.factorize(pd.concat([pd.Series(part, dtype="str") for part in parts]), sort=True)
    return np.split(codes.astype(np.int64), np.cumsum([len(part) for part in parts])[:-1]), pd.Index(names, dtype="str")


def in_context(corpus: AnyCorpus, passages: pd.DataFrame, stated: Sequence[str] = ()) -> pd.DataFrame:
    """Lay what a reader needs beside each passage, as `kit.corpus.spans.in_context`, with the labels of their rows.

    Some columns of what is stated of the documents come last.
    """
    places = passages[list(spans.PASSAGE)]
    found: pd.DataFrame = reduce(corpus, _in_context, by_row, list(stated), cut=[places.reset_index(drop=True)])
    return found.set_axis(passages.index, axis=0)


def _in_context(part: Part, stated: Sequence[str], passages: pd.DataFrame) -> pd.DataFrame:
    """Lay what a reader needs beside each passage of a part."""
    own = part.own(passages)
    assert own is not None
    columns = {name: part.corpus.stated(name).array.take(own["doc"].to_numpy()) for name in stated}
    return spans.in_context(part.corpus, own).assign(**columns).set_axis(passages.index, axis=0)
