"""Bootstrap and null against a plain, slow bootstrap, and on data with and without structure."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.topics.clusters.agglomeration import partitions
from kit.topics.clusters.association import SCALE, distances, pairs_by_block, shared_units
from kit.topics.clusters.occurrences import Occurrences, occurrences
from kit.topics.clusters.stability import _jaccards, _stabilities, clusters_of, stability, weights_of


def found_in(matrix: np.ndarray) -> Occurrences:
    """Concepts × units of 0 and 1."""
    concept, unit = np.nonzero(matrix)
    return occurrences(unit, concept, np.arange(matrix.shape[1]), len(matrix))


def planted(seed: int, documents: int = 200, groups: int = 3, size: int = 6, others: int = 6) -> np.ndarray:
    """Groups of concepts: a document on a theme (p = .2) names each of its concepts with .6, another with .03."""
    draw = np.random.default_rng(seed)
    themes = draw.random((groups, documents)) < 0.2
    inside = draw.random((groups, size, documents)) < np.where(themes, 0.6, 0.03)[:, None, :]
    return np.vstack([inside.reshape(-1, documents), draw.random((others, documents)) < 0.1])


def shuffled(matrix: np.ndarray, seed: int) -> np.ndarray:
    """Each concept's documents redrawn."""
    draw = np.random.default_rng(seed)
    return np.stack([row[draw.permutation(len(row))] for row in matrix])


def jaccard(one: set[int], other: set[int]) -> float:
    return len(one & other) / len(one | other)


@given(st.lists(st.lists(st.integers(0, 4), min_size=5, max_size=5), min_size=1, max_size=4))
def test_largest_jaccard_by_sets(groups: list[list[int]]) -> None:
    clusters = [{0, 1}, {2, 3, 4}, {0, 1, 2, 3, 4}]
    got = _jaccards(np.array(groups, np.int64), [np.array(sorted(cluster), np.int64) for cluster in clusters])
    for resample, labels in enumerate(groups):
        parts = [{item for item in range(5) if labels[item] == label} for label in set(labels)]
        for column, cluster in enumerate(clusters):
            assert got[resample, column] == max(jaccard(cluster, part) for part in parts)


def test_the_bootstrap_is_that_of_a_plain_loop() -> None:
    """The same draws, resampled unit by unit and clustered one matrix at a time."""
    matrix = planted(1, documents=30, groups=2, size=3, others=2)
    found = found_in(matrix)
    kept = matrix[:, matrix.any(axis=0)]
    clusters = clusters_of(found)
    resamples, seed = 25, 4
    draw = np.random.Generator(np.random.PCG64(seed))
    rows = draw.integers(0, kept.shape[1], size=(resamples, kept.shape[1]))
    order = np.argsort(draw.random((resamples, len(matrix))), axis=1, kind="stable")
    values: list[list[float]] = [[] for _ in clusters]
    for units, places in zip(rows, order, strict=True):
        sample = kept[:, units][places].astype(np.int64)
        label = partitions(distances(sample @ sample.T)[None], SCALE)[0]
        parts = [set(places[label == one].tolist()) for one in set(label.tolist())]
        for cluster, reached in zip(clusters, values, strict=True):
            reached.append(max(jaccard(set(cluster.tolist()), part) for part in parts))
    got = stability(found, clusters, resamples=resamples, seed=seed)
    assert got.observed.tolist() == pytest.approx([sum(reached) / resamples for reached in values], abs=1e-9)


def test_planted_groups_are_recovered_and_pass() -> None:
    found = found_in(planted(0))
    clusters = clusters_of(found)
    result = stability(found, clusters, resamples=99, seed=0)
    for group in range(3):
        truth = set(range(group * 6, group * 6 + 6))
        best = max(range(len(clusters)), key=lambda row: jaccard(truth, set(clusters[row].tolist())))
        assert jaccard(truth, set(clusters[best].tolist())) >= 0.75
        assert result.above[best]
    # Concepts without a theme are stable for being apart from the three, but share no more than chance gives.
    rest = [row for row, cluster in enumerate(clusters) if cluster.min() >= 18]
    assert rest
    assert not result.above[rest].any()


def test_shared_units_of_a_cluster_by_hand() -> None:
    """Units {0,1,2}, {0,1}, {3}: concepts 0, 1 and 2 share three pairs in the first and one in the second."""
    found = occurrences(np.array([0, 0, 0, 1, 1, 2]), np.array([0, 1, 2, 0, 1, 3]), np.arange(3), 4)
    result = stability(found, [np.array([0, 1, 2]), np.array([0, 3])], resamples=99, seed=0)
    assert result.shared.tolist() == [4, 0]
    assert (result.shared_99 <= [4, 1]).all()


