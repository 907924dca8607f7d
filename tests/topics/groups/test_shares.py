"""Shares of topics by group and over time: hand-countable means, stories once, gaps and minima stated."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kit
from kit.errors import CorpusError, QueryError
from kit.parts.parted import PartedCorpus
from kit.topics.groups.shares import topic_shares
from kit.wording.words import tell

COLUMNS = ["topic", "label", "share", "low", "high", "stories", "documents"]


def said(table: pd.DataFrame) -> str:
    return " ".join(tell(remark, "en") for remark in table.attrs["remarks"])


def test_means_by_hand(make_corpus, make_topics) -> None:
    corpus = make_corpus(4, outlet=["A", "B", "A", ""])
    topics = make_topics(corpus, [(1, 0), (0.25, 0.75), (0.5, 0.5), (0, 1)])
    whole = topic_shares(corpus, topics)
    assert list(whole.columns) == COLUMNS
    assert whole["share"].tolist() == [0.4375, 0.5625]
    assert whole["stories"].tolist() == [4, 4]
    table = topic_shares(corpus, topics, by="outlet")
    assert list(table.columns) == ["group", *COLUMNS]
    assert table[["group", "topic", "share", "stories"]].to_numpy().tolist() == [
        ["A", 1, 0.75, 2],
        ["A", 2, 0.25, 2],
        ["B", 1, 0.25, 1],
        ["B", 2, 0.75, 1],
        ["not stated", 1, 0.0, 1],
        ["not stated", 2, 1.0, 1],
    ]
    assert [str(kind) for kind in table.dtypes] == [
        "str", "int64", "str", "float64", "float64", "float64", "int64", "int64",
    ]  # fmt: skip
    assert table["low"].isna().all()
    assert "fewer than 40 stories" in said(table)
    assert table.attrs["by"] == "outlet"


def test_copies_count_once_in_each_group(make_corpus, make_topics) -> None:
    """Documents 0 and 1 are one story in A; B printed it too."""
    texts = ["banjir besar", "banjir besar", "beras mahal", "banjir besar"]
    corpus = make_corpus(4, texts, outlet=["A", "A", "A", "B"])
    assert corpus.documents["copy_of"].tolist() == ["", "d00000", "", "d00000"]
    topics = make_topics(corpus, [(1, 0), (1, 0), (0, 1), (1, 0)])
    whole = topic_shares(corpus, topics)
    assert whole["share"].tolist() == [0.5, 0.5]
    assert whole[["stories", "documents"]].to_numpy().tolist() == [[2, 4]] * 2
    table = topic_shares(corpus, topics, by="outlet")
    assert table["share"].tolist() == [0.5, 0.5, 1.0, 0.0]
    assert table["stories"].tolist() == [2, 2, 1, 1]
    assert "one story" in said(table)


def test_documents_without_a_term_are_in_no_mean(make_corpus, make_topics) -> None:
    corpus = make_corpus(3, outlet=["A", "A", "B"])
    topics = make_topics(corpus, [(1, 0), None, None])
    table = topic_shares(corpus, topics, by="outlet")
    assert table["stories"].tolist() == [1, 1, 0, 0]
    assert table["share"].fillna(-1).tolist() == [1, 0, -1, -1]
    assert "in no mean (2)" in said(table)


def test_paragraphs_count_by_their_terms(make_corpus, make_topics) -> None:
    """Three quarters of the document's terms are in a paragraph of topic 1."""
    corpus = make_corpus(1)
    whole = make_topics(corpus, [(1, 0)])
    paragraph = pd.array([0, 0, 1, 1], "Int64")
    documents = pd.DataFrame(
        {"doc_id": ["d00000"] * 4, "paragraph": paragraph, "topic": [1, 2, 1, 2], "weight": [1.0, 0, 0, 1]}
    )
    units = pd.DataFrame(
        {
            "doc_id": ["d00000"] * 3,
            "paragraph": pd.array([0, 1, 2], "Int64"),
            "terms": [30, 10, 0],
            "status": ["fitted", "fitted", "empty"],
        }
    )
    table = topic_shares(corpus, replace(whole, documents=documents, units=units))
    assert table["share"].tolist() == [0.75, 0.25]


def test_interval_is_wilson_like_for_all_or_nothing(make_corpus, make_topics) -> None:
    """10 of 100 stories: Student's t with 9 degrees on the logit, computed by hand."""
    corpus = make_corpus(100)
    topics = make_topics(corpus, [(1, 0)] * 10 + [(0, 1)] * 90)
    row = topic_shares(corpus, topics).iloc[0]
    half = 2.2621571628 * np.sqrt(0.09 / 99) / 0.09
    ends = [1 / (1 + np.exp(-(np.log(1 / 9) + side * half))) for side in (-1, 1)]
    assert [row["low"], row["high"]] == pytest.approx(ends, rel=1e-9)
    other = topic_shares(corpus, topics).iloc[1]
    assert [1 - other["high"], 1 - other["low"]] == pytest.approx(ends, rel=1e-9)


@pytest.mark.parametrize(("number", "with_topic", "given_"), [(39, 10, False), (40, 5, True), (40, 4, False)])
def test_the_minimum_holds(make_corpus, make_topics, number: int, with_topic: int, given_: bool) -> None:
    corpus = make_corpus(number)
    topics = make_topics(corpus, [(1, 0)] * with_topic + [(0, 1)] * (number - with_topic))
    table = topic_shares(corpus, topics)
    assert table["low"].notna().tolist() == [given_] * 2
    assert ("Intervals missing: 2" in said(table)) is not given_


