"""The heat map of topics and groups of documents: which outlet, place or year writes about what."""

from __future__ import annotations

import textwrap

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import Colormap, LinearSegmentedColormap
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Rectangle

from kit.plots.drawing import COLOURS, label, new_figure
from kit.plots.topic_wording import NONE, SHARE, check_shares, in_both, line_figure, named, percent, with_remarks
from kit.wording import escape

#: Columns that 183 mm can hold with numbers that are read.
MOST_GROUPS = 24
_ROW, _MARGIN = 5.0, 24.0  # mm: per topic, for the axis and the colour bar
_LETTER, _LEVEL = 1.2, 7.0  # mm: per letter of an upright name, for level names
_WRAP, _NAME = 42, 22  # characters of a topic's label on one line, of a group's name
_BESIDE = 80  # characters of group names that stand side by side
_DARK = 0.55  # of the scale, from which numbers are white
_TOLD = 5  # topics that the alternative text names

_CUT = {
    "en": "Drawn: the {shown} groups with most stories, of {all}.",
    "id": "Digambar: {shown} kelompok dengan berita terbanyak dari {all}.",
}
_CELLS = {
    "en": "Cells in per cent; hatched: too few stories for an interval. Under each group, its stories.",
    "id": "Sel dalam persen; arsir: terlalu sedikit berita untuk interval. Di bawah tiap kelompok, banyaknya berita.",
}
_ALT = {
    "en": "Heat map of {topics} topics by {groups} groups of documents. {told}.",
    "id": "Peta panas {topics} topik menurut {groups} kelompok dokumen. {told}.",
}
_MOST = {"en": "{label}: most in {group} ({share})", "id": "{label}: terbanyak di {group} ({share})"}


def topic_group_figure(shares: pd.DataFrame) -> tuple[Canvas, pd.DataFrame]:
    r"""Draw the shares of topics in groups of documents as a heat map.

    Parameters
    ----------
    shares : DataFrame
        From `kit.topic_shares` with groups.

    Returns
    -------
    figure : matplotlib.figure.Figure
        183 mm wide: a row per topic, a column per group, in the order of the table; in each cell the share in per cent.
        Cells without an interval are hatched. Of more than 24 groups, the 24 with most stories are drawn. With nothing
        to draw it is a line that says so.
    data : DataFrame
        The rows drawn.

    Raises
    ------
    ExhibitError
        The table has no groups or no shares.

    Examples
    --------
    >>> shares = pd.DataFrame({"group": ["A", "B"], "topic": [1, 1], "label": ["banjir"] * 2, "share": [0.2, 0.4]})
    >>> shares = shares.assign(low=[0.1, None], high=[0.3, None], stories=[90, 9])
    >>> figure, data = topic_group_figure(shares)
    >>> [text.get_text() for text in figure.axes[0].get_xticklabels()]
    ['A\n90', 'B\n9']

    """
    check_shares(shares, "topic_group_figure")
    data = _drawn(shares)
    if data.empty:
        return line_figure(NONE), data
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
    axes.set_yticks(range(len(topics)), [named(row["topic"], row["label"], _WRAP) for row in topics.to_dict("records")])
    counts = groups["stories"].tolist()
    axes.set_xticks(range(len(groups)), [f"{name}\n{count}" for name, count in zip(names, counts, strict=True)])
    axes.tick_params(axis="x", length=0, rotation=90 if upright else 0)
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(len(topics) - 0.5, -0.5)
    for side in axes.spines.values():
        side.set_visible(False)
    bar = figure.colorbar(mesh, ax=axes, location="bottom", shrink=0.5, aspect=40, pad=0.02)
    bar.set_label(label(SHARE))
    bar.ax.xaxis.set_major_formatter(lambda value, _: percent(value))
    return figure, data


def topic_group_alt(data: pd.DataFrame) -> dict[str, str]:
    """Write the alternative text of the heat map.

    Parameters
    ----------
    data : DataFrame
        From `topic_group_figure`.

    Returns
    -------
    dict
        Keys ``en`` and ``id``: its size, and the group with the largest share of each of the first five topics.

    Examples
    --------
    >>> shares = pd.DataFrame({"group": ["A", "B"], "topic": [1, 1], "label": ["banjir"] * 2, "share": [0.2, 0.4]})
    >>> topic_group_alt(shares)["en"]
    'Heat map of 1 topics by 2 groups of documents. 1 banjir: most in B (40 %).'

    """
    given = data.dropna(subset="share")
    if given.empty:
        return dict(NONE)
    rounded = given.assign(share=given["share"].round(9)).sort_values("share", ascending=False, kind="stable")
    most = rounded.drop_duplicates("topic").sort_values("topic").head(_TOLD)
    told = [
        in_both(_MOST, label=f"{row['topic']} {row['label']}", group=row["group"], share=percent(row["share"]))
        for row in most.to_dict("records")
    ]
    joined = {language: "; ".join(text[language] for text in told) for language in _MOST}
    return in_both(_ALT, topics=data["topic"].nunique(), groups=data["group"].nunique(), told=joined)


def _drawn(shares: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the largest groups that have a story, in the order of the table."""
    filled = shares[shares["stories"] > 0]
    groups = filled.drop_duplicates("group")
    largest = groups.sort_values("stories", ascending=False, kind="stable").head(MOST_GROUPS)["group"]
    data = filled[filled["group"].isin(largest)].reset_index(drop=True)
    remarks = [] if data.empty else [_CELLS]
    if len(groups) > MOST_GROUPS:
        remarks.append(in_both(_CUT, shown=MOST_GROUPS, all=len(groups)))
    data.attrs = with_remarks(shares.attrs, *remarks)
    return data


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
