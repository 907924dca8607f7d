"""Two sides of a comparison, their items laid beside each other."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from kit.codebook.codebook import Codebook
from kit.corpus.fingerprint import as_bytes
from kit.errors import QueryError
from kit.index.token_index import Int32, Int64
from kit.lexicon.characters import plain
from kit.measures.counts.blocks import AnyCounts, PartedCounts, aligned, counts_of
from kit.measures.counts.counts import Counts, Unit, Vocabulary, not_counted
from kit.measures.counts.kept_counts import items_by_document
from kit.measures.counts.numbering import whole_of
from kit.measures.keyness.frequency_list import FrequencyList
from kit.measures.keyness.listing import Listing
from kit.parts.part import Part
from kit.parts.parted import PartedCorpus
from kit.parts.summaries import AnyCorpus, join_columns, reduce
from kit.wording.words import Remark, remark, tell

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Comparison:
    """What is compared: a target, its reference and their items.

    Parameters
    ----------
    items : tuple of str
    target : Counts or PartedCounts
    reference : Counts, PartedCounts or FrequencyList
    target_size : float
        Words and numbers of the target, hyphenated forms counted as the reference does.
    reference_size : float
        Words and numbers of the reference; NaN where not known.
    remarks : list of remarks

    """

    items: tuple[str, ...]
    target: AnyCounts
    reference: AnyCounts | FrequencyList
    target_size: float
    reference_size: float
    remarks: list[Remark]

    @property
    def counted(self) -> list[AnyCounts]:
        """The sides that have documents to count, the target first."""
        return [self.target] if isinstance(self.reference, FrequencyList) else [self.target, self.reference]

    @property
    def stories(self) -> int:
        """How many stories the smaller side has; a list has none to count."""
        return min(len(np.unique(side.story)) for side in self.counted)


@dataclass(frozen=True, eq=False)
class Sides:
    """Some items of a target beside those of its reference.

    Parameters
    ----------
    target : Counts
        Of these items.
    reference : Counts or FrequencyList
        Counts of these items, or the list.
    listed : DataFrame
        `count`, `documents`, `per_million` (float64), `bound` (bool) of every item in the reference.
    target_size, reference_size : float
        As of `Comparison`.

    """

    target: Counts
    reference: Counts | FrequencyList
    listed: pd.DataFrame
    target_size: float
    reference_size: float

    def take(self, rows: npt.NDArray[np.intp]) -> Sides:
        """Return some of the items."""
        if len(rows) == len(self.target.items):
            return self
        names = [self.target.items[row] for row in rows.tolist()]
        reference = aligned(self.reference, names) if isinstance(self.reference, Counts) else self.reference
        listed = self.listed.iloc[rows].reset_index(drop=True)
        return replace(self, target=aligned(self.target, names), reference=reference, listed=listed)


def sides_of(target: Counts, reference: Counts | FrequencyList) -> Sides:
    """Lay the items of a target beside the same ones of the reference."""
    here = float(target.sizes.sum())
    if isinstance(reference, FrequencyList):
        size = np.nan if reference.size is None else reference.size
        return Sides(target, reference, reference.look_up(target.items), here, size)
    size = float(reference.sizes.sum())
    count = reference.totals.astype(np.float64)
    listed = pd.DataFrame(
        {
            "count": count,
            "documents": reference.document_frequency.astype(np.float64),
            "per_million": count / size * 1e6,
            "bound": np.zeros(len(count), bool),
        }
    )
    return Sides(target, reference, listed, here, size)


def compare(
    target: AnyCorpus | Counts,
    reference: AnyCorpus | Counts | FrequencyList,
    unit: Unit,
    codebook: Codebook | None,
    items: Iterable[str] | None,
    listing: Listing,
) -> Comparison:
    """Tell what is compared with what."""
    here = counts_of(target, unit, codebook)
    if isinstance(reference, FrequencyList):
        found = _with_list(here, reference, unit, items)
        names, said = listing.listed(found.items, unit, target) if items is None else (list(found.items), [])
        return replace(found, items=tuple(names), remarks=[*found.remarks, *said])
    there = counts_of(reference, unit, codebook)
    for side, counts in (("target", here), ("reference", there)):
        _check_size(side, counts)
    names = _chosen(list(dict.fromkeys([*here.items, *there.items])), items)
    shared = _shared(target, reference)
    remarks = [remark("keyness.shared", n=shared)] if shared else []
    if items is None:
        names, said = listing.listed(names, unit, target)
        remarks += said
    return Comparison(tuple(names), here, there, float(here.sizes.sum()), float(there.sizes.sum()), remarks)


def _with_list(here: AnyCounts, reference: FrequencyList, unit: Unit, items: Iterable[str] | None) -> Comparison:
    """Tell which items of the target are compared with those of a list."""
    remarks = []
    _check_size("target", here)
    if reference.parts:
        if unit != "form":
            raise QueryError(
                f"unit = {unit!r} cannot be compared with {tell(reference.name, 'en')}",
                remedy="use unit='form': the list holds word forms; or pass a corpus as reference",
            )
        here = split_forms(here) if isinstance(here, Counts) else _split_parted(here)
        remarks.append(remark("keyness.parts"))
    names = list(here.items)
    if items is not None or reference.count is not None:
        names = _chosen(list(dict.fromkeys([*names, *reference.items])), items)
    else:
        names = [name for name, count in zip(names, here.totals.tolist(), strict=True) if count]
        remarks.append(remark("keyness.target_only"))
    if reference.parts:
        words = [name for name in names if name.isalpha() or not any(map(str.isdigit, name))]
        if len(words) < len(names):
            remarks.append(remark("keyness.digits", n=len(names) - len(words)))
        names = words
    size = np.nan if reference.size is None else reference.size
    return Comparison(tuple(names), here, reference, float(here.sizes.sum()), size, remarks)


def split_forms(counts: Counts) -> Counts:
    """Count hyphenated forms by their parts: *tugas-tugas* is two of *tugas*, and two words in the denominator."""
    parts = [parts_of(item) for item in counts.items]
    row = np.repeat(np.arange(len(parts)), [len(names) for names in parts])
    flat = [part for names in parts for part in names]
    column, items = pd.factorize(np.asarray(flat, object), sort=True)
    ones = np.ones(len(flat), np.int64)
    turn = sparse.coo_array((ones, (row, column)), shape=(len(parts), len(items))).tocsr()
    matrix = (counts.matrix @ turn).tocsr()
    matrix.sort_indices()
    more = np.array([max(len(names) - 1, 0) for names in parts], np.int64)
    sizes = counts.sizes + np.asarray(counts.matrix @ more, np.int64)
    return replace(counts, matrix=matrix, items=tuple(str(item) for item in items), sizes=sizes)


def parts_of(item: str) -> list[str]:
    """Return the parts of a hyphenated form."""
    return [part for part in plain(item).split("-") if part]


def _split_parted(counts: PartedCounts) -> PartedCounts:
    """Count hyphenated forms of a corpus in parts by their parts."""
    items, turn, kept, more = counts.corpus.once("split forms", _turned)
    old, size = counts.vocabulary, turn.shape[1]
    totals = []
    for values in (old.occurrences, old.documents):  # the latter is a bound: it says how large a block is, and no more
        whole = np.zeros(size, np.int64)
        whole[old.number] = values
        totals.append(np.asarray(turn @ whole, np.int64))
    there = np.flatnonzero(totals[0])
    sizes = np.zeros(len(counts.doc_ids), np.int64)
    rows, words = counts.corpus.reduce(_split_sizes, join_columns, more, cut=[counts.whole.own])
    sizes[rows] = words
    vocabulary = Vocabulary(items, totals[0], totals[1], np.arange(len(items))).take(there)
    return replace(counts, vocabulary=vocabulary, sizes=sizes, turn=kept)


def _turned(corpus: PartedCorpus) -> tuple[pd.Index, sparse.csr_array, Any, Int64]:
    """Return the parts of all forms, how often a form has each, the same as the engine keeps it, and parts to spare."""
    parts = [parts_of(item) for item in whole_of(corpus, "form").names.tolist()]
    row = np.repeat(np.arange(len(parts)), [len(names) for names in parts])
    code, items = pd.factorize(np.asarray([part for names in parts for part in names], object), sort=True)
    cells = (np.ones(len(row), np.int32), (code, row))
    turn = sparse.coo_array(cells, shape=(len(items), len(parts))).tocsr()
    turn.sum_duplicates()
    more = np.array([max(len(names) - 1, 0) for names in parts], np.int64)
    return pd.Index(items, dtype="str"), turn, corpus.engine.keep(turn), more


def _split_sizes(part: Part, more: Int64, own: Int32) -> list[Int64]:
    """Return the rows of a part's documents and their words, hyphenated forms counted by their parts."""
    words = part.sizes["words"].to_numpy()
    return [part.numbers.rows, words + np.asarray(items_by_document(part, "form").T @ more[own], np.int64)]


def _chosen(names: list[str], items: Iterable[str] | None) -> list[str]:
    """Return the items asked for; say which are on neither side."""
    if items is None:
        return names
    wanted = [items] if isinstance(items, str) else list(dict.fromkeys(items))
    unknown = sorted(set(wanted) - set(names))
    if unknown:
        raise not_counted(unknown[0], names, "name an item that either side has")
    return wanted


def _check_size(side: str, counts: AnyCounts) -> None:
    """Refuse a side without words."""
    if not counts.sizes.sum():
        raise QueryError(f"the {side} has no words", remedy="compare corpora that hold some")


def _shared(target: Any, reference: Any) -> int:
    """Return how many texts of the target the reference has too."""
    if isinstance(target, Counts) or isinstance(reference, Counts):
        return 0
    here, there = (reduce(side, _bodies, join_columns)[0] for side in (target, reference))
    return int((np.isin(here, there) & (here != _NOTHING)).sum())


_NOTHING = hashlib.sha256(b"").digest()


def _bodies(part: Part) -> list[Any]:
    """Return a hash of each text of a part."""
    stored, chosen = part.stored
    bodies = as_bytes(stored.digests.bodies)
    return [bodies if chosen is None else bodies[chosen]]
