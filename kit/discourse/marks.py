"""Which marks of quotation open and which close: the cheapest reading of all marks of a document.

Marks alternate where nothing speaks against it. What speaks for one side is the mark itself, the blanks beside it, the
words beside it (a verb of saying behind it, a parenthesis before it) and the paragraph. A mark that is missing costs
something too, so that one missing mark turns no other round: a quotation that nothing closes ends at its paragraph.
"""

from __future__ import annotations

from typing import NamedTuple

from kit.discourse import rules
from kit.discourse.view import View

_IMPOSSIBLE = 1e9
#: What it costs to go against a side: the mark itself, a blank, a word or sign beside it, the edge of a paragraph.
_SHAPE, _BLANK, _WORD, _EDGE = 3.0, 2.5, 3.0, 4.0
#: What it costs that a closing mark is missing at the end of a paragraph, or inside one; that an opening one is.
_UNCLOSED, _UNCLOSED_INSIDE, _UNOPENED = 2.5, 6.0, 4.5
#: What it costs a quotation to run on into the next paragraph: behind a mark that opens it again, or without one.
_RUNS_ON, _RUNS_ON_BARE = 0.5, 3.5
_CLOSERS = frozenset(",.;:!?)…")


class Stretch(NamedTuple):
    """What stands in marks.

    Attributes
    ----------
    first, last : int
        Tokens of the marks; one that is missing is the token before the first word, or behind the last.
    unclosed, unopened : bool
        Whether the closing or the opening mark is missing.

    """

    first: int
    last: int
    unclosed: bool = False
    unopened: bool = False


def pair(view: View, marks: list[int], kind: str) -> list[Stretch]:
    """Pair the marks of one kind: "double", or "single"."""
    if not marks:
        return []
    costs = _costs(view, marks, kind)
    steps = _cheapest(view, marks, costs)
    return _stretches(view, marks, steps)


def _costs(view: View, marks: list[int], kind: str) -> list[tuple[float, float]]:
    """Return what it costs each mark to open and to close."""
    prefix = "single_" if kind == "single" else ""
    openers, closers = rules.words_of("marks", f"{prefix}open"), rules.words_of("marks", f"{prefix}close")
    shaped = any(view.words[mark] in openers for mark in marks)
    return [_cost(view, mark, openers, closers if shaped else frozenset()) for mark in marks]


def _cost(view: View, mark: int, openers: frozenset[str], closers: frozenset[str]) -> tuple[float, float]:
    """Return what it costs a mark to open and to close."""
    word, before, after = view.words[mark], mark - 1, mark + 1
    opens = _SHAPE if word in closers else 0.0
    closes = _SHAPE if word in openers else 0.0
    first = mark == 0 or view.paragraph[before] != view.paragraph[mark]
    last = after >= view.size or view.paragraph[after] != view.paragraph[mark]
    left, right = not first and view.is_glued(mark), not last and view.is_glued(after)
    if first and (right or last):
        closes += _EDGE
    if last and (left or first):
        opens += _EDGE
    if not left and right:
        closes += _BLANK
    elif left and not right:
        opens += _BLANK
    if not last:
        sign, bits = view.low[after], view.flags[after]
        if sign in _CLOSERS:
            opens += _WORD if right else _WORD / 2
        elif bits & rules.SAYING and not bits & rules.CAPITAL:
            saying = rules.dressed().get(sign)
            opens += _WORD if saying and saying[0].voice == "bare" else 1.0
        elif bits & rules.LETTER and not bits & rules.CAPITAL and not first and view.flags[before] & rules.STOP:
            opens += 1.0
    if not first:
        sign, bits = view.low[before], view.flags[before]
        if sign in "([:":
            closes += _WORD
        elif bits & rules.SAYING and _is_active(sign):
            closes += 1.5
        elif bits & rules.COMMA and mark >= 2 and _is_active(view.low[mark - 2]):
            closes += 2.0
        elif sign in "?!" and not last and not view.flags[after] & rules.CAPITAL:
            opens += 1.0
    return opens, closes


