"""Whole numbers that a user gives."""

from __future__ import annotations

import numpy as np
import pytest

from kit.arguments import check_amount
from kit.errors import QueryError


@pytest.mark.parametrize("value", [2, 10**30, np.int64(3), np.uint8(2)])
def test_whole_numbers_pass(value: object) -> None:
    check_amount("resamples", value, 2, place="here", remedy="use 2")


@pytest.mark.parametrize("value", [1, -1, True, 2.0, 2.5, "2", None, float("nan"), np.float64(3)])
def test_all_else_is_refused(value: object) -> None:
    with pytest.raises(QueryError, match="here: resamples = "):
        check_amount("resamples", value, 2, place="here", remedy="use 2")
