"""Groups beside each other: for each item a dot and its interval per group, on a scale that begins at zero."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from kit.codebook.codebook import Codebook
from kit.corpus.calls import recorded
from kit.corpus.corpus import NOT_STATED
from kit.corpus.selection import JOINT
from kit.errors import ExhibitError
from kit.plots.drawing import Drawing
from kit.plots.names import labels_by_language, labels_of
from kit.plots.style import COLOURS, new_figure, word
from kit.settings import load_settings
from kit.wording import escape
from kit.wording.words import Remark, remark

#: A colour and a mark for each group, so that they are told apart in print without colours too.
LOOKS = (
    ("blue", "o"),
    ("vermillion", "s"),
    ("green", "^"),
    ("purple", "D"),
    ("orange", "v"),
    ("sky", "P"),
    ("black", "X"),
)
_ITEMS = 20
_DOT, _GAP, _MARGIN = 2.2, 2.0, 16.0  # mm: for a group in a row, between rows, for the axis
_LEGEND = 4.0  # mm per line
_TOLD = 3
_BEYOND = 2  # times the largest rate: what lies beyond is cut, with an arrow
_NEEDED = ("item", "count", "per_1000", "low", "high", "group_stories")


@recorded(data=["item"])
def plot_compare(table: pd.DataFrame, codebook: Codebook | None = None, *, top: int = _ITEMS) -> Drawing:
    """Draw how often groups name each item, with intervals.

    Parameters
    ----------
    table : DataFrame
        What `kit.compare` returned, or some of its rows.
    codebook : Codebook, optional
        Gives the labels of concepts; without it the items' names are drawn.
    top : int
        How many items to draw: those with the largest counts, in the order of the table.

    Returns
    -------
    Drawing
        183 mm wide. For each item a dot (full: with an interval, open: too few stories for one) and a line from the
        lower to the upper end for each group, in its colour and with its mark. A line that ends in an arrow goes
        on: the scale ends at twice the largest rate. Of more than seven groups those with
        most stories are drawn; documents that do not state their group are not. Data: the rows drawn. Nothing is drawn
        where there are no two groups, or none names an item.

    Raises
    ------
    ExhibitError
        The table is not one of `kit.compare`, or `top` is less than 1.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> rows = [{"doc_id": str(n), "outlet": "AB"[n % 2], "text": f"ASN melayani warga {n}."} for n in range(40)]
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame(rows), clean=False)
    >>> drawing = plot_compare(kit.compare(corpus, kit.load_codebook(), by="outlet"))
    >>> drawing.alt["en"].split(". ")[0]
    'Dots and intervals of 3 items in 2 groups (A; B), per 1,000 words and numbers'

    """
    for column in _NEEDED:
        if column not in table.columns:
            remedy = "pass what kit.compare gave back"
            raise ExhibitError(f"the table has no column {column!r}", place="plot_compare", remedy=remedy)
    if top < 1:
        raise ExhibitError(f"top = {top!r}", place="plot_compare", remedy="use a whole number from 1 up")
    made = [str(name) for name in table.columns[: list(table.columns).index("item")]]
    data, groups = _drawn(table, made, top)
    if len(groups) < 2:
        return Drawing(None, table, table.attrs.get("missing") or remark("plot_compare.none"))
    items = list(dict.fromkeys(data["item"]))
    names = dict(zip(items, labels_of(items, codebook, load_settings().labels), strict=True))
    return Drawing(_dots(data, _labels(data, made), groups, names), data, _alt(data, made, groups, codebook))


def _labels(table: pd.DataFrame, made: Sequence[str]) -> pd.Series:
    """Return what the group of each row is called."""
    return table[list(made)].agg(JOINT.join, axis=1) if len(table) else pd.Series([], dtype="str")


def _drawn(table: pd.DataFrame, made: Sequence[str], top: int) -> tuple[pd.DataFrame, list[str]]:
    """Return the rows that are drawn, and their groups in order."""
    stated = table[(table[list(made)] != NOT_STATED).all(axis=1) & table["per_1000"].notna()]
    group = _labels(stated, made)
    sizes = stated.groupby(group, sort=False)["group_stories"].first()
    largest = sizes.sort_values(ascending=False, kind="stable").head(len(LOOKS)).index
    kept = stated[group.isin(largest)]
    counts = kept.groupby("item", sort=False)["count"].sum()
    items = counts[counts > 0].sort_values(ascending=False, kind="stable").head(top).index
    data = kept[kept["item"].isin(items)].reset_index(drop=True)
    said = [remark("plot_compare.dots")]
    if len(data) and (data["high"] > _most(data)).any():
        said.append(remark("plot_compare.beyond"))
    if len(data) and (data["per_1000"] > _most(data)).any():
        said.append(remark("plot_compare.outside"))
    if len(sizes) > len(largest):
        said.append(remark("plot_compare.cut", shown=len(largest), all=len(sizes)))
    if len(items) < (counts > 0).sum():
        said.append(remark("plot_compare.items", shown=len(items), all=int((counts > 0).sum())))
    if len(stated) < len(table) and (table[list(made)] == NOT_STATED).any(axis=None):
        said.append(remark("plot_compare.not_stated"))
    data.attrs = {**table.attrs, "remarks": [*table.attrs.get("remarks", ()), *said]}
    return data, [name for name in sizes.index if name in set(largest)] if len(data) else []


def _dots(data: pd.DataFrame, group: pd.Series, groups: Sequence[str], names: Mapping[str, str]) -> Canvas:
    """Draw the groups of each item close together, the items apart."""
    items = data["item"].unique().tolist()
    row = _DOT * len(groups) + _GAP
    figure, axes = new_figure("double", _MARGIN + row * len(items) + _LEGEND * len(groups))
    most = _most(data)
    place = data["item"].map({item: number for number, item in enumerate(items)}).to_numpy(np.float64)
    for number, name in enumerate(groups):
        colour, mark = COLOURS[LOOKS[number][0]], LOOKS[number][1]
        own = (group == name).to_numpy()
        at = place[own] + (number - (len(groups) - 1) / 2) * _DOT / row
        rate, low, high = (data.loc[own, column].to_numpy(np.float64) for column in ("per_1000", "low", "high"))
        sure = ~np.isnan(low)
        axes.hlines(at[sure], low[sure], np.minimum(high, most)[sure], color=colour, linewidth=1.0, alpha=0.6, zorder=1)
        beyond = sure & (high > most)
        if beyond.any():
            arrow: dict[str, Any] = {"marker": ">", "markersize": 2.5, "linestyle": "none", "clip_on": False}
            axes.plot(np.full(beyond.sum(), most), at[beyond], color=colour, zorder=1, **arrow)
        stories = int(data.loc[own, "group_stories"].iloc[0])
        label = word("plot_compare.group", name=escape.one_line(name), n=stories)
        look: dict[str, Any] = {"linestyle": "none", "marker": mark, "markersize": 3.4, "markeredgecolor": colour}
        axes.plot([], [], markerfacecolor=colour, label=label, **look)
        outside = rate > most
        for kept, filling, own_mark in (
            (sure, colour, mark),
            (~sure & ~outside, "white", mark),
            (outside, "white", ">"),
        ):
            if kept.any():  # an empty line that is not clipped takes room at the foot of the figure
                at_dot: dict[str, Any] = {"zorder": 2, "clip_on": False, "markeredgewidth": 0.7, "marker": own_mark}
                axes.plot(np.minimum(rate, most)[kept], at[kept], markerfacecolor=filling, **look | at_dot)
    for line in range(1, len(items)):
        axes.axhline(line - 0.5, color="0.9", linewidth=0.5, zorder=0)
    axes.set_xlim(0, most * 1.03 or 1.0)
    axes.set_yticks(range(len(items)), [names[item] for item in items])
    axes.set_ylim(len(items) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel(word("plot_compare.axis"))
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), borderaxespad=0.4)
    return figure


def _most(data: pd.DataFrame) -> float:
    """Return the largest number that is drawn: the largest end, but no more than twice the largest rate.

    Rates with an interval set the scale where there are any, so that one odd text does not press the others together.
    """
    rate = data["per_1000"].to_numpy(np.float64)
    sure = data["low"].notna().to_numpy()
    largest = float(np.nanmax(rate[sure] if sure.any() else rate, initial=0.0))
    ends = np.concatenate([data["high"].to_numpy(np.float64), rate])
    return max(largest, float(np.nanmax(np.minimum(ends, _BEYOND * largest), initial=0.0)))


def _alt(data: pd.DataFrame, made: Sequence[str], groups: Sequence[str], codebook: Codebook | None) -> Remark:
    """Tell the rates of the items that are counted most often."""
    names = labels_by_language(dict.fromkeys(data["item"]), codebook)
    named = data.assign(_group=_labels(data, made))
    counts = data.groupby("item", sort=False)["count"].sum().sort_values(ascending=False, kind="stable")
    told = []
    for item in counts.index[:_TOLD]:
        rows = named.loc[named["item"] == item, ["_group", "per_1000"]].itertuples(index=False)
        rates = [remark("plot_compare.rate", group=group, rate=rate) for group, rate in rows]
        label = {language: names[language][item] for language in names}
        told.append(remark("plot_compare.told", item=label, rates=rates))
    number = int(data["item"].nunique())
    return remark("plot_compare.alt", items=number, groups=len(groups), names=list(groups), told=told)
