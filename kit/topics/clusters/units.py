"""The units of a corpus, and the unit that each mention stands in."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.corpus.stories.stories import originals
from kit.parts.part import Part
from kit.parts.summaries import AnyCorpus, catalogue_of, reduce
from kit.parts.tables import in_order
from kit.topics.clusters.occurrences import Integers

Within = Literal["sentence", "paragraph", "document"]


def unit_table(corpus: AnyCorpus, within: Within, kept: npt.NDArray[np.bool_] | None = None) -> pd.DataFrame:
    """List the units of a corpus in reading order; documents that copy another of it are left out.

    Of a part of a corpus it has to be said which documents are `kept`: the one they copy may lie in another part.

    `doc` (int64, row of the document), `doc_id` (str), `paragraph`, `sentence`, `sentence_no` (Int64: paragraph
    in the document from 0; row in `corpus.sentences`; number in the document from 1; missing where the unit is
    larger).
    """
    documents = catalogue_of(corpus)
    rows = np.flatnonzero(firsts(corpus) if kept is None else kept).astype(np.int64)
    if within == "document":
        table = pd.DataFrame({"doc": rows})
    else:
        table = paragraphs_of(corpus).astype("int64").reset_index(names="sentence")
        table["sentence_no"] = table.groupby("doc").cumcount() + 1
        table = table[np.isin(table["doc"], rows)]
        if within == "paragraph":
            table = table.drop_duplicates(["doc", "paragraph"]).drop(columns=["sentence", "sentence_no"])
    table = table.reindex(columns=["doc", "paragraph", "sentence", "sentence_no"]).reset_index(drop=True)
    table = table.astype({"doc": "int64", "paragraph": "Int64", "sentence": "Int64", "sentence_no": "Int64"})
    table.insert(1, "doc_id", documents["doc_id"].to_numpy()[table["doc"]])
    return table.astype({"doc_id": "str"})


def firsts(corpus: AnyCorpus) -> npt.NDArray[np.bool_]:
    """Tell which documents are the first of their text: the original of a copy may stand in another corpus."""
    return np.asarray(originals(corpus) == np.arange(len(corpus)), bool)


def unit_of(mentions: pd.DataFrame, units: pd.DataFrame, within: Within, corpus: AnyCorpus) -> Integers:
    """Return the row of `units` that each mention stands in; -1 if it stands in a document left out."""
    if within == "sentence":
        row = pd.Index(units["sentence"].to_numpy(np.int64)).get_indexer(mentions["sentence"])
    elif within == "document":
        row = pd.Index(units["doc"]).get_indexer(mentions["doc"])
    else:
        paragraph = paragraphs_of(corpus)["paragraph"].to_numpy(np.int64)[mentions["sentence"].to_numpy()]
        keys = pd.MultiIndex.from_arrays([units["doc"].to_numpy(np.int64), units["paragraph"].to_numpy(np.int64)])
        row = keys.get_indexer(pd.MultiIndex.from_arrays([mentions["doc"].to_numpy(np.int64), paragraph]))
    return np.asarray(row, np.int64)


def paragraphs_of(corpus: AnyCorpus) -> pd.DataFrame:
    """Return `doc` and `paragraph` (int32) of every sentence, in reading order."""
    found: pd.DataFrame = reduce(corpus, _paragraphs, in_order)
    return found


def _paragraphs(part: Part) -> pd.DataFrame:
    """Return document and paragraph of the sentences of a part."""
    return part.out(part.corpus.sentences[["doc", "paragraph"]])
