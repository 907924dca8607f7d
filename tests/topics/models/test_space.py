from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from kit.topics.models.space import basis_of, exact, orthonormal, products, sample_of, unit_length


@given(st.integers(0, 2**32 - 1), st.integers(2, 60))
def test_products_are_not_rounded_so_that_no_order_of_adding_matters(seed, dimensions):
    random = np.random.default_rng(seed)
    rows = exact(unit_length(random.normal(size=(2, dimensions))))
    true = sum(Fraction(one) * Fraction(other) for one, other in zip(*rows.tolist(), strict=True))
    assert Fraction(float(products(rows[:1], rows[1:])[0, 0])) == true


def test_the_basis_spans_the_space_that_a_full_decomposition_finds():
    random = np.random.default_rng(0)
    parts = [np.linalg.qr(random.normal(size=(size, 8)))[0] for size in (90, 60)]
    dense = parts[0] @ np.diag([9, 8, 7, 6, 5, 0.1, 0.1, 0.1]) @ parts[1].T
    basis = basis_of(sparse.csr_matrix(dense), 5)
    top = np.linalg.svd(dense)[2][:5]
    np.testing.assert_allclose(basis @ basis.T, top.T @ top, atol=1e-9)


def test_a_matrix_of_low_rank_has_a_small_basis():
    dense = np.outer([1.0, 2.0, 3.0], [1.0, 0.0, 1.0, 0.0])
    assert basis_of(sparse.csr_matrix(dense), 3).shape == (4, 1)
    assert orthonormal(np.zeros((2, 3))).shape == (0, 3)


@pytest.mark.parametrize(("units", "most"), [(0, 5), (5, 5), (6, 5), (100, 7)])
def test_a_sample_is_spread_and_has_no_repeats(units, most):
    rows = sample_of(units, most)
    assert len(rows) == min(units, most)
    assert len(set(rows.tolist())) == len(rows)
    assert not len(rows) or np.ptp(np.diff(rows)) <= 1
