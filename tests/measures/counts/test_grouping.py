"""Groups by one or several columns, or by dates: the same in every table that has `by`, and what is counted adds up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

import kit
from kit.errors import CorpusError, QueryError

CODEBOOK = kit.load_codebook()
ROWS = [
    ("A", "2023-05-01", "ASN melayani warga. ASN hadir."),
    ("A", "2024-05-01", "Warga kota dilayani."),
    ("B", "2024-06-01", "Warga melayani warga kota."),
    ("b", "2024-06-02", "ASN."),
    ("", "2024-06-01", "ASN hadir di kota."),
    ("A", "", "Warga kota."),
]
CORPUS = kit.Corpus.from_frame(
    pd.DataFrame(ROWS, columns=["outlet", "date", "text"]).assign(doc_id=[f"d{n}" for n in range(len(ROWS))]),
    clean=False,
)
#: Outlet and year; what is not stated comes last in each.
GROUPS = [
    ("A", "2023"),
    ("A", "2024"),
    ("A", "not stated"),
    ("B", "2024"),
    ("b", "2024"),
    ("not stated", "2024"),
]
BY = {
    "one": ("outlet", ["outlet"]),
    "several": (["outlet", "year"], ["outlet", "year"]),
    "a date": ({"period": "2024-01-01"}, ["period"]),
    "both": (["outlet", {"period": "2024-01-01"}], ["outlet", "period"]),
}
#: Tables with a column for each that makes groups.
WIDE: dict[str, Callable[[Any], pd.DataFrame]] = {
    "term_frequencies": lambda by: kit.term_frequencies(CORPUS, by=by),
    "concept_frequencies": lambda by: kit.concept_frequencies(CORPUS, CODEBOOK, by=by),
    "pattern_frequencies": lambda by: kit.pattern_frequencies(CORPUS, CODEBOOK, by=by),
    "ngram_frequencies": lambda by: kit.ngram_frequencies(CORPUS, n=1, by=by),
    "frequency_intervals": lambda by: kit.frequency_intervals(CORPUS, by=by),
    "concordance": lambda by: kit.concordance(CORPUS, "*a*", by=by),
    "compare": lambda by: kit.compare(CORPUS, unit="form", by=by),
}
#: Tables that name the group in one column.
NARROW: dict[str, Callable[[Any], pd.DataFrame]] = {
    "describe_corpus": lambda by: kit.describe_corpus(CORPUS, by=by).iloc[:-1],
    "lexical_diversity": lambda by: kit.lexical_diversity(CORPUS, by=by),
}


@pytest.mark.parametrize("how", BY)
@pytest.mark.parametrize("name", WIDE)
def test_one_or_several_columns_make_groups(name: str, how: str) -> None:
    """In order, not stated last; the rows of a group are those of the corpus of its documents."""
    by, columns = BY[how]
    table = WIDE[name](by)
    assert list(table.columns[: len(columns)]) == columns
    assert all(table[column].dtype == "str" for column in columns)
    found = list(dict.fromkeys(table[columns].itertuples(index=False, name=None)))
    assert found == sorted(found, key=lambda values: [(value == "not stated", value) for value in values]) or (
        name == "compare"  # by item first
    )
    if how == "several":
        assert set(found) == set(GROUPS)


def test_a_group_s_numbers_are_those_of_its_documents() -> None:
    table = kit.term_frequencies(CORPUS, by=["outlet", "year"])
    for outlet, year in GROUPS:
        part = CORPUS.where(outlet=outlet, year=year)
        mine = table[(table["outlet"] == outlet) & (table["year"] == year)].iloc[:, 2:].reset_index(drop=True)
        pd.testing.assert_frame_equal(mine, kit.term_frequencies(part), check_flags=False)
    concepts = kit.concept_frequencies(CORPUS, CODEBOOK, by=["outlet", "year"])
    whole = kit.concept_frequencies(CORPUS, CODEBOOK)
    assert concepts.groupby("concept", sort=False)["mentions"].sum().tolist() == whole["mentions"].tolist()
    assert len(concepts) == len(GROUPS) * len(whole)


@pytest.mark.parametrize("name", NARROW)
def test_groups_of_several_columns_have_one_name(name: str) -> None:
    assert NARROW[name](["outlet", "year"])["part"].tolist() == [" · ".join(values) for values in GROUPS]
    assert NARROW[name]("outlet")["part"].tolist() == ["A", "B", "b", "not stated"]
    assert NARROW[name]({"period": "2024-01-01"})["part"].tolist() == ["< 2024-01-01", "≥ 2024-01-01", "not stated"]


def test_splitting_by_several_columns() -> None:
    parts = CORPUS.split(["outlet", "year"])
    assert list(parts) == [" · ".join(values) for values in GROUPS]
    assert parts["A · 2024"].documents["doc_id"].tolist() == ["d1"]
    assert parts["A · 2024"].selection == ({"where": {"outlet": ["A"], "year": ["2024"]}, "documents": 1, "of": 6},)
    assert sum(map(len, parts.values())) == len(CORPUS)


@pytest.mark.parametrize("name", [*WIDE, *NARROW])
def test_what_makes_no_groups_is_refused(name: str) -> None:
    call = {**WIDE, **NARROW}[name]
    with pytest.raises(CorpusError, match="no column 'desk'"):
        call(["outlet", "desk"])
    with pytest.raises(QueryError, match="twice"):
        call(["outlet", "outlet"])
    with pytest.raises(QueryError, match="names no column"):
        call([])


def test_the_name_of_what_is_counted() -> None:
    """`concept` and `term` where a table counts only these; `item` where it takes any unit."""
    assert {"concept"} < set(kit.find_mentions(CORPUS, CODEBOOK).columns)
    named = {
        "concept": [kit.concept_frequencies(CORPUS, CODEBOOK, by="year")],
        "term": [kit.term_frequencies(CORPUS), kit.dispersion(CORPUS)],
        "item": [
            kit.compare(CORPUS, unit="form", by="outlet"),
            kit.frequency_intervals(CORPUS, by="outlet"),
            kit.reduced_frequencies(CORPUS),
            kit.log_ratio_intervals(CORPUS, CORPUS),
            kit.keyness(CORPUS, CORPUS),
        ],
    }
    for name, tables in named.items():
        for table in tables:
            assert {"concept", "term", "item"} & set(table.columns) == {name}, table.columns


def test_a_year_for_a_date_and_a_concept_in_capitals_are_told() -> None:
    """A number was a traceback; a concept as its heading is written was told to be named as in the table, no more."""
    with pytest.raises(QueryError, match=r"dates = 2024 .*such as '2025-01-01'"):
        kit.compare(CORPUS, CODEBOOK, by={"period": 2024})
    day = kit.compare(CORPUS, CODEBOOK, by={"period": pd.Timestamp("2024-01-01")}, items=["melayani"])
    assert day["period"].tolist()[:2] == ["< 2024-01-01", "≥ 2024-01-01"]
    with pytest.raises(QueryError, match="did you mean 'akuntabilitas'"):
        kit.compare(CORPUS, CODEBOOK, by="outlet", items=["Akuntabilitas"])
