"""The network: concepts on two arcs, with a curve for each pair that shares sentences."""

from __future__ import annotations

import textwrap
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from kit.corpus.calls import recorded
from kit.errors import ExhibitError
from kit.measures.association.network import ConceptNetwork
from kit.plots.drawing import Drawing
from kit.plots.style import COLOURS, new_figure, word
from kit.settings import LANGUAGES, load_settings
from kit.wording import escape
from kit.wording.words import Remark, remark, value

_ROW = 5.8  # mm between two concepts of a side
_MARGIN = 24.0  # mm for the key below
_KEYS = 4  # groups whose names stand beside each other in 183 mm
_MOST = 120  # edges that can still be told apart
_WIDEST, _THINNEST = 5.0, 0.6  # points
_GROUPS = ("blue", "vermillion", "green", "purple", "orange", "sky", "black", "yellow")
_SOLID, _DASHED = "0.45", "0.1"
_WRAP = 30  # characters of a name in one line
_DASHES: Any = (0, (2.5, 1.5))
_FEW = 5  # pairs that the alternative text names
_TOLD = ["source", "target", "sentences", "list_sentences"]
_PLACES = 4  # decimals of coordinates, so that every processor draws the same
Points = npt.NDArray[np.float64]


@recorded(data=["source", "target"])
def plot_network(network: ConceptNetwork, *, min_count: int | None = None) -> Drawing:
    """Draw concepts and the sentences that they share.

    Parameters
    ----------
    network : ConceptNetwork
        From `kit.concept_network`.
    min_count : int, optional
        Only edges with at least so many shared sentences are drawn. If left out, the smallest number that leaves at
        most 120 edges, if there is one.

    Returns
    -------
    Drawing
        183 mm wide. The concepts that are named stand in the codebook's order, clockwise from the top, so that a
        concept keeps its place among its neighbours; their areas grow with the sentences that name them, their colours
        are their groups. The width of a grey curve grows with the sentences shared outside lists, that of a dashed one
        with those shared in a list. Data, one row per edge drawn: `source`, `target`, `source_label`, `target_label`
        (str), `sentences`, `list_sentences`, `other_sentences`, `documents` (int64). Nothing is drawn without edges.

    Raises
    ------
    ExhibitError
        `min_count` is below 1.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> from kit.measures.association.network import concept_network
    >>> frame = pd.DataFrame({"doc_id": ["a"], "text": ["ASN melayani warga. ASN bekerja efektif."]})
    >>> network = concept_network(kit.Corpus.from_frame(frame, clean=False), kit.load_codebook())
    >>> plot_network(network).data[["source", "target", "sentences"]].to_numpy().tolist()[0]
    ['efektivitas', 'aktor-asn', 1]

    """
    language = load_settings().labels
    if min_count is not None and min_count < 1:
        raise ExhibitError(f"min_count = {min_count}", place="plot_network", remedy="use 1 or more")
    least = _least(network.edges) if min_count is None else min_count
    nodes = network.nodes[network.nodes["sentences"] > 0].reset_index(drop=True)
    edges = network.edges[network.edges["sentences"] >= least].reset_index(drop=True)
    places = _places(len(nodes))
    rows = (len(nodes) + 1) // 2
    data = _data(nodes, edges, language)
    if data.empty:
        few = remark("plot_network.few", minimum=least) if len(network.edges) else remark("plot_network.none")
        return Drawing(None, data, few)
    figure, axes = new_figure("double", _MARGIN + _ROW * max(rows, 2))
    data.attrs["remarks"] = [*data.attrs.get("remarks", ()), remark("plot_network.marks")]
    axes.set_axis_off()
    axes.set_xlim(-1.95, 1.95)
    axes.set_ylim(-1.08, 1.08)
    _draw_edges(axes, nodes, edges, places)
    _draw_nodes(axes, nodes, places, language)
    _draw_keys(figure, nodes, edges, least)
    return Drawing(figure, data, _alt(nodes, edges))


def _alt(nodes: pd.DataFrame, edges: pd.DataFrame) -> Remark:
    """Say how much is drawn, and name the strongest pairs with their counts."""
    rows = nodes.to_dict("records")
    names = {row["concept"]: {language: row[f"label_{language}"] for language in LANGUAGES} for row in rows}
    pairs = [
        remark("plot_network.pair", a=names[a], b=names[b], sentences=sentences, lists=lists)
        for a, b, sentences, lists in edges[_TOLD].head(_FEW).itertuples(index=False)
    ]
    return remark("plot_network.alt", nodes=len(nodes), edges=len(edges), pairs=pairs)


def _least(edges: pd.DataFrame) -> int:
    """Return the smallest number of shared sentences that leaves few enough edges."""
    counts = edges["sentences"].to_numpy(np.int64)
    return 1 if len(counts) <= _MOST else int(counts[_MOST]) + 1 if counts[_MOST] < counts[0] else int(counts[0])


def _places(number: int) -> Points:
    """Return x and y of nodes, clockwise from the top: level with their labels, so that no two labels meet."""
    right = (number + 1) // 2
    sides = []
    for count, sign in ((right, 1.0), (number - right, -1.0)):
        height = np.linspace(1, -1, count) if count > 1 else np.zeros(count)
        x = sign * (0.35 + 0.65 * np.sqrt(1 - 0.9 * height**2))
        sides.append(np.column_stack([x, height])[:: int(sign)])
    return np.asarray(np.round(np.concatenate(sides), _PLACES), np.float64)


