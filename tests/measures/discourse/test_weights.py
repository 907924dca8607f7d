"""Weights of discourse networks: the published sample database, sums written out pair by pair, and their bounds."""

from __future__ import annotations

import itertools
import json
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kit.measures.discourse.weights import ONE_MODE, ONE_MODE_DIVISORS, one_mode, two_mode
from tests.conftest import ORACLES

Floats = npt.NDArray[np.float64]
ORACLE: dict[str, Any] = json.loads((ORACLES / "discourse_network_oracle.json").read_text(encoding="utf-8"))
STATEMENTS = pd.read_csv(ORACLES / "discourse_network_statements.csv")
NAMES = {"sums": "none", "average": "average", "jaccard_dna": "jaccard_dna", "totals_product": "totals_product"}
COUNTS = arrays(np.float64, (4, 3, 3), elements=st.integers(0, 4).map(float))


def counted(statements: pd.DataFrame) -> Floats:
    """Statements by organisation, concept and level (agrees, objects, silent), one at a time."""
    rows, columns = (sorted(STATEMENTS[name].unique()) for name in ("organisation", "concept"))
    counts = np.zeros((len(rows), len(columns), 3))
    for row in statements.itertuples():
        counts[rows.index(row.organisation), columns.index(row.concept), 1 - int(row.agreement)] += 1
    return counts


def off_diagonal(matrix: Floats) -> float:
    return round(float(matrix.sum() - np.trace(matrix)), 3)


@pytest.mark.parametrize("agreement", ONE_MODE)
@pytest.mark.parametrize("name", NAMES)
def test_one_mode_weights_are_those_of_the_sample_database(name: str, agreement: str) -> None:
    assert off_diagonal(one_mode(counted(STATEMENTS), agreement, NAMES[name])) == ORACLE[name][agreement]


def test_two_mode_weights_are_those_of_the_sample_database() -> None:
    found = {name: float(two_mode(counted(STATEMENTS), name).sum()) for name in ORACLE["two_mode"]}
    assert found == ORACLE["two_mode"]


def slow(counts: Floats, agreement: str) -> Floats:
    """Every pair of single statements on one concept, looked at by itself."""
    said = [
        [(concept, level) for concept, level in np.ndindex(3, 3) for _ in range(int(of[concept, level]))]
        for of in counts
    ]
    sums = np.zeros((len(said), len(said)))
    for one, other in np.ndindex(*sums.shape):
        for (concept, level), (there, its) in itertools.product(said[one], said[other]):
            if concept == there:
                same, against = level == its, {level, its} == {0, 1}
                sums[one, other] += {"ignore": 1, "congruence": same, "conflict": against}.get(
                    agreement, int(same) - int(against)
                )
    return sums


@given(COUNTS)
def test_sums_are_those_of_the_pairs_of_statements(counts: Floats) -> None:
    for agreement in ONE_MODE:
        np.testing.assert_array_equal(one_mode(counts, agreement), slow(counts, agreement))


@given(COUNTS)
def test_weights_look_the_same_from_either_end_and_a_cosine_stays_within_one(counts: Floats) -> None:
    for agreement, normalise in itertools.product(ONE_MODE, ONE_MODE_DIVISORS):
        weight = one_mode(counts, agreement, normalise)
        np.testing.assert_allclose(weight, weight.T)
        if normalise == "cosine":
            assert np.nanmax(np.abs(weight), initial=0) <= 1 + 1e-12


def test_a_cosine_is_one_where_two_say_the_same_in_the_same_shares_and_missing_where_one_says_nothing() -> None:
    counts = np.zeros((3, 2, 3))
    counts[0, :, 0], counts[1, :, 0] = [1, 2], [3, 6]
    assert one_mode(counts, "congruence", "cosine")[0, 1] == pytest.approx(1)
    assert one_mode(counts, "congruence", "average")[0, 1] == pytest.approx(15 / 6)  # passes 1, as its card says
    assert np.isnan(one_mode(counts, "congruence", "cosine")[0, 2])


def test_levels_of_a_row_and_a_column_are_written_as_one_number() -> None:
    counts = np.array([[[1, 0, 0], [0, 3, 0], [2, 1, 0], [0, 0, 1]]], float)
    assert two_mode(counts, "combine").tolist() == [[1, 2, 3, 4]]
    assert two_mode(counts, "ignore", "activity").tolist() == [[1 / 8, 3 / 8, 3 / 8, 1 / 8]]
    assert two_mode(counts, "subtract", "prominence").tolist() == [[1, -1, 1 / 3, 0]]
