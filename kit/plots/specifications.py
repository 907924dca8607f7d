"""A result under every analytic choice: its range, and which choice moves it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.corpus.calls import recorded
from kit.plots.drawing import Drawing
from kit.plots.style import COLOURS, new_figure, word
from kit.settings import LANGUAGES, load_settings
from kit.validity.specifications.specifications import SHARE, Specifications
from kit.wording import escape, words
from kit.wording.words import Remark, remark

_ROW, _MARGIN = 4.0, 26.0  # mm
_TOLD = 3  # ranges that the alternative text tells
_DARK = 0.55  # shares from here on are written in white


@recorded(data=["concept"])
def plot_specifications(specifications: Specifications, codebook: Codebook | None = None) -> Drawing:
    """Draw how far each concept's result moves with the analytic choices, and which choice moves it.

    Parameters
    ----------
    specifications : Specifications
        What `kit.compare_specifications` returned.
    codebook : Codebook, optional
        Gives the labels; without it the concepts' ids are drawn.

    Returns
    -------
    Drawing
        183 mm wide. Left: the kit's own result (dot), the range over all specifications (line), the median (tick).
        Right: the share of the variance of each choice, in per cent. Concepts that no specification finds are left out.
        Data: the summary. Nothing is drawn where nothing is found.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": ["ASN melayani."]}), clean=False)
    >>> found = kit.compare_specifications(corpus, kit.load_codebook(), concepts=["melayani"])
    >>> kit.plot_specifications(found).alt["en"].split(": ")[0]
    '1 concepts under 384 specifications'

    """
    summary = specifications.summary
    own = "rate_difference" if "rate_difference" in summary.columns else "per_1000"
    drawn = summary[(summary["lowest"] != 0) | (summary["highest"] != 0)].reset_index(drop=True)
    if drawn.empty:
        return Drawing(None, summary, remark("plot_specifications.none"))
    summary = summary.copy()
    summary.attrs["remarks"] = [*summary.attrs.get("remarks", ()), remark("plot_specifications.marks")]
    language = load_settings().labels
    shares = [name for name in drawn.columns if str(name).startswith(SHARE)]
    canvas, axes = new_figure("double", _MARGIN + _ROW * len(drawn))
    axes.remove()
    left, right = canvas.subplots(1, 2, width_ratios=(3, 2), sharey=True)
    rows = np.arange(len(drawn))
    left.hlines(rows, drawn["lowest"], drawn["highest"], color=COLOURS["sky"], linewidth=2)
    left.plot(drawn["median"], rows, "|", color="0.3", markersize=5)
    left.plot(drawn[own], rows, "o", color=COLOURS["blue"], markersize=4, clip_on=False)
    if own == "per_1000":
        left.set_xlim(left=0)
    else:
        left.axvline(0, color="0.7", linewidth=0.5, zorder=0)
    left.set_yticks(rows, [escape.one_line(name) for name in _names(drawn, codebook, language)])
    left.set_ylim(len(drawn) - 0.5, -0.5)
    left.set_xlabel(word("plot_specifications.rates" if own == "per_1000" else "plot_specifications.differences"))
    values = drawn[shares].to_numpy(np.float64)
    corners = np.arange(len(shares) + 1), np.arange(len(drawn) + 1) - 0.5
    right.pcolormesh(*corners, np.nan_to_num(values), cmap="Blues", vmin=0, vmax=1, edgecolors="white", linewidth=0.5)
    for (row, column), share in np.ndenumerate(values):
        if share >= 0.005:
            colour = "white" if share > _DARK else "0.2"
            right.text(column + 0.5, row, f"{100 * share:.0f}", ha="center", va="center", fontsize=6, color=colour)
    headings = [words.heading(str(name), language) for name in shares]
    right.set_xticks(np.arange(len(shares)) + 0.5, headings, rotation=40, ha="right")
    right.set_xlabel(word("plot_specifications.shares"))
    for side in (left, right):
        side.tick_params(axis="y", length=0)
    return Drawing(canvas, summary, _alt(drawn, shares, codebook))


def _names(drawn: pd.DataFrame, codebook: Codebook | None, language: str) -> list[str]:
    """Return what each row is called."""
    named = drawn["concept"] if codebook is None else codebook.labelled(drawn, language)["label"]
    return [str(name) for name in named]


def _alt(drawn: pd.DataFrame, shares: list[str], codebook: Codebook | None) -> Remark:
    """Tell the widest ranges, and what moves them."""
    width = drawn["highest"] - drawn["lowest"]
    told = []
    names = {language: _names(drawn, codebook, language) for language in LANGUAGES}
    for row in width.sort_values(ascending=False, kind="stable").index[:_TOLD]:
        most = max(shares, key=lambda name: drawn.loc[row, name]) if drawn.loc[row, shares].notna().all() else ""
        told.append(
            remark(
                "plot_specifications.range",
                concept={language: names[language][row] for language in LANGUAGES},
                choice={language: words.heading(most, language) or "-" for language in LANGUAGES},
                **{name: float(drawn.loc[row, name]) for name in ("lowest", "highest")},
            )
        )
    number = int(drawn["specifications"].iloc[0])
    return remark("plot_specifications.alt", rows=len(drawn), number=number, told=told)
