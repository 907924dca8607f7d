"""Where a document reports what someone says: quotations in marks, clauses without, and what points back."""

from __future__ import annotations

from kit.discourse import rules
from kit.discourse.marked import Marked
from kit.discourse.marks import Stretch, pair
from kit.discourse.report import Report, order_of
from kit.discourse.unmarked import Unmarked
from kit.discourse.view import View


def reports_in(view: View, *, lenient: bool) -> list[Report]:
    """Find every report of a document, in the order of their first tokens."""
    return _Reader(view).read(lenient=lenient)


class _Reader:
    """Reads one document."""

    def __init__(self, view: View) -> None:
        self.view = view
        doubles = view.with_bit(rules.DOUBLE)
        self.stretches = pair(view, doubles, "double")
        self.inner: list[Stretch] = []
        singles = view.with_bit(rules.SINGLE)
        if singles:
            self._add_singles(singles)
        for stretch in self.stretches:
            view.breaks[stretch.first + 1 if stretch.unopened else stretch.first] |= self._opens_sentence(stretch)
        used: set[int] = set()
        closing = frozenset(stretch.last for stretch in self.inner)
        self.marked, self.unmarked = Marked(view, used, closing), Unmarked(view, used)
        self.used = used
        self.found: list[Report] = []

    def _add_singles(self, singles: list[int]) -> None:
        """Add stretches in single marks: outside double ones like these, inside as quotations in others."""
        view = self.view
        inside: dict[tuple[int, int] | None, list[int]] = {}
        for place in singles:
            if not self._is_apostrophe(place):
                held = ((one.first, one.last) for one in self.stretches if one.first < place < one.last)
                inside.setdefault(next(held, None), []).append(place)
        outer = self.stretches
        for holder, places in inside.items():
            whole = [one for one in pair(view, places, "single") if not (one.unclosed or one.unopened)]
            if holder is None:
                outer = sorted([*outer, *whole])
            else:
                self.inner += whole
        self.stretches = outer

    def _is_apostrophe(self, place: int) -> bool:
        """Tell whether a single mark stands inside a word."""
        view, behind = self.view, place + 1
        glued = behind < view.size and view.is_glued(place) and view.is_glued(behind)
        return glued and bool(view.flags[place - 1] & view.flags[behind] & rules.LETTER)

    def _opens_sentence(self, stretch: Stretch) -> bool:
        """Tell whether words in marks begin a sentence: they open the paragraph, or the one before has ended."""
        view, first = self.view, stretch.first
        if first <= 0 or stretch.unopened:
            return False
        before = first - 1
        return view.paragraph[before] != view.paragraph[first] or bool(view.flags[before] & rules.STOP)

    def read(self, *, lenient: bool) -> list[Report]:
        """Find the reports."""
        view = self.view
        previous: Report | None = None
        limit = 0
        for number, stretch in enumerate(self.stretches):
            after = self.stretches[number + 1].first if number + 1 < len(self.stretches) else view.size
            report = self.marked.direct(stretch, limit, after, previous)
            if report is not None:
                self.found.append(report)
                previous = report
            limit = stretch.last + 1
        inner = [(report.first, report.last, report) for report in self.found]
        for stretch in self.inner:
            holder = next(
                (one for first, last, one in inner if first <= stretch.first and stretch.last <= last + 1), None
            )
            report = None if holder is None else self.marked.inner(stretch, holder)
            if report is not None:
                self.found.append(report)
        for verb in view.with_bit(rules.SAYING):
            if verb in self.used:
                continue
            holder = next((report for first, last, report in inner if first <= verb <= last), None)
            report = self.unmarked.clause(verb, holder, lenient)
            if report is not None:
                report.parent = holder
                self.found.append(report)
        self.found.sort(key=order_of)
        return self.found
