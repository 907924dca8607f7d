"""The rows of a table of texts, checked before they become a corpus."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

from kit.errors import CorpusError

_HALF = re.compile("[\ud800-\udfff]")


def rows_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table with `doc_id` and `text`.

    Parameters
    ----------
    frame : DataFrame

    Returns
    -------
    list of dict
        One per row, in order, the names of columns as text.

    Raises
    ------
    CorpusError
        `doc_id` or `text` is absent or missing in a row, two columns have one name, or a cell holds half a character,
        which no file can hold.

    Examples
    --------
    >>> import pandas as pd
    >>> rows_of(pd.DataFrame({"doc_id": ["a"], "text": ["ASN melayani."], 5: ["x"]}))
    [{'doc_id': 'a', 'text': 'ASN melayani.', '5': 'x'}]

    """
    columns = [str(column) for column in frame.columns]
    for column in sorted({column for column in columns if columns.count(column) > 1}):
        raise CorpusError(f"the table has several columns {column!r}", remedy="rename or drop all but one")
    for column in ("doc_id", "text"):
        if column not in columns:
            raise CorpusError(f"the table has no column {column!r}", remedy="name it, or rename yours")
        if frame[column].isna().any():
            row = int(np.flatnonzero(frame[column].isna())[0])
            raise CorpusError(f"{column} is missing", place=f"row {row}", remedy="fill it or drop the row")
    rows = [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
    for number, cells in enumerate(rows):
        for name, value in cells.items():
            if isinstance(value, str) and _HALF.search(value):
                problem = f"{name} holds half a character (a lone surrogate)"
                raise CorpusError(problem, place=f"row {number}", remedy="read it again in its own encoding")
    return rows
