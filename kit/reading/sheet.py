"""Tables as a spreadsheet or a program saves them: CSV with comma, semicolon, tab or bar."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from kit.errors import ReadingError
from kit.reading.columns import Naming, aliases, refuse_repeated, require
from kit.reading.metadata import FILLED, KNOWN, column_name
from kit.reading.text import AS_TABLE, decode

SIGNS = ",;\t|"
_SEP = re.compile(r"\ufeff?sep=(?P<sign>.)\s*", re.IGNORECASE)
_NUMBERED = re.compile(r"([^\s\d]*)(\d{1,18})")  # a name that counts on from row to row
_KNOWN = {*KNOWN, *FILLED, "file", "id"}


@dataclass(frozen=True)
class Row:
    """A row of a table: its number, the heading being row 1, and its cells by column."""

    number: int
    cells: dict[str, Any]


class Sheet:
    """A CSV file: comma, semicolon, tab or bar; with or without byte order mark or ``sep=``; blank rows.

    Parameters
    ----------
    data : bytes
        The file.
    key : str
        A column that the heading must have, in any case if it is one of the kit's; if empty, the heading is left as it
        is.
    place : str
        Name of the file, for messages.

    Raises
    ------
    ReadingError
        The file cannot be decoded, or its heading lacks `key` or repeats a column.

    """

    def __init__(self, data: bytes, key: str, place: str) -> None:
        text, self.encoding = decode(data, place, save=AS_TABLE)
        self.place = place
        self._lines = list(io.StringIO(text, newline=""))
        stated = _SEP.fullmatch(self._lines[0])
        self._first = 1 if stated else 0
        head = self._lines[self._first] if len(self._lines) > self._first else ""
        self.delimiter = stated["sign"] if stated else delimiter_of(head, key)
        limit = csv.field_size_limit(2**31 - 1)
        try:
            heading = next(csv.reader(islice(self._lines, self._first, None), delimiter=self.delimiter), [])
        finally:
            csv.field_size_limit(limit)
        self.heading = [column_name(name) if key else " ".join(name.split()) for name in heading]
        if key:
            require(self.heading, key, heading, f"{place}, row 1", "the first row is")
        refuse_repeated(self.heading, f"{place}, row 1")

    def rows(self) -> Iterator[Row | ReadingError]:
        """Yield each row that is not blank, or what is wrong with it; a row is numbered as a spreadsheet would."""
        limit = csv.field_size_limit(2**31 - 1)
        try:
            yield from self._rows()
        finally:
            csv.field_size_limit(limit)

    def _rows(self) -> Iterator[Row | ReadingError]:
        """Yield rows; one whose quotation mark is not closed is named by its line, and those behind it are read."""
        base, number = self._first, 0
        reader = csv.reader(islice(self._lines, base, None), delimiter=self.delimiter, strict=True)
        while True:
            begin = base + reader.line_num
            number += 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                cells = None
            end = base + reader.line_num
            if cells is None or (end - begin > 1 and number > 1 and self._swallowed(cells, begin, end)):
                if number > 1:
                    yield ReadingError(
                        "has a quotation mark that is not closed, or one inside a cell that is not doubled",
                        place=f"{self.place}, line {begin + 1}",
                        remedy='close it, or double it inside a cell: "Kata ""warga"" itu"',
                    )
                base = begin + 1
                reader = csv.reader(islice(self._lines, base, None), delimiter=self.delimiter, strict=True)
                continue
            if number == 1 or not any(cell.strip() for cell in cells):
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

    def _swallowed(self, cells: list[str], begin: int, end: int) -> bool:
        """Tell whether a row over several lines has the next rows in it: lines of as many cells, counted on."""
        own = _NUMBERED.fullmatch(cells[0].strip())
        for line in self._lines[begin + 1 : end] if own else ():
            found = line.split(self.delimiter)
            other = _NUMBERED.fullmatch(found[0].strip().strip('"'))
            if own and other and len(found) >= len(self.heading) > 2 and own[1] == other[1]:
                return 0 < int(other[2]) - int(own[2]) < end - begin
        return False


def delimiter_of(line: str, key: str = "") -> str:
    """Return the sign between the names of a heading: the one that shows `key`, or most columns which the kit knows.

    Examples
    --------
    >>> delimiter_of("id;judul, asli;isi")
    ';'

    """

    def shows(sign: str) -> tuple[bool, int, int]:
        """Rank a sign."""
        return key in _names(line, sign), known_columns(line, sign), line.count(sign)

    return max(SIGNS, key=shows)


def _names(line: str, sign: str) -> list[str]:
    """Return the columns of a heading."""
    try:
        return [column_name(name) for name in next(csv.reader([line], delimiter=sign), [])]
    except csv.Error:
        return []  # no heading


def known_columns(line: str, sign: str) -> int:
    """Count the columns of a heading that the kit knows by its own names or others'."""
    known = _KNOWN | {alias for alias, _ in aliases()}
    return sum(name.casefold() in known for name in _names(line, sign))


def read_sheet(file: Path, naming: Naming) -> tuple[Sheet, dict[str, str]]:
    """Open a CSV file of metadata, and say what its columns are called in the kit."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise ReadingError(
            f"cannot be read ({error.strerror})", place=file.name, remedy="check that it exists and may be read"
        ) from error
    sheet = Sheet(data, "", file.name)
    return sheet, replace(naming, strict=False).of(sheet.heading, f"{file.name}, row 1")
