"""Discourse networks in the formats of other programs."""

from __future__ import annotations

import csv
import io
import math
from xml.sax.saxutils import escape

import numpy as np
import pandas as pd

from kit.measures.association.graphml import clean, graphml

_SPACES = {
    "xmlns": "http://graphml.graphdrawing.org/xmlns",
    "xmlns:visone": "http://visone.info/xmlns",
    "xmlns:y": "http://www.yworks.com/xml/graphml",
}
_SHAPES = {"row": ("roundrectangle", "#3399FF"), "column": ("ellipse", "#00CC66")}
_COLOURS = ("#CC3311", "#666666", "#228833")  # of edges below, at and above 0
_EDGE_LIST = ("window", "source", "target", "weight", "low", "high", "pairs", "stories", "few_stories")


def graphml_of(nodes: pd.DataFrame, edges: pd.DataFrame, dialect: str) -> str:
    """Write GraphML, plain or as visone reads it."""
    nodes, edges = _named(nodes, edges)
    if dialect == "plain":
        return graphml(nodes.assign(label=nodes["name"]), edges, id_column="key", weight="weight")
    number = {name: f"n{row}" for row, name in enumerate(nodes["key"])}
    spaces = " ".join(f'{name}="{value}"' for name, value in _SPACES.items())
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<graphml {spaces}>",
        '  <key id="d0" for="node" yfiles.type="nodegraphics"/>',
        '  <key id="e0" for="edge" yfiles.type="edgegraphics"/>',
        # Not "id", as other exports write: igraph keeps vertex ids under that name and cannot read the file; and no
        # key of the graph, which networkx cannot read.
        '  <key id="name" for="node" attr.name="name" attr.type="string"/>',
        '  <key id="class" for="node" attr.name="class" attr.type="string"/>',
        '  <key id="statementFrequency" for="node" attr.name="statementFrequency" attr.type="int"/>',
        '  <key id="weight" for="edge" attr.name="weight" attr.type="double"/>',
        '  <graph id="G" edgedefault="undirected">',
    ]
    for row in nodes.itertuples():
        shape, colour = _SHAPES[row.kind]
        name = escape(clean(row.name))
        lines.append(
            f'    <node id="{number[row.key]}"><data key="name">{name}</data><data key="class">{row.kind}</data>'
            f'<data key="statementFrequency">{row.statements}</data><data key="d0"><visone:shapeNode><y:ShapeNode>'
            f'<y:Fill color="{colour}" transparent="false"/><y:NodeLabel>{name}</y:NodeLabel>'
            f'<y:Shape type="{shape}"/></y:ShapeNode></visone:shapeNode></data></node>'
        )
    for row in edges.itertuples():
        weight = "" if math.isnan(row.weight) else f'<data key="weight">{row.weight:.6g}</data>'
        colour = _COLOURS[1 + int(np.nan_to_num(np.sign(row.weight)))]
        lines.append(
            f'    <edge source="{number[row.source]}" target="{number[row.target]}">{weight}<data key="e0">'
            f'<visone:polyLineEdge><y:PolyLineEdge><y:LineStyle color="{colour}" type="line" width="2.0"/>'
            "</y:PolyLineEdge></visone:polyLineEdge></data></edge>"
        )
    return "\n".join([*lines, "  </graph>", "</graphml>", ""])


def _named(nodes: pd.DataFrame, edges: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Tell a row and a column of one name apart."""
    two = (nodes["kind"] == "column").any()
    nodes = nodes.drop(columns="window").assign(key=nodes["kind"] + ":" + nodes["name"] if two else nodes["name"])
    edges = edges.drop(columns=["window"])
    edges["few_stories"] = edges["few_stories"].map({True: "yes", False: "no"}).astype("str")
    if two:
        edges = edges.assign(source="row:" + edges["source"], target="column:" + edges["target"])
    return nodes.reset_index(drop=True), edges.reset_index(drop=True)


def dl_of(matrix: pd.DataFrame, *, two_mode: bool) -> str:
    """Write a full matrix as UCINET reads it, names in quotes."""
    rows, columns = len(matrix), len(matrix.columns)
    sizes = f"nr={rows} nc={columns}" if two_mode else f"n={rows}"
    lines = [f"dl {sizes} format=fullmatrix"]
    if two_mode:
        lines += ["row labels:", *map(_quoted, matrix.index), "column labels:", *map(_quoted, matrix.columns)]
    else:
        lines += ["labels:", *map(_quoted, matrix.index)]
    lines.append("data:")
    lines += [" ".join(_number(value) for value in row) for row in matrix.to_numpy()]
    return "\n".join([*lines, ""])


def _quoted(name: str) -> str:
    """Write a name in quotes, on one line."""
    return '"' + " ".join(name.split()).replace('"', "'") + '"'


def _number(value: float) -> str:
    """Write a number; what is missing is 0, as no tie."""
    return "0" if math.isnan(value) else f"{value:.6g}"


def vosviewer_of(nodes: pd.DataFrame, edges: pd.DataFrame) -> tuple[str, str]:
    """Write a map file (tab-separated, with heading) and a network file (tab-separated, without)."""
    nodes, edges = _named(nodes, edges)
    number = {name: row for row, name in enumerate(nodes["key"], start=1)}
    rows = [
        f"{number[row.key]}\t{' '.join(row.name.split())}\t{1 if row.kind == 'row' else 2}\t{row.statements}"
        for row in nodes.itertuples()
    ]
    links = [
        f"{number[row.source]}\t{number[row.target]}\t{row.weight:.6g}" for row in edges.itertuples() if row.weight > 0
    ]
    head = "id\tlabel\tcluster\tweight<Statements>"
    return "\n".join([head, *rows, ""]), "\n".join([*links, ""]) if links else ""


def edge_list_of(edges: pd.DataFrame) -> str:
    """Write edges as comma-separated text, as RFC 4180 says, lines ended by a line feed."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_EDGE_LIST)
    for row in edges[[*_EDGE_LIST]].itertuples(index=False, name=None):
        writer.writerow([_cell(value) for value in row])
    return text.getvalue()


def _cell(value: object) -> object:
    """Write a cell: six significant digits, yes and no, nothing for what is missing."""
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if isinstance(value, float):
        return "" if math.isnan(value) else f"{value:.6g}"
    return value
