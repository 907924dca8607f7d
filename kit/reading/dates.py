"""Dates as people write them."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from kit.errors import ReadingError
from kit.lexicon.characters import APOSTROPHES, plain
from kit.lexicon.wordlists import months, weekdays

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WRITE = (
    "write 2024-02-04, 4/2/2024 (day first) or 4 Februari 2024; "
    "what names no day goes into a column of your own, such as year"
)
_WEEKDAY = rf"(?:(?P<weekday>[^\W\d]+(?:[{APOSTROPHES}]at)?)\.?\s*,?\s*)?"
_CLOCK = r"(?:[T,|\s-]+\d{1,2}[:.]\d{2}\S*(?:\s+(?:WIB|WITA|WIT|UTC|GMT)\S*)?)?"
_FORMS = (
    re.compile(rf"{_WEEKDAY}(?P<year>\d{{4}})[-/](?P<month>\d{{1,2}})[-/](?P<day>\d{{1,2}}){_CLOCK}"),
    re.compile(rf"{_WEEKDAY}\(?(?P<day>\d{{1,2}})[-/.](?P<month>\d{{1,2}})[-/.](?P<year>\d{{4}})\)?{_CLOCK}"),
    re.compile(rf"{_WEEKDAY}(?P<day>\d{{1,2}})[\s-]+(?P<name>[^\W\d]+)\.?[\s-]+(?P<year>\d{{4}}){_CLOCK}"),
)


@lru_cache(maxsize=1 << 16)
def parse_date(text: str) -> str:
    """Read a date: year-month-day, day/month/year, or day, name of the month and year.

    The order is never guessed: between slashes the day comes first, as Indonesian has it. A time of day is dropped; a
    weekday must agree.
    """
    bare = " ".join(text.split())
    if not bare:
        return ""
    for form in _FORMS:
        found = form.fullmatch(bare)
        if not found:
            continue
        groups = found.groupdict()
        month = months().get((groups.get("name") or "").casefold(), 0) if "name" in groups else int(groups["month"])
        try:
            date = dt.date(int(groups["year"]), month, int(groups["day"]))
        except ValueError:
            break
        weekday = plain(groups["weekday"] or "").casefold()
        if weekday and weekday not in weekdays():
            problem = f"{text!r}: {groups['weekday']!r} is not a weekday the kit knows"
            raise ReadingError(problem, remedy=f"leave it out, as in {date.isoformat()}")
        if weekday and weekdays()[weekday] != date.weekday():
            problem = f"{text!r}: the weekday does not agree, {date.isoformat()} is a {_DAYS[date.weekday()]}"
            raise ReadingError(problem, remedy="correct the date, or leave the weekday out")
        return date.isoformat()
    raise ReadingError(f"{text!r} is not a date the kit can read", remedy=_WRITE)
