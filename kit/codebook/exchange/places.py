"""Where a passage stands: in a text of the kit, in the plain text of a project, and by the counting of a program.

Programs count differently: code points or UTF-16 units, a line end of two characters as two or as one, a byte order
mark or not. Nothing in a project says how. So each way is tried, and one is taken if the text that each selection
states of itself stands where that way says.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.int64]
_MARK = "\ufeff"
_CLUSTER = re.compile(r"\r\n|[\r\n\ufeff]|[^\r\n\ufeff][\u1160-\u11ff]*")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True)
class PlainText:
    """A text as projects have it: line ends LF, composed (NFC), without byte order mark.

    Parameters
    ----------
    given : str
        As the corpus has it.
    text : str
    places : int64 array
        Where each character of the text as given stands in it, and the end.

    """

    given: str
    text: str
    places: Places

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of the text as given that a stretch of this one stands for."""
        first, last = (int(np.searchsorted(self.places, place, side="left")) for place in (start, end))
        while self.given[first : first + 1] == _MARK:
            first += 1
        return first, last


def plain_text(given: str) -> PlainText:
    """Return the plain text of a text, and the way into it."""
    if "\r" not in given and _MARK not in given and unicodedata.is_normalized("NFC", given):
        return PlainText(given, given, np.arange(len(given) + 1, dtype=np.int64))
    pieces: list[str] = []
    places = np.empty(len(given) + 1, np.int64)
    length = 0
    for start, end in _clusters(given):
        cluster = given[start:end]
        piece = "" if cluster == _MARK else "\n" if cluster in ("\r\n", "\r") else unicodedata.normalize("NFC", cluster)
        places[start:end] = length
        pieces.append(piece)
        length += len(piece)
    places[len(given)] = length
    return PlainText(given, "".join(pieces), places)


def _clusters(text: str) -> list[tuple[int, int]]:
    """Return the stretches that are composed together: a character and the marks behind it."""
    bounds: list[tuple[int, int]] = []
    for match in _CLUSTER.finditer(text):
        start, end = match.span()
        if bounds and unicodedata.combining(match.group()[0]) and text[start - 1] not in ("\r", "\n", _MARK):
            bounds[-1] = (bounds[-1][0], end)
        else:
            bounds.append((start, end))
    return bounds


class Counting(NamedTuple):
    """One way to count characters: in UTF-16 units, a line end of two as one, a byte order mark as one."""

    utf16: bool
    one_line_end: bool
    mark: bool


#: Every way, the one that the format asks for first.
WAYS = tuple(Counting(*way) for way in product((False, True), (False, True), (False, True)))


def counted(text: str, way: Counting) -> Places:
    """Return, for each character of a text and its end, how far a program counts to it."""
    width = np.ones(len(text), np.int64)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    if way.utf16:
        width[codes > 0xFFFF] = 2
    if way.one_line_end:
        width[:-1][(codes[:-1] == 13) & (codes[1:] == 10)] = 0
    if not way.mark and text.startswith(_MARK):
        width[0] = 0
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(width)])


def places_of(text: str, spans: Sequence[tuple[int, int, str]]) -> tuple[list[tuple[int, int] | None], int]:
    """Find where selections stand in the text of a project.

    Parameters
    ----------
    text : str
        As the file has it: with byte order mark and line ends.
    spans : sequence of (int, int, str)
        First place, place behind the last, and the text that the selection states of itself (empty: none).

    Returns
    -------
    list of (int, int) or None
        Code points of `text`; None where the text that is stated does not stand there.
    int
        How many ways to count agree with every stated text and give other places; 0: no way agrees with all.

    """
    found = []
    for way in WAYS:
        places = counted(text, way)
        own = [_place(places, start, end) for start, end, _ in spans]
        agree = [
            place is not None and _states(text[slice(*place)], stated)
            for place, (_, _, stated) in zip(own, spans, strict=True)
        ]
        found.append((own, agree))
    sound = [own for own, agree in found if all(agree)]
    different = len({tuple(own) for own in sound})
    if sound:
        return sound[0], different
    own, agree = max(found, key=lambda one: sum(one[1]))
    return [place if good else None for place, good in zip(own, agree, strict=True)], 0


def _place(places: Places, start: int, end: int) -> tuple[int, int] | None:
    """Return the code points between two counts, or nothing if a count falls between two characters or outside."""
    if not 0 <= start < end <= int(places[-1]):
        return None
    first, last = (int(np.searchsorted(places, count, side="right")) - 1 for count in (start, end))
    if places[first] != start or places[last] != end:
        return None
    return first, last


def _states(text: str, stated: str) -> bool:
    """Tell whether a text begins as a selection says of itself; programs shorten it, and change blanks."""
    if not stated:
        return True
    own, said = (_BLANKS.sub(" ", unicodedata.normalize("NFC", part)).strip(" " + _MARK) for part in (text, stated))
    shortened = said.removesuffix("…").removesuffix("...").rstrip()
    return own == said or (shortened != said and bool(shortened) and own.startswith(shortened))
