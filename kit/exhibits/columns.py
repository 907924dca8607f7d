"""Which columns of a table readers see: those that its author names, or those that a narrow column has room for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from kit.errors import ExhibitError
from kit.exhibits.formats import latex
from kit.exhibits.grid import Grid

#: A column that readers see, by its name; or the two ends of an interval.
Wanted = str | tuple[str, str]
_LABEL, _ASIDE = "label", ("concept", "item", "parent")


def checked(given: Any, argument: str, frame: pd.DataFrame, place: str) -> tuple[Wanted, ...] | None:
    """Check the names of columns that an author gives, and pairs of them."""
    if given is None:
        return None
    wanted = (given,) if isinstance(given, str) else tuple(one if isinstance(one, str) else tuple(one) for one in given)
    if not wanted or any(not isinstance(one, str) and len(one) != 2 for one in wanted):
        remedy = 'name columns, or two of them as an interval: ("label", ("low", "high"))'
        raise ExhibitError(f"{argument} = {given!r}", place=place, remedy=remedy)
    for name in names(wanted):
        if name not in frame.columns:
            remedy = "use " + ", ".join(frame.columns)
            raise ExhibitError(f"{argument} names {name!r}, which is not a column", place=place, remedy=remedy)
    return wanted


def names(wanted: Iterable[Wanted]) -> list[str]:
    """List the columns, one by one."""
    return [name for one in wanted for name in ((one,) if isinstance(one, str) else one)]


def narrow(grid: Grid, wanted: Sequence[Wanted]) -> tuple[Wanted, ...]:
    """Choose columns for a narrow table: those wanted, from the first on, that fit, without what a label stands for."""
    told = [one for one in wanted if one not in _ASIDE or _LABEL not in wanted]
    return tuple(told[: latex.narrow(grid.select(told))])
