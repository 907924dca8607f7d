"""Keyness: how many times as frequent each item is, on a scale of doublings, with its interval."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from kit.codebook.codebook import Codebook
from kit.corpus.calls import recorded
from kit.errors import ExhibitError
from kit.plots.drawing import Drawing
from kit.plots.names import labels_by_language, labels_of
from kit.plots.style import COLOURS, new_figure, word
from kit.settings import load_settings
from kit.wording import numerals
from kit.wording.words import Remark, remark

_ROW = 4.0  # mm per row
_MARGIN = 26.0  # mm for the axis and the key below, and the headings of the counts above
_NAME = 40  # characters of a name
_ARROW = 14  # points
_WHOLE = 100  # per million: rates from here on are written without decimals
_HALF: tuple[int, tuple[float, float]] = (0, (2.0, 1.0))  # dashes of a bar with one end
_FEW = 5  # alternative text names so many items
_DATA = (
    "item", "count_target", "count_reference", "per_million_target", "per_million_reference", "reference_bound",
    "log_ratio", "log_ratio_low", "log_ratio_high",
)  # fmt: skip
_MORE, _LESS = COLOURS["blue"], COLOURS["vermillion"]
_SOFT: dict[str, Any] = {"color": "0.4", "fontsize": 6, "annotation_clip": False}
_DOT: dict[str, Any] = {"marker": "o", "markersize": 4, "markeredgewidth": 0.8, "linestyle": "none"}


@recorded(data=["item"])
def plot_keyness(table: pd.DataFrame, codebook: Codebook | None = None, *, top: int = 25) -> Drawing:
    """Draw the log ratios of the first items of a keyness table.

    Parameters
    ----------
    table : DataFrame
        What `kit.keyness` returned, whole or in part; drawn in its order.
    codebook : Codebook, optional
        Gives the labels of concepts; without it the items' names are drawn.
    top : int
        How many items to draw; those without a log ratio are passed over.

    Returns
    -------
    Drawing
        183 mm wide. A dot at the log ratio, a bar for the interval where there is one, a line at no difference. A
        dashed bar with an arrow has one end only, and is no interval: the other end is not known. An open dot with an
        arrow is a lower bound: the item is not in the reference list. Any other open dot stands for a count of zero. At
        the right the counts, or the reference's rate where it has no counts; ≤ marks a bound. Items with an interval,
        items without one, and items too rare to be ranked stand under headings, if more than one of these kinds is
        drawn. Data, one row per dot: `item`, `count_target`, `count_reference`, `per_million_target`,
        `per_million_reference`, `reference_bound`, `log_ratio`, `log_ratio_low`, `log_ratio_high`, as in `kit.keyness`.
        Nothing is drawn where no item has a log ratio.

    Raises
    ------
    ExhibitError
        The table is not from `kit.keyness`, or `top` is below 1.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> def corpus(text):
    ...     return kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": [text]}), clean=False)
    >>> ours, news = corpus("ASN melayani, melayani warga."), corpus("Warga menunggu warga.")
    >>> drawing = plot_keyness(kit.keyness(ours, news, items=["warga", "melayani"]))
    >>> drawing.data[["item", "count_target", "count_reference", "log_ratio"]].round(2).to_numpy().tolist()
    [['melayani', 2, 0, 1.58], ['warga', 1, 2, -1.42]]

    """
    data = _drawn(table, top)
    if data.empty:
        return Drawing(None, data, remark("plot_keyness.none"))
    groups = _groups(data, int(table.attrs.get("floor", 0)))
    head = (groups != groups.shift()).to_numpy(bool)
    if not 1 < groups.nunique() == head.sum():  # one group, or rows in an order of the user's own
        head = np.zeros(len(data), bool)
    rows = np.arange(len(data)) + np.cumsum(head)
    figure, axes = new_figure("double", _MARGIN + _ROW * (len(data) + int(head.sum())))
    axes.set_xlabel(word("plot_keyness.axis"))
    axes.axvline(0, color="0.35", linewidth=0.6, zorder=1)
    _draw_scale(axes, data)
    for row, item in zip(rows.tolist(), data.itertuples(index=False), strict=True):
        _draw_item(axes, row, item)
    for row, group in zip(rows[head].tolist(), groups[head], strict=True):
        axes.annotate(
            group, (0, row - 1), xycoords=("axes fraction", "data"), xytext=(2, 0),
            textcoords="offset points", va="center", bbox={"color": "white", "pad": 0.5}, **_SOFT,
        )  # fmt: skip
        if row > 1:
            axes.axhline(row - 1.5, color="0.8", linewidth=0.5, zorder=0)
    _draw_names(axes, rows.tolist(), data, labels_of(data["item"], codebook, load_settings().labels))
    _draw_key(figure, data, table.attrs.get("level"))
    return Drawing(figure, data, _alt(data, codebook))


def _alt(data: pd.DataFrame, codebook: Codebook | None) -> Remark:
    """Say how many items are drawn and how, and name the first with their log ratios."""
    ratio, known = data["log_ratio"], data[["log_ratio_low", "log_ratio_high"]].notna().sum(axis=1)
    names = labels_by_language(data["item"].head(_FEW), codebook)
    first = [
        remark(
            "plot_keyness.least" if bound else "plot_keyness.item",
            item={language: names[language][item] for language in names},
            ratio=value,
        )
        for item, bound, value in data[["item", "reference_bound", "log_ratio"]].head(_FEW).itertuples(index=False)
    ]
    return remark(
        "plot_keyness.alt",
        rows=len(data),
        more=(ratio > 0).sum(),
        less=(ratio < 0).sum(),
        sure=(known == 2).sum(),
        half=((known == 1) & ~data["reference_bound"]).sum(),
        bound=data["reference_bound"].sum(),
        told=first,
    )


def _drawn(table: pd.DataFrame, top: int) -> pd.DataFrame:
    """Return the rows that are drawn."""
    for column in _DATA:
        if column not in table.columns:
            raise ExhibitError(f"the table has no column {column!r}", place="plot_keyness", remedy="use kit.keyness")
    if top < 1:
        raise ExhibitError(f"top = {top}", place="plot_keyness", remedy="use 1 or more")
    return table.loc[table["log_ratio"].notna(), list(_DATA)].head(top).reset_index(drop=True)


def _groups(data: pd.DataFrame, floor: int) -> pd.Series:
    """Name the block that each row belongs to: what is sure, what is not, what is rare besides."""
    both = data["count_target"] + data["count_reference"].fillna(0)
    names = [word("plot_keyness.sure"), word("plot_keyness.unsure"), word("plot_keyness.rare", floor=floor)]
    sure = data["log_ratio_low"].notna() | data["log_ratio_high"].notna()
    return pd.Series([names[0 if one else 1 + two] for one, two in zip(sure, both < floor, strict=True)])


def _draw_scale(axes: Axes, data: pd.DataFrame) -> None:
    """Let the scale hold all dots, bars and arrows, and zero; whole steps only."""
    ends = data[["log_ratio", "log_ratio_low", "log_ratio_high"]].to_numpy(np.float64)
    low, high = min(0.0, float(np.nanmin(ends))), max(0.0, float(np.nanmax(ends)))
    width = max(high - low, 1.0)
    axes.set_xlim(low - 0.03 * width if low < 0 else -0.02 * width, high + 0.06 * width)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=9, integer=True))
    axes.grid(axis="x", color="0.92", linewidth=0.5)


def _draw_item(axes: Axes, row: int, item: Any) -> None:
    """Draw the dot of one item, with its bar, or with its arrow if it is a bound."""
    colour = _MORE if item.log_ratio >= 0 else _LESS
    axes.hlines([row], 0, item.log_ratio, color="0.85", linewidth=0.6, zorder=1)
    low, high = item.log_ratio_low, item.log_ratio_high
    if not (np.isnan(low) and np.isnan(high)):
        ends = [item.log_ratio if np.isnan(end) else end for end in (low, high)]
        half = bool(np.isnan(low) or np.isnan(high))
        axes.hlines(
            [row], *ends, color=colour, linewidth=1.2, zorder=2, capstyle="butt", linestyle=_HALF if half else "-"
        )
        if half:
            _draw_arrow(axes, row, item.log_ratio, colour, up=bool(np.isnan(high)))
        axes.plot([end for end in (low, high) if not np.isnan(end)], [row] * (2 - np.isnan([low, high]).sum()),
                  marker="|", markersize=4, markeredgewidth=0.8, color=colour, linestyle="none", zorder=2)  # fmt: skip
    elif item.reference_bound:
        _draw_arrow(axes, row, item.log_ratio, colour, up=True)
    hollow = item.reference_bound or 0 in (item.count_target, item.count_reference)
    axes.plot([item.log_ratio], [row], color=colour, markerfacecolor="white" if hollow else colour, zorder=3, **_DOT)


def _draw_arrow(axes: Axes, row: int, at: float, colour: str, *, up: bool) -> None:
    """Draw an arrow from a dot to the side where no end is known."""
    axes.annotate(
        "", (at, row), xytext=(_ARROW if up else -_ARROW, 0), textcoords="offset points", annotation_clip=False,
        arrowprops={"arrowstyle": "<|-,head_width=0.15,head_length=0.3", "color": colour, "linewidth": 0.8,
                    "shrinkA": 0, "shrinkB": 0},
    )  # fmt: skip


def _draw_names(axes: Axes, rows: list[int], data: pd.DataFrame, names: list[str]) -> None:
    """Name the rows at the left, and print the raw numbers of both sides at the right."""
    axes.set_yticks(rows, [item if len(item) <= _NAME else item[: _NAME - 1] + "…" for item in names])
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(rows[-1] + 0.6, -0.6)
    language = load_settings().labels
    rates = data["count_reference"].isna().any()
    columns = [
        (word("plot_keyness.target"), numerals.counts(data["count_target"], language), 30),
        (word("plot_keyness.rates" if rates else "plot_keyness.counts"), _references(data, rates=rates), 68),
    ]
    for name, numbers, offset in columns:
        axes.annotate(name, (1, 1), xycoords="axes fraction", xytext=(offset, 4), textcoords="offset points",
                      ha="right", va="bottom", **_SOFT)  # fmt: skip
        for row, number in zip(rows, numbers, strict=True):
            axes.annotate(number, (1, row), xycoords=("axes fraction", "data"), xytext=(offset, 0),
                          textcoords="offset points", ha="right", va="center", fontsize=6.5,
                          annotation_clip=False)  # fmt: skip


def _references(data: pd.DataFrame, *, rates: bool) -> list[str]:
    """Write the counts of the reference, or its rates, with a sign before what is only a bound."""
    language = load_settings().labels
    if not rates:
        return numerals.counts(data["count_reference"], language)
    given = data["per_million_reference"].tolist()
    marked = numerals.grouped(given)
    written = [numerals.decimal(rate, 0 if rate >= _WHOLE else 1, language, grouped=marked) for rate in given]
    return [f"≤ {rate}" if bound else rate for rate, bound in zip(written, data["reference_bound"], strict=True)]


def _draw_key(figure: Canvas, data: pd.DataFrame, level: float | None) -> None:
    """Explain the marks that are drawn, and no others."""
    ratio, bound = data["log_ratio"], data["reference_bound"]
    entries = []
    if (ratio >= 0).any():
        entries.append(Line2D([], [], color=_MORE, label=word("plot_keyness.more"), **_DOT))
    if (ratio < 0).any():
        entries.append(Line2D([], [], color=_LESS, label=word("plot_keyness.less"), **_DOT))
    known = data[["log_ratio_low", "log_ratio_high"]].notna().sum(axis=1)
    if (known == 2).any():
        named = word("plot_keyness.interval") if level is None else word("plot_keyness.level", percent=100 * level)
        entries.append(Line2D([], [], color=_MORE, linewidth=1.2, label=named))
    if ((known == 1) & ~bound).any():
        entries.append(Line2D([], [], color=_MORE, linewidth=1.2, linestyle=_HALF, label=word("plot_keyness.half")))
    if bound.any():
        entries.append(Line2D([], [], color=_MORE, markerfacecolor="white", label=word("plot_keyness.bound"), **_DOT))
    if ((data[["count_target", "count_reference"]] == 0).any(axis=1) & ~bound).any():
        entries.append(Line2D([], [], color=_MORE, markerfacecolor="white", label=word("plot_keyness.zero"), **_DOT))
    figure.legend(handles=entries, loc="outside lower center", ncols=len(entries), handletextpad=0.6, columnspacing=1.4)
