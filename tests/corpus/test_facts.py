"""Digests of rows and numbers: what is left of a table is known again, what was computed from it is found out."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.corpus import facts
from kit.corpus.facts import finding, rows_of, unchanged

WORDS = ["asn", "warga", "melayani", "dilayani", "kota", "camat"]


def made(frame: pd.DataFrame, *key: str) -> pd.DataFrame:
    """Return a table as the kit makes it: it carries its digests."""
    frame.attrs["rows"] = rows_of(frame, key)
    return frame


def counts() -> pd.DataFrame:
    return made(
        pd.DataFrame(
            {
                "outlet": ["A", "A", "A", "B", "B"],
                "term": ["asn", "warga", "kota", "asn", "warga"],
                "parent": ["x", "y", "y", "x", "y"],
                "count": [7, 5, 2, 4, 1],
                "per_1000": [7 / 3, 5 / 3, np.nan, 4 / 7, 1 / 7],
                "seen": [True, True, False, True, False],
            }
        ),
        "term",
    )


@st.composite
def tables(draw: st.DrawFn) -> pd.DataFrame:
    """A table of the kit, by group or not, with whole, real and missing numbers."""
    rows = draw(st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from(WORDS)), unique=True, min_size=2))
    size = len(rows)
    whole = draw(st.lists(st.integers(0, 2**40), min_size=size, max_size=size))
    real = draw(st.lists(st.floats(allow_infinity=False), min_size=size, max_size=size))
    columns = {"term": [term for _, term in rows], "label": "x", "count": whole, "rate": real}
    return made(pd.DataFrame({"outlet": [outlet for outlet, _ in rows], **columns}), "term")


@settings(max_examples=30)
@given(tables(), st.data())
def test_what_is_left_of_a_table_is_known_again(table: pd.DataFrame, data: st.DataObject) -> None:
    """Columns go, come and change places, rows go and change places, names and types change: all holds."""
    columns = data.draw(
        st.permutations(
            ["outlet", "term", *data.draw(st.lists(st.sampled_from(["label", "count", "rate"]), unique=True))]
        )
    )
    rows = data.draw(st.lists(st.sampled_from(range(len(table))), unique=True))
    left = table[columns].iloc[rows]
    assert finding(left) == facts.Finding()
    if rows:
        assert finding(left.assign(mine=1.5 if {"count", "rate"} & set(columns) else "x")).own == ("mine",)
    assert finding(left.astype(object)) == facts.Finding()
    assert finding(left.rename(columns={"term": "istilah", "outlet": "media"})) == facts.Finding()


@settings(max_examples=30)
@given(tables(), st.data())
def test_an_edited_number_is_found_out(table: pd.DataFrame, data: st.DataObject) -> None:
    row, column = data.draw(st.integers(0, len(table) - 1)), data.draw(st.sampled_from(["count", "rate"]))
    before = table[column].iloc[row]
    after = data.draw(st.one_of(st.integers(0, 9), st.floats(-9, 9), st.just(np.nan)))
    edited = table.astype({"count": "float64"})
    edited.loc[row, column] = after
    if after == before or (pd.isna(after) and pd.isna(before)):
        assert not finding(edited).problem
    else:
        assert f"{column} is {float(after)}, which is not what the kit computed" in finding(edited).problem
        assert f"term = {table['term'].iloc[row]!r}" in finding(edited).problem


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda frame: frame.groupby("parent").sum(numeric_only=True).reset_index(), "the column 'outlet'"),
        (lambda frame: frame.groupby(["outlet", "parent"], as_index=False).sum(), "the kit made no such row"),
        (lambda frame: frame.groupby("term", as_index=False).sum(numeric_only=True), "the column 'outlet'"),
        (lambda frame: frame.melt(["outlet", "term"], ["count", "per_1000"]), "or fewer of them"),
        (lambda frame: frame.melt(["outlet", "term"], ["count", "per_1000"]).head(2), ""),  # the counts by another name
        (lambda frame: frame.pivot_table(index="term", columns="outlet", values="count"), "the column 'outlet'"),
        (lambda frame: frame.mean(numeric_only=True).to_frame("mean"), "the column 'outlet'"),
        (lambda frame: frame.round(1), "term = 'asn': per_1000 is 2.3, which is not what"),
        (lambda frame: frame.assign(count=frame["count"] * 2), "count is 14, which is not what"),
        (lambda frame: frame.assign(count=frame["count"].rank()), "count is 5.0, which is not what"),
        (lambda frame: frame.assign(seen=~frame["seen"]), "seen is False, which is not what"),
        (lambda frame: frame.assign(count=frame["count"].map("{} kali".format)), "count is 7 kali, which is not"),
        (lambda frame: frame.fillna(0), "term = 'kota': per_1000 is 0.0, which is not what"),
        (lambda frame: frame.assign(count=frame["count"].to_numpy()[::-1]), "count is 1, which is not what"),
        (lambda frame: frame.assign(term=frame["term"].str.upper()), "term = 'ASN': the kit made no such row"),
        (lambda frame: pd.concat([frame, frame]), "or fewer of them"),
        (lambda frame: frame.drop(columns="term"), "the column 'term'"),
        (
            lambda frame: frame[["outlet", "term"]].assign(half=0.5),
            "none of its numbers is one that the kit computed: half",
        ),
        (lambda frame: frame.set_axis(frame.columns.str.upper(), axis=1), ""),
        (lambda frame: frame[["outlet", "term", "count", "count"]], "two columns have one name"),
    ],
)
def test_what_was_computed_from_a_table_is_found_out(change, problem: str) -> None:
    """pandas keeps attrs in all of these, true or not."""
    changed = change(counts())
    assert "rows" in changed.attrs
    found = finding(changed)
    assert problem in found.problem
    assert bool(found.problem) == bool(found.remedy) == bool(problem)


@pytest.mark.parametrize(
    "change",
    [
        lambda frame: frame.merge(pd.DataFrame({"term": ["asn", "asn"], "note": ["x", "y"]}), on="term"),
        lambda frame: pd.DataFrame(frame.to_dict("list")),
    ],
)
def test_a_table_without_facts_says_so(change) -> None:
    assert "are not there" in finding(change(counts())).problem


def test_facts_put_back_after_a_merge_are_checked() -> None:
    """Each key once: the numbers are the kit's, the column is not. A key twice: refused."""
    once, twice = pd.DataFrame({"term": ["asn", "kota"], "note": ["x", "y"]}), pd.DataFrame({"term": ["asn", "asn"]})
    merged, doubled = counts().merge(once, on="term"), counts().merge(twice, on="term")
    merged.attrs = doubled.attrs = counts().attrs
    assert finding(merged).own == ("note",)
    assert "or fewer of them" in finding(doubled).problem


