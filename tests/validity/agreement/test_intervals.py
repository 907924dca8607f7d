"""The interval of alpha: its variance held against another way to compute it, its coverage against the study."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kit.validity.agreement.coefficients import alpha
from kit.validity.agreement.intervals import LEAST, alpha_interval, more_units, rarer_units

STUDY = json.loads((Path(__file__).parents[3] / "benchmarks" / "alpha_coverage.json").read_text("utf-8"))
KINDS = np.array([[2.0, 0], [1, 1], [0, 2]])


def test_the_bound_is_that_of_the_study() -> None:
    assert STUDY["minimum"] == LEAST
    cells = [cell for cell in STUDY["cells"] if cell["units"] >= LEAST]
    assert len(cells) == 200
    assert min(cell["coverage"] for cell in cells) >= 0.93
    few = [cell["bootstrap"] for cell in STUDY["cells"] if (cell["units"], cell["prevalence"]) == (20, 0.05)]
    assert np.mean(few) < 0.6  # what the percentile bootstrap is worth there


def test_the_variance_is_that_of_small_changes() -> None:
    """Each unit's weight is moved a little, one by one: the slopes by which log(1 - alpha) is linearised."""
    times = np.array([60.0, 9, 31])
    units, added = np.concatenate([KINDS, 2 * np.eye(2), [[1.0, 1]]]), [1, 1, 0.5]
    weight = np.concatenate([times, added])

    def log(moved: np.ndarray) -> float:
        return float(np.log(1 - alpha(units, weights=moved)))

    step = 1e-5
    slopes = np.array(
        [(log(weight + step * one) - log(weight - step * one)) / (2 * step) for one in np.eye(len(weight))]
    )
    variance = weight @ slopes**2 - (weight @ slopes) ** 2 / weight.sum()
    reach = stats.t.ppf(0.975, 40 - 1) * np.sqrt(variance)
    assert rarer_units(KINDS, times) == 40
    low, high = alpha_interval(KINDS, times)
    assert (low, high) == pytest.approx((1 - np.exp(log(weight) + reach), 1 - np.exp(log(weight) - reach)), abs=1e-6)


@given(st.lists(st.integers(0, 60), min_size=3, max_size=3))
def test_the_interval_holds_the_estimate_and_narrows(times: list[int]) -> None:
    weights = np.array(times, float)
    value = alpha(KINDS, weights=weights)
    if np.isnan(value) or rarer_units(KINDS, weights) < 2:
        return
    low, high = alpha_interval(KINDS, weights)
    assert low <= value <= high <= 1
    many = alpha_interval(KINDS, weights * 50)
    assert many[1] - many[0] < high - low
    assert alpha_interval(KINDS[:, ::-1], weights) == pytest.approx((low, high), abs=1e-12)  # which answer is which


def test_how_many_more_units_are_needed() -> None:
    times = np.array([40.0, 6, 54])
    more = more_units(KINDS, times)
    low, high = alpha_interval(KINDS, times * (1 + more / 100))
    assert 0.0999 < high - low <= 0.1
    assert more_units(KINDS, times * (1 + more / 100)) == 0
