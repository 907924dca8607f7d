"""Figures of discourse networks: a mark for each edge, in the colour of its sign, hollow on few stories."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.colors import to_hex

import kit
from kit.errors import ExhibitError, QueryError
from kit.plots.style import COLOURS
from tests.conftest import HOSTILE

SAID = [("d1", "Dinas", "anggaran", 1), ("d1", "LSM", "anggaran", -1), ("d2", "LSM", "transparansi", 1)]


def network(rows: list[tuple[str, str, str, int]], **options: object) -> kit.DiscourseNetwork:
    table = pd.DataFrame(rows, columns=["doc_id", "organisation", "concept", "agreement"])
    return kit.discourse_network(table, **{"resamples": 0, **options})


def marks(drawing: kit.Drawing) -> dict[tuple[float, float], tuple[str, str, float]]:
    """Where a mark stands, with the colours of its edge and face, and its size."""
    lines = drawing.canvas.axes[0].get_lines()
    return {
        (float(line.get_xdata()[0]), float(line.get_ydata()[0])): (
            to_hex(line.get_markeredgecolor()),
            to_hex(line.get_markerfacecolor()),
            line.get_markersize(),
        )
        for line in lines
    }


def test_each_edge_of_two_modes_has_a_mark_in_the_colour_of_its_sign() -> None:
    drawing = kit.plot_discourse(network(SAID, mode="two"), kit.load_codebook())
    axes = drawing.canvas.axes[0]
    assert [text.get_text() for text in axes.get_yticklabels()] == ["Dinas", "LSM"]
    assert [text.get_text() for text in axes.get_xticklabels()] == ["anggaran", "transparency"]
    blue, red = COLOURS["blue"].lower(), COLOURS["vermillion"].lower()
    assert {place: edge for place, (edge, _, _) in marks(drawing).items()} == {(0, 0): blue, (0, 1): red, (1, 1): blue}
    assert {face for _, face, _ in marks(drawing).values()} == {"#ffffff"}  # all rest on few stories
    assert len(drawing.data) == 3


def test_an_edge_of_one_mode_stands_on_both_sides_of_the_diagonal() -> None:
    assert set(marks(kit.plot_discourse(network(SAID)))) == {(1, 0), (0, 1)}


def test_marks_on_many_stories_are_full_and_the_area_grows_with_what_is_behind() -> None:
    rows = [(f"d{row}", "Dinas", "anggaran", 1) for row in range(16)] + [
        (f"e{row}", "LSM", "anggaran", 1) for row in range(4)
    ]
    drawn = marks(kit.plot_discourse(network(rows, mode="two")))
    assert drawn[0, 0][1] == COLOURS["blue"].lower()
    assert drawn[0, 1][1] == "#ffffff"
    assert drawn[0, 0][2] / drawn[0, 1][2] == pytest.approx(2)


def test_the_alternative_text_names_what_most_is_behind_in_both_languages() -> None:
    alt = kit.plot_discourse(network(SAID, mode="two")).alt
    assert alt["en"].startswith("Matrix of 2 rows and 2 columns with 3 cells: 2 above 0, 1 below.")
    assert "Dinas dan anggaran (1,00, dari 1)" in alt["id"]


def test_one_document_is_captioned_as_one_case() -> None:
    text = '"ASN harus transparan," kata Bupati Sari Dewi.'
    corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": [text]}), clean=False)
    statements = kit.statements(corpus, kit.load_codebook())
    drawing = kit.plot_discourse(kit.discourse_network(statements, rows="speaker", mode="two", resamples=0))
    assert drawing.data.attrs["remarks"][0] == {"key": "plot_discourse.one_case"}


def test_nothing_is_drawn_without_edges_and_only_the_largest_of_many() -> None:
    assert kit.plot_discourse(network([("d", "a", "c", 1)])).canvas is None
    many = [(f"d{row}", f"a{row:02}", "c", 1) for row in range(40)] + [("x", "a39", "c", 1)]
    drawing = kit.plot_discourse(network(many, mode="two"))
    assert len(drawing.data) == 30
    assert "a39" in set(drawing.data["source"])
    assert {"key": "plot_discourse.cut", "most": 30} in drawing.data.attrs["remarks"]


def test_names_from_the_web_are_drawn_on_one_line() -> None:
    rows = [(f"d{row}", name, "c", 1) for row, name in enumerate(HOSTILE[:20]) if name.strip() and "\ud800" not in name]
    labels = kit.plot_discourse(network(rows, mode="two")).canvas.axes[0].get_yticklabels()
    assert all("\n" not in label.get_text() and len(label.get_text()) <= 34 for label in labels)


def test_other_things_and_windows_are_refused() -> None:
    with pytest.raises((ExhibitError, QueryError)):
        kit.plot_discourse(pd.DataFrame())  # type: ignore[arg-type]
    with pytest.raises(QueryError, match="window = '2024'"):
        kit.plot_discourse(network(SAID), window="2024")
