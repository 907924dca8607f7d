"""Sums over some units at a time, to the bit those over all at once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from kit.topics.coherence import cooccurrence
from kit.topics.coherence.cooccurrence import by_document
from kit.topics.models import sums
from kit.topics.models.mixture import mix
from kit.topics.models.solution import Anchors
from kit.topics.models.spherical import nearest
from kit.topics.models.sums import blocks, chosen, matrix_with, running, some, summed
from kit.topics.quality.heldout import shuffled


def counts_of(units: int, terms: int, seed: int) -> sparse.csr_matrix:
    generator = np.random.default_rng(seed)
    return sparse.csr_matrix(generator.integers(0, 4, (units, terms)) * (generator.random((units, terms)) < 0.5))


@given(st.integers(0, 40), st.integers(1, 6), st.integers(0, 5), st.integers(1, 45), st.integers(0, 99))
def test_sums_are_those_of_one_sum_term_by_term(units: int, terms: int, topics: int, size: int, seed: int) -> None:
    counts, weights = counts_of(units, terms, seed), np.random.default_rng(seed).random((units, topics))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sums, "UNITS", size)
        assert np.concatenate([np.arange(units)[rows] for rows in blocks(units)]).tolist() == list(range(units))
        assert running(counts).tolist() == counts.toarray().sum(axis=0).astype(float).tolist()
        for present in (False, True):
            taken = [some(counts, rows, present=present).toarray() for rows in blocks(units)]
            expected = (counts.toarray() > 0) if present else counts.toarray()
            assert np.concatenate(taken).tolist() == expected.astype(float).tolist()
            found = summed(counts, weights, present=present)
            for term, topic in np.ndindex(terms, topics):
                total = 0.0
                for unit in range(units):
                    if counts[unit, term]:
                        total += (1.0 if present else float(counts[unit, term])) * float(weights[unit, topic])
                assert found[term, topic] == total


@given(st.integers(0, 20), st.integers(1, 6), st.lists(st.integers(0, 19)), st.integers(1, 25), st.integers(0, 99))
def test_counts_in_few_bytes_are_worked_with_as_wide_ones(
    units: int, terms: int, rows: list[int], size: int, seed: int
) -> None:
    wide = counts_of(units, terms, seed).astype(np.int32)
    narrow = matrix_with(wide.indices.astype(np.uint16), wide.data.astype(np.uint8), wide.indptr, terms)
    taken = np.array([row for row in rows if row < units], np.int64)
    term = np.random.default_rng(seed).permutation(np.repeat(wide.indices, wide.data))
    unit = np.repeat(np.arange(units), wide.toarray().sum(axis=1))
    moved = np.zeros(wide.shape, np.int64)
    np.add.at(moved, (unit, term), 1)
    together = by_document(wide, np.arange(terms)).counts
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sums, "UNITS", size)
        patch.setattr(cooccurrence, "_DOCUMENTS", size)
        for counts in (wide, narrow):
            found = chosen(counts, taken)
            assert (found.indices.dtype, found.data.dtype) == (counts.indices.dtype, counts.data.dtype)
            assert found.toarray().tolist() == wide.toarray()[taken].tolist()
            null = shuffled(counts, np.random.default_rng(seed))
            assert (null.indices.dtype, null.data.dtype) == (counts.indices.dtype, counts.data.dtype)
            assert null.toarray().tolist() == moved.tolist()
            assert running(counts).tolist() == wide.toarray().sum(axis=0).tolist()
            assert by_document(counts, np.arange(terms)).counts.tolist() == together.tolist()


def test_a_term_that_moves_together_is_counted_in_more_bytes() -> None:
    columns, times = np.array([0, 1, 0], np.uint16), np.array([200, 1, 200], np.uint8)
    counts = matrix_with(columns, times, np.array([0, 2, 3]), 2)
    null = shuffled(counts, np.random.default_rng(0))
    assert null.toarray().sum(axis=1).tolist() == [201, 200]
    once = matrix_with(np.zeros(400, np.uint16), np.ones(400, np.uint8), np.array([0, 400]), 1)
    assert shuffled(once, np.random.default_rng(0)).toarray().tolist() == [[400]]


@given(st.integers(4, 30), st.integers(1, 9), st.booleans(), st.integers(0, 99))
def test_a_mixture_is_the_same_however_many_units_are_taken_at_a_time(
    units: int, size: int, anchored: bool, seed: int
) -> None:
    generator = np.random.default_rng(seed)
    counts, labels = counts_of(units, 12, seed), generator.integers(0, 3, units)
    named = sparse.csr_matrix(generator.integers(0, 2, (units, 1)).astype(float))
    anchors = Anchors(("a",), named, np.zeros((1, 12), bool)) if anchored else None
    whole = mix(counts, labels, 3, anchors, 3)
    label = nearest(counts, whole.ratios, anchors)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sums, "UNITS", size)
        some_at_a_time = mix(counts, labels, 3, anchors, 3)
        assert nearest(counts, whole.ratios, anchors).tolist() == label.tolist()
    for one, other in zip(whole, some_at_a_time, strict=True):
        assert one.tobytes() == other.tobytes()
