"""Documents whose text is that of an earlier one, as wire copies are."""

from __future__ import annotations

from collections.abc import Sequence


def originals(texts: Sequence[str | bytes], dates: Sequence[str]) -> list[int]:
    """Find exact copies, and what each is a copy of.

    For each text the position of the original: of the texts identical to it the one with the earliest date, dated
    before undated, of equals the first; -1 if it is that one itself, or empty.
    """
    first: dict[str | bytes, int] = {}
    for place in sorted(range(len(texts)), key=lambda place: (not dates[place], dates[place])):
        first.setdefault(texts[place], place)
    return [first[text] if text and first[text] != place else -1 for place, text in enumerate(texts)]
