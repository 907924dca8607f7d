"""Coefficients of agreement, held against nltk, scikit-learn and numbers printed in the literature."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.metrics import binary_distance, masi_distance
from nltk.metrics.agreement import AnnotationTask
from sklearn.metrics import cohen_kappa_score

from kit.validity.agreement.coefficients import agreement, alpha, cohen, fleiss, masi, masi_distances

PRINTED = json.loads((Path(__file__).parents[2] / "oracles" / "agreement.json").read_text("utf-8"))
CODINGS = st.lists(st.lists(st.sampled_from("yn-"), min_size=3, max_size=3), min_size=1, max_size=12)
SETS = st.lists(st.lists(st.frozensets(st.sampled_from("abc")), min_size=3, max_size=3), min_size=2, max_size=8)


def counted(codings: list[list[object]]) -> np.ndarray:
    """Units × labels from coders × units."""
    labels = sorted({one for row in codings for one in row if one is not None})
    return np.array(
        [[sum(row[unit] == label for row in codings) for label in labels] for unit in range(len(codings[0]))], float
    )


@pytest.mark.parametrize("name", ["krippendorff 2011", "krippendorff 2011, binary"])
def test_alpha_is_what_krippendorff_prints(name: str) -> None:
    assert alpha(counted(PRINTED[name]["codings"])) == pytest.approx(PRINTED[name]["alpha"], abs=0.0005)


def test_kappa_is_what_fleiss_prints() -> None:
    assert fleiss(np.array(PRINTED["fleiss 1971"]["counts"], float)) == pytest.approx(0.430, abs=0.0005)


@given(CODINGS)
def test_alpha_is_that_of_nltk_where_it_is_defined(units: list[list[str]]) -> None:
    counts = np.array([[unit.count(label) for label in "yn"] for unit in units], float)
    data = [(coder, row, label) for row, unit in enumerate(units) for coder, label in enumerate(unit) if label != "-"]
    twice = [one for one in data if counts[one[1]].sum() > 1]
    mine = alpha(counts)
    if len({label for _, _, label in twice}) < 2:
        assert math.isnan(mine)  # one label, or each item once: nltk gives 1 or fails
    else:
        assert mine == pytest.approx(AnnotationTask(twice, binary_distance).alpha(), abs=1e-12)


@given(SETS)
def test_alpha_of_sets_is_that_of_nltk_where_it_is_defined(units: list[list[frozenset[str]]]) -> None:
    labels = sorted({one for unit in units for one in unit}, key=sorted)
    counts = np.array([[unit.count(label) for label in labels] for unit in units], float)
    mine = alpha(counts, masi_distances(labels))
    if len(labels) < 2:
        assert math.isnan(mine)
        return
    data = [(coder, row, label) for row, unit in enumerate(units) for coder, label in enumerate(unit)]

    def distance(one: frozenset[str], other: frozenset[str]) -> float:
        return 0.0 if one == other else masi_distance(one, other)  # nltk divides by zero for two empty sets

    assert mine == pytest.approx(AnnotationTask(data, distance).alpha(), abs=1e-12)


@given(st.frozensets(st.sampled_from("abcd"), min_size=1), st.frozensets(st.sampled_from("abcd"), min_size=1))
def test_masi_is_that_of_nltk(one: frozenset[str], other: frozenset[str]) -> None:
    assert masi(one, other) == pytest.approx(masi_distance(one, other), abs=1e-12)
    assert masi(one, other) == masi(other, one)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=30))
def test_cohen_is_that_of_scikit_learn(pairs: list[tuple[bool, bool]]) -> None:
    table = np.array([[pairs.count((one, other)) for other in (True, False)] for one in (True, False)], float)
    if len({label for pair in pairs for label in pair}) < 2:
        assert math.isnan(cohen(table))
    else:
        assert cohen(table) == pytest.approx(cohen_kappa_score(*zip(*pairs, strict=True)), abs=1e-12)


@given(CODINGS)
def test_fleiss_is_that_of_nltk_where_it_is_defined(units: list[list[str]]) -> None:
    counts = np.array([[unit.count(label) for label in "yn-"] for unit in units], float)
    if len({label for unit in units for label in unit}) < 2:
        assert math.isnan(fleiss(counts))
        return
    data = [(coder, row, label) for row, unit in enumerate(units) for coder, label in enumerate(unit)]
    # nltk's pi is Scott's, for many coders Fleiss's, from pairs as here
    assert fleiss(counts) == pytest.approx(AnnotationTask(data).pi(), abs=1e-12)


def test_what_is_undefined_says_so() -> None:
    one_label = np.array([[2.0, 0], [2, 0], [3, 0]])
    once = np.array([[1.0, 0], [0, 1], [1, 0]])
    for counts in (one_label, once, np.zeros((0, 2)), np.zeros((3, 2))):
        assert math.isnan(alpha(counts))
    for counts in (one_label[:2], once, np.zeros((0, 2)), np.array([[2.0, 0], [1, 2]])):
        assert math.isnan(fleiss(counts))
    assert math.isnan(cohen(np.zeros((2, 2))))
    assert math.isnan(cohen(np.array([[4.0, 0], [0, 0]])))
    assert math.isnan(agreement(once))
    assert agreement(one_label) == 1


def test_weights_are_repeated_units() -> None:
    kinds, times = np.array([[2.0, 0], [1, 1], [0, 3], [1, 0]]), np.array([3.0, 2, 4, 9])
    assert alpha(kinds, weights=times) == pytest.approx(alpha(np.repeat(kinds, times.astype(int), axis=0)), abs=1e-15)
