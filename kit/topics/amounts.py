"""Whole numbers that a user gives: how many resamples, how many units, which seed."""

from __future__ import annotations

import numpy as np

from kit.errors import QueryError


def check_amount(name: str, value: object, least: int, *, place: str, remedy: str) -> None:
    """Refuse what is no whole number from `least` on.

    Parameters
    ----------
    name : str
        Of the argument.
    value : object
    least : int
    place : str
        The public function.
    remedy : str

    Raises
    ------
    QueryError
        It is smaller, has a fraction, is a truth value or no number at all.

    Examples
    --------
    >>> check_amount("seed", 3, 0, place="fit_topics", remedy="use a whole number from 0")
    >>> check_amount("seed", 1.5, 0, place="fit_topics", remedy="use a whole number from 0")
    Traceback (most recent call last):
    kit.errors.QueryError: fit_topics: seed = 1.5 -> use a whole number from 0

    """
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or value < least:
        raise QueryError(f"{name} = {value!r}", place=place, remedy=remedy)
