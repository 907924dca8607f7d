"""The concordance as a screen: its controls, a page of lines, and the article beside one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kit.corpus.selection import UNSTATED
from kit.explore.concordance.article import Article
from kit.explore.concordance.model import KINDS, ConcordanceModel
from kit.explore.screen import Shown, cell, control
from kit.wording.words import heading, say

_SORTS = ("position", "left", "right", "node", "L1", "R1", "R2")
_RANKS = ("collocates", "common words", "concepts")
_SIDES = {"left": "right", "node": "center"}  # how a column is set, if not from the left
_MOST = 40  # values of a column that can be chosen among
_NO_FILTER = ("doc_id", "text", "title", "date", "url", "source", "sha256", "licence", "copy_of", "author", "raw_name")


class ConcordanceScreen:
    """What is seen of a concordance, and what can be done there."""

    def __init__(self, model: ConcordanceModel, language: str) -> None:
        self.model: ConcordanceModel = model
        self.language = language
        self._open = ""
        self._column = ""
        self._columns = self._choices()

    @property
    def actions(self) -> Mapping[str, Callable[[Any], None]]:
        """What can be done, by name."""
        model = self.model
        return {
            "query": lambda text: model.query(str(text), model.asked[1]),
            "kind": lambda kind: model.query(model.asked[0], kind),
            "sort": lambda by: model.sort(*([] if by in ("", "position") else [by])),
            "rank": lambda by: model.rank(by or None),
            "group": lambda by: model.group(by or None),
            "column": self._choose,
            "value": lambda value: model.filter(**{self._column: value}),
            "since": lambda day: model.filter(since=day),
            "until": lambda day: model.filter(until=day),
            "sample": lambda number: model.sample(int(number) if str(number).isdigit() else None),
            "story": lambda on: model.per_story(1 if on else None),
            "page": lambda number: model.page(int(number)),
            "choose": self._select,
            "open": self._read,
        }

    def show(self) -> Shown:
        """Return what is seen now."""
        model, language = self.model, self.language
        lines = model.lines()
        shown: Shown = {"title": say("explore.concordance.title", language), "controls": self._controls()}
        if not len(lines.columns):
            return shown | {"status": say("explore.concordance.start", language), "pin": False}
        names = [name for name in lines.columns if name not in ("start", "end", "line_id", "sentence_no")]
        status = say("explore.concordance.status", language, total=model.total, shown=len(lines), page=model.number + 1)
        if model.selected:
            status += " " + say("explore.concordance.selected", language, n=len(model.selected))
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
        detail = self._article(model.article(self._open)) if self._open in set(lines["line_id"]) else None
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
        every = [("", say("explore.all", language))]
        none = [("", say("explore.none", language))]
        columns = [(name, heading(name, language)) for name in self._columns]
        controls = [
            control("query", "text", text, language),
            control("kind", "choice", kind, language, [(one, say(f"explore.kind.{one}", language)) for one in kinds]),
            control("sort", "choice", sort, language, [(one, say(f"explore.sort.{one}", language)) for one in _SORTS]),
            control(
                "rank", "choice", model.said("rank", "by", None), language,
                none + [(one, say(f"explore.rank.{one.replace(' ', '_')}", language)) for one in ranks],
            ),
            control("group", "choice", model.said("group", "by", None), language, none + columns),
            control("column", "choice", self._column, language, every + columns),
        ]  # fmt: skip
        if self._column:
            values = [(value, value) for value in self._columns[self._column]]
            controls.append(control("value", "choice", model.where.get(self._column), language, every + values))
        return [
            *controls,
            control("since", "date", model.where.get("since"), language),
            control("until", "date", model.where.get("until"), language),
            control("sample", "number", model.said("sample", "number", None), language),
            control("story", "toggle", bool(model.said("per_story", "number", None)), language),
        ]

    def _choices(self) -> dict[str, list[str]]:
        """Return the values of the columns of metadata that have few of them."""
        documents = self.model.corpus.documents
        named = [name for name in documents.columns if name not in _NO_FILTER]
        values = {name: sorted(set(self.model.corpus.group_of(name))) for name in [*named, "year"]}
        return {name: found for name, found in values.items() if found != [UNSTATED] and len(found) <= _MOST}

    def _choose(self, column: Any) -> None:
        """Choose the column to filter by, which lifts the filter by another."""
        if self._column and self._column != column:
            self.model.filter(**{self._column: None})
        self._column = column if column in self._columns else ""

    def _select(self, line_id: Any) -> None:
        """Select a line, or no longer."""
        chosen = self.model.selected
        self.model.select([one for one in chosen if one != line_id] if line_id in chosen else [*chosen, str(line_id)])

    def _read(self, line_id: Any) -> None:
        """Open the article of a line, or close it."""
        self._open = "" if line_id == self._open else str(line_id)

    def _article(self, article: Article) -> Shown:
        """Describe an article, the evidence id of its line first."""
        place = {"line_id": article.line_id, "doc_id": article.doc_id, "start": article.start, "end": article.end}
        about = " · ".join(one for one in (article.outlet, article.date) if one)
        facts = [say("explore.concordance.evidence", self.language, **{name: str(one) for name, one in place.items()})]
        return {
            "title": article.title or article.doc_id,
            "facts": [*facts, *([about] if about else []), say("explore.concordance.legend", self.language)],
            "pieces": [{"text": one.text, "kinds": list(one.kinds), "label": one.label} for one in article.pieces],
        }