def test_parquet_keeps_the_facts(tmp_path: Path) -> None:
    counts().to_parquet(tmp_path / "counts.parquet")
    read = pd.read_parquet(tmp_path / "counts.parquet")
    assert read.attrs == counts().attrs == json.loads(json.dumps(counts().attrs))
    assert unchanged(read)


def test_unchanged_is_every_row_and_number_in_order() -> None:
    table = counts()
    assert unchanged(table)
    assert unchanged(table.assign(mine=1)[["mine", *table.columns]])
    for other in (table.iloc[::-1], table.head(3), table.drop(columns="parent"), table.round(1)):
        assert not unchanged(other)
    assert not unchanged(pd.DataFrame({"a": [1]}))


def test_a_long_table_is_known_as_far_as_its_digests_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "MOST", 6 * 100)
    table = made(pd.DataFrame({"term": [f"t{n}" for n in range(300)], "count": range(300)}), "term")
    assert finding(table.head(100)) == facts.Finding()
    found = finding(table.iloc[[7, 250]])
    assert "term = 't250': is not among the first 100 rows" in found.problem
    assert "about=" in found.remedy


def test_a_long_table_is_known_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the digests of its rows there is one for all of them, in whatever order they stand."""
    monkeypatch.setattr(facts, "MOST", 8 * 100)
    frame = pd.DataFrame({"term": [f"t{n}" for n in range(300)], "count": range(300), "documents": range(1, 301)})
    table = made(frame, "term")
    assert "sums" not in made(frame.head(100), "term").attrs["rows"]
    for same in (table, table.iloc[::-1], table.assign(mine=1).drop(columns="documents")):
        assert not finding(same).problem
    assert finding(table.assign(mine="x")).own == ("mine",)
    assert unchanged(table)
    swapped = table.copy()
    swapped.loc[[250, 251], "count"] = [251, 250]  # the numbers are there, of other rows
    for other in (swapped, table.head(299), table.replace({"term": {"t250": "t7"}}), table[["term"]].assign(n=1)):
        assert finding(other).problem
        assert not unchanged(other)


def test_rows_of_one_key_are_known_by_their_numbers() -> None:
    table = made(pd.DataFrame({"word": ["a", "a", "b"], "start": [3, 9, 1]}), "word")
    assert finding(table.iloc[[1, 2, 0]]) == facts.Finding()
    assert "start is 4" in finding(table.assign(start=[4, 9, 1])).problem
    assert "or fewer of them" in finding(table.iloc[[0, 0, 0]]).problem


@pytest.mark.parametrize("texts", [["\ud800", "b"], [None, "b"], [pd.Timestamp("2024-02-05"), 3], ["", "x" * 9999]])
def test_keys_of_any_kind(texts: list) -> None:
    table = made(pd.DataFrame({"key": pd.Series(texts, dtype=object), "n": [1, 2]}), "key")
    assert finding(table.iloc[::-1]) == facts.Finding()
    assert finding(table.assign(n=[2, 2])).problem


def test_numbers_of_any_kind_are_the_same_numbers() -> None:
    """A merge makes floats of integers, Parquet and pandas' own types have other missing values."""
    table = made(pd.DataFrame({"key": ["a", "b"], "n": pd.array([2**60, None], "Int64"), "z": [-0.0, 1.0]}), "key")
    assert finding(table.astype({"n": "float64"})) == facts.Finding()
    assert finding(table.assign(z=[0, 1])) == facts.Finding()
    assert finding(table.assign(z=pd.array([0, 1], "Int8"))) == facts.Finding()


def test_a_table_of_one_row_needs_no_key() -> None:
    table = made(pd.DataFrame({"npmi": [0.5], "units": [40]}))
    assert table.attrs["rows"]["key"] == []
    assert finding(table) == facts.Finding()
    assert finding(table.assign(units=[41])).problem == "row 0: units is 41, which is not what the kit computed"


def test_an_empty_table() -> None:
    assert finding(counts().head(0)) == facts.Finding()
    assert finding(counts().head(0).assign(mine=[])[["count", "mine"]]) == facts.Finding()


@pytest.mark.parametrize("kind", ["str", "object"])
def test_sums_are_the_same_however_many_rows_are_taken_at_a_time(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    terms = pd.Series([WORDS[row % 6] for row in range(50)], dtype=kind)
    frame = pd.DataFrame({"term": terms, "count": range(50), "share": np.linspace(0, 1, 50)})
    monkeypatch.setattr(facts, "MOST", 8 * 10)
    whole = rows_of(frame, ["term"])["sums"]
    for rows in (1, 7, 49, 50):
        monkeypatch.setattr(facts, "_AT_ONCE", rows)
        assert rows_of(frame, ["term"])["sums"] == whole
        assert unchanged(made(frame.copy(), "term"))
