"""Figures of frequencies: dots on a common scale that begins at zero."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.figure import Figure as Canvas

from kit.errors import ExhibitError
from kit.plots.drawing import COLOURS, label, new_figure

_ROW = 4.0  # mm per row
_MARGIN = 16.0  # mm for the axis below
_MARK: dict[str, Any] = {"marker": "o", "markersize": 4, "markeredgewidth": 0.8, "zorder": 2, "clip_on": False}

_GROUP: dict[str, Any] = {
    "xycoords": ("axes fraction", "data"),
    "xytext": (22, 0),
    "textcoords": "offset points",
    "ha": "left",
    "va": "center",
    "color": "0.45",
    "fontsize": 6,
    "annotation_clip": False,
}


def dot_plot(frame: pd.DataFrame, *, name: str, value: str, count: str, group: str, axis: str) -> Canvas:
    """Draw one dot per row, in the table's order from top to bottom, with its count printed beside it.

    Parameters
    ----------
    frame : DataFrame
        One row per dot.
    name, value, count, group : str
        Its columns: what the row is called, where the dot stands (missing: no dot), the count printed at the right,
        and the group, named where it begins and parted from the next by a thin rule.
    axis : str
        What the horizontal axis says, with the unit.

    Returns
    -------
    matplotlib.figure.Figure
        183 mm wide; a zero is an open dot, so that absence is seen as a finding.

    Raises
    ------
    ExhibitError
        A column is not in the table.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"name": ["a", "b"], "rate": [1.5, 0.0], "n": [3, 0], "kind": ["x", "x"]})
    >>> figure = dot_plot(frame, name="name", value="rate", count="n", group="kind", axis="per 1,000 words")
    >>> [text.get_text() for text in figure.axes[0].get_yticklabels()]
    ['a', 'b']

    """
    for column in (name, value, count, group):
        if column not in frame.columns:
            raise ExhibitError(
                f"the table has no column {column!r}", remedy="use " + ", ".join(map(str, frame.columns))
            )
    rows = list(range(len(frame)))
    figure, axes = new_figure("double", _MARGIN + _ROW * max(len(rows), 1))
    values = [0.0 if pd.isna(rate) else float(rate) for rate in frame[value]]
    axes.set_xlim(0, max(values, default=0) * 1.02 or 1)
    axes.hlines(rows, 0, values, color="0.8", linewidth=0.6, zorder=1)
    for row, (rate, given) in enumerate(zip(values, frame[value].notna(), strict=True)):
        if given:
            filling = COLOURS["blue"] if rate > 0 else "white"
            axes.plot([rate], [row], markeredgecolor=COLOURS["blue"], markerfacecolor=filling, **_MARK)
    kinds = frame[group].tolist()
    for row in rows:
        if row and kinds[row] != kinds[row - 1]:
            axes.axhline(row - 0.5, color="0.8", linewidth=0.5, zorder=0)
        if not row or kinds[row] != kinds[row - 1]:
            axes.annotate(str(kinds[row]), (1, row), **_GROUP)
    axes.set_yticks(rows, [str(text) for text in frame[name]])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlabel(axis)
    right = axes.secondary_yaxis("right")
    right.set_yticks(rows, [str(number) for number in frame[count]])
    for side in (axes, right):
        side.tick_params(axis="y", length=0)
    right.spines["right"].set_visible(False)
    return figure


def concept_figure(table: pd.DataFrame) -> tuple[Canvas, pd.DataFrame]:
    """Draw the mentions of each concept per 1,000 words and numbers.

    Parameters
    ----------
    table : DataFrame
        What `kit.concept_frequencies` returned, with the column `label` of `Codebook.labelled`.

    Returns
    -------
    figure : matplotlib.figure.Figure
        As of `dot_plot`; the number of mentions stands at the right, rules part the groups of concepts.
    data : DataFrame
        The table itself.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": ["ASN melayani."]}), clean=False)
    >>> codebook = kit.load_codebook()
    >>> figure, data = concept_figure(codebook.labelled(kit.concept_frequencies(corpus, codebook), "en"))
    >>> len(figure.axes[0].get_yticks()), len(data)
    (36, 36)

    """
    axis = label(
        {
            "en": "mentions per 1,000 words and numbers (right: mentions)",
            "id": "sebutan per 1.000 kata dan bilangan (kanan: sebutan)",
        }
    )
    return dot_plot(table, name="label", value="per_1000", count="mentions", group="parent", axis=axis), table
