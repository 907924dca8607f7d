"""Why a value moved: told from its values where one input alone was put back to what it was."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kit.wording.words import say

_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,15})?")


@dataclass(frozen=True)
class Cause:
    """Why a value moved.

    Parameters
    ----------
    how : {"one", "either", "sum", "together", "among", "aside", "both", "partly", "unexplained"}
        One input alone; each of several alone; each of several by a share, `shares`; only several together; some of
        several together; what could not be put back, `aside`, alone or besides `inputs`; `inputs` and something
        unknown; nothing known.
    inputs : tuple of str
        The inputs that move it.
    shares : tuple of str
        By how much each moved it, with a sign.
    aside : tuple of str
        The inputs that have changed and were not put back, where they may be the cause.

    """

    how: str
    inputs: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()

    def told(self, language: str) -> str:
        """Say it: ``codebook``, ``texts (+3), code (−1)``, ``together: texts, code``."""
        names, others = (named(inputs, language) for inputs in (self.inputs, self.aside))
        if self.shares:
            names = [f"{name} ({share})" for name, share in zip(names, self.shares, strict=True)]
        return say(f"diff.how.{self.how}", language, inputs=", ".join(names), aside=", ".join(others))


def named(inputs: Sequence[str], language: str) -> list[str]:
    """Name inputs for a reader."""
    return [say(f"diff.input.{name}", language) for name in inputs]


def cause_of(
    old: str | None,
    new: str | None,
    swapped: Mapping[str, str | None],
    whole: str | None = None,
    aside: Sequence[str] = (),
    *,
    tried: bool = False,
) -> Cause:
    """Tell why a value moved.

    `swapped` has, for each input, the value with that input alone put back; `whole`, where `tried`, the value with all
    of them put back; `aside` names the inputs that have changed but were not put back.
    """
    back = [name for name, value in swapped.items() if value == old]
    if back:
        return Cause("one" if len(back) == 1 else "either", tuple(back))
    moved = tuple(name for name, value in swapped.items() if value != new)
    shares = _shares(old, new, [swapped[name] for name in moved])
    if shares:
        return Cause("sum", moved, shares)
    if tried and whole == old:
        return Cause("together", moved) if len(moved) > 1 else Cause("among", tuple(swapped))
    if aside:
        return Cause("both" if moved else "aside", moved, aside=tuple(aside))
    return Cause("partly", moved) if moved else Cause("unexplained")


def _shares(old: str | None, new: str | None, values: Sequence[str | None]) -> tuple[str, ...]:
    """Say by how much each input moved a number, if that adds up to the whole move; else nothing."""
    texts = [old, new, *values]
    if len(values) < 2 or not all(text is not None and _NUMBER.fullmatch(text) for text in texts):
        return ()
    was, now, *others = (Decimal(str(text)) for text in texts)
    steps = [now - other for other in others]
    return tuple(f"{step:+f}".replace("-", "\u2212") for step in steps) if sum(steps) == now - was else ()
