"""The figure of keyness: dots where the log ratios are, bars and arrows where they belong, raw numbers beside."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure as Canvas

import kit
from kit.errors import ExhibitError
from kit.plots.keyness import plot_keyness

NAN = np.nan
TABLE = pd.DataFrame(
    {
        "item": ["asn", "yang", "akuntabel", "kota", "dan", "bukan"],
        "count_target": [30, 8, 20, 6, 3, 0],
        "count_reference": [NAN] * 6,
        "per_million_target": [3000.0, 800.0, 2000.0, 600.0, 300.0, 0.0],
        "per_million_reference": [375.0, 3200.0, 1.04, 12345.6, 150.0, 7.0],
        "reference_bound": [False, False, True, False, False, False],
        "log_ratio": [3.0, -2.0, 10.9, 1.0, 1.5, NAN],
        "log_ratio_low": [2.5, -2.5, 10.0, NAN, NAN, NAN],
        "log_ratio_high": [3.5, -1.5, NAN, NAN, NAN, NAN],
    }
)
TABLE.attrs = {"floor": 5, "level": 0.95}


def dots(figure: Canvas) -> dict[float, tuple[float, bool]]:
    """Return row, place and filling of each dot."""
    lines = [line for line in figure.axes[0].lines if line.get_marker() == "o"]
    return {line.get_ydata()[0]: (line.get_xdata()[0], line.get_markerfacecolor() != "white") for line in lines}


def bars(figure: Canvas) -> list[list[float]]:
    """Return row and ends of each interval's bar."""
    drawn = [lines for lines in figure.axes[0].collections if lines.get_zorder() == 2]
    return [[part[0, 1], part[0, 0], part[1, 0]] for lines in drawn for part in lines.get_segments()]


def arrows(figure: Canvas) -> list[tuple[float, float]]:
    """Return where the arrows start."""
    return [note.xy for note in figure.axes[0].texts if getattr(note, "arrow_patch", None) is not None]


def words(figure: Canvas) -> list[str]:
    return [note.get_text() for note in figure.axes[0].texts if note.get_text()]


def key(figure: Canvas) -> list[str]:
    return [text.get_text() for text in figure.legends[0].get_texts()]


def test_dots_bars_and_arrows_by_hand() -> None:
    """Row 0, 4 and 6 are the headings of the three groups."""
    drawing = plot_keyness(TABLE)
    figure, data = drawing.canvas, drawing.data
    assert data["item"].tolist() == ["asn", "yang", "akuntabel", "kota", "dan"]
    assert dots(figure) == {1: (3.0, True), 2: (-2.0, True), 3: (10.9, False), 5: (1.0, True), 7: (1.5, True)}
    assert bars(figure) == [[1, 2.5, 3.5], [2, -2.5, -1.5], [3, 10.0, 10.9]]
    assert arrows(figure) == [(10.9, 3)]
    axes = figure.axes[0]
    assert [text.get_text() for text in axes.get_yticklabels()] == data["item"].tolist()
    assert axes.get_ylim()[0] > axes.get_ylim()[1]
    assert axes.get_xlim()[0] < -2.5
    assert axes.get_xlim()[1] > 10.9
    assert figure.get_size_inches()[0] * 25.4 == pytest.approx(183)


def test_raw_numbers_stand_beside() -> None:
    told = words(plot_keyness(TABLE).canvas)
    assert [text for text in told if text[-1].isdigit()] == [
        "30", "8", "20", "6", "3", "375", "3,200", "≤ 1.0", "12,346", "150",
    ]  # fmt: skip
    assert [text for text in told if "interval" in text] == [
        "with interval or one end of it",
        "without interval",
        "without interval, counted fewer than 5 times",
    ]


def test_the_key_explains_what_is_drawn() -> None:
    assert key(plot_keyness(TABLE).canvas) == [
        "more in this corpus",
        "less",
        "95 % interval",
        "→ at least: not in the reference list",
    ]
    assert key(plot_keyness(TABLE.iloc[[3]]).canvas) == ["more in this corpus"]


def test_no_headings_for_one_group_or_an_order_of_ones_own() -> None:
    for table in (TABLE.head(2), TABLE.iloc[[0, 3, 1]]):
        drawing = plot_keyness(table)
        figure, data = drawing.canvas, drawing.data
        assert list(dots(figure)) == list(range(len(data)))
        assert not [text for text in words(figure) if "interval" in text]


def test_counts_of_a_reference_that_has_them_and_zeros() -> None:
    table = TABLE.iloc[[0, 1]].assign(count_reference=[0, 17])
    figure = plot_keyness(table).canvas
    assert dots(figure) == {0: (3.0, False), 1: (-2.0, True)}
    assert words(figure)[-2:] == ["0", "17"]
    assert "a count of 0, taken as 0.5" in key(figure)
    assert not arrows(figure)


