"""The rule: bounds from a table of Student's t, and choices that can be made by eye."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from kit.topics.quality.rule import bound, finest, recommended


def rows(stability: list[float], error: float = 0.01, null: float = 0.4, highest: float = 0.5) -> pd.DataFrame:
    table = pd.DataFrame({"n_topics": range(2, 2 + len(stability)), "stability": stability, "stability_error": error})
    return table.assign(null_stability=null, null_bound=highest, excess=(table["stability"] - null) / (1 - null))


@pytest.mark.parametrize(("n", "level", "t"), [(5, 0.05, 2.132), (10, 0.01, 2.821), (10, 0.05, 1.833)])
def test_the_bound_with_t_from_a_table(n: int, level: float, t: float) -> None:
    values = np.linspace(-0.1, 0.1, n)
    expected = values.mean() + t * values.std(ddof=1) * math.sqrt(1 + 1 / n)
    assert bound(np.tanh(values), level) == pytest.approx(math.tanh(expected), abs=0.0005)


def test_the_bound_stays_below_one() -> None:
    assert 0.99 < bound([0.2, 0.9, 0.99, 0.4, 1.0], 0.01) <= 1


def test_too_few_null_runs_give_no_bound() -> None:
    assert math.isnan(bound([0.1, 0.2, 0.3, 0.4], 0.05))


def test_the_bound_holds_as_often_as_it_says() -> None:
    """One value more of the same normal law is above in 5 %; 4,000 draws, four standard errors."""
    random = np.random.default_rng(3)
    draws = np.tanh(random.normal(0.4, 0.05, (4_000, 11)))
    above = np.mean([row[10] > bound(row[:10], 0.05) for row in draws])
    assert abs(above - 0.05) < 4 * (0.05 * 0.95 / 4_000) ** 0.5


def test_nothing_above_the_null() -> None:
    assert recommended(rows([0.45, 0.5, 0.49])) is None
    assert recommended(rows([])) is None


def test_the_smallest_within_one_standard_error_of_the_best() -> None:
    assert recommended(rows([0.7, 0.972, 0.98, 0.9])) == 3
    assert recommended(rows([0.7, 0.965, 0.98, 0.9])) == 4
    assert recommended(rows([0.98, 0.98, 0.98])) == 2


def test_numbers_below_the_null_take_no_part() -> None:
    table = rows([0.9, 0.8, 0.7])
    table.loc[0, "null_bound"] = 0.95
    assert recommended(table) == 3


def test_numbers_without_runs_take_no_part() -> None:
    table = rows([0.9, 0.8])
    table.loc[0, "stability_error"] = math.nan
    assert recommended(table) == 3


def test_a_higher_null_counts_against_a_number() -> None:
    """Three topics are more stable, and so are three topics of nothing."""
    table = rows([0.9, 0.92], error=0.001)
    table.loc[1, ["null_stability", "null_bound"]] = 0.7, 0.8
    table["excess"] = (table["stability"] - table["null_stability"]) / (1 - table["null_stability"])
    assert recommended(table) == 2


def test_the_finest_number_whose_topics_all_have_support() -> None:
    table = rows([0.9, 0.8, 0.7, 0.45]).assign(supported=pd.array([2, 3, 3, 5], dtype="Int64"))
    assert finest(table) == 3
    table.loc[1, "supported"] = pd.NA
    assert finest(table) == 2
    assert finest(table.head(0)) is None
