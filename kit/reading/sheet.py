"""Tables as a spreadsheet saves them: CSV with comma, semicolon or tab."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kit.errors import ReadingError
from kit.reading.metadata import column_name
from kit.reading.text import AS_TABLE, decode

_SHOWN = 200  # characters of a heading that an error repeats
_MEANT = {"text": "the texts", "file": "the names of the text files"}


@dataclass(frozen=True)
class Row:
    """A row of a table: its number, the heading being row 1, and its cells by column."""

    number: int
    cells: dict[str, Any]


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
        self.text, self.encoding = decode(data, place, save=AS_TABLE)
        self.place = place
        self.delimiter, self.heading = self._heading(key)

    def _heading(self, key: str) -> tuple[str, list[str]]:
        """Find the delimiter by the heading, and check the heading."""
        line = self.text.splitlines()[0]
        cut = {sign: next(csv.reader([line], delimiter=sign), []) for sign in ",;\t"}
        headings = {sign: [column_name(name) for name in names] for sign, names in cut.items()}
        delimiter = next((sign for sign, names in headings.items() if key in names), "")
        if not delimiter:
            there = ", ".join(name for name in max(headings.values(), key=len) if name)
            raise ReadingError(
                f"no column {key!r}; the first row is: {there[:_SHOWN]}",
                place=f"{self.place}, row 1",
                remedy=f"name the column with {_MEANT.get(key, key)} {key!r}, or put a row of column names first",
            )
        names = headings[delimiter]
        repeated = {name for name in names if name and names.count(name) > 1}
        if repeated:
            problem = f"column {min(repeated)!r} stands more than once"
            raise ReadingError(problem, place=f"{self.place}, row 1", remedy="rename one")
        return delimiter, names

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


def read_sheet(file: Path, key: str) -> Sheet:
    """Open a CSV file of metadata."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise ReadingError(
            f"cannot be read ({error.strerror})", place=file.name, remedy="check that it exists and may be read"
        ) from error
    return Sheet(data, key, file.name)
