"""Which documents have the metadata asked for; a value that none has is a typing error, and told."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.errors import CorpusError
from kit.reading.cells import text_of

#: What a document that does not state a value is labelled.
UNSTATED = "not stated"
#: Between the values of several columns, in the name of a group.
JOINT = " · "
#: What chooses documents by their dates, both ends included; no column of metadata.
DATES = ("since", "until")
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_SHOWN = 10  # values that an error lists


class Grouped(Protocol):
    """What selecting asks of a corpus, in one part or in many."""

    def __len__(self) -> int:
        """Return the number of documents."""

    def group_of(self, by: str) -> pd.Series:
        """Return each document's value of a metadata column."""


def chosen_documents(corpus: Grouped, criteria: Mapping[str, Any]) -> npt.NDArray[np.bool_]:
    """Tell which documents have the given values; refuse values of which no document has any."""
    keep = np.ones(len(corpus), bool)
    for column, wanted in criteria.items():
        if column in DATES:
            keep &= _dated(corpus.group_of("date"), column, wanted)
            continue
        values = _values(wanted)
        labels = corpus.group_of(column)
        found = labels.isin(values).to_numpy(bool)
        if values and len(corpus) and not found.any():
            raise _unknown(column, values, labels)
        keep &= found
    return keep


def _dated(dates: pd.Series, bound: str, day: Any) -> npt.NDArray[np.bool_]:
    """Tell which dates lie on one side of a day, month or year, or in it."""
    given = text_of(day)
    if not _DAY.fullmatch(given):
        raise CorpusError(f"{bound} = {day!r}", place="where", remedy="write a day, month or year: 2024-03-31, 2024-03")
    stated = dates != UNSTATED
    if bound == "since":
        return np.asarray(stated & (dates >= given), bool)
    return np.asarray(stated & (dates.str.slice(0, len(given)) <= given), bool)


def traced(
    earlier: Sequence[Mapping[str, Any]], criteria: Mapping[str, Any], documents: int, of: int
) -> tuple[Mapping[str, Any], ...]:
    """Return how documents were chosen, step by step: what was asked for, how many have it, of how many.

    Examples
    --------
    >>> traced((), {"year": 2025}, 120, 240)
    ({'where': {'year': ['2025']}, 'documents': 120, 'of': 240},)

    """
    asked = {column: sorted(_values(wanted)) for column, wanted in criteria.items()}
    return (*earlier, {"where": asked, "documents": documents, "of": of})


def values_of(corpus: Grouped, by: str | Sequence[str]) -> dict[str, tuple[dict[str, str], npt.NDArray[np.bool_]]]:
    """Return the groups that one or several columns make, in the order of their values, what is not stated last.

    For each its name, the value of each column, and which documents it has.
    """
    columns = [by] if isinstance(by, str) else list(by)
    labels = pd.DataFrame({column: corpus.group_of(column).to_numpy(object) for column in columns}, dtype=object)
    found = sorted(set(labels.itertuples(index=False, name=None)), key=lambda one: [(v == UNSTATED, v) for v in one])
    return {
        JOINT.join(values): (
            dict(zip(columns, values, strict=True)),
            np.logical_and.reduce(
                [labels[name].to_numpy() == value for name, value in zip(columns, values, strict=True)]
            ),
        )
        for values in found
    }


def check_column(by: object) -> None:
    """Refuse what is not the name of one column."""
    if not isinstance(by, str):
        raise CorpusError(f"by = {by!r} is not the name of a column", remedy='name one column, such as by="outlet"')


def _values(wanted: Any) -> list[str]:
    """Return the values asked for as texts."""
    given = list(wanted) if isinstance(wanted, (list, tuple, set, frozenset)) else [wanted]
    return [text_of(value) for value in given]


def _unknown(column: str, values: list[str], labels: pd.Series) -> CorpusError:
    """Say which values there are."""
    there = sorted(set(labels.tolist()))
    shown = there
    if len(there) > _SHOWN:
        shown = difflib.get_close_matches(values[0], there, n=_SHOWN, cutoff=0.6) or there[:_SHOWN]
    part = f" ({len(shown)} of {len(there):,} values)" if len(shown) < len(there) else ""
    asked = ", ".join(map(repr, sorted(values)[:_SHOWN]))
    return CorpusError(
        f"no document has {column} = {asked}",
        place="where",
        remedy=f"use one of {', '.join(map(repr, shown))}{part}",
    )
