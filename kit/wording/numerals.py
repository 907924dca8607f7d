"""Numbers as a reader of each language writes them."""

from __future__ import annotations

import math
from collections.abc import Iterable

_SIGNIFICANT = 6  # digits that machines are given at least
#: From where on thousands are marked.
GROUPED_FROM = 10_000  # below it a year would be written as 2,024; in a column with such a number, from 1,000 on
_SEPARATORS = {"en": (",", "."), "id": (".", ",")}  # of thousands, of decimals
#: The decimal mark of each language.
POINT = {language: point for language, (_, point) in _SEPARATORS.items()}


def grouped(numbers: Iterable[float]) -> bool:
    """Tell whether the numbers of one column have their thousands marked: as soon as one of them has five digits."""
    return any(math.isfinite(number) and abs(number) >= GROUPED_FROM for number in numbers)


def count(number: int, language: str, *, grouped: bool = False) -> str:
    """Write a whole number for a reader."""
    return decimal(number, 0, language, grouped=grouped)


def counts(numbers: Iterable[int], language: str) -> list[str]:
    """Write the whole numbers of one column for a reader, all grouped or none."""
    whole = [int(number) for number in numbers]
    marked = grouped(whole)
    return [count(number, language, grouped=marked) for number in whole]


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


def decimal(number: float, decimals: int, language: str, *, grouped: bool = False) -> str:
    """Write a number with the marks of a language; `grouped` as the other numbers of its column are."""
    thousands, point = _SEPARATORS[language]
    if not math.isfinite(number):
        return "" if math.isnan(number) else "\u221e" if number > 0 else "\u2212\u221e"
    marked = grouped or abs(number) >= GROUPED_FROM
    text = f"{abs(number):,.{decimals}f}" if marked else f"{abs(number):.{decimals}f}"
    text = text.replace(",", "\0").replace(".", point).replace("\0", thousands)
    return "\u2212" + text if number < 0 else text
