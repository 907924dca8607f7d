"""The documents that a project of coded texts holds or names, of a corpus in one part or in many."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from kit.codebook.exchange.places import plain_text
from kit.index.token_index import Int64
from kit.parts.part import Part
from kit.parts.summaries import AnyCorpus, each_part, reduce


class Chosen(NamedTuple):
    """Some documents of a corpus, by their rows there.

    Attributes
    ----------
    documents : DataFrame
        `doc_id`, `text`; the index are the rows in the corpus, rising.
    sentences : dict
        Of each row where its sentences begin in the text, and their rows in the corpus.

    """

    documents: pd.DataFrame
    sentences: dict[int, tuple[Int64, Int64]]


def choose(corpus: AnyCorpus, docs: Collection[int] | None = None) -> Chosen:
    """Return some documents of a corpus, or all."""
    wanted = None if docs is None else np.array(sorted(docs), np.int64)
    found: Chosen = reduce(corpus, _chosen, _joined, wanted)
    return found


def rows_of_texts(corpus: AnyCorpus, texts: Collection[str]) -> dict[str, int]:
    """Return the rows of the documents whose plain text is one of some; the last of those that are alike."""
    found: dict[str, int] = {}
    for rows, part in each_part(corpus) if texts else ():
        for row, text in zip(rows.tolist(), part.stated("text").tolist(), strict=True):
            plain = plain_text(text).text
            if plain in texts:
                found[plain] = row
    return found


def _chosen(part: Part, wanted: Int64 | None) -> Chosen:
    """Return the documents of a part that are wanted."""
    rows = part.numbers.rows
    own = np.arange(len(rows)) if wanted is None else np.flatnonzero(np.isin(rows, wanted))
    if not len(own):
        return Chosen(pd.DataFrame({"doc_id": [], "text": []}, dtype="str"), {})
    sentences = part.corpus.sentences
    begins, number = sentences["start"].to_numpy(np.int64), part.sentence_rows
    edges = sentences["doc"].searchsorted(np.arange(len(rows) + 1))
    documents = part.corpus.documents[["doc_id", "text"]].iloc[own].set_axis(rows[own], axis=0)
    spans = {int(rows[doc]): slice(int(edges[doc]), int(edges[doc + 1])) for doc in own.tolist()}
    return Chosen(documents, {row: (begins[span], number[span]) for row, span in spans.items()})


def _joined(parts: Sequence[Chosen]) -> Chosen:
    """Put the documents of several parts in the order of the corpus."""
    sentences = {row: place for part in parts for row, place in part.sentences.items()}
    return Chosen(pd.concat([part.documents for part in parts]).sort_index(), sentences)
