"""Passages drawn from many: so many of each row, whatever the order and the parts, and the counts are of all."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kit
from kit.corpus import samples
from kit.corpus.samples import COUNTED, count_passages, drawn, groups_of
from kit.corpus.spans import counted_passages
from kit.errors import ExhibitError, QueryError
from kit.exhibits import evidence_files
from kit.parts.parted import PartedCorpus
from kit.settings import load_settings

WORDS = ("warga", "asn", "camat")
TEXTS = [" ".join(WORDS[(row * place) % 3] for place in range(1, 12)) + ". Warga lagi." for row in range(30)]
NAMES = [f"{row:02}" for row in range(30)]
CORPUS = kit.Corpus.from_frame(pd.DataFrame({"doc_id": NAMES, "text": TEXTS}), clean=False)

ROWS = st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 9), st.booleans(), st.booleans(), st.booleans()))


def slowly(rows: pd.DataFrame, what: str) -> int:
    """Count the passages of one row of a table, as `kit.evidence` says."""
    if what == "names":
        return len(counted_passages(rows, names=True)) - len(counted_passages(rows))
    if what == "passages without glosses":
        return len(counted_passages(rows))
    kept = counted_passages(rows, glosses=True)
    return {"passages": len(kept), "sentences": kept["sentence"].nunique(), "documents": kept["doc_id"].nunique()}[what]


@given(ROWS)
def test_counts_of_groups_are_those_of_each(rows: list[tuple[str, int, bool, bool, bool]]) -> None:
    table = pd.DataFrame(rows, columns=["key", "sentence", "gloss", "is_name", "void"])
    table = table.assign(doc_id=(table["sentence"] // 2).astype("str"), void=table["void"].map({True: "x", False: ""}))
    group = groups_of(table, ["key"])
    keys = table["key"].drop_duplicates().tolist()
    for what in COUNTED:
        found = count_passages(table, group, len(keys), what).tolist()
        assert found == [slowly(table[table["key"] == key], what) for key in keys], what


@given(st.permutations(range(30)), st.integers(1, 12))
def test_what_is_drawn_hangs_on_the_passages_alone(order: list[int], most: int) -> None:
    table = pd.DataFrame({"doc_id": [f"d{row % 7}" for row in range(30)], "start": range(30), "end": range(1, 31)})
    table = table.assign(key=["ab"[row % 5 == 0] for row in range(30)])
    mixed = table.iloc[order]
    kept = table[drawn(table, groups_of(table, ["key"]), most)]
    assert kept["key"].value_counts().to_dict() == {"a": min(most, 24), "b": min(most, 6)}
    again = mixed[drawn(mixed, groups_of(mixed, ["key"]), most)]
    pd.testing.assert_frame_equal(again.sort_index(), kept)
    half = [some[drawn(some, groups_of(some, ["key"]), most)] for some in (table.iloc[:13], table.iloc[13:])]
    joined = pd.concat(half)
    pd.testing.assert_frame_equal(joined[drawn(joined, groups_of(joined, ["key"]), most)], kept)
    assert drawn(table, groups_of(table, ["key"]), None).all()


def test_what_is_drawn_is_spread_over_the_documents() -> None:
    rows = np.arange(20_000)
    table = pd.DataFrame({"doc_id": np.char.mod("%05d", rows // 4), "start": rows % 4 * 9, "end": rows % 4 * 9 + 3})
    kept = np.flatnonzero(drawn(table, np.zeros(len(table), np.int64), 1000))
    counts = np.histogram(kept, bins=10, range=(0, 20_000))[0]
    assert (np.abs(counts - 100) < 40).all()  # of each tenth 100, with a standard deviation of 9.2
    assert (np.abs(np.bincount(kept % 4) - 250) < 60).all()


@pytest.mark.parametrize("by", [None, "half"])
def test_a_table_keeps_its_counts_whatever_is_drawn(by: str | None) -> None:
    frame = CORPUS.documents[["doc_id", "text"]].assign(half=["x", "y"] * 15)
    corpus = kit.Corpus.from_frame(frame, clean=False)
    parts = PartedCorpus.of([corpus._take(np.arange(first, 30, 3)) for first in range(3)])
    table = kit.term_frequencies(corpus, by=by)
    every = kit.find_passages(corpus, table)
    few = [kit.find_passages(one, table, most=20) for one in (corpus, parts)]
    pd.testing.assert_frame_equal(*few)
    assert few[0].attrs | {"call": None} == few[1].attrs | {"call": None}
    sizes = every.groupby(every.attrs["by"]).size()
    large = sizes[sizes > 20].index
    assert sorted(few[0].attrs["drawn"]) == [" · ".join(key) if by else key for key in large]
    assert len(large)
    assert few[0].groupby(every.attrs["by"]).size().max() == 20
    shown = kit.evidence(corpus, few[0])
    whole = kit.evidence(corpus, every, most=20)
    pd.testing.assert_frame_equal(shown, whole)
    assert shown.attrs["drawn"] == whole.attrs["drawn"]
    kit.Table(table, id="tbl-x", title={"en": "X", "id": "X"}, evidence=shown)
    wrong = shown.copy()
    wrong.attrs = {**shown.attrs, "drawn": {}}
    with pytest.raises(ExhibitError, match="the evidence has 20"):
        kit.Table(table, id="tbl-x", title={"en": "X", "id": "X"}, evidence=wrong)


def test_rows_of_a_large_table_share_what_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(samples, "IN_ALL", 12)
    terms = kit.term_frequencies(CORPUS)
    assert len(terms) == 4
    few = kit.find_passages(CORPUS, terms, most=1000)
    assert few.groupby("term").size().tolist() == [3, 3, 3, 3]
    assert kit.evidence(CORPUS, few).equals(kit.evidence(CORPUS, kit.find_passages(CORPUS, terms)))
    assert len(kit.evidence(CORPUS, kit.find_passages(CORPUS, terms), most=None)) == terms["count"].sum()


def test_a_page_says_how_many_there_are_and_how_many_the_file_has() -> None:
    terms = kit.term_frequencies(CORPUS)
    shown = kit.evidence(CORPUS, kit.find_passages(CORPUS, terms, most=5))
    files = evidence_files.write(shown, "tbl-x", "X", terms["term"].tolist(), load_settings())
    page = files["evidence/tbl-x.html"].decode("utf-8")
    number = int(terms["count"][0])
    assert f"There are {number}. The file has 5 of them, drawn by a hash, as if at random; the first 5 of these" in page
    assert f"<dd>{number}</dd>" in page
    assert len(files["evidence/tbl-x.csv"].splitlines()) == 1 + 5 * len(terms)


def test_evidence_of_some_rows_of_a_table() -> None:
    book = kit.load_codebook()
    corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": ["ASN melayani warga. Warga akuntabel."]}))
    mentions = kit.find_mentions(corpus, book)
    table = kit.concept_frequencies(corpus, book, mentions=mentions)
    some = kit.evidence(corpus, mentions, by="concept", table=table[table["concept"].isin(["melayani", "aktor-asn"])])
    assert some["key"].tolist() == ["aktor-asn", "melayani"]
    assert kit.evidence(corpus, mentions, by="concept", table=table.iloc[:0]).empty
    with pytest.raises(ExhibitError, match="the table has no column 'concept' -> keep it"):
        kit.evidence(corpus, mentions, by="concept", table=table[["documents"]])


def test_numbers_and_columns_that_cannot_be_are_refused() -> None:
    terms = kit.term_frequencies(CORPUS)
    for wrong in (0, -1, 1.5, True):
        with pytest.raises(QueryError, match=r"most = .* -> keep at least 1 passage of a row"):
            kit.find_passages(CORPUS, terms, most=wrong)  # type: ignore[arg-type]
        with pytest.raises(QueryError, match=r"most = .* -> keep at least 1 passage of a row"):
            kit.evidence(CORPUS, kit.find_passages(CORPUS, terms), most=wrong)  # type: ignore[arg-type]
    drawn_by_term = kit.find_passages(CORPUS, terms, most=5).assign(other="x")
    with pytest.raises(ExhibitError, match="the passages were drawn by term -> leave out by="):
        kit.evidence(CORPUS, drawn_by_term, by="other")
