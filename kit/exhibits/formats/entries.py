r"""A table of long texts set as entries: each row a heading and, below it, what every column says of it.

The first column is the heading. A cell of several lines is a list; an empty cell is left out. The HTML form is a
template beside that of grids.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kit.exhibits.formats.latex import NOTE, cell, note, whole
from kit.exhibits.grid import Grid
from kit.wording import escape
from kit.wording.words import say


def latex(grid: Grid) -> bytes:
    r"""Set the rows as entries under headings, to be read with ``\input``; no package is needed.

    Parameters
    ----------
    grid : Grid
        The table.

    Returns
    -------
    bytes
        LaTeX: ``\paragraph`` and a ``description`` for each row.

    Examples
    --------
    >>> import pandas as pd
    >>> grid = Grid.of(pd.DataFrame({"concept": ["dilayani"], "label": ["being served"]}))
    >>> print(latex(grid).decode(), end="")
    {\raggedright
    \paragraph{dilayani}
    \begin{description}
    \item[Label] being served
    \end{description}
    }

    """
    return whole(_paragraphs(grid))


def section(grid: Grid) -> bytes:
    r"""Set the rows as a section of an appendix, with title, label and note.

    Parameters
    ----------
    grid : Grid
        The table; its id is the label, its title the heading.

    Returns
    -------
    bytes
        LaTeX.

    Examples
    --------
    >>> import pandas as pd
    >>> grid = Grid.of(pd.DataFrame({"concept": ["dilayani"]}), id="tbl-x", title="Codebook")
    >>> print(section(grid).decode().splitlines()[0])
    \section{Codebook}\label{tbl-x}

    """
    lines = [rf"\section{{{cell(grid.title)}}}\label{{{grid.id}}}", *_paragraphs(grid)]
    if grid.note:
        lines.append(rf"{{{NOTE}\noindent{note(grid)}\par}}")
    return whole(lines)


def markdown(grid: Grid) -> bytes:
    """Set the rows as sections with lists.

    Parameters
    ----------
    grid : Grid
        The table.

    Returns
    -------
    bytes
        Markdown.

    Examples
    --------
    >>> import pandas as pd
    >>> grid = Grid.of(pd.DataFrame({"concept": ["dilayani"], "label": ["being served"]}), id="tbl-x", title="Codebook")
    >>> print(markdown(grid).decode(), end="")
    # Codebook {#tbl-x}
    <BLANKLINE>
    ## dilayani
    <BLANKLINE>
    - **Label:** being served

    """
    lines = [f"# {escape.markdown(grid.title)} {{#{grid.id}}}"]
    for heading, told in _entries(grid, escape.markdown):
        lines += ["", f"## {heading}", ""]
        for name, texts in told:
            lines.append(f"- **{name}:** {texts[0]}" if len(texts) == 1 else f"- **{name}:**")
            lines += [f"    - {text}" for text in texts if len(texts) > 1]
    if grid.note:
        lines += ["", f"*{say('pages.note', grid.language)}* {escape.markdown(grid.note)}"]
    return "\n".join([*lines, ""]).encode("utf-8")


def _paragraphs(grid: Grid) -> Iterator[str]:
    """Set the rows in LaTeX, line by line."""
    yield r"{\raggedright"
    for heading, told in _entries(grid, cell):
        yield from (rf"\paragraph{{{heading}}}", r"\begin{description}")
        yield from (rf"\item[{name}] " + r" \par ".join(texts) for name, texts in told)
        yield r"\end{description}"
    yield "}"


def _entries(grid: Grid, escaped: Callable[[str], str]) -> Iterator[tuple[str, list[tuple[str, list[str]]]]]:
    """Yield the heading of each row, and what each other column says, line by line, all of it escaped."""
    names = [escaped(column.heading) for column in grid.columns]
    for row in grid.rows:
        told = [(name, [escaped(line) for line in lines_of(text)]) for name, text in zip(names, row, strict=True)]
        yield escaped(row[0]), [(name, texts) for name, texts in told[1:] if texts]


def lines_of(text: str) -> list[str]:
    """Cut a cell into its lines; empty ones are left out."""
    return [line for line in text.splitlines() if line.strip()]
