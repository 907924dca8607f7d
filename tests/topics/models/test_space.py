from __future__ import annotations

from fractions import Fraction
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from kit.topics.models import space
from kit.topics.models.orthogonal import orthonormal, turned
from kit.topics.models.space import LENGTH, coordinates_of, exact, products, sample_of, unit_length


@given(st.integers(0, 2**32 - 1), st.integers(2, 60))
def test_products_are_not_rounded_so_that_no_order_of_adding_matters(seed, dimensions):
    random = np.random.default_rng(seed)
    rows = exact(unit_length(random.normal(size=(2, dimensions))))
    true = sum(Fraction(one) * Fraction(other) for one, other in zip(*rows.tolist(), strict=True))
    assert Fraction(float(products(rows[:1], rows[1:])[0, 0])) == true
    assert np.array_equal(products(rows, rows), np.rint(rows.astype(np.float64) @ rows.T.astype(np.float64)))


def test_products_are_exact_where_their_sum_is_as_large_as_it_can_be():
    for dimensions in (1, 2, 50, 100, 9_000):
        length_one = np.ones((1, dimensions)) / np.sqrt(dimensions)
        longest = np.floor(length_one * LENGTH + 0.5)  # rounded up, in every dimension
        for rows in (exact(length_one), longest.astype(np.float32)):
            true = sum(int(number) ** 2 for number in rows[0].tolist())
            assert true <= 2**24, dimensions
            assert int(products(rows, rows)[0, 0]) == true, dimensions


def test_the_points_are_those_of_the_space_that_a_full_decomposition_finds():
    random = np.random.default_rng(0)
    parts = [np.linalg.qr(random.normal(size=(size, 8)))[0] for size in (90, 60)]
    dense = parts[0] @ np.diag([9, 8, 7, 2, 1.5, 0.1, 0.1, 0.1]) @ parts[1].T
    found = coordinates_of(sparse.csr_matrix(dense), 5)
    left, sizes, _ = np.linalg.svd(dense)
    top = left[:, :5] * sizes[:5]
    np.testing.assert_allclose(found @ found.T, top @ top.T, atol=1e-4)
    fewer = found[:, :3]  # the leading coordinates are those of the leading singular vectors
    np.testing.assert_allclose(fewer @ fewer.T, top[:, :3] @ top[:, :3].T, atol=1e-3)


def test_a_matrix_of_low_rank_has_a_small_space():
    dense = np.outer([1.0, 2.0, 3.0], [1.0, 0.0, 1.0, 0.0])
    found = coordinates_of(sparse.csr_matrix(dense), 3)
    assert found.shape == (3, 1)
    np.testing.assert_allclose(found @ found.T, dense @ dense.T, rtol=1e-6)
    assert coordinates_of(sparse.csr_matrix((0, 4)), 3).shape == (0, 0)
    assert coordinates_of(sparse.csr_matrix((5, 4)), 3).shape == (5, 0)
    assert orthonormal(np.zeros((2, 3))).shape == (0, 3)


@given(st.integers(0, 2**32 - 1), st.integers(1, 12), st.floats(0, 1))
def test_rows_are_made_orthogonal_and_every_first_few_span_what_they_did(seed, size, alike):
    random = np.random.default_rng(seed)
    rows = (1 - alike) * random.normal(size=(size, 40)) + alike * random.normal(size=40)
    true = np.linalg.qr(rows.T)[0].T
    exactly, nearly = orthonormal(rows), turned(rows)
    if alike < 0.99:
        assert len(exactly) == len(nearly) == size
        np.testing.assert_allclose(exactly @ exactly.T, np.eye(size), atol=1e-12)
        np.testing.assert_allclose(nearly @ nearly.T, np.eye(size), atol=1e-3)
        for first in range(1, size + 1):
            span = true[:first].T @ true[:first]
            for made, apart in ((exactly[:first], 1e-8), (np.linalg.qr(nearly[:first].T)[0].T, 1e-4)):
                np.testing.assert_allclose(made.T @ made, span, atol=apart)


def test_rows_that_depend_on_earlier_ones_are_left_out_by_both_ways():
    rows = np.random.default_rng(1).normal(size=(6, 30))
    rows[2], rows[4] = rows[0] + rows[1], 0
    for made in (orthonormal(rows), turned(rows)):
        assert len(made) == 4
        np.testing.assert_allclose(made @ made.T, np.eye(4), atol=1e-12)


@pytest.mark.parametrize(("units", "most"), [(0, 5), (5, 5), (6, 5), (100, 7)])
def test_a_sample_is_spread_and_has_no_repeats(units, most):
    rows = sample_of(units, most)
    assert len(rows) == min(units, most)
    assert len(set(rows.tolist())) == len(rows)
    assert not len(rows) or np.ptp(np.diff(rows)) <= 1


def test_a_compiled_product_is_the_plain_one_to_the_last_bit():
    pytest.importorskip("numba")  # and once it is loaded, products are compiled
    for seed in range(10):
        random = np.random.default_rng(seed)
        cells = sparse.random(40, 30, density=0.3, random_state=random, format="csr", dtype=np.float32)
        dense = random.normal(size=(30, 7)).astype(np.float32)
        found = []
        for enough in (0, 10**9):
            with patch.object(space, "_ENOUGH", enough):
                found.append(space.times(cells, dense).tobytes())
        assert found[0] == found[1], seed
