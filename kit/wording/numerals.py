"""Numbers as a reader of each language writes them."""

from __future__ import annotations

import math

_GROUPED_FROM = 10_000  # below it a year would be written as 2,024
_SEPARATORS = {"en": (",", "."), "id": (".", ",")}  # of thousands, of decimals


def count(number: int, language: str) -> str:
    """Write a whole number for a reader.

    Parameters
    ----------
    number : int
        The number.
    language : {"en", "id"}
        Language of the labels.

    Returns
    -------
    str
        Thousands grouped from 10,000 on.

    Examples
    --------
    >>> count(2272, "id"), count(1234567, "id")
    ('2272', '1.234.567')

    """
    return decimal(number, 0, language)


def rounded(number: float, decimals: int) -> float:
    """Round a float so that the last bits, which differ between processors, do not show.

    Parameters
    ----------
    number : float
        The number.
    decimals : int
        Decimals to keep.

    Returns
    -------
    float
        Rounded to 12 significant digits first: a tie that is one only but for the last bits is then broken in one
        and the same way. Never a negative zero.

    Examples
    --------
    >>> rounded(0.1 + 0.2, 4), rounded(-0.00001, 4)
    (0.3, 0.0)

    """
    return round(float(f"{number:.12g}"), decimals) + 0.0 if math.isfinite(number) else number


def decimal(number: float, decimals: int, language: str) -> str:
    """Write a number with the marks of a language."""
    thousands, point = _SEPARATORS[language]
    if not math.isfinite(number):
        return "" if math.isnan(number) else "\u221e" if number > 0 else "\u2212\u221e"
    text = f"{abs(number):,.{decimals}f}" if abs(number) >= _GROUPED_FROM else f"{abs(number):.{decimals}f}"
    text = text.replace(",", "\0").replace(".", point).replace("\0", thousands)
    return "\u2212" + text if number < 0 else text
