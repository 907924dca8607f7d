"""Coding as a screen: a passage, a question, three keys, a note, how far one has got."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kit.explore.coding.model import CodingModel
from kit.explore.screen import Shown, control
from kit.wording.words import say

_UNDO = "z"


class CodingScreen:
    """What is seen of an item, and what can be done there."""

    def __init__(self, model: CodingModel, language: str) -> None:
        self.model: CodingModel = model
        self.language = language
        self._answers = model.sheet.answers(language=language)
        self._keys = {answer[0]: answer for answer in self._answers}

    @property
    def actions(self) -> Mapping[str, Callable[[Any], None]]:
        """What can be done, by name."""
        model = self.model
        return {
            "answer": lambda key: model.answer(self._keys.get(str(key), str(key))),
            "note": lambda text: model.note(str(text)),
            "page": lambda number: model.go(int(number)),
        }

    def show(self) -> Shown:
        """Return what is seen now."""
        model, language = self.model, self.language
        question, *rules = model.sheet.question(model.item["code"], language=language).split("\n")
        here = {"done": model.done, "all": len(model), "here": model.here + 1, "file": model.file.name}
        status = say("explore.coding.status", language, **here)
        if model.value:
            status += " " + say("explore.coding.answered", language, value=self._answers[model.value])
        kinds = (("preceding", ["furniture"]), ("passage", ["passage"]), ("following", ["furniture"]))
        pieces = [
            {"text": f"{model.item[name]}\n", "kinds": kind, "label": ""}
            for name, kind in kinds
            if model.item.get(name)
        ]
        alone = "preceding" in model.item  # a sentence among others
        facts = [*rules, *([say("explore.coding.guide", language)] if alone else [])]
        keys = {key: ["answer", f"{self._answers[answer]} ({key})"] for key, answer in self._keys.items()}
        return {
            "title": say("explore.coding.title", language, coder=model.coder),
            "controls": [control("note", "line", "", language)],
            "status": status,
            "detail": {"title": question, "facts": facts, "pieces": pieces},
            "keys": {**keys, _UNDO: ["undo", f"{say('explore.undo', language)} ({_UNDO})"]},
            "page": {"number": model.here, "more": model.here + 1 < len(model)},
            "pin": False,
        }
