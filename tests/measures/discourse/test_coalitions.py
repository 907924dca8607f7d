"""Coalitions: planted ones are found, chance ones are not shown, and the parting is what it says."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kit
from kit.errors import QueryError
from kit.measures.discourse.coalitions import _parted, _score


def network(rows: list[tuple[str, str, str, int]]) -> kit.DiscourseNetwork:
    table = pd.DataFrame(rows, columns=["doc_id", "organisation", "concept", "agreement"])
    return kit.discourse_network(table, resamples=0)


def camps(noise: float, seed: int = 1) -> list[tuple[str, str, str, int]]:
    """Two camps of four who differ on three concepts, but for some noise."""
    draw = np.random.default_rng(seed)
    return [
        (f"d{row}{actor}", f"{camp}{actor}", f"c{concept}", sign * (-1 if draw.random() < noise else 1))
        for row, (camp, sign) in itertools.product(range(3), (("a", 1), ("b", -1)))
        for actor in range(4)
        for concept in range(3)
    ]


def test_planted_camps_are_found_with_what_they_stand_for() -> None:
    found = kit.find_coalitions(network(camps(0.1)), permutations=199)
    groups = found.members.groupby("coalition")["name"].agg(list)
    assert groups.tolist() == [["a0", "a1", "a2", "a3"], ["b0", "b1", "b2", "b3"]]
    assert found.test[["p", "coalitions"]].to_numpy().tolist() == [[1 / 200, 2]]
    shares = found.concepts.groupby("coalition")["net_share"].agg(["min", "max"])
    assert shares["min"].iloc[0] > 0 > shares["max"].iloc[1]
    assert (found.members["within"] > 0).all()
    assert (found.members["across"] < 0).all()
    again = kit.find_coalitions(network(camps(0.1)), permutations=199)
    pd.testing.assert_frame_equal(found.test, again.test)


def test_agreement_that_falls_together_by_chance_makes_no_coalition() -> None:
    ps = [kit.find_coalitions(network(camps(0.5, seed)), permutations=99).test["p"].iloc[0] for seed in range(12)]
    assert sum(p <= 0.05 for p in ps) <= 2
    found = kit.find_coalitions(network(camps(0.5, int(np.argmax(ps)))), permutations=99)
    assert found.members["coalition"].isna().all()
    assert found.concepts.empty
    assert found.attrs["remarks"][-1]["key"] == "discourse_network.no_coalitions"


def test_where_all_agree_nothing_beats_the_null() -> None:
    rows = [(f"d{row}", name, "c", 1) for row, name in itertools.product(range(5), "abc")]
    assert kit.find_coalitions(network(rows), permutations=99).test["p"].iloc[0] == 1


@pytest.mark.parametrize("rows", [[], [("d", "a", "c", 1)], [("d", "a", "c", 1), ("e", "b", "c", -1)]])
def test_few_actors_make_none(rows: list[tuple[str, str, str, int]]) -> None:
    found = kit.find_coalitions(network(rows), permutations=99)
    assert found.members["coalition"].isna().all()
    assert found.members.dtypes.to_dict() == kit.find_coalitions(network(camps(0.1))).members.dtypes.to_dict()


@settings(max_examples=60)
@given(st.integers(1, 5), st.integers(0, 10**6))
def test_the_parting_joins_nothing_that_conflicts_and_is_near_the_best(size: int, seed: int) -> None:
    half = np.random.default_rng(seed).integers(-4, 5, (size, size)).astype(float)
    ties = np.triu(half, 1) + np.triu(half, 1).T
    group = _parted(ties)
    for one, other in itertools.combinations(np.unique(group), 2):
        assert ties[np.ix_(group == one, group == other)].sum() <= 0
    best = max(_score(ties, np.array(way)) for way in itertools.product(range(size), repeat=size))
    assert _score(ties, np.arange(size)) <= _score(ties, group) <= best


@settings(max_examples=60)
@given(st.integers(0, 9), st.integers(0, 10**6))
def test_the_parting_joins_the_first_of_those_that_agree_most(size: int, seed: int) -> None:
    half = np.random.default_rng(seed).integers(-2, 3, (size, size)).astype(float)
    ties = np.triu(half, 1) + np.triu(half, 1).T
    slow = [[row] for row in range(size)]
    while True:
        sums = [
            (ties[np.ix_(a, b)].sum(), -a[0], -b[0], a, b) for a, b in itertools.combinations(slow, 2)
        ]  # groups stand in the order of their first rows
        best = max(sums, default=(0,), key=lambda row: row[:3])
        if best[0] <= 0:
            break
        slow = sorted([*(group for group in slow if group not in best[3:]), sorted(best[3] + best[4])])
    group = _parted(ties)
    assert [np.flatnonzero(group == name).tolist() for name in np.unique(group)] == slow


def test_windows_and_too_few_permutations_are_refused() -> None:
    rows = pd.DataFrame(camps(0.1), columns=["doc_id", "organisation", "concept", "agreement"]).assign(
        date="2024-01-01"
    )
    over = kit.discourse_network(rows, window="year", resamples=0)
    with pytest.raises(QueryError, match="has windows"):
        kit.find_coalitions(over)
    with pytest.raises(QueryError, match="at least 99"):
        kit.find_coalitions(network(camps(0.1)), permutations=9)
