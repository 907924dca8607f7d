"""What a simulated article is made of: the sentences that must be in it, others that fill it up, and its mark."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from kit.corpus.corpus import SIMULATED_COLUMN
from kit.simulation.plan import Integers, Plan

#: The metadata that mark a simulated article, so that every exhibit made of it says so.
SIMULATED = {SIMULATED_COLUMN: "yes"}
_PARAGRAPH = 3  # sentences
_FURNITURE = ("dateline", "cross_link", "byline_initials", "pager", "footer_link")


def filled(
    generator: np.random.Generator,
    words: Integers,
    needed: Integers,
    length: float,
    fillers: Integers,
    weights: npt.NDArray[np.float64] | None = None,
    *,
    again: bool = True,
) -> Integers:
    """Choose the sentences of an article."""
    room = length - int(words[needed].sum())
    number = max(int(room) // int(words[fillers].min()) + 2, 1)
    drawn = generator.choice(fillers, number if again else min(number, len(fillers)), replace=again, p=weights)
    reached = np.cumsum(words[drawn])
    # The number of fillers whose words come nearest to the room there is.
    kept = drawn[: int(np.argmin(np.abs(np.concatenate([[0], reached]) - room)))]
    order = generator.permutation(np.concatenate([needed, kept]))
    return np.asarray(order if len(order) else drawn[:1], np.int64)


def paragraphs(sentences: Sequence[str]) -> list[str]:
    """Put sentences into paragraphs of three."""
    return [" ".join(sentences[begin : begin + _PARAGRAPH]) for begin in range(0, len(sentences), _PARAGRAPH)]


def dressed(
    generator: np.random.Generator, body: Sequence[str], plan: Plan, outlet: str, links: Sequence[str]
) -> tuple[str, list[str]]:
    """Put the furniture of a news page round a body."""
    shares = plan.table["furniture"]
    has = {rule: bool(generator.random() < shares[rule]) for rule in _FURNITURE}

    def one_of(choices: Sequence[Any]) -> Any:
        """Draw one of some."""
        return choices[int(generator.integers(0, len(choices)))]

    place, letters, link = one_of(plan.table["places"][outlet]), one_of(shares["letters"]), one_of(links)
    lines = list(body)
    if has["dateline"]:
        lines[0] = f"{place.upper()} ({outlet}) - {lines[0]}"
    if has["byline_initials"]:
        lines[-1] = f"{lines[-1]} ({'/'.join(letters)})"
    if has["cross_link"]:
        lines.insert(int(generator.integers(1, len(lines) + 1)), f"Baca Juga: {link}")
    if has["pager"]:
        lines.append(shares["more"])
    if has["footer_link"]:
        lines.append(one_of(shares["lines"]))
    return "\n".join(lines) + "\n", [rule for rule in _FURNITURE if has[rule]]
