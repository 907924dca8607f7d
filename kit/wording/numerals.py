"""Numbers as a reader of each language writes them."""

from __future__ import annotations

import math

_SIGNIFICANT = 6  # digits that machines are given at least
_GROUPED_FROM = 10_000  # below it a year would be written as 2,024
_SEPARATORS = {"en": (",", "."), "id": (".", ",")}  # of thousands, of decimals
#: The decimal mark of each language.
POINT = {language: point for language, (_, point) in _SEPARATORS.items()}


def count(number: int, language: str) -> str:
    """Write a whole number for a reader."""
    return decimal(number, 0, language)


def rounded(number: float, decimals: int) -> float:
    """Round a float so that its last bits, which differ between processors, break no tie; never to a negative zero."""
    return round(float(f"{number:.12g}"), decimals) + 0.0 if math.isfinite(number) else number


def kept(number: float, least: int, most: int) -> float:
    """Round a float to six significant digits, but to `least` decimals at least and `most` at most."""
    if not math.isfinite(number) or not number:
        return rounded(number, 0)
    return rounded(number, max(least, min(_SIGNIFICANT - 1 - exponent(number), most)))


def exponent(number: float) -> int:
    """Return the power of ten of a number's first digit."""
    return int(f"{number:.11e}".partition("e")[2])


def shortest(number: float, language: str) -> str:
    """Write a float with as many decimals as it has, 12 digits at most."""
    digits = f"{number:.12g}".partition(".")[2]
    return decimal(number, len(digits), language) if digits.isdecimal() or not digits else f"{number:.12g}"


def percent(share: float) -> str:
    """Write a share in whole per cent, half to even, as in ``12 %``."""
    return f"{round(float(f'{100 * share:.9g}'))} %"


def decimal(number: float, decimals: int, language: str) -> str:
    """Write a number with the marks of a language."""
    thousands, point = _SEPARATORS[language]
    if not math.isfinite(number):
        return "" if math.isnan(number) else "\u221e" if number > 0 else "\u2212\u221e"
    text = f"{abs(number):,.{decimals}f}" if abs(number) >= _GROUPED_FROM else f"{abs(number):.{decimals}f}"
    text = text.replace(",", "\0").replace(".", point).replace("\0", thousands)
    return "\u2212" + text if number < 0 else text
