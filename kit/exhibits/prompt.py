"""Frames at IPython's prompt and in notebooks: those with the kit's facts are shown by the kit, all others as ever."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def register() -> None:
    """Tell the IPython that runs, if one does, how frames are shown; a formatter of the user's own comes first."""
    shell = sys.modules["IPython"].get_ipython()
    if shell is None:
        return
    formatters = shell.display_formatter.formatters
    for kind, show in (("text/html", _html), ("text/plain", _plain)):
        formatters[kind].for_type_by_name("pandas", "DataFrame", show)


def _html(frame: pd.DataFrame) -> str | None:
    """Show a frame in a notebook."""
    from kit.exhibits import frames  # noqa: PLC0415 - kit is imported long before the first frame is shown

    return frames.html(frame) if frames.is_ours(frame) else frame._repr_html_()


def _plain(frame: pd.DataFrame, printer: Any, _cycle: bool) -> None:
    """Show a frame at a prompt."""
    from kit.exhibits import frames  # noqa: PLC0415

    lines = frames.text(frame) if frames.is_ours(frame) else repr(frame)
    for number, line in enumerate(lines.splitlines()):
        if number:
            printer.break_()
        printer.text(line)
