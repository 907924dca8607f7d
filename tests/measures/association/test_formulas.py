"""Association measures against published numbers, NLTK's measures on the same counts, and slow definitions."""

from __future__ import annotations

import csv
import json
import math
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.metrics import BigramAssocMeasures

from kit.measures.association.formulas import MEASURES
from kit.measures.cards import describe_measure
from kit.measures.counts.contingency import chi2, chi2_yates, g2_4cell
from kit.measures.keyness.significance import fisher_p

ORACLES = Path(__file__).parents[2] / "oracles"
RECORDS = {
    row["id"]: row
    for row in json.loads((ORACLES / "oracles.json").read_text(encoding="utf-8"))
    if row["family"] == "association"
}

#: Near zero the published G² differ in their last digits: differences of large terms were taken there.
NOISE = 1e-8

#: What a record's measure is called here, on o11, r1, c1, n. f1 is the first word (the node), f2 the collocate.
NAMES = {
    "t_score_nltk": MEASURES["t_score"],
    "chi2": MEASURES["chi2"],
    "G2_4cell": MEASURES["g2"],
    "chi2_yates": chi2_yates,
    "fisher_p_two_sided": fisher_p,
    "pmi_log2": MEASURES["pmi"],
    "delta_p_collocate_given_node": MEASURES["delta_p_collocate_given_node"],
    "delta_p_node_given_collocate": MEASURES["delta_p_node_given_collocate"],
    "dice": MEASURES["dice"],
    "min_sensitivity": MEASURES["minimum_sensitivity"],
    "phi_squared": lambda o11, r1, c1, n: chi2(o11, r1, c1, n) / n,  # a column of its own would say what chi2 says
    "npmi": MEASURES["npmi"],
    "logDice": MEASURES["log_dice"],
    "korap_ll": MEASURES["g2"],
    "korap_pmi": MEASURES["pmi"],
    "korap_mi2": MEASURES["pmi2"],
    "korap_mi3": MEASURES["pmi3"],
    "korap_logDice": MEASURES["log_dice"],
}


def table_of(inputs: dict[str, float]) -> tuple[float, float, float, float]:
    """KorAP's node side is window × occurrences."""
    if "O" in inputs:
        return inputs["O"], inputs["O2"], inputs["window"] * inputs["O1"], inputs["N"]
    return inputs["o11"], inputs["f2"], inputs["f1"], inputs["N"]


@pytest.mark.parametrize("name", RECORDS)
def test_published_numbers(name: str) -> None:
    record = RECORDS[name]
    got = float(NAMES[record["measure"]](*table_of(record["inputs"])))
    assert got == pytest.approx(record["expected"], abs=record["abs_tol"])


