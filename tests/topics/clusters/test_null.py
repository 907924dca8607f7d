"""Null data: the numbers they keep, and that every arrangement is as likely as any other."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kit.topics.clusters.null import without_structure
from kit.topics.clusters.occurrences import Occurrences, occurrences


def found_in(matrix: np.ndarray) -> Occurrences:
    """Concepts × units of 0 and 1."""
    concept, unit = np.nonzero(matrix)
    return occurrences(unit, concept, np.arange(matrix.shape[1]), len(matrix))


def matrix_of(found: Occurrences) -> np.ndarray:
    matrix = np.zeros((found.concepts, found.units), int)
    matrix[found.concept, found.unit] = 1
    return matrix


@st.composite
def matrices(draw: st.DrawFn) -> np.ndarray:
    concepts, units = draw(st.integers(1, 7)), draw(st.integers(1, 9))
    cells = draw(st.lists(st.booleans(), min_size=concepts * units, max_size=concepts * units))
    return np.array(cells, int).reshape(concepts, units)


@given(matrices(), st.integers(0, 2**32 - 1))
def test_frequencies_and_lengths_are_kept(matrix: np.ndarray, seed: int) -> None:
    found = found_in(matrix)
    whole = matrix_of(found)
    for null in without_structure(found, 2, np.random.default_rng(seed)):
        drawn = matrix_of(null)
        assert drawn.sum(axis=0).tolist() == whole.sum(axis=0).tolist()
        assert drawn.sum(axis=1).tolist() == whole.sum(axis=1).tolist()
        assert len(set(zip(null.unit.tolist(), null.concept.tolist(), strict=True))) == len(null.unit)
        assert (np.diff(null.unit) >= 0).all()
        assert null.block is found.block


def test_every_arrangement_is_as_likely() -> None:
    """Rows of 2, 2 and 1 in columns of 2, 2 and 1, counted out by hand-made enumeration."""
    rows, columns = (2, 2, 1), (2, 2, 1)
    choices = [list(combinations(range(3), number)) for number in rows]
    possible = [
        placed
        for placed in product(*choices)
        if tuple(sum(column in row for row in placed) for column in range(3)) == columns
    ]
    assert len(possible) == 5
    start = np.array([[column in row for column in range(3)] for row in possible[0]], int)
    number = 4000
    seen = Counter(
        tuple(tuple(np.flatnonzero(row).tolist()) for row in matrix_of(null))
        for null in without_structure(found_in(start), number, np.random.default_rng(0))
    )
    assert set(seen) == set(possible)
    # A share of 1/5 has a standard error of .0063 here.
    assert all(abs(count / number - 1 / 5) < 0.03 for count in seen.values())


def test_what_has_nowhere_to_go_stays() -> None:
    everywhere = np.ones((3, 4), int)
    for null in without_structure(found_in(everywhere), 2, np.random.default_rng(0)):
        assert matrix_of(null).tolist() == everywhere.tolist()


def test_no_concept_and_no_unit() -> None:
    none = occurrences(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64), 0)
    assert [null.units for null in without_structure(none, 2, np.random.default_rng(0))] == [0, 0]


def test_the_data_are_forgotten() -> None:
    """Two concepts always together, among others: in null data as often as their numbers have it, 100 · 100 / 400."""
    draw = np.random.default_rng(1)
    matrix = draw.random((20, 400)) < 0.25
    matrix[0] = matrix[1] = np.arange(400) < 100
    shared = [
        (matrix_of(null)[0] & matrix_of(null)[1]).sum()
        for null in without_structure(found_in(matrix), 60, np.random.default_rng(0))
    ]
    assert abs(np.mean(shared) - 25) < 3
