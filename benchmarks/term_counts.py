"""Term and document frequencies of more texts than memory holds: counts alone, no index.

A batch of texts is cut into tokens, its types are counted, and it is forgotten. What stays is the vocabulary and two
numbers for each type. Threads have vocabularies of their own, which are merged at the end.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import local
from typing import Any, NamedTuple

import numpy as np

from kit.index.counting import document_frequencies, document_types
from kit.index.indexing import read_texts
from kit.index.vocabulary import KINDS, folded
from kit.index.words import Int32, Int64, UInt8, Words
from kit.language.tokens import kind_of
from kit.machine.loaded import can_compile
from kit.machine.texts import Texts, as_list, is_arrow, pieces, size_of

_MOST = 1 << 17  # tokens that wait to be counted: new words are folded together, and texts are gone by then


class Frequencies(NamedTuple):
    """How often types stand in texts.

    Attributes
    ----------
    terms : Words, one per type
        Distinct folded forms, in code-point order.
    kind : uint8 array, one per type
        Row in `kit.index.vocabulary.KINDS`.
    tokens, documents : int64 arrays, one per type
        Running tokens, and texts in which the type stands.

    """

    terms: Words
    kind: UInt8
    tokens: Int64
    documents: Int64


def count_texts(batches: Iterable[Any], threads: int = 1) -> Frequencies:
    """Count the types of many texts, and the texts in which each stands.

    Parameters
    ----------
    batches : iterable
        Lists of str, or pandas or Arrow columns of them; or functions without arguments that yield such, called in
        the threads. Each text is a document of its own.
    threads : int
        How many. Few batches wait at a time.

    Returns
    -------
    Frequencies
        The same whatever the batches and threads.

    Raises
    ------
    CorpusError
        A document is no text.

    Examples
    --------
    >>> found = count_texts([["ASN melayani warga.", "Warga, warga!"], lambda: [["asn"]]])
    >>> list(zip(found.terms, found.tokens.tolist(), found.documents.tolist()))
    [('!', 1, 1), (',', 1, 1), ('.', 1, 1), ('asn', 2, 2), ('melayani', 1, 1), ('warga', 3, 2)]

    """
    tallies: list[Any] = []
    own = local()

    def count(batch: Any) -> None:
        if not hasattr(own, "tally"):
            own.tally = _Tally()
            tallies.append(own.tally)
        for texts in batch() if callable(batch) else [batch]:
            own.tally.add(texts)

    if threads == 1:
        for batch in batches:
            count(batch)
    else:
        with ThreadPoolExecutor(threads) as pool:
            waiting: deque[Future[None]] = deque()
            for batch in batches:
                waiting.append(pool.submit(count, batch))
                if len(waiting) > threads:
                    waiting.popleft().result()
            for task in waiting:
                task.result()
    return merged(tallies)


def merge(parts: Sequence[Frequencies]) -> Frequencies:
    """Add frequencies of different texts up.

    Examples
    --------
    >>> one = count_texts([["warga asn"]])
    >>> found = merge([one, count_texts([["Warga"]])])
    >>> list(found.terms), found.documents.tolist()
    (['asn', 'warga'], [1, 2])

    """
    if len(parts) == 1:
        return parts[0]
    terms = Words(
        np.concatenate([np.zeros(0, np.uint8), *(part.terms.data for part in parts)]),
        np.concatenate([np.zeros(1, np.int64), *(np.diff(part.terms.bounds) for part in parts)]).cumsum(),
    )
    rows, rank = terms.ranks()
    kind = np.concatenate([np.zeros(0, np.uint8), *(part.kind for part in parts)])[rows]
    count, documents = np.zeros(len(rows), np.int64), np.zeros(len(rows), np.int64)
    place = 0
    for part in parts:  # no type is twice in a part
        mine = rank[place : place + len(part.terms)]
        count[mine] += part.tokens
        documents[mine] += part.documents
        place += len(part.terms)
    return Frequencies(terms.take(rows), kind, count, documents)


class _Tally:
    """What one thread has counted."""

    def __init__(self) -> None:
        self._scanner: Any = None
        self._types: Any = None
        # Both grow by more than is needed, so that they are seldom copied.
        self._of_surface, self._surfaces = np.zeros(0, np.int32), 0
        self._counts = np.zeros((0, 4), np.int32)  # tokens, documents, number of the last document; a row is 16 bytes
        self._documents = 0
        self.parts: list[Frequencies] = []

    def add(self, texts: Texts) -> None:
        """Count the types of some texts."""
        texts = texts if is_arrow(texts) else as_list(texts)
        if not can_compile():
            self.parts.append(_by_rule(texts))
            return
        from benchmarks.rewinding import RewindingScanner

        if self._scanner is None:
            self._scanner, self._types = RewindingScanner(size_of(texts), sentences=False), RewindingScanner(0)
        for piece in pieces(texts):
            self._scanner.read(piece)
            if self._scanner.tokens > _MOST:
                self._count()

    def _count(self) -> None:
        """Count the types of what was read, and forget its tokens."""
        from benchmarks.rewinding import count_types

        surface, bounds = self._scanner.rewind()
        self._fold()
        count_types(surface, self._of_surface, bounds, self._documents, self._counts)
        self._documents += len(bounds) - 1

    def _fold(self) -> None:
        """Give the surfaces that are new their types."""
        words, kinds = self._scanner.found(self._surfaces)
        if not len(words):
            return
        forms = folded(words)
        numbers = self._types.number_words(forms, kinds)
        first, self._surfaces = self._surfaces, self._surfaces + len(numbers)
        if self._surfaces > len(self._of_surface):
            self._of_surface = np.resize(self._of_surface, self._surfaces * 3 // 2)
        self._of_surface[first : self._surfaces] = numbers
        known = int(numbers.max()) + 1
        if known > len(self._counts):
            fresh = np.tile(np.array([0, 0, -1, 0], np.int32), (known * 3 // 2 - len(self._counts), 1))
            self._counts = np.concatenate([self._counts, fresh])

    def found(self) -> tuple[Words, UInt8, Int64]:
        """Return the types as they came, their kinds as the kernel has them, tokens and documents of each."""
        self._count()
        self._scanner, self._of_surface = None, np.zeros(0, np.int32)  # the memory is needed
        words, kinds = self.types()
        return words, kinds, self._counts[: len(words), :2].astype(np.int64)

    def types(self) -> tuple[Words, UInt8]:
        """Return the types as they came, and their kinds as the kernel has them."""
        found: tuple[Words, UInt8] = self._types.found()
        return found

    def taken(self, words: Words, kinds: UInt8) -> Int32:
        """Return the numbers of types of another tally, after which this one knows them too."""
        numbers: Int32 = self._types.number_words(words, kinds)
        return numbers


def merged(tallies: Sequence[_Tally]) -> Frequencies:
    """Add up what threads have counted, whose types are put in order once for all."""
    compiled = [tally for tally in tallies if not tally.parts]
    if not compiled:
        return merge([part for tally in tallies for part in tally.parts])
    from kit.index.scanner import told_apart

    first, *others = compiled
    _, _, counts = first.found()
    for tally in others:
        words, kinds, more = tally.found()
        rows = first.taken(words, kinds)
        counts = np.concatenate([counts, np.zeros((max(int(rows.max(initial=-1)) + 1 - len(counts), 0), 2), np.int64)])
        counts[rows] += more
    words, kinds = first.types()
    used = np.flatnonzero(counts[:, 0])  # a document that was read by rule may have left some unused
    words, kinds, counts = words.take(used), kinds[used], counts[used]
    order, _ = words.ranks()
    kinds = told_apart(words, kinds)
    wide = np.flatnonzero(~words.ascii)
    kinds[wide] = [KINDS.index(kind_of(word)) for word in words.take(wide)]
    return Frequencies(words.take(order), kinds[order], counts[order, 0], counts[order, 1])


def _by_rule(texts: Texts) -> Frequencies:
    """Count by the rules as they are written: the reference."""
    index = read_texts(texts)
    matrix = document_types(index)
    count = np.asarray(matrix.sum(axis=0), np.int64).ravel()
    return Frequencies(index.terms, index.term_kind, count, document_frequencies(matrix))
