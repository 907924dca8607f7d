"""A discourse network as a matrix: who agrees with what, or with whom, and on how many statements that rests."""

from __future__ import annotations

import textwrap

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D

from kit.codebook.codebook import Codebook
from kit.corpus.calls import recorded
from kit.errors import ExhibitError
from kit.measures.discourse.result import DiscourseNetwork
from kit.plots.drawing import Drawing
from kit.plots.names import labels_of
from kit.plots.style import COLOURS, new_figure, word
from kit.settings import load_settings
from kit.wording import escape
from kit.wording.words import Remark, remark

_ROW = 5.2  # mm per row
_LETTER = 1.75  # mm of a name that is set upright
_MARGIN = 22.0  # mm for the key and the edges
_MOST = 30  # names on a side that can still be read
_NAME = 34  # characters of a name
_LARGEST = 13.0  # points across, of the cell with most behind it
_DIAMOND = 10.0  # a diamond of that size looks as large
_TOLD = 5  # cells that the alternative text names
_LOOKS = {1: ("blue", "o"), -1: ("vermillion", "s"), 0: ("grey", "D")}
_GREY = "0.55"


@recorded(data=["source", "target"])
def plot_discourse(network: DiscourseNetwork, codebook: Codebook | None = None, *, window: str = "") -> Drawing:
    """Draw who agrees with what, or with whom.

    Parameters
    ----------
    network : DiscourseNetwork
        From `kit.discourse_network`; of two modes actors are rows and concepts columns.
    codebook : Codebook, optional
        Gives the labels of concepts; without it their names are drawn.
    window : str
        A stretch of time of a network over time.

    Returns
    -------
    Drawing
        183 mm wide. A mark in a cell is an edge: blue and round above 0 (agrees), vermillion and square below
        (objects), grey at 0; its area grows with the pairs of statements, of two modes the statements, behind it;
        hollow where it rests on fewer than 15 stories. Of more than 30 names on a side those with most statements are
        drawn. Data: the edges drawn. Nothing is drawn without edges.

    Raises
    ------
    ExhibitError
        This is no network of `kit.discourse_network`.
    QueryError
        There is no such window.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> said = [("d1", "Dinas", "anggaran", 1), ("d1", "LSM", "anggaran", -1), ("d2", "LSM", "layanan", 1)]
    >>> statements = pd.DataFrame(said, columns=["doc_id", "organisation", "concept", "agreement"])
    >>> drawing = kit.plot_discourse(kit.discourse_network(statements, mode="two"))
    >>> drawing.alt["en"].partition(". Most")[0]
    'Matrix of 2 rows and 2 columns with 3 cells: 2 above 0, 1 below'

    """
    if not isinstance(network, DiscourseNetwork):
        remedy = "pass what kit.discourse_network gave back"
        raise ExhibitError(f"this is a {type(network).__name__}", place="plot_discourse", remedy=remedy)
    matrix = network.matrix(window=window)
    rows, columns = (_largest(network, names, kind) for names, kind in ((matrix.index, "row"), (matrix.columns, "")))
    edges = network.edges[network.edges["window"] == window]
    data = edges[edges["source"].isin(rows) & edges["target"].isin(columns)].reset_index(drop=True)
    data.attrs = dict(network.edges.attrs)
    if data.empty:
        return Drawing(None, data, remark("plot_discourse.none"))
    said = list(data.attrs.get("remarks", ()))
    if len(rows) < len(matrix.index) or len(columns) < len(matrix.columns):
        said.append(remark("plot_discourse.cut", most=_MOST))
    if network.attrs.get("documents") == 1:
        said.insert(0, remark("plot_discourse.one_case"))
    data.attrs["remarks"] = [*said, remark("plot_discourse.marks")]
    two = network.settings["mode"] == "two"
    return Drawing(_drawn(data, rows, columns, codebook, two=two), data, _alt(data, rows, columns))


def _largest(network: DiscourseNetwork, names: pd.Index, kind: str) -> list[str]:
    """Return the names of a side with most statements, in their order."""
    side = kind or ("column" if network.settings["mode"] == "two" else "row")
    nodes = network.nodes[network.nodes["kind"] == side].groupby("name")["statements"].sum()
    kept = set(nodes.reindex(names).sort_values(ascending=False, kind="stable").head(_MOST).index)
    return [str(name) for name in names if name in kept]


def _drawn(data: pd.DataFrame, rows: list[str], columns: list[str], codebook: Codebook | None, *, two: bool) -> Canvas:
    """Draw a mark for each edge."""
    language = load_settings().labels
    below = [_short(name) for name in (labels_of(columns, codebook, language) if two else columns)]
    figure, axes = new_figure("double", _MARGIN + _ROW * len(rows) + _LETTER * max(map(len, below)))
    place = {name: number for number, name in enumerate(rows)}, {name: number for number, name in enumerate(columns)}
    most = int(data["pairs"].max())
    for row in data.itertuples():
        colour, mark = _look(row.weight)
        size = max((_LARGEST if mark != "D" else _DIAMOND) * float(np.sqrt(row.pairs / most)), 2.0)
        ends = [(place[1][row.target], place[0][row.source])]
        if not two:
            ends.append((place[1][row.source], place[0][row.target]))
        for across, down in ends:
            axes.plot(
                [across],
                [down],
                marker=mark,
                markersize=size,
                markerfacecolor="white" if row.few_stories else colour,
                markeredgecolor=colour,
                markeredgewidth=0.9,
                linestyle="none",
            )
    axes.set_yticks(range(len(rows)), [_short(name) for name in rows])
    axes.set_xticks(range(len(columns)), below, rotation=90)
    axes.tick_params(length=0)
    axes.set_xlim(-0.6, len(columns) - 0.4)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.grid(visible=True, color="0.92", linewidth=0.5)
    axes.set_axisbelow(True)
    keys = [(1, "above"), (-1, "below"), (0, "zero")]
    handles = [
        Line2D([], [], color=_look(sign)[0], marker=_look(sign)[1], linestyle="none", markersize=5, label=label)
        for sign, label in ((sign, word(f"plot_discourse.{name}")) for sign, name in keys)
    ]
    axes.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1), ncols=3, borderaxespad=0.4)
    for side in axes.spines.values():
        side.set_visible(False)
    return figure


def _look(weight: float) -> tuple[str, str]:
    """Return colour and mark of a weight."""
    colour, mark = _LOOKS[int(np.nan_to_num(np.sign(weight)))]
    return COLOURS.get(colour, _GREY), mark


def _short(name: str) -> str:
    """Write a name on one line, not too long."""
    return textwrap.shorten(escape.one_line(name), _NAME, placeholder="…") or "–"


def _alt(data: pd.DataFrame, rows: list[str], columns: list[str]) -> Remark:
    """Say what the matrix shows."""
    told = [
        remark("plot_discourse.cell", a=_short(row.source), b=_short(row.target), weight=float(row.weight), n=row.pairs)
        for row in data.sort_values("pairs", ascending=False, kind="stable").head(_TOLD).itertuples()
    ]
    above, below = int((data["weight"] > 0).sum()), int((data["weight"] < 0).sum())
    sizes = {"rows": len(rows), "columns": len(columns), "cells": len(data), "above": above, "below": below}
    return remark("plot_discourse.alt", told=told, **sizes)