@pytest.mark.parametrize(
    ("seeds", "resamples"), [(range(2), 99), pytest.param(range(100), 150, marks=pytest.mark.slow)]
)
def test_shuffled_placements_do_not_pass(seeds: range, resamples: int) -> None:
    """One in a hundred is expected; five or more in a hundred have a probability of .003."""
    passing = 0
    for seed in seeds:
        found = found_in(shuffled(planted(0, documents=100), seed))
        clusters = clusters_of(found)
        passing += bool(stability(found, clusters, resamples=resamples, seed=0).above.any()) if clusters else 0
    assert passing <= max(1, len(seeds) // 25)


def test_a_concept_that_is_not_drawn_counts_as_lost() -> None:
    """Two concepts in one unit of 19: a resample holds that unit with probability 1 - (18/19)**19 = .64."""
    matrix = np.zeros((20, 20), int)
    matrix[:2, 0] = 1
    matrix[np.arange(2, 20), np.arange(2, 20)] = 1
    found = found_in(np.delete(matrix, 1, axis=1))
    clusters = clusters_of(found)
    assert [cluster.tolist() for cluster in clusters] == [[0, 1]]
    held = 1 - (18 / 19) ** 19
    draw = np.random.default_rng(0)
    weights = draw.multinomial(19, np.full(19, 1 / 19), size=4000)
    places = np.tile(np.arange(20), (4000, 1))
    got = _stabilities(found, clusters, weights, places)[0]
    assert got == pytest.approx(held + (1 - held) / 2, abs=0.02)  # alone, each of the two is half of the cluster


def test_the_draws_decide_on_stability_and_bound() -> None:
    found = found_in(shuffled(planted(3, documents=60, groups=2, size=4, others=2), 1))
    clusters = clusters_of(found)
    result, again, other = (stability(found, clusters, resamples=99, seed=seed) for seed in (1, 1, 2))
    assert 0 < result.null_mean <= result.null_99.max()
    assert (again.observed.tolist(), again.null_99.tolist()) == (result.observed.tolist(), result.null_99.tolist())
    assert other.null_99.tolist() != result.null_99.tolist()


def test_few_resamples_have_no_bound() -> None:
    found = found_in(planted(0, documents=40, groups=2, size=3, others=2))
    result = stability(found, clusters_of(found), resamples=98, seed=0)
    assert np.isnan(result.null_99).all()
    assert not result.above.any()


def test_clusters_are_numbered_by_size_then_order() -> None:
    matrix = np.zeros((7, 30), int)
    matrix[[5, 6], :5] = 1
    matrix[[1, 3], 5:10] = 1
    matrix[[0, 2, 4], 10:20] = 1
    found = found_in(matrix)
    assert [cluster.tolist() for cluster in clusters_of(found)] == [[0, 2, 4], [1, 3], [5, 6]]
    whole = shared_units(pairs_by_block(found), np.ones((1, found.blocks), np.int64))[0]
    assert np.diag(whole).tolist() == [10, 5, 10, 5, 10, 5, 5]


@pytest.mark.parametrize("blocks", [0, 1, 2, 7, 2_000])
@pytest.mark.parametrize("before", [0, 1])
def test_draws_one_after_the_other_are_those_drawn_at_once(blocks: int, before: int) -> None:
    """And the generator is left where it would be; of one number of 64 bits half may be left for the next draw."""
    one, other = (np.random.Generator(np.random.PCG64(2)) for _ in range(2))
    for draw in (one, other):
        draw.integers(0, 9, size=before)
    at_once = one.integers(0, max(blocks, 1), size=(9, blocks))
    weights = weights_of(blocks, 9, other)
    assert weights.dtype == np.uint8
    assert weights.tolist() == [np.bincount(row, minlength=blocks).tolist() for row in at_once]
    assert one.bit_generator.state == other.bit_generator.state


def test_a_block_that_is_taken_more_often_than_a_byte_can_say() -> None:
    class Same(np.random.Generator):
        """Draws the first block only, but for the first resample."""

        times = 0

        def integers(self, *_: object, size: int) -> np.ndarray:  # type: ignore[override]
            self.times += 1
            return np.arange(size) if self.times == 1 else np.zeros(size, np.int64)

    weights = weights_of(300, 2, Same(np.random.PCG64(0)))
    assert weights.dtype == np.uint16
    assert weights[0].tolist() == [1] * 300
    assert weights[1].tolist() == [300] + [0] * 299
