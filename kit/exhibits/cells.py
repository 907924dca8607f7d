"""How one value of a table is written: raw in a CSV file, spelled for a reader in the other products."""

from __future__ import annotations

import datetime as dt
import math
import numbers
import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from kit.errors import ExhibitError
from kit.wording import escape, numerals
from kit.wording.words import say

PLACES = 4  # decimals of a float for which none are given
SURE = 12  # digits, counted from the largest number of a column on, behind which there is nothing but rounding errors
_LEAST_P = 1e-300  # a smaller p is no longer told from 0 by every program
_ALL = 400  # decimals: more than any float has
_P = re.compile(r"p|p_.+|.+_p")
_MOST_PLACES = 15  # a float holds no more


def check_frame(frame: Any, place: str) -> None:
    """Refuse what cannot be written out as a table: no DataFrame, columns without names of their own, a named index."""
    if not isinstance(frame, pd.DataFrame):
        raise ExhibitError(f"a {type(frame).__name__} is no DataFrame", place=place)
    if not len(frame.columns) or not all(isinstance(name, str) for name in frame.columns):
        raise ExhibitError(f"columns {list(frame.columns)!r}", place=place, remedy="name every column, by a text")
    if not frame.columns.is_unique:
        raise ExhibitError("two columns have one name", place=place, remedy="rename one of them")
    if not isinstance(frame.index, pd.RangeIndex) and frame.index.names != [None]:
        names = ", ".join(str(name) for name in frame.index.names)
        raise ExhibitError(f"the index {names} would be lost", place=place, remedy="use frame.reset_index()")


def places(frame: pd.DataFrame, decimals: int | Mapping[str, int] | None, place: str) -> dict[str, int]:
    """Settle for which columns of a table a number of decimals, 0 to 15, is given."""
    if decimals is None:
        return {}
    given = dict(decimals) if isinstance(decimals, Mapping) else dict.fromkeys(frame.columns, decimals)
    for column, number in given.items():
        if column not in frame.columns:
            raise ExhibitError(f"decimals for a column that is not there: {column!r}", place=place)
        if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number <= _MOST_PLACES:
            remedy = f"use a whole number from 0 to {_MOST_PLACES}"
            raise ExhibitError(f"decimals = {number!r}", place=f"{place}, {column}", remedy=remedy)
    return given


def is_p(name: str) -> bool:
    """Tell by its name whether a column holds p-values, which are never 0: p, p_bh, fisher_p."""
    return _P.fullmatch(name) is not None


def finest(column: pd.Series, name: str) -> int:
    """Count the decimals that say something in a column: `SURE` digits from its largest number on; all of a p."""
    if is_p(name):
        return _ALL
    values = np.abs(pd.to_numeric(column).to_numpy(dtype=float, na_value=np.nan))
    largest = float(np.max(values, initial=0.0, where=np.isfinite(values)))
    return SURE - max(0, numerals.exponent(largest) + 1)


def exact(value: float, places: int, most: int, *, p: bool) -> float:
    """Round a number for machines: six significant digits, `places` decimals at least and `most` at most."""
    return numerals.kept(max(value, _LEAST_P) if p and value >= 0 else value, places, most)


def raw(value: Any, place: str, *, places: int = PLACES, most: int = SURE, p: bool = False) -> str:
    """Write a value for a CSV file."""
    if isinstance(value, str):
        return escape.spreadsheet(escape.storable(value))
    if type(value) is int:  # as most cells of long tables
        return str(value)
    if _missing(value):
        return ""
    if isinstance(value, bool | np.bool_):
        return "true" if value else "false"
    if isinstance(value, numbers.Integral):
        return str(int(value))
    if isinstance(value, numbers.Real):
        number = exact(float(value), places, most, p=p)
        return repr(number) if places or not number.is_integer() else str(int(number))
    return _dated(value, place)


def shown(value: Any, decimals: int, language: str, place: str, *, p: bool = False, grouped: bool = False) -> str:
    """Write a value for a reader: grouped thousands, decimal comma in Indonesian, a true minus sign; no p of 0."""
    if isinstance(value, str):
        return value
    if _missing(value):
        return ""
    if isinstance(value, bool | np.bool_):
        return say("pages.yes" if value else "pages.no", language)
    if isinstance(value, numbers.Integral):
        return numerals.count(int(value), language, grouped=grouped)
    if isinstance(value, numbers.Real):
        number = numerals.rounded(float(value), decimals)
        if p and not number:
            return f"< {numerals.decimal(10**-decimals, decimals, language)}"
        return numerals.decimal(number, decimals, language, grouped=grouped)
    return _dated(value, place)


def digits(column: pd.Series, decimals: int, *, p: bool = False) -> int:
    """Count the decimals a column needs so that all its numbers show the same number of them."""
    found = 0
    if isinstance(column.dtype, pd.StringDtype) or pd.api.types.is_integer_dtype(column.dtype):
        return found
    for value in column:
        if found == decimals:
            break
        if isinstance(value, numbers.Real) and not isinstance(value, numbers.Integral) and math.isfinite(value):
            decimal = f"{numerals.rounded(float(value), decimals):.{decimals}f}".partition(".")[2]
            found = max(found, decimals if p and not decimal.strip("0") and value < 0.5 else len(decimal.rstrip("0")))
    return found


def grouped(column: pd.Series, decimals: int) -> bool:
    """Tell whether the numbers of a column, so rounded, have their thousands marked."""
    values = pd.to_numeric(column).to_numpy(dtype=float, na_value=np.nan)
    large = values[np.abs(values) >= numerals.GROUPED_FROM - 1]  # rounding adds less
    return numerals.grouped(numerals.rounded(value, decimals) for value in large.tolist())


def numeric(column: pd.Series) -> bool:
    """Tell whether a column holds numbers, which are aligned to the right."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return False
    if pd.api.types.is_object_dtype(column.dtype):
        return pd.api.types.infer_dtype(column, skipna=True) in ("integer", "floating", "mixed-integer-float")
    return pd.api.types.is_numeric_dtype(column.dtype) and not pd.api.types.is_bool_dtype(column.dtype)


def _dated(value: Any, place: str) -> str:
    """Write a date as ISO 8601, without a time that is midnight; refuse anything else."""
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time() and value.tzinfo is None
        return value.date().isoformat() if midnight else value.isoformat()
    if isinstance(value, dt.date | pd.Period):
        return str(value)
    raise ExhibitError(
        f"a cell of type {type(value).__name__} cannot be written",
        place=place,
        remedy="make it text, a number, true or false, or a date",
    )


def _missing(value: Any) -> bool:
    """Tell whether a cell is empty: None, NaN, NaT, pandas.NA."""
    return value is None or value is pd.NA or value is pd.NaT or (isinstance(value, numbers.Real) and value != value)  # noqa: PLR0124
