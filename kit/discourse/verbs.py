"""The verbs of saying, read from data: every form in which one reports speech, and the verb it is a form of."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

from kit.errors import CorpusError

DATA = Path(__file__).resolve().parent / "data"
_FILE = "verbs_of_saying.csv"
STANCES = ("neutral", "evaluative", "directive", "closing", "answer", "written")
BARE = ("yes", "marks", "no")
CLAUSES = ("always", "bahwa", "command", "wish", "quote")
_COLUMNS = ("verb", "stance", "bare", "active", "passive", "clause")


class Saying(NamedTuple):
    """One form of a verb of saying: the verb, its stance, its voice (bare, active, passive), what it opens."""

    verb: str
    stance: str
    voice: str
    clause: str


@cache
def _rows() -> tuple[dict[str, str], ...]:
    """Return the rows of the file, checked."""
    with (DATA / _FILE).open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        if tuple(reader.fieldnames or ()) != _COLUMNS:
            raise CorpusError(
                f"columns {reader.fieldnames}", place=_FILE, remedy="the header must be " + ",".join(_COLUMNS)
            )
        rows = tuple(reader)
    for number, row in enumerate(rows, start=2):
        if row["stance"] not in STANCES or row["clause"] not in CLAUSES or row["bare"] not in BARE:
            raise CorpusError(
                f"{row['verb']!r} has a stance, clause or bare that is not known",
                place=f"{_FILE}, line {number}",
                remedy=f"use one of {', '.join(STANCES)}; one of {', '.join(CLAUSES)}; one of {', '.join(BARE)}",
            )
    return rows


@cache
def forms_of_saying() -> dict[str, Saying]:
    """Return every form of a verb of saying without enclitics, case-folded."""
    found: dict[str, Saying] = {}
    for row in _rows():
        if row["bare"] == "yes":
            found[row["verb"]] = Saying(row["verb"], row["stance"], "bare", row["clause"])
        for voice in ("active", "passive"):
            for form in row[voice].split():
                found.setdefault(form, Saying(row["verb"], row["stance"], voice, row["clause"]))
    return found


@cache
def behind_marks() -> dict[str, Saying]:
    """Return the words that report right behind words in marks alone, with *-nya* too: "…," ajaknya; "…," janji Ali."""
    rows = [row for row in _rows() if row["bare"] == "marks"]
    told = {row["verb"]: Saying(row["verb"], row["stance"], "bare", "quote") for row in rows}
    return told | {f"{verb}nya": saying for verb, saying in told.items()}
