"""Exact copies."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kit.reading.duplicates import copies


def test_a_copy_points_at_the_first():
    assert copies(["a", "b", "a", "a", "b", "c"]) == [-1, -1, 0, 0, 1, -1]


def test_texts_that_differ_in_a_blank_are_no_copies():
    assert copies(["a b", "a  b", "a b "]) == [-1, -1, -1]


def test_no_texts_and_empty_texts():
    assert copies([]) == []
    assert copies(["", "a", ""]) == [-1, -1, -1]


@given(st.lists(st.sampled_from(["", "a", "b", "c"])))
def test_what_is_pointed_at_is_first_and_equal(texts):
    for place, first in enumerate(copies(texts)):
        if first == -1:
            assert texts[place] == "" or texts[place] not in texts[:place]
        else:
            assert first == texts.index(texts[place]) < place
