"""One text by the rules as they are written down: what any faster path has to equal, and what reads the odd text."""

from __future__ import annotations

from typing import NamedTuple

from kit.language.sentences import breaks
from kit.language.tokens import spans
from kit.reading.line_ends import line_ends
from kit.reading.text import Visible, visible


class Reading(NamedTuple):
    """The tokens of one text.

    Attributes
    ----------
    surfaces : list of str
        The tokens as seen.
    starts, ends : list of int
        Code points in the text as given, end-exclusive.
    openings : list of int
        Which tokens open a sentence.

    """

    surfaces: list[str]
    starts: list[int]
    ends: list[int]
    openings: list[int]


def read_text(given: str) -> Reading:
    r"""Tokenise a text and cut it into sentences.

    The rules read a text as it is seen (accents composed, invisible characters left out) and words whole that a line
    end has cut; offsets are into the text as given.
    """
    shown = visible(given, [(start, end) for start, end, _ in line_ends(given)])
    text = shown.text
    reading = Reading([], [], [], [])
    cuts = breaks(text)
    cuts.append(len(text) + 1)
    due = 0
    for left, right in spans(text):
        if left >= cuts[due]:
            reading.openings.append(len(reading.surfaces))
            while left >= cuts[due]:
                due += 1
        reading.surfaces.append(text[left:right])
        reading.starts.append(left)
        reading.ends.append(right)
    if text and text != given:
        begins, ends = _way_back(shown)
        reading.starts[:] = [begins[place] for place in reading.starts]
        reading.ends[:] = [ends[place - 1] for place in reading.ends]
    return reading


def _way_back(shown: Visible) -> tuple[list[int], list[int]]:
    """Return, for each visible character, where it begins and ends in the text as given."""
    begins: list[int] = []
    ends: list[int] = []
    stops = [*(start for _, _, start in shown.stretches[1:]), len(shown.text)]
    for (raw_start, raw_end, start), stop in zip(shown.stretches, stops, strict=True):
        if raw_end - raw_start == stop - start:
            begins.extend(range(raw_start, raw_end))
            ends.extend(range(raw_start + 1, raw_end + 1))
        else:
            begins.extend([raw_start] * (stop - start))
            ends.extend([raw_end] * (stop - start))
    return begins, ends
