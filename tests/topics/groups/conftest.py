"""Topics made by hand: what a model would have found is known."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
import pytest

import kit
from kit.topics.models.result import Topics


def _make(corpus: kit.Corpus, weights: Sequence[Sequence[float] | None]) -> Topics:
    """Make topics from a row of weights per document of the corpus, or None where the model has no term of it."""
    names = corpus.documents["doc_id"].tolist()
    copies = corpus.documents["copy_of"].tolist()
    number = len(next((row for row in weights if row is not None), []))
    rows = [
        (name, pd.NA, topic + 1, float(weight))
        for name, row in zip(names, weights, strict=True)
        if row is not None
        for topic, weight in enumerate(row)
    ]
    documents = pd.DataFrame(rows, columns=["doc_id", "paragraph", "topic", "weight"]).astype(
        {"doc_id": "str", "paragraph": "Int64", "topic": "int64", "weight": "float64"}
    )
    status = [
        "empty" if row is None else "copy" if copy else "fitted" for row, copy in zip(weights, copies, strict=True)
    ]
    units = pd.DataFrame(
        {
            "doc_id": pd.array(names, "str"),
            "paragraph": pd.array([pd.NA] * len(names), "Int64"),
            "terms": np.array([0 if row is None else 10 for row in weights], np.int64),
            "status": pd.array(status, "str"),
        }
    )
    labels = [f"topic {topic + 1}" for topic in range(number)]
    topics = pd.DataFrame(
        {
            "topic": np.arange(1, number + 1, dtype=np.int64),
            "label": pd.array(labels, "str"),
            "concept": pd.array([""] * number, "str"),
            "share": np.zeros(number),
            "units": np.zeros(number, np.int64),
            "npmi": np.zeros(number),
            "exclusivity": np.zeros(number),
        }
    )
    empty = pd.DataFrame()
    return Topics(empty, documents, topics, empty, empty, units, empty, {"remarks": []})


@pytest.fixture(scope="session")
def make_topics() -> Callable[[kit.Corpus, Sequence[Sequence[float] | None]], Topics]:
    return _make


@pytest.fixture(scope="session")
def make_corpus() -> Callable[..., kit.Corpus]:
    """Make a corpus of short different texts, with the metadata given column by column."""

    def make(number: int, texts: Sequence[str] | None = None, **metadata: Sequence[str]) -> kit.Corpus:
        words = texts or [f"kata {row}" for row in range(number)]
        frame = pd.DataFrame({"doc_id": [f"d{row:05}" for row in range(number)], "text": words, **metadata})
        return kit.Corpus.from_frame(frame, clean=False)

    return make
