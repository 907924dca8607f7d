"""How many passages of a table there are of each kind."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from kit.corpus.calls import recorded
from kit.errors import QueryError
from kit.wording.words import remark

_TAKEN = ("count", "documents", "share")


@recorded("count")
def tally(passages: pd.DataFrame, *, by: str | Sequence[str]) -> pd.DataFrame:
    """Count the passages of a table by what they say of themselves.

    Parameters
    ----------
    passages : DataFrame
        Quotations, modals, words of serving, statements, mentions: any table of the kit with a row per passage, or some
        of its rows.
    by : str or sequence of str
        Its columns to count by: ``["category", "bearer_group"]`` of `kit.find_modality` shows who must do what.

    Returns
    -------
    DataFrame, one row per combination that occurs
        The columns of `by` (missing where the passage does not say), `count`, `documents` (int64), `share` (float64; of
        all passages of the table). Sorted by falling `count`, then by the columns of `by`. Unit: as of the passages.

    Raises
    ------
    QueryError
        There is no such column, or no column `doc_id`.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> text = "ASN harus melayani. Pejabat harus hadir. Warga boleh masuk. ASN harus datang."
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": [text]}), clean=False)
    >>> kit.tally(kit.find_modality(corpus), by=["category", "bearer_group"])
                 category    bearer_group  count  documents  share
    0   deontic_necessity  civil_servants      2          1   0.50
    1   deontic_necessity       officials      1          1   0.25
    2  deontic_permission        citizens      1          1   0.25

    """
    wanted = [by] if isinstance(by, str) else list(by)
    for name in (*wanted, "doc_id"):
        if name not in passages.columns:
            known = ", ".join(str(one) for one in passages.columns)
            raise QueryError(f"the passages have no column {name!r}", place="tally", remedy=f"use one of {known}")
    if not wanted or set(wanted) & set(_TAKEN) or len(set(wanted)) < len(wanted):
        remedy = "name columns of the passages, each once, other than " + ", ".join(_TAKEN)
        raise QueryError(f"by = {by!r}", place="tally", remedy=remedy)
    groups = passages.groupby(wanted, sort=True, dropna=False)["doc_id"]
    table = groups.agg(count="size", documents="nunique").reset_index()
    table[["count", "documents"]] = table[["count", "documents"]].astype("int64")
    table["share"] = table["count"] / max(len(passages), 1)
    table = table.sort_values("count", ascending=False, kind="stable", ignore_index=True)
    table.attrs = {name: value for name, value in passages.attrs.items() if name not in ("call", "rows", "missing")}
    table.attrs["remarks"] = [*table.attrs.get("remarks", []), remark("tally.shares", n=len(passages))]
    return table
