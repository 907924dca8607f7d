"""Concepts by how often they are named: dots on a common scale that begins at zero."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from kit.codebook.codebook import Codebook
from kit.corpus.calls import recorded
from kit.errors import ExhibitError
from kit.plots.drawing import Drawing
from kit.plots.style import COLOURS, new_figure, word
from kit.settings import LANGUAGES, load_settings
from kit.wording.words import Remark, remark, value

_ROW = 4.0  # mm per row
_MARGIN = 16.0  # mm for the axis below
_TOLD = 5  # concepts that the alternative text names
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
    """Draw one dot per row, in the table's order from top to bottom, with its count printed beside it."""
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


@recorded(data=["concept"])
def plot_concepts(table: pd.DataFrame, codebook: Codebook | None = None) -> Drawing:
    """Draw the mentions of each concept per 1,000 words and numbers.

    Parameters
    ----------
    table : DataFrame
        What `kit.concept_frequencies` returned, with or without the column `label` of `Codebook.labelled`. From a table
        by group, pass the rows of one group.
    codebook : Codebook, optional
        Gives the labels if the table has none. Without labels and codebook, the concepts' ids are drawn.

    Returns
    -------
    Drawing
        183 mm wide; dots as in `dot_plot`, the number of mentions at the right. Concepts of one group stand together,
        with rules between groups.
        Data: the table with its labels. Nothing is drawn for a table without rows.

    Raises
    ------
    ExhibitError
        A column is not in the table, or a concept has several rows.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": ["ASN melayani."]}), clean=False)
    >>> codebook = kit.load_codebook()
    >>> drawing = plot_concepts(kit.concept_frequencies(corpus, codebook), codebook)
    >>> len(drawing.data), drawing.alt["en"].split(". ")[1:]
    (36, ['Named: 2, never: 34', 'Most often: serving (active) 500.0; civil servants 500.0.'])

    """
    for column in ("concept", "parent", "per_1000", "mentions"):
        if column not in table.columns:
            remedy = "pass what kit.concept_frequencies gave back"
            raise ExhibitError(f"the table has no column {column!r}", place="plot_concepts", remedy=remedy)
    if not table["concept"].is_unique:
        first = table.columns[0]
        remedy = f'draw one group, as table[table["{first}"] == "…"]' if first != "concept" else "keep one of them"
        raise ExhibitError("a concept has several rows", place="plot_concepts", remedy=remedy)
    language = load_settings().labels
    if "label" not in table.columns and codebook is not None:
        table = codebook.labelled(table, language)
    if table.empty:
        return Drawing(None, table, remark("plot_concepts.none"))
    table = _by_group(table)
    names = _names(table, table["label"] if "label" in table.columns else table["concept"])
    groups = [value("parent", str(parent), language) for parent in table["parent"]]
    drawn = table.assign(_name=names, _group=groups)
    axis = word("plot_concepts.axis")
    canvas = dot_plot(drawn, name="_name", value="per_1000", count="mentions", group="_group", axis=axis)
    return Drawing(canvas, table, _alt(drawn, codebook))


def _by_group(table: pd.DataFrame) -> pd.DataFrame:
    """Put the rows of each group together, groups and rows in the order in which they first come."""
    order = np.argsort(pd.factorize(table["parent"])[0], kind="stable")
    return table if (np.diff(order) == 1).all() else table.iloc[order]


def _names(table: pd.DataFrame, labels: pd.Series) -> list[str]:
    """Return what each row is called: its label, or its id where it has none."""
    return [label or concept for label, concept in zip(labels, table["concept"], strict=True)]


def _alt(drawn: pd.DataFrame, codebook: Codebook | None) -> Remark:
    """Say how many concepts are named, and which most often."""
    named = drawn[drawn["mentions"] > 0]
    if named.empty:
        return remark("plot_concepts.alt_none", rows=len(drawn))
    most = named.sort_values("mentions", ascending=False, kind="stable").head(_TOLD)
    known = {} if codebook is None else codebook.concepts.set_index("concept").to_dict("index")
    told = [
        remark("plot_concepts.named", label=_in_both(known.get(concept), name), rate=rate)
        for concept, name, rate in most[["concept", "_name", "per_1000"]].itertuples(index=False)
    ]
    return remark("plot_concepts.alt", rows=len(drawn), named=len(named), never=len(drawn) - len(named), told=told)


def _in_both(concept: Mapping[Hashable, Any] | None, name: str) -> str | dict[str, str]:
    """Return the labels of a concept by language; what it is called in the picture if the codebook has none."""
    if concept is None:
        return name
    return {language: concept[f"label_{language}"] or name for language in LANGUAGES}
