"""Whose words a passage is: the narrator's, a speaker's, or those of somebody whom a speaker cites."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

#: What a table of quotations must have for passages to be looked up in it.
QUOTED = ("start", "end", "quotation", "parent", "type")


def holders(passages: pd.DataFrame, quotations: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Return, for each passage, the row of the innermost quotation that holds it; -1 for none."""
    found = np.full(len(passages), -1, np.int64)
    start, end = (quotations[name].to_numpy(np.int64) for name in ("start", "end"))
    holding = (end > start) & (quotations["type"] != "attribution_only").to_numpy(bool)
    docs = quotations["doc"].to_numpy(np.int64)
    by_doc = passages.groupby("doc").indices
    first, last = (passages[name].to_numpy(np.int64) for name in ("start", "end"))
    for row in np.argsort(start - end, kind="stable").tolist():  # the innermost is written last
        rows = by_doc.get(int(docs[row])) if holding[row] else None
        if rows is not None:
            found[rows[(first[rows] >= start[row]) & (last[rows] <= end[row])]] = row
    return found


def frames(holder: npt.NDArray[np.int64], quotations: pd.DataFrame) -> tuple[list[str], pd.Series]:
    """Return the frame of each passage, narrator, speaker or nested, and the number of its quotation (Int32)."""
    held = holder >= 0
    at = np.maximum(holder, 0)
    nested = np.zeros(len(holder), bool)
    number = np.zeros(len(holder), np.int32)
    if len(quotations):
        nested = quotations["parent"].notna().to_numpy(bool)[at]
        number = quotations["quotation"].to_numpy(np.int32)[at]
    names = np.where(held, np.where(nested, "nested", "speaker"), "narrator")
    return names.tolist(), pd.Series(pd.array(number, dtype="Int32")).mask(~held)
