"""The patterns of a codebook that texts are asked for: their rows, their rules, and how their names are ranked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.index.token_index import Int64

if TYPE_CHECKING:
    from kit.codebook.prepared import Ready
    from kit.codebook.rules import Rule

#: Among which hits that overlap one is chosen: those of a concept, of all concepts under one group, or all.
Overlap: TypeAlias = Literal["concept", "group", "codebook"]


class Asked:
    """Patterns that are looked up; what is the same for all texts is found once.

    Parameters
    ----------
    table : DataFrame
        Rows of `Codebook.patterns`; not to be changed.
    rules : sequence of Rule
        Of all patterns of the codebook; those of these rows are taken when texts are looked through.

    """

    def __init__(self, table: pd.DataFrame, rules: Sequence[Rule]) -> None:
        self.table = table
        self._rules = rules

    @cached_property
    def ready(self) -> Ready:
        """The rules of the rows, made ready."""
        from kit.codebook.prepared import Ready  # noqa: PLC0415 - who finds kept mentions needs no rules

        return Ready([self._rules[row] for row in self.table.index.tolist()])

    @cached_property
    def concept(self) -> npt.NDArray[np.intp]:
        """Number of the concept of each, in the order of names."""
        return ranks_of(self.table["concept"])

    @cached_property
    def name(self) -> npt.NDArray[np.intp]:
        """Number of the name of each, in the order of names."""
        return ranks_of(self.table["pattern"])

    @cached_property
    def weight(self) -> Int64:
        """Of patterns that hit the same words the heavier counts: the longer, since an enclitic makes it more exact."""
        length: Int64 = self.table["pattern"].str.len().to_numpy(np.int64)
        return length * (len(length) + 1) - np.arange(len(length))


def ranks_of(names: pd.Series) -> npt.NDArray[np.intp]:
    """Return the place of each name in the order of code points."""
    ranks: npt.NDArray[np.intp] = pd.factorize(names, sort=True)[0]
    return ranks
