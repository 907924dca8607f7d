"""A reference that is no corpus: a list of items with their frequencies."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.arguments import checked
from kit.corpus.calls import Call, outside, recorded
from kit.errors import QueryError
from kit.reading.leipzig import word_counts
from kit.settings import LANGUAGES
from kit.wording.words import remark, tell

Floats = npt.NDArray[np.float64]

_ITEM = ("item", "term", "form", "lexeme", "concept")
_COUNT = ("count", "mentions")


@dataclass(frozen=True, eq=False)
class FrequencyList:
    """Frequencies of the items of a reference. Make one with `from_frame` or `kit.general_indonesian`.

    Parameters
    ----------
    items : tuple of str
        Each once.
    per_million : float64 array, one per item
        Of the reference's words and numbers.
    count : float64 array, one per item, or None
        Occurrences, where the list has them.
    documents : float64 array, one per item, or None
        Documents with the item, where the list has them.
    size : float or None
        Words and numbers of the reference, where they are known.
    floor : float or None
        Per million: an item that is not listed has at most this rate. None: the list is complete, and an item that is
        not listed does not occur.
    name : mapping of language to str, or a remark
        What the list is, for notes.
    parts : bool
        Whether the list counts the parts of a hyphenated form and folds digits: hyphenated forms are then counted by
        their parts, and forms with digits cannot be compared.
    origin : dict
        The call that made the list (`kit.corpus.calls`); it has no part in the fingerprint.
    selection : tuple of dict
        How the documents of the reference were chosen, where its table says so (`kit.Corpus`).

    """

    items: tuple[str, ...]
    per_million: Floats
    count: Floats | None
    documents: Floats | None
    size: float | None
    floor: float | None
    name: Mapping[str, str]
    parts: bool = False
    origin: Call = field(default_factory=outside, repr=False)
    selection: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)

    @classmethod
    @recorded()
    @checked
    def from_frame(
        cls,
        frame: pd.DataFrame,
        *,
        size: float | None = None,
        floor: float | None = None,
        name: Mapping[str, str] | None = None,
    ) -> Self:
        """Make a reference from a table of frequencies.

        Parameters
        ----------
        frame : DataFrame, one row per item
            The item in a column `item`, `term`, `form`, `lexeme` or `concept` (with a column `pattern`: ``concept:
            pattern``), and `count` (or `mentions`), `per_million` or both; `documents` if known. What
            `kit.term_frequencies` and `kit.concept_frequencies` return can be used as it is.
        size : float, optional
            Words and numbers of the reference. Left out: ``frame.attrs["tokens"]``, if there.
        floor : float, optional
            The rate per million below which the list leaves items out. If not given, the list is taken to be complete:
            an item that is not listed does not occur.
        name : mapping of language to str, optional
            What the list is (``en``, ``id``), for notes.

        Returns
        -------
        FrequencyList

        Raises
        ------
        QueryError
            A column is missing, an item is listed twice, a value is missing or below zero, or there are counts without
            a size.

        Examples
        --------
        >>> frame = pd.DataFrame({"term": ["warga", "asn"], "count": [30, 10]})
        >>> FrequencyList.from_frame(frame, size=2000)
        <FrequencyList: a frequency list, 2 items, 2,000 words and numbers>

        """
        items = _items(frame)
        size = float(frame.attrs["tokens"]) if size is None and "tokens" in frame.attrs else size
        if size is not None and not (np.isfinite(size) and size > 0):
            raise QueryError(f"size = {size!r}", remedy="give the words and numbers of the reference")
        if floor is not None and not (np.isfinite(floor) and floor > 0):
            raise QueryError(f"floor = {floor!r}", remedy="give a rate per million above 0, or leave it out")
        counts = next((_numbers(frame, column) for column in _COUNT if column in frame.columns), None)
        rates = _numbers(frame, "per_million") if "per_million" in frame.columns else None
        if counts is None and rates is None:
            raise QueryError(
                "the list has neither 'count' nor 'per_million'", remedy="name one column 'count' or 'per_million'"
            )
        if size is None and rates is None:
            raise QueryError(
                "the list has counts but no size", remedy="pass size= (words and numbers of the reference)"
            )
        if size is None:
            counts = None  # the rates say all that can be known
        elif counts is None:
            counts = rates * size / 1e6 if rates is not None else None
        elif counts.sum() > size and "concept" not in frame.columns:
            raise QueryError(
                f"the counts add up to more than size = {size:,.0f}", remedy="give the size of the reference"
            )
        if rates is None and counts is not None and size is not None:
            rates = counts / size * 1e6
        documents = _numbers(frame, "documents") if "documents" in frame.columns else None
        named, traces = name or remark("keyness.unnamed"), tuple(frame.attrs.get("selection", ()))
        return cls(tuple(items), np.asarray(rates), counts, documents, size, floor, named, selection=traces)

    @classmethod
    @recorded()
    @checked
    def from_leipzig(cls, path: str | Path, *, name: Mapping[str, str] | None = None) -> Self:
        r"""Make a reference from a list of words of the Leipzig Corpora Collection.

        Parameters
        ----------
        path : str or Path
            A file ``…-words.txt``: number, word (once or twice), frequency, parted by tabs.
        name : mapping of language to str, optional
            What the list is (``en``, ``id``), for notes; the name of the file if left out.

        Returns
        -------
        FrequencyList
            Of the case-folded words and numbers. Signs are left out, and so are names of several words, whose parts are
            listed too; the size is the sum of the frequencies.

        Raises
        ------
        ReadingError
            The file cannot be read, a line is none of such a list, or it has no word.

        Examples
        --------
        >>> import pathlib, tempfile
        >>> file = pathlib.Path(tempfile.mkdtemp()) / "ind_contoh-words.txt"
        >>> _ = file.write_text("1\t.\t9\n101\tyang\t5\n102\tWarga\t3\n103\twarga\t2\n", encoding="utf-8")
        >>> FrequencyList.from_leipzig(file)
        <FrequencyList: ind_contoh-words.txt, 2 items, 10 words and numbers>

        """
        counts = word_counts(Path(path))
        frame = pd.DataFrame({"form": list(counts), "count": list(counts.values())})
        named = name or dict.fromkeys(LANGUAGES, Path(path).name)
        return cls.from_frame(frame, size=sum(counts.values()), name=named)

    def __len__(self) -> int:
        """Return the number of items."""
        return len(self.items)

    def __repr__(self) -> str:
        """Say what the list is."""
        size = "size unknown" if self.size is None else f"{self.size:,.0f} words and numbers"
        return f"<FrequencyList: {tell(self.name, 'en')}, {len(self):,} items, {size}>"

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of items, rates, size and floor."""
        lines = [f"{item}\t{rate!r}\n" for item, rate in zip(self.items, self.per_million.tolist(), strict=True)]
        return hashlib.sha256(f"{self.size!r} {self.floor!r}\n{''.join(lines)}".encode()).hexdigest()

    def look_up(self, items: Sequence[str]) -> pd.DataFrame:
        """Return the frequencies of items.

        Parameters
        ----------
        items : sequence of str

        Returns
        -------
        DataFrame, one row per item
            `count`, `documents` (float64; NaN where not known), `per_million` (float64), `bound` (bool: the item is not
            listed, and `per_million` is the most it can have).

        Examples
        --------
        >>> frame = pd.DataFrame({"term": ["warga", "asn"], "per_million": [300.0, 4.0]})
        >>> FrequencyList.from_frame(frame, floor=1.0).look_up(["asn", "akuntabel"])[["per_million", "bound"]]
           per_million  bound
        0          4.0  False
        1          1.0   True

        """
        place = self._index.get_indexer(pd.Index(items, dtype=object))
        listed = place >= 0
        bound = ~listed if self.floor is not None else np.zeros(len(place), bool)
        absent = np.nan if self.floor is not None else 0.0

        def taken(values: Floats | None, otherwise: float) -> Floats:
            """Return the values of listed items, and another for the rest."""
            if values is None:
                return np.full(len(place), np.nan)
            wide = np.full(len(place), otherwise)
            wide[listed] = values[place[listed]]
            return wide

        return pd.DataFrame(
            {
                "count": taken(self.count, absent),
                "documents": taken(self.documents, absent),
                "per_million": taken(self.per_million, self.floor or 0.0),
                "bound": bound,
            }
        )

    @cached_property
    def _index(self) -> pd.Index:
        return pd.Index(self.items, dtype=object)


def _items(frame: pd.DataFrame) -> list[str]:
    """Return the names of the rows, each once."""
    column = next((column for column in _ITEM if column in frame.columns), None)
    if column is None:
        raise QueryError("the list has no column of items", remedy="name it one of " + ", ".join(_ITEM))
    names = frame[column].astype("str")
    if column == "concept" and "pattern" in frame.columns:
        names = names + ": " + frame["pattern"].astype("str")
    twice = names[names.duplicated() | frame[column].isna()]
    if len(twice):
        raise QueryError(f"item {twice.iloc[0]!r} is listed twice or missing", remedy="give one row per item")
    return [str(name) for name in names]


def _numbers(frame: pd.DataFrame, column: str) -> Floats:
    """Return a column of numbers, none missing or below zero."""
    values: Floats = frame[column].to_numpy(np.float64)
    if not (np.isfinite(values) & (values >= 0)).all():
        raise QueryError(f"{column} has a missing or negative value", remedy="correct the list")
    return values
