"""Effect sizes against printed values and plain formulas."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.errors import QueryError
from kit.measures.association.formulas import pmi
from kit.measures.keyness import effects

ORACLES = json.loads((Path(__file__).parents[2] / "oracles" / "oracles.json").read_text(encoding="utf-8"))
FUNCTIONS = {
    "pct_diff": effects.pct_diff,
    "odds_ratio": effects.odds_ratio,
    "diff_coeff": effects.difference_coefficient,
    "kilgarriff_ratio_k1": effects.simple_maths,
    "log_ratio": effects.log_ratio,
}
ALL = [*FUNCTIONS.values(), effects.relative_risk]


def table_of(a: float, b: float, c: float, d: float) -> tuple[float, float, float, float]:
    return a, a + b, c, c + d


@pytest.mark.parametrize("row", [row for row in ORACLES if row["measure"] in FUNCTIONS], ids=lambda row: row["id"])
def test_printed_values(row: dict) -> None:
    value = FUNCTIONS[row["measure"]](*table_of(**row["inputs"])).item()
    assert value == pytest.approx(row["expected"], abs=row["abs_tol"])


def test_the_interval_of_statsmodels() -> None:
    rows = {row["id"]: row for row in ORACLES}
    low, high = effects.relative_risk_interval(*table_of(**rows["rr_ci"]["inputs"]))
    assert np.log([low.item(), high.item()]).tolist() == pytest.approx(rows["rr_ci"]["expected"], abs=1e-9)
    # The record of the standard error: the interval of one standard error to each side.
    low, high = effects.relative_risk_interval(*table_of(**rows["rr_se"]["inputs"]), confidence=math.erf(2**-0.5))
    assert math.log(high.item()) == pytest.approx(rows["rr_se"]["expected"], abs=1e-12)


def test_pmi_of_quanteda_is_that_of_association() -> None:
    row = next(row for row in ORACLES if row["id"] == "quanteda_pmi")
    a, b, c, d = (row["inputs"][key] for key in "abcd")
    assert pmi(a, a + b, c, c + d).item() * math.log(2) == pytest.approx(math.log(a * (c + d) / ((a + b) * c)))


@pytest.mark.parametrize("cells", np.random.default_rng(3).integers([1, 1, 100, 100], [50, 50, 150, 150], (20, 4)))
def test_equal_to_plain_formulas(cells) -> None:
    a, b, c, d = (int(cell) for cell in cells)
    p, q = a / c, b / d
    expected = [
        100 * (p - q) / q,
        (a / (c - a)) / (b / (d - b)),
        (p - q) / (p + q),
        (1e6 * p + 1) / (1e6 * q + 1),
        math.log2(p / q),
        p / q,
    ]
    for function, value in zip(ALL, expected, strict=True):
        assert function(*table_of(a, b, c, d)).item() == pytest.approx(value, rel=1e-11, abs=1e-11)
    low, high = effects.relative_risk_interval(*table_of(a, b, c, d), confidence=0.9)
    reach = 1.6448536269514722 * math.sqrt((1 - p) / a + (1 - q) / b)
    assert [low.item(), high.item()] == pytest.approx([p / q * math.exp(-reach), p / q * math.exp(reach)], rel=1e-11)


def test_zeros() -> None:
    only_target, only_reference = table_of(4, 0, 100, 200), table_of(0, 4, 100, 200)
    assert effects.log_ratio(*only_target).item() == math.log2((4 / 100) / (0.5 / 200))
    assert effects.log_ratio(*only_reference).item() == pytest.approx(math.log2((0.5 / 100) / (4 / 200)))
    assert effects.log_ratio(*only_target, zero=1).item() == pytest.approx(math.log2(8))
    assert effects.log_ratio(*only_target, zero=None).item() == math.inf
    assert effects.log_ratio(*only_reference, zero=None).item() == -math.inf
    for function in (effects.relative_risk, effects.pct_diff, effects.odds_ratio):
        assert function(*only_target).item() == math.inf
    assert effects.pct_diff(*only_reference).item() == -100
    assert effects.relative_risk(*only_reference).item() == effects.odds_ratio(*only_reference).item() == 0
    assert effects.difference_coefficient(*only_target).item() == 1
    assert effects.difference_coefficient(*only_reference).item() == -1
    for end in (*effects.relative_risk_interval(*only_target), *effects.relative_risk_interval(*only_reference)):
        assert math.isnan(end.item())


@pytest.mark.parametrize("function", ALL)
@pytest.mark.parametrize("cells", [(0, 0, 10, 10), (0, 3, 0, 10), (3, 0, 10, 0), (11, 1, 10, 10), (np.nan, 1, 10, 10)])
def test_effects_without_meaning(function, cells: tuple[float, ...]) -> None:
    assert math.isnan(function(*table_of(*cells)).item())


def test_parameters_without_meaning() -> None:
    table = table_of(1, 1, 10, 10)
    with pytest.raises(QueryError, match="zero = 0"):
        effects.log_ratio(*table, zero=0)
    with pytest.raises(QueryError, match="k = 0"):
        effects.simple_maths(*table, k=0)
    with pytest.raises(QueryError, match="confidence = 95"):
        effects.relative_risk_interval(*table, confidence=95)


COUNT = st.integers(0, 1000)


@given(COUNT, COUNT, st.integers(1001, 10**6), st.integers(1001, 10**6))
def test_the_mirror_turns_the_sign(a: int, b: int, c: int, d: int) -> None:
    if a == b == 0:
        return
    here, there = table_of(a, b, c, d), table_of(b, a, d, c)
    assert effects.log_ratio(*here).item() == pytest.approx(-effects.log_ratio(*there).item(), abs=1e-9)
    assert effects.difference_coefficient(*here).item() == pytest.approx(
        -effects.difference_coefficient(*there).item(), abs=1e-12
    )
    assert -1 <= effects.difference_coefficient(*here).item() <= 1
    assert effects.simple_maths(*here).item() == pytest.approx(1 / effects.simple_maths(*there).item())
    assert effects.pct_diff(*here).item() >= -100
    assert effects.odds_ratio(*here).item() >= 0
    sides = [
        effects.log_ratio(*here, zero=None).item() > 0,
        effects.difference_coefficient(*here).item() > 0,
        effects.simple_maths(*here).item() > 1,
        effects.relative_risk(*here).item() > 1,
        effects.pct_diff(*here).item() > 0,
        effects.odds_ratio(*here).item() > 1,
    ]
    if a * d != b * c:  # where the shares are equal, rounding may fall on either side
        assert len(set(sides)) == 1
