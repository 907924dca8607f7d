"""The researcher's metadata: rows of a CSV file as a spreadsheet writes it, and dates as people write them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kit.errors import ReadingError
from kit.reading.text import decode

#: Columns that the kit knows; any other is kept as the researcher's own.
KNOWN = ("doc_id", "title", "date", "event_date", "outlet", "place", "author", "url", "licence")
#: Columns that the kit fills in itself; a researcher's column of that name is kept as ``<name>_stated``.
FILLED = ("source", "sha256", "text", "encoding")
DATES = ("date", "event_date")

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari february feb pebruari",
            "maret march mar",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "agustus august agu agt ags aug",
            "september sep sept",
            "oktober october okt oct",
            "november nov nopember nop",
            "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "senin monday",
            "selasa tuesday",
            "rabu wednesday",
            "kamis thursday",
            "jumat jum'at friday",
            "sabtu saturday",
            "minggu ahad sunday",
        )
    )
    for name in names.split()
}
_WEEKDAY = r"(?:(?P<weekday>[^\W\d]+(?:['’]at)?)\s*,?\s*)?"
_CLOCK = r"(?:[T,|\s-]+\d{1,2}[:.]\d{2}\S*(?:\s+(?:WIB|WITA|WIT|UTC|GMT)\S*)?)?"
_FORMS = (
    re.compile(rf"{_WEEKDAY}(?P<year>\d{{4}})[-/](?P<month>\d{{1,2}})[-/](?P<day>\d{{1,2}}){_CLOCK}"),
    re.compile(rf"{_WEEKDAY}\(?(?P<day>\d{{1,2}})[-/.](?P<month>\d{{1,2}})[-/.](?P<year>\d{{4}})\)?{_CLOCK}"),
    re.compile(rf"{_WEEKDAY}(?P<day>\d{{1,2}})[\s-]+(?P<name>[^\W\d]+)\.?[\s-]+(?P<year>\d{{4}}){_CLOCK}"),
)


def parse_date(text: str) -> str:
    """Read a date: year-month-day, day/month/year, or day, name of the month and year.

    The order is never guessed: between slashes the day comes first, as Indonesian has it. A time of day is dropped; a
    weekday must agree.

    Parameters
    ----------
    text : str
        A cell.

    Returns
    -------
    str
        ISO 8601, ``YYYY-MM-DD``; empty for an empty cell.

    Raises
    ------
    ReadingError
        The cell holds no date of these forms, a date that does not exist, or the wrong weekday.

    Examples
    --------
    >>> parse_date("4/2/2024"), parse_date("Minggu, 4 Februari 2024"), parse_date("2024-02-04 10:15")
    ('2024-02-04', '2024-02-04', '2024-02-04')

    """
    bare = " ".join(text.split())
    if not bare:
        return ""
    for form in _FORMS:
        found = form.fullmatch(bare)
        if not found:
            continue
        groups = found.groupdict()
        month = _MONTHS.get((groups.get("name") or "").casefold(), 0) if "name" in groups else int(groups["month"])
        try:
            date = dt.date(int(groups["year"]), month, int(groups["day"]))
        except ValueError:
            break
        weekday = (groups["weekday"] or "").replace("’", "'").casefold()
        if weekday and _WEEKDAYS.get(weekday) != date.weekday():
            raise ReadingError(f"{text!r}: the weekday does not agree", remedy="correct the date or drop the weekday")
        return date.isoformat()
    raise ReadingError(
        f"{text!r} is no date the kit reads", remedy="write 2024-02-04, 4/2/2024 (day first) or 4 Februari 2024"
    )


@dataclass(frozen=True)
class Row:
    """A row of a table: its number, the heading being row 1, and its cells by column."""

    number: int
    cells: dict[str, str]


class Sheet:
    """A CSV file as a spreadsheet writes it: comma, semicolon or tab; with or without byte order mark; blank rows.

    Parameters
    ----------
    data : bytes
        The file.
    key : str
        A column that the heading must have.
    place : str
        Name of the file, for messages.

    Raises
    ------
    ReadingError
        The file cannot be decoded, or its heading lacks `key` or repeats a column.

    """

    def __init__(self, data: bytes, key: str, place: str) -> None:
        self.text, self.encoding = decode(data, place)
        self.place = place
        self.delimiter, self.heading = self._heading(key)

    def _heading(self, key: str) -> tuple[str, list[str]]:
        """Find the delimiter by the heading, and check the heading."""
        for delimiter in ",;\t":
            line = self.text.splitlines()[0]
            names = [_column(name) for name in next(csv.reader([line], delimiter=delimiter), [])]
            if key in names:
                repeated = {name for name in names if name and names.count(name) > 1}
                if repeated:
                    problem = f"column {min(repeated)!r} stands more than once"
                    raise ReadingError(problem, place=f"{self.place}, row 1", remedy="rename one")
                return delimiter, names
        raise ReadingError(
            f"no column {key!r}", place=f"{self.place}, row 1", remedy=f"add a heading row with a column {key!r}"
        )

    def rows(self) -> Iterator[Row | ReadingError]:
        """Yield each row that is not blank, or what is wrong with it."""
        reader = csv.reader(io.StringIO(self.text, newline=""), delimiter=self.delimiter)
        limit = csv.field_size_limit(2**31 - 1)
        try:
            next(reader, None)
            for number, cells in enumerate(reader, start=2):
                if not any(cell.strip() for cell in cells):
                    continue
                if any(cell.strip() for cell in cells[len(self.heading) :]):
                    yield ReadingError(
                        f"has {len(cells)} cells, the heading has {len(self.heading)}",
                        place=f"{self.place}, row {number}",
                        remedy=f"put cells that contain {self.delimiter!r} or a line break in quotation marks",
                    )
                    continue
                padded = [*cells, *[""] * (len(self.heading) - len(cells))]
                yield Row(number, {name: cell for name, cell in zip(self.heading, padded, strict=False) if name})
        except csv.Error as error:
            yield ReadingError(str(error), place=f"{self.place}, line {reader.line_num}", remedy="mend the line")
        finally:
            csv.field_size_limit(limit)


def own_columns(cells: dict[str, str], *, without: tuple[str, ...] = ()) -> tuple[dict[str, str], list[ReadingError]]:
    """Return the metadata of a row: the kit's columns first, dates in ISO form, and which cells could not be read.

    Parameters
    ----------
    cells : dict of str
        Cells by column.
    without : tuple of str
        Columns that are no metadata.

    Returns
    -------
    metadata : dict of str
        Every column of `KNOWN` but ``doc_id``, empty where not stated, then the researcher's own.
    problems : list of ReadingError
        One per date that is no date; its cell is left empty.

    Examples
    --------
    >>> metadata, problems = own_columns({"title": " Judul ", "date": "besok", "tema": "layanan"})
    >>> metadata["title"], metadata["date"], metadata["tema"]
    ('Judul', '', 'layanan')
    >>> problems[0].problem
    "date 'besok' is no date the kit reads"

    """
    metadata, problems = dict.fromkeys(KNOWN[1:], ""), []
    for name, cell in cells.items():
        if name in without:
            continue
        value = cell.strip()
        if name in DATES:
            try:
                value = parse_date(value)
            except ReadingError as error:
                problems.append(ReadingError(f"{name} {error.problem}", remedy=error.remedy))
                value = ""
        metadata[f"{name}_stated" if name in FILLED else name] = value
    return metadata, problems


def read_sheet(file: Path, key: str) -> Sheet:
    """Open a CSV file of metadata."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise ReadingError(
            f"cannot be read ({error.strerror})", place=file.name, remedy="check that it exists and may be read"
        ) from error
    return Sheet(data, key, file.name)


def _column(name: str) -> str:
    """Return a column's name without blank edges; the kit's own names in any case."""
    bare = " ".join(name.split())
    return bare.casefold() if bare.casefold() in (*KNOWN, *FILLED, "file", "id") else bare
