"""Tests of 2 × 2 tables against printed values, plain formulas, and exact arithmetic."""

from __future__ import annotations

import json
import math
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kit.measures.counts import contingency as ct
from kit.measures.keyness.effects import log_ratio
from kit.measures.keyness.significance import fisher_p, odds_ratio_conditional

ORACLES = json.loads((Path(__file__).parents[2] / "oracles" / "oracles.json").read_text(encoding="utf-8"))
FUNCTIONS = {
    "G2_4cell": ct.g2_4cell,
    "G2_williams": ct.g2_williams,
    "chi2": ct.chi2,
    "chi2_yates": ct.chi2_yates,
    "chi2_sf_of_G2": lambda *table: ct.chi2_p(ct.g2_4cell(*table)),
    "fisher_p_two_sided": fisher_p,
    "fisher_conditional_OR": odds_ratio_conditional,
    "G2_4cell_signed": lambda *table: ct.g2_4cell(*table) * np.sign(log_ratio(*table)),
}
KNOWN = [row for row in ORACLES if row["measure"] in FUNCTIONS]
TABLES = [
    (3, 10, 40, 100),
    (0, 4, 10, 25),
    (7, 7, 20, 60),
    (12, 30, 12, 80),
    *[
        (a, a + b, c, c + d)
        for a, b, c, d in np.random.default_rng(7).integers([1, 1, 60, 60], [40, 40, 99, 99], (16, 4))
    ],
]


def table_of(inputs: dict[str, int]) -> tuple[int, int, int, int]:
    if "o11" in inputs:
        return inputs["o11"], inputs["f1"], inputs["f2"], inputs["N"]
    return inputs["a"], inputs["a"] + inputs["b"], inputs["c"], inputs["c"] + inputs["d"]


def slow_cells(o11: float, r1: float, c1: float, n: float) -> list[tuple[float, float]]:
    """Observed and expected of the four cells."""
    rows, columns = (r1, n - r1), (c1, n - c1)
    observed = (o11, r1 - o11, c1 - o11, n - r1 - c1 + o11)
    return [(observed[2 * i + j], rows[i] * columns[j] / n) for i in (0, 1) for j in (0, 1)]


def slow_g2(pairs: list[tuple[float, float]]) -> float:
    return 2 * sum(o * math.log(o / e) for o, e in pairs if o)


def slow_fisher(o11: int, r1: int, c1: int, n: int) -> Fraction:
    ways = {x: math.comb(c1, x) * math.comb(n - c1, r1 - x) for x in range(max(0, r1 + c1 - n), min(r1, c1) + 1)}
    return Fraction(sum(way for way in ways.values() if way <= ways[o11]), sum(ways.values()))


@pytest.mark.parametrize("row", KNOWN, ids=lambda row: row["id"])
def test_printed_values(row: dict) -> None:
    assert FUNCTIONS[row["measure"]](*table_of(row["inputs"])).item() == pytest.approx(
        row["expected"], abs=row["abs_tol"]
    )


def test_every_record_of_tables_is_used() -> None:
    assert len([row for row in KNOWN if row["family"] == "keyness"]) == 9
    assert {"dun_ll1", "dun_ll2", "dun_ll3", "dun_chi3"} <= {row["id"] for row in KNOWN}


@pytest.mark.parametrize("row", [row for row in ORACLES if row["measure"] == "chi2_signed_quanteda"])
def test_quanteda_signs_chi2_by_the_direction(row: dict) -> None:
    """Its default corrects only tables with an expected count below 5; no printed row is one, so plain χ² agrees."""
    table = table_of(row["inputs"])
    assert min(cell.item() for cell in ct.expected(*table)) >= 5
    signed = ct.chi2(*table).item() * np.sign(log_ratio(*table).item())
    assert signed == pytest.approx(row["expected"], abs=row["abs_tol"])


@pytest.mark.parametrize("table", TABLES)
def test_equal_to_plain_formulas(table: tuple[int, int, int, int]) -> None:
    o11, r1, c1, n = (int(number) for number in table)
    pairs = slow_cells(o11, r1, c1, n)
    q = 1 + (n / r1 + n / (n - r1) - 1) * (n / c1 + n / (n - c1) - 1) / (6 * n)
    expected = {
        "g2_2cell": slow_g2(pairs[:2]),
        "g2_4cell": slow_g2(pairs),
        "g2_williams": slow_g2(pairs) / q,
        "chi2": sum((o - e) ** 2 / e for o, e in pairs),
        "chi2_yates": sum(max(0, abs(o - e) - 0.5) ** 2 / e for o, e in pairs),
    }
    for name, value in expected.items():
        assert getattr(ct, name)(*table).item() == pytest.approx(value, rel=1e-11, abs=1e-12), name
    assert fisher_p(*table).item() == pytest.approx(float(slow_fisher(o11, r1, c1, n)), rel=1e-11)
    assert ct.chi2_p(expected["chi2"]).item() == pytest.approx(stats.chi2.sf(expected["chi2"], 1), rel=1e-11)


