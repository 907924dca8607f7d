"""The tables of a corpus in parts, gathered in the order of its documents; texts and tokens stay with their parts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from kit.corpus.columns import LEARNED, texts_of
from kit.corpus.running import running_tokens
from kit.index.token_index import Int64
from kit.parts.part import Part

#: What runs one behind the other for each document, whatever part it lies in: its row, and its tokens.
Running = tuple[Int64, list[list[str]]]


def rows_of(part: Part, name: str) -> pd.DataFrame:
    """Return a table of a part with a column `doc`, numbered as in the whole corpus."""
    return part.out(getattr(part.corpus, name))


def in_order(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Put the rows of several parts in the order of documents; those of one document stand in order.

    Where they stand so already, as of parts that were added one after another, no text is copied.
    """
    table = pd.concat(parts, ignore_index=True)
    if (np.diff(table["doc"].to_numpy()) >= 0).all():
        return table
    return table.sort_values("doc", kind="stable", ignore_index=True)


def aside_of(part: Part) -> pd.DataFrame:
    """Return what could not be used when a part was read."""
    return part.stored[0]._set_aside  # noqa: SLF001 - the public one says what all of the corpus is


def one_behind_another(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Put the rows of several parts behind each other."""
    return pd.concat(parts, ignore_index=True)


def metadata_of(part: Part) -> pd.DataFrame:
    """Return what is stated of the documents of a part, by their rows in the whole corpus."""
    return part.corpus.documents.drop(columns="text").set_axis(pd.Index(part.numbers.rows), axis=0)


def joined_metadata(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Join what is stated of documents; of a column that a part lacks, its documents state nothing."""
    names = [name for name in dict.fromkeys(name for part in parts for name in part.columns) if name not in LEARNED]
    return pd.concat({name: _joined(parts, name) for name in (*names, *LEARNED)}, axis=1).sort_index()


def _joined(parts: Sequence[pd.DataFrame], name: str) -> pd.Series:
    """Join a column: numbers as numbers if all are, else texts, empty where missing."""
    columns = [part[name] for part in parts if name in part.columns and len(part)]
    rows = pd.Index(np.concatenate([part.index.to_numpy() for part in parts]))
    kinds = {str(column.dtype) for column in columns}
    whole = pd.concat(columns) if columns else pd.Series([], dtype="str")
    numbers = [column for column in columns if pd.api.types.is_any_real_numeric_dtype(column.dtype)]
    if len(kinds) > 1 and len(numbers) < len(columns):
        whole = pd.Series([text for column in columns for text in texts_of(column)], index=whole.index, dtype="str")
    whole = whole.reindex(rows)
    return whole.fillna("") if isinstance(whole.dtype, pd.StringDtype) else whole


def types_of(part: Part) -> pd.DataFrame:
    """Return the types of a part."""
    return part.corpus.types


def united_types(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Unite the types of several parts in code-point order; what is decided of a form is the same in each."""
    return pd.concat(parts).drop_duplicates("form").sort_values("form", ignore_index=True)


def raw_offsets(part: Part, places: pd.DataFrame) -> pd.Series:
    """Return where places in the texts of a part stand in the raw files."""
    own = part.own(places)
    assert own is not None
    return pd.Series(part.corpus.raw_offsets(own["doc"].tolist(), own["start"].tolist()), index=places.index)


def by_row(parts: Sequence[Any]) -> Any:
    """Join rows that were cut by part, in the order they had."""
    return pd.concat(parts).sort_index()


def running(part: Part, folded: bool, punctuation: bool) -> Running:
    """Return the running tokens of each document of a part."""
    corpus = part.corpus
    tokens, bounds = running_tokens(corpus.index, corpus.counted, folded=folded, punctuation=punctuation)
    return part.numbers.rows, [tokens[begin:stop] for begin, stop in pairwise(bounds.tolist())]


def join_running(parts: Sequence[Running]) -> Running:
    """Put the tokens of the documents of several parts in the order of documents."""
    rows = np.concatenate([rows for rows, _ in parts])
    documents = [tokens for _, some in parts for tokens in some]
    order = np.argsort(rows)
    return rows[order], [documents[place] for place in order.tolist()]
