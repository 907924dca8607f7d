"""The concordance as a screen: its controls, a page of lines, and the article beside one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kit.explore.article import shown_article
from kit.explore.concordance.model import KINDS, ConcordanceModel
from kit.explore.listing_screen import ListingScreen
from kit.explore.screen import Shown, cell, control
from kit.wording.words import heading, say

_SORTS = ("position", "left", "right", "node", "L1", "R1", "R2")
_RANKS = ("collocates", "common words", "concepts")
_SIDES = {"left": "right", "node": "center"}  # how a column is set, if not from the left


class ConcordanceScreen(ListingScreen):
    """What is seen of a concordance, and what can be done there."""

    def __init__(self, model: ConcordanceModel, language: str) -> None:
        super().__init__(model, language)
        self.model: ConcordanceModel = model

    @property
    def actions(self) -> Mapping[str, Callable[[Any], None]]:
        """What can be done, by name."""
        model = self.model
        return {
            **super().actions,
            "query": lambda text: model.query(str(text), model.asked[1]),
            "kind": lambda kind: model.query(model.asked[0], kind),
            "sort": lambda by: model.sort(*([] if by in ("", "position") else [by])),
            "rank": lambda by: model.rank(by or None),
            "group": lambda by: model.group(by or None),
            "sample": lambda number: model.sample(int(number) if str(number).isdigit() else None),
            "story": lambda on: model.per_story(1 if on else None),
        }

    def show(self) -> Shown:
        """Return what is seen now."""
        model, language = self.model, self.language
        lines = model.lines()
        shown: Shown = {"title": say("explore.concordance.title", language), "controls": self._controls()}
        if not len(lines.columns):
            return shown | {"status": say("explore.concordance.start", language), "pin": False}
        names = [name for name in lines.columns if name not in ("start", "end", "line_id", "sentence_no")]
        status = self._status("explore.concordance.status", total=model.total, shown=len(lines))
        rows = [
            {"id": line_id, "cells": [cell(value) for value in row], "chosen": line_id in model.selected}
            for line_id, row in zip(lines["line_id"], lines[names].itertuples(index=False, name=None), strict=True)
        ]
        columns = [
            {"name": name, "heading": heading(name, language), "side": _SIDES.get(name, "left")} for name in names
        ]
        page = {
            "number": model.number,
            "more": len(lines) >= model.size and model.total > (model.number + 1) * model.size,
        }
        detail = shown_article(model.article(self._open), language) if self._open in set(lines["line_id"]) else None
        return shown | {
            "status": status, "columns": columns, "rows": rows, "selectable": True, "page": page, "detail": detail,
        }  # fmt: skip

    def _controls(self) -> list[Shown]:
        """Describe the controls with what they are set to."""
        model, language = self.model, self.language
        text, kind = model.asked
        kinds = [one for one in KINDS if one != "concept" or model.codebook is not None]
        ranks = [one for one in _RANKS if one != "concepts" or model.codebook is not None]
        sort = (model.said("sort", "by", []) or ["position"])[0]
        none = [("", say("explore.none", language))]
        columns = [(name, heading(name, language)) for name in self._columns]
        return [
            control("query", "text", text, language),
            control("kind", "choice", kind, language, [(one, say(f"explore.kind.{one}", language)) for one in kinds]),
            control("sort", "choice", sort, language, [(one, say(f"explore.sort.{one}", language)) for one in _SORTS]),
            control(
                "rank", "choice", model.said("rank", "by", None), language,
                none + [(one, say(f"explore.rank.{one.replace(' ', '_')}", language)) for one in ranks],
            ),
            control("group", "choice", model.said("group", "by", None), language, none + columns),
            *self._filters(),
            control("sample", "number", model.said("sample", "number", None), language),
            control("story", "toggle", bool(model.said("per_story", "number", None)), language),
        ]  # fmt: skip
