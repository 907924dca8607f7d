"""The widget: a screen in JupyterLab, shown by one script of its own, which asks nobody but the kernel.

What is seen goes to the browser in messages, never in the widget's state: a saved notebook holds no text of the corpus.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kit.explore.screen import Screened

_HERE = Path(__file__).parent


def widget_of(screened: Screened) -> Any:
    """Make the widget of a screen; raises ImportError where the widget library is missing."""
    import anywidget  # noqa: PLC0415 - an extra

    class Explorer(anywidget.AnyWidget):
        _esm = (_HERE / "widget.js").read_text(encoding="utf-8")
        _css = (_HERE / "widget.css").read_text(encoding="utf-8")

    made = Explorer()

    def answer(_widget: Any, asked: Any, _buffers: Any) -> None:
        made.send(screened.act(str(asked.get("do", "")), asked.get("value")) | {"answers": asked.get("number")})

    made.on_msg(answer)
    return made
