"""The style figures are drawn in: a journal's widths, one font, colours told apart by every eye."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any

import matplotlib as mpl
from cycler import cycler
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import ScalarFormatter

from kit.errors import ExhibitError
from kit.settings import load_settings
from kit.wording import words
from kit.wording.numerals import decimal, grouped
from kit.wording.words import say

WIDTHS = {"single": 89.0, "double": 183.0}  # mm: one and two columns of a journal's page
# Okabe and Ito (2008), "Color Universal Design": told apart by all kinds of colour vision.
COLOURS = {
    "blue": "#0072B2",
    "vermillion": "#D55E00",
    "green": "#009E73",
    "purple": "#CC79A7",
    "orange": "#E69F00",
    "sky": "#56B4E9",
    "yellow": "#F0E442",
    "black": "#000000",
}
MM = 25.4  # in an inch
DPI = 300
SCREEN = 5.2  # pixels of a screen for one millimetre: larger than life, so that 7 points are read with ease
_GOLDEN = 0.618  # height to width where no height is given
_INK, _RULE = "0.1", "0.35"

_STYLE: Any = {
    "timezone": "UTC",
    "date.epoch": "1970-01-01T00:00:00",
    "figure.dpi": 100,
    "figure.constrained_layout.use": True,
    "figure.constrained_layout.h_pad": 0.02,
    "figure.constrained_layout.w_pad": 0.02,
    "savefig.dpi": DPI,
    "font.family": ["sans-serif"],
    "font.sans-serif": ["DejaVu Sans", "Verdana", "sans-serif"],
    "font.size": 7,
    "axes.titlesize": 8,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": 7,
    "xtick.labelsize": 6.5,
    "ytick.labelsize": 6.5,
    "legend.fontsize": 6.5,
    "legend.frameon": False,
    "text.color": _INK,
    "text.parse_math": False,
    "axes.labelcolor": _INK,
    "axes.edgecolor": _RULE,
    "axes.linewidth": 0.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": False,
    "axes.axisbelow": True,
    "axes.prop_cycle": cycler(color=list(COLOURS.values())),
    "xtick.color": _RULE,
    "ytick.color": _RULE,
    "xtick.labelcolor": _INK,
    "ytick.labelcolor": _INK,
    "xtick.major.width": 0.5,
    "ytick.major.width": 0.5,
    "xtick.major.size": 2.5,
    "ytick.major.size": 2.5,
    "xtick.minor.width": 0.4,
    "ytick.minor.width": 0.4,
    "lines.linewidth": 1.0,
    "lines.markersize": 4,
    "patch.linewidth": 0.5,
    "image.cmap": "cividis",
    "svg.fonttype": "none",
    "pdf.fonttype": 42,
    "pdf.compression": 0,
}


@contextlib.contextmanager
def style(width: str = "single") -> Iterator[None]:
    """Draw in the kit's style for a while, whatever the machine's matplotlib is set to."""
    inches = _inches(width, None)
    with mpl.rc_context():
        use(inches)
        yield


def new_figure(width: str = "single", height: float | None = None) -> tuple[Canvas, Axes]:
    """Start a figure with one pair of axes in the kit's style.

    What is drawn on the axes later takes its line widths and colours from matplotlib's settings at that time.
    So this sets the kit's style for the rest of the process, as ``matplotlib.style.use`` would; inside
    ``with style():`` the former settings come back at its end.
    Text is taken as it is: a dollar sign is a dollar sign, not mathematics.
    """
    inches = _inches(width, height)
    use(inches)
    figure = Canvas(figsize=inches)
    axes = figure.add_subplot()
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(_Numbers(load_settings().labels))
        axis.isDefault_majfmt = True  # names of categories may still take its place
    return figure, axes


def label(text: str | Mapping[str, str]) -> str:
    """Choose the words for an axis or a legend in the language of the labels."""
    language = load_settings().labels
    return words.heading(text, language) if isinstance(text, str) else words.both(text, "label", "figure")[language]


def word(key: str, /, **values: Any) -> str:
    """Say a text of the kit's data files in the language of the labels."""
    return say(key, load_settings().labels, **values)


class _Numbers(ScalarFormatter):
    """Numbers on an axis with the marks of a language."""

    def __init__(self, language: str) -> None:
        super().__init__(useOffset=False, useMathText=False, useLocale=False)
        self._language = language
        self._grouped = False

    def format_ticks(self, values: Any) -> list[str]:
        """Write the numbers of an axis, all with their thousands marked or none."""
        self._grouped = grouped(values)
        return list(super().format_ticks(values))

    def __call__(self, x: float, pos: int | None = None) -> str:
        """Write one number, with as many decimals as the others on the axis."""
        decimals = len(str(super().__call__(x, pos)).partition(".")[2])
        return decimal(x, decimals, self._language, grouped=self._grouped)


def use(inches: tuple[float, float]) -> None:
    """Set matplotlib's own defaults and then the kit's, for the rest of the process."""
    mpl.rcdefaults()
    mpl.rcParams.update(_STYLE)
    mpl.rcParams["figure.figsize"] = inches


def _inches(width: str, height: float | None) -> tuple[float, float]:
    """Turn a width's name and a height in mm into inches."""
    if width not in WIDTHS:
        raise ExhibitError(f"width = {width!r}", place="figure", remedy="use one of " + ", ".join(WIDTHS))
    if height is not None and not height > 0:
        raise ExhibitError(f"height = {height!r}", place="figure", remedy="give millimetres, more than 0")
    millimetres = WIDTHS[width]
    return millimetres / MM, (millimetres * _GOLDEN if height is None else height) / MM
