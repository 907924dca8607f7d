"""Statements as counts by row, column and level: which of them count, and in which stretch of time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.errors import QueryError
from kit.measures.discourse.weights import AGREES, OBJECTS, SILENT, Floats
from kit.wording.words import Remark, remark

Duplicates = Literal["all", "document", "week", "month", "year", "once"]
Window = Literal["week", "month", "year"]
_CUTS = {"month": 7, "year": 4}  # characters of a date


@dataclass(frozen=True, eq=False)
class Counted:
    """Statements that count, and what they are counted by.

    Parameters
    ----------
    statements : DataFrame
        In the order of date, document and place, with `statement` (row of the table given) and `story`.
    rows, columns : list of str
        Names, sorted.
    row, column, level, story : int64 arrays, one per statement
        Place in `rows` and `columns`; `AGREES`, `OBJECTS` or `SILENT`; number of the story.
    stories : int
        How many.

    """

    statements: pd.DataFrame
    rows: list[str]
    columns: list[str]
    row: npt.NDArray[np.int64]
    column: npt.NDArray[np.int64]
    level: npt.NDArray[np.int64]
    story: npt.NDArray[np.int64]
    stories: int

    def counts(self, weight: Floats | None = None) -> Floats:
        """Return the statements by row, column and level; `weight` says how often each story counts."""
        shape = len(self.rows), len(self.columns), 3
        place = np.ravel_multi_index((self.row, self.column, self.level), shape)
        times = None if weight is None else weight[self.story]
        return np.bincount(place, weights=times, minlength=int(np.prod(shape))).astype(np.float64).reshape(shape)


def counted(
    table: pd.DataFrame, *, rows: str, columns: str, duplicates: Duplicates, keep_silent: bool, most: int | None = None
) -> tuple[Counted, list[Remark]]:
    """Choose the statements that count, and say which were left out and why."""
    remarks: list[Remark] = []
    for name in (rows, columns):
        if name not in table.columns:
            known = ", ".join(str(one) for one in table.columns)
            raise QueryError(f"the statements have no column {name!r}", remedy=f"use one of {known}")
    table = table.assign(statement=np.arange(len(table), dtype=np.int64))
    named = table[rows].notna() & table[columns].notna()
    there = set(table["doc_id"])
    copies = table["copy_of"].notna() & table["copy_of"].isin(there)
    silent = table["agreement"].isna()
    for key, out in (
        ("unnamed", ~named),
        ("copies", named & copies),
        ("silent", named & ~copies & silent & (not keep_silent)),
    ):
        if out.any():
            remarks.append(remark(f"discourse_network.{key}", n=int(out.sum())))
    table = table[named & ~copies & (~silent | keep_silent)]
    table = table.sort_values(["date", "doc_id", "start"], kind="stable", na_position="last")
    if duplicates != "all":
        period = periods(table, duplicates)
        undated = int((period.str.startswith("document ")).sum()) if duplicates not in ("document", "once") else 0
        if undated:
            remarks.append(remark("discourse_network.undated", n=undated))
        again = table.assign(period=period).duplicated(["period", rows, columns, "agreement"])
        if again.any():
            remarks.append(remark("discourse_network.duplicates", n=int(again.sum())))
        table = table[~again]
    names = table[rows].value_counts().rename_axis("name").reset_index()
    if most is not None and len(names) > most:
        names = names.sort_values(["count", "name"], ascending=[False, True]).iloc[:most]
        kept = table[rows].isin(names["name"])
        remarks.append(remark("discourse_network.most", n=int((~kept).sum()), most=most))
        table = table[kept]
    table = table.reset_index(drop=True)
    table["story"] = table["copy_of"].fillna(table["doc_id"])
    return of_table(table, rows, columns), remarks


def of_table(table: pd.DataFrame, rows: str, columns: str) -> Counted:
    """Give numbers to the rows, columns, levels and stories of statements that count."""
    row, row_names = pd.factorize(table[rows].astype("str"), sort=True)
    column, column_names = pd.factorize(table[columns].astype("str"), sort=True)
    story, stories = pd.factorize(table["story"].astype("str"), sort=True)
    agreement = table["agreement"].fillna(0).to_numpy(np.int64)
    level = np.select([agreement == 1, agreement == -1], [AGREES, OBJECTS], SILENT).astype(np.int64)
    row, column, story = (part.astype(np.int64) for part in (row, column, story))
    return Counted(table, list(row_names), list(column_names), row, column, level, story, len(stories))


def periods(table: pd.DataFrame, unit: str) -> pd.Series:
    """Return the stretch of time, or the document, that each statement is in; one without date is its document's."""
    document = "document " + table["doc_id"].astype("str")
    if unit == "document":
        return document
    if unit == "once":
        return pd.Series("", index=table.index, dtype="str")
    dates = table["date"].astype("str").fillna("")
    if unit == "week":
        read = pd.to_datetime(
            dates.where(dates.str.len() >= 10, ""), format="ISO8601", errors="coerce"
        ).dt.isocalendar()
        week = read["year"].astype("str") + "-W" + read["week"].astype("str").str.zfill(2)
        return week.where(read["year"].notna(), document).astype("str")
    cut = dates.str.slice(0, _CUTS[unit])
    return cut.where(cut.str.len() == _CUTS[unit], document).astype("str")
