"""What the figures of topics have in common: their words in English (en) and Indonesian (id), and a line for none."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.figure import Figure as Canvas

from kit.errors import ExhibitError
from kit.plots.drawing import label, new_figure
from kit.settings import LANGUAGES
from kit.wording import escape

Words = dict[str, str]

SHARE: Words = {"en": "mean weight over stories", "id": "rerata bobot antarberita"}
NONE: Words = {"en": "There are no topics; the note says why.", "id": "Tidak ada topik; catatan menerangkan sebabnya."}
_LINE = 9.0  # mm
_NEEDED = ("group", "topic", "label", "share", "low", "high", "stories")


def check_shares(shares: pd.DataFrame, place: str) -> None:
    """Refuse a table that is no table of shares by group.

    Parameters
    ----------
    shares : DataFrame
    place : str
        Name of the figure, for the error.

    Raises
    ------
    ExhibitError
        A column is missing.

    """
    missing = [name for name in _NEEDED if name not in shares.columns]
    if missing:
        raise ExhibitError(
            f"the table has no column {missing[0]!r}", place=place, remedy="use kit.topic_shares(topics, corpus, by=…)"
        )


def line_figure(words: Words) -> Canvas:
    """Say in one line why there is nothing to draw.

    Parameters
    ----------
    words : dict of language to str

    Returns
    -------
    matplotlib.figure.Figure
        183 mm wide and one line high.

    """
    figure, axes = new_figure("double", _LINE)
    axes.set_axis_off()
    axes.text(0, 1, label(words), va="top", transform=axes.transAxes)
    return figure


def named(topic: int, name: str, wrap: int) -> str:
    r"""Write a topic's number and label, on as many lines as it takes.

    Parameters
    ----------
    topic : int
    name : str
    wrap : int
        Characters of a line.

    Returns
    -------
    str

    Examples
    --------
    >>> named(2, "harga, beras, pasar", 12)
    '2 harga,\nberas, pasar'

    """
    return textwrap.fill(f"{topic} {escape.one_line(name)}", wrap)


def percent(share: float) -> str:
    """Write a share in whole per cent.

    Parameters
    ----------
    share : float

    Returns
    -------
    str

    Examples
    --------
    >>> percent(0.125), percent(0.5)
    ('12 %', '50 %')

    """
    # Rounded half to even, after the last bits are gone.
    return f"{round(float(f'{100 * share:.9g}'))} %"


def with_remarks(attrs: Mapping[str, Any], *remarks: Words) -> dict[str, Any]:
    """Return the facts of a table with remarks of the figure added.

    Parameters
    ----------
    attrs : mapping
    *remarks : dict of language to str

    Returns
    -------
    dict

    """
    return {**attrs, "remarks": [*attrs.get("remarks", ()), *remarks]}


def in_both(words: Mapping[str, str], **values: Mapping[str, str] | str | int) -> Words:
    """Fill in what stands in braces, in both languages.

    Parameters
    ----------
    words : mapping of language to str
    **values
        The same in both languages, or a mapping of language to str.

    Returns
    -------
    dict of language to str

    Examples
    --------
    >>> in_both({"en": "{n} topics", "id": "{n} topik"}, n=3)
    {'en': '3 topics', 'id': '3 topik'}

    """
    return {
        language: words[language].format(
            **{name: value[language] if isinstance(value, Mapping) else value for name, value in values.items()}
        )
        for language in LANGUAGES
    }
