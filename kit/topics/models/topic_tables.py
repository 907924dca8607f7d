"""A solution written as the tables of `Topics`."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from kit.corpus.corpus import Corpus
from kit.parts.summaries import AnyCorpus
from kit.topics.models.gathered import gathered_passages
from kit.topics.models.matrix import TopicMatrix
from kit.topics.models.passages import find_passages
from kit.topics.models.ranking import TOP, coherence, gain_of, term_table
from kit.topics.models.result import Topics
from kit.topics.models.solution import Anchors, Floats, Solution

_DIGITS = 6


def tables_of(
    corpus: AnyCorpus, matrix: TopicMatrix, solution: Solution, anchors: Anchors, asked: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """Write a solution as tables that agree with each other, all but that of documents, which `topics_of` adds."""
    n_topics = len(solution.anchor)
    terms = term_table(matrix, solution, anchors) if n_topics else _no_terms()
    first = [terms.loc[(terms["topic"] == topic + 1) & (terms["rank"] <= TOP), "column"] for topic in range(n_topics)]
    columns = [part.to_numpy(np.int64) for part in first]
    topics = _topic_table(solution, anchors, terms, coherence(matrix, columns))
    concepts = topics.loc[topics["concept"] != ""].set_index("concept")["topic"]
    seeds = asked.assign(topic=asked["concept"].map(concepts).astype("Int64"))
    if isinstance(corpus, Corpus):
        passages = find_passages(corpus, matrix, solution.documents, terms)
    else:
        passages = gathered_passages(corpus, matrix, solution.documents, terms)
    units = matrix.units[["doc_id", "paragraph", "terms", "status"]].copy()
    distinct = len(set(np.concatenate([*columns, np.zeros(0, np.int64)]).tolist()))
    quality = pd.DataFrame(
        {
            "n_topics": [n_topics],
            "units": [matrix.counts.shape[0]],
            "terms": [len(matrix.terms)],
            "npmi": [round(float(topics["npmi"].mean()), _DIGITS)],
            "diversity": [round(distinct / (TOP * n_topics), _DIGITS) if n_topics else np.nan],
            "exclusivity": [round(float(topics["exclusivity"].mean()), _DIGITS)],
            "fit": [gain_of(matrix, solution) if n_topics else np.nan],
        }
    ).astype({"npmi": "float64", "diversity": "float64", "exclusivity": "float64", "fit": "float64"})
    return {
        "terms": terms.drop(columns="column"),
        "topics": topics,
        "seeds": seeds,
        "passages": passages,
        "units": units,
        "quality": quality,
    }


def topics_of(tables: dict[str, pd.DataFrame], units: pd.DataFrame, documents: Floats, attrs: dict[str, Any]) -> Topics:
    """Add the weights of documents, by far the largest table, which is made when the counts may be gone."""
    tables = {**tables, "documents": _document_table(units, documents)}
    for table in tables.values():
        table.attrs = dict(attrs)
    return Topics(**tables, attrs=attrs)


def without_topics(matrix: TopicMatrix) -> Solution:
    """Return the solution of no topics."""
    units, terms = matrix.counts.shape
    none = np.zeros(0, np.int64)
    return Solution(np.zeros((units, 0)), np.zeros((0, terms)), np.zeros((0, terms)), none, 0, True)


def _no_terms() -> pd.DataFrame:
    """Return a table of terms without rows."""
    kinds = {
        "topic": "int64",
        "rank": "int64",
        "term": "str",
        "documents": "int64",
        "seeded": "bool",
        "column": "int64",
    }
    floats = ("weight", "probability", "lift", "exclusivity", "frex")
    order = ["topic", "rank", "term", *floats, "documents", "seeded", "column"]
    return pd.DataFrame({name: [] for name in order}).astype(kinds | dict.fromkeys(floats, "float64"))


def _topic_table(solution: Solution, anchors: Anchors, terms: pd.DataFrame, npmi: Floats) -> pd.DataFrame:
    """Return one row per topic."""
    n_topics = len(solution.anchor)
    concepts = [anchors.names[row] if row >= 0 else "" for row in solution.anchor.tolist()]
    labels = [anchors.label(row) for row in solution.anchor.tolist()]
    by_topic = terms[terms["rank"] <= TOP].groupby("topic")
    named = {topic: ", ".join(part["term"].head(3)) for topic, part in by_topic}
    largest = np.bincount(solution.documents.argmax(axis=1), minlength=n_topics) if n_topics else np.zeros(0, np.int64)
    numbers = range(1, n_topics + 1)
    return pd.DataFrame(
        {
            "topic": np.arange(1, n_topics + 1, dtype=np.int64),
            "label": pd.Series(
                [label or named.get(topic, "") for label, topic in zip(labels, numbers, strict=True)], dtype="str"
            ),
            "concept": pd.Series(concepts, dtype="str"),
            "share": solution.documents.mean(axis=0).round(_DIGITS) if n_topics else np.zeros(0),
            "units": largest.astype(np.int64),
            "npmi": npmi,
            "named": _named(solution, anchors),
            "exclusivity": by_topic["exclusivity"].mean().reindex(list(numbers)).round(_DIGITS).to_numpy(np.float64),
        }
    )


def _named(solution: Solution, anchors: Anchors) -> Floats:
    """Return the share of an anchored topic's units that name its concept; missing for free topics."""
    shares = np.full(len(solution.anchor), np.nan)
    if len(shares):
        largest = solution.documents.argmax(axis=1)
        named = (anchors.units > 0).toarray()
        for topic in np.flatnonzero(solution.anchor >= 0):
            own = named[largest == topic, solution.anchor[topic]]
            shares[topic] = own.mean().round(_DIGITS) if len(own) else np.nan
    return shares


def _document_table(units: pd.DataFrame, documents: Floats) -> pd.DataFrame:
    """Return one row per unit and topic, copies with the rows of their original."""
    n_topics = documents.shape[1]
    units = units[units["row"] >= 0]
    weights = documents[units["row"].to_numpy()]
    np.round(weights, _DIGITS, out=weights)
    times = np.repeat(np.arange(len(units), dtype=np.int32), n_topics)
    table = units[["doc_id", "paragraph"]].take(times).reset_index(drop=True)
    table["topic"] = np.tile(np.arange(1, n_topics + 1, dtype=np.int64), len(units))
    table["weight"] = weights.ravel()
    return table
