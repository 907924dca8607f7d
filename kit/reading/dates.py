"""Dates as sources write them, read in one way: one order for a column, the day of the zone asked for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any, Literal

from kit.errors import ReadingError
from kit.lexicon.characters import APOSTROPHES, plain
from kit.lexicon.wordlists import months, weekdays
from kit.reading.cells import text_of
from kit.reading.remarks import Remark

#: The zones of Indonesia: west, middle, east. Hours before UTC.
WIB = "WIB"
ZONES = {WIB: 7, "WITA": 8, "WIT": 9}

Order = Literal["day", "month", "both"]

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WRITE = (
    "write 2024-02-04, 4/2/2024 (day first) or 4 Februari 2024; "
    "what names no day goes into a column of your own, such as year"
)
_MISSING = frozenset({"", "-", "–", "—", "nan", "nat", "none", "null", "n/a", "#n/a", "<na>"})
_WORD = rf"[^\W\d_]+(?:[{APOSTROPHES}\u02bc\u02bb´]at)?"
_WEEKDAY = rf"(?:(?P<weekday>{_WORD})(?:\.?\s*,\s*|\.?\s+|\.?(?=\()))?"
_ZONE = r"(?P<zone>WIB|WITA|WIT|UTC|GMT|Z)?(?P<offset>[+-]\d{2}:?(?:\d{2})?)?(?:\s*\([^()]*\))?"
_TIME = r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?\s*(?P<half>[AP]M\b)?"
_CLOCK = rf"(?:(?:\s*[T,|;·•–—-]\s*|\s+)(?:(?:pukul|pkl|jam|at)\.?\s+)?{_TIME}\s*{_ZONE})?"
_NAME = r"(?P<name>[^\W\d_]+)"
_YEAR = r"(?P<year>\d{4})"
_FORMS = (
    rf"{_WEEKDAY}{_YEAR}[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}}){_CLOCK}Z?",
    rf"{_WEEKDAY}\(?(?P<first>\d{{1,2}})[-/.](?P<second_>\d{{1,2}})[-/.]{_YEAR}\)?{_CLOCK}",
    rf"{_WEEKDAY}\(?(?P<day>\d{{1,2}})[\s-]+{_NAME}[.,]?[\s-]+{_YEAR}\)?{_CLOCK}",
    rf"{_WEEKDAY}{_NAME}\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}{_CLOCK}(?:,?\s+(?P<behind>{_WORD}))?",
    rf"{_WEEKDAY}{_NAME}\s+(?P<day>\d{{1,2}})\s+{_TIME}\s*{_ZONE}\s+{_YEAR}",
    r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})(?:[T_-]?(?P<hour>\d{2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2}))?(?P<zone>Z)?(?P<offset>[+-]\d{2}:?\d{2})?)?",
)
_SHORT_YEAR = re.compile(r"\(?\d{1,2}[-/.]\d{1,2}[-/.]\d{2}\)?")
_APOSTROPHE = re.compile(f"[{APOSTROPHES}\u02bc\u02bb´]")
_NO_DAY = re.compile(rf"\d{{4}}|(?P<name>{_WORD})\s+\d{{4}}|\d{{4}}[-/]\d{{1,2}}|\d{{1,2}}[-/]\d{{4}}")


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    """Return the forms in which dates are written, compiled by who reads some."""
    return tuple(re.compile(form, re.IGNORECASE) for form in _FORMS)


@dataclass(frozen=True)
class Calendar:
    """How the dates of a source are read.

    Attributes
    ----------
    zone : str
        To whose days moments of UTC or with an offset are moved: WIB, WITA or WIT.
    orders : mapping of str to {"day", "month", "both"}
        What stands first between slashes, by column; day first where nothing is said.

    """

    zone: str = WIB
    orders: Mapping[str, Order] = field(default_factory=dict)

    def day(self, column: str, value: Any) -> str:
        """Return the day of a cell, ``YYYY-MM-DD``; empty where it states none."""
        if isinstance(value, dt.datetime) and value.tzinfo is not None:
            value = value.astimezone(_zone(self.zone))
        if isinstance(value, dt.date):
            return text_of(value)[: len("YYYY-MM-DD")]
        return parse_date(text_of(value), self.orders.get(column, "day"), self.zone)


class Convention:
    """What the cells of a column prove of the order in which it writes day and month.

    Examples
    --------
    >>> column = Convention()
    >>> for row, cell in enumerate(["2/3/2024", "2/13/2024"], start=2):
    ...     column.see(cell, f"row {row}")
    >>> column.order, column.month_first
    ('month', ('row 3', '2/13/2024'))

    """

    def __init__(self) -> None:
        self.day_first: tuple[str, str] | None = None
        self.month_first: tuple[str, str] | None = None

    def see(self, value: Any, place: str) -> None:
        """Look at a cell."""
        found = _forms()[1].fullmatch(" ".join(value.split())) if isinstance(value, str) else None
        if found is None or found["year"][:2] > "20" or found["first"] == found["second_"]:
            return
        first, second = int(found["first"]), int(found["second_"])
        if first > 12 >= second and _date(int(found["year"]), second, first):
            self.day_first = self.day_first or (place, value)
        elif second > 12 >= first and _date(int(found["year"]), first, second):
            self.month_first = self.month_first or (place, value)

    @property
    def order(self) -> Order:
        """What stands first: the day unless a cell proves the month; `both` if other cells prove the day."""
        if self.month_first is None:
            return "day"
        return "month" if self.day_first is None else "both"

    def told(self, column: str) -> tuple[str, str]:
        """Say how the column is read, and what to do if that is wrong; nothing where days stand first."""
        if self.month_first is None:
            return "", ""
        month = f"as {self.month_first[1]!r} ({self.month_first[0]}) proves"
        if self.day_first is None:
            return f"column {column!r} is read month first, {month}", "if the day stands first, mend that cell"
        day = f"{self.day_first[1]!r} ({self.day_first[0]}) day first"
        problem = f"column {column!r} writes month first, {month}, and {day}; cells that can be both are left empty"
        return problem, "write all dates of the column in one order, best as 2024-02-04"


def decided(found: dict[str, tuple[str, Convention]], place: str, aside: list[ReadingError]) -> dict[str, Order]:
    """Return the order of each column of dates, and add to what is said of the source."""
    for name, convention in found.values():
        problem, remedy = convention.told(name)
        if problem:
            aside.append(Remark(problem, place=place, remedy=remedy))
    return {column: convention.order for column, (_, convention) in found.items()}


@lru_cache(maxsize=1 << 16)
def parse_date(text: str, order: Order = "day", zone: str = WIB) -> str:
    """Read a date, in any of the forms that `docs/reading.md` names.

    The order is never guessed: between slashes the day comes first, as Indonesian has it, unless the column proves the
    month. A printed time of day (with WIB, WITA or WIT, or without zone) keeps its printed day; one of UTC or with an
    offset is moved to the day in `zone`. A weekday must agree.
    """
    bare = " ".join(text.split())
    if bare.casefold() in _MISSING:
        return ""
    for form in _forms():
        if found := form.fullmatch(bare):
            return _read(text, found.groupdict(), order, zone).isoformat()
    raise _refused(text, _why(bare))


def _read(text: str, parts: dict[str, str | None], order: Order, zone: str) -> dt.date:
    """Return the day that the parts of a date name."""
    year = int(parts["year"] or 0)
    weekday = _weekday(parts)
    if "first" in parts:
        date = _in_order(text, year, int(parts["first"] or 0), int(parts["second_"] or 0), order, weekday)
    else:
        name, day = parts.get("name"), int(parts["day"] or 0)
        month = months().get(name.casefold(), 0) if name else int(parts["month"] or 0)
        if name and not month:
            raise _refused(text, f"{name!r} is no month the kit knows")
        date = _checked(text, year, month, day)
    if isinstance(weekday, str):
        raise ReadingError(
            f"{text!r}: {weekday!r} is not a weekday the kit knows", remedy=f"leave it out, as in {date.isoformat()}"
        )
    if weekday is not None and weekday != date.weekday():
        problem = f"{text!r}: the weekday does not agree, {date.isoformat()} is a {_DAYS[date.weekday()]}"
        raise ReadingError(problem, remedy="correct the date, or leave the weekday out")
    return _moved(text, date, parts, zone)


def _weekday(parts: dict[str, str | None]) -> int | str | None:
    """Return the number of the weekday that is named, its name where the kit does not know it, None if none is."""
    name = parts.get("weekday") or parts.get("behind")
    return weekdays().get(plain(_APOSTROPHE.sub("'", name)).casefold(), name) if name else None


def _in_order(text: str, year: int, first: int, second: int, order: Order, weekday: int | str | None) -> dt.date:
    """Return the day of a date between slashes."""
    day_first, month_first = _date(year, second, first), _date(year, first, second)
    if order == "both" and day_first and month_first and day_first != month_first:
        agree = [one for one in (day_first, month_first) if one.weekday() == weekday]
        if len(agree) == 1:
            return agree[0]
        problem = f"{text!r} can be {day_first.isoformat()} or {month_first.isoformat()}: the column writes both orders"
        raise ReadingError(problem, remedy="write all dates of the column in one order, best as 2024-02-04")
    if order == "month" or (order == "both" and not day_first):
        return _checked(text, year, first, second)
    return _checked(text, year, second, first)


def _checked(text: str, year: int, month: int, day: int) -> dt.date:
    """Return a day that is there, or say why there is none."""
    if date := _date(year, month, day):
        return date
    if not 1 <= month <= 12:
        raise _refused(text, f"there is no month {month}")
    raise _refused(text, f"there is no day {day} in month {month} of {year}")


def _date(year: int, month: int, day: int) -> dt.date | None:
    """Return a day, or nothing if there is none."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _moved(text: str, date: dt.date, parts: dict[str, str | None], zone: str) -> dt.date:
    """Return the day in a zone, if the time of day is stated in UTC or with an offset; else the day as it is."""
    if not parts.get("hour"):
        return date
    hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
    if half := (parts.get("half") or "").upper():
        hour = hour % 12 + (12 if half == "PM" else 0)
    if hour > 24 or minute > 59 or second > 60 or (hour == 24 and minute):
        raise _refused(text, f"there is no time {hour}:{minute:02}")
    named, offset = (parts.get("zone") or "").upper(), parts.get("offset") or ""
    if named in ZONES or not (named or offset):
        return date
    digits = offset[1:].replace(":", "").ljust(4, "0")
    away = dt.timedelta(hours=int(digits[:2]), minutes=int(digits[2:])) * (-1 if offset.startswith("-") else 1)
    try:
        moment = dt.datetime.combine(date, dt.time()) + dt.timedelta(hours=hour + ZONES[zone], minutes=minute) - away
    except OverflowError:
        return date
    return moment.date()


def _why(bare: str) -> str:
    """Say why a text is no date, where that can be told."""
    if _SHORT_YEAR.fullmatch(bare):
        return "its year has two digits"
    if (found := _NO_DAY.fullmatch(bare)) and (found["name"] is None or found["name"].casefold() in months()):
        return "it names no day"
    return "it begins or ends with other words" if any(form.search(bare) for form in _forms()[:3]) else ""


def _refused(text: str, reason: str) -> ReadingError:
    """Return the error for a text that is no date."""
    shown = text if len(text) <= 80 else f"{text[:80]}…"
    told = f": {reason}" if reason else ""
    return ReadingError(f"{shown!r} is not a date the kit can read{told}", remedy=_WRITE)


def _zone(name: str) -> dt.timezone:
    """Return a zone of Indonesia."""
    return dt.timezone(dt.timedelta(hours=ZONES[name]), name)
