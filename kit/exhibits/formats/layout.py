"""How a table fits line and page where it is printed: size of type, widths of columns, panels one below the other.

Widths are those of Computer Modern, whose letters are wider than those of most types, and sizes are absolute: a table
fits whatever the size and type of the text round it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kit.exhibits.grid import Column, Grid
from kit.wording import escape

#: Points of TeX in a millimetre.
POINTS = 72.27 / 25.4
_LONG, _SHORT = 18.0, 7.0  # em: no column of text is wider before smaller type is tried; nor narrower before panels are
_NARROW = 9.0  # em: nor in a compact table
_SLACK = 0.2  # em: beside the longest piece of a column that is broken
#: Letters of a word that is not cut.
WHOLE = 26
_CUT = 12  # letters of the pieces of a longer one
#: Widths in Computer Modern at 10 pt, in em (Knuth 1986: cmr10), rounded up; any other letter is taken for a wide one.
_EMS = {
    character: width
    for width, characters in (
        (0.28, "il!',.:;[]`’‘ "), (0.31, "fj"), (0.34, "-"), (0.37, "I"), (0.4, "()rst"), (0.45, "cez"),
        (0.5, "ago0123456789$*/^{}~\\_–"),
        (0.53, "kqvxyJ"), (0.56, 'bdhnpuS"“”'), (0.63, "LZ"), (0.69, "EFP"), (0.73, "BCTw"), (0.76, "ADHNRUVXY"),
        (0.78, "GKOQ&+=<>|@−"), (0.84, "m#%"), (0.92, "M"),
    )
    for character in characters
}  # fmt: skip
_EM = 1.03
_PIECE = re.compile(r"[^ -]*-?")  # what TeX does not break: at blanks and after hyphens it does


@dataclass(frozen=True)
class Size:
    """A size of type: its command; points to an em of `_EMS`; points beside a column, and from line to line."""

    command: str
    em: float
    edge: float
    leading: float


#: The type of the text round a table, taken to be as large as it ever is; then smaller ones.
SIZES = (
    Size("", 11.75, 6, 14.5),
    Size(r"\fontsize{9}{11}\selectfont\setlength{\tabcolsep}{4pt}", 9.25, 4, 11),
    Size(r"\fontsize{8}{9.5}\selectfont\setlength{\tabcolsep}{3.5pt}", 8.5, 3.5, 9.5),
    Size(r"\fontsize{7}{8.5}\selectfont\setlength{\tabcolsep}{3pt}", 7.98, 3, 8.5),
)


@dataclass(frozen=True)
class Panel:
    """Some of a table's columns, as they fit a line.

    Parameters
    ----------
    places : tuple of int
        Which columns.
    headings : tuple of str
        For each column the widest line of its heading, if that has to be broken; else empty.
    shares : tuple of float
        For each column of text that has to be broken its share of the line; else 0.

    """

    places: tuple[int, ...]
    headings: tuple[str, ...]
    shares: tuple[float, ...]


@dataclass(frozen=True)
class Layout:
    """How a table is set: its size of type, its panels, and whether it is too long for a page."""

    size: Size
    panels: tuple[Panel, ...]
    long: bool


@dataclass(frozen=True)
class _Need:
    """The widths of a column in em: of its longest piece, of its heading, and of its widest cell."""

    number: bool
    least: float
    heading: float
    cells: float

    @classmethod
    def of(cls, column: Column, cells: Sequence[str]) -> _Need:
        """Measure a column."""
        widest = _widest(cells)
        inner = widest if column.number else max(map(_widest_piece, set(cells)), default=0.0)
        return cls(column.number, max(_widest_piece(column.heading), inner), width(column.heading), widest)

    @property
    def stacked(self) -> float:
        """Its width where the heading may be broken, but no cell."""
        return max(self.least, self.cells)

    @property
    def whole(self) -> float:
        """Its width where nothing is broken."""
        return max(self.heading, self.stacked)


@lru_cache(maxsize=1 << 16)  # a table is measured for each of its files, and columns hold the same texts
def width(text: str) -> float:
    """Return how wide a line of text is, in em."""
    return sum(_EMS.get(character, _EM) for character in text)


@lru_cache(maxsize=1 << 16)
def _widest_piece(text: str) -> float:
    """Return the width of the widest piece of a text."""
    return _widest(pieces(text))


def pieces(text: str) -> Iterator[str]:
    """Cut a text where a line may end: at blanks, after hyphens, and within words that are very long."""
    for piece in _PIECE.findall(text):
        if len(piece) > WHOLE:
            yield from (piece[begin : begin + _CUT] for begin in range(0, len(piece), _CUT))
        else:
            yield piece


def lay_out(grid: Grid, line: float, page: float) -> Layout:
    """Choose the fewest panels that fit a line, in the largest type, or one that fits the page, too; both in points."""
    found = []
    needs, begin = _needs(grid), _keys(grid)
    for most in range(1, len(grid.columns) + 1):
        for size in SIZES:
            panels = _panels(needs, begin, size, line, most)
            if panels:
                cut = (_panel(grid, needs, places, widths, size.em / line) for places, widths in panels)
                found.append(Layout(size, tuple(cut), long=True))
        if found:
            break
    low = (layout for layout in found if len(grid.raw) * layout.size.leading <= page)
    fitting = (layout for layout in low if height(grid, layout, line) <= page)
    return next((Layout(layout.size, layout.panels, long=False) for layout in fitting), found[0])


def fitting(grid: Grid, line: float) -> int:
    """Count the columns, from the first on, that fit a line without panels; one at least."""
    needs = _needs(grid)
    counts = range(len(needs), 1, -1)
    return next((n for n in counts if _fit(needs[:n], range(n), SIZES[-1], line, _NARROW)), 1)


def height(grid: Grid, layout: Layout, line: float, rows: int | None = None) -> float:
    """Return how high a table is, or its first rows, in points: headings and rules as two lines more for each panel."""
    lines = 0
    for panel in layout.panels:
        columns = [
            (place, share * line / layout.size.em)
            for place, share in zip(panel.places, panel.shares, strict=True)
            if share
        ]
        lines += max((1 + _lines(grid.columns[place].heading, 1) for place in panel.places), default=1)
        lines += sum(max([1, *(_lines(row[place], room) for place, room in columns)]) for row in grid.rows[:rows])
    return lines * layout.size.leading


def _needs(grid: Grid) -> list[_Need]:
    """Measure all columns."""
    texts = [[escape.one_line(row[place]) for row in grid.rows] for place in range(len(grid.columns))]
    return [_Need.of(column, cells) for column, cells in zip(grid.columns, texts, strict=True)]


def _keys(grid: Grid) -> int:
    """Count the columns that stand in each panel: the first, or two where the first does not tell rows apart."""
    firsts = {row[0] for row in grid.rows}
    return 2 if len(firsts) < len(grid.rows) and len(grid.columns) > 2 and not grid.columns[1].number else 1


def _panels(needs: list[_Need], keys: int, size: Size, line: float, most: int) -> list[tuple[list[int], list[float]]]:
    """Share the columns out to so many panels at most, from left to right; none if they do not fit."""
    begin, everything = list(range(keys)), list(range(len(needs)))
    if most == 1:
        narrowest = _SHORT if size is SIZES[-1] else _LONG
        widths = _fit(needs, everything, size, line, narrowest)
        return [(everything, widths)] if widths else []
    panels, left = [], everything[keys:]
    while left:
        for count in range(len(left), 0, -1):
            places = begin + left[:count]
            widths = _fit([needs[place] for place in places], places, size, line, _SHORT, forced=count == 1)
            if widths:
                break
        panels.append((places, widths))
        left = left[count:]
    return panels if len(panels) <= most else []


def _fit(
    needs: Sequence[_Need], places: Sequence[int], size: Size, line: float, narrowest: float, *, forced: bool = False
) -> list[float]:
    """Return the widths of columns in em, those of text not narrower than told; none if they do not fit the line."""
    room = line / size.em - 2 * size.edge / size.em * len(places)
    if sum(need.whole for need in needs) <= room and all(need.number or need.whole <= _LONG for need in needs):
        return [need.whole for need in needs]
    steps = max(1, math.ceil(4 * (_LONG - narrowest)) + 1)
    for cap in (_LONG - step / 4 for step in range(steps)):
        widths = [need.stacked if need.number else min(need.stacked, max(cap, need.least + _SLACK)) for need in needs]
        if sum(widths) <= room:
            return widths
    return widths if forced else []


def _panel(grid: Grid, needs: Sequence[_Need], places: Sequence[int], widths: Sequence[float], em: float) -> Panel:
    """Settle which headings and columns of a panel have to be broken; an em is told as a share of the line."""
    headings, shares = [], []
    for place, wide in zip(places, widths, strict=True):
        heading, need = grid.columns[place].heading, needs[place]
        shares.append(0.0 if need.number or need.cells <= wide else wide * em)
        headings.append("" if need.heading <= wide else max(_broken(heading, wide), key=width))
    return Panel(tuple(places), tuple(headings), tuple(shares))


def _broken(text: str, room: float) -> list[str]:
    """Break a text into lines as TeX does."""
    lines = [""]
    for piece in _PIECE.findall(text):
        between = "" if lines[-1].endswith("-") or not lines[-1] else " "
        if not piece:
            continue
        if lines[-1] and width(lines[-1] + between + piece) > room:
            lines.append(piece)
        else:
            lines[-1] += between + piece
    return lines


def _lines(text: str, room: float) -> int:
    """Count the lines of a text in a column."""
    lines, used = 1, 0.0
    for wide, first in _pieces(text):
        needed = wide + (_EMS[" "] if used and first else 0.0)
        if used and used + needed > room:
            lines, used = lines + 1, wide
        else:
            used += needed
    return lines


@lru_cache(maxsize=1 << 16)  # a text is tried in columns of many widths
def _pieces(text: str) -> tuple[tuple[float, bool], ...]:
    """Measure the pieces of a text; of each, whether it begins a word."""
    words = escape.one_line(text).split(" ")
    return tuple(
        (width(piece), not number) for word in words for number, piece in enumerate(filter(None, pieces(word)))
    )


def _widest(texts: Iterable[str]) -> float:
    """Return the width of the widest text."""
    return max(map(width, texts), default=0.0)
