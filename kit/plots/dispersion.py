"""The lexical dispersion plot: where in a corpus words, phrases and concepts stand."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes

from kit.codebook.codebook import Codebook
from kit.corpus.calls import recorded
from kit.errors import ExhibitError
from kit.index.postings import postings
from kit.measures.concordance.queries import Query, check_rows, occurrences_of
from kit.measures.concordance.windows import places_at
from kit.measures.counts.grouping import By, group_documents
from kit.parts.part import Part
from kit.parts.summaries import AnyCorpus, catalogue_of, join_columns, reduce
from kit.plots.drawing import Drawing
from kit.plots.style import COLOURS, new_figure, word
from kit.wording.words import remark

_ROW = 5.0  # mm per query
_MARGIN = 20.0  # mm for the axes
_STEPS = 4_000  # marks that 183 mm can tell apart
_BORDERS = 80  # documents or groups whose borders are drawn
_NAMED = 0.06  # share of the width in which the name of a group fits
_WRAP = 34  # characters of a name in one line


@recorded(data=["query", "doc_id", "word"])
def plot_dispersion(
    corpus: AnyCorpus,
    queries: Sequence[str] | Mapping[str, Query],
    *,
    by: By | None = None,
    codebook: Codebook | None = None,
    mentions: pd.DataFrame | None = None,
) -> Drawing:
    """Draw a mark for every occurrence, one row per query.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    queries : sequence of str, or mapping of str to query
        What is looked for, as for `kit.concordance`; the keys of a mapping name the rows.
    by : str, mapping, or sequence of these, optional
        What makes the groups, as in `kit.term_frequencies`: documents stand in their order, and their borders are
        drawn. If left out they stand in the order of `doc_id`.
    codebook, mentions : optional
        Where concepts are looked up.

    Returns
    -------
    Drawing
        183 mm wide; from left to right all words and numbers, document after document. Thin lines are the borders of
        documents (or of the values of `by`), if there are at most 80. Marks nearer than 1/4,000 of the width are drawn
        as one; the number of occurrences stands at the right, and all are in the data. Data, one row per occurrence, by
        query and place: `query` (str; its name), `doc_id` (str), `word` (int64; of the occurrence's first word in the
        order drawn, from 1), `document_word` (int64; in its document, from 1), `document_words` (int64; words and
        numbers it has). Nothing is drawn for a corpus without words.

    Raises
    ------
    ExhibitError
        There is no query.
    QueryError
        A query is not valid.
    CorpusError
        `by` is not a column.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> frame = pd.DataFrame({"doc_id": ["a", "b"], "text": ["Warga dilayani.", "ASN melayani warga."]})
    >>> drawing = plot_dispersion(kit.Corpus.from_frame(frame, clean=False), ["warga", "*layani"])
    >>> drawing.data[["query", "word", "document_word"]].to_numpy().tolist()
    [['warga', 1, 1], ['warga', 5, 3], ['*layani', 2, 2], ['*layani', 4, 2]]

    """
    named = dict(queries) if isinstance(queries, Mapping) else {query: query for query in queries}
    if not named:
        raise ExhibitError("there is no query", place="plot_dispersion", remedy="give at least one")
    for query in named.values():
        check_rows(corpus, query, mentions, codebook)
    order, groups = _order(corpus, by)
    words = catalogue_of(corpus)["words"].to_numpy(np.int64)
    begin = np.zeros(len(corpus), np.int64)
    begin[order] = np.cumsum(words[order]) - words[order]
    parts = [
        _positions(corpus, name, _occurrences(corpus, query, codebook, mentions), begin, words)
        for name, query in named.items()
    ]
    data = pd.concat(parts, ignore_index=True)
    version = codebook.version if codebook is not None else None if mentions is None else mentions.attrs.get("codebook")
    facts = {} if version is None else {"codebook": version}
    ordered = remark("plot_dispersion.order") if by is None else remark("plot_dispersion.grouped")
    data.attrs = corpus.about(unit="occurrence", remarks=[ordered], **facts)
    total = int(words.sum())
    if not total:
        return Drawing(None, data, remark("plot_dispersion.none"))
    figure, axes = new_figure("double", _MARGIN + _ROW * max(len(named), 2))
    axes.set_xlim(0, total)
    axes.ticklabel_format(axis="x", style="plain")
    _draw_borders(axes, groups, words[order], by)
    counts = [_draw_row(axes, row, part["word"].to_numpy(np.int64), total) for row, part in enumerate(parts)]
    _draw_names(axes, list(named), counts)
    told = ", ".join(f"{name} {count}" for name, count in zip(named, counts, strict=True))
    alt = remark("plot_dispersion.alt", rows=len(named), words=total, documents=len(corpus), told=told)
    return Drawing(figure, data, alt)


def _order(corpus: AnyCorpus, by: By | None) -> tuple[npt.NDArray[np.intp], list[str]]:
    """Return the documents in the order drawn, and the group of each in that order."""
    if by is None:
        return np.arange(len(corpus)), catalogue_of(corpus)["doc_id"].tolist()
    groups = group_documents(corpus, by)
    order = np.argsort(groups.code, kind="stable")
    return order, [groups.names[number] for number in groups.code[order].tolist()]


class _Occurrences(NamedTuple):
    """The row of the document of each occurrence, and which of its words and numbers it begins with, from 1."""

    document: npt.NDArray[np.int64]
    within: npt.NDArray[np.int64]


def _occurrences(
    corpus: AnyCorpus, query: Query, codebook: Codebook | None, mentions: pd.DataFrame | None
) -> _Occurrences:
    """Find the occurrences of a query, in any order."""
    told, rows = (None, query) if isinstance(query, pd.DataFrame) else (query, None)
    found: _Occurrences = reduce(corpus, _occurrences_in, _join, told, codebook, cut=[rows, mentions])
    return found


def _occurrences_in(
    part: Part, query: str | None, codebook: Codebook | None, rows: pd.DataFrame | None, mentions: pd.DataFrame | None
) -> _Occurrences:
    """Find the occurrences of a query, or of rows, in a part."""
    wanted = part.own(rows) if query is None else query
    assert wanted is not None
    index = part.corpus.index
    first = occurrences_of(part.corpus, wanted, codebook=codebook, mentions=part.own(mentions))[0]
    doc = np.searchsorted(index.document_tokens, postings(index).token[first], side="right") - 1
    within = first - places_at(index, index.document_tokens)[doc] + 1
    return _Occurrences(part.numbers.rows[doc], within.astype(np.int64))


def _join(parts: Sequence[_Occurrences]) -> _Occurrences:
    """Put the occurrences of several parts behind each other."""
    return _Occurrences(*join_columns(parts))


def _positions(
    corpus: AnyCorpus,
    name: str,
    found: _Occurrences,
    begin: npt.NDArray[np.int64],
    words: npt.NDArray[np.int64],
) -> pd.DataFrame:
    """Return where the occurrences of one query stand."""
    place = begin[found.document] + found.within
    order = np.argsort(place, kind="stable")
    doc = found.document[order]
    return pd.DataFrame(
        {
            "query": pd.array([name] * len(doc), dtype="str"),
            "doc_id": pd.array(catalogue_of(corpus)["doc_id"].to_numpy(object)[doc], dtype="str"),
            "word": place[order].astype(np.int64),
            "document_word": found.within[order],
            "document_words": words[doc],
        }
    )


def _draw_row(axes: Axes, row: int, place: npt.NDArray[np.int64], total: int) -> int:
    """Draw the marks of one query, and return how many occurrences they stand for."""
    _, kept = np.unique(place * _STEPS // total, return_index=True)
    axes.vlines(place[kept] - 0.5, row - 0.32, row + 0.32, color=COLOURS["blue"], linewidth=0.7, zorder=2)
    return len(place)


def _draw_borders(axes: Axes, groups: list[str], words: npt.NDArray[np.int64], by: By | None) -> None:
    """Draw where documents, or groups of them, begin, and name the groups if that was asked for."""
    heads = [row for row in range(len(groups)) if not row or groups[row] != groups[row - 1]]
    begins = np.append((np.cumsum(words) - words)[heads] if heads else np.zeros(0, np.int64), words.sum())
    if len(heads) <= _BORDERS:
        axes.vlines(begins[1:-1], 0, 1, color="0.8", linewidth=0.5, zorder=0, transform=axes.get_xaxis_transform())
    for head, begin, end in zip(heads, begins[:-1].tolist(), begins[1:].tolist(), strict=True):
        if by is not None and end - begin >= _NAMED * begins[-1]:
            axes.annotate(
                groups[head], (begin, 1), xycoords=("data", "axes fraction"), xytext=(1, 2),
                textcoords="offset points", ha="left", va="bottom", color="0.35", fontsize=6,
            )  # fmt: skip


def _draw_names(axes: Axes, names: list[str], counts: list[int]) -> None:
    """Name the rows at the left, and print their counts at the right."""
    rows = list(range(len(names)))
    axes.set_yticks(rows, [textwrap.fill(name, _WRAP) for name in names])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlabel(word("plot_dispersion.axis"))
    right = axes.secondary_yaxis("right")
    right.set_yticks(rows, [str(count) for count in counts])
    for side in (axes, right):
        side.tick_params(axis="y", length=0)
    right.spines["right"].set_visible(False)
