r"""A table set in LaTeX so that it stays within line and page: headings stacked, texts broken, smaller type, panels.

Three files: bare; with caption, label and note; and a compact one that fits one column of two. ``booktabs`` is needed,
and ``longtable`` for what does not fit a page; with pdfLaTeX also ``\usepackage[T1]{fontenc}``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from kit.exhibits.formats import layout
from kit.exhibits.formats.layout import POINTS, Layout, Panel
from kit.exhibits.grid import Column, Grid
from kit.wording import escape
from kit.wording.words import say

_LINE, _COLUMN = 121 * POINTS, 88 * POINTS  # the narrowest lines in common use: a page of one column, one column of two
_PAGE, _PAGE_OF_TWO = 540.0, 620.0  # points: the lowest page in common use, of one column and of two
_CAPTION = 3 * 14.5  # points
#: Rows that no page has room for.
MOST = 80
#: The type of a note, with points to an em and from line to line.
NOTE = r"\fontsize{8}{9.5}\selectfont\raggedright"
_NOTE_EM, _NOTE_LEADING = 8.5, 9.5
#: What no font of LaTeX's own has under pdfLaTeX: all but the characters of T1 and TS1 (t1enc.dfu, ts1enc.dfu).
_STRANGE = re.compile(
    "[^\n -~\u00a0-\u0125\u0128-\u0137\u0139-\u013e\u0141-\u0148\u014a-\u0165\u0168-\u017e\u0192\u0218-\u021b\u1e9e"
    "\u2010-\u2016\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2030\u2031\u2039-\u203b\u203d\u2044\u20a9\u20ab\u20ac"
    "\u2103\u2116\u2117\u2122\u2126\u2190-\u2193\ufb00-\ufb06]"
)


def tabular(grid: Grid) -> bytes:
    r"""Set a grid as a bare ``tabular``, to be read with ``\input`` under ``\usepackage{booktabs}``.

    Parameters
    ----------
    grid : Grid
        The table.

    Returns
    -------
    bytes
        One ``tabular`` however long it is, in smaller type if it is wide; of a very wide one several, each with the
        first column, one below the other. It fits a line of 121 mm.

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
    chosen = layout.lay_out(grid, _LINE, _PAGE - _round(grid.note, _LINE))
    lines = _tabulars(grid, chosen)
    size = chosen.size.command
    return whole([rf"{{\setlength{{\parindent}}{{0pt}}{size}", *lines, "}"] if size else lines)


def floating(grid: Grid) -> bytes:
    r"""Set a grid with caption, label and note: a floating ``table``, or a ``longtable`` if it is longer than a page.

    Parameters
    ----------
    grid : Grid
        The table; its id is the label, its title the caption.

    Returns
    -------
    bytes
        LaTeX, which fits a line of 121 mm.

    Examples
    --------
    >>> grid = Grid((Column("n", "n", number=True),), ((1,),), id="tbl-x", title="Concepts")
    >>> print(floating(grid).decode().splitlines()[3])
    \label{tbl-x}

    """
    chosen = layout.lay_out(grid, _LINE, _PAGE - _round(grid.note, _LINE))
    return whole(_longtables(grid, chosen) if chosen.long else _float(grid, chosen))


def compact(grid: Grid) -> bytes:
    r"""Set a grid as a ``table`` that fits a column of 88 mm, as papers print it.

    Parameters
    ----------
    grid : Grid
        The table, with as many rows as `fitting` counts; its id with ``-compact`` is the label, its title the caption.

    Returns
    -------
    bytes
        LaTeX.

    Examples
    --------
    >>> grid = Grid((Column("n", "n", number=True),), ((1,),), id="tbl-x", title="Concepts")
    >>> print(compact(grid).decode().splitlines()[3])
    \label{tbl-x-compact}

    """
    return whole(_float(grid, layout.lay_out(grid, _COLUMN, _PAGE_OF_TWO - _round(grid.note, _COLUMN)), "-compact"))


def fitting(grid: Grid) -> int:
    """Count the rows, from the first on, that a compact table shows: those that fit a page, with caption and note."""
    room = _PAGE_OF_TWO - _round(grid.note, _COLUMN) - 2 * _NOTE_LEADING  # its note gets a line more
    chosen = layout.lay_out(grid, _COLUMN, room)
    if not chosen.long:
        return len(grid.raw)
    counts = range(len(grid.raw) - 1, 1, -1)
    return next((n for n in counts if layout.height(grid, chosen, _COLUMN, n) <= room), 1)


def narrow(grid: Grid) -> int:
    """Count the columns, from the first on, that a compact table has room for."""
    return layout.fitting(grid, _COLUMN)


def note(grid: Grid) -> str:
    """Set the note of a table, or nothing."""
    return rf"\emph{{{say('pages.note', grid.language)}}} {cell(grid.note)}" if grid.note else ""


@lru_cache(maxsize=1 << 14)  # a table and its compact selection, in every file, hold the same texts
def cell(text: str) -> str:
    """Escape a text, and let very long words in it be broken."""
    words = escape.one_line(text).split(" ")
    return " ".join(
        r"\discretionary{}{}{}".join(map(_word, filter(None, layout.pieces(word))))
        if len(word) > layout.WHOLE and any(len(piece) > layout.WHOLE for piece in word.split("-"))
        else _word(word)
        for word in words
    )


