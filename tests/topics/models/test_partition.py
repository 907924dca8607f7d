from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score

from kit.topics.models.mixture import BACKGROUND, mix, named_evidence
from kit.topics.models.partition import _moved, _sums, agreed, membership, refine, spread
from kit.topics.models.points import Points
from kit.topics.models.solution import Anchors, in_order, probabilities
from kit.topics.models.space import LENGTH, exact, unit_length
from kit.topics.models.weighting import bm25, tf_idf


def blobs(seed, groups=4, size=40, spread=0.25):
    random = np.random.default_rng(seed)
    centres = np.eye(6)[:groups]
    labels = np.repeat(np.arange(groups), size)
    return exact(unit_length(centres[labels] + spread * random.normal(size=(groups * size, 6)))), labels


def test_refining_ends_where_kmeans_does_on_well_parted_points():
    points, labels = blobs(0)
    (found,) = refine(points, [points[::40]])
    peer = KMeans(4, init=points[::40], n_init=1).fit(points)
    assert adjusted_rand_score(found.labels, peer.labels_) == 1
    assert adjusted_rand_score(found.labels, labels) == 1
    own = unit_length(np.stack([points[found.labels == part].sum(axis=0) for part in range(4)]))
    np.testing.assert_allclose(found.centres / LENGTH, own, atol=0.5 / LENGTH)
    assert found.total == pytest.approx(
        sum(points[row] @ found.centres[found.labels[row]] / LENGTH**2 for row in range(len(points)))
    )


def test_an_empty_part_begins_again():
    points, labels = blobs(1)
    centres = np.vstack([points[[0, 40, 80]], -np.ones((1, 6)) / np.sqrt(6)])
    (found,) = refine(points, [exact(centres)])
    assert adjusted_rand_score(found.labels, labels) > 0.95


def test_barred_points_are_not_taken():
    points, _ = blobs(2)
    barred = np.ones((len(points), 1), bool)
    barred[:5] = False
    (found,) = refine(points, [points[[0, 41, 81, 121, 20]]], barred)
    assert set(np.flatnonzero(found.labels == 0)) <= set(range(5))


@pytest.mark.parametrize("anchored", [0, 2])
def test_starts_that_move_together_end_where_each_ends_alone(anchored):
    points, _ = blobs(4, spread=0.6)
    fixed = points[[3, 90]][:anchored]
    barred = np.zeros((len(points), anchored), bool)
    barred[40:80] = True
    draws = [np.random.default_rng(number) for number in range(12)]
    starts = spread(points, fixed, 6, draws)
    for number, start in enumerate(starts):
        (alone,) = spread(points, fixed, 6, [np.random.default_rng(number)])
        assert np.array_equal(start, alone)
        assert np.array_equal(start[:anchored], fixed)
    for rounds in (1, 3, 30):
        for start, one in zip(starts, refine(points, starts, barred, rounds), strict=True):
            (alone,) = refine(points, [start], barred, rounds)
            assert np.array_equal(one.labels, alone.labels)
            assert np.array_equal(one.centres, alone.centres)
            assert one.total == alone.total
            assert not anchored or not np.isin(one.labels[40:80], range(anchored)).any()


def test_sums_are_those_of_all_points_after_any_move():
    for seed in range(20):
        random = np.random.default_rng(seed)
        points = exact(unit_length(random.normal(size=(50, 7))))
        labels, now = (random.integers(0, 4, size=(50, 3)) for _ in range(2))
        now = np.where(random.random(now.shape) < seed / 20, now, labels)
        by_hand = [[points[now[:, start] == part].sum(axis=0) for part in range(4)] for start in range(3)]
        assert np.array_equal(_moved(_sums(points, labels, 4), points, labels, now), by_hand), seed


def test_many_starts_agree_and_differ_little_with_the_seed():
    points, labels = blobs(3, spread=0.3)
    fewer = exact(unit_length(points[:, :5]))
    one, other = (agreed([points, fewer], 4, seed) for seed in (0, 1))
    assert adjusted_rand_score(one, labels) > 0.9
    assert adjusted_rand_score(one, other) > 0.95


def test_points_of_equal_units_are_equal_and_units_of_other_words_apart():
    counts = sparse.csr_matrix(np.kron(np.eye(3, dtype=np.int64), np.ones((30, 4), np.int64)))
    for points in Points(counts).of(3):
        likeness = points @ points.T / LENGTH**2
        same = np.kron(np.eye(3), np.ones((30, 30))) > 0
        assert likeness[same].min() > 0.999
        assert likeness[~same].max() < 0


def test_a_round_of_the_mixture_by_hand():
    counts = sparse.csr_matrix(np.array([[1, 2, 0], [1, 0, 0], [0, 1, 1], [0, 0, 3]]))
    found = mix(counts, np.array([0, 0, 1, 1]), 2, rounds=1)
    # a unit counts a term once: two of three terms of part 0 are the first term, which is two of six in all
    share = np.array([2, 2, 2]) / 6
    inside = np.array([[2, 1, 0], [0, 1, 2]]) / 3
    ratios = np.log(BACKGROUND + (1 - BACKGROUND) * inside / share)
    np.testing.assert_allclose(found.ratios, ratios)
    scores = (counts.toarray() > 0) @ ratios.T + np.log([0.5, 0.5])
    posterior = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(found.posterior, posterior)
    np.testing.assert_allclose(found.documents, posterior)  # no unit has more terms than the evidence


def test_evidence_of_a_mention_falls_with_its_frequency():
    mentions = np.zeros((100, 2))
    mentions[:2, 0], mentions[:95, 1] = 1, 1
    evidence = named_evidence(Anchors(("rare", "common"), sparse.csr_matrix(mentions), np.zeros((2, 1), bool)))
    assert evidence[0, 0] > 5
    assert evidence[99, 0] < -5
    assert evidence[0, 1] == 0


def test_weights_by_hand():
    counts = sparse.csr_matrix(np.array([[1, 0, 2], [0, 3, 0]]))
    rare = np.log(3 / 2) + 1
    expected = np.array([[rare, 0, (1 + np.log(2)) * rare], [0, rare, 0]])
    expected /= np.linalg.norm(expected, axis=1, keepdims=True)
    np.testing.assert_allclose(tf_idf(counts).toarray()[0], expected[0])
    assert bm25(counts).shape == counts.shape
    assert (bm25(counts).toarray() > 0).tolist() == (counts.toarray() > 0).tolist()


def test_order_and_probabilities():
    documents = np.array([[0.2, 0.8, 0], [0.2, 0.8, 0], [0.5, 0.5, 0]])
    assert in_order(documents, np.array([-1, -1, -1])).tolist() == [1, 0, 2]
    assert in_order(documents, np.array([-1, -1, 0])).tolist() == [2, 1, 0]
    counts = sparse.csr_matrix(np.array([[1, 1], [2, 0], [0, 4]]))
    chance = probabilities(counts, documents)
    np.testing.assert_allclose(chance[0], np.array([0.6, 2.2]) / 2.8)
    np.testing.assert_allclose(chance[2], [3 / 8, 5 / 8])
    np.testing.assert_allclose(membership([1, 0], 2).toarray(), [[0, 1], [1, 0]])
