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
_FURNITURE = ("dateline", "cross_link", "byline_initials", "footer_link")


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
    """Choose the sentences of an article.

    Parameters
    ----------
    generator : numpy.random.Generator
        Draws fillers, enough for the whole article, then the order.
    words : int64 array
        Words and numbers of every sentence there is.
    needed : int64 array
        Numbers of the sentences that must be in it.
    length : float
        Words it should have; it is longer where the needed sentences are.
    fillers : int64 array
        Numbers of the sentences that may fill it.
    weights : float64 array, one per filler, optional
        How likely each is drawn; all alike if left out.
    again : bool
        Whether one may be drawn twice.

    Returns
    -------
    int64 array
        Numbers of its sentences, in their order; one at least.

    Examples
    --------
    >>> order = filled(np.random.default_rng(0), np.array([9, 5, 5]), np.array([0]), 20.0, np.array([1, 2]))
    >>> len(order), order[order == 0].tolist()
    (3, [0])

    """
    room = length - int(words[needed].sum())
    number = max(int(room) // int(words[fillers].min()) + 2, 1)
    drawn = generator.choice(fillers, number if again else min(number, len(fillers)), replace=again, p=weights)
    reached = np.cumsum(words[drawn])
    # The number of fillers whose words come nearest to the room there is.
    kept = drawn[: int(np.argmin(np.abs(np.concatenate([[0], reached]) - room)))]
    order = generator.permutation(np.concatenate([needed, kept]))
    return np.asarray(order if len(order) else drawn[:1], np.int64)


def paragraphs(sentences: Sequence[str]) -> list[str]:
    """Put sentences into paragraphs of three.

    Examples
    --------
    >>> paragraphs(["Satu.", "Dua.", "Tiga.", "Empat."])
    ['Satu. Dua. Tiga.', 'Empat.']

    """
    return [" ".join(sentences[begin : begin + _PARAGRAPH]) for begin in range(0, len(sentences), _PARAGRAPH)]


def dressed(
    generator: np.random.Generator, body: Sequence[str], plan: Plan, outlet: str, links: Sequence[str]
) -> tuple[str, list[str]]:
    """Put the furniture of a news page round a body.

    Parameters
    ----------
    generator : numpy.random.Generator
        Draws which furniture there is, then what it says.
    body : sequence of str
        Its paragraphs.
    plan : Plan
        How often each kind of furniture is there.
    outlet : str
        Names the outlet in the dateline.
    links : sequence of str
        Headlines that may be linked to.

    Returns
    -------
    page : str
        The page, one paragraph a line.
    rules : list of str
        Which rules of cleaning take the furniture out again, one for each piece.

    """
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
    if has["footer_link"]:
        lines.append(one_of(shares["lines"]))
    return "\n".join(lines) + "\n", [rule for rule in _FURNITURE if has[rule]]