_word = lru_cache(maxsize=1 << 14)(escape.latex)  # most words stand in many cells


def whole(lines: Iterable[str]) -> bytes:
    r"""Make a file of lines, and say what pdfLaTeX prints for characters that its fonts lack: their code points.

    pandoc reads nothing in ``\settowidth``, and other engines never look these names up.
    """
    text = "".join(f"{line}\n" for line in lines if line)
    spelled = (
        rf"\settowidth{{\dimen0}}{{\ifcsname u8:\detokenize{{{sign}}}\endcsname\else"
        rf"\expandafter\gdef\csname u8:\detokenize{{{sign}}}\endcsname{{[U+{ord(sign):04X}]}}\fi}}%"
        for sign in sorted(set(_STRANGE.findall(text)))
    )
    return "".join([*(f"{line}\n" for line in spelled), text]).encode("utf-8")


def _float(grid: Grid, chosen: Layout, suffix: str = "") -> list[str]:
    """Set a table with what stands round it, on one page."""
    lines = [r"\begin{table}[htbp]", r"\centering", rf"\caption{{{cell(grid.title)}}}", rf"\label{{{grid.id}{suffix}}}"]
    lines += [chosen.size.command, *_tabulars(grid, chosen)]
    if grid.note:
        lines += [r"\par\medskip", rf"\begin{{minipage}}{{\linewidth}}{NOTE}", note(grid), r"\end{minipage}"]
    return [*lines, r"\end{table}"]


def _longtables(grid: Grid, chosen: Layout) -> list[str]:
    """Set a table with what stands round it, over several pages; all panels have one number."""
    lines = [f"{{{chosen.size.command}"] if chosen.size.command else ["{"]
    for number, panel in enumerate(chosen.panels):
        # one head for all pages: pandoc would take the one of the first page for a row of data
        above = [r"\addtocounter{table}{-1}"] if number else []
        caption, label = ("", "") if number else (rf"\caption{{{cell(grid.title)}}} \\", rf"\label{{{grid.id}}}")
        lines += [*above, rf"\begin{{longtable}}{{{_preamble(grid, panel)}}}", caption, r"\toprule"]
        lines += [_headings(grid, panel), r"\midrule", r"\endhead", r"\bottomrule", r"\endfoot"]
        # in the first row, since what stands in the head is there on each page
        first, *others = _rows(grid, panel)
        lines += [label + first, *others, r"\end{longtable}"]
    if grid.note:
        lines.append(rf"{{{NOTE}\noindent{note(grid)}\par}}")  # pandoc takes a brace behind \noindent for its argument
    return [*lines, "}"]


def _tabulars(grid: Grid, chosen: Layout) -> list[str]:
    """Set the cells of a grid, panel by panel."""
    lines = []
    for number, panel in enumerate(chosen.panels):
        lines += [r"\par\medskip"] if number else []
        lines += [rf"\begin{{tabular}}{{{_preamble(grid, panel)}}}", r"\toprule", _headings(grid, panel), r"\midrule"]
        lines += [*_rows(grid, panel), r"\bottomrule", r"\end{tabular}"]
    return lines


def _preamble(grid: Grid, panel: Panel) -> str:
    """Choose the alignment of each column."""
    columns = zip(panel.places, panel.shares, strict=True)
    return "".join(
        rf"p{{{share:.4f}\linewidth}}" if share else "r" if grid.columns[place].number else "l"
        for place, share in columns
    )


def _headings(grid: Grid, panel: Panel) -> str:
    """Set the headings, in as many lines as the widths of their columns ask for."""
    columns = zip(panel.places, panel.headings, panel.shares, strict=True)
    return " & ".join(_heading(grid.columns[place], widest, share) for place, widest, share in columns) + _end(panel)


def _heading(column: Column, widest: str, share: float) -> str:
    """Set a heading; a broken one in a box as wide as its widest line."""
    heading = cell(column.heading)
    if not widest:
        return heading
    ragged = rf"{{\{'raggedleft' if column.number else 'raggedright'} {heading}}}"
    # \shortstack and \makecell need no width, but pandoc drops them and the heading with them
    measured = rf"\settowidth{{\dimen0}}{{{cell(widest)}}}\parbox[b]{{\dimen0}}"
    return (r"\parbox[b]{\linewidth}" if share else measured) + ragged


def _rows(grid: Grid, panel: Panel) -> Iterator[str]:
    """Set the rows."""
    begins = [r"\raggedright " if share else "" for share in panel.shares]
    columns, end = list(zip(panel.places, begins, strict=True)), _end(panel)
    for row in grid.rows:
        yield " & ".join(begin + cell(row[place]) for place, begin in columns) + end


def _end(panel: Panel) -> str:
    r"""End a row: ``\raggedright`` gives ``\\`` another meaning in the last cell."""
    return r" \tabularnewline" if panel.shares and panel.shares[-1] else r" \\"


def _round(text: str, line: float) -> float:
    """Return the height of what stands round a table: caption and note, in points."""
    return _CAPTION + _NOTE_LEADING * math.ceil(1.05 * layout.width(text) * _NOTE_EM / line)
