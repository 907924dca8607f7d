"""Many texts as integers: every running token as the number of its surface, every surface as the number of its type.

A *surface* is a distinct token as written (*Pemkot*, *PEMKOT*); a *type* is a distinct form after folding (*pemkot*).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from kit.index.vocabulary import KINDS
from kit.index.words import Int32 as Int32  # noqa: PLC0414 - other rooms take them from here
from kit.index.words import Int64 as Int64  # noqa: PLC0414
from kit.index.words import UInt8, Words

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, eq=False)
class TokenIndex:
    """The tokens and sentences of many texts.

    Eight bytes a token are kept; whatever else a token has is looked up by its surface or its row.

    Parameters
    ----------
    words : Words, one per surface
        Distinct tokens as written, in code-point order.
    surface_type : int32 array, one per surface
        Row of its folded form in `terms`.
    terms : Words, one per type
        Distinct folded forms, in code-point order.
    term_kind : uint8 array, one per type
        Row in `kit.index.vocabulary.KINDS`.
    surface, start : int32 arrays, one per token
        Row in `words`; code point in the token's own text.
    document_tokens : int64 array, one more than documents
        Token rows where each document begins, and the end.
    sentence_tokens : int64 array, one more than sentences
        Token rows where each sentence begins, and the end. A sentence has at least one token.
    stretched : int64 array
        Rows, rising, of the tokens that are longer in the text as given than as seen (or shorter).
    stretched_end : int32 array, one per row of `stretched`
        Where they end; all others end after as many code points as their surface has.

    """

    words: Words
    surface_type: Int32
    terms: Words
    term_kind: UInt8
    surface: Int32
    start: Int32
    document_tokens: Int64
    sentence_tokens: Int64
    stretched: Int64 = field(default_factory=lambda: np.zeros(0, np.int64))
    stretched_end: Int32 = field(default_factory=lambda: np.zeros(0, np.int32))

    @property
    def surfaces(self) -> tuple[str, ...]:
        """Distinct tokens as written, in code-point order."""
        return self.words.strings

    @property
    def forms(self) -> tuple[str, ...]:
        """Distinct folded forms, in code-point order."""
        return self.terms.strings

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """Kind of each form: word, number, punctuation, symbol or address."""
        return tuple(KINDS[kind] for kind in self.term_kind.tolist())

    def kinds_in_arrow(self) -> pa.LargeStringArray:
        """Return the same as an Arrow array."""
        import pyarrow as pa  # noqa: PLC0415 - a bare import of the kit does without

        return pa.array(KINDS, pa.large_string()).take(pa.array(self.term_kind))

    @property
    def end(self) -> Int32:
        """Code point behind each token, in its own text."""
        return self.end_of(slice(None))

    @property
    def type(self) -> Int32:
        """Row in `forms`, one per token."""
        return self.type_of(slice(None))

    @property
    def token_document(self) -> Int32:
        """Row of the document, one per token."""
        return _expand(self.document_tokens)

    @property
    def token_sentence(self) -> Int32:
        """Row of the sentence, one per token."""
        return _expand(self.sentence_tokens)

    def type_of(self, tokens: slice | npt.NDArray[np.integer]) -> Int32:
        """Return the types of some tokens, without those of all."""
        return self.surface_type[self.surface[tokens]]

    def end_of(self, tokens: slice | npt.NDArray[np.integer]) -> Int32:
        """Return the ends of some tokens, without those of all."""
        end: Int32 = self.start[tokens] + self.words.lengths[self.surface[tokens]]
        if isinstance(tokens, slice) and tokens.step in (None, 1):
            begin, stop, _ = tokens.indices(len(self.surface))
            first, last = np.searchsorted(self.stretched, (begin, stop))
            end[self.stretched[first:last] - begin] = self.stretched_end[first:last]
        elif len(self.stretched):
            plain = isinstance(tokens, np.ndarray) and tokens.dtype.kind in "iu"
            rows = np.asarray(tokens) % len(self.surface) if plain else np.arange(len(self.surface))[tokens]
            place = np.minimum(np.searchsorted(self.stretched, rows), len(self.stretched) - 1)
            odd = self.stretched[place] == rows
            end[odd] = self.stretched_end[place[odd]]
        return end


def selection(index: TokenIndex, rows: npt.NDArray[np.intp]) -> tuple[TokenIndex, Int64, Int64]:
    """Return the index of some documents, in the order given, and which surfaces and types of the whole it has."""
    begin, stop = index.document_tokens[:-1][rows], index.document_tokens[1:][rows]
    tokens = ranges(begin, stop)
    first = np.zeros(len(index.surface) + 1, bool)
    first[index.sentence_tokens[:-1]] = True
    surface = index.surface[tokens]
    surfaces, new_surface = _kept(surface, len(index.words))
    types, new_type = _kept(index.surface_type[surfaces], len(index.terms))
    ends = index.end_of(tokens)
    starts = index.start[tokens]
    words = index.words.take(surfaces)
    surface = new_surface[surface]
    stretched = np.flatnonzero(starts + words.lengths[surface] != ends)
    selected = TokenIndex(
        words=words,
        surface_type=new_type[index.surface_type[surfaces]],
        terms=index.terms.take(types),
        term_kind=index.term_kind[types],
        surface=surface,
        start=starts,
        document_tokens=np.concatenate([[0], np.cumsum(stop - begin)]).astype(np.int64),
        sentence_tokens=np.concatenate([np.flatnonzero(first[tokens]), [len(tokens)]]).astype(np.int64),
        stretched=stretched,
        stretched_end=ends[stretched],
    )
    return selected, surfaces, types


def ranges(begin: Int64, stop: Int64) -> Int64:
    """Return the numbers begin[0]..stop[0]-1, begin[1]..stop[1]-1, … in one array."""
    length = stop - begin
    out = np.ones(int(length.sum()), np.int64)
    filled = length > 0
    starts, lengths = begin[filled], length[filled]
    if not len(starts):
        return out
    heads = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    out[0] = starts[0]
    out[heads[1:]] = starts[1:] - (starts[:-1] + lengths[:-1] - 1)
    return np.cumsum(out)


def _kept(numbers: Int32, count: int) -> tuple[Int64, Int32]:
    """Return which of `count` numbers occur, and the new number of each."""
    used = np.zeros(count, bool)
    used[numbers] = True
    return np.flatnonzero(used), (np.cumsum(used) - 1).astype(np.int32)


def _expand(bounds: Int64) -> Int32:
    """Return, for each token, the number of the stretch that `bounds` puts it in."""
    return np.repeat(np.arange(len(bounds) - 1, dtype=np.int32), np.diff(bounds))
