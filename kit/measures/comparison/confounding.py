"""What else sets groups apart: other metadata that go with the column they are made by.

Where every article of one outlet is of one year, a difference between outlets is as well one between years, and no
count can tell which. Cramér's V says how far two columns are one: 0 where they are independent, 1 where the one with
more values settles the other (Cramér 1946, *Mathematical Methods of Statistics*, 282).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.corpus.corpus import NOT_STATED
from kit.index.token_index import Int64
from kit.measures.counts.grouping import Grouping
from kit.parts.part import Part
from kit.parts.summaries import AnyCorpus, reduce
from kit.settings import LANGUAGES
from kit.wording.words import Remark, heading, remark

#: Cramér's V from which two columns can no longer be told apart.
LEAST = 0.8
#: Stories for each value that a column needs on average: one that names every article sets no groups apart.
PER_VALUE = 5
_SAME = 1 - 1e-9
#: Columns of texts and of their files, and what cannot but go with a date.
_APART = ("doc_id", "text", "copy_of", "date", "event_date", "title", "url", "source", "sha256", "licence", "flags")
_TIMES = ("year", "month", "date")


def cramers_v(one: Sequence[str], other: Sequence[str]) -> float:
    """Return Cramér's V of two columns; missing where one of them has a single value.

    Examples
    --------
    >>> cramers_v(list("aabb"), list("xxyy")), cramers_v(list("aabb"), list("xyxy"))
    (1.0, 0.0)

    """
    table = pd.crosstab(pd.Series(one), pd.Series(other)).to_numpy(np.float64)
    if min(table.shape) < 2:
        return float("nan")
    expected = table.sum(axis=1, keepdims=True) * table.sum(axis=0, keepdims=True) / table.sum()
    chi2 = ((table - expected) ** 2 / expected).sum()
    return float(np.sqrt(chi2 / table.sum() / (min(table.shape) - 1)))


def confounded(corpus: AnyCorpus, grouping: Grouping, originals: Int64) -> list[Remark]:
    """Say which columns go with those that make groups, over documents that are no copies."""
    made = {str(name): labels.to_numpy(object)[originals] for name, labels in grouping.labels().items()}
    others = [name for name in dict.fromkeys([*reduce(corpus, _columns, _joined), "year"]) if name not in _APART]
    told = []
    for place, (one, labels) in enumerate(made.items()):
        for other in [*list(made)[place + 1 :], *(name for name in others if name not in made)]:
            if _by_date(one, labels) and other in _TIMES:
                continue
            values = made[other] if other in made else corpus.group_of(other).to_numpy(object)[originals]
            found = _v(labels, values)
            if found >= _SAME:
                told.append(remark("compare.one_variable", one=_told(one), other=_told(other)))
            elif found >= LEAST:
                told.append(remark("compare.go_together", one=_told(one), other=_told(other), v=found))
    return told


def _told(column: str) -> dict[str, str]:
    """Name a column for a reader, inside a sentence."""
    named = {language: heading(column, language) for language in LANGUAGES}
    return {language: name if name == column else name[:1].lower() + name[1:] for language, name in named.items()}


def _by_date(column: str, labels: npt.NDArray[np.object_]) -> bool:
    """Tell whether a column is made of dates."""
    return column in _TIMES or any(str(label).startswith(("< ", "≥ ")) for label in labels)


def _v(one: npt.NDArray[np.object_], other: npt.NDArray[np.object_]) -> float:
    """Return Cramér's V where both columns are stated and neither names each article; else 0."""
    stated = (one != NOT_STATED) & (other != NOT_STATED)
    one, other = one[stated], other[stated]
    if any(len(set(column)) * PER_VALUE > len(column) for column in (one, other)):
        return 0.0
    return float(np.nan_to_num(cramers_v(list(one), list(other))))


def _columns(part: Part) -> list[str]:
    """List the metadata columns of a part."""
    return [str(name) for name in part.corpus.documents.columns]


def _joined(parts: Sequence[Sequence[str]]) -> list[str]:
    """List the columns of several parts."""
    return [name for part in parts for name in part]
