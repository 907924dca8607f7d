"""One part of a corpus at work: where its documents, sentences and words stand in the whole corpus."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from kit.corpus.calls import unrecorded
from kit.corpus.corpus import Corpus
from kit.index.postings import are_given, postings
from kit.index.token_index import Int32, Int64, TokenIndex, ranges
from kit.parts.freed import give_back
from kit.parts.kept import Kept, a_share_of_memory
from kit.parts.lent import lent

Value = TypeVar("Value")

#: Bytes that a part takes which is mapped from files: for each of its types, mostly their names as Python's texts.
TYPE_BYTES = 250
#: Bytes of each token besides, where its postings are built or its documents were chosen from a larger part.
TOKEN_BYTES = 25
#: Bytes of each token that may be kept of what is made of a corpus in memory, beside the corpus itself; and at least.
MADE_BYTES, MADE_LEAST = 8, 1 << 23


@dataclass(frozen=True, eq=False)
class Numbers:
    """Where the documents of a part stand in the whole corpus, whose documents are in the order of `doc_id`.

    Parameters
    ----------
    rows : int64 array, one per document of the part
        Row of the document in the whole corpus, rising.
    sentences, words : int64 arrays, one per document of the part
        Sentences, and words and numbers, of all documents before it in the whole corpus.

    """

    rows: Int64
    sentences: Int64
    words: Int64


class Part:
    """A part of a corpus, or a whole one that has itself as its only part.

    Parameters
    ----------
    source : Corpus or Place
        Its documents, or what they are opened from.
    numbers : Numbers, optional
        Where they stand; left out where the part is the whole.

    Examples
    --------
    >>> import kit, pandas as pd
    >>> frame = pd.DataFrame({"doc_id": ["a", "b"], "text": ["Satu. Dua tiga.", "Empat."]})
    >>> part = Part(kit.Corpus.from_frame(frame, clean=False))
    >>> part.numbers.sentences.tolist(), part.numbers.words.tolist(), part.sentence_rows.tolist()
    ([0, 2], [0, 3], [0, 1, 2])

    """

    def __init__(self, source: Corpus | Place, numbers: Numbers | None = None) -> None:
        self._source = source
        self._numbers = source.numbers if isinstance(source, Place) else numbers

    @cached_property
    def corpus(self) -> Corpus:
        """The documents of the part."""
        return opened(self._source) if isinstance(self._source, Place) else self._source

    @property
    def stored(self) -> tuple[Corpus, Int64 | None]:
        """The part as it is stored, and which of its documents belong to it (None: all): to be had without a copy."""
        if isinstance(self._source, Place) and self._source.chosen is not None:
            return opened(self._source.all), self._source.chosen
        return self.corpus, None

    def kept(self, name: str) -> Any:
        """Return what was made of the part as it is stored, if it is still at hand; else None."""
        held, key, _ = self._shelf()
        return held.get(key + name)

    def keep(self, name: str, value: Value, size: int) -> Value:
        """Keep what was made of the part as it is stored, of some bytes, as far as memory is given for it."""
        held, key, budget = self._shelf()
        held.put(key + name, value, size / 1e6, budget)
        return value

    def _shelf(self) -> tuple[Kept[Any], str, float]:
        """Return where things made of the part are kept, what their names begin with, and the megabytes for them."""
        source = self._source.source if isinstance(self._source, Place) else self._source
        if isinstance(source, Corpus):
            index = source.index
            return _MADE.setdefault(index, Kept()), "", max(len(index.surface) * MADE_BYTES, MADE_LEAST) / 1e6
        assert isinstance(self._source, Place)
        return _OPEN, f"{self._source.name} ", self._source.budget

    @property
    def sizes(self) -> pd.DataFrame:
        """The catalogue of the documents, without those that are chosen being opened."""
        stored, chosen = self.stored
        return stored.sizes if chosen is None else stored.sizes.iloc[chosen]

    @cached_property
    def numbers(self) -> Numbers:
        """Where the documents stand in the whole corpus."""
        if self._numbers is not None:
            return self._numbers
        sentences, words = (self.corpus.sizes[name].to_numpy() for name in ("sentences", "words"))
        return Numbers(np.arange(len(words)), np.cumsum(sentences) - sentences, np.cumsum(words) - words)

    @property
    def whole(self) -> bool:
        """Whether the part is all there is."""
        return self._numbers is None

    @property
    def sentence_rows(self) -> Int64:
        """Row in the whole corpus of each sentence."""
        heads = self.numbers.sentences
        return ranges(heads, heads + self.sizes["sentences"].to_numpy())

    @property
    def word_rows(self) -> Int64:
        """Place in the word stream of the whole corpus of each word and number."""
        heads = self.numbers.words
        return ranges(heads, heads + self.sizes["words"].to_numpy())

    def words_at(self, places: Int32) -> Int64:
        """Return where places of the word stream of this part lie in that of the whole corpus."""
        index, token = self.corpus.index, postings(self.corpus.index).token
        doc = np.searchsorted(index.document_tokens, token[places], side="right") - 1
        heads = np.searchsorted(token, index.document_tokens[doc].astype(token.dtype))
        return self.numbers.words[doc] + places - heads

    def out(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return rows of this part with `doc` and `sentence` numbered as in the whole corpus (int32)."""
        if self._numbers is None:
            return table
        columns = {"doc": self.numbers.rows.astype(np.int32)[table["doc"].to_numpy()]}
        if "sentence" in table.columns:
            columns["sentence"] = self.sentence_rows.astype(np.int32)[table["sentence"].to_numpy()]
        return lent(table.assign(**columns))

    def own(self, table: pd.DataFrame | None) -> pd.DataFrame | None:
        """Return rows of this part, numbered as in the whole corpus, with its own `doc` and `sentence`."""
        if self._numbers is None or table is None:
            return table
        columns = {"doc": np.searchsorted(self.numbers.rows, table["doc"].to_numpy()).astype(np.int32)}
        if "sentence" in table.columns:
            rows = self.sentence_rows
            order = np.argsort(rows, kind="stable")
            place = np.searchsorted(rows, table["sentence"].to_numpy(), sorter=order)
            columns["sentence"] = order[np.minimum(place, len(order) - 1)].astype(np.int32)
        return table.assign(**columns)