def _is_active(form: str) -> bool:
    """Tell whether a form reports speech with its subject before it."""
    saying = rules.dressed().get(form)
    return saying is not None and saying[0].voice == "active"


def _cheapest(view: View, marks: list[int], costs: list[tuple[float, float]]) -> list[str]:
    """Return what each mark does: open, close, again (opens once more inside), stray (closes what nothing opened)."""
    out, within = 0.0, _IMPOSSIBLE
    back: list[tuple[tuple[str, bool, bool], tuple[str, bool, bool]]] = []
    for number, mark in enumerate(marks):
        opens, closes = costs[number]
        head = mark == 0 or view.paragraph[mark - 1] != view.paragraph[mark]
        gap = number > 0 and view.paragraph[mark] != view.paragraph[marks[number - 1]]
        # a paragraph ended since the last mark: what was open has ended with it, or runs on
        ended = min(out, within + _UNCLOSED) if gap else out
        from_within_ended = gap and within + _UNCLOSED < out
        runs_on = within + ((_RUNS_ON if head else _RUNS_ON_BARE) if gap else 0.0)
        # outside after this mark: it closed, or strayed
        by_close, by_stray = runs_on + closes, ended + closes + _UNOPENED
        # inside after this mark: it opened, or opened once more
        by_open = ended + opens
        by_again = runs_on + opens + (0.0 if head and gap else _UNCLOSED_INSIDE)
        now_out = ("close", True, False) if by_close <= by_stray else ("stray", from_within_ended, from_within_ended)
        now_in = ("open", from_within_ended, from_within_ended) if by_open <= by_again else ("again", True, False)
        back.append((now_out, now_in))
        out, within = min(by_close, by_stray), min(by_open, by_again)
    steps: list[str] = []
    inside = within + _UNCLOSED < out
    for number in range(len(marks) - 1, -1, -1):
        step, came_from_within, _ = back[number][inside]
        steps.append(step)
        inside = came_from_within
    return steps[::-1]


def _stretches(view: View, marks: list[int], steps: list[str]) -> list[Stretch]:
    """Return the stretches that opening and closing marks make."""
    found: list[Stretch] = []
    first = -1
    for number, (mark, step) in enumerate(zip(marks, steps, strict=True)):
        gap = number > 0 and view.paragraph[mark] != view.paragraph[marks[number - 1]]
        if step == "open":
            if first >= 0:
                found.append(Stretch(first, _paragraph_end(view, first, mark), unclosed=True))
            first = mark
        elif step == "again":
            if not gap:
                found.append(Stretch(first, _sentence_end(view, first, mark), unclosed=True))
                first = mark
        elif step == "close":
            found.append(Stretch(first, mark))
            first = -1
        else:
            if first >= 0:
                found.append(Stretch(first, _paragraph_end(view, first, mark), unclosed=True))
                first = -1
            begin = _sentence_begin(view, mark, found[-1].last if found else -1)
            if mark and begin < mark - 1:
                found.append(Stretch(begin, mark, unopened=True))
    if first >= 0:
        found.append(Stretch(first, _paragraph_end(view, marks[-1], view.size), unclosed=True))
    return [one for one in found if one.last - one.first > 1]


def _paragraph_end(view: View, token: int, limit: int) -> int:
    """Return the token behind the paragraph of a token."""
    paragraph, place = view.paragraph[token], token + 1
    while place < limit and view.paragraph[place] == paragraph:
        place += 1
    return place


def _sentence_end(view: View, first: int, mark: int) -> int:
    """Return the token behind the last sentence that ends before a mark inside the paragraph."""
    place = mark
    while place - 1 > first + 1 and not view.flags[place - 1] & rules.STOP:
        place -= 1
    return place if place - 1 > first + 1 else mark


def _sentence_begin(view: View, mark: int, limit: int) -> int:
    """Return the token before the sentence that ends at a closing mark."""
    place = mark - 1
    while place - 1 > limit and not view.breaks[place] and view.paragraph[place - 1] == view.paragraph[mark]:
        place -= 1
    return place - 1
