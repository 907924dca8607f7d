"""What an export of many articles is cut into."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kit.errors import ReadingError
from kit.reading.dates import parse_date

#: How far the words that are read may be from those that the export states.
TOLERANCE = 0.1
_FEW = 5  # words that make no difference
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True)
class Piece:
    """An article of an export.

    Attributes
    ----------
    number : int
        Its place in the export, from 1.
    text : str
        Its body; empty if the export has only an error in its place.
    stated : dict of str
        What the export says of it, by the kit's columns and `doc_id`.
    words : int or None
        How many words the export says it has.
    problem : str
        What is in its place, if there is no article.

    """

    number: int
    text: str
    stated: dict[str, str] = field(default_factory=dict)
    words: int | None = None
    problem: str = ""

    @property
    def disagrees(self) -> str:
        """Say that the words which are read are not those that the export states; empty if they are."""
        if not self.words:
            return ""
        body, head = len(self.text.split()), len(self.stated.get("title", "").split())
        near = max(_FEW, TOLERANCE * self.words)
        if min(abs(body - self.words), abs(body + head - self.words)) <= near:
            return ""
        return f"has {body:,} words; the export states {self.words:,}"


@dataclass(frozen=True)
class Export:
    """An export: the database, its articles, and how many it says there are (None if it does not say)."""

    name: str
    pieces: list[Piece]
    stated: int | None


def number_of(text: str) -> int:
    """Return a number with its thousands parted by a comma, a stop or a blank."""
    return int(re.sub(r"[.,\s]", "", text))


def date_of(line: str) -> str:
    """Return a line if it is a date, an edition or a time behind it apart; empty if it is none."""
    bare = _BLANK.sub(" ", line).strip()
    for one in (bare, " ".join(bare.split(" ")[:4]), " ".join(bare.split(" ")[:3])):
        try:
            if parse_date(one.rstrip(",;")):
                return one.rstrip(",;")
        except ReadingError:
            continue
    return ""


def paragraphs(lines: Sequence[str], *, wrapped: bool) -> str:
    """Return lines as paragraphs: each line one, or, where lines are wrapped, all between two blank ones."""
    if not wrapped:
        return "\n".join(line.strip() for line in lines if line.strip())
    found: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            found[-1].append(line.strip())
        elif found[-1]:
            found.append([])
    return "\n".join(" ".join(some) for some in found if some)