@dataclass(frozen=True, eq=False)
class Place:
    """What a part is opened from, wherever that is to happen.

    Parameters
    ----------
    source : str or Corpus
        Where the part is saved, or the part itself.
    key : str
        The same for the same documents of the same part.
    name : str
        The same for the same part.
    chosen : int64 array or None
        Which of its documents, rising; None: all.
    numbers : Numbers
        Of these documents.
    read : function of a module, optional
        Reads what is saved at `source`; needed where that is no `Corpus`.
    memory : float, optional
        Megabytes that a process may take to keep parts at hand; left out: a quarter of its machine's.

    """

    source: str | Corpus
    key: str
    name: str
    chosen: Int64 | None
    numbers: Numbers
    read: Callable[[str], Corpus] | None = None
    memory: float | None = None

    @property
    def all(self) -> Place:
        """The place of the whole part as it is stored."""
        return replace(self, key=self.name, chosen=None)

    @property
    def budget(self) -> float:
        """Megabytes that a process may take to keep parts, and what was made of them, at hand."""
        return a_share_of_memory() if self.memory is None else self.memory


def at_part(place: Place, summarise: Callable[..., Any], *arguments: Any) -> Any:
    """Open a part and call a function on it: the task of an engine, wherever that works."""
    with unrecorded():
        found = summarise(Part(place), *arguments)
    give_back()
    return found


_OPEN: Kept[Any] = Kept()
_MADE: WeakKeyDictionary[TokenIndex, Kept[Any]] = WeakKeyDictionary()


def opened(place: Place) -> Corpus:
    """Return the documents of a part, kept at hand as far as memory is given for it."""
    if place.chosen is None and isinstance(place.source, Corpus):
        return place.source
    corpus: Corpus | None = _OPEN.get(place.key)
    if corpus is not None:
        return corpus
    if place.chosen is not None:
        corpus = opened(place.all)._take(place.chosen)  # noqa: SLF001 - the same room
    else:
        assert isinstance(place.source, str)
        assert place.read is not None
        corpus = place.read(place.source).as_part()
    _OPEN.put(place.key, corpus, _megabytes(corpus), place.budget)
    return corpus


def _megabytes(corpus: Corpus) -> float:
    """Estimate what a part at hand takes in memory, beyond files that are mapped."""
    index = corpus.index
    tokens = 0 if are_given(index) else len(index.surface)
    return (len(index.terms) * TYPE_BYTES + tokens * TOKEN_BYTES) / 1e6
