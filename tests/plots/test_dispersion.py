"""Dispersion plots: a mark for each occurrence at its place, rows and borders as asked for."""

from __future__ import annotations

import pandas as pd
import pytest

import kit
from kit.codebook.variants import without_context
from kit.errors import CorpusError, ExhibitError, QueryError
from kit.plots.dispersion import plot_dispersion

FRAME = pd.DataFrame(
    {
        "doc_id": ["a", "b", "c", "d"],
        "text": ["Para warga, dua.", "", "Warga tiga! Warga", "empat"],
        "outlet": ["Q", "Q", "P", "Q"],
    }
)
CORPUS = kit.Corpus.from_frame(FRAME, clean=False)


def marks(figure, row: int) -> list[float]:
    """Where the marks of a row stand."""
    lines = [line for line in figure.axes[0].collections if line.get_zorder() == 2][row]
    return [float(segment[0, 0]) for segment in lines.get_segments()]


def test_places_by_hand() -> None:
    drawing = plot_dispersion(CORPUS, ["warga", "rakyat", "empat"])
    figure, data = drawing.canvas, drawing.data
    assert data.to_numpy().tolist() == [
        ["warga", "a", 2, 2, 3],
        ["warga", "c", 4, 1, 3],
        ["warga", "c", 6, 3, 3],
        ["empat", "d", 7, 1, 1],
    ]
    assert [marks(figure, row) for row in range(3)] == [[1.5, 3.5, 5.5], [], [6.5]]
    axes = figure.axes[0]
    assert [text.get_text() for text in axes.get_yticklabels()] == ["warga", "rakyat", "empat"]
    assert axes.get_xlim() == (0, 7)
    assert axes.get_ylim()[0] > axes.get_ylim()[1]
    assert figure.get_size_inches()[0] * 25.4 == pytest.approx(183)


def test_documents_in_the_order_of_a_column() -> None:
    """P comes first: document c holds words 1 to 3, a 4 to 6, d the last."""
    drawing = plot_dispersion(CORPUS, {"citizens": "warga"}, by="outlet")
    figure, data = drawing.canvas, drawing.data
    assert data[["query", "doc_id", "word"]].to_numpy().tolist() == [
        ["citizens", "c", 1],
        ["citizens", "c", 3],
        ["citizens", "a", 5],
    ]
    borders = [line for line in figure.axes[0].collections if line.get_zorder() == 0]
    assert [float(segment[0, 0]) for segment in borders[0].get_segments()] == [3]
    assert {text.get_text() for text in figure.axes[0].texts} == {"P", "Q"}


def test_concepts_and_mentions() -> None:
    codebook = without_context(kit.load_codebook())
    mentions = kit.find_mentions(CORPUS, codebook)
    by_name = plot_dispersion(CORPUS, ["concept:aktor-warga"], mentions=mentions).data
    by_rows = plot_dispersion(CORPUS, {"concept:aktor-warga": mentions}).data
    pd.testing.assert_frame_equal(by_name, by_rows)
    assert len(by_name) == 3


def test_many_marks_are_drawn_once_per_place() -> None:
    corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": ["x " * 20_000]}), clean=False)
    drawing = plot_dispersion(corpus, ["x"])
    figure, data = drawing.canvas, drawing.data
    assert len(data) == 20_000
    assert 3_900 < len(marks(figure, 0)) <= 4_001


def test_empty_corpora_and_wrong_questions() -> None:
    for corpus in (CORPUS.where(outlet=[]), CORPUS.where(doc_id="b")):
        assert plot_dispersion(corpus, ["warga"]).data.empty
        assert plot_dispersion(corpus, ["warga"], by="outlet").data.empty
    with pytest.raises(ExhibitError, match="no query"):
        plot_dispersion(CORPUS, [])
    with pytest.raises(QueryError):
        plot_dispersion(CORPUS, ["a, b"])
    with pytest.raises(CorpusError):
        plot_dispersion(CORPUS, ["warga"], by="colour")


def test_the_alternative_text_counts() -> None:
    alt = plot_dispersion(CORPUS, ["warga", "rakyat"]).alt
    assert alt["en"].endswith("words and numbers: 7; documents: 4; occurrences: warga 3, rakyat 0.")
    assert alt["id"].endswith("kata dan bilangan: 7; dokumen: 4; kemunculan: warga 3, rakyat 0.")
