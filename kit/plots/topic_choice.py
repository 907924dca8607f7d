"""The choice of the number of topics: stability beside its null, coherence, distinctness and held-out fit."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import FuncFormatter

from kit.corpus.calls import recorded
from kit.plots.drawing import Drawing
from kit.plots.style import COLOURS, new_figure, word
from kit.settings import load_settings
from kit.topics.models.choice import TopicChoice
from kit.wording.numerals import shortest
from kit.wording.words import remark

_HEIGHT = 96.0  # mm
_COLUMNS = (
    "n_topics",
    "stability",
    "stability_error",
    "null_stability",
    "null_bound",
    "npmi",
    "diversity",
    "exclusivity",
    "heldout",
    "heldout_error",
    "recommended",
)
_DRAWN = ("examined", "interrupted")


@recorded(data=["n_topics"])
def plot_topic_choice(choice: TopicChoice) -> Drawing:
    """Draw what speaks for and against each number of topics.

    Parameters
    ----------
    choice : TopicChoice
        What `kit.compare_topics` returned.

    Returns
    -------
    Drawing
        183 mm wide, four panels over the number of topics: stability with its standard error, above the band of
        shuffled data (mean to bound); coherence; diversity and exclusivity; held-out gain with its standard error. A
        vertical line marks the number recommended, if one is. Data, one row per number of topics examined: the columns
        of `choice.table` that are drawn. Nothing is drawn where nothing could be examined.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> from kit.topics.quality.choice import compare_topics
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": ["Layanan cepat."]}), clean=False)
    >>> print(plot_topic_choice(compare_topics(corpus, [2, 3])).alt["en"][:27])
    Nothing could be examined:

    """
    table = choice.table
    data = table.loc[table["status"].isin(_DRAWN), [*_COLUMNS]].reset_index(drop=True)
    data.attrs = dict(table.attrs)
    if data.empty:
        return Drawing(None, data, choice.reason)
    figure, axes = new_figure("double", _HEIGHT)
    axes.remove()
    panels = [_panel(figure, place, data) for place in range(1, 5)]
    _stability(panels[0], data)
    _line(panels[1], data, "npmi", "green")
    panels[1].set_ylabel(word("plot_topic_choice.coherence"))
    _line(panels[2], data, "diversity", "purple", name=word("plot_topic_choice.diversity"))
    _line(panels[2], data, "exclusivity", "orange", name=word("plot_topic_choice.exclusivity"), mark="s", style="--")
    panels[2].set_ylim(0, 1.02)
    panels[2].set_ylabel(word("plot_topic_choice.distinctness"))
    _line(panels[3], data, "heldout", "sky", error="heldout_error")
    panels[3].set_ylabel(word("plot_topic_choice.heldout"))
    for axes in (panels[0], panels[2]):
        axes.legend(loc="best")
    if choice.recommended is None:
        panels[0].set_title(word("plot_topic_choice.none"), fontweight="normal")
    else:
        for axes in panels:
            axes.axvline(choice.recommended, color=COLOURS["vermillion"], linewidth=0.8, linestyle=":", zorder=1)
        panels[0].set_title(word("plot_topic_choice.recommended", k=choice.recommended), fontweight="normal")
    low, high = int(data["n_topics"].min()), int(data["n_topics"].max())
    return Drawing(figure, data, remark("plot_topic_choice.alt", low=low, high=high, reason=choice.reason))


def _panel(figure: Canvas, place: int, data: pd.DataFrame) -> Axes:
    """Return one of the four panels, with whole numbers of topics below."""
    axes = figure.add_subplot(2, 2, place)
    numbers = data["n_topics"].tolist()
    step = max(1, len(numbers) // 12)
    axes.set_xticks(numbers[::step], [str(number) for number in numbers[::step]])
    axes.set_xlabel(word("plot_topic_choice.topics"))
    axes.yaxis.set_major_formatter(FuncFormatter(_number))
    return axes


def _number(value: float, _: int | None) -> str:
    """Write a number on an axis with the decimal mark of the labels' language."""
    return shortest(float(f"{value:.6g}"), load_settings().labels)


def _stability(axes: Axes, data: pd.DataFrame) -> None:
    """Draw stability above the band of the null."""
    grey = "0.75"
    axes.fill_between(
        data["n_topics"], data["null_stability"], data["null_bound"], color=grey, linewidth=0, zorder=0, alpha=0.6
    )
    shuffled = word("plot_topic_choice.null")
    axes.plot(data["n_topics"], data["null_stability"], "--", color="0.45", label=shuffled, zorder=2)
    _line(axes, data, "stability", "blue", error="stability_error", name=word("plot_topic_choice.corpus"))
    axes.set_ylim(0, 1.02)
    axes.set_ylabel(word("plot_topic_choice.stability"))


def _line(
    axes: Axes,
    data: pd.DataFrame,
    column: str,
    colour: str,
    *,
    error: str | None = None,
    name: str | None = None,
    mark: str = "o",
    style: str = "-",
) -> None:
    """Draw one column, with its standard error if it has one."""
    axes.errorbar(
        data["n_topics"],
        data[column],
        yerr=None if error is None else data[error],
        color=COLOURS[colour],
        marker=mark,
        linestyle=style,
        label=name,
        elinewidth=0.8,
        zorder=3,
    )
