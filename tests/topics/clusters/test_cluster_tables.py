"""The order of leaves: a rule that any reader can follow by hand."""

from __future__ import annotations

from random import Random

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from kit.topics.clusters.agglomeration import linkage
from kit.topics.clusters.cluster_tables import leaves


def test_the_larger_group_comes_first() -> None:
    # 1 + 2, then 0 with {1, 2}, then {3, 4} beside {0, 1, 2}.
    merges = pd.DataFrame({"left": [1, 3, 0, 7], "right": [2, 4, 5, 6]})
    assert leaves(merges, 5) == [1, 2, 0, 3, 4]


def test_of_equal_groups_the_one_with_the_first_member_comes_first() -> None:
    merges = pd.DataFrame({"left": [0, 1, 4], "right": [3, 2, 5]})
    assert leaves(merges, 4) == [0, 3, 1, 2]


@given(st.integers(0, 8), st.randoms(use_true_random=False))
def test_every_group_is_one_stretch(items: int, draw: Random) -> None:
    matrix = np.array([[draw.randint(1, 5) for _ in range(items)] for _ in range(items)], np.int64).reshape(
        items, items
    )
    merges = linkage(np.triu(matrix, 1) + np.triu(matrix, 1).T, 1)
    order = leaves(merges, items)
    assert sorted(order) == list(range(items))
    members = [{item} for item in range(items)]
    for left, right in merges[["left", "right"]].itertuples(index=False):
        members.append(members[left] | members[right])
        places = [order.index(item) for item in members[-1]]
        assert max(places) - min(places) + 1 == len(places)
