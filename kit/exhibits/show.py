"""A first look at a table: as it would be printed, before it has an id and titles."""

from __future__ import annotations

from typing import Any

import pandas as pd

from kit.arguments import checked
from kit.errors import ExhibitError
from kit.exhibits import frames
from kit.exhibits.notes import compose
from kit.exhibits.table import Table
from kit.settings import load_settings
from kit.wording import escape
from kit.wording.words import in_both, remark

_ID = "tbl-look"


class Look:
    """A table on a screen, with its note: in a notebook as an exhibit shows it, at a prompt as text. Not saved."""

    def __init__(self, frame: pd.DataFrame, table: Table) -> None:
        self.frame = frame
        self.table = table

    def _repr_html_(self) -> str:
        """Show the table in JupyterLab, with headings, decimals and note as printed."""
        return self.table._repr_html_()

    def __repr__(self) -> str:
        """Show the table at a prompt, its note below."""
        language = load_settings().labels
        rows = self.frame.head(self.table.rows or len(self.frame))
        return f"{frames.text(rows.rename_axis(None))}\n\n{escape.visible(compose(None, self.frame.attrs)[language])}"


@checked
def show(table: pd.DataFrame, *, rows: int = 20) -> Look:
    """Look at a table of the kit as an exhibit would print it, without an id and titles. Nothing is written.

    Parameters
    ----------
    table : DataFrame
        What a function of the kit returned; as for `kit.Table`.
    rows : int
        How many rows to show.

    Returns
    -------
    Look
        In a notebook the table with its headings, decimals and note; at a prompt its text.

    Raises
    ------
    ExhibitError
        The table is not as the kit made it.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": ["ASN melayani warga."]}), clean=False)
    >>> print(repr(show(kit.term_frequencies(corpus), rows=1)).splitlines()[-1][:27])
    Counted: word forms. Rates

    """
    if rows < 1:
        raise ExhibitError(f"rows = {rows}", place="show", remedy="use 1 or more")
    call: Any = table.attrs.get("call", {})
    made = str(call.get("name") or call.get("attribute") or "")
    title = in_both(remark("pages.look", name=made)) if made else in_both(remark("pages.look_unnamed"))
    return Look(table, Table(table, id=_ID, title=title, rows=rows))
