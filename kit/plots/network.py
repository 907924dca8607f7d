"""Figures of networks: concepts on two arcs, with a curve for each pair that shares sentences."""

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

from kit.errors import ExhibitError
from kit.measures.association.network import ConceptNetwork
from kit.plots.drawing import COLOURS, new_figure
from kit.settings import LANGUAGES, load_settings

_ROW = 5.8  # mm between two concepts of a side
_MARGIN = 24.0  # mm for the key below
_LINE = 9.0  # mm for a line that says that there are no edges
_MOST = 120  # edges that can still be told apart
_WIDEST, _THINNEST = 5.0, 0.6  # points
_GROUPS = ("blue", "vermillion", "green", "purple", "orange", "sky", "black", "yellow")
_SOLID, _DASHED = "0.45", "0.1"
_WRAP = 30  # characters of a name in one line
_DASHES: Any = (0, (2.5, 1.5))
_PLACES = 4  # decimals of coordinates, so that every processor draws the same
Points = npt.NDArray[np.float64]

_WORDS = {
    "none": {"en": "No sentence names two concepts.", "id": "Tidak ada kalimat yang menyebut dua konsep."},
    "other": {"en": "sentences shared outside lists", "id": "kalimat bersama di luar daftar"},
    "list": {"en": "sentences shared in a list", "id": "kalimat bersama dalam daftar"},
    "cut": {
        "en": "Drawn: pairs that share at least {minimum} sentences.",
        "id": "Digambar: pasangan dengan sedikitnya {minimum} kalimat bersama.",
    },
    "alt": {
        "en": "Network of {nodes} concepts, {edges} edges; a wider edge: more shared sentences. Strongest: {pairs}.",
        "id": "Jejaring {nodes} konsep, {edges} sisi; makin lebar, makin banyak kalimat bersama. Terkuat: {pairs}.",
    },
    "pair": {"en": "{0} and {1} ({2}, in lists {3})", "id": "{0} dan {1} ({2}, dalam daftar {3})"},
}


def network_figure(
    network: ConceptNetwork, *, labels: str | None = None, min_count: int | None = None
) -> tuple[Canvas, pd.DataFrame]:
    """Draw concepts and the sentences that they share.

    Parameters
    ----------
    network : ConceptNetwork
        From `kit.concept_network`.
    labels : {"en", "id"}, optional
        Language; the project's own if left out.
    min_count : int, optional
        Least number of shared sentences of an edge that is drawn; if left out, the smallest that leaves at most 120
        edges, if any does.

    Returns
    -------
    figure : matplotlib.figure.Figure
        183 mm wide. The concepts that are named stand in the codebook's order, clockwise from the top, so that a
        concept keeps its place among its neighbours; their areas grow with the sentences that name them, their colours
        are their groups. The width of a grey curve grows with the sentences shared outside lists, that of a dashed one
        with those shared in a list. With no edges a line says so.
    data : DataFrame, one row per edge drawn
        `source`, `target`, `source_label`, `target_label` (str), `sentences`, `list_sentences`, `other_sentences`,
        `documents` (int64).

    Raises
    ------
    ExhibitError
        The language is unknown, or `min_count` is below 1.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> from kit.measures.association.network import concept_network
    >>> frame = pd.DataFrame({"doc_id": ["a"], "text": ["ASN melayani warga. ASN bekerja efektif."]})
    >>> network = concept_network(kit.Corpus.from_frame(frame, clean=False), kit.load_codebook())
    >>> figure, data = network_figure(network, labels="en")
    >>> data[["source", "target", "sentences"]].to_numpy().tolist()[0]
    ['efektivitas', 'aktor-asn', 1]

    """
    language = _language(labels)
    if min_count is not None and min_count < 1:
        raise ExhibitError(f"min_count = {min_count}", place="network_figure", remedy="use 1 or more")
    least = _least(network.edges) if min_count is None else min_count
    nodes = network.nodes[network.nodes["sentences"] > 0].reset_index(drop=True)
    edges = network.edges[network.edges["sentences"] >= least].reset_index(drop=True)
    places = _places(len(nodes))
    rows = (len(nodes) + 1) // 2
    data = _data(nodes, edges, language)
    figure, axes = new_figure("double", _LINE if data.empty else _MARGIN + _ROW * max(rows, 2))
    axes.set_axis_off()
    if data.empty:
        axes.text(0, 1, _WORDS["none"][language], va="top", transform=axes.transAxes)
        return figure, data
    axes.set_xlim(-1.95, 1.95)
    axes.set_ylim(-1.08, 1.08)
    _draw_edges(axes, nodes, edges, places)
    _draw_nodes(axes, nodes, places, language)
    _draw_keys(figure, nodes, edges, least, language)
    return figure, data


def network_alt(network: ConceptNetwork) -> dict[str, str]:
    """Write the alternative text of a network's figure.

    Parameters
    ----------
    network : ConceptNetwork

    Returns
    -------
    dict
        Keys ``en`` and ``id``: how much is drawn, and the five strongest pairs with their counts.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> from kit.measures.association.network import concept_network
    >>> frame = pd.DataFrame({"doc_id": ["a"], "text": ["Warga menunggu."]})
    >>> network_alt(concept_network(kit.Corpus.from_frame(frame, clean=False), kit.load_codebook()))["en"]
    'No sentence names two concepts.'

    """
    edges = network.edges[network.edges["sentences"] >= _least(network.edges)]
    if edges.empty:
        return dict(_WORDS["none"])
    named = network.nodes[network.nodes["sentences"] > 0].reset_index(drop=True)
    told = {}
    for language in LANGUAGES:
        columns = ["source_label", "target_label", "sentences", "list_sentences"]
        strongest = _data(named, edges, language).head(5)[columns]
        pairs = [_WORDS["pair"][language].format(*row) for row in strongest.itertuples(index=False, name=None)]
        told[language] = _WORDS["alt"][language].format(nodes=len(named), edges=len(edges), pairs="; ".join(pairs))
    return told


def _language(labels: str | None) -> str:
    """Return the language of the labels."""
    language = load_settings().labels if labels is None else labels
    if language not in LANGUAGES:
        raise ExhibitError(f"labels = {labels!r}", place="network_figure", remedy="use one of " + ", ".join(LANGUAGES))
    return language


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


def _draw_keys(figure: Canvas, nodes: pd.DataFrame, edges: pd.DataFrame, least: int, language: str) -> None:
    """Explain colours and widths below the network."""
    most = int(edges["sentences"].max())
    steps = sorted({1, (most + 1) // 2, most})
    names = [*(str(step) for step in steps[:-1]), f"{steps[-1]} {_WORDS['other'][language]}"]
    lines = [
        Line2D([], [], color=_SOLID, alpha=0.55, linewidth=_width(step, most), label=name)
        for step, name in zip(steps, names, strict=True)
    ]
    lines.append(Line2D([], [], color=_DASHED, linestyle=_DASHES, label=_WORDS["list"][language]))
    dots = [
        Line2D([], [], linestyle="none", marker="o", color=colour, label=group)
        for group, colour in _colours(nodes).items()
    ]
    figure.legend(handles=dots, loc="outside lower center", ncols=len(dots), columnspacing=1.2, handletextpad=0.2)
    axes = figure.axes[0]
    title = _WORDS["cut"][language].format(minimum=least) if least > 1 else None
    axes.legend(
        handles=lines, title=title, title_fontsize=6.5, loc="upper center", bbox_to_anchor=(0.5, -0.01),
        ncols=len(lines), columnspacing=1.5,
    )  # fmt: skip
