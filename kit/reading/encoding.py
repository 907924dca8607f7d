"""Text decoded by the wrong table: UTF-8 read as Latin-1, Windows-1252 or Mac Roman, Windows-1252 read as Latin-1.

One character of UTF-8 beyond ASCII is two to four bytes, each of which another table reads as a character of its own
(*”* becomes *â€* and a control, or *‚Äù*). Such a row of characters hardly ever stands in a text for its own sake, so
it is told by itself, whatever stands around it: a text may be damaged in parts. What the row must have been has to be a
character that such texts hold; where a row can also be a letter before a quotation mark (*É”*), a second one beside it,
or a letter behind it, decides.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

#: The kind of damage that is found here.
WRONG_ENCODING = "wrong_encoding"


class Edit(NamedTuple):
    """A damaged stretch of a text, and what it must have been; None where that cannot be told."""

    start: int
    stop: int
    kind: str
    new: str | None


class _Row(NamedTuple):
    """Characters that are the bytes of one: where they stand, which it is, and whether they show it by themselves."""

    start: int
    stop: int
    new: str | None
    sure: bool


_HIGH = range(0x80, 0x100)
_DEFINED = {byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0xA0)}
_MEANT = {byte: sign for byte, sign in _DEFINED.items() if sign != "\ufffd"}  # what a C1 control is in Windows-1252
_WINDOWS = {chr(byte): byte for byte in _HIGH} | {sign: byte for byte, sign in _MEANT.items()}
_MAC = {bytes([byte]).decode("mac_roman"): byte for byte in _HIGH} | {"\u00a4": 0xDB, "\u2126": 0xBD}
_TABLES = (_WINDOWS, _MAC)
_PLAIN_IN_MAC = range(0xD0, 0xD8)  # dashes, quotation marks, division, lozenge: they stand for themselves

_STRETCH = re.compile("[^\x00-\x7f]+")
_NEXT_LINE = "\x85"  # ends a line, where no other sign shows that it was an ellipsis
_OTHER_BREAKS = re.compile("[\n\r\x80-\x84\x86-\x9f]")
_CUT_QUOTE = re.compile("â€\ufffd?")  # UTF-8 of a closing quotation mark, whose last byte Windows-1252 lacks
_TYPOGRAPHY = frozenset("“”„‘’‚–—…»«\u00a0")
_MEASURES = frozenset("×αβγδμπσωΔΩ")  # signs of measures and formulas
#: What texts hold beyond letters: first and last code point.
_SIGNS = (
    (0x2000, 0x206F),  # quotation marks, dashes, blanks, bullets
    (0x20A0, 0x20BF),  # currencies
    (0x2100, 0x214F),  # trade mark, numero
    (0x2190, 0x22FF),  # arrows, mathematics
    (0x2460, 0x27BF),  # numbers in circles, boxes, ticks
    (0x1E00, 0x1EFF),  # letters with dots and hooks
    (0xA980, 0xA9DF),  # Javanese
    (0xFB00, 0xFB06),  # ligatures
    (0xFE0F, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0xFFFD, 0xFFFD),
    (0x1D400, 0x1D7FF),  # letters of mathematics
    (0x1F000, 0x1FAFF),  # emoji
)


def misread(text: str) -> list[Edit]:
    """Find what was decoded by the wrong table, in order."""
    if text.isascii():
        return []
    ellipsis = _OTHER_BREAKS.search(text) is not None
    edits = []
    for match in _STRETCH.finditer(text):
        start, stop = match.span()
        after, before = text[stop : stop + 1], text[max(0, start - 1) : start]
        context = "a" if after.isalpha() else " " if after.isspace() and not before.isupper() else ""
        edits += [
            Edit(start + row.start, start + row.stop, WRONG_ENCODING, row.new)
            for row in _rows(match.group(), context, ellipsis)
        ]
    return edits


@lru_cache(maxsize=1 << 14)
def _rows(stretch: str, after: str, ellipsis: bool) -> tuple[_Row, ...]:
    """Return the rows of a stretch beyond ASCII that are bytes of characters, of what was misread twice too."""
    found: list[_Row] = []
    for run in _runs(_once(stretch, after, ellipsis=ellipsis)):
        said = "".join(row.new or "" for row in run)  # each row has become one character
        place = 0
        for again in _rows(said, after, ellipsis) if len(run) > 1 else ():
            found += run[place : again.start]
            found.append(_Row(run[again.start].start, run[again.stop - 1].stop, again.new, sure=True))
            place = again.stop
        found += run[place:]
    return tuple(found)


def _runs(rows: list[_Row]) -> list[list[_Row]]:
    """Put rows that stand side by side together; one that cannot be told stands alone."""
    runs: list[list[_Row]] = []
    for row in rows:
        if runs and row.new and runs[-1][-1].new and runs[-1][-1].stop == row.start:
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def _once(stretch: str, after: str, *, ellipsis: bool) -> list[_Row]:
    """Return the rows of a stretch that was misread once."""
    rows: list[_Row] = []
    place = 0
    while place < len(stretch):
        row = _row_at(stretch, place, after, ellipsis=ellipsis)
        if row:
            rows.append(row)
        place = row.stop if row else place + 1
    stops, starts = {row.stop for row in rows}, {row.start for row in rows}
    return [row for row in rows if row.sure or row.start in stops or row.stop in starts]


def _row_at(stretch: str, place: int, after: str, *, ellipsis: bool) -> _Row | None:
    """Return the row that begins at a place."""
    doubtful = None
    for table in _TABLES:
        lead = table.get(stretch[place], 0)
        width = 2 if 0xC2 <= lead <= 0xDF else 3 if 0xE0 <= lead <= 0xEF else 4 if 0xF0 <= lead <= 0xF4 else 0
        data = bytes(table.get(sign, 0) for sign in stretch[place : place + width])
        if not width or len(data) < width or (table is _MAC and lead in _PLAIN_IN_MAC):
            continue
        sign = data.decode("utf-8", "replace")
        if len(sign) > 1:
            continue
        stop = place + width
        letter = stretch[stop].isalpha() if stop < len(stretch) else after == "a"
        if _sure(sign, stretch[place:stop]) or (letter and _latin(sign)):
            return _Row(place, stop, sign, sure=True)
        if sign.isalpha() or any(sign in known for known in _TABLES):
            row = _Row(place, stop, sign, sure=False)
            doubtful = max(doubtful or row, row)
    if cut := _CUT_QUOTE.match(stretch, place):
        return _Row(place, cut.end(), "”", sure=True)
    sign = stretch[place]
    if sign == "Â" and place + 1 == len(stretch) and after == " ":
        return _Row(place, place + 1, "\u00a0", sure=True)
    if "\x80" <= sign <= "\x9f" and (sign != _NEXT_LINE or ellipsis):
        return _Row(place, place + 1, _MEANT.get(ord(sign)), sure=True)
    return doubtful


def _sure(sign: str, row: str) -> bool:
    """Tell whether a row shows by itself that it was one character."""
    if len(row) > 2:
        return any(first <= ord(sign) <= last for first, last in _SIGNS)
    if sign in _MEASURES:
        return True
    plain = row[1] not in _TYPOGRAPHY or (row[1] == "\u00a0" and row[0] in "ÂÃ")
    return _latin(sign) and plain


def _latin(sign: str) -> bool:
    """Tell whether a character is of those with two bytes that Latin texts hold."""
    return "\x80" <= sign <= "\u017f"
