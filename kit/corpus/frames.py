"""The columns of a table of texts, checked before they become a corpus."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd

from kit.errors import CorpusError

_HALF = re.compile("[\ud800-\udfff]")


def columns_of(frame: pd.DataFrame) -> dict[str, pd.Series]:
    """Return the columns of a table with `doc_id` and `text`.

    Parameters
    ----------
    frame : DataFrame

    Returns
    -------
    dict of Series
        By their names as text, in order.

    Raises
    ------
    CorpusError
        `doc_id` or `text` is absent, missing in a row or bytes there, two columns have one name, or a cell holds half
        a character, which no file can hold.

    Examples
    --------
    >>> import pandas as pd
    >>> list(columns_of(pd.DataFrame({"doc_id": ["a"], "text": ["ASN melayani."], 5: ["x"]})))
    ['doc_id', 'text', '5']

    """
    columns = {name: frame.iloc[:, place] for place, name in enumerate(names_of(frame))}
    for name in ("doc_id", "text"):
        if columns[name].isna().any():
            row = int(np.flatnonzero(columns[name].isna())[0])
            raise CorpusError(f"{name} is missing", place=f"row {row}", remedy="fill it or drop the row")
        for row, value in enumerate(columns[name].tolist() if _may_be_half(columns[name]) else ()):
            if isinstance(value, bytes):
                raise CorpusError(f"{name} is bytes, not text", place=f"row {row}", remedy="decode it, as from UTF-8")
    for name, column in columns.items():
        for row, value in enumerate(column.tolist() if _may_be_half(column) else ()):
            if isinstance(value, str) and _HALF.search(value):
                problem = f"{name} holds half a character (a lone surrogate)"
                raise CorpusError(problem, place=f"row {row}", remedy="read it again in its own encoding")
    return columns


def names_of(frame: pd.DataFrame) -> list[str]:
    """Return the names of columns as text, checked: each once, `doc_id` and `text` among them."""
    names = [str(column) for column in frame.columns]
    for name in sorted({name for name in names if names.count(name) > 1}):
        raise CorpusError(f"the table has several columns {name!r}", remedy="rename or drop all but one")
    for name in ("doc_id", "text"):
        if name not in names:
            raise CorpusError(f"the table has no column {name!r}", remedy="name it, or rename yours")
    return names


def text_of(value: Any) -> str:
    """Return a metadata cell as text, empty where it is missing.

    A table with a gap makes whole numbers floats and dates moments: 2024.0 is written 2024, midnight as its day.

    Examples
    --------
    >>> import pandas as pd
    >>> [text_of(value) for value in (2024.0, pd.Timestamp("2024-02-04"), float("nan"), None, "4/2")]
    ['2024', '2024-02-04', '', '', '4/2']

    """
    if isinstance(value, str):
        return str(value)
    if value is None or (pd.api.types.is_scalar(value) and pd.isna(value)):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value == value.replace(hour=0, minute=0, second=0, microsecond=0):
        return value.date().isoformat()
    return str(value)


def texts_of(values: pd.Series | Sequence[Any]) -> list[str]:
    """Return metadata cells as texts.

    Examples
    --------
    >>> import pandas as pd
    >>> texts_of(pd.Series([2024, None])), texts_of(pd.Series(["X", None], dtype="str"))
    (['2024', ''], ['X', ''])

    """
    if isinstance(values, pd.Series) and _is_arrow(values):
        return [str(value) for value in values.fillna("").tolist()]
    return [text_of(value) for value in (values.tolist() if isinstance(values, pd.Series) else values)]


def text_column(values: pd.Series | Sequence[Any]) -> pd.Series:
    """Return texts as a column of pandas' str, without a copy if they lie in Arrow's memory."""
    if isinstance(values, pd.Series) and _is_arrow(values):
        return values.astype("str").reset_index(drop=True)
    return pd.Series([str(value) for value in values], dtype="str")


def _may_be_half(column: pd.Series) -> bool:
    """Tell whether a column may hold half a character."""
    return not (_is_arrow(column) or pd.api.types.is_numeric_dtype(column.dtype))


def _is_arrow(column: pd.Series) -> bool:
    """Tell whether a column is of texts in Arrow's memory, where no half character can stand."""
    return isinstance(column.dtype, pd.StringDtype) and column.dtype.storage == "pyarrow"
