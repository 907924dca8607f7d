"""Contexts and what is counted in them; `test_association.py` has the walk from word to word."""

from __future__ import annotations

import numpy as np
import pytest

from kit.index.indexing import index_texts
from kit.measures.concordance.windows import contexts_of, count_contexts


def stretches(texts: list[str], place: int, left: int | None, right: int | None, *, crossing: bool = False):
    found = np.array([place], np.int32)
    contexts = contexts_of(index_texts(texts), found, found, left, right, cross_sentences=crossing)
    return list(zip(contexts.begin.tolist(), contexts.stop.tolist(), strict=True))


def test_contexts_end_where_they_must() -> None:
    texts = ["a b. C d e", "f g"]
    assert stretches(texts, 3, 5, 5) == [(2, 3), (4, 5)]
    assert stretches(texts, 3, None, None) == [(2, 3), (4, 5)]
    assert stretches(texts, 3, 5, 5, crossing=True) == [(0, 3), (4, 5)]
    assert stretches(texts, 5, 1, 0) == [(5, 5), (6, 6)]
    assert stretches(texts, 0, 1, 1) == [(0, 0), (1, 2)]


@pytest.mark.parametrize(
    ("count", "o11", "r1", "c1", "n"), [("tokens", [1, 0], [1, 1], 2, 6), ("pairs", [2, 0], [2, 2], 3, 10)]
)
def test_words_that_are_no_item_are_positions_all_the_same(
    count: str, o11: list[int], r1: list[int], c1: int, n: int
) -> None:
    """The node is a, one word to each side; b and d are items, a and c are none."""
    index = index_texts(["a b a c d c"])
    item = np.array([-1, 0, -1, 1], np.int64)
    first = np.array([0, 2], np.int32)
    found = count_contexts(index, contexts_of(index, first, first, 1, 1), first, item, 2, count)
    assert (found.o11.tolist(), found.r1.tolist(), found.c1, found.n) == (o11, r1, c1, n)
