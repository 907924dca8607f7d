"""Labels beside their points: none on another, none outside, the same each time."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.plots.label_places import label_places

AREA = (-60.0, -60.0, 60.0, 60.0)


def boxes(points: np.ndarray, sizes: list[tuple[float, float]]) -> list[tuple[float, float, float, float]]:
    places = label_places(points, sizes, AREA, radius=1.0)
    return [(p.left, p.bottom, p.left + w, p.bottom + h) for p, (w, h) in zip(places, sizes, strict=True)]


def apart(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


@given(st.integers(0, 2**32 - 1), st.integers(1, 40))
def test_no_label_lies_on_another_or_on_a_point(seed: int, number: int) -> None:
    draw = np.random.default_rng(seed)
    points = draw.uniform(-38, 38, (number, 2))
    sizes = [(float(width), 2.4) for width in draw.uniform(6, 24, number)]
    found = boxes(points, sizes)
    assert all(apart(one, other) for one, other in combinations(found, 2))
    for box in found:
        assert box[0] >= AREA[0]
        assert box[1] >= AREA[1]
        assert box[2] <= AREA[2]
        assert box[3] <= AREA[3]
        assert all(apart(box, (x - 1, y - 1, x + 1, y + 1)) for x, y in points.tolist())


def test_a_lone_label_stands_at_the_right() -> None:
    (place,) = label_places(np.zeros((1, 2)), [(10.0, 2.0)], AREA, radius=0.5)
    assert place == (1.0, -1.0, 1.0)


def test_at_the_rim_it_turns_inwards() -> None:
    (place,) = label_places(np.array([[58.0, 0.0]]), [(10.0, 2.0)], AREA, radius=0.5)
    assert place.left == pytest.approx(47.0)


def test_without_room_there_is_still_a_place() -> None:
    places = label_places(np.zeros((60, 2)), [(100.0, 100.0)] * 60, AREA, radius=1.0)
    assert len(places) == 60


def test_no_points() -> None:
    assert label_places(np.zeros((0, 2)), [], AREA, radius=1.0) == []
