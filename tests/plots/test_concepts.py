"""Dot plots show every row, zeros as open dots, on a scale that begins at zero."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import kit
from kit.errors import ExhibitError
from kit.plots.concepts import dot_plot, plot_concepts

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


CODEBOOK = kit.load_codebook()
CORPUS = kit.Corpus.from_frame(
    pd.DataFrame({"doc_id": ["a", "b"], "text": ["ASN melayani warga.", "ASN rapat."], "outlet": ["X", "Y"]}),
    clean=False,
)
TABLE = kit.concept_frequencies(CORPUS, CODEBOOK)


def names(drawing: kit.Drawing) -> list[str]:
    return [text.get_text() for text in drawing.canvas.axes[0].get_yticklabels()]


@pytest.mark.parametrize("language", ["en", "id"])
def test_concepts_are_called_by_their_labels_if_anything_knows_them(project, language: str) -> None:
    project(labels=language)
    labels = CODEBOOK.concepts[f"label_{language}"].tolist()
    by_codebook = plot_concepts(TABLE, CODEBOOK)
    assert names(by_codebook) == names(plot_concepts(CODEBOOK.labelled(TABLE, language))) == labels
    assert by_codebook.data["label"].tolist() == labels
    assert names(plot_concepts(TABLE)) == TABLE["concept"].tolist()


def test_a_concept_without_a_label_has_its_id() -> None:
    assert names(plot_concepts(TABLE.assign(label=""))) == TABLE["concept"].tolist()


def test_the_alternative_text_is_made_from_the_data() -> None:
    alt = plot_concepts(TABLE, CODEBOOK).alt
    assert alt["en"] == (
        "Dot plot of 36 concepts, mentions per 1,000 words and numbers. Named: 3, never: 33. "
        "Most often: civil servants 400.0; serving (active) 200.0; citizens, the public 200.0."
    )
    assert alt["id"].endswith(
        "Paling sering: ASN / pegawai 400,0; melayani (aktif) 200,0; masyarakat / warga / rakyat 200,0."
    )
    silent = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": ["Rapat."]}), clean=False)
    assert plot_concepts(kit.concept_frequencies(silent, CODEBOOK)).alt["en"].endswith("None of them is named.")


def test_what_is_no_table_of_concepts_is_refused_with_a_remedy() -> None:
    table = kit.concept_frequencies(CORPUS, CODEBOOK, by="outlet")
    with pytest.raises(ExhibitError, match=r"several rows -> draw one group, as table\[table\[.outlet.\] == .….\]"):
        plot_concepts(table)
    assert plot_concepts(table[table["outlet"] == table["outlet"].iloc[0]]).canvas is not None
    with pytest.raises(ExhibitError, match=r"no column 'per_1000'.*kit.concept_frequencies"):
        plot_concepts(TABLE.drop(columns="per_1000"))
    assert plot_concepts(TABLE.head(0)).canvas is None


def test_rows_of_one_group_stand_together_under_its_label(project) -> None:
    project(labels="id")
    drawing = plot_concepts(TABLE.sort_values("concept", kind="stable"), CODEBOOK)
    parents = drawing.data["parent"].tolist()
    blocks = [parent for place, parent in enumerate(parents) if not place or parents[place - 1] != parent]
    assert len(set(blocks)) == len(blocks)
    assert sorted(drawing.data["concept"]) == sorted(TABLE["concept"])
    assert "kepemimpinan dan koordinasi" in [text.get_text() for text in drawing.canvas.axes[0].texts]
