"""A table spelled out for readers, cell by cell, and set in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from kit.exhibits import cells
from kit.wording import escape, words

_LONG = 40  # characters; a column with a longer cell holds long text


@dataclass(frozen=True)
class Column:
    """A column's heading and unit in the reader's language, whether it holds numbers, and whether long text."""

    heading: str
    unit: str
    number: bool
    long: bool = False

    @property
    def look(self) -> str:
        """Name the class by which the style sheet knows the column."""
        return "number" if self.number else "long" if self.long else "short"


@dataclass(frozen=True)
class Grid:
    """The cells of a table as a reader sees them, not yet escaped."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


def spell(frame: pd.DataFrame, decimals: Mapping[str, int], language: str, place: str) -> Grid:
    """Write out a table for a reader.

    Parameters
    ----------
    frame : pandas.DataFrame
        The table.
    decimals : mapping of str to int
        Decimals by column; a column that is not named has as many, up to 4, as its numbers need.
    language : {"en", "id"}
        Language of headings, and of the marks in numbers.
    place : str
        Name of the exhibit, for errors.

    Returns
    -------
    Grid
        Headings from labels.csv, cells as text; the kit's own codes spelled as values.csv has them.

    Raises
    ------
    ExhibitError
        A cell is neither text, number, truth value nor date.

    Examples
    --------
    >>> grid = spell(pd.DataFrame({"term": ["asn"], "per_1000": [2.5]}), {"per_1000": 2}, "id", "tbl-x")
    >>> grid.columns[1].heading, grid.rows
    ('Per 1.000', (('asn', '2,50'),))

    """
    columns, written = [], []
    for name in frame.columns:
        column = frame[name]
        number = cells.numeric(column)
        kept = decimals[name] if name in decimals else cells.digits(column, cells.PLACES)
        texts = [cells.shown(value, kept, language, f"{place}, {name}") for value in column]
        if not number:
            texts = [words.value(name, text, language) for text in texts]
        long = not number and max(map(len, texts), default=0) > _LONG
        columns.append(Column(words.heading(name, language), words.unit(name, language), number, long))
        written.append(texts)
    return Grid(tuple(columns), tuple(zip(*written, strict=True)))


def markdown(grid: Grid, id: str, title: str, note: str, language: str) -> str:  # noqa: A002
    """Set a grid as a pipe table with a caption that pandoc and Quarto can refer to.

    Parameters
    ----------
    grid : Grid
        The table.
    id : str
        The caption's label.
    title, note : str
        Caption, and the note below the table.
    language : {"en", "id"}
        Language of the word that opens the note.

    Returns
    -------
    str
        Markdown.

    Examples
    --------
    >>> print(markdown(Grid((Column("n", "", True),), (("1",),)), "tbl-x", "Concepts", "", "en"), end="")
    | n |
    |---:|
    | 1 |
    <BLANKLINE>
    : Concepts {#tbl-x}

    """
    rule = "|".join("---:" if column.number else ":---" for column in grid.columns)
    lines = [_piped(column.heading for column in grid.columns), f"|{rule}|"]
    lines += [_piped(row) for row in grid.rows]
    lines += ["", f": {escape.markdown(title)} {{#{id}}}"]
    if note:
        lines += ["", f"*{words.say('pages.note', language)}* {escape.markdown(note)}"]
    return "\n".join([*lines, ""])


def _piped(texts: Iterable[str]) -> str:
    """Set one row in Markdown."""
    return "| " + " | ".join(escape.markdown(text) for text in texts) + " |"
