"""Texts as sets of runs of five words, and of figures: hashes of the words as spelled, the same in every corpus."""

from __future__ import annotations

import hashlib
import weakref
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from kit.index.token_index import TokenIndex, ranges
from kit.index.vocabulary import KINDS
from kit.index.words import Int32, Int64, Words
from kit.language.tokens import COUNTED
from kit.machine.loaded import compiler_is_loaded
from kit.machine.texts import read_only

UInt64: TypeAlias = npt.NDArray[np.uint64]
Rows: TypeAlias = npt.NDArray[np.integer]

#: Words of a run.
WORDS = 5
#: Bits of a hash; what is left of 64 counts documents where sets are made.
BITS = 48
#: Shares of all hashes that are told apart by marks: a power of two, more than most texts have runs.
MARKS = 1 << 11

#: Words from which on compiled code hashes them quicker than the library, loading the code included.
ENOUGH = 20_000

_DOCUMENTS = 64 - BITS  # so many bits of documents, and about so many tokens, are looked at at once
_TOKENS = 1 << 19
_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # odd, so that no bit is lost; from the golden ratio (Knuth 1998, 6.4)
_MIXERS = ((33, 0xFF51AFD7ED558CCD), (33, 0xC4CEB9FE1A85EC53), (33, 1))  # the finalizer of MurmurHash3


class Sets(NamedTuple):
    """Sets of hashes, one per text: `hashes` (uint64, 48 bits), rising in each set, and where each begins (int64)."""

    hashes: UInt64
    bounds: Int64

    def of(self, row: int) -> UInt64:
        """Return one of the sets."""
        return self.hashes[self.bounds[row] : self.bounds[row + 1]]


def none(texts: int) -> Sets:
    """Return empty sets."""
    return Sets(np.zeros(0, np.uint64), np.zeros(texts + 1, np.int64))


def joined(parts: list[Sets]) -> Sets:
    """Put the sets of several parts behind each other."""
    sizes = np.concatenate([np.zeros(0, np.int64), *(np.diff(part.bounds) for part in parts)])
    hashes = np.concatenate([np.zeros(0, np.uint64), *(part.hashes for part in parts)])
    return Sets(hashes, np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64))


def taken(sets: Sets, rows: Rows) -> Sets:
    """Return some of the sets, in the order given."""
    begin, stop = sets.bounds[:-1][rows], sets.bounds[1:][rows]
    bounds = np.concatenate([[0], np.cumsum(stop - begin)]).astype(np.int64)
    return Sets(sets.hashes[ranges(begin, stop)], bounds)


def runs_of(index: TokenIndex, paragraph: Int32, rows: Rows) -> Iterator[Sets]:
    """Yield the runs of five words of some documents, a few documents at a time.

    Words and numbers count, case-folded; a run ends with its paragraph, of which one of fewer words is a run itself.
    """
    for piece in _pieces(index, paragraph, rows):
        yield _runs(piece)


def runs_and_figures_of(index: TokenIndex, paragraph: Int32, rows: Rows) -> tuple[Sets, Sets]:
    """Return the runs, as of `runs_of`, and the different numbers of some documents."""
    found = [(_runs(piece), _figures(piece)) for piece in _pieces(index, paragraph, rows)]
    return joined([runs for runs, _ in found]), joined([figures for _, figures in found])