def rows(name: str) -> list[dict[str, str]]:
    with (ORACLES / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", rows("association_gries_ditransitive.csv"), ids=lambda row: row["type"])
def test_coll_analysis_of_gries(row: dict[str, str]) -> None:
    """Verbs in the ditransitive: f1 the verb, f2 the construction; delta_p1 is P(construction | verb) - ..."""
    o11, verb, construction, n = (int(row[key]) for key in ("o11", "f1", "f2", "N"))
    table = (o11, construction, verb, n)
    assert float(MEASURES["g2"](*table)) == pytest.approx(float(row["ll"]), rel=1e-9, abs=NOISE)
    assert float(MEASURES["z_score"](*table)) == pytest.approx(float(row["pearsonsid"]), rel=1e-9)
    assert float(MEASURES["pmi"](*table)) == pytest.approx(float(row["mi_base2"]), rel=1e-9)
    assert float(MEASURES["delta_p_collocate_given_node"](*table)) == pytest.approx(float(row["delta_p1"]), rel=1e-9)
    assert float(MEASURES["delta_p_node_given_collocate"](*table)) == pytest.approx(float(row["delta_p2"]), rel=1e-9)


@pytest.mark.parametrize("row", rows("association_flach_goverb.csv"), ids=lambda row: row["type"])
def test_collostructions_of_flach(row: dict[str, str]) -> None:
    """go-VERB; base 10 logarithms there, base 2 here. Liddell's difference is a ΔP, Cramér's V the root of χ²/n.

    Not offered: the geometric mean, and the z-score with continuity correction.
    """
    o11, verb, construction, n = (int(row[key]) for key in ("o11", "f1", "f2", "N"))
    table = (o11, construction, verb, n)
    ten = math.log2(10)
    for measure, expected in {
        "g2": float(row["ll"]),
        "chi2": float(row["chisq"]),
        "dice": float(row["dice"]),
        "jaccard": float(row["jaccard"]),
        "pmi": float(row["mi_log10"]) * ten,
        "pmi3": float(row["mi3_log10"]) * ten,
        "minimum_sensitivity": float(row["min_sens"]),
        "t_score": float(row["t_score"]),
        "z_score": float(row["zscore"]),
        "delta_p_collocate_given_node": float(row["delta_p1"]),
        "delta_p_node_given_collocate": float(row["delta_p2"]),
    }.items():
        assert float(MEASURES[measure](*table)) == pytest.approx(expected, rel=1e-8, abs=NOISE), measure
    assert float(MEASURES["delta_p_node_given_collocate"](*table)) == pytest.approx(float(row["liddell"]), rel=1e-8)
    assert math.sqrt(float(MEASURES["chi2"](*table)) / n) == pytest.approx(float(row["cramer"]), rel=1e-8)


def slow(o11: int, r1: int, c1: int, n: int) -> dict[str, float]:
    """The definitions, cell by cell, in plain Python; -inf where the two never meet."""
    o = (o11, r1 - o11, c1 - o11, n - r1 - c1 + o11)
    e = (r1 * c1 / n, r1 * (n - c1) / n, (n - r1) * c1 / n, (n - r1) * (n - c1) / n)
    log = math.log2 if o11 else (lambda _: -math.inf)
    return {
        "log_dice": 14 + log(2 * o11 / (r1 + c1)),
        "pmi": log(o11 / e[0]),
        "npmi": -1.0 if not o11 else 1.0 if o11 == n else log(o11 / e[0]) / -log(o11 / n),
        "pmi2": log(o11**2 / e[0]),
        "pmi3": log(o11**3 / e[0]),
        "delta_p_collocate_given_node": o[0] / (o[0] + o[2]) - o[1] / (o[1] + o[3]),
        "delta_p_node_given_collocate": o[0] / (o[0] + o[1]) - o[2] / (o[2] + o[3]),
        "minimum_sensitivity": min(o11 / r1, o11 / c1),
        "dice": o11 / ((r1 + c1) / 2),
        "jaccard": o[0] / (o[0] + o[1] + o[2]),
        "t_score": (o11 - e[0]) / math.sqrt(o11) if o11 else -math.inf,
        "z_score": (o11 - e[0]) / math.sqrt(e[0]),
        "g2": 2 * sum(a * math.log(a / b) for a, b in zip(o, e, strict=True) if a),
        "chi2": sum((a - b) ** 2 / b for a, b in zip(o, e, strict=True)),
    }


CELLS = st.tuples(st.integers(0, 40), st.integers(1, 60), st.integers(1, 60), st.integers(1, 5000))


@given(CELLS)
@settings(max_examples=200)
def test_against_the_definitions(cells: tuple[int, int, int, int]) -> None:
    a, b, c, d = cells
    table = (a, a + b, a + c, a + b + c + d)
    for name, expected in slow(*table).items():
        assert float(MEASURES[name](*table)) == pytest.approx(expected, rel=1e-9, abs=1e-9), name


@given(st.tuples(st.integers(1, 40), st.integers(1, 60), st.integers(1, 60), st.integers(1, 5000)))
@settings(max_examples=100)
def test_against_nltk(cells: tuple[int, int, int, int]) -> None:
    """NLTK takes (n_ii, (n_ix, n_xi), n_xx)."""
    a, b, c, d = cells
    table = (a, a + b, a + c, a + b + c + d)
    theirs = (a, (a + b, a + c), a + b + c + d)
    for name, measure in {
        "pmi": BigramAssocMeasures.pmi,
        "g2": BigramAssocMeasures.likelihood_ratio,
        "chi2": BigramAssocMeasures.chi_sq,
        "t_score": BigramAssocMeasures.student_t,
        "dice": BigramAssocMeasures.dice,
        "jaccard": BigramAssocMeasures.jaccard,
    }.items():
        assert float(MEASURES[name](*table)) == pytest.approx(measure(*theirs), rel=1e-6, abs=1e-6), name
    assert 2 ** float(MEASURES["pmi3"](*table)) == pytest.approx(
        BigramAssocMeasures.mi_like(*theirs, power=3) * table[3], rel=1e-9
    )


@given(CELLS)
def test_ranges_and_symmetry(cells: tuple[int, int, int, int]) -> None:
    a, b, c, d = cells
    table, turned = (a, a + b, a + c, sum(cells)), (a, a + c, a + b, sum(cells))
    value = {name: float(formula(*table)) for name, formula in MEASURES.items()}
    for name in ("dice", "jaccard", "minimum_sensitivity"):
        assert 0 <= value[name] <= 1
    for name in ("npmi", "delta_p_collocate_given_node", "delta_p_node_given_collocate"):
        assert -1 <= value[name] <= 1
    assert value["log_dice"] <= 14
    assert value["g2"] >= 0
    assert value["chi2"] >= 0
    attract = a * d - b * c
    for name in ("pmi", "npmi", "t_score", "z_score", "delta_p_collocate_given_node", "delta_p_node_given_collocate"):
        assert value[name] * attract >= -1e-9 if math.isfinite(value[name]) else attract < 0
    for name, formula in MEASURES.items():
        other = {"delta_p_collocate_given_node": "delta_p_node_given_collocate"}.get(name)
        swapped = value[other] if other else value[name]
        if name != "delta_p_node_given_collocate":
            assert float(formula(*turned)) == pytest.approx(swapped, rel=1e-9, abs=1e-12), name


@pytest.mark.parametrize("name", MEASURES)
def test_the_edges(name: str) -> None:
    formula = MEASURES[name]
    impossible = [(5, 4, 9, 20), (3, 9, 2, 20), (0, 15, 15, 20), (-1, 5, 5, 20), (0, 0, 5, 20), (0, 5, 0, 20)]
    assert all(math.isnan(float(formula(*table))) for table in impossible)
    assert formula(np.zeros(0), np.zeros(0), 3, 9).shape == (0,)
    whole = float(formula(4, 4, 4, 4))
    assert math.isnan(whole) == (name in {"g2", "chi2", "delta_p_collocate_given_node", "delta_p_node_given_collocate"})
    never = {"log_dice", "pmi", "pmi2", "pmi3", "t_score"}
    assert (float(formula(0, 5, 5, 20)) == -math.inf) == (name in never)


def test_scalars_arrays_and_large_numbers() -> None:
    assert MEASURES["pmi"]([1, 2], 10, [10, 20], 100).shape == (2,)
    assert float(g2_4cell(30, 10**9, 10**9, 10**12)) > 0
    assert float(MEASURES["z_score"](1, 1, 1, 10**12)) == pytest.approx(1e6)


@pytest.mark.parametrize("name", MEASURES)
def test_the_example_of_each_card_is_true(name: str) -> None:
    found = re.fullmatch(
        r"o11 = (\d+), r1 = (\d+), c1 = (\d+), n = (\d+) → (\S+)", describe_measure(name, "association").example
    )
    assert found
    digits = len(found[5].partition(".")[2])
    got = float(MEASURES[name](*(int(part) for part in found.groups()[:4])))
    assert got == pytest.approx(float(found[5]), abs=0.5 * 10**-digits if digits else 1e-9)
