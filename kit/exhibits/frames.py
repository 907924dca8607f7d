"""A frame with the kit's facts as a notebook or a prompt shows it: with its remarks, and a concordance line by line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import markupsafe
import pandas as pd

from kit.corpus.facts import finding
from kit.exhibits.cells import PLACES
from kit.exhibits.formats.html import render
from kit.settings import load_settings
from kit.wording import escape, words

_LINE = ("left", "node", "right")
_VIEW = 100  # lines of a concordance in a notebook
_SIDE = 24  # characters on either side of a node at a prompt
_CUT = "..."  # as pandas marks a text that it cuts
_PRECISION = 6  # decimals that pandas shows unless it is told otherwise
_HEAD = re.compile(r"<thead>.*?</thead>", re.DOTALL)


def is_ours(frame: pd.DataFrame) -> bool:
    """Tell whether a frame carries facts of the kit."""
    return isinstance(frame.attrs.get("call"), Mapping)


def html(frame: pd.DataFrame) -> str | None:
    """Show a frame in a notebook: as pandas does, but narrower, its headings wrapped; text is never mathematics.

    None where pandas is set to show no HTML.
    """
    usual = _narrow(frame)
    if usual is None:
        return None
    language = load_settings().labels
    told = {"remarks": remarks(frame, language), "more": ""}
    if not _is_concordance(frame):
        headed = _HEAD.sub(lambda head: head[0].replace("_", "_<wbr>"), usual, count=1)
        # pandas has escaped what it shows
        return render("frame.html", language, table=markupsafe.Markup(headed), **told)  # noqa: S704
    if len(frame) > _VIEW:
        told["more"] = words.say("pages.more", language, shown=_VIEW, all=len(frame))
    return render("lines.html", language, columns=list(frame.columns), lines=_lines(frame.head(_VIEW)), **told)


def text(frame: pd.DataFrame) -> str:
    """Show a frame at a prompt: as pandas does, but what stands round a node is cut at its far end, never the node."""
    shown = repr(frame)
    if _is_concordance(frame):
        left = [_CUT + one[-_SIDE:] if len(one) > _SIDE else one for one in map(_cell, frame["left"])]
        right = [one[:_SIDE] + _CUT if len(one) > _SIDE else one.ljust(_SIDE) for one in map(_cell, frame["right"])]
        with pd.option_context("display.max_columns", None):
            shown = repr(frame.assign(left=left, right=right))
    return "\n".join([shown, *map(escape.visible, remarks(frame, load_settings().labels))])


def _narrow(frame: pd.DataFrame) -> str | None:
    """Let pandas show a frame, with the decimals of the kit's exhibits unless the user has set another number."""
    usual = pd.get_option("display.precision") == _PRECISION
    with pd.option_context("display.precision", PLACES if usual else pd.get_option("display.precision")):
        shown: str | None = frame._repr_html_()
    return shown


def _is_concordance(frame: pd.DataFrame) -> bool:
    """Tell whether a frame has nodes with what stands before and after them."""
    return frame.columns.is_unique and set(_LINE) <= set(frame.columns)


def _lines(frame: pd.DataFrame) -> list[tuple[str, list[tuple[str, str]]]]:
    """Write the rows of a concordance: the name of each, and its cells with their columns."""
    return [
        (str(name), [(column, _cell(value)) for column, value in zip(frame.columns, row, strict=True)])
        for name, row in zip(frame.index, frame.itertuples(index=False, name=None), strict=True)
    ]


def _cell(value: Any) -> str:
    """Write one cell; a missing one is empty."""
    return "" if pd.api.types.is_scalar(value) and pd.isna(value) else str(value)


def remarks(frame: pd.DataFrame, language: str) -> list[str]:
    """Tell what a reader of the numbers must know; nothing where they are no longer the kit's."""
    if finding(frame).problem:
        return []
    said = [*frame.attrs.get("remarks", ()), *([frame.attrs["missing"]] if frame.attrs.get("missing") else [])]
    return [words.tell(one, language).strip() for one in said]