def marks_of(index: TokenIndex, paragraph: Int32, rows: Rows) -> UInt64:
    """Return documents x 32 words of 64 bits: a bit for each of so many shares of all hashes that have one of its runs.

    A share that one document has and another has not is a run, at least, that the other lacks.
    """
    found = [np.zeros((0, MARKS // 64), np.uint64)]
    for piece in _pieces(index, paragraph, rows):
        doc, run = _hashed(piece)
        marked = np.zeros((piece.documents, MARKS), bool)
        marked[doc, (run >> np.uint64(65 - MARKS.bit_length())).astype(np.int64)] = True
        found.append(np.packbits(marked, axis=1).view(np.uint64))
    return np.concatenate(found)


class _Piece(NamedTuple):
    """The words and numbers of some documents.

    Attributes
    ----------
    doc : int64 array, one per word
        Number of its document among these.
    first : int64 array
        The first word of each paragraph that has some.
    hashes : uint64 array
        Of the words as spelled.
    number : bool array
        Whether the word is a number.
    documents : int
        How many documents there are.

    """

    doc: Int64
    first: Int64
    hashes: UInt64
    number: npt.NDArray[np.bool_]
    documents: int


def heads_of(index: TokenIndex, paragraph: Int32) -> Int64:
    """Return the tokens that open a paragraph; a document may begin in one of the number of the last before it."""
    opening = np.ones(len(paragraph), bool)
    opening[1:] = paragraph[1:] != paragraph[:-1]
    heads: Int64 = index.sentence_tokens[:-1][opening]
    return heads


def hashes_of(index: TokenIndex) -> tuple[UInt64, npt.NDArray[np.bool_]]:
    """Return the hash of each type, of those that count, and which these are."""
    counts, found = _kinds(index, COUNTED), np.zeros(len(index.terms), np.uint64)
    rows = np.flatnonzero(counts).astype(np.int32)
    found[rows] = _hashes(index)(rows)
    return found, counts


def _kinds(index: TokenIndex, kinds: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    """Return which types are of some kinds."""
    return np.isin(index.term_kind, [KINDS.index(kind) for kind in kinds])


def _pieces(index: TokenIndex, paragraph: Int32, rows: Rows) -> Iterator[_Piece]:
    """Yield the words of some of the rows at a time, of not too many tokens."""
    counts, numbers = _kinds(index, COUNTED), _kinds(index, ("number",))
    heads = heads_of(index, paragraph)
    hash_of = _hashes(index)
    sizes = np.diff(index.document_tokens)[rows]
    full, many = (np.cumsum(sizes) - sizes) // _TOKENS, np.arange(len(rows)) >> _DOCUMENTS
    cuts = np.flatnonzero(np.diff(full) | np.diff(many)) + 1
    for start, end in pairwise([0, *cuts.tolist(), len(rows)]):
        begin, stop = index.document_tokens[:-1][rows[start:end]], index.document_tokens[1:][rows[start:end]]
        before = np.cumsum(stop - begin) - (stop - begin)
        types = index.type_of(ranges(begin, stop))
        first, last = np.searchsorted(heads, begin), np.searchsorted(heads, stop)
        opens = np.zeros(len(types) + 1, np.int32)  # one more for empty documents at the end
        opens[before] = 1
        opens[heads[ranges(first, last)] + np.repeat(before - begin, last - first)] = 1
        kept = np.flatnonzero(counts[types]) if len(counts) else np.zeros(0, np.int64)
        types, unit = types[kept], np.cumsum(opens)[kept]
        doc = np.repeat(np.arange(end - start), stop - begin)[kept]
        yield _Piece(doc, np.flatnonzero(np.diff(unit, prepend=-1)), hash_of(types), numbers[types], end - start)


def _runs(piece: _Piece) -> Sets:
    """Return the different runs of each document."""
    return _sets(*_hashed(piece), piece.documents)


def _hashed(piece: _Piece) -> tuple[Int64, UInt64]:
    """Return the hash of each run, in all 64 bits, and its document."""
    words = len(piece.hashes)
    run = piece.hashes.copy()
    for place in range(1, WORDS):  # of five words, wherever they stand
        run = run[: max(words - place, 0)] * _FACTOR + piece.hashes[place:]
    length = np.diff(piece.first, append=words)
    left = np.repeat(piece.first + length, length) - np.arange(words)  # words up to the paragraph's end
    start = np.flatnonzero(left >= WORDS)
    short = piece.first[length < WORDS]
    whole = np.zeros(len(short), np.uint64)
    for place in range(WORDS - 1):
        within = place < left[short]
        whole[within] = whole[within] * _FACTOR + piece.hashes[short[within] + place]
    return np.concatenate([piece.doc[start], piece.doc[short]]), _mixed(np.concatenate([run[start], whole]))


def _figures(piece: _Piece) -> Sets:
    """Return the different numbers of each document."""
    return _sets(piece.doc[piece.number], piece.hashes[piece.number], piece.documents)


class _Hashes:
    """The hashes of types by their spelling, of each made when it is first asked for."""

    def __init__(self, index: TokenIndex) -> None:
        self._terms = index.terms
        self._known = np.zeros(len(index.terms), bool)
        self._hashes = np.zeros(len(index.terms), np.uint64)

    def __call__(self, types: Int32) -> UInt64:
        """Return the hash of each of some types."""
        new = np.zeros(len(self._known), bool)
        new[types] = True
        rows = np.flatnonzero(new & ~self._known)
        if not len(rows):
            return self._hashes[types]
        is_quicker = len(rows) >= ENOUGH and compiler_is_loaded()
        self._hashes[rows] = (_compiled if is_quicker else _one_by_one)(self._terms, rows)
        self._known[rows] = True  # only now: others may ask meanwhile
        return self._hashes[types]


def _one_by_one(words: Words, rows: Int64) -> UInt64:
    """Return the hashes of some words by the library: the reference."""
    bounds, spelled = words.bounds, words.data.tobytes()
    places = zip(bounds[rows].tolist(), bounds[rows + 1].tolist(), strict=True)
    found = b"".join([hashlib.blake2b(spelled[begin:stop], digest_size=8).digest() for begin, stop in places])
    return np.frombuffer(found, "<u8")


def _compiled(words: Words, rows: Int64) -> UInt64:
    """Return the same by the kernel, save of words that are too long for it."""
    from kit.corpus.stories.hashing import MOST, hash_words  # noqa: PLC0415 - loading the compiler is not for few words

    found = np.empty(len(rows), np.uint64)
    long = np.diff(words.bounds)[rows] > MOST
    short = np.flatnonzero(~long)
    hashed = np.empty(len(short), np.uint64)
    hash_words(read_only(words.data), read_only(words.bounds), rows[short], np.empty(16, np.uint64), hashed)
    found[short], found[long] = hashed, _one_by_one(words, rows[long])
    return found


_KNOWN: weakref.WeakKeyDictionary[TokenIndex, _Hashes] = weakref.WeakKeyDictionary()


def _hashes(index: TokenIndex) -> _Hashes:
    """Return the hashes of an index's types, which are kept as long as it lives."""
    return _KNOWN.setdefault(index, _Hashes(index))


def _mixed(values: UInt64) -> UInt64:
    """Let every bit of a value depend on all of them."""
    for shift, factor in _MIXERS:
        values = (values ^ (values >> np.uint64(shift))) * np.uint64(factor)
    return values


def _sets(doc: Int64, hashes: UInt64, documents: int) -> Sets:
    """Return the different hashes of each document."""
    keys = np.sort((doc.astype(np.uint64) << np.uint64(BITS)) | (hashes >> np.uint64(_DOCUMENTS)))  # one sort, not two
    keys = keys[np.append(True, keys[1:] != keys[:-1])[: len(keys)]]
    sizes = np.bincount((keys >> np.uint64(BITS)).astype(np.int64), minlength=documents)
    bounds = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    return Sets(keys & np.uint64((1 << BITS) - 1), bounds)
