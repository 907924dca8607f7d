"""Shares of sentences corrected by what people have read: laid beside the counts of a table of concepts.

A table of validity is plain: one row per concept, with the columns that `kit.score_coding` gives; what it lacks leaves
cells empty, with the reason. Nothing here knows how it was made.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from kit.errors import QueryError
from kit.measures.correction.columns import COLUMNS
from kit.measures.correction.prevalence import rogan_gladen
from kit.measures.correction.strata import NONE, Estimate, Strata

#: Sentences that recall must be worth for a rate to be corrected by it: ``benchmarks/correction_coverage.md``.
WORTH = 20
_TEST = ("recall", "n_recall", "specificity", "n_specificity")
_STRATA = tuple(
    (size, f"{part}_read", f"{part}_yes")
    for size, part in (("hits", "hits"), ("near_misses", "near"), ("rest", "rest"))
)


class Counted(NamedTuple):
    """What is counted: the corpus and the codebook, how many sentences a group has, and whether there are groups."""

    fingerprint: str
    codebook: str
    grouped: bool


def check_validity(validity: pd.DataFrame) -> dict[str, Mapping[Any, Any]]:
    """Return the rows of a table of validity by concept, or say what is wrong with it."""
    remedy = "pass the validity of kit.score_coding, or a table with a row per concept"
    if "concept" not in validity.columns:
        raise QueryError("the table has no column 'concept'", place="validity", remedy=remedy)
    names = validity["concept"].astype(str)
    if names.duplicated().any():
        problem = f"concept {names[names.duplicated()].iloc[0]!r} stands in two rows"
        raise QueryError(problem, place="validity", remedy="choose one source for each concept")
    for name in (*_TEST, *(column for stratum in _STRATA for column in stratum)):
        if name in validity.columns and not pd.api.types.is_numeric_dtype(validity[name].dtype):
            raise QueryError(f"column {name!r} holds no numbers", place="validity", remedy="leave it empty or mend it")
    return dict(zip(names.tolist(), validity.to_dict("records"), strict=True))


def corrected_shares(
    table: pd.DataFrame, sentences: Sequence[int], validity: Mapping[str, Mapping[Any, Any]], of: Counted
) -> pd.DataFrame:
    """Return the columns `COLUMNS` for the rows of a table of concepts.

    `sentences` says for each row how many sentences its group has; `table` has `concept` and `sentences`.
    """
    rows = zip(table["concept"].tolist(), table["sentences"].tolist(), sentences, strict=True)
    made = [dict(_row(found, size, validity.get(concept), of)) for concept, found, size in rows]
    return pd.DataFrame(made, columns=list(COLUMNS), index=table.index).astype(COLUMNS)


def _row(found: int, size: int, row: Mapping[Any, Any] | None, of: Counted) -> Iterator[tuple[str, Any]]:
    """Name the cells of one row."""
    yield "sentence_share", found / size if size else math.nan
    for name, (made, reason) in (("corrected", _by_errors(found, size, row, of)), ("difference", _by_reading(row, of))):
        for part, value in zip(("", "_low", "_high"), made, strict=True):
            yield f"{name}{part}", value
        yield f"{name}_reason", reason


def _by_errors(found: int, size: int, row: Mapping[Any, Any] | None, of: Counted) -> tuple[Estimate, str]:
    """Correct by sensitivity and specificity, which may have been measured elsewhere."""
    if not size:
        return NONE, "no-sentences"
    if (reason := _strange(row, of)) or row is None:
        return NONE, reason
    figures = [float(row.get(name, math.nan)) for name in _TEST]
    if any(math.isnan(one) for one in figures):
        return NONE, "no-specificity"
    if figures[1] < WORTH:
        return NONE, "few-read"
    made = rogan_gladen(found / size, size, *figures)
    return made, "no-better" if math.isnan(made.value) else ""


def _by_reading(row: Mapping[Any, Any] | None, of: Counted) -> tuple[Estimate, str]:
    """Correct by the mean error of the sentences of this corpus that were read."""
    if (reason := _strange(row, of)) or row is None:
        return NONE, reason
    numbers = [[row.get(name, math.nan) for name in stratum] for stratum in _STRATA]
    if any(pd.isna(one) for stratum in numbers for one in stratum):
        return NONE, "not-read"
    if row.get("fingerprint") != of.fingerprint:
        return NONE, "other-corpus"
    if of.grouped:
        return NONE, "by-group"
    sizes, read, yes = (tuple(int(stratum[place]) for stratum in numbers) for place in range(3))
    strata = Strata(sizes, read, yes)
    if not strata.enough:
        return NONE, "few-read" if strata.known else "not-read"
    return strata.total(), ""


def _strange(row: Mapping[Any, Any] | None, of: Counted) -> str:
    """Say why figures are none of this concept as this codebook has it."""
    if row is None:
        return "not-measured"
    codebook = row.get("codebook", "")
    return "other-codebook" if isinstance(codebook, str) and codebook not in ("", of.codebook) else ""
