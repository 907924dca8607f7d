r"""A table set in LaTeX, so that it stays within the page: headings stacked, long text broken, small type where needed.

Widths are estimated in characters of an average width, for a line of 345 pt, the narrowest in common use; the lines of
other pages are wider. Only ``booktabs`` is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kit.exhibits.grid import Column, Grid
from kit.wording import escape
from kit.wording.words import say

_LONG = 40  # characters; no column of text is wider before smaller type is tried
_EM, _SLACK = 0.8, 0.05  # of a character not listed below; beside a heading
#: Widths of characters of cmr10, in em (Knuth 1986, as in its AFM file).
_EMS = {
    character: width
    for width, characters in (
        (0.28, "il.,;:'’ "), (0.36, "fjI-"), (0.4, "rst()[]"), (0.45, "cez"), (0.5, "ago0123456789/“”–"),
        (0.56, "bdhknpquvxyJS"), (0.69, "EFLPZ"), (0.79, "wABCDGHKNOQRTUVXY"), (0.84, "m%"), (0.92, "M"), (1.03, "W"),
    )
    for character in characters
}  # fmt: skip
_PIECE = re.compile(r"[^\s-]*-?")  # what LaTeX does not break: at blanks and after hyphens it does


@dataclass(frozen=True)
class _Size:
    """A size of type: its command, characters in a line, characters lost to a column's edges, rows on a page."""

    command: str
    line: float
    gap: float
    rows: int


_SIZES = (
    _Size("", 68, 2.4, 36),
    _Size(r"\footnotesize\setlength{\tabcolsep}{4pt}", 80, 1.9, 45),
    _Size(r"\scriptsize\setlength{\tabcolsep}{3pt}", 83, 1.5, 1000),
)


@dataclass(frozen=True)
class _Layout:
    """How a table is set: its size of type, and the widths of headings and cells in characters, 0 for no break."""

    size: _Size
    headings: tuple[int, ...]
    widths: tuple[int, ...]


def tabular(grid: Grid) -> bytes:
    r"""Set a grid as a bare ``tabular``, to be read with ``\input`` under ``\usepackage{booktabs}``.

    Parameters
    ----------
    grid : Grid
        The table.

    Returns
    -------
    bytes
        One ``tabular`` however long it is. Columns that would not fit have lines of fixed width.

    Examples
    --------
    >>> print(tabular(Grid((Column("n", "per_1000", number=True),), ((1,),))).decode(), end="")
    \begin{tabular}{r}
    \toprule
    per\_1000 \\
    \midrule
    1 \\
    \bottomrule
    \end{tabular}

    """
    return _tabular(grid, _layout(grid)).encode("utf-8")


def floating(grid: Grid) -> bytes:
    r"""Set a grid as a floating ``table`` with caption, label and note.

    Parameters
    ----------
    grid : Grid
        The table; its id is the label, its title the caption.

    Returns
    -------
    bytes
        LaTeX.

    Examples
    --------
    >>> grid = Grid((Column("n", "n", number=True),), ((1,),), id="tbl-x", title="Concepts")
    >>> print(floating(grid).decode().splitlines()[3])
    \label{tbl-x}

    """
    layout = _layout(grid)
    lines = [r"\begin{table}[htbp]", r"\centering", rf"\caption{{{escape.latex(grid.title)}}}", rf"\label{{{grid.id}}}"]
    lines += filter(None, [layout.size.command])
    lines += _tabular(grid, layout).splitlines()
    if grid.note:
        words = rf"\emph{{{say('pages.note', grid.language)}}} {escape.latex(grid.note)}"
        lines += [r"\par\medskip", r"\begin{minipage}{\linewidth}\footnotesize", words, r"\end{minipage}"]
    return "\n".join([*lines, r"\end{table}", ""]).encode("utf-8")


def _tabular(grid: Grid, layout: _Layout) -> str:
    """Set the cells of a grid."""
    # \raggedright gives \\ another meaning in the last cell
    end = r" \tabularnewline" if layout.widths and layout.widths[-1] else r" \\"
    lines = [rf"\begin{{tabular}}{{{_preamble(grid, layout)}}}", r"\toprule"]
    headings = zip(grid.columns, layout.headings, map(bool, layout.widths), strict=True)
    lines.append(" & ".join(_heading(column, width, broken=broken) for column, width, broken in headings) + end)
    lines.append(r"\midrule")
    broken = [r"\raggedright " if width else "" for width in layout.widths]
    rows = (zip(broken, row, strict=True) for row in grid.rows)
    lines += [" & ".join(begin + escape.latex(text) for begin, text in row) + end for row in rows]
    lines += [r"\bottomrule", r"\end{tabular}", ""]
    return "\n".join(lines)


def _layout(grid: Grid) -> _Layout:
    """Choose the largest type in which the table fits, and the widths of the columns that have to be broken."""
    texts = [[row[place] for row in grid.rows] for place in range(len(grid.columns))]
    least = [_piece([column.heading, *cells]) for column, cells in zip(grid.columns, texts, strict=True)]
    stacked = [
        max([_piece([column.heading]), *map(len, cells)]) for column, cells in zip(grid.columns, texts, strict=True)
    ]
    whole = [max(len(column.heading), wide) for column, wide in zip(grid.columns, stacked, strict=True)]

    def widths(natural: list[int], cap: int) -> list[int]:
        """Return the columns' widths if none of text is wider than the cap, longer words apart."""
        columns = zip(grid.columns, natural, least, strict=True)
        return [wide if column.number else min(wide, max(cap, short)) for column, wide, short in columns]

    def room(size: _Size) -> float:
        """Characters that the columns share."""
        return size.line - size.gap * len(grid.columns)

    natural = whole if sum(widths(whole, _LONG)) <= room(_SIZES[0]) else stacked
    enough = sum(widths(natural, _LONG))
    size = next((size for size in _SIZES if enough <= room(size) and len(grid.rows) <= size.rows), _SIZES[-1])
    caps = range(max(natural, default=0), 7, -1)
    final = next((tried for cap in caps if sum(tried := widths(natural, cap)) <= room(size)), widths(natural, 8))
    cut = (width if width < wide else 0 for width, wide in zip(final, natural, strict=True))
    return _Layout(size, tuple(final), tuple(cut))


def _piece(texts: Iterable[str]) -> int:
    """Return the length of the longest piece that LaTeX does not break."""
    return max((len(piece) for text in texts for piece in _PIECE.findall(text)), default=0)


def _preamble(grid: Grid, layout: _Layout) -> str:
    """Choose the alignment of each column."""
    columns = zip(grid.columns, layout.widths, strict=True)
    return "".join(
        rf"p{{{width / layout.size.line:.3f}\linewidth}}" if width else "r" if column.number else "l"
        for column, width in columns
    )


def _heading(column: Column, width: int, *, broken: bool) -> str:
    """Set a heading in as many lines as the width of its column asks for."""
    lines: list[str] = []
    for word in column.heading.split():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    heading = escape.latex(column.heading)
    if len(lines) < 2:
        return heading
    # \\shortstack would need no width, but pandoc drops it, and the heading with it
    wide = r"\linewidth" if broken else f"{max(map(_ems, lines)) + _SLACK:.2f}em"
    return rf"\parbox[b]{{{wide}}}{{\{'raggedleft' if column.number else 'raggedright'} {heading}}}"


def _ems(text: str) -> float:
    """Return how wide a line is in Computer Modern, whose letters are wider than those of most types."""
    return sum(_EMS.get(character, _EM) for character in text)
