"""Rows are put in the order of several columns as NumPy's own sort by several keys puts them."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kit.index.order import order_of

SMALL, WIDE = st.integers(-2, 2), st.integers(-(2**62), 2**62)


@given(st.lists(st.tuples(SMALL, WIDE, SMALL, SMALL), max_size=30), st.permutations(range(4)))
def test_equals_lexsort(rows: list[tuple[int, ...]], places: list[int]) -> None:
    columns = [np.array([row[place] for row in rows], np.int64) for place in places]
    assert order_of(*columns).tolist() == np.lexsort(columns[::-1]).tolist()
