"""What cleaning makes of an article: its body, and the way back to the raw text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kit.reading.damage import Flag, Repair
from kit.reading.survey_lines import Int32
from kit.reading.text import Visible

Span = tuple[int, int, str]  # of the raw text, and the rule


@dataclass(frozen=True)
class Cleaned:
    """A cleaned article and the way back to its raw text.

    Attributes
    ----------
    text : str
        The body: NFC, one line per paragraph, joined by one newline.
    segments : list of (raw_start, raw_end, start), or array of such rows
        The kept stretches, in order: code points of the raw text, and where they begin in `text`. A stretch as long
        in the raw text as in the body maps one to one; any other is one composed cluster and maps as a whole.
    removed : list of (raw_start, raw_end, rule, raw text)
        What was taken out, in the order of the raw text.
    facts : dict of str
        What the furniture states: ``place``, ``outlet``, ``author``, ``paid``, ``copied_from``; and ``flags``, names
        separated by blanks.
    flagged : list of Flag
        What the article is flagged for, and where.
    repaired : list of Repair
        What was mended, in the order of the raw text.

    """

    text: str
    segments: list[tuple[int, int, int]] | Int32
    removed: list[tuple[int, int, str, str]]
    facts: dict[str, str]
    flagged: list[Flag] = field(default_factory=list)
    repaired: list[Repair] = field(default_factory=list)


def flags_as_fact(flagged: list[Flag]) -> dict[str, str]:
    """Return the names of flags as a fact."""
    return {"flags": " ".join(sorted({flag.flag for flag in flagged}))} if flagged else {}


def placed_in_raw(done: Cleaned, whole: Visible, raw: str) -> Cleaned:
    """Return what was made of a mended text with places of the raw text."""
    segments: list[tuple[int, int, int]] = []
    starts = [*(start for _, _, start in done.segments), len(done.text) + 1][1:]
    for (begin, stop, start), after in zip(done.segments, starts, strict=True):
        end = after - 1 if done.text[after - 1 : after] in ("", "\n") else after
        if end - start != stop - begin:
            segments.append((*whole.span(begin, stop), start))
        else:
            pieces = whole.pieces(begin, stop)
            segments += [(first, last, start + max(place, begin) - begin) for first, last, place in pieces]
    spans = [(*whole.span(begin, stop), rule) for begin, stop, rule, _ in done.removed]
    removed = [(begin, stop, rule, raw[begin:stop]) for begin, stop, rule in spans]
    return replace(done, segments=segments, removed=removed)


def blanked(raw: str, removed: Sequence[Span]) -> str:
    """Return a raw text with blanks where passages were taken out, so that places stay what they are."""
    pieces, reached = [], 0
    for begin, stop, _ in sorted(removed):
        pieces += [raw[reached:begin], " " * (stop - begin)]
        reached = stop
    return "".join([*pieces, raw[reached:]])


def around(hidden: Sequence[Span], removed: Sequence[Span]) -> list[Span]:
    """Return stretches without the passages that stand in them."""
    passages, found, row = sorted(removed), [], 0
    for begin, stop, rule in hidden:
        while row < len(passages) and passages[row][1] <= begin:
            row += 1
        reached, next_row = begin, row
        while next_row < len(passages) and passages[next_row][0] < stop:
            found.append((reached, passages[next_row][0], rule))
            reached = passages[next_row][1]
            next_row += 1
        found.append((reached, stop, rule))
    return [span for span in found if span[0] < span[1]]