def _data(nodes: pd.DataFrame, edges: pd.DataFrame, language: str) -> pd.DataFrame:
    """Return the edges with the labels of their ends."""
    label = nodes.set_index("concept")[f"label_{language}"]
    table = edges[["source", "target", "sentences", "list_sentences", "other_sentences", "documents"]].copy()
    for position, end in ((2, "source"), (3, "target")):
        table.insert(position, f"{end}_label", label.reindex(table[end]).astype("str").to_numpy())
    return table.reset_index(drop=True)


def _width(sentences: int, most: int) -> float:
    """Return the width of an edge, in points."""
    return round(_THINNEST + (_WIDEST - _THINNEST) * (sentences - 1) / max(most - 1, 1), _PLACES)


def _draw_edges(axes: Axes, nodes: pd.DataFrame, edges: pd.DataFrame, places: Points) -> None:
    """Draw the curves, the weakest first, bent towards the middle."""
    row = {concept: number for number, concept in enumerate(nodes["concept"])}
    most = int(edges["sentences"].max())
    for edge in edges.iloc[::-1].itertuples():
        ends = places[[row[edge.source], row[edge.target]]]
        path = Path([ends[0], _bend(*ends), ends[1]], [Path.MOVETO, Path.CURVE3, Path.CURVE3])
        for count, colour, dashes, layer in (
            (edge.other_sentences, _SOLID, "solid", 1),
            (edge.list_sentences, _DASHED, _DASHES, 2),
        ):
            if count:
                curve = PathPatch(path, fill=False, edgecolor=colour, linestyle=dashes, zorder=layer, capstyle="butt")
                curve.set(linewidth=_width(count, most), alpha=0.55 if layer == 1 else 1)
                axes.add_patch(curve)


def _bend(one: Points, other: Points) -> Points:
    """Return what a curve is drawn towards: the middle, the more the farther its ends lie apart on one side."""
    x, y = (one + other) / 2
    apart = min(abs(float(one[1] - other[1])), 1.0)
    return np.round(np.array([x * (0.8 - 0.7 * apart), y]), _PLACES)


def _draw_nodes(axes: Axes, nodes: pd.DataFrame, places: Points, language: str) -> None:
    """Draw the concepts with their names and the number of sentences that name them."""
    colours = _colours(nodes)
    most = int(nodes["sentences"].max())
    for number, node in enumerate(nodes.itertuples()):
        x, y = places[number]
        size = round(3.5 + 6 * float(np.sqrt(node.sentences / most)), _PLACES)
        axes.plot(
            [x], [y], marker="o", markersize=size, markerfacecolor=colours[node.parent], markeredgecolor="white",
            markeredgewidth=0.8, zorder=3, clip_on=False,
        )  # fmt: skip
        text = f"{getattr(node, f'label_{language}')}\u00a0({node.sentences})"
        axes.annotate(
            textwrap.fill(text, _WRAP), (x, y), xytext=(7 if x > 0 else -7, 0), textcoords="offset points",
            linespacing=0.95, ha="left" if x > 0 else "right", va="center", fontsize=7, zorder=4, annotation_clip=False,
        )  # fmt: skip


def _colours(nodes: pd.DataFrame) -> dict[str, str]:
    """Give each group of concepts a colour; groups beyond the eighth share grey."""
    groups = list(dict.fromkeys(nodes["parent"]))
    named = [COLOURS[name] for name in _GROUPS]
    return {group: named[number] if number < len(named) else "0.5" for number, group in enumerate(groups)}


def _called(group: str, language: str) -> str:
    """Return what a group of concepts is called."""
    return escape.one_line(value("parent", group, language))


def _draw_keys(figure: Canvas, nodes: pd.DataFrame, edges: pd.DataFrame, least: int) -> None:
    """Explain colours and widths below the network."""
    most = int(edges["sentences"].max())
    steps = sorted({1, (most + 1) // 2, most})
    names = [*(str(step) for step in steps[:-1]), f"{steps[-1]} {word('plot_network.other')}"]
    lines = [
        Line2D([], [], color=_SOLID, alpha=0.55, linewidth=_width(step, most), label=name)
        for step, name in zip(steps, names, strict=True)
    ]
    lines.append(Line2D([], [], color=_DASHED, linestyle=_DASHES, label=word("plot_network.list")))
    dots = [
        Line2D([], [], linestyle="none", marker="o", color=colour, label=_called(group, load_settings().labels))
        for group, colour in _colours(nodes).items()
    ]
    figure.legend(
        handles=dots, loc="outside lower center", ncols=min(len(dots), _KEYS), columnspacing=1.2, handletextpad=0.2
    )
    axes = figure.axes[0]
    title = word("plot_network.cut", minimum=least) if least > 1 else None
    axes.legend(
        handles=lines, title=title, title_fontsize=6.5, loc="upper center", bbox_to_anchor=(0.5, -0.01),
        ncols=len(lines), columnspacing=1.5,
    )  # fmt: skip
