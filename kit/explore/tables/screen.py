"""A table as a screen: what it is of, how it is sorted, a page of rows, and the passages or the article behind one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kit.exhibits.frames import remarks
from kit.exhibits.grid import Grid
from kit.explore.article import shown_article
from kit.explore.listing_screen import ListingScreen
from kit.explore.screen import Shown, cell, control
from kit.explore.tables.model import TableModel, evidence_ids
from kit.wording.words import heading, say

_PLACES = ("line_id", "sentence_no", "sentence", "start", "end")  # a reader gets these with the evidence
_COLUMNS = ("group", "time", "by")  # choices among columns
_LINE = {"left": "right", "node": "center"}
_SHOWN = 20  # passages of a row


class TableScreen(ListingScreen):
    """What is seen of a table, and what can be done there."""

    def __init__(self, model: TableModel, language: str) -> None:
        super().__init__(model, language)
        self.model: TableModel = model

    @property
    def actions(self) -> Mapping[str, Callable[[Any], None]]:
        """What can be done, by name."""
        model = self.model
        chosen = {name: lambda value, name=name: self._pick(name, value) for name in model.choices()}
        return {
            **super().actions,
            **chosen,
            "sort": lambda by: model.sort(by or None, descending=model.sorted_by[1]),
            "falling": lambda on: model.sort(model.sorted_by[0], descending=bool(on)),
        }

    def show(self) -> Shown:
        """Return what is seen now."""
        model, language = self.model, self.language
        whole, lines = model.found(), model.lines()
        names = [name for name in lines.columns if name not in _PLACES]
        grid = Grid.of(lines[names], language=language)
        ids = model.ids_of(lines)
        opens = model.opens
        main = self._main(names)
        columns = [
            {
                "name": column.name,
                "heading": f"{column.heading} ({column.unit})" if column.unit else column.heading,
                "side": _LINE.get(column.name, "right" if column.number else "left"),
                "main": column.name == main,
            }
            for column in grid.columns
        ]
        rows = [
            {"id": row_id, "cells": list(cells), "chosen": row_id in model.selected}
            for row_id, cells in zip(ids, grid.rows, strict=True)
        ]
        return {
            "title": say(f"explore.{model.name}.title", language),
            "controls": self._controls(),
            "status": self._status("explore.tables.status", total=len(whole), shown=len(lines)),
            "notes": remarks(whole, language),
            "columns": columns,
            "rows": rows,
            "selectable": True,
            "readable": bool(opens),
            "page": {"number": model.number, "more": len(whole) > (model.number + 1) * model.size},
            "detail": self._detail(opens) if self._open in ids else None,
        }

    def _controls(self) -> list[Shown]:
        """Describe the controls with what they are set to."""
        return [*self._chosen(), *self._order(), *(self._filters() if self.model.filtered else [])]

    def _order(self) -> list[Shown]:
        """Describe the controls of the order of the rows."""
        by, falling = self.model.sorted_by
        named = [name for name in self.model.found().columns if name not in _PLACES]
        order = [
            ("", say("explore.tables.own", self.language)),
            *((name, heading(name, self.language)) for name in named),
        ]
        return [
            control("sort", "choice", by, self.language, order),
            control("falling", "toggle", falling, self.language),
        ]

    def _chosen(self) -> list[Shown]:
        """Describe what can be chosen, with what it is set to."""
        model, language = self.model, self.language
        return [
            control(name, "choice", model.chosen(name), language, [(one, self._named(name, one)) for one in values])
            for name, values in model.choices().items()
        ]

    def _named(self, name: str, value: Any) -> str:
        """Name what can be chosen."""
        if value == "":
            return say("explore.none" if name in _COLUMNS else "explore.all", self.language)
        if name in ("view", "unit"):
            return say(f"explore.{name}.{value}", self.language)
        return heading(value, self.language) if name in _COLUMNS else str(value)

    def _pick(self, name: str, value: Any) -> None:
        """Choose what a browser names as text."""
        known = {str(one): one for one in self.model.choices().get(name, [])}
        self.model.choose(name, known.get(str(value), value))

    def _main(self, names: list[str]) -> str:
        """Return the column whose cells open a row: the last that names the row, long texts aside."""
        if "node" in names:
            return "node"
        named = [name for name in self.model.found().attrs.get("rows", {}).get("key", []) if name in names]
        return next((name for name in reversed(named) if name != "text"), names[0] if names else "")

    def _detail(self, opens: str) -> Shown | None:
        """Describe what stands behind the open row."""
        if opens == "article":
            return shown_article(self.model.article(self._open), self.language)
        return self._passages() if opens else None

    def _passages(self) -> Shown:
        """Describe the passages that the open row counts, each with its evidence id."""
        found = self.model.evidence(self._open, _SHOWN)
        total = next((key["rows"] for key in found.attrs["drawn"].values()), len(found))
        pieces: list[Shown] = []
        for row, line_id in zip(found.to_dict("records"), evidence_ids(found), strict=True):
            stated = [row["doc_id"], *(row[name] for name in ("outlet", "date"))]
            pieces.append(_piece(" · ".join([*filter(None, map(cell, stated)), line_id]) + "\n", "place"))
            text, first = row["passage"], int(row["start"]) - int(row["passage_start"])
            last = first + int(row["end"]) - int(row["start"])
            pieces += [_piece(text[:first]), _piece(text[first:last], "node"), _piece(f"{text[last:]}\n\n")]
        told = say("explore.tables.passages", self.language, total=total, shown=len(found))
        title = found["key"].iloc[0] if len(found) else say("explore.tables.evidence", self.language)
        return {"title": title, "facts": [told], "pieces": [one for one in pieces if one["text"]]}


def _piece(text: str, *kinds: str) -> Shown:
    """Describe a stretch of text."""
    return {"text": text, "kinds": list(kinds), "label": ""}
