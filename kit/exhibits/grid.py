"""A table made ready for its formats: raw values, the same as a reader sees them, and what stands round them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import overload

import pandas as pd

from kit.exhibits import cells
from kit.wording import words

_LONG = 40  # characters; a column with a longer cell holds long text
_AT_ONCE = 10_000  # rows of a table that are taken out of its columns together


@dataclass(frozen=True)
class Column:
    """One column of a grid.

    Parameters
    ----------
    name : str
        Its own name, for machines.
    heading, unit : str
        What a reader sees; the unit may be empty.
    number : bool
        Whether it holds numbers, which are aligned to the right.
    places, most : int
        Decimals that machines are given of a float, at least and at most; in between, six significant digits.
    shown : int
        Decimals that a reader sees, the same in all its cells.
    p : bool
        Whether it holds p-values.
    grouped : bool
        Whether all its numbers have their thousands marked, since one of them has five digits.

    """

    name: str
    heading: str
    unit: str = ""
    number: bool = False
    places: int = cells.PLACES
    most: int = cells.SURE
    shown: int = cells.PLACES
    p: bool = False
    grouped: bool = False


@dataclass(frozen=True, eq=False)
class Rows(Sequence[tuple[object, ...]]):
    """The rows of a table, taken out of its columns some at a time: as tuples, a million take a gigabyte."""

    columns: tuple[pd.Series, ...]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.columns[0])

    def __iter__(self) -> Iterator[tuple[object, ...]]:
        """Yield the rows."""
        for block in self.blocks():
            yield from zip(*block, strict=True)

    def blocks(self) -> Iterator[Sequence[Sequence[object]]]:
        """Yield the cells of some rows, column by column, one lot after the other."""
        for begin in range(0, len(self), _AT_ONCE):
            yield [column.iloc[begin : begin + _AT_ONCE].tolist() for column in self.columns]

    def distinct(self, place: int) -> Iterator[object]:
        """Yield the values of a column, each once or some times."""
        column = self.columns[place]
        for begin in range(0, len(self), _AT_ONCE):
            values = column.iloc[begin : begin + _AT_ONCE]
            yield from values.unique() if isinstance(values.dtype, pd.StringDtype) else values.tolist()

    @overload
    def __getitem__(self, place: int) -> tuple[object, ...]: ...
    @overload
    def __getitem__(self, place: slice) -> Rows: ...
    def __getitem__(self, place: int | slice) -> tuple[object, ...] | Rows:
        """Return a row, or some rows."""
        if isinstance(place, slice):
            return Rows(tuple(column.iloc[place] for column in self.columns))
        return next(iter(self[place:][:1]))


@dataclass(frozen=True)
class Grid:
    """A table as the formats are given it.

    Parameters
    ----------
    columns : tuple of Column
        From left to right.
    raw : sequence of tuple
        The cells, row by row: text, number, truth value, date or missing.
    language : {"en", "id"}
        Language of headings and words, and of the marks in numbers.
    id, title, note : str
        The exhibit's id; caption, and the note below the table, in the language.
    key : int
        Place of the column whose cells are linked to their evidence; -1 for none.
    links : tuple of str
        For each row, the place on the page of evidence; empty for none.

    """

    columns: tuple[Column, ...]
    raw: Sequence[tuple[object, ...]]
    language: str = "en"
    id: str = ""
    title: str = ""
    note: str = ""
    key: int = -1
    links: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        frame: pd.DataFrame,
        *,
        decimals: Mapping[str, int] | None = None,
        language: str = "en",
        id: str = "",  # noqa: A002
        title: str = "",
        note: str = "",
        key: str | None = None,
        links: Sequence[str] = (),
    ) -> Grid:
        """Make a grid of a table."""
        frame = pd.DataFrame(frame)  # without its attrs, which pandas copies, nested as they are, with each column
        given = decimals or {}
        columns = []
        for name in frame.columns:
            places = given.get(name, cells.PLACES)
            number, p = cells.numeric(frame[name]), cells.is_p(name)
            shown = places if name in given else cells.digits(frame[name], places, p=p)
            most = cells.finest(frame[name], name) if number else cells.SURE
            heading, unit = words.heading(name, language), words.unit(name, language)
            grouped = number and cells.grouped(frame[name], shown)
            columns.append(Column(name, heading, unit, number, places, most, shown, p, grouped))
        raw = Rows(tuple(frame[name] for name in frame.columns))
        place = -1 if key is None else list(frame.columns).index(key)
        return cls(tuple(columns), raw, language, id, title, note, place, tuple(links))

    def blocks(self) -> Iterator[Sequence[Sequence[object]]]:
        """Yield the cells of some rows, column by column, one lot after the other: of a long table never all."""
        if isinstance(self.raw, Rows):
            yield from self.raw.blocks()
        elif len(self.raw):
            yield list(zip(*self.raw, strict=True))

    def head(self, rows: int) -> Grid:
        """Keep the first rows."""
        return replace(self, raw=self.raw[:rows], links=self.links[:rows])

    def select(self, wanted: Sequence[str | Sequence[str]]) -> Grid:
        """Keep some columns, in the order told; two names together are an interval in one column.

        Links to the evidence move to the first column where theirs is left out.
        """
        places = {column.name: place for place, column in enumerate(self.columns)}
        chosen = [places[name] if isinstance(name, str) else tuple(places[end] for end in name) for name in wanted]
        made = [self._interval(*place) if isinstance(place, tuple) else self.columns[place] for place in chosen]
        raw = tuple(
            tuple(self._between(row, *place) if isinstance(place, tuple) else row[place] for place in chosen)
            for row in self.raw
        )
        key = -1 if self.key < 0 else chosen.index(self.key) if self.key in chosen else 0
        return replace(self, columns=tuple(made), raw=raw, key=key)

    @cached_property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The cells as a reader sees them, not yet escaped; the kit's own codes spelled as values.csv has them."""
        return tuple(
            tuple(self._spelled(column, value) for column, value in zip(self.columns, row, strict=True))
            for row in self.raw
        )

    @cached_property
    def looks(self) -> tuple[str, ...]:
        """How each column looks: "number", "long" where a cell of text is long, else "short"."""
        return tuple(
            "number"
            if column.number
            else "long"
            if any(len(self._spelled(column, value)) > _LONG for value in self._values(place))
            else "short"
            for place, column in enumerate(self.columns)
        )

    def _values(self, place: int) -> Iterator[object]:
        """Yield the cells of a column; of a long table, cells that are alike need not come again."""
        if isinstance(self.raw, Rows):
            yield from self.raw.distinct(place)
        else:
            yield from (row[place] for row in self.raw)

    def _interval(self, low: int, high: int) -> Column:
        """Make the column of an interval of the columns of its ends."""
        name = f"{self.columns[low].name}, {self.columns[high].name}"
        return Column(name, words.say("pages.interval", self.language), self.columns[low].unit, number=True)

    def _between(self, row: Sequence[object], low: int, high: int) -> str:
        """Write an interval, its ends with as many decimals; one without ends is missing."""
        shown = max(self.columns[low].shown, self.columns[high].shown)
        below, above = (self._spelled(replace(self.columns[end], shown=shown), row[end]) for end in (low, high))
        return words.say("pages.between", self.language, low=below or "…", high=above or "…") if below or above else ""

    def _spelled(self, column: Column, value: object) -> str:
        """Write one cell for a reader."""
        place = f"{self.id}, {column.name}"
        text = cells.shown(value, column.shown, self.language, place, p=column.p, grouped=column.grouped)
        return text if column.number else words.value(column.name, text, self.language)
