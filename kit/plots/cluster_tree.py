"""The tree of concepts beside the heat map of their associations: the figure of clusters for many documents."""

from __future__ import annotations

import textwrap
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Rectangle

from kit.plots.cluster_matrix import bands, drawn
from kit.plots.style import COLOURS, new_figure, word
from kit.settings import load_settings
from kit.topics.clusters.result import TermClusters
from kit.wording.numerals import decimal

_ROW = 3.9  # mm per concept
_MARGIN = 22.0  # mm for axis and colour bar
_INK, _FAINT = "0.1", "0.45"
_FEWEST = 2  # concepts that make a tree
_LINE = 26  # characters of a cluster's name on one line


def draw_tree(result: TermClusters) -> tuple[Canvas | None, pd.DataFrame]:
    """Draw the tree of concepts beside the heat map of their associations, with names and stability of clusters.

    183 mm wide. Groups merge at their mean distance; the dashed line is the cut. The number at a branch is the
    stability of the cluster, bold where it is above the null. None with fewer than two concepts.
    `concept_a`, `concept_b` (str), `cluster_a`, `cluster_b` (Int64), `both` (int64), `expected`, `association`,
    `distance` (float64), `joined_at` (float64, height at which the tree joins them).
    """
    language = load_settings().labels
    terms = drawn(result).sort_values("order", ignore_index=True)
    nodes = _nodes(result.linkage, terms)
    data = _pairs(result, terms, nodes)
    if len(terms) < _FEWEST:
        return None, data
    figure, axes = new_figure("double", _MARGIN + _ROW * len(terms))
    axes.remove()
    tree, heat = figure.subplots(1, 2, width_ratios=(1.0, 1.9))
    _draw_tree(tree, result, terms, nodes, language)
    mesh = _draw_heat(heat, terms, data)
    for band in bands(terms):
        _name(heat, result, terms, band, language)
    bar = figure.colorbar(mesh, ax=heat, location="bottom", shrink=0.6, aspect=30, pad=0.02)
    bar.set_label(word("plot_clusters.association"))
    bar.ax.xaxis.set_major_formatter(lambda value, _: decimal(value, 1, language))
    tree.xaxis.set_major_formatter(lambda value, _: decimal(value, 1, language))
    tree.set_yticks(range(len(terms)), terms[f"label_{language}"].tolist())
    return figure, data


def _nodes(linkage: pd.DataFrame, terms: pd.DataFrame) -> list[dict[str, Any]]:
    """Return, for leaves and then merges, the rows below each node, its height and where its line stands."""
    row_of = dict(zip(terms["leaf"], terms["order"], strict=True))
    nodes: list[dict[str, Any]] = [
        {"rows": [int(row_of[leaf])], "height": 0.0, "at": float(row_of[leaf])} for leaf in range(len(terms))
    ]
    for left, right, height in linkage[["left", "right", "height"]].itertuples(index=False):
        first, second = nodes[left], nodes[right]
        nodes.append(
            {
                "rows": first["rows"] + second["rows"],
                "height": float(height),
                "at": (first["at"] + second["at"]) / 2,
                "children": (first, second),
            }
        )
    return nodes


def _pairs(result: TermClusters, terms: pd.DataFrame, nodes: list[dict[str, Any]]) -> pd.DataFrame:
    """Return the pairs in the order drawn, with the height at which the tree joins them."""
    joined = np.zeros((len(terms), len(terms)))
    for node in nodes[len(terms) :]:
        first, second = (child["rows"] for child in node["children"])
        joined[np.ix_(first, second)] = joined[np.ix_(second, first)] = node["height"]
    order = dict(zip(terms["concept"], terms["order"].astype(int), strict=True))
    cluster = dict(zip(terms["concept"], terms["cluster"], strict=True))
    data = result.association.copy()
    data.insert(2, "cluster_a", pd.array([cluster[name] for name in data["concept_a"]], dtype="Int64"))
    data.insert(3, "cluster_b", pd.array([cluster[name] for name in data["concept_b"]], dtype="Int64"))
    rows = [(order[a], order[b]) for a, b in data[["concept_a", "concept_b"]].itertuples(index=False)]
    data["joined_at"] = [float(joined[pair]) for pair in rows]
    data["_first"], data["_second"] = [min(pair) for pair in rows], [max(pair) for pair in rows]
    data = data.sort_values(["_first", "_second"], ignore_index=True)
    data = data.drop(columns=["_first", "_second", "units_a", "units_b", "n_units"])
    data.attrs = dict(result.attrs)
    return data


