"""Topics over time as small multiples: one panel per topic, all on one scale."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from kit.corpus.corpus import NOT_STATED
from kit.plots.drawing import COLOURS, label, new_figure
from kit.plots.topic_wording import NONE, SHARE, check_shares, in_both, line_figure, named, percent, with_remarks

_PANEL, _FOOT = 27.0, 8.0  # mm: per row of panels, for the axis below
_ACROSS = 4  # panels side by side
_TICKS = 4  # periods named below a panel, at most
_WRAP = 26  # characters of a topic's label on one line
_TOLD = 5  # topics that the alternative text names

_UNDATED = {"en": "No document states its date.", "id": "Tidak ada dokumen yang mencantumkan tanggal."}
_LEFT_OUT = {
    "en": "Stories that state no date are not drawn ({n}).",
    "id": "Berita tanpa tanggal tidak digambar ({n}).",
}
_BANDS = {
    "en": "Bands are the intervals; open dots have too few stories for one.",
    "id": "Pita ialah intervalnya; titik kosong terlalu sedikit beritanya untuk interval.",
}
_ALT = {
    "en": "{panels} panels, one per topic: its share from {first} to {last}. {told}.",
    "id": "{panels} panel, satu per topik: proporsinya dari {first} sampai {last}. {told}.",
}
_FROM = {"en": "{label}: {first} at first, {last} at last", "id": "{label}: awalnya {first}, akhirnya {last}"}


def topic_time_figure(shares: pd.DataFrame) -> tuple[Canvas, pd.DataFrame]:
    """Draw the share of each topic over time, a small panel per topic.

    Parameters
    ----------
    shares : DataFrame
        From `kit.topic_shares` by ``year`` or ``month``.

    Returns
    -------
    figure : matplotlib.figure.Figure
        183 mm wide, up to four panels in a row, all on one scale from zero. Bands are intervals; a dot without one is
        open; where there is no document of a year or month, the line is broken. With nothing to draw it is a line that
        says so.
    data : DataFrame
        The rows drawn: those of a stated date.

    Raises
    ------
    ExhibitError
        The table has no groups or no shares.

    Examples
    --------
    >>> shares = pd.DataFrame({"group": ["2019", "2020"], "topic": 1, "label": "banjir", "share": [0.2, 0.4]})
    >>> figure, data = topic_time_figure(shares.assign(low=[0.1, 0.3], high=[0.3, 0.5], stories=90))
    >>> [axes.get_title("left") for axes in figure.axes]
    ['1 banjir']

    """
    check_shares(shares, "topic_time_figure")
    data = _dated(shares)
    if data["share"].isna().all():
        return line_figure(NONE if shares.empty else _UNDATED), data
    topics = data.drop_duplicates("topic")
    across = min(_ACROSS, len(topics))
    rows = math.ceil(len(topics) / across)
    figure, axes = new_figure("double", _FOOT + _PANEL * rows)
    axes.remove()
    panels = figure.subplots(rows, across, sharex=True, sharey=True, squeeze=False).ravel()
    top = float(np.nanmax(data[["share", "high"]].to_numpy(np.float64))) * 1.05 or 1.0
    for panel, row in zip(panels, topics.to_dict("records"), strict=False):
        _draw(panel, data[data["topic"] == row["topic"]])
        panel.set_title(named(row["topic"], row["label"], _WRAP), fontsize=6.5, fontweight="normal")
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
    figure.supylabel(label(SHARE), fontsize=7)
    return figure, data


def topic_time_alt(data: pd.DataFrame) -> dict[str, str]:
    """Write the alternative text of the small multiples.

    Parameters
    ----------
    data : DataFrame
        From `topic_time_figure`.

    Returns
    -------
    dict
        Keys ``en`` and ``id``: the periods, and the first and last share of each of the first five topics.

    Examples
    --------
    >>> shares = pd.DataFrame({"group": ["2019", "2020"], "topic": 1, "label": "banjir", "share": [0.2, 0.4]})
    >>> topic_time_alt(shares)["en"]
    '1 panels, one per topic: its share from 2019 to 2020. 1 banjir: 20 % at first, 40 % at last.'

    """
    given = data.dropna(subset="share")
    if given.empty:
        return dict(NONE if data.empty and not data.attrs.get("undated") else _UNDATED)
    told = []
    for topic, part in list(given.groupby("topic"))[:_TOLD]:
        name = f"{topic} {part['label'].iloc[0]}"
        ends = {"first": percent(part["share"].iloc[0]), "last": percent(part["share"].iloc[-1])}
        told.append(in_both(_FROM, label=name, **ends))
    joined = {language: "; ".join(text[language] for text in told) for language in _FROM}
    ends = {"first": str(given["group"].iloc[0]), "last": str(given["group"].iloc[-1])}
    return in_both(_ALT, panels=data["topic"].nunique(), told=joined, **ends)


def _dated(shares: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a stated date, and say what is not drawn."""
    stated = shares["group"] != NOT_STATED
    data = shares[stated].reset_index(drop=True)
    undated = int(shares[~stated].drop_duplicates("group")["stories"].sum())
    remarks = [] if data.empty else [_BANDS]
    if undated:
        remarks.append(in_both(_LEFT_OUT, n=undated))
    data.attrs = with_remarks(shares.attrs, *remarks) | {"undated": undated}
    return data


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
