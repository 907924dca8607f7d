"""Passages counted by what they say of themselves."""

from __future__ import annotations

import pandas as pd
import pytest

import kit
from kit.errors import QueryError

PASSAGES = pd.DataFrame(
    {"doc_id": ["a", "a", "b", "b"], "kind": ["x", "x", "x", "y"], "who": ["p", None, "p", "p"], "start": [0, 1, 0, 1]}
)


def test_counts_documents_and_shares_are_those_counted_by_hand() -> None:
    table = kit.tally(PASSAGES, by=["kind", "who"])
    assert table[["count", "documents", "share"]].to_numpy().tolist() == [[2, 2, 0.5], [1, 1, 0.25], [1, 1, 0.25]]
    assert table["who"].isna().tolist() == [False, True, False]
    assert kit.tally(PASSAGES, by="kind")["count"].tolist() == [3, 1]
    assert kit.tally(PASSAGES.head(0), by="kind").empty


def test_facts_of_the_passages_stay() -> None:
    corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": ["ASN harus melayani."]}), clean=False)
    table = kit.tally(kit.find_modality(corpus), by="category")
    assert table.attrs["unit"] == "marker"
    assert table.attrs["fingerprint"] == corpus.fingerprint
    assert table.attrs["call"]["name"] == "tally"
    assert table.attrs["remarks"][-1] == {"key": "tally.shares", "n": int(table["count"].sum())}


@pytest.mark.parametrize(("by", "said"), [("colour", "no column 'colour'"), ([], "by = "), (["kind", "kind"], "by = ")])
def test_columns_that_are_not_there_are_refused(by: str | list[str], said: str) -> None:
    with pytest.raises(QueryError, match=said):
        kit.tally(PASSAGES, by=by)