def _draw_tree(
    axes: Axes, result: TermClusters, terms: pd.DataFrame, nodes: list[dict[str, Any]], language: str
) -> None:
    """Draw the tree with its root at the left, leaves at the right beside the heat map."""
    stable = {frozenset(range(first, end)): result.clusters.iloc[cluster - 1] for cluster, first, end in bands(terms)}
    for node in nodes[len(terms) :]:
        first, second = node["children"]
        inside = node["height"] < 1
        axes.plot(
            [first["height"], node["height"], node["height"], second["height"]],
            [first["at"], first["at"], second["at"], second["at"]],
            color=COLOURS["blue"] if inside else _FAINT,
            linewidth=1.0 if inside else 0.7,
            solid_joinstyle="miter",
        )
        row = stable.get(frozenset(node["rows"]))
        if row is not None:
            axes.annotate(
                decimal(float(row["stability"]), 2, language),
                (node["height"], node["at"]),
                (3, 0),
                textcoords="offset points",
                fontweight="bold" if row["passes_null"] else "normal",
                ha="left",
                va="center",
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
            )
    axes.axvline(1, color=COLOURS["vermillion"], linewidth=0.8, linestyle=(0, (4, 2)), zorder=0)
    axes.set_xlim(max(1.15, nodes[-1]["height"] * 1.05), 0)
    axes.set_ylim(len(terms) - 0.5, -0.5)
    axes.set_xticks(np.arange(0, axes.get_xlim()[0], 0.5))
    axes.set_xlabel(word("plot_clusters.distance"))
    axes.yaxis.tick_right()
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)


def _draw_heat(axes: Axes, terms: pd.DataFrame, data: pd.DataFrame) -> Any:
    """Draw the associations of all pairs, white where they are as frequencies alone make them."""
    order = dict(zip(terms["concept"], terms["order"].astype(int), strict=True))
    values: npt.NDArray[np.float64] = np.full((len(terms), len(terms)), np.nan)
    for a, b, value in data[["concept_a", "concept_b", "association"]].itertuples(index=False):
        values[order[a], order[b]] = values[order[b], order[a]] = value
    ends = [COLOURS["vermillion"], "white", COLOURS["blue"]]
    colours = LinearSegmentedColormap.from_list("association", ends).with_extremes(bad="0.85")
    bound = float(np.nanmax(np.abs(values))) or 1.0
    edges = np.arange(len(terms) + 1) - 0.5
    mesh = axes.pcolormesh(edges, edges, np.ma.masked_invalid(values), cmap=colours, vmin=-bound, vmax=bound)
    axes.set_ylim(len(terms) - 0.5, -0.5)
    axes.set_xticks([])
    axes.set_yticks([])
    for side in axes.spines.values():
        side.set_visible(False)
    return mesh


def _name(axes: Axes, result: TermClusters, terms: pd.DataFrame, band: tuple[int, int, int], language: str) -> None:
    """Frame a cluster in the heat map and write its name beside it."""
    cluster, first, end = band
    row = result.clusters.iloc[cluster - 1]
    weight = "bold" if row["passes_null"] else "normal"
    axes.add_patch(
        Rectangle(
            (first - 0.5, first - 0.5),
            end - first,
            end - first,
            fill=False,
            edgecolor=_INK,
            linewidth=1.4 if row["passes_null"] else 0.6,
            clip_on=False,
        )
    )
    label = dict(zip(terms["concept"], terms[f"label_{language}"], strict=True))
    name = " + ".join(label[concept] for concept in str(row["name"]).split(" + ")) if row["name"] else ""
    words = "\n".join(textwrap.wrap(f"{cluster}  {name}".strip(), _LINE))
    at = (first + end) / 2 - 0.5
    axes.text(len(terms) - 0.2, at, words, fontsize=6.5, fontweight=weight, ha="left", va="center")
