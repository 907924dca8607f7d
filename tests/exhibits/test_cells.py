from __future__ import annotations

import datetime as dt
import math
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.errors import ExhibitError
from kit.exhibits import cells
from kit.exhibits.grid import Grid
from kit.wording import measures, numerals


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3, "3"), (np.int64(-7), "-7"), (2.0, "2.0"), (1 / 3, "0.333333"), (0.00004, "4e-05"), (-1e-13, "0.0"),
        (6.756756756756757, "6.75676"), (1e6, "1000000.0"), (1234567.891234, "1234567.8912"),
        (-2 / 3e5, "-6.66667e-06"), (0.1 + 0.2, "0.3"), (0.0, "0.0"), (-0.0, "0.0"), (99999.96, "99999.96"),
        (9.999999999, "10.0"),
        (math.inf, "inf"), (None, ""), (math.nan, ""), (pd.NA, ""),
        (pd.NaT, ""), (True, "true"), (np.bool_(False), "false"), ("", ""), ("=1", "'=1"),
        (dt.date(2024, 2, 4), "2024-02-04"), (pd.Timestamp("2024-02-04"), "2024-02-04"),
        (pd.Timestamp("2024-02-04 19:21"), "2024-02-04T19:21:00"), (pd.Period("2024-02"), "2024-02"),
    ],
)  # fmt: skip
def test_raw(value, text):
    assert cells.raw(value, "tbl-x, c") == text


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [(1 / 3, 2, "0.333333"), (1 / 3, 8, "0.33333333"), (12.5, 0, "12.5"), (13.0, 0, "13"), (1234567.8, 0, "1234568")],
)
def test_decimals_for_print_take_no_digit_from_machines(value, places, text):
    assert cells.raw(value, "x", places=places) == text


@given(st.floats(min_value=1e-6, max_value=1e9))
def test_six_significant_digits_are_kept(value):
    assert math.isclose(float(cells.raw(value, "x")), value, rel_tol=5.001e-6)


@pytest.mark.parametrize(
    ("value", "machine", "english", "indonesian"),
    [
        (0.0499999, "0.0499999", "0.0500", "0,0500"), (3.2100004e-9, "3.21e-09", "< 0.0001", "< 0,0001"),
        (1.23456789e-200, "1.23457e-200", "< 0.0001", "< 0,0001"), (0.0, "1e-300", "< 0.0001", "< 0,0001"),
        (0.00005001, "5.001e-05", "0.0001", "0,0001"), (1.0, "1.0", "1.0000", "1,0000"), (math.nan, "", "", ""),
    ],
)  # fmt: skip
def test_a_p_is_never_0(value, machine, english, indonesian):
    frame = pd.DataFrame({"p_bh": [value, 0.5]})
    column = Grid.of(frame, id="tbl-x").columns[0]
    assert cells.raw(value, "x", places=column.places, most=column.most, p=column.p) == machine
    assert cells.shown(value, 4, "en", "x", p=True) == english
    assert cells.shown(value, 4, "id", "x", p=True) == indonesian


def test_a_p_keeps_the_decimals_that_its_bound_needs():
    rows = {"p": [1e-9, 0.5], "share": [1e-9, 0.5]}
    assert Grid.of(pd.DataFrame(rows)).rows == (("< 0.0001", "0.0"), ("0.5000", "0.5"))
    assert Grid.of(pd.DataFrame(rows), decimals={"p": 6}).rows[0] == ("< 0.000001", "0.0")


def test_every_card_of_a_p_is_known_by_its_name():
    """A p is a probability that the data are as far off by chance; a measure of topics is one, too, and no p."""
    cards = [card for family in measures.families().values() for card in family.cards.values()]
    known = {card.measure for card in cards if cells.is_p(card.measure)}
    assert known >= {"p", "p_bh", "p_holm", "fisher_p", "p_joint"}
    assert known == {card.measure for card in cards if re.search(r"\bp\b", card.name["en"])} - {"dp_norm"}


def test_what_is_left_of_a_difference_is_no_number():
    """0.1 + 0.2 - 0.3 is 0 on one processor and 6e-17 on another; beside a large number more digits are unsure."""
    small = pd.Series([1e4, 1e-9, 3.0])
    assert cells.finest(small, "g2") == 7
    assert [cells.raw(value, "x", most=7) for value in small] == ["10000.0", "0.0", "3.0"]
    for column in (pd.Series([]), pd.Series([math.inf, math.nan]), pd.Series([None, 0.5], dtype=object),
                   pd.Series([1, None], dtype="Int8"), pd.Series([0.0, -1.0])):  # fmt: skip
        assert 11 <= cells.finest(column, "g2") <= 12


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
    for function in (cells.raw, lambda value, place: cells.shown(value, 4, "en", place)):
        with pytest.raises(ExhibitError, match="tbl-x, c: a cell of type"):
            function(value, "tbl-x, c")


@given(st.integers(min_value=0, max_value=10**6), st.integers(min_value=-3, max_value=3))
def test_the_last_bits_of_a_float_do_not_show(whole, steps):
    """A tie, such as 0.12345, is broken in the same way when another processor computes its neighbour instead."""
    tie = (10 * whole + 5) / 10**5
    moved = tie
    for _ in range(abs(steps)):
        moved = math.nextafter(moved, math.inf if steps > 0 else -math.inf)
    assert cells.raw(moved, "x") == cells.raw(tie, "x")
    assert cells.shown(moved, 4, "en", "x") == cells.shown(tie, 4, "en", "x")
    assert abs(numerals.rounded(tie, 4) - tie) <= 0.50001e-4


def test_places_and_their_errors():
    frame = pd.DataFrame({"a": [1.0], "b": [1.0]})
    assert cells.places(frame, None, "x") == {}
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
