"""Topics as a screen: their tables, and the intrusion test in place of a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kit.explore.coding.screen import CodingScreen
from kit.explore.screen import Shown
from kit.explore.tables.screen import TableScreen
from kit.explore.tables.topics import TopicsModel
from kit.wording.words import say


class TopicsScreen(TableScreen):
    """What is seen of topics, and what can be done there."""

    def __init__(self, model: TopicsModel, language: str) -> None:
        super().__init__(model, language)
        self._topics = model

    @property
    def actions(self) -> Mapping[str, Callable[[Any], None]]:
        """What can be done, by name."""
        asked = {**self._questions.actions, "undo": lambda _: self._topics.test.undo()} if self._tests else {}
        return {**super().actions, **asked}

    def show(self) -> Shown:
        """Return what is seen now; scores of the test only when all is answered."""
        if not self._tests:
            return super().show()
        test = self._topics.test
        asked = self._questions.show()
        scored = super().show() if test.done == len(test) else {}
        title = say("explore.topics.title", self.language)
        return scored | asked | {"title": title, "controls": self._chosen() + asked["controls"], "pin": bool(scored)}

    @property
    def _tests(self) -> bool:
        """Whether the intrusion test is chosen."""
        return bool(self._topics.chosen("view") == "intrusion")

    @property
    def _questions(self) -> CodingScreen:
        """The questions of the test as a screen."""
        return CodingScreen(self._topics.test, self.language)
