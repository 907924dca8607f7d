"""Adjusted p-values against hand counts, the paper's example and scipy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from kit.measures.keyness.significance import benjamini_hochberg, holm

#: Benjamini & Hochberg 1995, 3.2: fifteen tests of a clinical trial.
PAPER = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459]
PAPER += [0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]


def test_by_hand() -> None:
    p = [0.05, 0.01, 0.02, 0.04, 0.03]
    assert holm(p) == pytest.approx([0.09, 0.05, 0.08, 0.09, 0.09])
    assert benjamini_hochberg(p) == pytest.approx([0.05] * 5)
    assert holm([0.9, 0.8]).tolist() == [1.0, 1.0]


def test_the_paper_rejects_four_where_bonferroni_rejects_three() -> None:
    assert (benjamini_hochberg(PAPER) <= 0.05).sum() == 4
    assert (np.array(PAPER) * 15 <= 0.05).sum() == (holm(PAPER) <= 0.05).sum() == 3


def test_missing_values_are_no_tests() -> None:
    for adjust in (holm, benjamini_hochberg):
        assert adjust([np.nan, 0.01, np.nan, 0.02])[[1, 3]].tolist() == adjust([0.01, 0.02]).tolist()
        assert np.isnan(adjust([np.nan, 0.01])[0])
        assert np.isnan(adjust([np.nan, np.nan])).all()
        assert adjust([]).tolist() == []


def slow_holm(p: list[float]) -> list[float]:
    order = sorted(range(len(p)), key=lambda k: p[k])
    worst, result = 0.0, [0.0] * len(p)
    for rank, k in enumerate(order):
        worst = max(worst, min(1.0, (len(p) - rank) * p[k]))
        result[k] = worst
    return result


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_equal_to_slow_references(p: list[float]) -> None:
    assert holm(p) == pytest.approx(slow_holm(p))
    assert benjamini_hochberg(p) == pytest.approx(false_discovery_control(p, method="bh"))
    assert (np.array(p) <= benjamini_hochberg(p) + 1e-15).all()
    assert (benjamini_hochberg(p) <= holm(p) + 1e-15).all()
