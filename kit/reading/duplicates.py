"""Documents whose cleaned text is that of another, as wire copies are."""

from __future__ import annotations

from collections.abc import Sequence


def copies(texts: Sequence[str | bytes]) -> list[int]:
    """Find exact copies.

    Parameters
    ----------
    texts : sequence of str or bytes
        Cleaned texts, or digests that stand for them (empty for an empty text).

    Returns
    -------
    list of int
        For each text the position of the first text identical to it, or -1 if it is the first, the only one, or empty.

    Examples
    --------
    >>> copies(["satu", "dua", "satu", "", ""])
    [-1, -1, 0, -1, -1]

    """
    first: dict[str | bytes, int] = {}
    found = []
    for place, text in enumerate(texts):
        seen = first.setdefault(text, place) if text else place
        found.append(seen if seen < place else -1)
    return found
