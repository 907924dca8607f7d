"""The map of the vocabulary, with what it gets wrong beside it."""

from __future__ import annotations

import textwrap
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from kit.corpus.calls import recorded
from kit.plots.drawing import Drawing
from kit.plots.label_places import Points, label_places
from kit.plots.style import COLOURS, MM, WIDTHS, new_figure, word
from kit.settings import LANGUAGES, load_settings
from kit.topics.clusters.map import ClusterMap
from kit.wording.numerals import decimal
from kit.wording.words import Remark, remark

_SIDE, _EDGE = 128.0, 3.0  # mm: the width of the map, and the rim of the figure
_FEW = 5  # pairs that the alternative text names
_LOWEST, _TALLEST = 100.0, 170.0  # mm: its height
_PANEL_LEFT, _PANEL = 143.0, 37.0  # mm: the panel beside it
_BELOW = 12.0  # mm for the scale
_ROOM = (44.0, 16.0)  # mm left beside and above the points for labels
_RADIUS = 1.1  # mm
_LEADER = 2.5  # mm from which a line joins label and point
_WRAP = 22  # characters of a label in one line
_SIZE = 6.5  # points
_BAD = 2.0  # times the mean share of the squared errors
_INK, _FAINT, _ALONE = "0.1", "0.55", "0.45"
_GROUPS = ("blue", "vermillion", "green", "purple", "orange", "sky", "black", "yellow")
_DASHES: Any = (0, (3, 2))
_HALO: Any = {"facecolor": "white", "edgecolor": "none", "alpha": 0.7, "pad": 0.4}
_KEY_WRAP = 34
_NUMBERS = {"stress": "stress", "null": "null_stress", "shepard": "shepard"}


@recorded(data=["concept"])
def plot_cluster_map(drawn: ClusterMap) -> Drawing:
    """Draw the map, and beside it each pair's distance against its distance on the map.

    Parameters
    ----------
    drawn : ClusterMap
        From `kit.map_clusters`.

    Returns
    -------
    Drawing
        183 mm wide. Both axes of the map have one scale; a bar shows a distance of 1. Lines join each concept to its
        nearest, so that a long line is a distance the map gets wrong; hollow points are badly placed. Data, one row per
        point: `concept`, `label` (str), `cluster` (Int64), `units` (int64), `x`, `y`, `stress_share` (float64),
        `badly_placed` (bool). Nothing is drawn where the map is refused.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> from kit.topics.clusters.map import map_clusters
    >>> texts = ["Pelayanan publik cepat.", "Akuntabel, transparan.", "Efektif, adil."]
    >>> texts = [*texts, "Pelayanan publik cepat, efektif."] * 20
    >>> frame = pd.DataFrame({"doc_id": range(80), "text": [f"{text} {row}" for row, text in enumerate(texts)]})
    >>> corpus = kit.Corpus.from_frame(frame.astype({"doc_id": "str"}), clean=False)
    >>> drawing = plot_cluster_map(map_clusters(kit.cluster_terms(corpus, kit.load_codebook(), resamples=20)))
    >>> len(drawing.data), len(drawing.canvas.axes)
    (6, 2)

    """
    language = load_settings().labels
    data = _data(drawn, language)
    if data.empty:
        return Drawing(None, data, drawn.attrs["missing"])
    at, scale, tall = _millimetres(data)
    height = tall + 2 * _EDGE + _BELOW
    figure, axes = new_figure("double", height)
    figure.set_layout_engine("none")
    _place(axes, (_EDGE, _EDGE + _BELOW, _SIDE, tall), height)
    side = figure.add_subplot()
    _place(side, (_PANEL_LEFT, _EDGE + _BELOW + tall - _PANEL, _PANEL, _PANEL), height)
    _draw_points(axes, drawn, data, at, tall)
    _draw_labels(figure, axes, data["label"].tolist(), at, tall)
    _draw_scale(axes, scale, tall)
    _draw_panel(side, drawn, language)
    return Drawing(figure, data, _alt(drawn))


def _alt(drawn: ClusterMap) -> Remark:
    """Say how many points there are and how good the map is, and name the nearest pairs with their distance."""
    points = drawn.points.to_dict("records")
    names = {row["concept"]: {language: row[f"label_{language}"] for language in LANGUAGES} for row in points}
    nearest = drawn.pairs.sort_values(["distance", "concept_a", "concept_b"]).head(_FEW)
    pairs = [
        remark("plot_cluster_map.pair", a=names[a], b=names[b], distance=distance)
        for a, b, distance in nearest[["concept_a", "concept_b", "distance"]].itertuples(index=False)
    ]
    items = remark(f"nouns.many.{drawn.attrs['items']}")
    facts = {name: drawn.attrs[name] for name in ("stress", "shepard")}
    return remark("plot_cluster_map.alt", points=len(points), items=items, pairs=pairs, **facts)


def _data(drawn: ClusterMap, language: str) -> pd.DataFrame:
    """Return the points with one label, and whether they are badly placed."""
    points = drawn.points
    share = points["stress_share"]
    data = points[["concept", "cluster", "units", "x", "y", "stress_share"]].assign(
        badly_placed=(share > _BAD / max(len(points), 1)).to_numpy(bool)
    )
    data.insert(1, "label", points[f"label_{language}"])
    data.attrs = dict(drawn.attrs)
    return data


