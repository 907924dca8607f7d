"""Figures of topics: what is drawn, what is left out and said, and a line where there is nothing."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from kit.corpus.facts import rows_of
from kit.errors import ExhibitError
from kit.plots.topic_shares import plot_topic_shares
from kit.wording.words import tell


def shares(groups: list[str], stories: list[int], topics: int = 2, by: str = "outlet") -> pd.DataFrame:
    """Make shares that rise from group to group; intervals from 40 stories on."""
    rows = [
        (group, topic, f"label {topic}", value, value - 0.05, value + 0.05, count, count)
        for place, (group, count) in enumerate(zip(groups, stories, strict=True))
        for topic in range(1, topics + 1)
        for value in [(place + 1) / (len(groups) * (topic + 1))]
    ]
    table = pd.DataFrame(rows, columns=["group", "topic", "label", "share", "low", "high", "stories", "documents"])
    table.loc[table["stories"] < 40, ["low", "high"]] = np.nan
    table.loc[table["stories"] == 0, "share"] = np.nan
    remarks = [{"en": "As given.", "id": "Apa adanya."}]
    table.attrs = {"by": by, "remarks": remarks, "rows": rows_of(table, ["topic"])}
    return table


def said(data: pd.DataFrame) -> str:
    return " ".join(tell(remark, "en") for remark in data.attrs["remarks"])


def test_cells_of_the_heat_map() -> None:
    drawing = plot_topic_shares(shares(["A", "B", "none"], [100, 5, 0]))
    figure, data = drawing.canvas, drawing.data
    axes = figure.axes[0]
    assert [text.get_text() for text in axes.texts] == ["17", "33", "11", "22"]
    assert [text.get_text() for text in axes.get_yticklabels()] == ["1 label 1", "2 label 2"]
    assert [text.get_text() for text in axes.get_xticklabels()] == ["A\n100", "B\n5"]
    assert [patch.get_hatch() for patch in axes.patches] == ["////", "////"]
    assert figure.get_size_inches()[0] * 25.4 == pytest.approx(183)
    assert data["group"].tolist() == ["A", "A", "B", "B"]
    assert said(data).startswith("As given. Cells in per cent; hatched")


def test_the_largest_groups_are_drawn_in_their_order() -> None:
    names = [f"outlet {number:02}" for number in range(30)]
    drawing = plot_topic_shares(shares(names, [1, 1, 1, 1, 1, 1, *range(50, 74)]))
    figure, data = drawing.canvas, drawing.data
    assert data["group"].unique().tolist() == names[6:]
    assert "24 groups with most stories, of 30" in said(data)
    assert {text.get_rotation() for text in figure.axes[0].get_xticklabels()} == {90}


def test_periods_gaps_and_undated() -> None:
    table = shares(["2019", "2020", "2021", "not stated"], [50, 0, 10, 3], topics=6, by="year")
    drawing = plot_topic_shares(table)
    figure, data = drawing.canvas, drawing.data
    titles = [axes.get_title("left") for axes in figure.axes]
    assert titles == [f"{topic} label {topic}" for topic in range(1, 7)]
    line, sure, unsure = figure.axes[0].get_lines()
    assert np.isnan(line.get_ydata()).tolist() == [False, True, False]
    assert (sure.get_xdata().tolist(), unsure.get_xdata().tolist()) == ([0], [2])
    assert data["group"].unique().tolist() == ["2019", "2020", "2021"]
    assert "no date are not drawn (3)" in said(data)
    assert len({axes.get_ylim() for axes in figure.axes}) == 1
    assert figure.axes[0].get_ylim()[0] == 0


def test_alternative_texts() -> None:
    alt = plot_topic_shares(shares(["A", "B"], [100, 5])).alt
    assert alt["en"].endswith("1 label 1: most in B (50 %); 2 label 2: most in B (33 %).")
    alt = plot_topic_shares(shares(["2019", "2021"], [50, 50], by="year")).alt
    assert alt["id"].startswith("2 panel, satu per topik: proporsinya dari 2019 sampai 2021. 1 label 1: awalnya 25 %")


def test_with_nothing_to_draw_there_is_a_reason() -> None:
    refused = shares([], [])
    refused.attrs["missing"] = {"en": "Needs 100 articles.", "id": "Perlu 100 artikel."}
    cases = [
        (shares([], []), "There are no topics in these documents."),
        (shares([], [], by="month"), "There are no topics in these documents."),
        (shares(["not stated"], [80], by="year"), "No document states its date."),
        (refused, "Needs 100 articles."),
    ]
    for table, reason in cases:
        drawing = plot_topic_shares(table)
        assert drawing.canvas is None
        assert drawing.data.empty
        assert drawing.alt["en"] == reason
        assert "As given." in said(drawing.data)


def test_one_period_and_one_topic() -> None:
    for groups in (["2020"], ["2020", "not stated"]):
        drawing = plot_topic_shares(shares(groups, [50] * len(groups), topics=1, by="year"))
        assert drawing.canvas is None
        assert drawing.alt["en"].startswith("All documents that state their date are of one year or month")
    figure = plot_topic_shares(shares(["2020", "2021"], [50, 50], topics=1, by="year")).canvas
    assert len(figure.axes) == 1
    figure = plot_topic_shares(shares(["A"], [50], topics=1)).canvas
    assert [text.get_text() for text in figure.axes[0].texts] == ["50"]


def test_all_zero_and_hostile_names(project, hostile) -> None:
    project()
    for word in (word for word in hostile if "\ud800" not in word):  # no corpus holds half a character
        for by in ("outlet", "year"):
            table = shares([word, "z"], [50, 50], by=by).assign(label=word)
            assert plot_topic_shares(table).alt["en"]
            if by == "outlet":
                figure = plot_topic_shares(table.assign(share=0.0)).canvas
                assert {text.get_text() for text in figure.axes[0].texts} == {"0"}


def test_wrong_tables_are_refused() -> None:
    with pytest.raises(ExhibitError, match="'group'"):
        plot_topic_shares(shares(["A"], [50]).drop(columns="group"))


@pytest.mark.parametrize("by", ["outlet", "year"])
def test_topics_no_more_stable_than_those_of_shuffled_texts_are_marked(by: str) -> None:
    table = shares(["2020", "2021"], [50, 50], topics=3, by=by)
    stability, strong = (
        pd.DataFrame({"topic": [1, 2, 3], "supported": pd.array(told, dtype="boolean")})
        for told in ([True, False, None], [True, True, True])
    )
    for one in (stability, strong):
        one.attrs = {"rows": rows_of(one, ["topic"])}
    drawing = plot_topic_shares(table, stability)
    axes = drawing.canvas.axes
    rows = [text.get_text() for text in axes[0].get_yticklabels()]
    names = rows if by == "outlet" else [panel.get_title("left") for panel in axes]
    assert names == ["1 label 1", "2 label 2 *", "3 label 3"]
    assert "* not above the null" in said(drawing.data)
    assert "*" not in said(plot_topic_shares(table, strong).data)
    with pytest.raises(ExhibitError, match="no column 'supported'"):
        plot_topic_shares(table, table)
