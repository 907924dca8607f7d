"""Blocks of items change no dispersion, not by a bit."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np
import pytest

from kit.measures.counts.part_counts import part_counts
from kit.measures.dispersion import formulas as dispersion_formulas
from kit.measures.dispersion.formulas import FORMULAS, measured


@pytest.mark.parametrize("cells", [1, 7, 1 << 17])
def test_blocks_change_nothing(cells: int) -> None:
    random = np.random.default_rng(5)
    for items, parts in ((0, 3), (1, 1), (40, 1), (60, 17)):
        counts = random.poisson(0.4, (items, parts)) * random.integers(0, 2, (items, 1))
        table = part_counts(counts, random.integers(50, 60, parts))
        with patch.object(dispersion_formulas, "_CELLS", cells), np.errstate(divide="ignore", invalid="ignore"):
            found = measured(table, list(FORMULAS))
            for name, formula in FORMULAS.items():
                np.testing.assert_array_equal(found[name], formula(table), err_msg=name)


def test_differences_of_rates_are_those_of_all_pairs() -> None:
    """Burch's DA from its definition, ties and zeros included."""
    counts, sizes = np.array([[1, 2, 2, 0, 4], [3, 3, 3, 3, 3]]), np.array([10, 20, 20, 7, 10])
    rates = counts / sizes
    pairs = np.abs(rates[:, :, None] - rates[:, None, :])[:, *np.triu_indices(5, 1)].mean(axis=1)
    np.testing.assert_allclose(FORMULAS["burch_da"](part_counts(counts, sizes)), 1 - pairs / (2 * rates.mean(axis=1)))
