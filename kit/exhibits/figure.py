"""Figures that can be cited: SVG, PDF, PNG and their data, the same bytes each time."""

from __future__ import annotations

import base64
import re
import sys
from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field, replace
from typing import Any, Self

import pandas as pd
from matplotlib.axis import Axis
from matplotlib.figure import Figure as Canvas
from matplotlib.text import Text

from kit.errors import ExhibitError
from kit.exhibits import cells, exhibit, notes, sources
from kit.exhibits.formats import csv, html
from kit.exhibits.grid import Grid
from kit.plots.drawing import Drawing
from kit.plots.style import DPI, SCREEN
from kit.settings import EXCEL, Settings, __version__, load_settings
from kit.wording import escape, words

_DOCTYPE = re.compile(r"<!DOCTYPE[^>]*>\n")


@dataclass(frozen=True, eq=False, repr=False)
class Figure:
    """A drawing with an id, a title in two languages, and a note.

    Parameters
    ----------
    drawing : Drawing or matplotlib.figure.Figure
        From a ``kit.plot_…`` function; or a figure of your own, best begun with :func:`kit.plots.style.new_figure`,
        with `data` and `alt`. Draw matrices with ``pcolormesh``; ``imshow`` puts pixels into the SVG. A drawing that
        has nothing to show becomes a line of ``figures/index.html`` that says what is missing.
    id : str
        Such as ``fig-clusters``: the file name, LaTeX label and citation key.
    title : mapping
        Keys ``id`` and ``en``. It is not drawn into the figure: a caption stands beside it.
    note : mapping, optional
        Keys ``id`` and ``en``: your own words, placed before what the ``attrs`` of the data say.
    data : pandas.DataFrame, optional
        For a figure of your own: what is drawn, saved as CSV. A copy is taken.
    alt : mapping, optional
        For a figure of your own: keys ``id`` and ``en``, a text for readers who cannot see the figure.
    about : Corpus, PartedCorpus, Codebook, or table or result of the kit, optional
        What the figure is about. Needed if its data were put together outside the kit, as for `kit.Table`.

    Raises
    ------
    ExhibitError
        An argument cannot be used; the message names it. Or the data are not as the kit made them, and `about` is left
        out.

    Examples
    --------
    >>> import kit
    >>> from kit.plots.style import new_figure, style
    >>> corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": ["ASN melayani warga."]}), clean=False)
    >>> terms = kit.term_frequencies(corpus)
    >>> with style():
    ...     canvas, axes = new_figure()
    ...     bars = axes.bar(terms["term"], terms["count"])
    >>> words = {"id": "Bentuk", "en": "Forms"}
    >>> Figure(canvas, id="fig-x", title=words, data=terms, alt=words)
    Figure('fig-x')

    """

    drawing: Drawing | Canvas
    id: str
    title: Mapping[str, str]
    _: KW_ONLY
    note: Mapping[str, str] | None = None
    data: pd.DataFrame | None = None
    alt: Mapping[str, str] | None = None
    about: Any = None
    _drawing: Drawing = field(init=False)
    _made: dict[tuple[str, int], dict[str, bytes]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        """Check the arguments and keep copies of them."""
        if exhibit.kind_of(self.id) != "figure":
            raise ExhibitError(f"id = {self.id!r}", place="kit.Figure", remedy="a figure's id begins with fig-")
        drawing = self.drawing
        if not isinstance(drawing, Drawing):
            if not isinstance(drawing, Canvas):
                raise ExhibitError(f"a {type(drawing).__name__} is no drawing and no matplotlib figure", place=self.id)
            cells.check_frame(self.data, self.id)
            drawing = Drawing(drawing, self.data, words.both(self.alt, "alt", self.id))
        elif self.data is not None or self.alt is not None:
            raise ExhibitError("a drawing has its data and alt", place=self.id, remedy="leave data= and alt= out")
        cells.check_frame(drawing.data, self.id)
        data = drawing.data.copy(deep=False)
        data.attrs = sources.facts_of(data, self.about, self.id)
        object.__setattr__(self, "_drawing", replace(drawing, data=data))
        object.__setattr__(self, "title", words.both(self.title, "title", self.id))
        object.__setattr__(self, "note", None if self.note is None else words.both(self.note, "note", self.id))

    def __repr__(self) -> str:
        """Name the figure."""
        return f"Figure({self.id!r})"

    def _repr_png_(self) -> bytes | None:
        """Show the figure in JupyterLab."""
        return None if self._drawing.canvas is None else self._drawn(load_settings())[f"{self.id}.png"]

    def _repr_html_(self) -> str:
        """Show the figure with its title, note and alternative text in JupyterLab."""
        settings = load_settings()
        png = self._repr_png_()
        if png is None:
            return html.missing(self.id, self.title, self._drawing.alt, settings.labels)
        told = {"title": self.title, "note": self._note, "alt": self._drawing.alt}
        return html.render(
            "picture.html",
            settings.labels,
            id=self.id,
            png=base64.b64encode(png).decode("ascii"),
            width=round(self._drawing.size[0] * SCREEN),
            **{name: text[settings.labels] for name, text in told.items()},
        )

    def save(self) -> Self:
        """Write all files of the figure, or none, and the sidecar; close the figure.

        Returns
        -------
        Figure
            The figure itself, so that the last line of a cell saves and shows it. Where there is nothing to draw, only
            the sidecar is written, with the reason, and files of an earlier run are removed.

        Raises
        ------
        ExhibitError
            A text in the figure cannot be drawn, or a file cannot be written; existing files are left as they were.

        Examples
        --------
        >>> import os, tempfile
        >>> from kit.plots.style import new_figure, style
        >>> import kit
        >>> words, book, data = {"id": "Garis", "en": "A line"}, kit.load_codebook(), pd.DataFrame({"x": [1]})
        >>> with style(), tempfile.TemporaryDirectory() as folder:
        ...     os.environ["KIT_STAGE"] = folder
        ...     canvas, axes = new_figure()
        ...     print(Figure(canvas, id="fig-x", title=words, data=data, alt=words, about=book).save())
        ...     print(sorted(os.listdir(folder)), os.environ.pop("KIT_STAGE") == folder)
        Figure('fig-x')
        ['fig-x.csv', 'fig-x.json', 'fig-x.pdf', 'fig-x.png', 'fig-x.svg'] True

        """
        settings, drawing = load_settings(), self._drawing
        if drawing.canvas is None:
            exhibit.save_missing(self.id, self.title, drawing.alt, notes.facts(drawing.data.attrs), settings)
            return self
        width, height = drawing.size
        facts = {
            "title": self.title,
            "note": self._note,
            "alt": drawing.alt,
            "attrs": notes.facts(drawing.data.attrs),
            "size": {"width_mm": width, "height_mm": height},
            "rows": len(drawing.data),
            "columns": [words.column(name) for name in drawing.data.columns],
        }
        exhibit.save(self.id, facts, self.files(settings), settings)
        if "matplotlib.pyplot" in sys.modules:
            sys.modules["matplotlib.pyplot"].close(drawing.canvas)
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
            Contents by path relative to the folder of figures; none where there is nothing to draw.

        Examples
        --------
        >>> from kit.plots.style import new_figure, style
        >>> import kit
        >>> words, book, data = {"id": "Garis", "en": "A line"}, kit.load_codebook(), pd.DataFrame({"x": [1]})
        >>> with style():
        ...     exhibit = Figure(new_figure()[0], id="fig-x", title=words, data=data, alt=words, about=book)
        >>> list(exhibit.files())
        ['fig-x.svg', 'fig-x.pdf', 'fig-x.png', 'fig-x.csv']

        """
        if self._drawing.canvas is None:
            return {}
        settings = settings or load_settings()
        grid = Grid.of(self._drawing.data, id=self.id)
        made = {**self._drawn(settings), f"{self.id}.csv": csv.write(grid)}
        return made | ({f"{EXCEL}/{self.id}.csv": csv.write_excel(grid)} if settings.csv == "excel" else {})

    @property
    def _note(self) -> dict[str, str]:
        """The note in both languages."""
        return notes.compose(self.note, self._drawing.data.attrs)

    def _drawn(self, settings: Settings) -> dict[str, bytes]:
        """Draw the figure in each format, once for each language and number of dots."""
        asked = settings.labels, settings.dpi
        if asked not in self._made:
            self._made[asked] = self._draw(*asked)
        return self._made[asked]

    def _draw(self, language: str, dpi: int) -> dict[str, bytes]:
        """Draw the figure in each format."""
        title, alt = escape.visible(self.title[language]), escape.visible(self._drawing.alt[language])
        note = escape.visible(self._note[language])
        maker = f"governance-discourse-kit {__version__}"
        svg = {"Identifier": self.id, "Description": note, "Creator": maker, "Language": language, "Date": None}
        pdf = {"Keywords": self.id, "Subject": note, "Creator": maker, "CreationDate": None}
        png = {"Identifier": self.id, "Description": note, "Software": maker}
        self._check_texts()
        drawn = {
            name: self._drawing.picture(name, {"Title": title, **metadata}, salt=self.id, dpi=dots)
            for name, metadata, dots in (("svg", svg, DPI), ("pdf", pdf, DPI), ("png", png, dpi))
        }
        drawn["svg"] = _described(drawn["svg"], self.id, alt)
        return {f"{self.id}.{name}": content for name, content in drawn.items()}

    def _check_texts(self) -> None:
        """Refuse text that no format can hold, before anything is drawn."""
        canvas = self._drawing.canvas
        assert canvas is not None
        ticks = [text for axis in canvas.findobj(Axis) for text in axis.get_ticklabels(which="both")]
        for text in (*canvas.findobj(Text), *ticks):
            shown = text.get_text()
            if shown != escape.visible(shown) or "\t" in shown or "\r" in shown:
                raise ExhibitError(
                    f"the text {shown!r} in the figure holds characters that cannot be seen",
                    place=self.id,
                    remedy="write it with kit.wording.escape.one_line(text)",
                )


def _described(svg: bytes, id: str, alt: str) -> bytes:  # noqa: A002
    """Give an SVG its role and its alternative text, and take out the reference to a DTD elsewhere."""
    text = _DOCTYPE.sub("", svg.decode("utf-8"), count=1)
    text = text.replace("<svg ", f'<svg role="img" aria-labelledby="{id}-title {id}-desc" ', 1)
    description = f'<desc id="{id}-desc">{escape.html(alt)}</desc>'
    text = text.replace("<title>", f'<title id="{id}-title">', 1).replace("</title>", f"</title>\n  {description}", 1)
    return text.encode("utf-8")
