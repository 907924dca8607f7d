"""The figure of the map: what it shows is what the tables say, and labels do not meet."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from matplotlib.text import Text

import kit
from kit.plots.cluster_map import plot_cluster_map
from kit.plots.style import style
from kit.topics.clusters.map import ClusterMap, map_clusters

THEMES = (("hujan", "awan", "angin", "badai"), ("padi", "sawah", "panen", "petani"), ("kapal", "laut", "ombak", "ikan"))
WORDS = sorted(word for theme in THEMES for word in theme)


@pytest.fixture(autouse=True)
def own_style() -> Iterator[None]:
    with style():
        yield


@pytest.fixture(scope="module")
def drawn() -> ClusterMap:
    draw = np.random.default_rng(0)
    on = draw.integers(0, 3, size=120)
    texts = [
        " ".join(
            word
            for place, theme in enumerate(THEMES)
            for word in theme
            if draw.random() < (0.6 if place == on[row] else 0.05)
        )
        + f" nomor{row}x"
        for row in range(120)
    ]
    frame = pd.DataFrame({"doc_id": [f"d{row:03}" for row in range(120)], "text": texts})
    return map_clusters(kit.cluster_terms(kit.Corpus.from_frame(frame, clean=False), items=WORDS, resamples=20))


@pytest.fixture(scope="module")
def none() -> ClusterMap:
    frame = pd.DataFrame({"doc_id": ["a"], "text": ["Hujan dan awan."]})
    return map_clusters(kit.cluster_terms(kit.Corpus.from_frame(frame, clean=False), items=WORDS, resamples=20))


def test_points_are_where_the_table_has_them(drawn: ClusterMap) -> None:
    drawing = plot_cluster_map(drawn)
    figure, data = drawing.canvas, drawing.data
    axes = figure.axes[0]
    dots = np.array([line.get_xydata()[0] for line in axes.lines if line.get_marker() == "o"])
    assert len(dots) == len(data) == len(WORDS)
    far = np.linalg.norm(dots[:, None] - dots[None], axis=2)
    truth = np.linalg.norm(data[["x", "y"]].to_numpy()[:, None] - data[["x", "y"]].to_numpy()[None], axis=2)
    ratio = far[truth > 0] / truth[truth > 0]
    assert np.allclose(ratio, ratio[0])  # one scale for both axes
    box = axes.get_window_extent()
    assert np.ptp(axes.get_xlim()) / np.ptp(axes.get_ylim()) == pytest.approx(box.width / box.height, rel=1e-3)
    bar = next(line for line in axes.lines if not line.get_clip_on() and np.ptp(line.get_ydata()) == 0)
    assert np.ptp(bar.get_xdata()) == pytest.approx(ratio[0])  # the bar is a distance of 1


def test_lines_join_the_nearest(drawn: ClusterMap) -> None:
    figure = plot_cluster_map(drawn).canvas
    joins = [line for line in figure.axes[0].lines if line.get_color() == "0.75"]
    assert len(joins) == drawn.pairs["nearest"].sum()


def test_the_panel_has_every_pair(drawn: ClusterMap) -> None:
    figure = plot_cluster_map(drawn).canvas
    dots = next(line for line in figure.axes[1].lines if line.get_marker() == "o")
    assert dots.get_xdata().tolist() == drawn.pairs["distance"].tolist()
    assert dots.get_ydata().tolist() == drawn.pairs["map_distance"].tolist()


@pytest.mark.parametrize("language", ["en", "id"])
def test_labels_do_not_meet_and_nothing_is_cut_off(drawn: ClusterMap, language: str, project) -> None:
    project(labels=language)
    drawing = plot_cluster_map(drawn)
    figure, data = drawing.canvas, drawing.data
    figure.draw_without_rendering()
    labels = [text for text in figure.axes[0].texts if text.get_text() in set(data["label"])]
    assert len(labels) == len(data)
    boxes = [text.get_window_extent() for text in labels]
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))
    inside = figure.axes[0].get_window_extent()
    assert all(inside.x0 <= box.x0 and box.x1 <= inside.x1 for box in boxes)
    box = figure.get_tightbbox()
    assert figure.get_figwidth() * 25.4 == pytest.approx(183)
    assert box.x0 >= 0
    assert box.x1 * 25.4 <= 183.05
    assert box.y0 >= 0
    assert box.y1 <= figure.get_figheight() + 1e-6
    assert min(text.get_fontsize() for text in figure.findobj(Text) if text.get_text()) >= 6.5


def test_words_and_numbers_are_in_the_language(drawn: ClusterMap, project) -> None:
    for language, mark in (("en", "."), ("id", ",")):
        project(labels=language)
        figure = plot_cluster_map(drawn).canvas
        words = " ".join(text.get_text() for text in figure.axes[1].texts)
        assert f"Stress {drawn.attrs['stress']:.2f}".replace(".", mark) in words
        assert f"{drawn.attrs['stress']:.2f}".replace(".", mark) in plot_cluster_map(drawn).alt[language]


def test_badly_placed_points_are_hollow(drawn: ClusterMap) -> None:
    drawing = plot_cluster_map(drawn)
    figure, data = drawing.canvas, drawing.data
    assert data["badly_placed"].tolist() == (data["stress_share"] > 2 / len(data)).tolist()
    dots = [line for line in figure.axes[0].lines if line.get_marker() == "o"]
    assert [dot.get_markerfacecolor() == "white" for dot in dots] == data["badly_placed"].tolist()


def test_where_there_is_no_map_the_drawing_says_why(none: ClusterMap) -> None:
    drawing = plot_cluster_map(none)
    assert drawing.canvas is None
    assert drawing.data.empty
    assert "fewer than 50 articles" in drawing.alt["en"]
    assert "Tidak ada peta" in drawing.alt["id"]


def test_it_saves_with_its_note(drawn: ClusterMap, tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIT_STAGE", str(tmp_path))
    words = {"en": "Map", "id": "Peta"}
    exhibit = kit.Figure(plot_cluster_map(drawn), id="fig-cluster-map", title=words)
    files = exhibit.files()
    assert b"stress-1" in files["fig-cluster-map.svg"].lower()
    again = kit.Figure(plot_cluster_map(drawn), id="fig-cluster-map", title=words)
    assert again.files() == files
