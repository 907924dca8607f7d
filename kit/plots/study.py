"""A study plan: how likely a study of each size finds the difference."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.ticker import NullFormatter

from kit.codebook.codebook import Codebook
from kit.corpus.calls import recorded
from kit.measures.uncertainty import minimum
from kit.measures.uncertainty.planning import StudyPlan
from kit.plots.drawing import Drawing
from kit.plots.names import labels_by_language
from kit.plots.style import COLOURS, new_figure, word
from kit.settings import load_settings
from kit.wording.words import Remark, remark

_FAR = 10  # between the largest and the smallest answer
_ROW = 4.0  # mm of a row of the legend
_LINES = ("-", "--", "-.", ":")


@recorded(data=["concept", "effect", "articles"])
def plot_study(plan: StudyPlan, codebook: Codebook | None = None) -> Drawing:
    """Draw power against the number of articles per group, a line per concept and effect.

    Parameters
    ----------
    plan : StudyPlan
        What `kit.plan_study` returned.
    codebook : Codebook, optional
        Gives the labels of concepts; without it their names are drawn.

    Returns
    -------
    Drawing
        89 mm wide; the band is what the pilot leaves open, the dot the number of articles that reaches the power.
        Articles are on a logarithmic scale if the answers differ more than tenfold. Data: the plan's curve. Nothing is
        drawn where the pilot is too small for an answer.

    Examples
    --------
    >>> import numpy as np
    >>> from scipy import sparse
    >>> from kit.measures.counts.counts import Counts
    >>> from kit.measures.uncertainty.planning import plan_study
    >>> matrix = sparse.csr_array(np.tile([[0], [1], [0], [3]], (25, 1)))
    >>> ids = tuple(f"a{number:03}" for number in range(100))
    >>> pilot = Counts(matrix, ("melayani",), np.full(100, 250), ids, np.arange(100))
    >>> drawing = plot_study(plan_study(pilot, effect=[1.5, 2.0], concept="melayani"))
    >>> [text.get_text() for text in drawing.canvas.legends[0].get_texts()]
    ['melayani, × 1.5', 'melayani, × 2']
    >>> drawing.alt["en"].split(". ")[1]
    'Articles per group that reach it: melayani, × 1.5: 134 (power 0.80); melayani, × 2: 47 (power 0.80).'

    """
    drawn = plan.answer[plan.answer["articles"].notna()]
    if drawn.empty:
        return Drawing(None, plan.curve, _reason(plan.answer, codebook))
    canvas, axes = new_figure("single", 62 + _ROW * math.ceil(len(plan.answer) / 2))
    names = labels_by_language(plan.answer["concept"], codebook)[load_settings().labels]
    colours = [COLOURS[name] for name in COLOURS if name != "yellow"]
    for place, answer in enumerate(plan.answer.itertuples(index=False)):
        if math.isnan(answer.articles):
            continue
        part = plan.curve[(plan.curve["concept"] == answer.concept) & (plan.curve["effect"] == answer.effect)]
        colour = colours[place % len(colours)]
        band = part["articles"], part["power_low"], part["power_high"]
        axes.fill_between(*band, color=colour, alpha=0.15, linewidth=0, zorder=1)
        name = word("plot_study.line", concept=names[answer.concept], effect=answer.effect)
        axes.plot(part["articles"], part["power"], _LINES[place % len(_LINES)], color=colour, label=name, zorder=3)
        axes.plot([answer.articles], [answer.power], marker="o", color=colour, linestyle="none", zorder=4)
        axes.axhline(answer.power, color="0.8", linewidth=0.6, zorder=0)
    axes.set_ylim(0, 1)
    if drawn["articles"].max() > _FAR * drawn["articles"].min():
        numbers = axes.xaxis.get_major_formatter()
        axes.set_xscale("log")
        axes.xaxis.set_major_formatter(numbers)
        axes.xaxis.set_minor_formatter(NullFormatter())
    else:
        axes.set_xlim(0, float(plan.curve["articles"].max()))
    axes.set_xlabel(word("plot_study.articles"))
    axes.set_ylabel(word("plot_study.power"))
    canvas.legend(frameon=False, loc="outside lower center", ncols=2)
    return Drawing(canvas, plan.curve, _alt(drawn, codebook))


def _alt(drawn: pd.DataFrame, codebook: Codebook | None) -> Remark:
    """Tell each answer."""
    drawn = drawn.assign(concept=_told(drawn["concept"], codebook))
    rows = drawn[["concept", "effect", "articles", "power"]].astype({"articles": "int64"}).to_dict("records")
    told = [remark("plot_study.answer", **{str(name): value for name, value in row.items()}) for row in rows]
    return remark("plot_study.alt", lines=len(drawn), told=told)


def _told(concepts: pd.Series, codebook: Codebook | None) -> pd.Series:
    """Return what each concept is called, in all languages."""
    names = labels_by_language(concepts, codebook)
    return pd.Series([{one: names[one][name] for one in names} for name in concepts], concepts.index, dtype=object)


def _reason(answer: pd.DataFrame, codebook: Codebook | None) -> Remark:
    """Say how many stories name each concept, and how many are needed."""
    answer = answer.drop_duplicates("concept")
    answer = answer.assign(concept=_told(answer["concept"], codebook))
    told = [
        remark("plot_study.stories", concept=concept, stories=stories)
        for concept, stories in answer[["concept", "stories_with"]].itertuples(index=False)
    ]
    return remark("plot_study.none", told=told, least=minimum.PLANNED)
