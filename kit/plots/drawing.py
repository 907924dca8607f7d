"""A picture with its data and its alternative text, made together so that they cannot disagree."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.figure import Figure as Canvas

from kit.errors import ExhibitError
from kit.plots.style import DPI, MM, SCREEN, use
from kit.settings import load_settings
from kit.wording import escape, words

_RLE = 3  # zlib's run-length strategy: of all of them the one whose result does not depend on the processor


@dataclass(frozen=True, eq=False, repr=False)
class Drawing:
    """A picture, its data, and a text for readers who cannot see it.

    Parameters
    ----------
    canvas : matplotlib.figure.Figure or None
        The picture, best begun with :func:`kit.plots.style.new_figure`; None where there is nothing to draw.
    data : pandas.DataFrame
        What is drawn, with the facts about it in ``attrs``. A copy is taken.
    alt : mapping
        Keys ``id`` and ``en``, or a remark (:func:`kit.wording.words.remark`): what the picture shows; if there is no
        picture, what is missing for one.

    Raises
    ------
    ExhibitError
        An argument cannot be used; the message names it.

    Examples
    --------
    >>> from kit.plots.style import new_figure, style
    >>> with style():
    ...     canvas, axes = new_figure()
    ...     line = axes.plot([1, 2], [3, 4])
    >>> Drawing(canvas, pd.DataFrame({"x": [1, 2], "y": [3, 4]}), {"en": "A rising line.", "id": "Garis menaik."})
    Drawing(89 × 55 mm, 2 rows: A rising line.)

    """

    canvas: Canvas | None
    data: pd.DataFrame
    alt: Mapping[str, str]

    def __post_init__(self) -> None:
        """Check the arguments and keep copies of them."""
        if self.canvas is not None and not isinstance(self.canvas, Canvas):
            raise ExhibitError(f"a {type(self.canvas).__name__} is no matplotlib figure", place="kit.Drawing")
        if not isinstance(self.data, pd.DataFrame):
            raise ExhibitError(f"data: a {type(self.data).__name__} is no DataFrame", place="kit.Drawing")
        told = isinstance(self.alt, Mapping) and "key" in self.alt
        alt = words.in_both(self.alt) if told else words.both(self.alt, "alt", "kit.Drawing")
        object.__setattr__(self, "data", self.data.copy())
        object.__setattr__(self, "alt", alt)

    def __repr__(self) -> str:
        """Say how large the picture is and what it shows."""
        shown = self.alt[load_settings().labels]
        if self.canvas is None:
            return f"Drawing(nothing to draw: {shown})"
        width, height = self.size
        return f"Drawing({width:.0f} × {height:.0f} mm, {len(self.data)} rows: {shown})"

    def _repr_png_(self) -> bytes | None:
        """Show the picture."""
        return None if self.canvas is None else self.picture("png")

    def _repr_html_(self) -> str:
        """Show the picture with its alternative text, or what is missing for one."""
        shown = escape.html(self.alt[load_settings().labels])
        if self.canvas is None:
            return f"<p>{shown}</p>"
        source = base64.b64encode(self.picture("png")).decode("ascii")
        width = round(self.size[0] * SCREEN)
        look = f"width:{width}px;max-width:100%;height:auto"
        return f'<img src="data:image/png;base64,{source}" alt="{shown}" style="{look}">'

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in mm; 0 where there is nothing to draw."""
        if self.canvas is None:
            return 0.0, 0.0
        width, height = (round(float(inches) * MM, 1) for inches in self.canvas.get_size_inches())
        return width, height

    def picture(
        self, name: str, metadata: Mapping[str, str | None] | None = None, *, salt: str = "kit", dpi: int = DPI
    ) -> bytes:
        """Write the picture in one format: the same bytes each time, on any machine.

        Parameters
        ----------
        name : {"svg", "pdf", "png"}
            The format.
        metadata : mapping, optional
            What matplotlib writes into the file; empty texts are left out.
        salt : str
            What the ids inside an SVG are made from.
        dpi : int
            Dots per inch of a PNG, and of what the others hold as dots.

        Returns
        -------
        bytes
            The file's content.

        Raises
        ------
        ExhibitError
            There is no picture.

        """
        if self.canvas is None:
            raise ExhibitError("there is nothing to draw", place="kit.Drawing")
        file = io.BytesIO()
        packed: dict[str, Any] = {"pil_kwargs": {"compress_level": 9, "compress_type": _RLE}} if name == "png" else {}
        given = {key: text for key, text in (metadata or {}).items() if text != ""}
        with mpl.rc_context():
            use(tuple(self.canvas.get_size_inches()))
            mpl.rcParams["svg.hashsalt"] = salt
            self.canvas.savefig(file, format=name, dpi=dpi, metadata=given, **packed)
        return file.getvalue()
