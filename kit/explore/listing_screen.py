"""What all screens of rows have: filters of documents, pages, rows that are selected, and one that is open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kit.explore.listing import Listing, columns_of
from kit.explore.screen import Shown, control
from kit.wording.words import heading, say


class ListingScreen:
    """Rows as they are seen, whatever they are of."""

    def __init__(self, model: Listing, language: str) -> None:
        self.language = language
        self._rows = model
        self._open = ""
        self._column = ""
        self._columns = columns_of(model.corpus)

    @property
    def actions(self) -> Mapping[str, Callable[[Any], None]]:
        """What can be done, by name."""
        model = self._rows
        return {
            "column": self._choose,
            "value": lambda value: model.filter(**{self._column: value}),
            "since": lambda day: model.filter(since=day),
            "until": lambda day: model.filter(until=day),
            "page": lambda number: model.page(int(number)),
            "choose": self._select,
            "open": self._read,
        }

    def _filters(self) -> list[Shown]:
        """Describe the controls of the filters with what they are set to."""
        where, language = self._rows.where, self.language
        every = [("", say("explore.all", language))]
        columns = [(name, heading(name, language)) for name in self._columns]
        shown = [control("column", "choice", self._column, language, every + columns)]
        if self._column:
            values = [(value, value) for value in self._columns[self._column]]
            shown.append(control("value", "choice", where.get(self._column), language, every + values))
        return [*shown, *(control(name, "date", where.get(name), language) for name in ("since", "until"))]

    def _status(self, key: str, **told: Any) -> str:
        """Say what is seen, and how many rows are selected."""
        chosen = len(self._rows.selected)
        words = say(key, self.language, **told, page=self._rows.number + 1)
        return f"{words} {say('explore.selected', self.language, n=chosen)}" if chosen else words

    def _choose(self, column: Any) -> None:
        """Choose the column to filter by, which lifts the filter by another."""
        if self._column and self._column != column:
            self._rows.filter(**{self._column: None})
        self._column = column if column in self._columns else ""

    def _select(self, row_id: Any) -> None:
        """Select a row, or no longer."""
        chosen = self._rows.selected
        self._rows.select([one for one in chosen if one != row_id] if row_id in chosen else [*chosen, str(row_id)])

    def _read(self, row_id: Any) -> None:
        """Open a row, or close it."""
        self._open = "" if row_id == self._open else str(row_id)
