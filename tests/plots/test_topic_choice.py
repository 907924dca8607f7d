"""The figure of a choice of topics shows the rows of its table, and marks what is recommended."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

import kit
from kit.plots.style import style
from kit.plots.topic_choice import plot_topic_choice
from kit.topics.models.choice import TopicChoice
from kit.topics.quality.choice import compare_topics
from kit.topics.quality.choice_tables import TOPIC, number_table, run_rows


@pytest.fixture(autouse=True)
def own_style() -> Iterator[None]:
    with style():
        yield


def choice_of(recommended: int | None) -> TopicChoice:
    rows = [
        {
            "n_topics": number,
            "status": "examined",
            "npmi": 0.1 * number,
            "diversity": 1 - 0.01 * number,
            "exclusivity": 0.8,
            "heldout": 0.05 * number,
            "heldout_error": 0.01,
            "stability": 0.7 if number == 3 else 0.5,
            "stability_error": 0.02,
            "null_stability": 0.4,
            "null_bound": 0.55,
        }
        for number in (2, 3, 4)
    ]
    table = number_table([*rows, {"n_topics": 9, "status": "too-few"}], recommended)
    topics = pd.DataFrame({name: [] for name in TOPIC}).astype(TOPIC)
    return TopicChoice(table, topics, run_rows([]), recommended, {"en": "Because.", "id": "Sebab."}, {})


def words_in(figure: Figure) -> str:
    return " ".join(text.get_text() for text in figure.findobj(Text))


def test_four_panels_of_what_was_examined() -> None:
    choice = choice_of(3)
    drawing = plot_topic_choice(choice)
    figure, data = drawing.canvas, drawing.data
    assert [round(inches * 25.4) for inches in figure.get_size_inches()] == [183, 96]
    assert len(figure.axes) == 4
    assert data["n_topics"].tolist() == [2, 3, 4]
    drawn = [line for axes in figure.axes for line in axes.lines if len(line.get_xdata()) == 3]
    values = {tuple(np.asarray(line.get_ydata(), float).round(9)) for line in drawn}
    for column in ("stability", "null_stability", "npmi", "diversity", "exclusivity", "heldout"):
        assert tuple(data[column].round(9)) in values, column


def test_the_number_recommended_is_marked_in_every_panel() -> None:
    figure = plot_topic_choice(choice_of(3)).canvas
    for axes in figure.axes:
        assert [3, 3] in [list(line.get_xdata()) for line in axes.lines]
    assert "recommended: 3" in words_in(figure)


def test_nothing_is_marked_where_nothing_is_recommended() -> None:
    figure = plot_topic_choice(choice_of(None)).canvas
    assert all(list(line.get_xdata()) != [3, 3] for axes in figure.axes for line in axes.lines)
    assert "no number recommended" in words_in(figure)


def test_too_few_documents_leave_nothing_to_draw_and_a_reason() -> None:
    corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": ["Layanan cepat."]}), clean=False)
    drawing = plot_topic_choice(compare_topics(corpus, [2, 3]))
    assert drawing.canvas is None
    assert len(drawing.data) == 0
    assert "at least 50 articles" in drawing.alt["en"]


def test_the_alternative_text() -> None:
    told = plot_topic_choice(choice_of(3)).alt
    assert told["en"].startswith("Four panels over 2 to 4 topics")
    assert told["en"].endswith("Because.")
    assert told["id"].endswith("Sebab.")
