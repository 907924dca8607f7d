"""Maps against known configurations, scikit-learn's SMACOF and LAPACK's eigenvectors."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial import procrustes
from scipy.spatial.distance import pdist, squareform
from sklearn.manifold import MDS

from kit.topics.clusters.scaling import classical, distances_of, plane, stress, stress_from_classical


def noise(items: int, seed: int) -> np.ndarray:
    upper = np.triu(np.random.default_rng(seed).uniform(0.4, 1.6, (items, items)), 1)
    return upper + upper.T


@settings(max_examples=25)
@given(st.integers(4, 12), st.integers(0, 2**32 - 1))
def test_points_of_a_plane_are_recovered(items: int, seed: int) -> None:
    points = np.random.default_rng(seed).standard_normal((items, 2))
    distance = squareform(pdist(points))
    found = plane(distance)
    assert stress(distance[None], found[None])[0] < 1e-4
    assert procrustes(points, found)[2] < 1e-6
    assert np.allclose(distances_of(found[None])[0], distance, atol=1e-3)


def test_four_points_all_alike_make_a_square() -> None:
    """Side s and diagonal s √2; the best scale gives 1 - (Σ dδ)² / (Σ d² Σ δ²) = 1 - (4 + 2 √2)² / (8 · 6)."""
    found = plane(1 - np.eye(4))
    assert stress((1 - np.eye(4))[None], found[None])[0] == pytest.approx(
        math.sqrt(1 - (4 + 2 * math.sqrt(2)) ** 2 / 48), abs=1e-5
    )
    lengths = sorted(pdist(found))
    assert lengths[:4] == pytest.approx([lengths[0]] * 4, abs=1e-4)
    assert lengths[4:] == pytest.approx([lengths[0] * math.sqrt(2)] * 2, abs=1e-4)


def test_stress_is_kruskals_at_the_best_scale() -> None:
    distance = noise(8, 3)
    found = plane(distance)
    given_, drawn = squareform(distance), pdist(found)
    kruskal = [
        math.sqrt(((scale * drawn - given_) ** 2).sum() / ((scale * drawn) ** 2).sum())
        for scale in np.linspace(0.8, 1.6, 4001)
    ]
    assert stress(distance[None], found[None])[0] == pytest.approx(min(kruskal), abs=1e-5)


@pytest.mark.parametrize(("items", "seed"), [(6, 0), (15, 1)])
def test_as_good_as_scikit_learn(items: int, seed: int) -> None:
    distance = noise(items, seed)
    model = MDS(2, metric="precomputed", init="random", n_init=10, max_iter=1000, eps=1e-10, random_state=0)
    theirs = stress(distance[None], model.fit_transform(distance)[None])[0]
    assert stress(distance[None], plane(distance)[None])[0] <= theirs + 1e-4


@settings(max_examples=25)
@given(st.integers(3, 9), st.integers(0, 2**32 - 1))
def test_classical_scaling_is_that_of_lapack(items: int, seed: int) -> None:
    distance = noise(items, seed)
    centre = np.eye(items) - 1 / items
    inner = -centre @ distance**2 @ centre / 2
    value, vector = np.linalg.eigh(inner)
    expected = vector[:, [-1, -2]] * np.sqrt(np.maximum(value[[-1, -2]], 0))
    got = classical(distance[None])[0]
    assert np.allclose(np.abs(got), np.abs(expected), atol=1e-6)


def test_many_at_once_are_as_one_by_one() -> None:
    several = np.stack([noise(6, seed) for seed in range(4)])
    together = classical(several)
    assert np.allclose(together, np.concatenate([classical(one[None]) for one in several]))
    assert stress_from_classical(several).shape == (4,)


def test_a_map_has_one_orientation() -> None:
    distance = noise(9, 5)
    found = plane(distance)
    assert np.allclose(found.mean(axis=0), 0, atol=1e-6)
    spread = (found**2).sum(axis=0)
    assert spread[0] >= spread[1]
    assert abs((found[:, 0] * found[:, 1]).sum()) < 1e-4
    for axis in found.T:
        assert axis[np.abs(axis).argmax()] > 0
    assert found.tolist() == plane(distance).tolist()


def test_distances_are_left_as_they_are() -> None:
    distance = noise(6, 1)
    before = distance.copy()
    plane(distance)
    assert (distance == before).all()


@pytest.mark.parametrize("items", [0, 1, 2, 3])
def test_few_points(items: int) -> None:
    distance = 1 - np.eye(items)
    found = plane(distance)
    assert found.shape == (items, 2)
    assert np.allclose(distances_of(found[None])[0], distance, atol=1e-4)


def test_points_at_one_place() -> None:
    assert plane(np.zeros((3, 3))).tolist() == [[0.0, 0.0]] * 3
    assert stress(np.zeros((1, 3, 3)), np.zeros((1, 3, 2))).tolist() == [0.0]
    twice = np.array([[0, 0, 2.0], [0, 0, 2], [2, 2, 0]])
    assert stress(twice[None], plane(twice)[None])[0] < 1e-5
