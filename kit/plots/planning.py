"""The figure of a study plan: how likely a study of each size finds the difference."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import NullFormatter

from kit.measures.uncertainty.planning import StudyPlan
from kit.plots.drawing import COLOURS, label, new_figure

_FAR = 10  # between the largest and the smallest answer
_ROW = 4.0  # mm of a row of the legend
_LINES = ("-", "--", "-.", ":")


def planning_figure(plan: StudyPlan) -> tuple[Canvas, pd.DataFrame]:
    """Draw power against the number of articles per group, a line per concept and effect.

    Parameters
    ----------
    plan : StudyPlan
        What `kit.plan_study` returned.

    Returns
    -------
    figure : matplotlib.figure.Figure
        89 mm wide; the band is what the pilot leaves open, the dot the number of articles that reaches the power.
        Articles are on a logarithmic scale if the answers differ more than tenfold.
    data : DataFrame
        The plan's curve.

    Examples
    --------
    >>> import numpy as np
    >>> from scipy import sparse
    >>> from kit.measures.counts.counts import Counts
    >>> from kit.measures.uncertainty.planning import plan_study
    >>> matrix = sparse.csr_array(np.tile([[0], [1], [0], [3]], (25, 1)))
    >>> ids = tuple(f"a{number:03}" for number in range(100))
    >>> pilot = Counts(matrix, ("melayani",), np.full(100, 250), ids, np.arange(100))
    >>> figure, data = planning_figure(plan_study(pilot, effect=[1.5, 2.0], concept="melayani"))
    >>> [text.get_text() for text in figure.legends[0].get_texts()]
    ['melayani, × 1.5', 'melayani, × 2']

    """
    figure, axes = new_figure("single", 62 + _ROW * math.ceil(len(plan.answer) / 2))
    colours = [COLOURS[name] for name in COLOURS if name != "yellow"]
    for place, answer in enumerate(plan.answer.itertuples(index=False)):
        chosen = (plan.curve["concept"] == answer.concept) & (plan.curve["effect"] == answer.effect)
        part = plan.curve[chosen]
        if part.empty:
            continue
        colour = colours[place % len(colours)]
        axes.fill_between(
            part["articles"], part["power_low"], part["power_high"], color=colour, alpha=0.15, linewidth=0, zorder=1
        )
        name = (
            f"{answer.concept}, × {label({'en': f'{answer.effect:g}', 'id': f'{answer.effect:g}'.replace('.', ',')})}"
        )
        axes.plot(part["articles"], part["power"], _LINES[place % len(_LINES)], color=colour, label=name, zorder=3)
        axes.plot([answer.articles], [answer.power], marker="o", color=colour, linestyle="none", zorder=4)
        axes.axhline(answer.power, color="0.8", linewidth=0.6, zorder=0)
    axes.set_ylim(0, 1)
    if plan.answer["articles"].max() > _FAR * plan.answer["articles"].min():
        numbers = axes.xaxis.get_major_formatter()
        axes.set_xscale("log")
        axes.xaxis.set_major_formatter(numbers)
        axes.xaxis.set_minor_formatter(NullFormatter())
    else:
        axes.set_xlim(0, None if plan.curve.empty else float(plan.curve["articles"].max()))
    axes.set_xlabel(label({"en": "articles per group", "id": "artikel per kelompok"}))
    axes.set_ylabel(label({"en": "power", "id": "kuasa uji"}))
    if axes.get_lines():
        figure.legend(frameon=False, loc="outside lower center", ncols=2)
    return figure, plan.curve