@pytest.mark.parametrize("top", [1, 3, 99])
def test_so_many_items(top: int) -> None:
    drawing = plot_keyness(TABLE, top=top)
    figure, data = drawing.canvas, drawing.data
    assert len(data) == len(dots(figure)) == min(top, 5)


def test_nothing_to_draw() -> None:
    for table in (TABLE.head(0), TABLE.tail(1)):
        drawing = plot_keyness(table)
        assert drawing.canvas is None
        assert drawing.data.empty
        assert drawing.alt["id"] == "Tidak ada butir yang dapat dibandingkan."


def test_an_interval_with_one_end_is_not_drawn_as_closed() -> None:
    """A dashed bar, an arrow where nothing is known, a key of its own; no "95 % interval" for it."""
    table = TABLE.iloc[[0, 1]].assign(count_reference=[0, 17], log_ratio_high=[NAN, -1.5], log_ratio_low=[2.5, NAN])
    drawing = plot_keyness(table)
    lines = [one for one in drawing.canvas.axes[0].collections if one.get_zorder() == 2]
    assert all(one.get_linestyle()[0][1] for one in lines)
    assert arrows(drawing.canvas) == [(3.0, 0), (-2.0, 1)]
    sides = [note.xyann[0] for note in drawing.canvas.axes[0].texts if getattr(note, "arrow_patch", None) is not None]
    assert sides[0] > 0 > sides[1]
    assert "95 % interval" not in key(drawing.canvas)
    assert "one end only, the other is not known (→)" in key(drawing.canvas)
    assert "with interval: 0; with one end only: 2;" in drawing.alt["en"]
    closed = [one for one in plot_keyness(TABLE).canvas.axes[0].collections if one.get_zorder() == 2]
    assert [bool(one.get_linestyle()[0][1]) for one in closed] == [False, False, True]


def test_concepts_are_drawn_by_their_labels() -> None:
    codebook = kit.load_codebook()
    table = TABLE.head(2).assign(item=["dilayani", "dilayani: dilayani"])
    drawing = plot_keyness(table, codebook)
    names = [text.get_text() for text in drawing.canvas.axes[0].get_yticklabels()]
    assert names == ["being served (passive)", "being served (passive): dilayani"]
    assert "First: being served (passive) 3.0;" in drawing.alt["en"]
    assert "Pertama: dilayani (pasif) 3,0;" in drawing.alt["id"]
    assert drawing.data["item"].tolist() == ["dilayani", "dilayani: dilayani"]


def test_long_items_are_cut() -> None:
    drawing = plot_keyness(TABLE.head(1).assign(item="a" * 90))
    figure, data = drawing.canvas, drawing.data
    name = figure.axes[0].get_yticklabels()[0].get_text()
    assert (len(name), name[-1], len(data["item"][0])) == (40, "…", 90)


def test_alternative_text() -> None:
    alt = plot_keyness(TABLE, top=3).alt
    assert alt["en"] == (
        "Dot plot of the log ratio of 3 items; more in this corpus: 2, less: 1; with interval: 2; with one end only: "
        "0; not in the reference list: 1. "
        "First: asn 3.0; yang −2.0; akuntabel ≥ 10.9."
    )
    assert alt["id"].endswith("Pertama: asn 3,0; yang −2,0; akuntabel ≥ 10,9.")


def test_from_the_table_that_keyness_returns() -> None:
    def corpus(*texts: str) -> kit.Corpus:
        ids = [f"d{row:02}" for row in range(len(texts))]
        return kit.Corpus.from_frame(pd.DataFrame({"doc_id": ids, "text": texts}), clean=False)

    ours = corpus(*[f"ASN melayani warga {number}" for number in range(20)])
    news = corpus(*[f"warga kota menunggu ASN lama {number}" for number in range(20)])
    table = kit.keyness(ours, news, items=["asn", "warga", "melayani"])
    drawing = plot_keyness(table)
    figure, data = drawing.canvas, drawing.data
    assert data["log_ratio"].tolist() == table["log_ratio"].tolist()
    assert len(bars(figure)) == data[["log_ratio_low", "log_ratio_high"]].notna().any(axis=1).sum() > 0


def test_what_cannot_be_drawn() -> None:
    with pytest.raises(ExhibitError, match="no column 'log_ratio'"):
        plot_keyness(TABLE.drop(columns="log_ratio"))
    with pytest.raises(ExhibitError, match="top = 0"):
        plot_keyness(TABLE, top=0)
