"""An explorer in a notebook: a widget, or a table where the widget library is missing."""

from __future__ import annotations

from typing import Any

import pandas as pd

from kit.explore.page import html
from kit.explore.screen import Screen, Screened
from kit.explore.steps import Model
from kit.explore.widget import widget_of
from kit.wording.words import say


class Explorer:
    """What `kit.explore_concordance` and its like return; a notebook shows it.

    Attributes
    ----------
    model
        What is asked, without a widget: its steps, its table, its code.

    """

    def __init__(self, screen: Screen) -> None:
        self._screened = Screened(screen)
        self._widget: Any = None

    @property
    def model(self) -> Model:
        """What is asked, without a widget."""
        return self._screened.screen.model

    def table(self) -> pd.DataFrame:
        """Return what the exhibit would show, as the kit made it."""
        return self.model.table()

    def code(self) -> str:
        """Return the call that makes the exhibit, as Python."""
        return self.model.code()

    def act(self, name: str, value: Any = None) -> dict[str, Any]:
        """Do what a click or key would do; return what is seen then."""
        return self._screened.act(name, value)

    def __repr__(self) -> str:
        """Say what it explores; no text of the corpus."""
        shown = self._screened.show()
        return f"<{shown['title']}: {shown['problem'] or shown['status']}>"

    def _repr_mimebundle_(self, **_options: Any) -> Any:
        """Show the widget, or the table with a line that names what is missing."""
        try:
            self._widget = self._widget or widget_of(self._screened)
        except ModuleNotFoundError:
            missing = say("explore.missing", self._screened.screen.language)
            return {"text/html": html(self._screened.show(), missing), "text/plain": f"{self!r}\n{missing}"}
        bundle, metadata = self._widget._repr_mimebundle_()
        return {**bundle, "text/plain": repr(self)}, metadata
