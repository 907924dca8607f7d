"""The plot of a result under every choice: what is drawn for which row."""

from __future__ import annotations

import pandas as pd
import pytest

import kit

TEXT = "KPK melayani warga. Layanan publik lambat, warga mengeluh. Aparat melayani."


@pytest.fixture(scope="module")
def found() -> kit.Specifications:
    corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": [TEXT]}), clean=False)
    return kit.compare_specifications(corpus, kit.load_codebook())


def test_each_concept_found_has_its_dot_range_and_shares(found: kit.Specifications) -> None:
    drawing = kit.plot_specifications(found)
    left, right = drawing.canvas.axes
    drawn = found.summary[found.summary["highest"] > 0]
    assert [label.get_text() for label in left.get_yticklabels()] == drawn["concept"].tolist()
    dots = next(line for line in left.lines if line.get_marker() == "o")
    assert dots.get_xdata().tolist() == drawn["per_1000"].tolist()
    ranges = [segment[:, 0].tolist() for segment in left.collections[0].get_segments()]
    assert ranges == drawn[["lowest", "highest"]].to_numpy().tolist()
    assert len(right.get_xticklabels()) == sum(name.startswith("share_") for name in drawn.columns)
    assert drawing.data.equals(found.summary)
    assert f"{len(drawn)} concepts" in drawing.alt["en"]
    assert f"{len(drawn)} konsep" in drawing.alt["id"]


def test_labels_come_from_the_codebook(found: kit.Specifications) -> None:
    left, _ = kit.plot_specifications(found, kit.load_codebook()).canvas.axes
    assert "serving (active)" in [label.get_text() for label in left.get_yticklabels()]


def test_nothing_found_is_nothing_drawn() -> None:
    corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": ["Hujan turun."]}), clean=False)
    drawing = kit.plot_specifications(kit.compare_specifications(corpus, kit.load_codebook(), concepts=["melayani"]))
    assert drawing.canvas is None
    assert drawing.alt["id"]
