"""Groups beside each other: against numbers counted by hand, the measures it is made of, and other libraries."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

import kit
from kit.errors import CorpusError, KitError, QueryError
from kit.measures.comparison.confounding import cramers_v
from kit.wording.words import tell

CODEBOOK = kit.load_codebook()
TEXTS = (
    "ASN melayani warga.",
    "Warga menunggu lama.",
    "Layanan publik transparan, ASN hadir.",
    "Hujan turun.",
    "Warga dilayani aparatur; aparatur melayani warga.",
)


def corpus_of(rows: list[tuple[str, str, str]], **more: list[str]) -> kit.Corpus:
    """Articles of (outlet, date, text)."""
    frame = pd.DataFrame(rows, columns=["outlet", "date", "text"]).assign(**more)
    return kit.Corpus.from_frame(frame.assign(doc_id=[f"d{row:03}" for row in range(len(rows))]), clean=False)


SMALL = corpus_of(
    [
        ("A", "2023-05-01", "ASN melayani warga ASN."),
        ("A", "2024-05-01", "Hujan turun lama sekali."),
        ("B", "2024-06-01", "Warga melayani warga kota."),
        ("", "", "ASN hadir."),
    ]
)
#: Forty stories of two outlets: two years each, unevenly spread.
LARGE = corpus_of(
    [
        ("AB"[row % 2], f"{2022 + row // 20}-03-04", f"{TEXTS[row % 5]} {TEXTS[(row // 3) % 5]} Nomor {row}.")
        for row in range(80)
    ]
)


def row_of(table: pd.DataFrame, item: str, **group: str) -> pd.Series:
    kept = table[table["item"] == item]
    for column, value in group.items():
        kept = kept[kept[column] == value]
    assert len(kept) == 1
    return kept.iloc[0]


def remarks(table: pd.DataFrame, language: str = "en") -> str:
    return " ".join(tell(said, language) for said in table.attrs["remarks"])


def test_hand_counted() -> None:
    table = kit.compare(SMALL, CODEBOOK, by="outlet", items=["aktor-asn", "melayani"])
    assert table["item"].tolist() == ["melayani"] * 3 + ["aktor-asn"] * 3
    assert table["outlet"].tolist() == ["A", "B", "not stated"] * 2
    here = row_of(table, "aktor-asn", outlet="A")
    assert here[["count", "documents", "stories", "group_documents", "group_stories", "group_words"]].tolist() == [
        *(2, 1, 1),
        *(2, 2, 8),
    ]
    assert here[["per_1000", "share", "top_story_share", "top_pattern_share"]].tolist() == [250.0, 0.5, 1.0, 1.0]
    assert here["top_pattern"] == "ASN"
    assert here["log_ratio"] == pytest.approx(np.log2((2 / 8) / (0.5 / 4)))
    assert here["share_p"] == pytest.approx(stats.fisher_exact([[1, 1], [0, 1]]).pvalue)
    assert np.isnan([here["low"], here["high"], here["log_ratio_low"], here["log_ratio_high"]]).all()
    assert row_of(table, "melayani", outlet="A")["log_ratio"] == pytest.approx(-1.0)
    assert row_of(table, "melayani", outlet="B")["log_ratio"] == pytest.approx(1.0)


def test_not_stated_stands_apart() -> None:
    table = kit.compare(SMALL, CODEBOOK, by="outlet")
    apart = table[table["outlet"] == "not stated"]
    assert row_of(table, "aktor-asn", outlet="not stated")["count"] == 1
    assert apart[["log_ratio", "log_ratio_low", "log_ratio_high", "share_p"]].isna().all(axis=None)
    stated = kit.compare(SMALL.where(outlet=["A", "B"]), CODEBOOK, by="outlet")
    kept = table[table["outlet"] != "not stated"].reset_index(drop=True)
    pd.testing.assert_frame_equal(kept, stated, check_names=False)
    assert "do not state what makes the groups (1) stand apart" in remarks(table)
    assert "stand apart" not in remarks(stated)
    with pytest.raises(QueryError, match="reference = 'not stated' is no group that has words -> use one of 'A', 'B'"):
        kit.compare(SMALL, CODEBOOK, by="outlet", reference="not stated")


@pytest.mark.parametrize("unit", ["concept", "form"])
def test_it_is_made_of_the_measures_that_stand(unit: Any) -> None:
    """Rates and shares of each group are those of its own corpus, log ratios those of the two corpora."""
    table = kit.compare(LARGE, CODEBOOK, by="outlet", unit=unit)
    sides = LARGE.split("outlet")
    items = table["item"].unique().tolist()
    for name, other in (("A", "B"), ("B", "A")):
        here = table[table["outlet"] == name].reset_index(drop=True)
        whole = kit.frequency_intervals(LARGE, unit=unit, codebook=CODEBOOK, by="outlet")
        rated = whole[whole["outlet"] == name].reset_index(drop=True)
        pd.testing.assert_frame_equal(here[rated.columns[1:].tolist()], rated.iloc[:, 1:], check_names=False)
        ratio = kit.log_ratio_intervals(sides[name], sides[other], unit=unit, codebook=CODEBOOK, items=items)
        ratio = ratio.set_index("item").loc[here["item"]].reset_index()
        either = ratio["count_target"] + ratio["count_reference"] > 0
        for mine, theirs in (("log_ratio", "log_ratio"), ("log_ratio_low", "low"), ("log_ratio_high", "high")):
            pd.testing.assert_series_equal(here[mine], ratio[theirs].where(either), check_names=False)
        for row, p in here["share_p"].items():
            target, reference = ratio.loc[row, ["stories_target", "stories_reference"]]
            known = ratio.loc[row, ["low", "high"]].notna().all()
            if known or not target + reference:
                assert np.isnan(p)
            else:
                cells = [[target, reference], [40 - target, 40 - reference]]
                assert p == pytest.approx(stats.fisher_exact(cells).pvalue)
    assert table["log_ratio_low"].notna().any()
    # An item that one side lacks has no second end; of words there are many.
    assert table["share_p"].notna().any() == (unit == "form")


def test_a_chosen_reference() -> None:
    table = kit.compare(LARGE, CODEBOOK, by="year", reference="2023")
    assert table.loc[table["year"] == "2023", "log_ratio"].isna().all()
    pair = LARGE.where(year=["2022", "2023"])
    two = kit.compare(pair, CODEBOOK, by="year", reference="2023")
    columns = ["log_ratio", "log_ratio_low", "log_ratio_high", "share_p"]
    rows = table.loc[table["year"] == "2022", columns].reset_index(drop=True)
    pd.testing.assert_frame_equal(rows, two.loc[two["year"] == "2022", columns].reset_index(drop=True))
    assert "against 2023" in remarks(table)


def test_several_columns_cross() -> None:
    table = kit.compare(LARGE, CODEBOOK, by=["outlet", "year"], items=["melayani"], reference=["A", "2022"])
    assert table[["outlet", "year"]].drop_duplicates().to_numpy().tolist() == [
        [outlet, str(year)] for outlet in "AB" for year in range(2022, 2026)
    ]
    assert table.loc[table["log_ratio"].isna(), ["outlet", "year"]].to_numpy().tolist() == [["A", "2022"]]
    assert table["group_documents"].tolist() == [10] * 8


def test_before_and_after_dates() -> None:
    table = kit.compare(SMALL, CODEBOOK, by={"period": "2024-05-01"}, items=["melayani"])
    assert table[["period", "count", "group_documents"]].to_numpy().tolist() == [
        ["< 2024-05-01", 1, 1],
        ["≥ 2024-05-01", 1, 2],
        ["not stated", 0, 1],
    ]
    three = kit.compare(SMALL, CODEBOOK, by={"period": ["1 Januari 2024", "2024-05-02"]}, items=["melayani"])
    assert three["period"].tolist() == ["< 2024-01-01", "2024-01-01 ≤ … < 2024-05-02", "≥ 2024-05-02", "not stated"]


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ([], "by names no column"),
        (["outlet", "outlet"], "by names 'outlet' twice"),
        ("count", "by = 'count' is a column of the result"),
        ({"item": "2024-01-01"}, "by = 'item' is a column of the result"),
        ({"period": []}, "dates ="),
        ({"period": ["2024-02-01", "2024-01-01"]}, "the earliest first"),
        ({"period": "kemarin"}, "not a date the kit can read"),
        ("desk", "no column 'desk'"),
    ],
)
def test_what_makes_no_groups_is_refused(by: Any, said: str) -> None:
    with pytest.raises(KitError, match=said):
        kit.compare(SMALL, CODEBOOK, by=by)


def test_other_mistakes() -> None:
    with pytest.raises(QueryError, match="without a codebook"):
        kit.compare(SMALL, by="outlet")
    with pytest.raises(QueryError, match="no item 'melayni' is counted -> did you mean 'melayani'"):
        kit.compare(SMALL, CODEBOOK, by="outlet", items=["melayni"])
    with pytest.raises(QueryError, match="names = 'off'"):
        kit.compare(SMALL, CODEBOOK, by="outlet", names="off")  # type: ignore[arg-type]
    with pytest.raises(CorpusError):
        kit.compare(SMALL, CODEBOOK, by="penulis")


@pytest.mark.parametrize(
    ("rows", "made"),
    [
        ([("A", "", "ASN melayani.")], 1),
        ([("A", "", "ASN melayani."), ("A", "", "Warga.")], 1),
        ([("A", "", "ASN melayani."), ("B", "", "…")], 1),
        ([("A", "", "ASN melayani."), ("", "", "Warga.")], 1),
        ([("", "", "…")], 0),
        ([], 0),
    ],
)
def test_fewer_than_two_groups_say_what_is_needed(rows: list[tuple[str, str, str]], made: int) -> None:
    table = kit.compare(corpus_of(rows), CODEBOOK, by="outlet")
    assert table.empty
    assert list(table.columns) == list(kit.compare(SMALL, CODEBOOK, by="outlet").columns)
    assert tell(table.attrs["missing"], "en").startswith(
        f"A comparison needs two groups with words; outlet makes {made}."
    )
    assert tell(table.attrs["missing"], "id")
    kit.Table(table, id="tbl-x", title={"en": "x", "id": "x"})


def test_a_group_without_words_is_counted_and_compared_with_nothing() -> None:
    table = kit.compare(
        corpus_of([("A", "", "ASN melayani."), ("B", "", "Warga."), ("C", "", "…")]), CODEBOOK, by="outlet"
    )
    none = table[table["outlet"] == "C"]
    assert (none["group_words"] == 0).all()
    assert none[["per_1000", "log_ratio", "share_p"]].isna().all(axis=None)
    assert "Groups without words are not compared: C." in remarks(table)


def test_groups_add_up_to_the_table_of_frequencies() -> None:
    for names in ("apart", "in", "out"):
        table = kit.compare(LARGE, CODEBOOK, by=["outlet", "year"], names=names)  # type: ignore[arg-type]
        whole = kit.concept_frequencies(LARGE, CODEBOOK, names=names)  # type: ignore[arg-type]
        added = table.groupby("item", sort=False)[["count", "documents"]].sum()
        assert added.index.tolist() == whole["concept"].tolist()
        assert added["count"].tolist() == whole["mentions"].tolist()
        if names == "apart":
            assert table.groupby("item", sort=False)["names"].sum().tolist() == whole["names"].tolist()
        assert ("names" in table.columns) == (names == "apart")
    patterns = kit.compare(LARGE, CODEBOOK, by="outlet", unit="pattern")
    whole = kit.pattern_frequencies(LARGE, CODEBOOK)
    assert patterns.groupby("item", sort=False)["count"].sum().tolist() == whole["mentions"].tolist()
    words = kit.compare(LARGE, by="outlet", unit="lexeme")
    whole = kit.term_frequencies(LARGE, unit="lexeme").set_index("term")
    assert words.groupby("item")["count"].sum().to_dict() == whole["count"].to_dict()


@settings(max_examples=8)
@given(st.permutations(range(12)), st.lists(st.sampled_from("AB"), min_size=12, max_size=12))
def test_the_order_of_rows_changes_nothing(order: list[int], outlets: list[str]) -> None:
    rows = [{"doc_id": f"d{row:02}", "outlet": outlets[row], "text": f"{TEXTS[row % 5]} {row}"} for row in range(12)]
    tables = [
        kit.compare(kit.Corpus.from_frame(pd.DataFrame(some), clean=False), CODEBOOK, by="outlet")
        for some in (rows, [rows[row] for row in order])
    ]
    pd.testing.assert_frame_equal(*tables)
    assert tables[0].attrs["remarks"] == tables[1].attrs["remarks"]


def test_copies_never_widen_the_evidence() -> None:
    rows = [("AB"[row % 2], "", f"{TEXTS[row % 5]} Nomor {row} di kota ke-{row * row}.") for row in range(40)]
    plain, copied = (kit.compare(corpus_of(some), CODEBOOK, by="outlet") for some in (rows, rows * 3))
    for column in ("stories", "share", "share_low", "share_high", "share_p", "group_stories", "log_ratio_low"):
        pd.testing.assert_series_equal(plain[column], copied[column], check_exact=False)
    assert (copied["count"] == 3 * plain["count"]).all()
    assert (copied["group_documents"] == 3 * plain["group_documents"]).all()
    assert "Copies of an article are one story" in remarks(copied)


def test_a_copy_in_another_group_is_told() -> None:
    text = "ASN melayani warga di kantor kelurahan sejak pagi hingga petang hari ini juga."
    table = kit.compare(corpus_of([("A", "", text), ("B", "", text), ("B", "", "Hujan.")]), CODEBOOK, by="outlet")
    assert "1 story stands in more than one group" in remarks(table)


def test_confounded_columns_are_told() -> None:
    rows = [("AB"[row % 2], f"{2023 + row % 2}-01-01", f"{TEXTS[row % 5]} {row}") for row in range(40)]
    said = remarks(kit.compare(corpus_of(rows), CODEBOOK, by="outlet"))
    assert "outlet and year are one variable in this corpus" in said
    assert "media dan tahun" in remarks(kit.compare(corpus_of(rows), CODEBOOK, by="outlet"), "id")
    assert "year and outlet are one variable" in remarks(kit.compare(corpus_of(rows), CODEBOOK, by="year"))
    assert "outlet and year" in remarks(kit.compare(corpus_of(rows), CODEBOOK, by=["outlet", "year"]))
    one = [*rows[:-1], ("A", "2024-01-01", "Warga.")]
    assert "outlet and year go together (Cramér's V 0.95)" in remarks(
        kit.compare(corpus_of(one), CODEBOOK, by="outlet")
    )
    free = [("AB"[row % 2], f"{2023 + row // 20}-01-01", f"{TEXTS[row % 5]} {row}") for row in range(40)]
    table = kit.compare(corpus_of(free, author=[f"Penulis {row}" for row in range(40)]), CODEBOOK, by="outlet")
    assert "one variable" not in remarks(table)
    assert "go together" not in remarks(table)


@settings(max_examples=20)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xy")), min_size=4, max_size=30))
def test_cramers_v_is_that_of_scipy(pairs: list[tuple[str, str]]) -> None:
    one, other = zip(*pairs, strict=True)
    if len(set(one)) < 2 or len(set(other)) < 2:
        assert np.isnan(cramers_v(one, other))
        return
    table = pd.crosstab(pd.Series(one), pd.Series(other))
    assert cramers_v(one, other) == pytest.approx(stats.contingency.association(table, method="cramer"))


def test_what_rests_on_one_story_or_pattern_is_told() -> None:
    rows = [("A", "", "Warga. " * 9), ("A", "", "Warga hadir."), ("B", "", "Hujan turun.")]
    table = kit.compare(corpus_of(rows), CODEBOOK, by="outlet", items=["aktor-warga"])
    assert table["top_story_share"].tolist()[:1] == [0.9]
    assert "comes from one story in 1 of 1 rows with a count of 5 or more, among them citizens, the public" in remarks(
        table
    )
    assert "comes from one pattern of several in 1 of 1 rows" in remarks(table)
    assert np.isnan(table["top_pattern_share"][1])
    assert table["top_pattern"][1] == ""


@pytest.mark.parametrize("unit", ["concept", "pattern", "form"])
def test_a_corpus_in_parts_gives_the_same(unit: Any) -> None:
    parts = [LARGE._take(np.flatnonzero(np.arange(len(LARGE)) % 3 == part)) for part in range(3)]
    parted = kit.PartedCorpus.of(parts)
    for by in ("outlet", ["outlet", {"period": "2024-01-01"}]):
        whole, cut = (kit.compare(one, CODEBOOK, by=by, unit=unit) for one in (LARGE, parted))  # type: ignore[arg-type]
        pd.testing.assert_frame_equal(whole, cut)
        assert whole.attrs["remarks"] == cut.attrs["remarks"]


@pytest.mark.parametrize("names", ["apart", "in", "out"])
@pytest.mark.parametrize("by", ["outlet", ["outlet", "year"], {"period": "2024-01-01"}])
def test_the_passages_of_a_row_add_up_to_its_cells(by: Any, names: Any) -> None:
    table = kit.compare(LARGE, CODEBOOK, by=by, names=names)
    found = kit.find_passages(LARGE, table, codebook=CODEBOOK)
    keys = found.attrs["by"]
    assert keys[-1] == "item"
    counted = found[~found["is_name"]].groupby(keys).agg(count=("start", "size"), documents=("doc_id", "nunique"))
    told = table[table["count"] > 0].set_index(keys)[["count", "documents"]]
    pd.testing.assert_frame_equal(counted.sort_index(), told.sort_index(), check_dtype=False)
    kit.Table(table, id="tbl-x", title={"en": "x", "id": "x"}, evidence=kit.evidence(LARGE, found))


@pytest.mark.parametrize("unit", ["pattern", "form", "lexeme"])
def test_the_passages_of_other_units_add_up(unit: Any) -> None:
    table = kit.compare(LARGE, CODEBOOK, by="outlet", unit=unit)
    found = kit.find_passages(LARGE, table, codebook=CODEBOOK)
    kit.Table(table, id="tbl-x", title={"en": "x", "id": "x"}, evidence=kit.evidence(LARGE, found))
    assert found.groupby(["outlet", "item"]).size().to_dict() == {
        (row.outlet, row.item): row.count_ + getattr(row, "names", 0)
        for row in table.rename(columns={"count": "count_"}).itertuples()
        if row.count_ + getattr(row, "names", 0)
    }


def test_groups_too_small_for_intervals_are_told_in_one_sentence() -> None:
    assert "2 groups have fewer than 15 stories and no intervals: A; B." in remarks(
        kit.compare(SMALL.where(outlet=["A", "B"]), CODEBOOK, by="outlet")
    )
    rows = [("A", "", f"Warga {row}.") for row in range(20)] + [("B", "", "Warga.")]
    said = remarks(kit.compare(corpus_of(rows), CODEBOOK, by="outlet"))
    assert "One group has fewer than 15 stories and no intervals: B." in said
    many = corpus_of([(f"{row:02}", "", f"Warga {row}.") for row in range(12)])
    assert "12 groups have fewer than 15 stories and no intervals: 00; 01; 02; …." in remarks(
        kit.compare(many, CODEBOOK, by="outlet")
    )


def test_what_a_group_lacks_is_never_said_to_be_more_frequent_there() -> None:
    """Half an occurrence in a group of three words is a larger share than one in a group of twelve."""
    rows = [("A", "2024-01-01", "Hujan turun lama."), *[("B", "2024-01-02", "Warga kota menunggu lama.")] * 2]
    corpus = corpus_of([*rows, ("B", "2024-01-03", "ASN hadir di kota.")])
    table = kit.compare(corpus, by="outlet", unit="form", items=["asn", "hujan"])
    asn = [row_of(table, "asn", outlet=outlet) for outlet in "AB"]
    assert [row["count"] for row in asn] == [0, 1]
    assert np.isnan([row["log_ratio"] for row in asn]).all()
    assert "2 log ratios are missing" in remarks(table)
    assert "2 rasio log kosong" in remarks(table, "id")
    # the other way half an occurrence keeps the sense: A has hujan, B has none
    assert row_of(table, "hujan", outlet="A")["log_ratio"] == pytest.approx(np.log2((1 / 3) / (0.5 / 12)))
    assert "log ratios are missing" not in remarks(kit.compare(corpus, by="outlet", unit="form", items=["hujan"]))
