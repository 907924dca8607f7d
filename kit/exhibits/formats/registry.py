"""The files of a table, in the order in which they are listed: the one place where a format is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kit.exhibits.formats import csv, docx, entries, html, latex, markdown, xlsx
from kit.exhibits.grid import Grid

Writer = Callable[[Grid], bytes]


@dataclass(frozen=True)
class Format:
    """A file of a table.

    Parameters
    ----------
    ending, name : str
        Of the file, behind the table's id; and what it is called.
    write : callable
        Makes the file of a grid.
    entries : callable
        The same of a table whose rows are set as entries.
    view : {"all", "shown", "compact"}
        What it is given: the table as it is, for machines; the rows and columns for readers; or a selection of them.

    """

    ending: str
    name: str
    write: Writer
    entries: Writer
    view: str = "shown"


def _page(grid: Grid) -> bytes:
    """Make the page of a table."""
    return html.write(grid, _FILES)


def _page_of_entries(grid: Grid) -> bytes:
    """Make the page of a table of long texts."""
    return html.entries(grid, _FILES)


FORMATS = (
    Format("csv", "CSV", csv.write, csv.write, "all"),
    Format("xlsx", "XLSX", xlsx.write, xlsx.write, "all"),
    Format("tex", "LaTeX (tabular)", latex.tabular, entries.latex),
    Format("float.tex", "LaTeX (float)", latex.floating, entries.section),
    Format("compact.tex", "LaTeX (compact)", latex.compact, latex.compact, "compact"),
    Format("docx", "DOCX", docx.write, docx.entries),
    Format("md", "Markdown", markdown.write, entries.markdown),
    Format("html", "HTML", _page, _page_of_entries),
)
_FILES = tuple((made.name, made.ending) for made in FORMATS if made.ending != "html")
