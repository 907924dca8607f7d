"""The figure of a choice of topics: stability beside its null, coherence, distinctness and held-out fit."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import FuncFormatter

from kit.plots.drawing import COLOURS, label, new_figure
from kit.topics.quality.result import TopicChoice

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
_ALT = {
    "en": "Four panels over {low} to {high} topics: stability beside shuffled data, coherence, diversity and "
    "exclusivity, held-out gain.",
    "id": "Empat panel atas {low} sampai {high} topik: kestabilan di samping data teracak, koherensi, keragaman dan "
    "eksklusivitas, perolehan di luar sampel.",
}
_WORDS = {
    "topics": {"en": "topics", "id": "topik"},
    "stability": {"en": "stability", "id": "kestabilan"},
    "corpus": {"en": "corpus", "id": "korpus"},
    "null": {"en": "shuffled, with bound", "id": "teracak, dengan batas"},
    "coherence": {"en": "coherence (NPMI)", "id": "koherensi (NPMI)"},
    "distinctness": {"en": "distinctness", "id": "kekhasan"},
    "diversity": {"en": "diversity", "id": "keragaman"},
    "exclusivity": {"en": "exclusivity", "id": "eksklusivitas"},
    "heldout": {"en": "held-out gain (nats/word)", "id": "perolehan (nat/kata)"},
    "recommended": {"en": "recommended: {k}", "id": "disarankan: {k}"},
    "none": {"en": "no number recommended", "id": "tidak ada jumlah yang disarankan"},
}


def choice_figure(choice: TopicChoice) -> tuple[Canvas, pd.DataFrame]:
    """Draw what speaks for and against each number of topics.

    Parameters
    ----------
    choice : TopicChoice
        What `kit.compare_topics` returned.

    Returns
    -------
    figure : matplotlib.figure.Figure
        183 mm wide, four panels over the number of topics: stability with its standard error, above the band of
        shuffled data (mean to bound); coherence; diversity and exclusivity; held-out gain with its standard error. A
        vertical line marks the number recommended, if one is. Where nothing could be examined, a line says why.
    data : DataFrame, one row per number of topics examined
        The columns of `choice.table` that are drawn.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> from kit.topics.quality.choice import compare_topics
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": ["Layanan cepat."]}), clean=False)
    >>> figure, data = choice_figure(compare_topics(corpus, [2, 3]))
    >>> len(data), len(figure.axes)
    (0, 1)

    """
    table = choice.table
    data = table.loc[table["status"].isin(_DRAWN), [*_COLUMNS]].reset_index(drop=True)
    data.attrs = dict(table.attrs)
    figure, axes = new_figure("double", _HEIGHT if len(data) else 20.0)
    if data.empty:
        axes.set_axis_off()
        axes.text(0, 1, label(choice.reason), va="top", wrap=True)
        return figure, data
    axes.remove()
    panels = [_panel(figure, place, data) for place in range(1, 5)]
    _stability(panels[0], data)
    _line(panels[1], data, "npmi", "green")
    panels[1].set_ylabel(label(_WORDS["coherence"]))
    _line(panels[2], data, "diversity", "purple", name=label(_WORDS["diversity"]))
    _line(panels[2], data, "exclusivity", "orange", name=label(_WORDS["exclusivity"]), mark="s", style="--")
    panels[2].set_ylim(0, 1.02)
    panels[2].set_ylabel(label(_WORDS["distinctness"]))
    _line(panels[3], data, "heldout", "sky", error="heldout_error")
    panels[3].set_ylabel(label(_WORDS["heldout"]))
    for axes in (panels[0], panels[2]):
        axes.legend(loc="best")
    if choice.recommended is None:
        panels[0].set_title(label(_WORDS["none"]), fontweight="normal")
    else:
        for axes in panels:
            axes.axvline(choice.recommended, color=COLOURS["vermillion"], linewidth=0.8, linestyle=":", zorder=1)
        marked = {language: text.format(k=choice.recommended) for language, text in _WORDS["recommended"].items()}
        panels[0].set_title(label(marked), fontweight="normal")
    return figure, data


def choice_alt(choice: TopicChoice) -> dict[str, str]:
    """Write the alternative text of the figure.

    Parameters
    ----------
    choice : TopicChoice

    Returns
    -------
    dict
        Keys ``en`` and ``id``: what is drawn, and what is recommended and why.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> from kit.topics.quality.choice import compare_topics
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": ["Layanan cepat."]}), clean=False)
    >>> choice_alt(compare_topics(corpus, [2, 3]))["en"][:29]
    'Nothing could be examined: 2 '

    """
    numbers = choice.table.loc[choice.table["status"].isin(_DRAWN), "n_topics"]
    if numbers.empty:
        return dict(choice.reason)
    low, high = int(numbers.min()), int(numbers.max())
    return {
        language: text.format(low=low, high=high) + " " + choice.reason[language] for language, text in _ALT.items()
    }


def _panel(figure: Canvas, place: int, data: pd.DataFrame) -> Axes:
    """Return one of the four panels, with whole numbers of topics below."""
    axes = figure.add_subplot(2, 2, place)
    numbers = data["n_topics"].tolist()
    step = max(1, len(numbers) // 12)
    axes.set_xticks(numbers[::step], [str(number) for number in numbers[::step]])
    axes.set_xlabel(label(_WORDS["topics"]))
    axes.yaxis.set_major_formatter(FuncFormatter(_number))
    return axes


def _number(value: float, _: int | None) -> str:
    """Write a number on an axis with the decimal mark of the labels' language."""
    text = f"{value:.6g}"
    return label({"en": text, "id": text.replace(".", ",")})


def _stability(axes: Axes, data: pd.DataFrame) -> None:
    """Draw stability above the band of the null."""
    grey = "0.75"
    axes.fill_between(
        data["n_topics"], data["null_stability"], data["null_bound"], color=grey, linewidth=0, zorder=0, alpha=0.6
    )
    axes.plot(data["n_topics"], data["null_stability"], "--", color="0.45", label=label(_WORDS["null"]), zorder=2)
    _line(axes, data, "stability", "blue", error="stability_error", name=label(_WORDS["corpus"]))
    axes.set_ylim(0, 1.02)
    axes.set_ylabel(label(_WORDS["stability"]))


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
