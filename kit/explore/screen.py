"""What a screen shows of an explorer, as plain data: a widget and a table are two views of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from kit.errors import KitError, QueryError
from kit.explore.steps import Model
from kit.wording.words import say

Shown = dict[str, Any]
#: Words that every screen has.
_WORDS = ("undo", "pin", "copy", "code", "back", "next", "choose", "article", "waiting")


class Screen(Protocol):
    """An explorer as it is seen: what it shows, and what can be done there."""

    @property
    def model(self) -> Model:
        """What is asked."""

    @property
    def language(self) -> str:
        """Of the words that are seen."""

    def show(self) -> Shown:
        """Return what is seen now."""

    @property
    def actions(self) -> Mapping[str, Callable[[Any], None]]:
        """What can be done, by name."""


class Screened:
    """What all screens do alike: take an action, and tell what went wrong in words instead of a traceback."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen
        self.pinned = False

    def show(self, problem: str = "") -> Shown:
        """Return what is seen now, with the words of the controls that every screen has."""
        language = self.screen.language
        try:
            shown = self.screen.show()
            code = self.screen.model.code() if self.pinned else ""
        except KitError as error:
            self.pinned = False
            return self.show(str(error)) if not problem else blank("", language, problem=problem)
        words = {name: say(f"explore.{name}", language) for name in _WORDS}
        return {**blank(shown["title"], language), **shown, "problem": problem, "code": code, "words": words}

    def act(self, name: str, value: Any = None) -> Shown:
        """Do what was asked for; return what is seen then."""
        self.pinned = name == "pin" or (self.pinned and name in ("open", "show"))
        if name in ("show", "pin"):
            return self.show()
        actions: Mapping[str, Callable[[Any], None]] = {
            "undo": lambda _: self.screen.model.undo(),
            **self.screen.actions,
        }
        try:
            if name not in actions:
                raise QueryError(f"there is no action {name!r}", remedy="use one of " + ", ".join(actions))
            actions[name](value)
        except KitError as error:
            return self.show(str(error))
        return self.show()


def blank(title: str, language: str, **given: Any) -> Shown:
    """Return a screen on which nothing is seen yet."""
    empty: Shown = {"title": title, "language": language, "controls": [], "status": "", "notes": [], "problem": ""}
    empty |= {"columns": [], "rows": [], "selectable": False, "page": None, "detail": None, "keys": {}, "code": ""}
    return {**empty, "pin": True, "words": {}, **given}


def control(name: str, kind: str, value: Any, language: str, options: Sequence[tuple[str, str]] = ()) -> Shown:
    """Describe a control: text, choice, date, number or toggle; its label is a word of the explorers."""
    label = say(f"explore.control.{name}", language)
    shown = "" if value is None else value
    return {"name": name, "kind": kind, "label": label, "value": shown, "options": [list(one) for one in options]}


def cell(value: Any) -> str:
    """Write a cell; what is missing is empty."""
    return "" if value is None or value != value else str(value)  # noqa: PLR0124 - NaN is not itself
