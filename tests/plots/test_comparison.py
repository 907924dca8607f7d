"""The plot of groups beside each other: what is drawn for which group and item."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import kit
from kit.codebook.variants import without_context
from kit.errors import ExhibitError
from kit.plots.style import COLOURS
from kit.wording.words import tell

CODEBOOK = without_context(kit.load_codebook())
TEXTS = ("ASN melayani warga.", "Warga duduk di taman.", "Hujan turun.")


def corpus_of(outlets: list[str]) -> kit.Corpus:
    rows = [
        {"doc_id": f"d{row:03}", "outlet": outlet, "text": f"{TEXTS[row % 3]} Nomor {row}."}
        for row, outlet in enumerate(outlets)
    ]
    return kit.Corpus.from_frame(pd.DataFrame(rows), clean=False)


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return kit.compare(corpus_of(["A"] * 60 + ["B"] * 12 + [""]), CODEBOOK, by="outlet")


def marks(drawing: kit.Drawing, filling: str) -> list[tuple[float, float]]:
    """Where marks of one colour and filling stand."""
    (axes,) = drawing.canvas.axes
    lines = [line for line in axes.lines if line.get_linestyle() == "None" and line.get_markerfacecolor() == filling]
    return [point for line in lines for point in zip(line.get_xdata(), line.get_ydata(), strict=True)]


def test_each_group_has_its_colour_dots_and_intervals(table: pd.DataFrame) -> None:
    drawing = kit.plot_compare(table, CODEBOOK)
    (axes,) = drawing.canvas.axes
    stated = table[(table["outlet"] != "not stated") & table["item"].isin(["melayani", "aktor-asn", "aktor-warga"])]
    pd.testing.assert_frame_equal(drawing.data, stated.reset_index(drop=True))
    drawn = stated[stated["outlet"] == "A"]
    assert drawn["low"].notna().all()
    assert [x for x, _ in marks(drawing, COLOURS["blue"])] == drawn["per_1000"].tolist()
    segments = axes.collections[0].get_segments()
    assert [segment[:, 0].tolist() for segment in segments] == drawn[["low", "high"]].to_numpy().tolist()
    few = stated[(stated["outlet"] == "B") & stated["low"].isna()]
    assert len(few)
    assert [x for x, _ in marks(drawing, "white")] == few["per_1000"].tolist()
    assert [round(y) for _, y in marks(drawing, COLOURS["blue"])] == [0, 1, 2]
    assert [label.get_text() for label in axes.get_yticklabels()] == [
        "serving (active)",
        "civil servants",
        "citizens, the public",
    ]
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["A (60 stories)", "B (12 stories)"]
    assert axes.get_xlim()[0] == 0
    said = " ".join(tell(one, "en") for one in drawing.data.attrs["remarks"])
    assert "What is not stated is not drawn." in said


def test_wide_intervals_do_not_press_the_dots_together() -> None:
    """Two stories name the item: the scale ends at twice the rate; what goes on has an arrow, and the note says so."""
    texts = ["ASN melayani warga." if row in (0, 20) else f"Hujan turun, nomor {row}." for row in range(40)]
    texts[20] = "Petugas ramah melayani warga."
    rows = [{"doc_id": f"d{row:02}", "outlet": "AB"[row // 20], "text": text} for row, text in enumerate(texts)]
    rows[1] |= {"text": "ASN kota melayani warga desa."}
    corpus = kit.Corpus.from_frame(pd.DataFrame(rows), clean=False)
    table = kit.compare(corpus, CODEBOOK, by="outlet", items=["melayani"])
    assert table["stories"].tolist() == [2, 1]
    drawing = kit.plot_compare(table)
    (axes,) = drawing.canvas.axes
    largest = drawing.data["per_1000"].max()
    assert drawing.data["high"].max() > 5 * largest
    assert axes.get_xlim()[1] == pytest.approx(2 * largest * 1.03)
    arrows = [x for line in axes.lines if line.get_marker() == ">" for x in line.get_xdata()]
    assert arrows == [2 * largest]
    assert "goes on beyond the scale" in " ".join(tell(one, "en") for one in drawing.data.attrs["remarks"])


def test_one_odd_text_does_not_press_the_others_together() -> None:
    """Its rate is ten times that of others, with no interval: it stands at the edge, and the note says so."""
    texts = [f"{TEXTS[row % 3]} Nomor {row}." for row in range(60)]
    rows = [{"doc_id": f"d{row:02}", "outlet": "A", "text": text} for row, text in enumerate(texts)]
    rows.append({"doc_id": "x", "outlet": "B", "text": "Melayani, melayani, melayani."})
    corpus = kit.Corpus.from_frame(pd.DataFrame(rows), clean=False)
    drawing = kit.plot_compare(kit.compare(corpus, CODEBOOK, by="outlet", items=["melayani"]))
    (axes,) = drawing.canvas.axes
    edge = axes.get_xlim()[1] / 1.03
    (odd,) = drawing.data.loc[drawing.data["outlet"] == "B", "per_1000"]
    assert odd > 1.5 * edge
    arrows = [x for line in axes.lines if line.get_marker() == ">" for x in line.get_xdata()]
    assert arrows == pytest.approx([edge])
    assert "beyond the scale, of a group with too few" in " ".join(
        tell(one, "en") for one in drawing.data.attrs["remarks"]
    )


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_alternative_text_tells_the_rates(table: pd.DataFrame, language: str) -> None:
    alt = kit.plot_compare(table).alt[language]
    rate = table.loc[(table["item"] == "aktor-warga") & (table["outlet"] == "A"), "per_1000"].iloc[0]
    assert f"aktor-warga (A {rate:.2f}".replace(".", "," if language == "id" else ".") in alt


def test_of_many_groups_and_items_the_largest_are_drawn() -> None:
    outlets = [name for place, name in enumerate("ABCDEFGHI") for _ in range(3 * (place + 1))]
    drawing = kit.plot_compare(kit.compare(corpus_of(outlets), CODEBOOK, by="outlet"), top=1)
    assert sorted(set(drawing.data["outlet"])) == list("CDEFGHI")
    assert set(drawing.data["item"]) == {"aktor-warga"}
    said = " ".join(tell(one, "en") for one in drawing.data.attrs["remarks"])
    assert "Drawn: the 7 groups with most stories, of 9." in said
    assert "Drawn: the 1 items with the largest counts, of 3 that occur." in said


def test_several_columns_make_one_name() -> None:
    corpus = corpus_of(["A", "B"] * 20)
    drawing = kit.plot_compare(kit.compare(corpus, CODEBOOK, by=["outlet", {"half": "2024-01-01"}]))
    assert drawing.canvas is None  # nobody states a date
    words = kit.plot_compare(kit.compare(corpus, by="outlet", unit="form", items=["warga"]))
    assert words.data["item"].tolist() == ["warga", "warga"]
    assert np.isclose(words.data["per_1000"], words.data["count"] / words.data["group_words"] * 1000).all()


@pytest.mark.parametrize("outlets", [["A"], ["A"] * 5, [""] * 3])
def test_one_group_is_nothing_drawn(outlets: list[str]) -> None:
    drawing = kit.plot_compare(kit.compare(corpus_of(outlets), CODEBOOK, by="outlet"))
    assert drawing.canvas is None
    assert drawing.alt["en"].startswith("A comparison needs two groups")
    assert drawing.alt["id"]


def test_nothing_counted_is_nothing_drawn() -> None:
    table = kit.compare(corpus_of(["A", "B"]), CODEBOOK, by="outlet", items=["akuntabilitas"])
    assert kit.plot_compare(table).alt["en"] == "There are no two groups in which an item occurs."


@pytest.mark.parametrize(("options", "said"), [({"top": 0}, "top = 0"), ({}, "no column 'item'")])
def test_mistakes(table: pd.DataFrame, options: Any, said: str) -> None:
    with pytest.raises(ExhibitError, match=said):
        kit.plot_compare(table if options else table.drop(columns="item"), **options)
