"""Packed rows against the rows themselves, and n-grams that need several columns against those that need one."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kit
from kit.measures.frequency import packing
from kit.measures.frequency.packing import heads_of, in_order, order_of, pack, unpack, without_last

SIZES = st.lists(st.sampled_from([1, 2, 3, 1000, 2**31, 2**40, 2**62]), min_size=1, max_size=6)


@given(SIZES, st.data())
def test_rows_are_what_they_were_and_sort_as_they_did(sizes: list[int], data: st.DataObject) -> None:
    row = st.tuples(*(st.sampled_from([0, size // 2, size - 1]) for size in sizes))
    rows = data.draw(st.lists(row, max_size=8))
    digits = [np.array([one[place] for one in rows], np.int64) for place in range(len(sizes))]
    columns = pack(digits, sizes)
    assert list(zip(*(digit.tolist() for digit in unpack(columns, sizes)), strict=True)) == rows
    assert order_of(columns).tolist() == sorted(range(len(rows)), key=lambda place: rows[place])
    if len(sizes) > 1:
        others, last = without_last(columns, sizes)
        assert last.tolist() == digits[-1].tolist()
        assert [one.tolist() for one in others] == [one.tolist() for one in pack(digits[:-1], sizes[:-1])]
    columns = in_order(columns)
    assert list(zip(*(digit.tolist() for digit in unpack(columns, sizes)), strict=True)) == sorted(rows)
    assert len(heads_of(columns)) == len(set(rows))


@pytest.mark.parametrize("limit", [1, 40, 1000])
def test_ngrams_are_the_same_in_several_columns(limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["asn melayani warga, warga menilai asn. asn melayani warga kota", "warga kota melayani asn", "asn kota"]
    frame = pd.DataFrame({"doc_id": ["a", "b", "c"], "text": texts, "outlet": ["X", "Y", "X"]})
    corpus = kit.Corpus.from_frame(frame, clean=False)
    options = {"n": [1, 2, 3, 5], "by": "outlet", "marks": "cross"}
    one, two = kit.ngram_frequencies(corpus, **options), kit.ngram_frequencies(corpus, min_count=2, **options)
    monkeypatch.setattr(packing, "LIMIT", limit)
    pd.testing.assert_frame_equal(kit.ngram_frequencies(corpus, **options), one)
    pd.testing.assert_frame_equal(kit.ngram_frequencies(corpus, min_count=2, **options), two)
    assert len(two)


def test_words_with_a_blank_stand_where_their_letters_say() -> None:
    texts = ["ke kota. kedepan warga. ke kantor. ke zona. kedepan asn"]
    corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": texts}), clean=False)
    terms = kit.ngram_frequencies(corpus, n=2, unit="lexeme")["term"].tolist()
    assert "ke depan warga" in terms
    assert terms == sorted(terms)
