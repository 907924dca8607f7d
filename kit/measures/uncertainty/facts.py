"""What a reader must know of a table with intervals: the documents, the unit, how they were made."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd

from kit.codebook.codebook import Codebook
from kit.errors import QueryError
from kit.measures.counts.blocks import AnyCounts
from kit.measures.counts.counts import Counts, Unit, not_counted
from kit.measures.uncertainty import minimum
from kit.measures.uncertainty.samples import Integers
from kit.parts.summaries import AnyCorpus

Method = Literal["log_t", "percentile", "bca"]
_UNITS = {"concept": "mention", "pattern": "mention"}


def check_method(method: Method, level: float, resamples: int) -> None:
    """Refuse a method, a level or a number of resamples that makes no interval."""
    if method not in get_args(Method):
        raise QueryError(f"method = {method!r}", remedy="use one of " + ", ".join(get_args(Method)))
    minimum.check(level, None if method == "log_t" else resamples)


def facts_of_method(method: Method, level: float, resamples: int, seed: int) -> dict[str, Any]:
    """Return what a reader must know of how intervals were made."""
    if method == "log_t":
        return {"variant": minimum.variant(method, level), "level": level}
    drawn = {"seed": seed, "resamples": resamples}
    return {"variant": minimum.variant(method, level, resamples, seed), "level": level, **drawn}


def unit_of(source: AnyCorpus | Counts, unit: Unit, codebook: Codebook | None) -> dict[str, str]:
    """Return what a row counts and by which codebook, if that is known."""
    if isinstance(source, Counts):
        return {}
    version = {"codebook": codebook.version} if codebook is not None and unit in _UNITS else {}
    return {"unit": _UNITS.get(unit, unit), **version}


def chosen(counts: AnyCounts, items: Iterable[str] | None) -> Integers:
    """Return the numbers of the items asked for, in the order of the counts; say which are not there."""
    if items is None:
        return np.arange(len(counts.items), dtype=np.int64)
    wanted = [items] if isinstance(items, str) else list(items)
    place = pd.Index(counts.items).get_indexer(pd.Index(wanted, dtype=object))
    unknown = [name for name, found in zip(wanted, place.tolist(), strict=True) if found < 0]
    if unknown:
        raise not_counted(unknown[0], counts.items, "name items as the table of frequencies does")
    return np.unique(place).astype(np.int64)


def facts_of(source: AnyCorpus | Counts, **facts: Any) -> dict[str, Any]:
    """Return what a reader must know of the documents counted."""
    if isinstance(source, Counts):
        return {"documents": len(source.doc_ids), "tokens": int(source.sizes.sum()), **facts}
    return source.about(**facts)


def facts_of_reference(reference: Any) -> dict[str, Any]:
    """Return which corpus or list is the other side of a comparison, and how it was selected; nothing of counts."""
    if isinstance(reference, Counts):
        return {}
    selection = getattr(reference, "selection", ())
    chosen = {"reference_selection": [dict(step) for step in selection]} if selection else {}
    return {"reference_fingerprint": reference.fingerprint, **chosen}
