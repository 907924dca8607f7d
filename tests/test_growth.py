"""No rule grows faster than a text: the one test of time (`test_habits` lets no other compare clocks).

A unit is what somebody's paste, feed or scan repeats thousands of times in one line. Cleaning and reading 40 kB of it
may take three times as long as 20 kB, at most: what grows as n log n takes twice as long, what grows as n² four times.
The clock is the processor's own, and each time is the least of several, so that a busy machine does not matter.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest

from kit.index.scanner import scan_texts
from kit.language.reference import read_text
from kit.reading.news import clean

UNITS = [
    *[". ", "…", "?!", "*?!.", "--", "*", "(", "[(", ")", '"', '." ', "”", "'", "`", "’", "_", "🙂 "],
    *["1.", "1.2", "1,", "9:", "12/", "1-", "1'", "1. ", "a. ", "A. ", "IV. ", "; a. ", ": 1. ", "Rp1", "٣."],
    *["a-", "a'", "a.", "a/", "a_", "A.B.", "a, ", "S.H., ", "S. Pd. ", "Pj. ", "x-Pj. ", "a", "ab "],
    *["a.b", "a@", "@a", "www.", "www.a ", "http://", "a:", "a.id/", "Mei-", "``", "1. A 2. B ", "é", "\u0958", "각"],
    *["a-\n", "un-\r\n", "-\n", "a¬\n", "a\u00ad\n", "ku-\n\n", "a-\u00a0"],
    *["\u200b", "a\u00ad", "e\u0301", "\u0301", "\u0323\u0301", "ꦗꦴ"],
    # what cleaning takes out, line by line, bracket by bracket and dash by dash; and what stops it
    *["(abc/de) ", "(KPK) ", "(Bagas Wicaksana) ", "\u00ad(abc/de) ", "\n(ris)", "\n***"],
    *["Editor: Tia\n", "TIA MARLINA\n", "Baca juga: Loket\n", "Baca Juga\n", "Warga datang.\n"],
    *["[Gambas:Video] ", "JAKARTA - ", "Jakarta (ANTARA) - ", "A | ", "Saksikan setiap ", "isi ", 'video "'],
    *[" ", "\u00a0", "- ", ", - ", ", ", "x.com ", "#abc ", "@a "],
    *[" ,", ",", "dari ,", ".,A", "aB", "katadi", "yang", "Â", "‚Äù", "Ã¢", "\x93", "\ufffd", "a\u0435"],
]
pytestmark = pytest.mark.slow

#: What stands before and behind: a rule that begins and cannot end looks furthest.
FRAMES = ["{}", "Warga antre {} Hadir.", "1{}a"]
SIZES = 20_000, 40_000
_TOO_SHORT = 0.02  # seconds, in which a time that small grows by chance


def whole_way(text: str) -> None:
    """Clean a text and read it by the rules."""
    read_text(clean(text).text)


def compiled_way(text: str) -> None:
    """Read a text by the compiled rules."""
    scan_texts([text])


def growth(way: Callable[[str], object], frame: str, unit: str) -> float:
    """Return how much longer the way takes with twice the text."""
    short, long = (frame.format(unit * (size // len(unit.encode()))) for size in SIZES)
    return seconds(way, long) / max(seconds(way, short), _TOO_SHORT)


def seconds(way: Callable[[str], object], text: str) -> float:
    """Return the least of up to five times that the way takes; one that is short is not measured again."""
    least = float("inf")
    for _ in range(5):
        begun = time.process_time()
        way(text)
        least = min(least, time.process_time() - begun)
        if least < _TOO_SHORT:
            break
    return least


@pytest.mark.parametrize("way", [whole_way, compiled_way])
@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("unit", UNITS)
def test_twice_the_text_takes_less_than_three_times_as_long(
    way: Callable[[str], object], frame: str, unit: str
) -> None:
    assert growth(way, frame, unit) < 3


def test_what_grows_as_the_square_is_found() -> None:
    # a run that is looked through from each of its places
    assert growth(lambda text: re.search("a+b", text[::2]), "{}", "a") > 3
