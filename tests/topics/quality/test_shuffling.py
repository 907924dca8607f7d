"""Null data: margins kept, everything else left to chance."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import sparse

from kit.topics.models.sums import matrix_with
from kit.topics.quality import heldout
from kit.topics.quality.heldout import looked_at, shuffled


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


def slowly_shuffled(counts: sparse.csr_matrix, random: np.random.Generator) -> sparse.csr_matrix:
    """All running terms at once, put into their places by a table."""
    term = random.permutation(np.repeat(counts.indices, counts.data))
    unit = np.repeat(np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr)), counts.data)
    table = np.zeros(counts.shape, np.int64)
    np.add.at(table, (unit, term), 1)
    return sparse.csr_matrix(table)


@given(
    arrays(np.int32, st.tuples(st.integers(0, 9), st.just(4)), elements=st.sampled_from([0, 0, 1, 2, 40, 200])),
    st.integers(0, 5),
    st.booleans(),
    st.integers(1, 4),
)
def test_in_place_as_with_room_to_spare(counts: np.ndarray, seed: int, narrow: bool, step: int) -> None:
    """The same draws, and the generator left where it would be; few bytes are widened where a count needs more."""
    before = sparse.csr_matrix(counts)
    if narrow:
        before = matrix_with(before.indices.astype(np.uint16), before.data.astype(np.uint8), before.indptr, 4)
    one, other = np.random.default_rng(seed), np.random.default_rng(seed)
    slow = slowly_shuffled(before, one)
    with patch.object(heldout, "_AT_ONCE", step):
        after = shuffled(before, other)
    assert after.data.tolist() == slow.data.tolist()
    assert after.indices.tolist() == slow.indices.tolist()
    assert after.indptr.tolist() == slow.indptr.tolist()
    assert after.indices.dtype == before.indices.dtype
    width = np.min_scalar_type(int(slow.data.max(initial=0)))
    assert after.data.dtype == np.promote_types(before.data.dtype, width)
    assert one.bit_generator.state == other.bit_generator.state


@given(
    arrays(np.int32, (12, 3), elements=st.integers(0, 1)),
    st.lists(st.integers(0, 11), unique=True, max_size=12),
    st.integers(1, 13),
    st.integers(1, 5),
)
def test_units_looked_at_are_the_first_that_can_be(counts: np.ndarray, rows: list[int], most: int, step: int) -> None:
    with patch.object(heldout, "_AT_ONCE", step), patch.object(heldout, "MOST", most):
        found = looked_at(sparse.csr_matrix(counts), np.array(sorted(rows), np.int64))
    wanted = [row for row in sorted(rows) if counts[row].sum() > 1][:most]
    assert found.toarray().tolist() == counts[wanted].reshape(-1, 3).tolist()
