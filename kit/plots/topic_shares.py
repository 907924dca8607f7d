"""The shares of topics: a heat map of groups of documents, or a panel per topic over time."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import Colormap, LinearSegmentedColormap
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from kit.corpus.calls import recorded
from kit.corpus.corpus import NOT_STATED
from kit.errors import ExhibitError
from kit.plots.drawing import Drawing
from kit.plots.style import COLOURS, new_figure, word
from kit.wording import escape
from kit.wording.numerals import percent
from kit.wording.words import Remark, remark

#: Columns of the heat map that 183 mm can hold with numbers that are read.
MOST_GROUPS = 24
_PERIODS = ("year", "month")
_NEEDED = ("group", "topic", "label", "share", "low", "high", "stories")
_ROW, _MARGIN = 5.0, 24.0  # mm: per topic, for the axis and the colour bar
_LETTER, _LEVEL = 1.2, 7.0  # mm: per letter of an upright name, for level names
_WRAP, _NAME = 42, 22  # characters of a topic's label on one line, of a group's name
_BESIDE = 80  # characters of group names that stand side by side
_DARK = 0.55  # of the scale, from which numbers are white
_PANEL, _FOOT = 27.0, 8.0  # mm: per row of panels, for the axis below
_ACROSS = 4  # panels side by side
_TICKS = 4  # periods named below a panel, at most
_NARROW = 26  # characters of a topic's label on one line above a panel
_TOLD = 5  # topics that the alternative text names


@recorded(data=["topic"])
def plot_topic_shares(shares: pd.DataFrame, stability: pd.DataFrame | None = None) -> Drawing:
    r"""Draw the shares of topics in groups of documents as a heat map, or over time as a small panel per topic.

    Parameters
    ----------
    shares : DataFrame
        From `kit.topic_shares` with `by`. Its facts say whether it is by ``year`` or ``month``, and so over time.
    stability : DataFrame, optional
        From `kit.topic_stability` of these topics: those that are no more stable than topics of shuffled texts are
        marked with a star behind their names.

    Returns
    -------
    Drawing
        183 mm wide. For groups: a row per topic, a column per group, in the order of the table; in each cell the share
        in per cent, hatched if it has no interval. If there are more than 24 groups, the 24 with most stories are
        drawn. Over time: up to four panels in a row, all on one scale from zero. Bands are intervals; a dot without one
        is open; where there is no document of a year or month, the line is broken. Data: the rows drawn. Nothing is
        drawn where there are no topics, or documents state no date or all the same year or month.

    Raises
    ------
    ExhibitError
        The table has no groups or no shares, or that of the stability is another.

    Examples
    --------
    >>> shares = pd.DataFrame({"group": ["A", "B"], "topic": [1, 1], "label": ["banjir"] * 2, "share": [0.2, 0.4]})
    >>> shares = shares.assign(low=[0.1, None], high=[0.3, None], stories=[90, 9])
    >>> drawing = plot_topic_shares(shares)
    >>> [text.get_text() for text in drawing.canvas.axes[0].get_xticklabels()]
    ['A\n90', 'B\n9']
    >>> drawing.alt["en"]
    'Heat map of 1 topics by 2 groups of documents. 1 banjir: most in B (40 %).'
    >>> shares = shares.assign(group=["2019", "2020"])
    >>> shares.attrs["by"] = "year"
    >>> [axes.get_title("left") for axes in plot_topic_shares(shares).canvas.axes]
    ['1 banjir']

    """
    missing = [name for name in _NEEDED if name not in shares.columns]
    if missing:
        remedy = "use kit.topic_shares(corpus, topics, by=…)"
        raise ExhibitError(f"the table has no column {missing[0]!r}", place="plot_topic_shares", remedy=remedy)
    over_time = shares.attrs.get("by") in _PERIODS
    if over_time and len(set(shares["group"]) - {NOT_STATED}) == 1:
        return Drawing(None, shares, remark("plot_topic_shares.one_period"))
    data = _dated(shares) if over_time else _largest(shares)
    if data["share"].isna().all():
        none = remark("plot_topic_shares.undated" if len(shares) and data.empty else "plot_topic_shares.none")
        return Drawing(None, data, shares.attrs.get("missing", none))
    weak = _unsupported(stability)
    if weak & set(data["topic"]):
        data.attrs = _with_remarks(data.attrs, remark("plot_topic_shares.weak"))
    if over_time:
        return Drawing(_panels(data, weak), data, _alt_panels(data))
    return Drawing(_heat_map(data, weak), data, _alt_heat_map(data))


def _unsupported(stability: pd.DataFrame | None) -> set[int]:
    """Return the topics that are known to be no more stable than those of shuffled texts."""
    if stability is None:
        return set()
    for name in ("topic", "supported"):
        if name not in stability.columns:
            remedy = "pass what kit.topic_stability gave back"
            raise ExhibitError(f"the table has no column {name!r}", place="plot_topic_shares, stability", remedy=remedy)
    known = stability.dropna(subset="supported")
    return set(known.loc[~known["supported"].astype(bool), "topic"].tolist())


def _largest(shares: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the largest groups that have a story, in the order of the table."""
    filled = shares[shares["stories"] > 0]
    groups = filled.drop_duplicates("group")
    largest = groups.sort_values("stories", ascending=False, kind="stable").head(MOST_GROUPS)["group"]
    data = filled[filled["group"].isin(largest)].reset_index(drop=True)
    remarks = [] if data.empty else [remark("plot_topic_shares.cells")]
    if len(groups) > MOST_GROUPS:
        remarks.append(remark("plot_topic_shares.cut", shown=MOST_GROUPS, all=len(groups)))
    data.attrs = _with_remarks(shares.attrs, *remarks)
    return data


