"""Words as arrays sort, compare and spell as the strings they stand for."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kit.index.words import Words

STRING = st.one_of(
    st.text(st.characters(min_codepoint=1), max_size=4),
    st.text("ab", max_size=3).map("mempertanggungja".__add__),
    st.text("aé𐐀", max_size=9),
)


@given(st.lists(STRING, max_size=30))
def test_words_are_their_strings(strings: list[str]) -> None:
    words = Words.of(strings)
    assert list(words) == strings
    assert len(words) == len(strings)
    assert words.lengths.tolist() == [len(string) for string in strings]
    assert words.ascii.tolist() == [string.isascii() for string in strings]


@given(st.lists(STRING, max_size=30))
def test_ranks_are_those_of_sorted_strings(strings: list[str]) -> None:
    rows, rank = Words.of(strings).ranks()
    ordered = sorted(set(strings))
    assert [strings[row] for row in rows.tolist()] == ordered
    assert rank.tolist() == [ordered.index(string) for string in strings]


@given(st.lists(STRING, min_size=1, max_size=20), st.data())
def test_taking_rows(strings: list[str], data: st.DataObject) -> None:
    rows = data.draw(st.lists(st.integers(0, len(strings) - 1), max_size=20))
    assert list(Words.of(strings).take(np.array(rows, np.int64))) == [strings[row] for row in rows]
