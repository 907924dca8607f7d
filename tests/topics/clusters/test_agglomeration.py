"""Average linkage against SciPy where nothing is tied, and by hand where everything is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.cluster import hierarchy
from scipy.spatial.distance import squareform

from kit.topics.clusters.agglomeration import linkage, partitions


def symmetric(upper: list[int], items: int) -> np.ndarray:
    matrix = np.zeros((items, items), np.int64)
    matrix[np.triu_indices(items, 1)] = upper
    return matrix + matrix.T


@st.composite
def matrices(draw: st.DrawFn, *, distinct: bool, least: int = 2, most: int = 9) -> np.ndarray:
    items = draw(st.integers(least, most))
    pairs = items * (items - 1) // 2
    values = st.integers(1, 10**9) if distinct else st.integers(1, 4)
    return symmetric(draw(st.lists(values, min_size=pairs, max_size=pairs, unique=distinct)), items)


@given(matrices(distinct=True))
def test_the_tree_is_scipys_where_nothing_is_tied(matrix: np.ndarray) -> None:
    ours, theirs = linkage(matrix, 1), hierarchy.linkage(squareform(matrix), "average")
    if len(np.unique(theirs[:, 2].round(6))) < len(theirs) or ours["tied"].any():
        return  # means can tie although distances do not
    assert np.allclose(ours["height"], theirs[:, 2])
    assert [{left, right} for left, right in ours[["left", "right"]].to_numpy().tolist()] == [
        {left, right} for left, right in theirs[:, :2].astype(int).tolist()
    ]
    assert ours["size"].tolist() == theirs[:, 3].astype(int).tolist()


@given(matrices(distinct=False))
def test_scipy_can_read_the_tree(matrix: np.ndarray) -> None:
    table = linkage(matrix, 1)
    tree = table[["left", "right", "height", "size"]].to_numpy(float)
    assert hierarchy.is_valid_linkage(tree)
    assert hierarchy.is_monotonic(tree)
    assert table["size"].iloc[-1] == len(matrix)


@given(matrices(distinct=False), st.integers(1, 5))
def test_partitions_cut_the_same_tree(matrix: np.ndarray, cut: int) -> None:
    group = partitions(matrix[None], cut)[0]
    members = [{item} for item in range(len(matrix))]
    joined = []
    for left, right, height in linkage(matrix, 1)[["left", "right", "height"]].itertuples(index=False):
        members.append(members[left] | members[right])
        joined.append(height < cut)
    tops = [side for side, near in zip(members[len(matrix) :], joined, strict=True) if near]
    for item in range(len(matrix)):
        mine = max((top for top in tops if item in top), key=len, default={item})
        assert set(np.flatnonzero(group == group[item]).tolist()) == mine
        assert group[item] == min(mine)


@given(st.lists(matrices(distinct=False, least=4, most=4), min_size=1, max_size=4))
def test_many_matrices_are_clustered_as_one_by_one(several: list[np.ndarray]) -> None:
    together = partitions(np.stack(several), 3)
    assert together.tolist() == [partitions(matrix[None], 3)[0].tolist() for matrix in several]


def test_of_tied_pairs_the_first_in_order_merges() -> None:
    # 0-1, 0-2 and 1-2 are all at 2: 0 and 1 merge first, then 2 joins them at the mean of 2 and 2.
    table = linkage(symmetric([2, 2, 2], 3), 1)
    assert table.to_numpy().tolist() == [[0, 1, 2.0, 2, True], [3, 2, 2.0, 3, False]]


def test_a_chain_of_ties_by_hand() -> None:
    # a-b, b-c, c-d at 1, all others at 9: a+b, then c+d (nearer than c to a+b, 5), then all at (9+9+1+9)/4 = 7.
    table = linkage(symmetric([1, 9, 9, 1, 9, 1], 4), 1)
    assert table[["left", "right", "height"]].to_numpy().tolist() == [[0, 1, 1.0], [2, 3, 1.0], [4, 5, 7.0]]
    assert table["tied"].tolist() == [True, False, False]


def test_a_pair_at_the_cut_stays_apart() -> None:
    matrix = symmetric([5], 2)[None]
    assert partitions(matrix, 5).tolist() == [[0, 1]]
    assert partitions(matrix, 6).tolist() == [[0, 0]]


@pytest.mark.parametrize("items", [0, 1])
def test_nothing_to_merge(items: int) -> None:
    matrix = np.zeros((items, items), np.int64)
    assert linkage(matrix, 1).empty
    assert linkage(matrix, 1).dtypes.astype(str).tolist() == ["int64", "int64", "float64", "int64", "bool"]
    assert partitions(matrix[None], 1).shape == (1, items)
