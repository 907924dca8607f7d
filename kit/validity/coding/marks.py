"""Marked passages as answers about sentences, so that what was coded in other programs can be scored like the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from kit.corpus.calls import recorded
from kit.errors import CodingError
from kit.parts.part import Part
from kit.parts.summaries import AnyCorpus, reduce
from kit.validity.coding.record import NO, YES, item_of, record_of

_NEEDED = ("doc_id", "start", "end", "coder", "concept")


@recorded("item", "coder")
def sentence_codings(corpus: AnyCorpus, marked: pd.DataFrame, *, concepts: Sequence[str] | None = None) -> pd.DataFrame:
    """Turn passages that coders marked into answers about sentences.

    Parameters
    ----------
    corpus : Corpus or PartedCorpus
    marked : DataFrame
        From `kit.import_coding`, or a table with `doc_id`, `start`, `end`, `coder`, `concept`: one row per mark. Marks
        without a place or a concept are passed over.
    concepts : sequence of str, optional
        The concepts that were looked for; those that anybody marked if left out.

    Returns
    -------
    DataFrame, one row per coder, concept and sentence
        A record, as `kit.read_codings` gives it: for each sentence of each document in which the coder marked
        something, ``yes`` where a mark of the concept lies in it, wholly or in part, else ``no``. Coders in order of
        their names, documents and sentences in that of the corpus.

    Raises
    ------
    CodingError
        A column is missing, or a document is not in the corpus.

    Notes
    -----
    A document in which a coder marked nothing is taken as not read by this coder: nothing tells it from one that was
    read and left without a mark.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": ["ASN melayani. Hujan."]}), clean=False)
    >>> mark = {"doc_id": "a", "start": 4, "end": 12, "coder": "ani", "concept": "melayani"}
    >>> sentence_codings(corpus, pd.DataFrame([mark]))[["start", "end", "code", "value"]].to_numpy().tolist()
    [[0, 13, 'melayani', 'yes'], [14, 20, 'melayani', 'no']]

    """
    lacking = [name for name in _NEEDED if name not in marked.columns]
    if lacking:
        remedy = "pass what kit.import_coding gives"
        raise CodingError(f"the table has no column {lacking[0]!r}", place="sentence_codings", remedy=remedy)
    placed = marked[marked["start"].notna() & marked["end"].notna() & (marked["concept"].fillna("") != "")]
    ids = pd.Index(corpus.sizes["doc_id"])
    lost = ~placed["doc_id"].isin(ids)
    if lost.any():
        doc_id = placed.loc[lost, "doc_id"].iloc[0]
        remedy = "pass the corpus that was coded"
        raise CodingError(f"the corpus has no document {doc_id!r}", place="sentence_codings", remedy=remedy)
    asked = sorted(set(placed["concept"])) if concepts is None else list(concepts)
    table = record_of(_answers(corpus, placed, ids, asked))
    table.attrs = {"unit": "coding"}
    return table


def _answers(corpus: AnyCorpus, placed: pd.DataFrame, ids: pd.Index, asked: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield an answer for each coder, document, sentence and concept."""
    sentences: dict[str, list[tuple[int, int]]] = reduce(corpus, _sentences, _join, set(placed["doc_id"]))
    for coder, own in placed.groupby("coder", sort=True):
        for row in sorted(ids.get_indexer(own["doc_id"].unique()).tolist()):
            doc_id = str(ids[row])
            marks = own[own["doc_id"] == doc_id]
            for start, end in sentences[doc_id]:
                there = set(marks.loc[(marks["start"] < end) & (marks["end"] > start), "concept"])
                for code in asked:
                    yield {
                        "item": item_of(doc_id, start, end, code),
                        "doc_id": doc_id,
                        "start": start,
                        "end": end,
                        "coder": coder,
                        "code": code,
                        "value": YES if code in there else NO,
                        "time": "",
                    }


def _sentences(part: Part, wanted: set[str]) -> dict[str, list[tuple[int, int]]]:
    """Return where the sentences of those documents of a part stand that are wanted."""
    ids, sentences = part.corpus.sizes["doc_id"], part.corpus.sentences
    rows = np.flatnonzero(ids.isin(wanted))
    doc, start, end = (sentences[name].to_numpy(np.int64) for name in ("doc", "start", "end"))
    first, last = (np.searchsorted(doc, rows, side=side) for side in ("left", "right"))
    own = zip(ids.iloc[rows].tolist(), first.tolist(), last.tolist(), strict=True)
    return {
        doc_id: list(zip(start[low:high].tolist(), end[low:high].tolist(), strict=True)) for doc_id, low, high in own
    }


def _join(parts: Sequence[dict[str, list[tuple[int, int]]]]) -> dict[str, list[tuple[int, int]]]:
    """Put the sentences of several parts together."""
    return {doc_id: places for part in parts for doc_id, places in part.items()}
