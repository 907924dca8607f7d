"""The table of topics: one row each, terms in a stated order, what it is given matched by topic."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

import kit
from kit.corpus.facts import rows_of
from kit.errors import ExhibitError
from kit.topics.models.result import Topics
from kit.topics.topic_table import topic_table

TERMS = pd.DataFrame(
    {
        "topic": [1, 1, 1, 2, 2],
        "rank": [1, 2, 3, 1, 2],
        "term": ["sawah", "banjir", "air", "beras", "air"],
        "weight": [3.0, 2, 1, 2, 1],
        "probability": [0.2, 0.2, 0.5, 0.6, 0.4],
        "frex": [0.9, 0.9, 0.1, 0.7, 0.7 + 1e-16],
    }
)
PASSAGES = pd.DataFrame(
    {"topic": [1, 1], "rank": [1, 2], "doc_id": ["a", "b"], "text": ["Banjir merendam sawah.", "Sawah kering."]}
)
TOPICS = pd.DataFrame(
    {
        "topic": [1, 2],
        "label": ["banjir", "beras"],
        "concept": ["", ""],
        "share": [0.6, 0.4],
        "units": [6, 4],
        "npmi": [0.3, 0.2],
        "exclusivity": [0.8, 0.7],
    }
)


def made(frame: pd.DataFrame, **attrs: object) -> pd.DataFrame:
    """Return a table with the facts of one that the kit made."""
    frame.attrs = {**attrs, "rows": rows_of(frame, ["topic", "source"])}
    return frame


SHARES = made(pd.DataFrame({"topic": [1, 2], "share": [0.55, 0.45], "low": [0.5, None], "high": [0.6, None]}))
EMPTY = pd.DataFrame()
MODEL = Topics(TERMS, EMPTY, TOPICS, EMPTY, PASSAGES, EMPTY, EMPTY, {"unit": "document", "seed": 0})


def test_terms_and_passages() -> None:
    """Of equal FREX the more probable term comes first, then the alphabet; the first passage stands for the topic."""
    table = topic_table(MODEL, terms=2)
    assert list(table.columns) == [
        "topic", "label", "share", "npmi", "exclusivity", "frex_terms", "probable_terms", "passage", "doc_id",
    ]  # fmt: skip
    assert table["frex_terms"].tolist() == ["banjir, sawah", "beras, air"]
    assert table["probable_terms"].tolist() == ["air, banjir", "beras, air"]
    assert table[["passage", "doc_id"]].to_numpy().tolist() == [["Banjir merendam sawah.", "a"], ["", ""]]
    assert {"unit": "document", "seed": 0, "remarks": []}.items() <= table.attrs.items()


def test_what_is_given_is_shown() -> None:
    stability = pd.DataFrame({"topic": [2, 1], "stability": [0.4, 0.9]})
    sources = pd.DataFrame(
        {
            "topic": [1, 2, 1, 2],
            "source": ["outlet", "outlet", "place", "place"],
            "largest": ["tempo", "tempo", "jakarta", "depok"],
            "status": ["one-group", "mixed", "mostly-one-group", "too-few"],
        }
    )
    made(stability, remarks=[{"en": "Stable.", "id": "Stabil."}] * 2)
    table = topic_table(MODEL, shares=SHARES, stability=stability, sources=made(sources))
    assert table.attrs["remarks"] == [{"en": "Stable.", "id": "Stabil."}] * 2
    marked = topic_table(MODEL, stability=stability.assign(supported=pd.array([None, True], "boolean")))
    assert list(marked.columns[3:5]) == ["stability", "supported"]
    assert marked["supported"].tolist() == [True, pd.NA]
    assert table["share"].tolist() == [0.55, 0.45]
    assert table["low"].notna().tolist() == [True, False]
    assert table["stability"].tolist() == [0.9, 0.4]
    assert table["one_source"].tolist() == ["outlet: tempo; place: jakarta", ""]


def test_tables_of_other_topics_are_refused() -> None:
    for wrong in (SHARES.head(1), SHARES.assign(topic=[1, 3]), pd.concat([SHARES, SHARES])):
        with pytest.raises(ExhibitError, match="other topics"):
            topic_table(MODEL, shares=wrong)
    with pytest.raises(ExhibitError, match="by group"):
        topic_table(MODEL, shares=SHARES.assign(group="A"))
    with pytest.raises(ExhibitError, match="terms = 0"):
        topic_table(MODEL, terms=0)


def test_no_topics_make_an_empty_table_that_says_why(project) -> None:
    project()
    remark = {"en": "50 articles are needed.", "id": "Perlu 50 artikel."}
    none = Topics(TERMS.head(0), EMPTY, TOPICS.head(0), EMPTY, PASSAGES.head(0), EMPTY, EMPTY, {"remarks": [remark]})
    shares = made(SHARES.head(0), remarks=[remark])
    for table in (topic_table(none), topic_table(none, shares=shares)):
        assert table.empty
        files = kit.Table(table, id="tbl-topics", title={"en": "Topics", "id": "Topik"}).files()
        assert b"50 articles are needed." in files["tables/tbl-topics.md"]


def test_hostile_words_stay_words(project, hostile, parse) -> None:
    """Labels and passages come from articles; no product lets them act."""
    project()
    for word in (word for word in hostile if "\ud800" not in word):  # no corpus holds half a character
        topics = TOPICS.assign(label=[word, "x"])
        passages = PASSAGES.assign(text=[word, "y"])
        table = topic_table(replace(MODEL, topics=topics, passages=passages))
        files = kit.Table(table, id="tbl-topics", title={"en": "T", "id": "T"}, text_columns=("passage",)).files()
        parse(files["tables/tbl-topics.html"].decode("utf-8")).check_harmless()


def test_tables_that_are_something_else_are_refused() -> None:
    for wrong in ({"stability": pd.DataFrame({"x": [1]})}, {"sources": pd.DataFrame()}, {"shares": pd.DataFrame()}):
        with pytest.raises(ExhibitError, match="no column"):
            topic_table(MODEL, **wrong)