def test_a_part_of_the_corpus(make_corpus, make_topics) -> None:
    corpus = make_corpus(4, outlet=["A", "B", "A", "B"])
    topics = make_topics(corpus, [(1, 0), (0, 1), (0.5, 0.5), (0, 1)])
    table = topic_shares(corpus.where(outlet="A"), topics)
    assert table["share"].tolist() == [0.75, 0.25]


def test_years_and_gaps(make_corpus, make_topics) -> None:
    corpus = make_corpus(4, date=["2021-03-01", "2019-02-03", "", "2019-12-31"])
    topics = make_topics(corpus, [(1, 0), (0, 1), (1, 0), (1, 0)])
    table = topic_shares(corpus, topics, by="year")
    assert table["group"].tolist() == ["2019", "2019", "2020", "2020", "2021", "2021", "not stated", "not stated"]
    assert table["share"].fillna(-1).tolist() == [0.5, 0.5, -1, -1, 1, 0, 1, 0]
    assert table["stories"].tolist() == [2, 2, 0, 0, 1, 1, 1, 1]
    months = topic_shares(corpus, topics, by="month")
    assert months["group"].nunique() == 27  # 2019-02 to 2021-03, and not stated
    assert months.iloc[0]["group"] == "2019-02"
    assert months.iloc[-1][["group", "stories"]].tolist() == ["not stated", 1]


def test_no_topics_and_no_documents(make_corpus, make_topics) -> None:
    corpus = make_corpus(1, date=["2020-01-02"], outlet=["A"])
    none = make_topics(corpus, [None])
    none.attrs["remarks"].append({"en": "50 are needed.", "id": "Perlu 50."})
    for table in (
        topic_shares(corpus, none),
        topic_shares(corpus, none, by="outlet"),
        topic_shares(corpus, none, by="year"),
    ):
        assert table.empty
        assert said(table) == "50 are needed."
    empty = corpus.where(outlet=[])
    topics = make_topics(corpus, [(1, 0)])
    assert topic_shares(empty, topics)["stories"].tolist() == [0, 0]
    assert topic_shares(empty, topics, by="year").empty
    assert topic_shares(empty, topics, by="outlet").empty


def test_wrong_questions(make_corpus, make_topics) -> None:
    corpus = make_corpus(2)
    topics = make_topics(corpus, [(1, 0), (0, 1)])
    with pytest.raises(CorpusError, match="no column"):
        topic_shares(corpus, topics, by="colour")
    with pytest.raises(QueryError, match="level"):
        topic_shares(corpus, topics, level=95)
    with pytest.raises(QueryError, match="d00002"):
        topic_shares(make_corpus(3), topics)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from(["A", "B", ""])), min_size=1, max_size=60))
def test_groups_add_up_to_the_whole(make_topics, rows: list[tuple[int, str]]) -> None:
    """Without copies, the mean over all is the mean of the groups weighted by their stories; shares add up to 1."""
    number = len(rows)
    frame = pd.DataFrame(
        {
            "doc_id": [f"d{row:03}" for row in range(number)],
            "text": [f"kata {row}" for row in range(number)],
            "outlet": [outlet for _, outlet in rows],
        }
    )
    corpus = kit.Corpus.from_frame(frame, clean=False)
    topics = make_topics(corpus, [(weight / 4, 1 - weight / 4) for weight, _ in rows])
    whole = topic_shares(corpus, topics)
    table = topic_shares(corpus, topics, by="outlet")
    parts = (table["share"] * table["stories"]).groupby(table["topic"]).sum() / number
    assert parts.tolist() == pytest.approx(whole["share"].tolist())
    assert table.groupby("group")["share"].sum().tolist() == pytest.approx([1] * table["group"].nunique())
    inside = table.dropna()
    assert ((inside["low"] <= inside["share"]) & (inside["share"] <= inside["high"])).all()


def test_shares_of_a_corpus_in_parts_are_those_of_the_whole(make_corpus, make_topics) -> None:
    months = ["2019-01-02", "2021-02-03", "", "2020-05-06"]
    corpus = make_corpus(4, outlet=["A", "B", "A", ""], date=months)
    parts = PartedCorpus.of([corpus._take(np.array(rows)) for rows in ([0, 3], [1, 2])])
    topics = make_topics(corpus, [(1, 0), (0.25, 0.75), (0.5, 0.5), (0, 1)])
    for by in (None, "outlet", "year", "month"):
        one, other = topic_shares(corpus, topics, by=by), topic_shares(parts, topics, by=by)
        pd.testing.assert_frame_equal(one, other, check_exact=True)
        assert one.attrs | {"call": None} == other.attrs | {"call": None}


def test_a_mistyped_year_leaves_a_long_gap_and_no_long_wait(make_corpus, make_topics) -> None:
    corpus = make_corpus(2, date=["0202-01-02", "2021-01-02"])
    table = topic_shares(corpus, make_topics(corpus, [(1, 0), (0, 1)]), by="month")
    assert len(table) == 2 * (12 * (2021 - 202) + 1)
    assert table["stories"].sum() == 4
    assert table.dtypes.astype(str).tolist()[:2] == ["str", "int64"]


def test_a_column_of_ones_own_called_month_has_no_gaps(make_corpus, make_topics) -> None:
    corpus = make_corpus(3, month=["12", "Januari", "01"])
    table = topic_shares(corpus, make_topics(corpus, [(1, 0), (0, 1), (1, 0)]), by="month")
    assert table["group"].tolist() == ["01", "01", "12", "12", "Januari", "Januari"]
