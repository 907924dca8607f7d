"""A network of actors and concepts: its tables, its matrix, what is behind its edges, and its files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import pandas as pd

from kit.errors import QueryError
from kit.measures.discourse import export


@dataclass(frozen=True, eq=False)
class DiscourseNetwork:
    """Actors and concepts, what ties them, and the statements behind every tie.

    Attributes
    ----------
    nodes : DataFrame, one row per window and name, rows before columns
        `window` (str; the stretch of time, empty if there is one), `name` (str), `kind` (str; ``row`` or ``column``, a
        one-mode network has rows alone), `statements`, `agrees`, `objects`, `silent`, `stories` (int64).
    edges : DataFrame, one row per window and pair that shares a concept, or row and column that share a statement
        `window`, `source`, `target` (str; in a one-mode network the first sorts before the second), `weight`
        (float64; nan where its divisor is 0), `low`, `high` (float64; 95 % interval of the weight by resampling
        stories, missing where fewer than 50 stories are behind the edge, or the divisor is one whose intervals do not
        cover), `pairs` (int64; pairs of statements on one concept; of two modes, statements),
        `congruent`, `conflicting` (int64; pairs at one level, and pairs of which one agrees and one objects; of two
        modes, statements that agree and that object), `stories` (int64; with such a statement), `few_stories` (bool).
        Sorted by window, source, target.
    statements : DataFrame, one row per statement that counts
        As given, with `statement` (int64; row of the table given) and `story` (str).
    settings : dict
        How it was made.
    attrs : dict
        The facts that a reader needs; the tables carry them too.

    """

    nodes: pd.DataFrame
    edges: pd.DataFrame
    statements: pd.DataFrame
    settings: dict[str, Any] = field(default_factory=dict)
    attrs: dict[str, Any] = field(default_factory=dict)

    def __repr__(self) -> str:
        """Say how large the network is."""
        modes = "one-mode" if self.settings["mode"] == "one" else "two-mode"
        return (
            f"<DiscourseNetwork: {modes}, {self.nodes['name'].nunique()} nodes, {len(self.edges)} edges, "
            f"{len(self.statements)} statements>"
        )

    def matrix(self, *, window: str = "") -> pd.DataFrame:
        """Return the weights as a matrix.

        Parameters
        ----------
        window : str
            A stretch of time of a network over time.

        Returns
        -------
        DataFrame of float64
            Rows by rows, 0 on the diagonal; of two modes rows by columns. 0 where there is no edge.

        """
        nodes, edges = self._in(window)
        rows = nodes.loc[nodes["kind"] == "row", "name"].tolist()
        columns = rows if self.settings["mode"] == "one" else nodes.loc[nodes["kind"] == "column", "name"].tolist()
        made = pd.DataFrame(0.0, index=pd.Index(rows, name="source"), columns=pd.Index(columns, name="target"))
        place = pd.Index(rows).get_indexer(edges["source"]), pd.Index(columns).get_indexer(edges["target"])
        values = made.to_numpy(copy=True)
        values[place] = edges["weight"]
        if self.settings["mode"] == "one":
            values[place[::-1]] = edges["weight"]
        return pd.DataFrame(values, index=made.index, columns=made.columns)

    def pairs(self, source: str, target: str, *, window: str = "") -> pd.DataFrame:
        """Open an edge to what is behind it.

        Parameters
        ----------
        source, target : str
            The ends of the edge, in either order; of two modes the row and the column.
        window : str
            A stretch of time of a network over time.

        Returns
        -------
        DataFrame, one row per pair of statements
            `concept` (str), `kind` (str; ``congruent``, ``conflicting`` or ``other``), and of each of the two
            `statement_a`, `statement_b` (int64; rows of the table given), `doc_id_a`, `doc_id_b` (str), `agreement_a`,
            `agreement_b` (Int8). Of two modes one row per statement, with `statement`, `doc_id`, `agreement`.

        Raises
        ------
        QueryError
            There is no such node.

        """
        nodes, _ = self._in(window)
        rows, columns = self.settings["rows"], self.settings["columns"]
        for name in (source, target):
            if name not in set(nodes["name"]):
                raise QueryError(f"there is no node {name!r}", place="pairs", remedy="use a name of .nodes")
        said = self.statements if not window else self.statements[self.statements["window"] == window]
        told = ["statement", "doc_id", "agreement"]
        if self.settings["mode"] == "two":
            here = said[(said[rows] == source) & (said[columns] == target)]
            return here[[columns, *told]].rename(columns={columns: "concept"}).reset_index(drop=True)
        halves = [said.loc[said[rows] == name, [columns, *told]] for name in (source, target)]
        found = halves[0].merge(halves[1], on=columns, suffixes=("_a", "_b")).rename(columns={columns: "concept"})
        one, other = (found[f"agreement_{end}"].fillna(0).to_numpy(np.int64) for end in "ab")
        kind = np.select([one == other, one * other < 0], ["congruent", "conflicting"], "other")
        found.insert(1, "kind", pd.array(kind, dtype="str"))
        return found.sort_values(["concept", "statement_a", "statement_b"], ignore_index=True)

    def to_graphml(self, *, dialect: Literal["plain", "visone"] = "plain", window: str = "") -> str:
        """Return the network as GraphML, undirected; in the dialect of visone with its shapes and colours."""
        nodes, edges = self._in(window)
        return export.graphml_of(nodes, edges, dialect)

    def to_dl(self, *, window: str = "") -> str:
        """Return the matrix as a UCINET DL file with names."""
        return export.dl_of(self.matrix(window=window), two_mode=self.settings["mode"] == "two")

    def to_vosviewer(self, *, window: str = "") -> tuple[str, str]:
        """Return the map file and the network file of VOSviewer; it knows no weights below 0: these are left out."""
        nodes, edges = self._in(window)
        return export.vosviewer_of(nodes, edges)

    def to_edge_list(self) -> str:
        """Return the edges as comma-separated text with a heading, one per line, of all windows."""
        return export.edge_list_of(self.edges)

    def _in(self, window: str) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Return the nodes and edges of a stretch of time."""
        there = self.nodes["window"].unique().tolist()
        if len(self.nodes) and window not in there:
            named = ", ".join(repr(one) for one in there)
            raise QueryError(f"window = {window!r}", place="DiscourseNetwork", remedy=f"use one of {named}")
        return self.nodes[self.nodes["window"] == window], self.edges[self.edges["window"] == window]