def test_arrays_are_one_answer_per_table() -> None:
    columns = np.array(TABLES).T
    for name in ("g2_2cell", "g2_4cell", "g2_williams", "chi2", "chi2_yates"):
        together = getattr(ct, name)(*columns)
        assert together.dtype == np.float64
        assert together.tolist() == [getattr(ct, name)(*table).item() for table in TABLES]
    assert fisher_p(*columns).tolist() == [fisher_p(*table).item() for table in TABLES]


@pytest.mark.parametrize(
    ("table", "p"),
    [
        ((14_400, 56_672, 600_000_000, 2_000_000_000), 1.1267801250705654e-129),
        ((17_150, 56_672, 600_000_000, 2_000_000_000), 0.17488520205269187),
        ((400, 1_000, 300_000, 1_000_000), 1.7694123251843536e-11),
        ((5, 2_000, 100_000_000, 1_000_000_007), 3.3576050952215694e-82),
    ],
)
def test_fisher_in_large_corpora(table: tuple[int, int, int, int], p: float) -> None:
    """Summed with 60 digits by mpmath; scipy's fisher_exact is off by 2e-8 in the last one."""
    assert fisher_p(*table).item() == pytest.approx(p, rel=1e-11)


def test_nothing_is_lost_beside_a_large_corpus() -> None:
    """Shares that differ by a millionth: the terms of the sum cancel to sixteen digits."""
    a, r, c, n = 1_000_001, 2_000_000, 10**12, 2 * 10**12
    deviation = Fraction(a) - Fraction(r * c, n)
    exact = deviation**2 * sum(1 / e for e in (Fraction(r * x, n) for x in (c, n - c)))
    assert ct.g2_2cell(a, r, c, n).item() == pytest.approx(float(exact), rel=1e-6)
    assert ct.g2_2cell(10**6, r, c, n).item() == 0.0


@pytest.mark.parametrize("function", [ct.g2_2cell, ct.g2_4cell, ct.g2_williams, ct.chi2, ct.chi2_yates, fisher_p])
@pytest.mark.parametrize(
    "table",
    [
        (0, 0, 10, 20),  # the item occurs nowhere
        (0, 5, 0, 20),  # no target
        (5, 5, 20, 20),  # no reference
        (10, 20, 10, 20),  # nothing but the item
        (5, 3, 10, 20),  # more in the target than altogether
        (0, 18, 10, 20),  # more than the reference has room for
        (np.nan, 3, 10, 20),
        (1, 3, 10, np.inf),
        (0, 0, 0, 0),
    ],
)
def test_tables_that_say_nothing(function, table: tuple[float, ...]) -> None:
    assert np.isnan(function(*table)).item()


def test_counts_that_are_not_whole() -> None:
    assert np.isnan(fisher_p(1.5, 3, 10, 20)).item()
    assert np.isnan(odds_ratio_conditional(1.5, 3, 10, 20)).item()
    assert ct.g2_4cell(1.5, 3, 10, 20).item() == pytest.approx(0, abs=1e-15)
    assert odds_ratio_conditional(3, 3, 10, 20).item() == np.inf


def test_bic_by_hand() -> None:
    assert ct.bic([10.0, np.nan], math.e**3).round(12).tolist()[0] == 7.0
    assert ct.bic(2350.3189, 160_954 + 563_681).item() == pytest.approx(2336.8255, abs=1e-4)  # Emma, first row


CELLS = st.lists(st.integers(0, 10**6), min_size=4, max_size=4)


@given(CELLS)
def test_invariants(cells: list[int]) -> None:
    a, b, c, d = cells
    n = a + b + c + d
    table, turned, mirrored = (a, a + b, a + c, n), (a, a + c, a + b, n), (b, a + b, b + d, n)
    g2, g2_2cell, chi2 = ct.g2_4cell(*table).item(), ct.g2_2cell(*table).item(), ct.chi2(*table).item()
    if 0 in (a + b, c + d, a + c, b + d):
        assert math.isnan(g2)
        assert math.isnan(chi2)
        return
    close = {"rel": 1e-9, "abs": 1e-9}
    assert 0 <= g2_2cell <= g2 * (1 + 1e-9) + 1e-9
    assert ct.g2_williams(*table).item() <= g2
    assert 0 <= ct.chi2_yates(*table).item() <= chi2 * (1 + 1e-9) <= n * (1 + 1e-8)
    for other in (turned, mirrored):
        assert ct.g2_4cell(*other).item() == pytest.approx(g2, **close)
        assert ct.chi2(*other).item() == pytest.approx(chi2, **close)
    assert ct.g2_2cell(*mirrored).item() == pytest.approx(g2_2cell, **close)


@given(st.lists(st.integers(0, 25), min_size=4, max_size=4))
def test_fisher_is_exact(cells: list[int]) -> None:
    a, b, c, d = cells
    if 0 in (a + b, c + d, a + c, b + d):
        return
    table = (a, a + b, a + c, a + b + c + d)
    assert fisher_p(*table).item() == pytest.approx(float(slow_fisher(*table)), rel=1e-10)
