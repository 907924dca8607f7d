"""Topic weights by story: the independent units that shares and their intervals rest on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.corpus.corpus import NOT_STATED
from kit.corpus.stories.stories import originals
from kit.errors import QueryError
from kit.parts.summaries import AnyCorpus, catalogue_of
from kit.topics.models.result import Topics

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class StoryWeights:
    """The weights of topics in documents, and which documents are one story.

    Parameters
    ----------
    weights : float64 array, documents × topics
        Each row adds up to 1. Only documents that the model has weights for.
    doc : int64 array, one per row
        Row of the document in the corpus, rising.
    story : int64 array, one per row
        Row of the original in the corpus: the same for documents that are copies of each other.
    without : int
        Documents of the corpus without a term of the model, which have no weights.

    """

    weights: Floats
    doc: Integers
    story: Integers
    without: int

    @property
    def once(self) -> Integers:
        """Rows of one document of each story: the original, or the first if the original is not among them."""
        order = np.argsort(self.doc != self.story, kind="stable")
        return np.sort(order[np.unique(self.story[order], return_index=True)[1]]).astype(np.int64)

    def take(self, rows: npt.NDArray[np.integer]) -> StoryWeights:
        """Return some of the rows."""
        return StoryWeights(self.weights[rows], self.doc[rows], self.story[rows], self.without)


def story_weights(topics: Topics, corpus: AnyCorpus) -> StoryWeights:
    """Return how much of each document each topic has.

    Where units are paragraphs, a document's weight is the mean over its paragraphs, each counted by its running
    terms of the model: the share of the document's terms that are in paragraphs of the topic.
    """
    known = set(topics.units["doc_id"])
    doc_ids = catalogue_of(corpus)["doc_id"]
    strange = [name for name in doc_ids if name not in known]
    if strange:
        raise QueryError(
            f"document {strange[0]!r} is not among those the topics were fitted to",
            remedy="fit the topics to this corpus",
        )
    names = pd.Index(doc_ids)
    rows = topics.documents[["doc_id", "paragraph", "topic", "weight"]]
    doc = names.get_indexer(pd.Index(rows["doc_id"])).astype(np.int64)
    rows, doc = rows[doc >= 0], doc[doc >= 0]
    size = _sizes(topics, rows)
    number = len(topics.topics)
    cell = doc * number + topics.topics["topic"].searchsorted(rows["topic"])
    weight = rows["weight"].to_numpy(np.float64)
    # bincount adds in the order of the rows, which is the same on every processor.
    sums = np.bincount(cell, weight * size, len(corpus) * number).reshape(len(corpus), number)
    mass = np.bincount(doc, size * weight, len(corpus))
    kept = np.flatnonzero(mass > 0)
    weights = sums[kept] / mass[kept, None]
    return StoryWeights(weights, kept.astype(np.int64), originals(corpus)[kept], len(corpus) - len(kept))


def in_order(labels: npt.NDArray[np.object_]) -> list[str]:
    """Return the different labels in code-point order, documents that state none last."""
    return sorted({str(label) for label in labels}, key=lambda label: (label == NOT_STATED, label))


def _sizes(topics: Topics, rows: pd.DataFrame) -> Floats:
    """Return how much each unit counts in its document: by its running terms; all the same for whole documents."""
    if not topics.units["paragraph"].notna().any():
        return np.ones(len(rows), np.float64)
    keys = ["doc_id", "paragraph"]
    sizes = topics.units.set_index(keys)["terms"]
    found = sizes.reindex(pd.MultiIndex.from_frame(rows[keys]))
    terms: Floats = found.to_numpy(np.float64, na_value=0.0)
    return terms
