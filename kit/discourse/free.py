"""Free indirect speech: sentences that nobody is named for, between two that one speaker is."""

from __future__ import annotations

from itertools import pairwise

from kit.discourse import rules
from kit.discourse.report import Report
from kit.discourse.view import View

_LEAST_WORDS = 3


def free_reports(view: View, reports: list[Report]) -> list[Report]:
    """Add the sentences between two reports of one speaker that no report and no cue stands in; they are probable."""
    outer = [report for report in reports if report.parent is None]
    outer.sort(key=lambda report: min(report.first, report.cue[0]) if report.cue[0] >= 0 else report.first)
    added: list[Report] = []
    anchors = [report for report in outer if report.kind != "agentless"]
    for before, after in pairwise(anchors):
        if before.speaker < 0 or before.speaker != after.speaker or before.kind == "attribution_only":
            continue
        begin = _sentence_end(view, max(before.last, before.cue[1], before.mention.last if before.mention else 0))
        stop = min(place for place in (after.first, after.cue[0]) if place >= 0)
        while stop > begin and not view.breaks[stop] and view.paragraph[stop - 1] == view.paragraph[stop]:
            stop -= 1
        taken = [report for report in outer if begin <= report.cue[0] < stop]
        place = begin
        while place < stop:
            end = min(_sentence_end(view, place), stop)
            if not any(place <= report.cue[0] < end for report in taken):
                report = _free(view, place, end, before)
                if report is not None:
                    added.append(report)
            place = end
    for report in reports:
        if report.kind == "agentless":
            report.speaker = -1
    found = [*reports, *added]
    found.sort(key=lambda one: (one.first if one.last >= one.first else one.cue[0], -one.last, one.cue[0]))
    return found


def _free(view: View, first: int, end: int, before: Report) -> Report | None:
    """Make the report of one sentence."""
    last = end - 1
    while last >= first and view.flags[last] & (rules.STOP | rules.COMMA):
        last -= 1
    words = sum(1 for place in range(first, last + 1) if view.flags[place] & rules.LETTER)
    if words < _LEAST_WORDS or any(view.flags[place] & rules.DOUBLE for place in range(first, end)):
        return None
    report = Report("free_indirect", first, last, certainty="probable")
    report.speaker = before.speaker
    return report


def _sentence_end(view: View, place: int) -> int:
    """Return the token behind the sentence of a token."""
    stop = place + 1
    while stop < view.size and not view.breaks[stop] and view.paragraph[stop] == view.paragraph[place]:
        stop += 1
    return stop
