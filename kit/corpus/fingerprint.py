"""A hash that stands for a corpus, put together from one of each document and one of each distinct token.

Equal fingerprints, equal tables; and the same fingerprint however a corpus is cut into parts, since sets are hashed.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from kit.corpus.columns import texts_of
from kit.index.token_index import TokenIndex
from kit.index.words import Int32, Int64, UInt8
from kit.machine.texts import pieces

#: Bytes of the digest of a document or a body, and of a distinct token.
WIDE, NARROW = 32, 16

_TAG = 8  # bytes of a token's digest that stand for it in the digest of a document
_SEPARATOR = "\n"  # no token holds a line break


class Digests(NamedTuple):
    """What the fingerprint of a corpus is made of.

    Attributes
    ----------
    documents : uint8 array, documents x 32
        SHA-256 of what the tables say of each document, whatever other documents there are; so not `copy_of`. Cells
        that state nothing are left out, and so is the order of columns.
    bodies : uint8 array, documents x 32
        SHA-256 of each body.
    words : uint8 array, surfaces x 16
        Beginning of the SHA-256 of each distinct token as written and of its row in `types`.

    """

    documents: UInt8
    bodies: UInt8
    words: UInt8


class Summary(NamedTuple):
    """What a part adds to the fingerprint of the whole: digests of its documents and of its distinct tokens."""

    documents: UInt8
    words: UInt8


def digests_of(
    documents: pd.DataFrame,
    segments: pd.DataFrame,
    removed: pd.DataFrame,
    flagged: pd.DataFrame,
    repaired: pd.DataFrame,
    index: TokenIndex,
    paragraph: Int32,
    types: pd.DataFrame,
) -> Digests:
    """Hash the documents and the distinct tokens of a corpus."""
    words = _word_digests(index, types)
    bodies = text_digests(documents["text"])
    parts = [
        _cells(documents),
        *(_passages(table, len(documents)) for table in (removed, flagged, repaired)),
        _rows(bodies, np.arange(len(documents) + 1)),
        _stretches(segments, len(documents)),
        *_tokens(index, paragraph),
    ]
    tags = words[:, :_TAG].copy().view(np.uint64).ravel()
    bounds = index.document_tokens.tolist()
    surface = index.surface
    found = bytearray()
    for row in range(len(documents)):
        pieces_of_it = [part[row] for part in parts]
        pieces_of_it.append(tags[surface[bounds[row] : bounds[row + 1]]].data.cast("B"))
        whole = hashlib.sha256(struct.pack(f"<{len(pieces_of_it)}q", *map(len, pieces_of_it)))
        for piece in pieces_of_it:
            whole.update(piece)
        found += whole.digest()
    return Digests(_array(found, WIDE), bodies, words)


def text_digests(texts: pd.Series) -> UInt8:
    """Return the SHA-256 of texts (UTF-8), 32 bytes each."""
    found = bytearray()
    for piece in pieces(texts):
        data, bounds = piece.data.data, piece.bounds.tolist()
        for begin, stop in pairwise(bounds):
            found += hashlib.sha256(data[begin:stop]).digest()
    return _array(found, WIDE)


def summary_of(digests: Digests, outside: Sequence[str]) -> Summary:
    """Return what documents add to a fingerprint.

    What is a copy of what follows from the documents, unless the original is not among them, as in a selection: it is
    named in `outside` (else empty).
    """
    documents = digests.documents
    copied = [row for row, original in enumerate(outside) if original]
    if copied:
        documents = documents.copy()
        for row in copied:
            mixed = hashlib.sha256(documents[row].tobytes() + outside[row].encode()).digest()
            documents[row] = np.frombuffer(mixed, np.uint8)
    return Summary(documents, digests.words)


def part_fingerprint(part: Any, outside: Sequence[str] | None) -> list[Summary]:
    """Return the summary of a part that has its `Corpus` as `corpus`, in a list, to be joined with others."""
    corpus = part.corpus
    return [summary_of(corpus.digests, [""] * len(corpus) if outside is None else outside)]


def merged_fingerprint(summaries: Sequence[Summary]) -> str:
    """Return the fingerprint of a corpus from the summaries of its parts, in any order."""
    documents = np.sort(
        as_bytes(np.concatenate([np.zeros((0, WIDE), np.uint8), *(one.documents for one in summaries)]))
    )
    words = united([one.words for one in summaries])
    whole = hashlib.sha256(struct.pack("<2q", len(documents), len(words)))
    whole.update(documents.tobytes())
    whole.update(words.tobytes())
    return whole.hexdigest()


def united(words: Sequence[UInt8]) -> UInt8:
    """Return the digests of tokens that are in any of several vocabularies, each once, in order."""
    found = np.sort(as_bytes(np.concatenate([np.zeros((0, NARROW), np.uint8), *words])))
    once = np.concatenate([[True], found[1:] != found[:-1]])[: len(found)]
    distinct: UInt8 = found[once].view(np.uint8).reshape(-1, NARROW)
    return distinct


def as_bytes(digests: UInt8) -> Any:
    """Return digests as one column of byte strings, to be sorted and compared."""
    return np.ascontiguousarray(digests).view(f"S{digests.shape[1]}").ravel()


def _word_digests(index: TokenIndex, types: pd.DataFrame) -> UInt8:
    """Hash each distinct token with what is known of its type."""
    texts = (types[name].tolist() for name in ("form", "lexeme", "root", "kind", "voice"))
    marks = ("1" if mark else "0" for mark in types["stopword"].tolist())
    known = [_SEPARATOR.join(row).encode("utf-8", "surrogatepass") for row in zip(*texts, marks, strict=True)]
    data, bounds = index.words.data.tobytes(), index.words.bounds.tolist()
    found = bytearray()
    for row, of in enumerate(index.surface_type.tolist()):
        word = data[bounds[row] : bounds[row + 1]]
        found += hashlib.sha256(word + b"\n" + known[of]).digest()[:NARROW]
    return _array(found, NARROW)


def _cells(documents: pd.DataFrame) -> list[bytearray]:
    """Return what the metadata state of each document."""
    found = [bytearray() for _ in range(len(documents))]
    for name in sorted(set(documents.columns) - {"text"}):
        head = _framed(name)
        for row, value in enumerate(texts_of(documents[name])):
            if value:
                found[row] += head + _framed(value)
    return found


def _passages(table: pd.DataFrame, documents: int) -> list[bytearray]:
    """Return what a table of passages of the raw files says of each document."""
    found = [bytearray() for _ in range(documents)]
    for doc, *cells in zip(*(table[name].tolist() for name in table.columns), strict=True):
        for cell in cells:
            found[doc] += _framed(cell) if isinstance(cell, str) else struct.pack("<i", cell)
    return found


def _stretches(segments: pd.DataFrame, documents: int) -> list[Any]:
    """Return where the kept stretches of each document stand."""
    places = np.stack([segments[name].to_numpy() for name in ("raw_start", "raw_end", "start")], axis=1)
    return _rows(places, np.searchsorted(segments["doc"].to_numpy(), np.arange(documents + 1)))


def _tokens(index: TokenIndex, paragraph: Int32) -> list[list[Any]]:
    """Return the sentences of each document, where its tokens begin, and the ends that do not follow from these."""
    heads, bounds = index.sentence_tokens[:-1], index.document_tokens
    sentences = np.searchsorted(heads, bounds)
    stretched = np.searchsorted(index.stretched, bounds)
    first = heads - np.repeat(bounds[:-1], np.diff(sentences))
    odd = index.stretched - np.repeat(bounds[:-1], np.diff(stretched))
    return [
        _rows(np.stack([first, paragraph], axis=1), sentences),
        _rows(index.start, bounds),
        _rows(np.stack([odd, index.stretched_end], axis=1), stretched),
    ]


def _rows(values: Any, bounds: Int64) -> list[Any]:
    """Return the bytes of stretches of an array; whole numbers as four, the least first."""
    plain = np.ascontiguousarray(values if values.dtype == np.uint8 else values.astype("<i4", copy=False))
    data = plain.view(np.uint8).reshape(-1).data if plain.size else memoryview(b"")
    width = plain.dtype.itemsize * (plain.shape[1] if plain.ndim == 2 else 1)
    edges = (np.asarray(bounds, np.int64) * width).tolist()
    return [data[begin:stop] for begin, stop in pairwise(edges)]


def _framed(text: str) -> bytes:
    """Return a text behind its length, which keeps neighbours apart."""
    raw = text.encode("utf-8", "surrogatepass")
    return len(raw).to_bytes(8, "little") + raw


def _array(found: bytearray, width: int) -> UInt8:
    """Return digests as rows of bytes."""
    return np.frombuffer(bytes(found), np.uint8).reshape(-1, width)
