"""Columns of documents: their names, texts as pandas' str, cells as texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

#: Metadata columns every corpus has, in this order; a researcher's own columns follow.
METADATA = ("title", "date", "event_date", "outlet", "place", "author", "url", "licence", "source", "sha256")
#: What the furniture of an article states of it, filled in only where the researcher's metadata are empty.
STATED = ("title", "outlet", "place", "author")
#: What else cleaning learned of a document: paid content, the outlet it was copied from, warnings.
FLAGS = "flags"
LEARNED = ("paid", "copied_from", FLAGS)


def own_column(values: pd.Series | Sequence[Any]) -> Any:
    """Return cells of a researcher's own column: numbers as numbers if all are, else texts, empty where missing."""
    if isinstance(values, pd.Series):
        return values
    kinds = {type(value) for value in values if value is not None}
    if kinds and (kinds <= {int, float} or (len(kinds) == 1 and kinds != {str})):
        return pd.Series(values)
    return pd.array(texts_of(values), dtype="str")


def texts_of(values: pd.Series | Sequence[Any]) -> list[str]:
    """Return metadata cells as texts."""
    if isinstance(values, pd.Series) and is_text(values):
        return [str(value) for value in values.fillna("").tolist()]
    from kit.reading.cells import text_of  # noqa: PLC0415 - what is kept are texts

    return [text_of(value) for value in (values.tolist() if isinstance(values, pd.Series) else values)]


def text_column(values: pd.Series | Sequence[Any]) -> pd.Series:
    """Return texts as a column of pandas' str, without a copy if they lie in Arrow's memory."""
    if isinstance(values, pd.Series) and is_text(values):
        return values.astype("str").reset_index(drop=True)
    return pd.Series([str(value) for value in values], dtype="str")


def is_text(column: pd.Series) -> bool:
    """Tell whether a column is of texts in Arrow's memory, where no half character can stand."""
    return isinstance(column.dtype, pd.StringDtype) and column.dtype.storage == "pyarrow"