def _dated(shares: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a stated date, and say what is not drawn."""
    stated = shares["group"] != NOT_STATED
    data = shares[stated].reset_index(drop=True)
    undated = int(shares[~stated].drop_duplicates("group")["stories"].sum())
    remarks = [] if data.empty else [remark("plot_topic_shares.bands")]
    if undated:
        remarks.append(remark("plot_topic_shares.left_out", n=undated))
    data.attrs = _with_remarks(shares.attrs, *remarks)
    return data


def _heat_map(data: pd.DataFrame, weak: AbstractSet[int]) -> Canvas:
    """Draw a row per topic and a column per group."""
    topics, groups = data.drop_duplicates("topic"), data.drop_duplicates("group")
    names = [textwrap.shorten(escape.one_line(name), _NAME, placeholder="…") for name in groups["group"]]
    upright = sum(map(len, names)) > _BESIDE
    below = _LETTER * max(map(len, names)) if upright else _LEVEL
    figure, axes = new_figure("double", _MARGIN + _ROW * len(topics) + below)
    shape = (len(groups), len(topics))
    values = data["share"].to_numpy(np.float64).reshape(shape).T
    sure = data["low"].notna().to_numpy().reshape(shape).T
    top = float(np.nanmax(values, initial=0.0)) or 1.0
    colours = LinearSegmentedColormap.from_list("share", ["white", COLOURS["blue"]]).with_extremes(bad="0.9")
    edges = [np.arange(size + 1) - 0.5 for size in shape]
    mesh = axes.pcolormesh(*edges, np.ma.masked_invalid(values), cmap=colours, vmin=0, vmax=top)
    _fill(axes, values, sure, top, colours)
    axes.set_yticks(range(len(topics)), _named(topics, _WRAP, weak))
    counts = groups["stories"].tolist()
    axes.set_xticks(range(len(groups)), [f"{name}\n{count}" for name, count in zip(names, counts, strict=True)])
    axes.tick_params(axis="x", length=0, rotation=90 if upright else 0)
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(len(topics) - 0.5, -0.5)
    for side in axes.spines.values():
        side.set_visible(False)
    bar = figure.colorbar(mesh, ax=axes, location="bottom", shrink=0.5, aspect=40, pad=0.02)
    bar.set_label(word("plot_topic_shares.share"))
    bar.ax.xaxis.set_major_locator(MaxNLocator(8, steps=[1, 2, 5, 10]))  # whole per cent, as they are written
    bar.ax.xaxis.set_major_formatter(lambda value, _: percent(value))
    return figure


def _fill(
    axes: Axes, values: npt.NDArray[np.float64], sure: npt.NDArray[np.bool_], top: float, colours: Colormap
) -> None:
    """Write the shares into the cells, and hatch those without an interval."""
    for (row, column), value in np.ndenumerate(values):
        if np.isnan(value):
            continue
        behind = None
        if not sure[row, column]:
            place = (column - 0.5, row - 0.5)
            axes.add_patch(Rectangle(place, 1, 1, fill=False, hatch="////", edgecolor="0.8", linewidth=0, zorder=1.5))
            behind = {"facecolor": colours(value / top), "edgecolor": "none", "pad": 1.0}
        ink = "white" if value > _DARK * top else "0.1"
        text = percent(float(value)).removesuffix(" %")
        axes.text(column, row, text, ha="center", va="center", color=ink, fontsize=6, bbox=behind)


def _panels(data: pd.DataFrame, weak: AbstractSet[int]) -> Canvas:
    """Draw a panel per topic, all on one scale."""
    topics = data.drop_duplicates("topic")
    across = min(_ACROSS, len(topics))
    rows = math.ceil(len(topics) / across)
    figure, axes = new_figure("double", _FOOT + _PANEL * rows)
    axes.remove()
    panels = figure.subplots(rows, across, sharex=True, sharey=True, squeeze=False).ravel()
    top = float(np.nanmax(data[["share", "high"]].to_numpy(np.float64))) * 1.05 or 1.0
    for panel, topic, name in zip(panels, topics["topic"], _named(topics, _NARROW, weak), strict=False):
        _draw(panel, data[data["topic"] == topic])
        panel.set_title(name, fontsize=6.5, fontweight="normal")
    periods = data["group"].unique().tolist()
    panels[0].set_xlim(-0.5, len(periods) - 0.5)
    panels[0].set_ylim(0, top)
    panels[0].yaxis.set_major_formatter(lambda value, _: percent(value))
    step = math.ceil(len(periods) / _TICKS)
    panels[0].set_xticks(range(0, len(periods), step), periods[::step])
    for panel in panels[len(topics) :]:
        panel.remove()
    for panel in panels[max(len(topics) - across, 0) : len(topics)]:
        panel.tick_params(labelbottom=True)
    figure.supylabel(word("plot_topic_shares.share"), fontsize=7)
    return figure


def _draw(panel: Axes, part: pd.DataFrame) -> None:
    """Draw one topic: a line broken where there is nothing, its band, open dots where there is no interval."""
    place = np.arange(len(part))
    share, low, high = (part[name].to_numpy(np.float64) for name in ("share", "low", "high"))
    sure = ~np.isnan(low)
    colour = COLOURS["blue"]
    panel.fill_between(place, low, high, where=sure, color=colour, alpha=0.2, linewidth=0, zorder=1)
    around = np.concatenate([[False], sure, [False]])
    lone = sure & ~around[:-2] & ~around[2:]  # a band needs two points
    panel.vlines(place[lone], low[lone], high[lone], color=colour, alpha=0.4, linewidth=1.2, zorder=1)
    panel.plot(place, share, color=colour, linewidth=0.9, zorder=2)
    for kept, filling in ((sure, colour), (~sure & ~np.isnan(share), "white")):
        panel.plot(
            place[kept], share[kept], linestyle="none", marker="o", markersize=2.6, markeredgewidth=0.6,
            markeredgecolor=colour, markerfacecolor=filling, zorder=3,
        )  # fmt: skip


def _alt_heat_map(data: pd.DataFrame) -> Remark:
    """Say how large the map is, and name the group with the largest share of each of the first topics."""
    given = data.dropna(subset="share")
    rounded = given.assign(share=given["share"].round(9)).sort_values("share", ascending=False, kind="stable")
    most = rounded.drop_duplicates("topic").sort_values("topic").head(_TOLD)
    told = [
        remark("plot_topic_shares.most", topic=topic, label=label, group=group, share=share)
        for topic, label, group, share in most[["topic", "label", "group", "share"]].itertuples(index=False)
    ]
    counts = {"topics": data["topic"].nunique(), "groups": data["group"].nunique()}
    return remark("plot_topic_shares.alt_groups", told=told, **counts)


def _alt_panels(data: pd.DataFrame) -> Remark:
    """Name the periods, and the first and last share of each of the first topics."""
    given = data.dropna(subset="share")
    told = []
    for topic, part in list(given.groupby("topic"))[:_TOLD]:
        ends = {"first": part["share"].iloc[0], "last": part["share"].iloc[-1]}
        told.append(remark("plot_topic_shares.ends", topic=topic, label=part["label"].iloc[0], **ends))
    ends = {"first": str(given["group"].iloc[0]), "last": str(given["group"].iloc[-1])}
    return remark("plot_topic_shares.alt_time", panels=data["topic"].nunique(), told=told, **ends)


def _named(topics: pd.DataFrame, wrap: int, weak: AbstractSet[int]) -> list[str]:
    """Write number and label of each topic, on as many lines as it takes, with a star behind weak ones."""
    names = topics[["topic", "label"]].itertuples(index=False)
    return [textwrap.fill(f"{topic} {escape.one_line(label)}{' *' * (topic in weak)}", wrap) for topic, label in names]


def _with_remarks(attrs: Mapping[Any, Any], *remarks: Remark) -> dict[Any, Any]:
    """Return the facts of a table with remarks of the figure added."""
    return {**attrs, "remarks": [*attrs.get("remarks", ()), *remarks]}
