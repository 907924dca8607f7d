"""Two sides of a comparison, their items laid beside each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from kit.codebook.codebook import Codebook
from kit.corpus.corpus import Corpus
from kit.errors import QueryError
from kit.measures.counts import Counts, Unit
from kit.measures.frequency_list import FrequencyList
from kit.measures.minimum import filled
from kit.measures.uncertainty import counts_of

Floats = npt.NDArray[np.float64]
Words = dict[str, str]

_SHARED = {
    "en": "Texts in both the target and the reference: {n}; so the two are not independent, differences look smaller "
    "and intervals are wrong.",
    "id": "Teks yang ada di korpus sasaran dan di acuan: {n}; maka keduanya tidak bebas, perbedaan tampak lebih kecil, "
    "dan interval tidak tepat.",
}
_PARTS = {
    "en": "As in the reference, hyphenated forms are counted by their parts.",
    "id": "Seperti dalam acuan, bentuk bertanda hubung dihitung menurut bagiannya.",
}
_DIGITS = {
    "en": "Forms with digits, not compared: {n}; they stay in the denominator.",
    "id": "Bentuk yang memuat angka, tidak dibandingkan: {n}; tetap dihitung sebagai pembagi.",
}
_TARGET_ONLY = {
    "en": "Only items that occur in the target are listed.",
    "id": "Hanya butir yang muncul dalam korpus sasaran yang ditampilkan.",
}


@dataclass(frozen=True, eq=False)
class Comparison:
    """The same items of a target and of its reference.

    Parameters
    ----------
    items : tuple of str
    target : Counts
    reference : Counts or FrequencyList
    listed : DataFrame
        `count`, `documents`, `per_million` (float64), `bound` (bool) of every item in the reference.
    target_size : float
        Words and numbers of the target, hyphenated forms counted as the reference does.
    reference_size : float
        Words and numbers of the reference; NaN where not known.
    remarks : list of dict of language to str

    """

    items: tuple[str, ...]
    target: Counts
    reference: Counts | FrequencyList
    listed: pd.DataFrame
    target_size: float
    reference_size: float
    remarks: list[Words]

    def take(self, rows: npt.NDArray[np.intp]) -> Comparison:
        """Return the comparison of some of the items."""
        if len(rows) == len(self.items):
            return self
        names = [self.items[row] for row in rows.tolist()]
        reference = _aligned(self.reference, names) if isinstance(self.reference, Counts) else self.reference
        return replace(
            self,
            items=tuple(names),
            target=_aligned(self.target, names),
            reference=reference,
            listed=self.listed.iloc[rows].reset_index(drop=True),
        )


def compare(
    target: Corpus | Counts,
    reference: Corpus | Counts | FrequencyList,
    unit: Unit,
    codebook: Codebook | None,
    items: Iterable[str] | None,
) -> Comparison:
    """Count both sides and lay the same items beside each other.

    Parameters
    ----------
    target : Corpus or Counts
    reference : Corpus, Counts or FrequencyList
    unit : {"form", "lexeme", "concept", "pattern"}
    codebook : Codebook, optional
    items : iterable of str, optional
        Which items, in this order. Left out: all of both sides; of a list without counts only those of the target.

    Returns
    -------
    Comparison

    Raises
    ------
    QueryError
        A side has no words, an item is on neither side, or the unit cannot be compared with the list.

    """
    here = counts_of(target, unit, codebook)
    if isinstance(reference, FrequencyList):
        return _with_list(here, reference, unit, items)
    there = counts_of(reference, unit, codebook)
    for side, counts in (("target", here), ("reference", there)):
        _check_size(side, counts)
    names = _chosen(list(dict.fromkeys([*here.items, *there.items])), items)
    here, there = _aligned(here, names), _aligned(there, names)
    size = float(there.sizes.sum())
    count = there.totals.astype(np.float64)
    listed = pd.DataFrame(
        {
            "count": count,
            "documents": there.document_frequency.astype(np.float64),
            "per_million": count / size * 1e6,
            "bound": np.zeros(len(names), bool),
        }
    )
    shared = _shared(target, reference)
    remarks = [filled(_SHARED, n=shared)] if shared else []
    return Comparison(tuple(names), here, there, listed, float(here.sizes.sum()), size, remarks)


def _with_list(here: Counts, reference: FrequencyList, unit: Unit, items: Iterable[str] | None) -> Comparison:
    """Lay the items of the target beside those of a list."""
    remarks = []
    _check_size("target", here)
    if reference.parts:
        if unit != "form":
            raise QueryError(
                f"unit = {unit!r} cannot be compared with {reference.name['en']}",
                remedy="use unit='form': the list holds word forms; or pass a corpus as reference",
            )
        here = split_forms(here)
        remarks.append(_PARTS)
    names = list(here.items)
    if items is not None or reference.count is not None:
        names = _chosen(list(dict.fromkeys([*names, *reference.items])), items)
    else:
        names = [name for name, count in zip(names, here.totals.tolist(), strict=True) if count]
        remarks.append(_TARGET_ONLY)
    if reference.parts:
        words = [name for name in names if not any(character.isdigit() for character in name)]
        if len(words) < len(names):
            remarks.append(filled(_DIGITS, n=len(names) - len(words)))
        names = words
    here = _aligned(here, names)
    size = np.nan if reference.size is None else reference.size
    listed = reference.look_up(names)
    return Comparison(tuple(names), here, reference, listed, float(here.sizes.sum()), size, remarks)


def split_forms(counts: Counts) -> Counts:
    """Count hyphenated forms by their parts: *tugas-tugas* is two of *tugas*, and two words in the denominator.

    Parameters
    ----------
    counts : Counts
        Of forms.

    Returns
    -------
    Counts
        Items sorted; a curly apostrophe is a straight one.

    Examples
    --------
    >>> matrix = sparse.csr_array(np.array([[3, 1]]))
    >>> counts = Counts(matrix, ("tugas-tugas", "tugas"), np.array([4]), ("a",), np.array([0]))
    >>> split = split_forms(counts)
    >>> split.items, split.matrix.toarray().tolist(), split.sizes.tolist()
    (('tugas',), [[7]], [7])

    """
    parts = [[part for part in item.replace("’", "'").split("-") if part] for item in counts.items]
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


def _aligned(counts: Counts, names: list[str]) -> Counts:
    """Return the counts of given items, zeros included."""
    place = pd.Index(counts.items).get_indexer(pd.Index(names, dtype=object)).astype(np.int64)
    part = counts.matrix[:, place[place >= 0]].tocoo()
    column = np.flatnonzero(place >= 0)[part.col]
    matrix = sparse.coo_array((part.data, (part.row, column)), shape=(len(counts.doc_ids), len(names))).tocsr()
    return replace(counts, matrix=matrix, items=tuple(names))


def _chosen(names: list[str], items: Iterable[str] | None) -> list[str]:
    """Return the items asked for; say which are on neither side."""
    if items is None:
        return names
    wanted = [items] if isinstance(items, str) else list(dict.fromkeys(items))
    unknown = sorted(set(wanted) - set(names))
    if unknown:
        raise QueryError(f"no item {unknown[0]!r} is counted", remedy="name an item that either side has")
    return wanted


def _check_size(side: str, counts: Counts) -> None:
    """Refuse a side without words."""
    if not counts.sizes.sum():
        raise QueryError(f"the {side} has no words", remedy="compare corpora that hold some")


def _shared(target: Any, reference: Any) -> int:
    """Return how many texts of the target the reference has too."""
    if not (isinstance(target, Corpus) and isinstance(reference, Corpus)):
        return 0
    texts = target.documents["text"]
    return int((texts.isin(reference.documents["text"]) & (texts != "")).sum())
