"""Null data: margins kept, everything else left to chance."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import sparse

from kit.topics.quality.heldout import shuffled


@given(arrays(np.int32, (5, 4), elements=st.integers(0, 3)), st.integers(0, 5))
def test_margins_stay(counts: np.ndarray, seed: int) -> None:
    before = sparse.csr_matrix(counts)
    after = shuffled(before, np.random.default_rng(seed))
    assert np.array_equal(after.sum(axis=0), before.sum(axis=0))
    assert np.array_equal(after.sum(axis=1), before.sum(axis=1))
    assert after.dtype == before.dtype
    assert (after.data > 0).all()
    assert np.array_equal(before.toarray(), counts)


def test_every_place_is_as_likely() -> None:
    """One word among 2 + 6: in the shorter text it stands with probability 1/4; 4,000 draws, four standard errors."""
    before = sparse.csr_matrix(np.array([[1, 1], [0, 6]]))
    random = np.random.default_rng(1)
    inside = sum(int(shuffled(before, random)[0, 0]) for _ in range(4_000))
    assert abs(inside / 4_000 - 0.25) < 4 * (0.25 * 0.75 / 4_000) ** 0.5
