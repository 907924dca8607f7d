"""The files of an exhibit, in the order in which they are listed: the one place where a format is named.

What a format is called is known at once; what writes it, and pandas with it, is loaded when something is written, since
a build that has nothing to do only asks for names.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kit.exhibits.grid import Grid

Writer = Callable[["Grid"], bytes]


@dataclass(frozen=True)
class Format:
    """A file of a table.

    Parameters
    ----------
    ending, name : str
        Of the file, behind the table's id; and what it is called.
    view : {"all", "shown", "compact"}
        What it is given: the table as it is, for machines; the rows and columns for readers; or a selection of them.

    """

    ending: str
    name: str
    view: str = "shown"

    @property
    def write(self) -> Writer:
        """What makes the file of a grid."""
        return _writers()[self.ending][0]

    @property
    def entries(self) -> Writer:
        """The same of a table whose rows are set as entries."""
        return _writers()[self.ending][1]


FORMATS = (
    Format("csv", "CSV", "all"),
    Format("xlsx", "XLSX", "all"),
    Format("tex", "LaTeX (tabular)"),
    Format("float.tex", "LaTeX (float)"),
    Format("compact.tex", "LaTeX (compact)", "compact"),
    Format("docx", "DOCX"),
    Format("md", "Markdown"),
    Format("html", "HTML"),
)
#: Endings and names of the files of a figure; its data beside it are CSV.
PICTURES = {"svg": "SVG", "pdf": "PDF", "png": "PNG"}


@functools.cache
def _writers() -> dict[str, tuple[Writer, Writer]]:
    """Load what writes each format: a table row by row, and one whose rows are set as entries."""
    from kit.exhibits.formats import csv, docx, entries, html, latex, markdown, xlsx  # noqa: PLC0415

    files = tuple((made.name, made.ending) for made in FORMATS if made.ending != "html")
    return {
        "csv": (csv.write, csv.write),
        "xlsx": (xlsx.write, xlsx.write),
        "tex": (latex.tabular, entries.latex),
        "float.tex": (latex.floating, entries.section),
        "compact.tex": (latex.compact, latex.compact),
        "docx": (docx.write, docx.entries),
        "md": (markdown.write, entries.markdown),
        "html": (lambda grid: html.write(grid, files), lambda grid: html.entries(grid, files)),
    }
