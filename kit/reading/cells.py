"""One cell of metadata, read in one way whatever door it comes through: a file, a table in memory, a question."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from kit.errors import ReadingError

#: Between the values of a list in one cell, as two authors.
JOINT = "; "

_ZERO_WIDTH = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_EDGES = "".join(filter(str.isspace, map(chr, range(0x3001)))) + _ZERO_WIDTH
_HALF = re.compile("[\ud800-\udfff]")
_MEND = "delete it, as text.encode('utf-8', 'ignore').decode() does, or read the file again in its own encoding"
_LISTS = (list, tuple, set, frozenset, np.ndarray)
_AS_GIVEN = (bool, int, float, Decimal, dt.date)
_WIDEST = 64  # bits of a whole number that a column of numbers holds


def text_of(value: Any) -> str:
    """Return a cell as text."""
    if type(value) is str and value.isascii() and value[:1] > " " < value[-1:]:
        return value  # as most cells are
    if isinstance(value, str):
        bare = value.strip(_EDGES)
        if bare.isascii():
            return str(bare)
        return unicodedata.normalize("NFC", whole(bare))
    plain = _plain(value)
    if is_missing(plain):
        return ""
    if isinstance(plain, (bytes, bytearray, memoryview)):
        raise ReadingError("is bytes, not text", remedy="decode it, as from UTF-8")
    if isinstance(plain, (dict, *_LISTS)):
        kind = "named values" if isinstance(plain, dict) else "a list"
        raise ReadingError(f"holds {kind}, not one value", remedy="give each value its own column, or write one text")
    if str(plain) == object.__repr__(plain):
        raise ReadingError(f"is of type {type(plain).__name__}, which has no text", remedy="write it as text")
    if isinstance(plain, dt.datetime):
        midnight = plain.time() == dt.time() and not getattr(plain, "nanosecond", 0)
        return plain.date().isoformat() if midnight else str(plain)
    if isinstance(plain, (float, Decimal)) and math.isfinite(plain) and plain == int(plain):
        return str(int(plain))
    return str(plain)


def whole(text: str) -> str:
    """Return a text; refuse one with half a character."""
    if not text.isascii() and _HALF.search(text):
        raise ReadingError("holds half a character (a lone surrogate)", remedy=_MEND)
    return text


def read_cell(value: Any) -> Any:
    """Read a cell of a researcher's own column."""
    if isinstance(value, str):
        return text_of(value)
    if isinstance(value, _LISTS):
        several = [text_of(one) for one in (value.tolist() if isinstance(value, np.ndarray) else value)]
        return JOINT.join(filter(None, sorted(several) if isinstance(value, (set, frozenset)) else several))
    plain = _plain(value)
    if is_missing(plain):
        return None
    too_wide = isinstance(plain, int) and plain.bit_length() >= _WIDEST
    return plain if isinstance(plain, _AS_GIVEN) and not too_wide else text_of(plain)


def is_missing(value: Any) -> bool:
    """Tell whether a value stands for none: None, NaN, NaT, NA."""
    if value is None or value is pd.NA or value is pd.NaT:
        return True
    return isinstance(value, (float, Decimal)) and value != value  # noqa: PLR0124 - NaN


def _plain(value: Any) -> Any:
    """Return Python's own number, text or moment for one of NumPy's."""
    if isinstance(value, (np.datetime64, np.timedelta64)):
        return pd.Timestamp(value) if isinstance(value, np.datetime64) else pd.Timedelta(value)
    return value.item() if isinstance(value, np.generic) else value
