"""Figures that can be cited: SVG, PDF, PNG and their data, the same bytes each time."""

from __future__ import annotations

import base64
import io
import re
import sys
from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Any, Self

import matplotlib as mpl
import pandas as pd
from matplotlib.axis import Axis
from matplotlib.figure import Figure as Canvas
from matplotlib.text import Text

from kit.errors import ExhibitError
from kit.exhibits import cells, exhibit, notes, pages
from kit.plots.drawing import COLOURS, DPI, MM, WIDTHS, label, new_figure, style, use
from kit.settings import VERSION, Settings, load_settings
from kit.wording import escape, words

__all__ = ["COLOURS", "SCREEN", "WIDTHS", "Figure", "label", "new_figure", "style"]

SCREEN = 5.2  # pixels of a screen for one millimetre: larger than life, so that 7 points are read with ease
_DOCTYPE = re.compile(r"<!DOCTYPE[^>]*>\n")
_RLE = 3  # zlib's run-length strategy: of all of them the one whose result does not depend on the processor


@dataclass(frozen=True, eq=False, repr=False)
class Figure:
    """A figure with an id, a title and an alternative text in two languages, its data, and a note.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Best begun with :func:`new_figure`. Draw matrices with ``pcolormesh``; ``imshow`` puts pixels into the SVG.
    id : str
        Such as ``fig-clusters``; file name, LaTeX label and citation key at once.
    title : mapping
        Keys ``id`` and ``en``. It is not drawn into the figure: a caption stands beside it.
    note : mapping, optional
        Keys ``id`` and ``en``: the researcher's own words, before what `data` says in its ``attrs``.
    data : pandas.DataFrame
        What is drawn, saved as CSV. A copy is taken.
    alt : mapping
        Keys ``id`` and ``en``: what a reader who cannot see the figure must know.

    Raises
    ------
    ExhibitError
        An argument cannot be used; the message names it.

    Examples
    --------
    >>> with style():
    ...     canvas, axes = new_figure()
    ...     line = axes.plot([1, 2], [3, 4])
    >>> words = {"id": "Garis", "en": "A line"}
    >>> Figure(canvas, id="fig-x", title=words, data=pd.DataFrame({"x": [1, 2]}), alt=words)
    Figure('fig-x')

    """

    figure: Canvas
    id: str
    title: Mapping[str, str]
    _: KW_ONLY
    note: Mapping[str, str] | None = None
    data: pd.DataFrame
    alt: Mapping[str, str]
    _made: dict[str, dict[str, bytes]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        """Check the arguments and keep copies of them."""
        if exhibit.kind_of(self.id) != "figure":
            raise ExhibitError(f"id = {self.id!r}", place="kit.Figure", remedy="a figure's id begins with fig-")
        if not isinstance(self.figure, Canvas):
            raise ExhibitError(f"a {type(self.figure).__name__} is no matplotlib figure", place=self.id)
        cells.check_frame(self.data, self.id)
        object.__setattr__(self, "data", self.data.copy())
        object.__setattr__(self, "title", words.both(self.title, "title", self.id))
        object.__setattr__(self, "note", None if self.note is None else words.both(self.note, "note", self.id))
        object.__setattr__(self, "alt", words.both(self.alt, "alt", self.id))

    def __repr__(self) -> str:
        """Name the figure."""
        return f"Figure({self.id!r})"

    def _repr_png_(self) -> bytes:
        """Show the figure in JupyterLab."""
        return self._drawn(load_settings())[f"{self.id}.png"]

    def _repr_html_(self) -> str:
        """Show the figure with its title, note and alternative text in JupyterLab."""
        settings = load_settings()
        words = {"title": self.title, "note": notes.compose(self.note, self.data.attrs), "alt": self.alt}
        return pages.render(
            "picture.html",
            settings.labels,
            id=self.id,
            png=base64.b64encode(self._repr_png_()).decode("ascii"),
            width=round(self._size()[0] * SCREEN),
            **{name: text[settings.labels] for name, text in words.items()},
        )

    def save(self) -> Self:
        """Write all files of the figure, or none, and the sidecar; close the figure.

        Returns
        -------
        Figure
            The figure itself, so that the last line of a cell saves and shows it.

        Raises
        ------
        ExhibitError
            A text in the figure cannot be drawn, or a file cannot be written; what was there is left as it was.

        Examples
        --------
        >>> import os, tempfile
        >>> words = {"id": "Garis", "en": "A line"}
        >>> with style(), tempfile.TemporaryDirectory() as folder:
        ...     os.environ["KIT_STAGE"] = folder
        ...     canvas, axes = new_figure()
        ...     print(Figure(canvas, id="fig-x", title=words, data=pd.DataFrame({"x": [1]}), alt=words).save())
        ...     print(sorted(os.listdir(folder)), os.environ.pop("KIT_STAGE") == folder)
        Figure('fig-x')
        ['fig-x.csv', 'fig-x.json', 'fig-x.pdf', 'fig-x.png', 'fig-x.svg'] True

        """
        settings = load_settings()
        width, height = self._size()
        facts = {
            "title": self.title,
            "note": notes.compose(self.note, self.data.attrs),
            "alt": self.alt,
            "attrs": notes.facts(self.data.attrs),
            "size": {"width_mm": width, "height_mm": height},
            "rows": len(self.data),
            "columns": [words.column(name) for name in self.data.columns],
        }
        exhibit.save(self.id, facts, self.files(settings), settings)
        if "matplotlib.pyplot" in sys.modules:
            sys.modules["matplotlib.pyplot"].close(self.figure)
        return self

    def files(self, settings: Settings | None = None) -> dict[str, bytes]:
        """Make the contents of all files but the sidecar.

        Parameters
        ----------
        settings : Settings, optional
            The project's settings; read from pyproject.toml if left out.

        Returns
        -------
        dict of str to bytes
            Contents by path relative to the folder of figures.

        Examples
        --------
        >>> words = {"id": "Garis", "en": "A line"}
        >>> with style():
        ...     exhibit = Figure(new_figure()[0], id="fig-x", title=words, data=pd.DataFrame({"x": [1]}), alt=words)
        >>> list(exhibit.files())
        ['fig-x.svg', 'fig-x.pdf', 'fig-x.png', 'fig-x.csv']

        """
        drawn = self._drawn(settings or load_settings())
        return {**drawn, f"{self.id}.csv": cells.csv_bytes(self.data, {}, self.id)}

    def _drawn(self, settings: Settings) -> dict[str, bytes]:
        """Draw the figure in each format, once for each language."""
        language = settings.labels
        if language not in self._made:
            self._made[language] = self._draw(language)
        return self._made[language]

    def _draw(self, language: str) -> dict[str, bytes]:
        """Draw the figure in each format."""
        title, alt = escape.visible(self.title[language]), escape.visible(self.alt[language])
        note = escape.visible(notes.compose(self.note, self.data.attrs)[language])
        maker = f"governance-discourse-kit {VERSION}"
        svg = {"Identifier": self.id, "Description": note, "Creator": maker, "Language": language, "Date": None}
        pdf = {"Keywords": self.id, "Subject": note, "Creator": maker, "CreationDate": None}
        png = {"Identifier": self.id, "Description": note, "Software": maker}
        with mpl.rc_context():
            use(tuple(self.figure.get_size_inches()))
            mpl.rcParams["svg.hashsalt"] = self.id
            self._check_texts()
            return {
                f"{self.id}.svg": _described(self._as("svg", {"Title": title, **svg}), self.id, alt),
                f"{self.id}.pdf": self._as("pdf", {"Title": title, **pdf}),
                f"{self.id}.png": self._as("png", {"Title": title, **png}),
            }

    def _as(self, name: str, metadata: Mapping[str, str | None]) -> bytes:
        """Draw the figure in one format."""
        file = io.BytesIO()
        packed: dict[str, Any] = {"pil_kwargs": {"compress_level": 9, "compress_type": _RLE}} if name == "png" else {}
        given = {key: text for key, text in metadata.items() if text != ""}
        self.figure.savefig(file, format=name, dpi=DPI, metadata=given, **packed)
        return file.getvalue()

    def _check_texts(self) -> None:
        """Refuse text that no format can hold, before anything is drawn."""
        ticks = [text for axis in self.figure.findobj(Axis) for text in axis.get_ticklabels(which="both")]
        for text in (*self.figure.findobj(Text), *ticks):
            words = text.get_text()
            if words != escape.visible(words) or "\t" in words or "\r" in words:
                raise ExhibitError(
                    f"the text {words!r} in the figure holds characters that cannot be seen",
                    place=self.id,
                    remedy="write it with kit.words.escape.one_line(text)",
                )

    def _size(self) -> tuple[float, float]:
        """Width and height in mm."""
        width, height = (round(float(inches) * MM, 1) for inches in self.figure.get_size_inches())
        return width, height


def _described(svg: bytes, id: str, alt: str) -> bytes:  # noqa: A002
    """Give an SVG its role and its alternative text, and take out the reference to a DTD elsewhere."""
    text = _DOCTYPE.sub("", svg.decode("utf-8"), count=1)
    text = text.replace("<svg ", f'<svg role="img" aria-labelledby="{id}-title {id}-desc" ', 1)
    description = f'<desc id="{id}-desc">{escape.html(alt)}</desc>'
    text = text.replace("<title>", f'<title id="{id}-title">', 1).replace("</title>", f"</title>\n  {description}", 1)
    return text.encode("utf-8")