def _place(axes: Axes, box: tuple[float, float, float, float], height: float) -> None:
    """Put axes at a place given in mm."""
    left, bottom, width, tall = box
    axes.set_position((left / WIDTHS["double"], bottom / height, width / WIDTHS["double"], tall / height))


def _millimetres(data: pd.DataFrame) -> tuple[Points, float, float]:
    """Return where points stand, in mm from the middle of the map, how many mm a distance of 1 is, and the height."""
    places = data[["x", "y"]].to_numpy(np.float64)
    middle = (places.max(axis=0) + places.min(axis=0)) / 2
    reach = np.maximum(np.ptp(places, axis=0), 1e-3)
    scale = float(((np.array([_SIDE, _TALLEST]) - _ROOM) / reach).min())
    return np.asarray((places - middle) * scale), scale, max(_LOWEST, float(reach[1]) * scale + _ROOM[1])


def _draw_points(axes: Axes, drawn: ClusterMap, data: pd.DataFrame, at: Points, tall: float) -> None:
    """Draw points, and the lines to their nearest."""
    row = {name: number for number, name in enumerate(data["concept"])}
    for a, b in drawn.pairs.loc[drawn.pairs["nearest"], ["concept_a", "concept_b"]].itertuples(index=False):
        ends = at[[row[a], row[b]]]
        axes.plot(ends[:, 0], ends[:, 1], color="0.75", linewidth=0.7, zorder=1, solid_capstyle="round")
    for (x, y), cluster, bad in zip(at.tolist(), data["cluster"], data["badly_placed"], strict=True):
        colour = _ALONE if pd.isna(cluster) else COLOURS[_GROUPS[(int(cluster) - 1) % len(_GROUPS)]]
        face = "white" if bad else colour
        axes.plot(x, y, "o", markersize=5, color=colour, markerfacecolor=face, markeredgewidth=1.0, zorder=3)
    axes.set_xlim(-_SIDE / 2, _SIDE / 2)
    axes.set_ylim(-tall / 2, tall / 2)
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_visible(True)
        spine.set_color("0.8")


def _draw_labels(figure: Canvas, axes: Axes, words: list[str], at: Points, tall: float) -> None:
    """Write the labels where none lies on another."""
    written = ["\n".join(textwrap.wrap(label, _WRAP)) for label in words]
    texts = [axes.text(0, 0, label, fontsize=_SIZE, zorder=4, bbox=_HALO) for label in written]
    boxes = [text.get_window_extent() for text in texts]
    sizes = [(box.width / figure.dpi * MM, box.height / figure.dpi * MM) for box in boxes]
    area = (-_SIDE / 2, -tall / 2, _SIDE / 2, tall / 2)
    places = label_places(at, sizes, area, radius=_RADIUS)
    for text, place, size, point in zip(texts, places, sizes, at, strict=True):
        text.set_position((round(place.left, 2), round(place.bottom, 2)))
        text.set_verticalalignment("bottom")
        if place.away > _LEADER:
            corner = np.array([place.left, place.bottom])
            ends = np.array([point, np.clip(point, corner, corner + size)]).round(2)
            axes.plot(ends[:, 0], ends[:, 1], color=_FAINT, linewidth=0.4, linestyle=_DASHES, zorder=2)


def _draw_scale(axes: Axes, scale: float, tall: float) -> None:
    """Draw below the map how long a distance of 1 is."""
    left, low = -_SIDE / 2, -tall / 2 - 4.0
    for x, y in (([left, left + scale], [low, low]), ([left] * 2, [low - 1, low + 1])):
        axes.plot(x, y, color=_INK, linewidth=0.8, clip_on=False)
    axes.plot([left + scale] * 2, [low - 1, low + 1], color=_INK, linewidth=0.8, clip_on=False)
    axes.text(left, low - 2.0, word("plot_cluster_map.scale"), fontsize=_SIZE, va="top")


def _draw_panel(axes: Axes, drawn: ClusterMap, language: str) -> None:
    """Draw each pair's distance on the map against its distance, with the numbers and the key below."""
    pairs, attrs = drawn.pairs, drawn.attrs
    most = float(max(pairs["distance"].max(), pairs["map_distance"].max())) * 1.04
    axes.plot([0, most], [0, most], color=COLOURS["vermillion"], linewidth=0.8, zorder=1)
    axes.plot(pairs["distance"], pairs["map_distance"], "o", color=COLOURS["blue"], markersize=1.2, alpha=0.5, zorder=2)
    axes.set_xlim(0, most)
    axes.set_ylim(0, most)
    axes.set_xticks(np.arange(0, most, 0.5))
    axes.set_yticks(np.arange(0, most, 0.5))
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(lambda value, _: decimal(value, 1, language))
    axes.set_xlabel(word("plot_cluster_map.given"))
    axes.set_ylabel(word("plot_cluster_map.drawn"))
    numbers = {name: attrs[key] for name, key in _NUMBERS.items()}
    lines = [*word("plot_cluster_map.stress", **numbers).split("\n"), ""]
    for line in word("plot_cluster_map.key", item=remark(f"nouns.one.{attrs['items']}")).split("\n"):
        lines += textwrap.wrap(line, _KEY_WRAP)
    axes.text(-0.3, -0.42, "\n".join(lines), fontsize=_SIZE, va="top", linespacing=1.35, transform=axes.transAxes)
