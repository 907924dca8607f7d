"""Figures of clusters: the matrix of concepts and sentences for a few texts, the tree with its heat map for many."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Rectangle

from kit.errors import ExhibitError
from kit.plots.cluster_tree import cluster_dendrogram_figure
from kit.plots.cluster_wording import (
    MOST_UNITS,
    WORDS,
    bands,
    cluster_alt,
    decimal,
    drawn,
    is_tree,
    language_of,
    nouns,
)
from kit.plots.drawing import COLOURS, new_figure
from kit.topics.clusters.result import TermClusters

__all__ = ["cluster_alt", "cluster_dendrogram_figure", "cluster_figure", "cluster_matrix_figure"]

_ROW = 3.9  # mm per concept
_MARGIN = 16.0  # mm for the axis
_NUMBERED = 26  # columns that can each show their number; of more, every fifth does
_INK, _FAINT, _ALONE = "0.1", "0.45", "0.55"


def cluster_figure(result: TermClusters, *, labels: str | None = None) -> tuple[Canvas, pd.DataFrame]:
    """Draw the figure that fits: the matrix for up to 60 units, else the tree with its heat map.

    Parameters
    ----------
    result : TermClusters
    labels : {"en", "id"}, optional
        Language; the project's own if left out.

    Returns
    -------
    figure : matplotlib.figure.Figure
        183 mm wide. With fewer than two concepts in many units, it holds only a line that says so.
    data : DataFrame
        As `cluster_matrix_figure` or `cluster_dendrogram_figure`.

    Raises
    ------
    ExhibitError
        The language is unknown.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": ["Layanan harus cepat."]}), clean=False)
    >>> figure, data = cluster_figure(kit.cluster_terms(corpus, kit.load_codebook(), resamples=20))
    >>> data[["concept", "unit_no", "present"]].to_numpy().tolist()
    [['pelayanan-publik', 1, True], ['responsivitas', 1, True]]

    """
    return (cluster_dendrogram_figure if is_tree(result) else cluster_matrix_figure)(result, labels=labels)


def cluster_matrix_figure(result: TermClusters, *, labels: str | None = None) -> tuple[Canvas, pd.DataFrame]:
    """Draw which concepts each unit of text names, ordered and framed by cluster.

    Parameters
    ----------
    result : TermClusters
        Of at most 60 units; the figure for one article, or a few.
    labels : {"en", "id"}, optional
        Language; the project's own if left out.

    Returns
    -------
    figure : matplotlib.figure.Figure
        183 mm wide. Clusters above the null have a heavy frame, the others a thin one; a number in a cell says that the
        concept is named there that often, if more than once. With nothing to draw a line says so.
    data : DataFrame, one row per cell
        `cluster` (Int64), `concept`, `label` (str), `doc_id` (str), `unit_no` (Int64, from 1 in the document),
        `mentions` (int64), `present` (bool).

    Raises
    ------
    ExhibitError
        There are more units than the figure can hold, or the language is unknown.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> text = "Layanan harus cepat. Akuntabel dan transparan. Layanan cepat. Akuntabel dan transparan."
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": [text]}), clean=False)
    >>> found = kit.cluster_terms(corpus, kit.load_codebook(), resamples=20)
    >>> figure, data = cluster_matrix_figure(found, labels="en")
    >>> data[data["present"]][["label", "unit_no"]].head(2).to_numpy().tolist()
    [['accountability', 2], ['accountability', 4]]

    """
    language = language_of(labels)
    units, terms = result.units, drawn(result)
    if len(units) > MOST_UNITS:
        raise ExhibitError(
            f"{len(units)} units do not fit", place="cluster_matrix_figure", remedy="use cluster_dendrogram_figure"
        )
    numbers = _unit_numbers(result)
    data = _cells(result, terms, numbers, language)
    counts = data["mentions"].to_numpy().reshape(len(terms), len(units))
    figure, axes = new_figure("double", _MARGIN + _ROW * max(len(terms), 1))
    if data.empty:
        axes.set_axis_off()
        axes.text(0, 1, WORDS["none"][language].format(**nouns(result, language)), va="top")
        return figure, data
    for row, column in zip(*np.nonzero(counts), strict=True):
        colour = _ALONE if pd.isna(terms["cluster"].iloc[row]) else COLOURS["blue"]
        axes.add_patch(Rectangle((column - 0.42, row - 0.38), 0.84, 0.76, facecolor=colour, edgecolor="none"))
        if counts[row, column] > 1:
            axes.text(column, row, str(counts[row, column]), color="white", ha="center", va="center", fontsize=6.5)
    _grid(axes, len(terms), len(units), units["doc_id"].tolist())
    for band in bands(terms):
        _frame(axes, result, band, len(units), language)
    axes.set_yticks(range(len(terms)), terms[f"label_{language}"].tolist())
    axes.tick_params(axis="y", length=0)
    _columns(axes, result, numbers, language)
    axes.set_xlim(-0.5, len(units) - 0.5)
    axes.set_ylim(len(terms) - 0.4, -0.6)
    if len(result.clusters):
        header = WORDS["stability" if result.clusters["null_99"].isna().all() else "header"][language]
        axes.text(len(units) - 0.2, -0.75, header, fontsize=6.5, color=_INK, ha="left", va="bottom")
    for side in axes.spines.values():
        side.set_visible(False)
    return figure, data


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


def _frame(axes: Axes, result: TermClusters, band: tuple[int, int, int], columns: int, language: str) -> None:
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
    verdict = WORDS[str(row["reason"])][language]
    bound = "" if math.isnan(row["null_99"]) else f" ({decimal(float(row['null_99']), language)})"
    axes.text(
        columns - 0.2,
        (first + end) / 2 - 0.5,
        f"{WORDS['cluster'][language]} {cluster}\n{decimal(float(row['stability']), language)}{bound}, {verdict}",
        fontsize=7,
        fontweight="bold" if passes else "normal",
        color=_INK,
        ha="left",
        va="center",
    )


def _columns(axes: Axes, result: TermClusters, numbers: list[int], language: str) -> None:
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
    axes.set_xlabel(WORDS[unit][language])
    if several and unit != "document":
        top = axes.secondary_xaxis("top")
        middles = {name: [row for row, one in enumerate(documents) if one == name] for name in documents}
        top.set_xticks([float(np.mean(rows)) for rows in middles.values()], list(middles), rotation=20, ha="left")
        top.tick_params(length=0)
        top.spines["top"].set_visible(False)
