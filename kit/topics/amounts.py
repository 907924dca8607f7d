"""Whole numbers that a user gives: how many resamples, how many units, which seed."""

from __future__ import annotations

import numpy as np

from kit.errors import QueryError


def check_amount(name: str, value: object, least: int, *, place: str, remedy: str) -> None:
    """Refuse what is no whole number from `least` on."""
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or value < least:
        raise QueryError(f"{name} = {value!r}", place=place, remedy=remedy)
