"""Dot plots show every row, zeros as open dots, on a scale that begins at zero."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from kit.errors import ExhibitError
from kit.plots.concepts import dot_plot

FRAME = pd.DataFrame(
    {"name": ["a", "b", "c", "d"], "rate": [2.0, 0.0, np.nan, 4.0], "n": [1, 0, 0, 2], "kind": ["x", "x", "y", "y"]}
)


def draw(frame: pd.DataFrame):
    return dot_plot(frame, name="name", value="rate", count="n", group="kind", axis="per 1,000 words").axes[0]


def test_a_dot_for_each_value_and_none_for_a_missing_one() -> None:
    dots = [line for line in draw(FRAME).lines if line.get_marker() == "o"]
    assert [(dot.get_xdata()[0], dot.get_ydata()[0]) for dot in dots] == [(2.0, 0), (0.0, 1), (4.0, 3)]
    assert [dot.get_markerfacecolor() == "white" for dot in dots] == [False, True, False]


def test_the_scale_begins_at_zero_and_rows_run_downwards() -> None:
    axes = draw(FRAME)
    assert axes.get_xlim()[0] == 0
    assert axes.get_xlim()[1] > 4
    bottom, top = axes.get_ylim()
    assert bottom > top
    assert [text.get_text() for text in axes.get_yticklabels()] == ["a", "b", "c", "d"]


def test_groups_are_named_where_they_begin() -> None:
    assert [(note.get_text(), note.xy[1]) for note in draw(FRAME).texts] == [("x", 0), ("y", 2)]


@pytest.mark.parametrize("rows", [0, 1])
def test_few_rows(rows: int) -> None:
    assert len(draw(FRAME.head(rows)).get_yticks()) == rows


def test_a_column_that_is_not_there() -> None:
    with pytest.raises(ExhibitError, match="no column 'n'"):
        draw(FRAME.drop(columns="n"))
