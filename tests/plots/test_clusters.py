"""Figures of clusters: what they show is what the tables say, in the size a journal prints."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

import kit
from kit.codebook.variants import without_context
from kit.plots.cluster_matrix import draw_matrix
from kit.plots.cluster_tree import draw_tree
from kit.plots.clusters import plot_clusters
from kit.plots.style import COLOURS, style
from kit.topics.clusters.result import TermClusters

TEXT = (
    "Layanan harus cepat. Akuntabel dan transparan. Layanan cepat, layanan cepat. Akuntabel dan transparan. Efisien."
    " Aparat rapat."
)


@pytest.fixture(autouse=True)
def own_style() -> Iterator[None]:
    with style():
        yield


def clusters_of(texts: list[str], **options: object) -> TermClusters:
    ids = [f"d{row:03}" for row in range(len(texts))]
    corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ids, "text": texts}), clean=False)
    return kit.cluster_terms(corpus, without_context(kit.load_codebook()), resamples=20, **options)


@pytest.fixture(scope="module")
def one() -> TermClusters:
    return clusters_of([TEXT])


@pytest.fixture(scope="module")
def many() -> TermClusters:
    texts = ["Layanan cepat.", "Akuntabel dan transparan.", "Efektif dan efisien.", "Layanan cepat, akuntabel."] * 25
    return clusters_of([f"{text} Nomor {row}." for row, text in enumerate(texts)])


def words_in(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.findobj(Text) if text.get_text()]


def filled(figure: Figure) -> set[tuple[int, int]]:
    """Row and column of each filled cell."""
    cells = [patch for patch in figure.axes[0].patches if isinstance(patch, Rectangle) and patch.get_fill()]
    return {(round(p.get_y() + p.get_height() / 2), round(p.get_x() + p.get_width() / 2)) for p in cells}


def frames(figure: Figure, axes: int = 0) -> list[Rectangle]:
    return [p for p in figure.axes[axes].patches if isinstance(p, Rectangle) and not p.get_fill()]


def widest(figure: Figure) -> tuple[float, float]:
    """Left and right edge of everything drawn, in mm."""
    figure.draw_without_rendering()
    box = figure.get_tightbbox()
    return box.x0 * 25.4, box.x1 * 25.4


def test_cells_are_the_mentions(one: TermClusters) -> None:
    figure, data = draw_matrix(one)
    assert one.attrs["unit"] == "sentence"
    # Six sentences, five concepts; sentence 6 names an actor only.
    assert len(data) == 5 * 6
    present = data[data["present"]]
    assert {concept: group["unit_no"].tolist() for concept, group in present.groupby("concept")} == {
        "akuntabilitas": [2, 4],
        "efisiensi": [5],
        "pelayanan-publik": [1, 3],
        "responsivitas": [1, 3],
        "transparansi": [2, 4],
    }
    assert data.loc[data["concept"] == "pelayanan-publik", "mentions"].tolist() == [1, 0, 2, 0, 0, 0]
    rows = {concept: row for row, concept in enumerate(data["concept"].drop_duplicates())}
    assert filled(figure) == {(rows[row.concept], row.unit_no - 1) for row in present.itertuples()}
    assert [label.get_text() for label in figure.axes[0].get_xticklabels()] == ["1", "2", "3", "4", "5", "6"]
    assert [text.get_text() for text in figure.axes[0].texts].count("2") == 2  # both are named twice in sentence 3
    assert data.attrs["fingerprint"] == one.attrs["fingerprint"]


def test_rows_are_framed_by_cluster(one: TermClusters) -> None:
    figure, data = draw_matrix(one)
    rows = data["cluster"].iloc[:: len(one.units)].tolist()
    assert rows[:4] == [1, 1, 2, 2]
    assert pd.isna(rows[4])
    drawn = [(p.get_y(), p.get_y() + p.get_height()) for p in frames(figure)]
    assert drawn == [(-0.5, 1.5), (1.5, 3.5)]
    heavy = [to_hex(p.get_edgecolor()).upper() == COLOURS["vermillion"] for p in frames(figure)]
    assert heavy == one.clusters["passes_null"].tolist()


@pytest.mark.parametrize(
    ("language", "label", "stability"), [("en", "accountability", "Stability"), ("id", "akuntabilitas", "Kestabilan")]
)
def test_words_are_in_the_language_of_the_labels(
    one: TermClusters, language: str, label: str, stability: str, project
) -> None:
    project(labels=language)
    figure, data = draw_matrix(one)
    assert data["label"].iloc[0] == label
    assert any(text.startswith(stability) for text in words_in(figure))
    mark = "," if language == "id" else "."
    numbers = [text.split("\n")[1] for text in words_in(figure) if "\n" in text]
    assert len(numbers) == 2
    assert all(number[1] == mark for number in numbers)


def test_the_stability_printed_is_that_of_the_table(one: TermClusters, many: TermClusters) -> None:
    figure, _ = draw_matrix(one)
    for row in one.clusters.itertuples():
        assert any(text.startswith(f"Cluster {row.cluster}\n{row.stability:.2f}") for text in words_in(figure))
    figure, _ = draw_tree(many)
    for row in many.clusters.itertuples():
        assert f"{row.stability:.2f}" in words_in(figure)


def test_the_figure_that_fits(one: TermClusters, many: TermClusters) -> None:
    assert len(plot_clusters(one).canvas.axes) == 1
    assert len(plot_clusters(many).canvas.axes) == 3
    assert "Matrix" in plot_clusters(one).alt["en"]
    assert "Tree" in plot_clusters(many).alt["en"]


def test_the_tree_is_the_linkage(many: TermClusters) -> None:
    figure, data = draw_tree(many)
    tree = figure.axes[0]
    links = [line.get_xydata() for line in tree.lines if len(line.get_xdata()) == 4]
    assert sorted(link[:, 0].max() for link in links) == sorted(many.linkage["height"])
    for link in links:  # no line runs back towards the leaves
        assert link[1, 0] == link[2, 0] >= max(link[0, 0], link[3, 0])
    middles = {(link[1, 0], link[1:3, 1].mean()) for link in links}
    ends = {(height, row) for link in links for height, row in (link[0], link[3]) if height > 0}
    assert len(ends) == len(links) - 1
    assert ends < middles  # every group but the last is joined at the middle of its own line
    drawn = many.terms.dropna(subset="order").sort_values("order")
    assert [label.get_text() for label in tree.get_yticklabels()] == drawn["label_en"].tolist()
    assert len(data) == len(many.association)
    assert set(data["joined_at"]) <= set(many.linkage["height"])
    together = data[(data["cluster_a"] == data["cluster_b"]).fillna(False)]
    assert (together["joined_at"] < 1).all()
    apart = data[(data["cluster_a"] != data["cluster_b"]).fillna(True)]
    assert (apart["joined_at"] >= 1).all()


def test_the_heat_map_is_the_association(many: TermClusters) -> None:
    figure, data = draw_tree(many)
    order = many.terms.dropna(subset="order").sort_values("order")["concept"].tolist()
    values = figure.axes[1].collections[0].get_array()
    assert values.shape == (len(order), len(order))
    assert np.ma.getmaskarray(values).sum() == len(order)  # the diagonal
    for row in data.itertuples():
        a, b = order.index(row.concept_a), order.index(row.concept_b)
        assert values[a, b] == values[b, a] == row.association
    assert len(frames(figure, 1)) == len(many.clusters)


def test_clusters_of_many_documents_have_their_names(many: TermClusters) -> None:
    figure, _ = draw_tree(many)
    label = dict(zip(many.terms["concept"], many.terms["label_en"], strict=True))
    printed = [" ".join(text.split()) for text in words_in(figure)]
    for row in many.clusters.itertuples():
        assert f"{row.cluster} {' + '.join(label[name] for name in row.name.split(' + '))}" in printed


@pytest.mark.parametrize("language", ["en", "id"])
def test_figures_are_as_wide_as_a_page_and_nothing_is_cut_off(
    one: TermClusters, many: TermClusters, language: str, project
) -> None:
    project(labels=language)
    for figure, _ in (draw_matrix(one), draw_tree(many)):
        assert figure.get_figwidth() * 25.4 == pytest.approx(183)
        left, right = widest(figure)
        assert left >= 0
        assert right <= 183.05
        assert min(text.get_fontsize() for text in figure.findobj(Text) if text.get_text()) >= 6.5


def test_several_documents_are_told_apart() -> None:
    result = clusters_of([TEXT, TEXT.replace("Efisien", "Efektif")])
    figure, data = draw_matrix(result)
    assert data["unit_no"].iloc[:12].tolist() == [1, 2, 3, 4, 5, 6] * 2
    assert {"d000", "d001"} <= set(words_in(figure))


def test_numbers_of_many_sentences_do_not_run_into_each_other() -> None:
    figure, _ = draw_matrix(clusters_of([" ".join([TEXT] * 5)]))
    assert [label.get_text() for label in figure.axes[0].get_xticklabels()] == ["5", "10", "15", "20", "25", "30"]
    figure.draw_without_rendering()
    boxes = [label.get_window_extent() for label in figure.axes[0].get_xticklabels()]
    assert all(left.x1 < right.x0 for left, right in pairwise(boxes))


@pytest.mark.parametrize("unit", ["paragraph", "document"])
def test_other_units(unit: str) -> None:
    result = clusters_of(["Layanan cepat.\nAkuntabel dan transparan.", "Layanan cepat."], within=unit)
    figure, data = draw_matrix(result)
    assert figure.axes[0].get_xlabel().split()[0].lower() == unit
    numbers = {"paragraph": [1, 2, 1], "document": [1, 2]}[unit]
    assert data["unit_no"].iloc[: len(numbers)].tolist() == numbers


@pytest.mark.parametrize("texts", [[], [""], ["Rapat."], [f"Rapat ke-{row}." for row in range(100)]])
def test_with_nothing_to_draw_there_is_a_reason(texts: list[str]) -> None:
    drawing = plot_clusters(clusters_of(texts))
    assert drawing.canvas is None
    assert len(drawing.data.columns) > 5
    assert drawing.alt["id"] == "Kurang dari dua konsep yang cukup sering muncul untuk dibandingkan."


def test_one_concept_is_drawn_without_clusters() -> None:
    drawing = plot_clusters(clusters_of(["Layanan."]))
    drawing.canvas.draw_without_rendering()
    assert drawing.alt["id"].endswith("Tidak ada klaster.")


def test_alternative_text_names_every_cluster(one: TermClusters) -> None:
    words = plot_clusters(one).alt
    assert words["en"].startswith("Matrix of 5 concepts by 6 units of text")
    for row in one.clusters.itertuples():
        assert f"Cluster {row.cluster}: {row.terms}; stability {row.stability:.2f}" in words["en"]
        assert f"Klaster {row.cluster}: {row.terms}" in words["id"]


def test_figures_save_with_their_note(one: TermClusters, tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIT_STAGE", str(tmp_path))
    words = {"en": "Concepts", "id": "Konsep"}
    exhibit = kit.Figure(plot_clusters(one), id="fig-clusters", title=words)
    files = exhibit.files()
    assert b"not topics" in files["fig-clusters.svg"]
    table = kit.Table(one.clusters, id="tbl-clusters", title=words)
    assert "one-unit" in table.files()["tables/tbl-clusters.md"].decode()
