"""What is compiled says what is written down, number by number."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.topics.clusters import kernel, null, stability
from kit.topics.clusters.null import without_structure
from kit.topics.clusters.occurrences import Occurrences, occurrences

#: Concepts × units; the units' blocks; how many draws the generator has made before.
DATA = st.integers(2, 7).flatmap(
    lambda concepts: st.integers(1, 12).flatmap(
        lambda units: st.tuples(
            st.lists(st.lists(st.booleans(), min_size=units, max_size=units), min_size=concepts, max_size=concepts),
            st.lists(st.integers(0, 4), min_size=units, max_size=units),
            st.integers(0, 3),
        )
    )
)


def found_in(matrix: list[list[bool]], block: list[int]) -> Occurrences:
    """Which units name which concepts; the blocks rise, as units of a document follow each other."""
    concept, unit = np.nonzero(np.array(matrix, bool))
    return occurrences(unit, concept, np.sort(np.array(block, np.int64)), len(matrix))


@settings(max_examples=30)
@given(DATA)
def test_null_data_are_the_same_draws(data: tuple[list[list[bool]], list[int], int]) -> None:
    matrix, block, before = data
    found = found_in(matrix, block)
    drawn = []
    for many in (1, 1_000):
        draw = np.random.Generator(np.random.PCG64(5))
        draw.integers(0, 9, size=before)  # an odd number leaves half a word in the generator
        with patch.object(null, "MANY", many):
            drawn.append([(one.unit.tolist(), one.concept.tolist()) for one in without_structure(found, 4, draw)])
    assert drawn[0] == drawn[1]


@settings(max_examples=20)
@given(DATA, st.integers(6, 12))
def test_stability_is_the_same(data: tuple[list[list[bool]], list[int], int], resamples: int) -> None:
    """More resamples than are counted at a time, too."""
    matrix, block, seed = data
    found = found_in(matrix, block)
    clusters = stability.clusters_of(found)
    reached = []
    for many in (1, 1_000):
        with patch.multiple(null, MANY=many), patch.multiple(stability, MANY=many), patch.multiple(kernel, TOGETHER=5):
            one = stability.stability(found, clusters, resamples=resamples, seed=seed)
        reached.append([repr(value) for value in (one.observed.tolist(), one.null_mean, one.null_99.tolist())])
        reached[-1] += [repr(value) for value in (one.shared.tolist(), one.shared_99.tolist())]
    assert reached[0] == reached[1]


def test_a_walk_that_runs_out_of_words_says_so_and_is_taken_again() -> None:
    places = np.arange(40).reshape(4, 10) % 3 == 0
    words, room = np.zeros(3, np.uint32), np.zeros(14, np.int64)
    assert kernel.walk(places.copy(), words, 2, room) == -1
    once, short = (np.random.Generator(np.random.PCG64(3)) for _ in range(2))
    walked, again = places.copy(), places.copy()
    null._walk(walked, 10, once)
    compiled = null._Compiled(short)
    with patch.object(null, "_AHEAD", 0.1):
        compiled(again, 10)
    assert (walked == again).all()
