"""Figures of networks: every concept and edge is drawn, labels do not meet, the same picture each time."""

from __future__ import annotations

import io
from pathlib import Path

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.patches import PathPatch

import kit
from kit.errors import ExhibitError
from kit.measures.association.network import ConceptNetwork, concept_network
from kit.plots.network import plot_network

CODEBOOK = kit.load_codebook()
BODY = (Path(__file__).parents[1] / "oracles" / "seed_article_body.txt").read_text(encoding="utf-8")


def network_of(*texts: str) -> ConceptNetwork:
    frame = pd.DataFrame({"doc_id": [f"d{row}" for row in range(len(texts))], "text": texts})
    return concept_network(kit.Corpus.from_frame(frame, clean=False), CODEBOOK)


def test_every_named_concept_and_every_edge() -> None:
    network = network_of(BODY)
    drawing = plot_network(network)
    figure, data = drawing.canvas, drawing.data
    axes = figure.axes[0]
    named = network.nodes[network.nodes["sentences"] > 0]
    shown = {text.get_text().replace("\n", " ").replace("\u00a0", " ") for text in axes.texts}
    assert shown == {f"{row.label_en} ({row.sentences})" for row in named.itertuples()}
    curves = [patch for patch in axes.patches if isinstance(patch, PathPatch)]
    edges = network.edges
    assert len(curves) == (edges["other_sentences"] > 0).sum() + (edges["list_sentences"] > 0).sum()
    assert len(data) == len(edges)
    assert data["sentences"].equals(edges["sentences"])
    assert data["source_label"].iloc[0] == named.set_index("concept")["label_en"][data["source"].iloc[0]]
    assert figure.get_size_inches()[0] * 25.4 == pytest.approx(183)


def test_widths_grow_with_counts_and_lists_are_dashed() -> None:
    network = network_of("ASN melayani warga. ASN melayani warga. Dana efektif, efisien, dan transparan.")
    curves = [patch for patch in plot_network(network).canvas.axes[0].patches if isinstance(patch, PathPatch)]
    dashed = [curve for curve in curves if curve.get_linestyle() != "-" and curve.get_linestyle() != "solid"]
    solid = [curve for curve in curves if curve not in dashed]
    assert (len(dashed), len(solid)) == (3, 3)
    assert {curve.get_linewidth() for curve in dashed} == {0.6}
    assert {curve.get_linewidth() for curve in solid} == {5.0}


@pytest.mark.parametrize("text", [BODY, BODY + "\nPartisipasi dan konsensus. Bupati adil. Loyal dan cakap."])
def test_labels_do_not_meet(text: str, project) -> None:
    project(labels="id")
    figure = plot_network(network_of(text)).canvas
    figure.canvas.draw()
    keys = [*figure.legends, figure.axes[0].get_legend()]
    assert all(0 <= key.get_window_extent().x0 < key.get_window_extent().x1 <= figure.bbox.x1 for key in keys)
    boxes = [text.get_window_extent() for text in figure.axes[0].texts]
    for row, box in enumerate(boxes):
        assert 0 <= box.x0 < box.x1 <= figure.bbox.width
        inner = box.shrunk(0.98, 0.9)
        assert not any(inner.overlaps(other) for other in boxes[:row])


def test_few_edges_of_many() -> None:
    sentences = "ASN melayani warga secara efektif. " * 3 + "Bupati efisien."
    network = network_of(sentences)
    assert set(plot_network(network, min_count=3).data["sentences"]) == {3}
    assert plot_network(network, min_count=9).data.empty
    with pytest.raises(ExhibitError):
        plot_network(network, min_count=0)


def test_nothing_to_draw() -> None:
    drawing = plot_network(network_of("Kosong."))
    assert drawing.canvas is None
    assert drawing.data.empty
    assert drawing.alt["en"] == "No sentence names two concepts."
    few = plot_network(network_of("ASN melayani."), min_count=9)
    assert few.alt["id"] == "Tidak ada pasangan konsep dengan 9 kalimat bersama."


def test_the_text_is_of_the_edges_that_are_drawn() -> None:
    network = network_of("ASN melayani warga secara efektif. " * 3 + "Bupati efisien.")
    drawing = plot_network(network, min_count=3)
    assert len(network.edges) > len(drawing.data)
    assert f", {len(drawing.data)} edges;" in drawing.alt["en"]


def test_the_alternative_text_tells_the_strongest() -> None:
    alt = plot_network(network_of("ASN melayani. ASN melayani.")).alt
    assert alt["en"].startswith("Network of 2 concepts, 1 edges;")
    assert alt["en"].endswith("(2, in lists 0).")


def test_the_same_bytes() -> None:
    pictures = []
    for _ in range(2):
        figure = plot_network(network_of(BODY)).canvas
        file = io.BytesIO()
        with mpl.rc_context({"svg.hashsalt": "kit"}):
            figure.savefig(file, format="svg", metadata={"Date": None})
        pictures.append(file.getvalue())
    assert pictures[0] == pictures[1]
