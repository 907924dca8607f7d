"""A network as GraphML text (Brandes et al. 2002), which Gephi, Cytoscape, igraph and networkx read."""

from __future__ import annotations

import math
import re
from xml.sax.saxutils import escape, quoteattr

import pandas as pd

# Everything that XML 1.0 cannot hold, even as a reference.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def graphml(
    nodes: pd.DataFrame, edges: pd.DataFrame, *, id_column: str, language: str = "en", weight: str = "weight"
) -> str:
    """Write an undirected network.

    Programs show a node by its `label`, here that of the language or else its name, and draw an edge by its `weight`,
    here a copy of that column.

    Every other column is an attribute: whole numbers as long, other numbers as double with six significant
    digits, the rest as string. Missing and infinite numbers are left out. Nodes are numbered (n0, n1, …) and have
    their name as the attribute `id_column`, since an XML name must not hold blanks.
    """
    number = {name: f"n{row}" for row, name in enumerate(nodes[id_column])}
    nodes = nodes.assign(label=_labels(nodes, id_column, f"label_{language}"))
    about_edges = edges.drop(columns=["source", "target"]).assign(weight=edges[weight].astype("float64"))
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">']
    lines += _keys(nodes, "node", "v") + _keys(about_edges, "edge", "e")
    lines.append('  <graph edgedefault="undirected">')
    lines += [
        f'    <node id="{number[name]}">{data}</node>'
        for name, data in zip(nodes[id_column], _data(nodes, "v"), strict=True)
    ]
    lines += [
        f'    <edge source="{number[source]}" target="{number[target]}">{data}</edge>'
        for source, target, data in zip(edges["source"], edges["target"], _data(about_edges, "e"), strict=True)
    ]
    return "\n".join([*lines, "  </graph>", "</graphml>", ""])


def _labels(nodes: pd.DataFrame, id_column: str, column: str) -> pd.Series:
    """Return the labels of nodes; the name of one that has none."""
    names = nodes[id_column]
    return nodes[column].where(nodes[column].fillna("") != "", names) if column in nodes.columns else names


def _keys(table: pd.DataFrame, element: str, letter: str) -> list[str]:
    """Declare the columns of a table."""
    kinds = ["long" if _is_whole(c) else "double" if pd.api.types.is_float_dtype(c) else "string" for c in table.dtypes]
    return [
        f'  <key id="{letter}{row}" for="{element}" attr.name={quoteattr(clean(str(name)))} attr.type="{kind}"/>'
        for row, (name, kind) in enumerate(zip(table.columns, kinds, strict=True))
    ]


def _is_whole(dtype: object) -> bool:
    """Tell whether a column holds whole numbers."""
    return bool(pd.api.types.is_integer_dtype(dtype))


def _data(table: pd.DataFrame, letter: str) -> list[str]:
    """Write the values of each row."""
    return [
        "".join(
            f'<data key="{letter}{column}">{escape(clean(_spelled(value)))}</data>'
            for column, value in enumerate(row)
            if not _missing(value)
        )
        for row in table.itertuples(index=False, name=None)
    ]


def _spelled(value: object) -> str:
    """Write a value; the last digits of a logarithm are not the same on every machine."""
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _missing(value: object) -> bool:
    """Tell what is left out."""
    return value == "" or bool(pd.isna(value)) or (isinstance(value, float) and math.isinf(value))


def clean(text: str) -> str:
    """Replace what XML cannot hold."""
    return _FORBIDDEN.sub("\ufffd", text)
