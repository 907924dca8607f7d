"""The matrix of concepts and sentences: the figure of clusters for one text, or a few."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Rectangle

from kit.plots.style import COLOURS, new_figure, word
from kit.settings import load_settings
from kit.topics.clusters.result import TermClusters
from kit.wording.words import remark

_ROW = 3.9  # mm per concept
_MARGIN = 16.0  # mm for the axis
_NUMBERED = 26  # columns that can each show their number; of more, every fifth does
_INK, _FAINT, _ALONE = "0.1", "0.45", "0.55"


def draw_matrix(result: TermClusters) -> tuple[Canvas | None, pd.DataFrame]:
    """Draw which concepts each unit of text names, ordered and framed by cluster.

    183 mm wide. Clusters above the null have a heavy frame, the others a thin one; a number in a cell says that the
    concept is named there that often, if more than once.
    `cluster` (Int64), `concept`, `label` (str), `doc_id` (str), `unit_no` (Int64, from 1 in the document),
    `mentions` (int64), `present` (bool).
    """
    language = load_settings().labels
    units, terms = result.units, drawn(result)
    numbers = _unit_numbers(result)
    data = _cells(result, terms, numbers, language)
    if data.empty:
        return None, data
    counts = data["mentions"].to_numpy().reshape(len(terms), len(units))
    figure, axes = new_figure("double", _MARGIN + _ROW * len(terms))
    for row, column in zip(*np.nonzero(counts), strict=True):
        colour = _ALONE if pd.isna(terms["cluster"].iloc[row]) else COLOURS["blue"]
        axes.add_patch(Rectangle((column - 0.42, row - 0.38), 0.84, 0.76, facecolor=colour, edgecolor="none"))
        if counts[row, column] > 1:
            axes.text(column, row, str(counts[row, column]), color="white", ha="center", va="center", fontsize=6.5)
    _grid(axes, len(terms), len(units), units["doc_id"].tolist())
    for band in bands(terms):
        _frame(axes, result, band, len(units))
    axes.set_yticks(range(len(terms)), terms[f"label_{language}"].tolist())
    axes.tick_params(axis="y", length=0)
    _columns(axes, result, numbers)
    axes.set_xlim(-0.5, len(units) - 0.5)
    axes.set_ylim(len(terms) - 0.4, -0.6)
    if len(result.clusters):
        alone = result.clusters["null_99"].isna().all()
        header = word("plot_clusters.stability" if alone else "plot_clusters.header")
        axes.text(len(units) - 0.2, -0.75, header, fontsize=6.5, color=_INK, ha="left", va="bottom")
    for side in axes.spines.values():
        side.set_visible(False)
    return figure, data


def drawn(result: TermClusters) -> pd.DataFrame:
    """Return the concepts that have a place in a figure, cluster by cluster: those neither rare nor absent."""
    return result.terms[result.terms["order"].notna()].reset_index(drop=True)


def bands(terms: pd.DataFrame) -> list[tuple[int, int, int]]:
    """Return cluster, first row and end of each stretch of rows of one cluster."""
    found = terms.reset_index(names="_row").dropna(subset="cluster").groupby("cluster")["_row"].agg(["min", "max"])
    return [(int(cluster), int(first), int(last) + 1) for cluster, first, last in found.itertuples()]


def _unit_numbers(result: TermClusters) -> list[int]:
    """Return the number of each unit in its document, from 1; of documents, their number."""
    if result.attrs["unit"] == "sentence":
        return [int(number) for number in result.units["sentence_no"]]
    if result.attrs["unit"] == "paragraph":
        return [int(number) + 1 for number in result.units["paragraph"]]
    return list(range(1, len(result.units) + 1))


def _cells(result: TermClusters, terms: pd.DataFrame, numbers: list[int], language: str) -> pd.DataFrame:
    """Return the matrix as a table, one row per cell."""
    named = result.matrix.pivot_table(index="concept", columns="unit", values="mentions", fill_value=0)
    counts = named.reindex(index=terms["concept"], columns=range(len(numbers)), fill_value=0).to_numpy(np.int64)
    data = pd.DataFrame(
        {
            "cluster": np.repeat(terms["cluster"].array, len(numbers)),
            "concept": np.repeat(terms["concept"].array, len(numbers)),
            "label": np.repeat(terms[f"label_{language}"].array, len(numbers)),
            "doc_id": np.tile(result.units["doc_id"].to_numpy(), len(terms)),
            "unit_no": pd.array(np.tile(numbers, len(terms)), dtype="Int64"),
            "mentions": counts.ravel(),
            "present": counts.ravel() > 0,
        }
    )
    data.attrs = dict(result.attrs)
    return data


def _grid(axes: Axes, rows: int, columns: int, documents: list[str]) -> None:
    """Draw faint lines between cells, and stronger ones between documents."""
    axes.vlines(np.arange(columns + 1) - 0.5, -0.5, rows - 0.5, color="0.92", linewidth=0.4, zorder=0)
    axes.hlines(np.arange(rows + 1) - 0.5, -0.5, columns - 0.5, color="0.92", linewidth=0.4, zorder=0)
    borders = [row - 0.5 for row in range(1, columns) if documents[row] != documents[row - 1]]
    axes.vlines(borders, -0.5, rows - 0.5, color="0.6", linewidth=0.6, zorder=0)


def _frame(axes: Axes, result: TermClusters, band: tuple[int, int, int], columns: int) -> None:
    """Frame the rows of a cluster and write its stability beside them."""
    cluster, first, end = band
    row = result.clusters.iloc[cluster - 1]
    passes = bool(row["passes_null"])
    axes.add_patch(
        Rectangle(
            (-0.5, first - 0.5),
            columns,
            end - first,
            fill=False,
            edgecolor=COLOURS["vermillion"] if passes else _FAINT,
            linewidth=1.6 if passes else 0.7,
            clip_on=False,
            zorder=3,
        )
    )
    facts: dict[str, Any] = {"cluster": cluster, "stability": row["stability"]}
    facts["verdict"] = remark(f"plot_clusters.verdict.{row['reason']}")
    if math.isnan(row["null_99"]):
        said = word("plot_clusters.beside", **facts)
    else:
        said = word("plot_clusters.beside_null", bound=row["null_99"], **facts)
    axes.text(
        columns - 0.2,
        (first + end) / 2 - 0.5,
        said,
        fontsize=7,
        fontweight="bold" if passes else "normal",
        color=_INK,
        ha="left",
        va="center",
    )


def _columns(axes: Axes, result: TermClusters, numbers: list[int]) -> None:
    """Write the numbers of the columns, and the documents if there are several."""
    unit = result.attrs["unit"]
    documents = result.units["doc_id"].tolist()
    several = len(set(documents)) > 1
    if unit == "document":
        axes.set_xticks(range(len(numbers)), documents, rotation=90)
    else:
        shown = [column for column, number in enumerate(numbers) if len(numbers) <= _NUMBERED or number % 5 == 0]
        axes.set_xticks(shown, [str(numbers[column]) for column in shown])
    axes.tick_params(axis="x", length=0)
    axes.set_xlabel(word(f"plot_clusters.unit.{unit}"))
    if several and unit != "document":
        top = axes.secondary_xaxis("top")
        middles = {name: [row for row, one in enumerate(documents) if one == name] for name in documents}
        top.set_xticks([float(np.mean(rows)) for rows in middles.values()], list(middles), rotation=20, ha="left")
        top.tick_params(length=0)
        top.spines["top"].set_visible(False)
