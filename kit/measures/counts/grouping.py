"""Groups of documents by one or several columns of their metadata, or by dates that part them."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from kit.corpus.corpus import NOT_STATED
from kit.corpus.selection import JOINT
from kit.errors import QueryError
from kit.index.token_index import Int64
from kit.parts.summaries import AnyCorpus

#: A column by the dates that part it: one date makes "before" and "from then on", two make three periods.
Periods: TypeAlias = Mapping[str, str | Sequence[str]]
By: TypeAlias = str | Periods | Sequence[str | Periods]


@dataclass(frozen=True, eq=False)
class Grouping:
    """Groups of documents.

    Parameters
    ----------
    groups : DataFrame of str, one row per group
        The value of each column that makes groups; values in order, what is not stated last.
    code : int64 array, one per document
        The row of its group.

    """

    groups: pd.DataFrame
    code: Int64

    @property
    def names(self) -> list[str]:
        """What each group is called."""
        return [JOINT.join(values) for values in self.groups.itertuples(index=False)]

    @property
    def stated(self) -> list[bool]:
        """Whether the documents of each group state all that makes groups."""
        return [NOT_STATED not in values for values in self.groups.itertuples(index=False)]

    def labels(self) -> pd.DataFrame:
        """Return the value of each column for each document."""
        return self.groups.iloc[self.code].reset_index(drop=True)


def group_documents(corpus: AnyCorpus, by: By, own: Sequence[str] = ()) -> Grouping:
    """Share documents out to groups.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    by : str, mapping, or sequence of these
        Columns of the documents, ``year`` or ``month``; a mapping names a column of its own and the date or dates that
        part it.
    own : sequence of str
        Columns of the result, which no group can be named by.

    Returns
    -------
    Grouping
        Of a corpus without documents one group, which states nothing.

    Raises
    ------
    QueryError
        Nothing is named, a name is one of the result's or is used twice, or dates are not in order.
    ReadingError
        A date cannot be read.
    CorpusError
        There is no such column.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> frame = pd.DataFrame({"doc_id": list("abc"), "text": "Warga.", "date": ["2023-12-31", "2024-01-01", ""]})
    >>> corpus = kit.Corpus.from_frame(frame, clean=False)
    >>> group_documents(corpus, {"period": "2024-01-01"}).names
    ['< 2024-01-01', '≥ 2024-01-01', 'not stated']

    """
    columns: dict[str, pd.Categorical] = {}
    for one in [by] if isinstance(by, (str, Mapping)) else list(by):
        for name, dates in one.items() if isinstance(one, Mapping) else [(one, None)]:
            check_by(name, own)
            if name in columns:
                raise QueryError(f"by names {name!r} twice", remedy="name each column once")
            columns[name] = _values(corpus, str(name)) if dates is None else _periods(corpus, dates)
    if not columns:
        raise QueryError("by names no column", remedy='name one, such as by="outlet"')
    if not len(corpus):
        return Grouping(pd.DataFrame({name: [NOT_STATED] for name in columns}, dtype="str"), np.zeros(0, np.int64))
    codes = pd.DataFrame({name: values.codes.astype(np.int64) for name, values in columns.items()})
    code = codes.groupby(list(columns), sort=True).ngroup().to_numpy(np.int64)
    first = codes.drop_duplicates().sort_values(list(columns))
    groups = {name: values.categories.to_numpy(object)[first[name]] for name, values in columns.items()}
    return Grouping(pd.DataFrame(groups, dtype="str").reset_index(drop=True), code)


def check_by(by: object, columns: Sequence[str]) -> None:
    """Refuse to group by a column that the result has of its own."""
    if isinstance(by, str) and by in columns:
        remedy = "name a column of your metadata; rename yours if it has this name"
        raise QueryError(f"by = {by!r} is a column of the result", remedy=remedy)


def given_by(written: Any) -> Any:
    """Return `by` as it was given, from how a call writes it down."""
    if isinstance(written, Mapping):
        return written["mapping"]
    return [given_by(one) for one in written] if isinstance(written, list) else written


def _values(corpus: AnyCorpus, column: str) -> pd.Categorical:
    """Return the values of a column, what is not stated last."""
    labels = corpus.group_of(column)
    names = sorted(set(labels) - {NOT_STATED})
    return pd.Categorical(labels, categories=[*names, NOT_STATED])


def _periods(corpus: AnyCorpus, dates: str | Sequence[str]) -> pd.Categorical:
    """Return the period of each document, by its date."""
    from kit.reading.dates import parse_date  # noqa: PLC0415 - most groups are columns, and it compiles its forms

    given = [dates] if isinstance(dates, str) or not isinstance(dates, Iterable) else dates
    days = [date.isoformat()[:10] if isinstance(date, dt.date) else date for date in given]
    if not all(isinstance(day, str) for day in days):
        raise QueryError(f"dates = {dates!r}", remedy="give each date as a text, such as '2025-01-01'")
    cuts = [parse_date(day) for day in days]
    if not all(cuts) or not cuts or sorted(set(cuts)) != cuts:
        raise QueryError(f"dates = {dates!r}", remedy="give one or more dates, the earliest first, each once")
    middle = [f"{since} ≤ … < {until}" for since, until in pairwise(cuts)]
    names = [f"< {cuts[0]}", *middle, f"≥ {cuts[-1]}"]
    stated = corpus.group_of("date").tolist()
    found = [NOT_STATED if date == NOT_STATED else names[bisect_right(cuts, date)] for date in stated]
    return pd.Categorical(found, categories=[*names, NOT_STATED])
