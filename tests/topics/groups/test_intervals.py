"""The interval of a mean share covers at the stated minimum: corpora with known truth are drawn."""

from __future__ import annotations

import numpy as np
import pytest

from kit.topics.groups.intervals import EFFECTIVE, STORIES, effective_stories, logit_t


def _floor(generator: np.random.Generator, size: tuple[int, int]) -> np.ndarray:
    return 0.02 + 0.5 * (generator.random(size) < 0.1)


SHAPES = {
    "all or nothing, .3": (lambda g, size: (g.random(size) < 0.3) * 1.0, 0.3),
    "all or nothing, .7": (lambda g, size: (g.random(size) < 0.7) * 1.0, 0.7),
    "beta, sparse": (lambda g, size: g.beta(0.1, 1.9, size), 0.05),
    "beta, soft": (lambda g, size: g.beta(1, 4, size), 0.2),
    "beta, half": (lambda g, size: g.beta(0.3, 2.7, size), 0.1),
    "floor": (_floor, 0.07),
}


def test_effective_stories_by_hand() -> None:
    weights = np.array([[1.0, 0.5, 0.0], [1.0, 0.5, 0.0], [0.0, 0.5, 0.0]])
    assert effective_stories(weights).tolist() == [1.0, 3.0, 0.0]


def test_intervals_mirror_and_stay_inside() -> None:
    generator = np.random.default_rng(1)
    one = generator.beta(0.3, 0.3, (60, 1))
    low, high = logit_t(np.hstack([one, 1 - one]), 0.95)
    assert [low[0], high[0]] == pytest.approx([1 - high[1], 1 - low[1]])
    assert 0 < low[0] < one.mean() < high[0] < 1
    narrow = logit_t(one, 0.8)
    assert low[0] < narrow[0][0]
    assert narrow[1][0] < high[0]


@pytest.mark.slow
@pytest.mark.parametrize("number", [STORIES, 100, 300])
@pytest.mark.parametrize("shape", SHAPES)
def test_coverage(shape: str, number: int) -> None:
    """Where half of the samples reach the effective minimum, 92.5 to 99 % of their intervals hold the truth."""
    draw, truth = SHAPES[shape]
    generator = np.random.default_rng([number, *shape.encode()])
    found = []
    for _ in range(2_000):
        low, high = logit_t(draw(generator, (number, 1)), 0.95)
        if not np.isnan(low[0]):
            found.append(low[0] <= truth <= high[0])
    assert EFFECTIVE >= 5
    if len(found) >= 1_000:
        assert 0.925 <= np.mean(found) <= 0.99
