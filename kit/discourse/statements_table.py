"""The table of statements: what each row must say, wherever it comes from."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from kit.errors import QueryError

#: Columns of a table of statements, with their types; a researcher's own may have more, and lack all but `NEEDED`.
COLUMNS = {
    "doc_id": "str",
    "date": "str",
    "outlet": "str",
    "copy_of": "str",
    "speaker_id": "str",
    "organisation": "str",
    "level": "str",
    "concept": "str",
    "agreement": "Int8",
    "basis": "str",
    "certainty": "str",
    "start": "Int32",
    "end": "Int32",
}
NEEDED = ("doc_id", "concept", "agreement")
_AGREEMENT = {"1": 1, "+1": 1, "-1": -1, "\u22121": -1, "1.0": 1, "-1.0": -1, "": None}


def statements_table(frame: pd.DataFrame, *, place: str = "statements") -> pd.DataFrame:
    """Return a table of statements with every column of `COLUMNS` in its type; its own columns come last.

    Raises
    ------
    QueryError
        It is no table, lacks a column, has a row without document or concept, or an agreement that is none.

    """
    remedy = (
        "give one row per statement, with " + ", ".join(NEEDED) + " (1, -1 or empty), and speaker_id or organisation"
    )
    if not isinstance(frame, pd.DataFrame):
        raise QueryError(f"this is no table but {type(frame).__name__}", place=place, remedy=remedy)
    for name in NEEDED:
        if name not in frame.columns:
            raise QueryError(f"the table has no column {name!r}", place=place, remedy=remedy)
    table = frame.reset_index(drop=True).copy()
    for name in ("doc_id", "concept"):
        empty = np.flatnonzero(_texts(table[name]).isna())
        if len(empty):
            raise QueryError(f"{name} is empty", place=f"{place}, row {empty[0]}", remedy="fill it in or drop the row")
    table["agreement"] = _agreements(table["agreement"], place)
    for name, kind in COLUMNS.items():
        if name == "agreement":
            continue
        if name not in table.columns:
            table[name] = pd.array([pd.NA] * len(table), dtype=kind)
        elif kind == "str":
            table[name] = _texts(table[name])
        else:
            table[name] = pd.to_numeric(table[name], errors="coerce").astype("Int32")
    others = [name for name in table.columns if name not in COLUMNS]
    table = table[[*COLUMNS, *others]]
    table.attrs = dict(frame.attrs)
    return table


def _texts(column: pd.Series) -> pd.Series:
    """Return texts without blanks at the ends; what is empty is missing."""
    texts = column.astype("str").str.strip()
    return texts.mask(column.isna() | (texts == ""))


def _agreements(column: pd.Series, place: str) -> pd.Series:
    """Return agreement as 1, -1 or missing."""
    read: list[Any] = []
    for row, value in enumerate(column.tolist()):
        text = "" if pd.isna(value) else str(value).strip()
        if text not in _AGREEMENT:
            remedy = "write 1 where the speaker agrees with the concept, -1 where not, and nothing where it is not said"
            raise QueryError(f"agreement = {value!r}", place=f"{place}, row {row}", remedy=remedy)
        read.append(_AGREEMENT[text])
    return pd.Series(pd.array(read, dtype="Int8"))
