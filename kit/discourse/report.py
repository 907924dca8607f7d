"""One report of what someone says, in tokens, before its speaker is known."""

from __future__ import annotations

from dataclasses import dataclass, field

from kit.discourse.people import Mention


@dataclass(slots=True, eq=False)
class Report:
    """One quotation or attribution, in tokens; where only the attribution stands, first > last."""

    kind: str
    first: int
    last: int
    cue: tuple[int, int] = (-1, -1)
    verb: str = ""
    stance: str = ""
    mention: Mention | None = None
    certainty: str = "certain"
    flags: list[str] = field(default_factory=list)
    parent: Report | None = None
    speaker: int = -1


def order_of(report: Report) -> tuple[int, int, int]:
    """Return what reports are sorted by: where they begin, the longer first."""
    first = report.first if report.last >= report.first else report.cue[0]
    return first, -report.last, report.cue[0]
