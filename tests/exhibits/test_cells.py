from __future__ import annotations

import datetime as dt
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.errors import ExhibitError
from kit.exhibits import cells
from kit.wording import numerals


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3, "3"), (np.int64(-7), "-7"), (2.0, "2.0"), (1 / 3, "0.3333"), (0.00004, "0.0"), (-0.00001, "0.0"),
        (6.756756756756757, "6.7568"), (1e6, "1000000.0"), (math.inf, "inf"), (None, ""), (math.nan, ""), (pd.NA, ""),
        (pd.NaT, ""), (True, "true"), (np.bool_(False), "false"), ("", ""), ("=1", "'=1"),
        (dt.date(2024, 2, 4), "2024-02-04"), (pd.Timestamp("2024-02-04"), "2024-02-04"),
        (pd.Timestamp("2024-02-04 19:21"), "2024-02-04T19:21:00"), (pd.Period("2024-02"), "2024-02"),
    ],
)  # fmt: skip
def test_raw(value, text):
    assert cells.raw(value, 4, "tbl-x, c") == text


@pytest.mark.parametrize(
    ("value", "english", "indonesian"),
    [
        (2024, "2024", "2024"), (9999, "9999", "9999"), (10000, "10,000", "10.000"),
        (1234567, "1,234,567", "1.234.567"),
        (2.5, "2.50", "2,50"), (-2.5, "\u22122.50", "\u22122,50"), (12345.678, "12,345.68", "12.345,68"),
        (-0.001, "0.00", "0,00"), (math.inf, "\u221e", "\u221e"), (None, "", ""),
        (True, "yes", "ya"), (False, "no", "tidak"),
    ],
)  # fmt: skip
def test_shown(value, english, indonesian):
    assert cells.shown(value, 2, "en", "x") == english
    assert cells.shown(value, 2, "id", "x") == indonesian


@pytest.mark.parametrize("value", [[1], {"a"}, {"a": 1}, b"x", pd.Timedelta(1, "s"), 1j])
def test_a_value_with_no_one_form_is_refused(value):
    for function in (cells.raw, lambda value, places, place: cells.shown(value, places, "en", place)):
        with pytest.raises(ExhibitError, match="tbl-x, c: a cell of type"):
            function(value, 4, "tbl-x, c")


@given(st.integers(min_value=0, max_value=10**6), st.integers(min_value=-3, max_value=3))
def test_the_last_bits_of_a_float_do_not_show(whole, steps):
    """A tie, such as 0.12345, is broken in the same way when another processor computes its neighbour instead."""
    tie = (10 * whole + 5) / 10**5
    moved = tie
    for _ in range(abs(steps)):
        moved = math.nextafter(moved, math.inf if steps > 0 else -math.inf)
    assert cells.raw(moved, 4, "x") == cells.raw(tie, 4, "x")
    assert abs(numerals.rounded(tie, 4) - tie) <= 0.50001e-4


def test_places_and_their_errors():
    frame = pd.DataFrame({"a": [1.0], "b": [1.0]})
    assert cells.places(frame, None, "x") == {}
    assert cells.raw(2.6, 0, "x") == "3"
    for wrong in (-1, 16, True, 1.5, "2"):
        with pytest.raises(ExhibitError, match="decimals"):
            cells.places(frame, wrong, "tbl-x")
    with pytest.raises(ExhibitError, match=r"tbl-x.*not there: 'c'"):
        cells.places(frame, {"c": 2}, "tbl-x")


@pytest.mark.parametrize(
    ("column", "number", "digits"),
    [
        (pd.Series([1, 2]), True, 0), (pd.Series([0.5, 0.25]), True, 2), (pd.Series([1.0, 2.0]), True, 0),
        (pd.Series([1 / 3]), True, 4), (pd.Series([None, 1.5], dtype=object), True, 1), (pd.Series(["1"]), False, 0),
        (pd.Series([True]), False, 0), (pd.Series(["a", 1], dtype=object), False, 0),
        (pd.Series([], dtype=object), False, 0),
        (pd.Series(["a"], dtype="category"), False, 0), (pd.Series([math.nan]), True, 0),
        (pd.Series([1], dtype="Int8"), True, 0),
    ],
)  # fmt: skip
def test_numeric_and_digits(column, number, digits):
    assert cells.numeric(column) is number
    assert cells.digits(column, 4) == digits
