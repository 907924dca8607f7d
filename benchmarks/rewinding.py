"""A scanner that forgets the tokens it has read and keeps their surfaces, and a compiled count of types."""

from __future__ import annotations

import numpy as np

from kit.index import kernel
from kit.index.lexicon import Strings
from kit.index.scanner import Scanner
from kit.index.words import Int32, Int64, UInt8, Words
from kit.machine.compiled import Number, compiled
from kit.machine.texts import padded
from kit.reading.line_ends import line_ends
from kit.reading.text import visible


class RewindingScanner(Scanner):
    """A scanner that is read off after each piece of text."""

    @property
    def tokens(self) -> int:
        """How many tokens were read since it was read off."""
        return int(self._counters[kernel.TOKENS])

    def rewind(self) -> tuple[Int32, Int64]:
        """Return the tokens read, as numbers of surfaces, and where documents begin; and forget all but the surfaces.

        The arrays are good until the next text is read.
        """
        tokens, documents = int(self._counters[kernel.TOKENS]), int(self._counters[kernel.DOCUMENT])
        self._counters[:] = 0
        self._joined, self._stretched, self._stretched_end = [], [], []
        return self._surface[:tokens], self._document[: documents + 1]

    def _read_by_rule(self, text: str) -> None:
        """Append a text that is not in its visible form: what is seen of it by the kernel, where that can.

        Nobody asks where its tokens stood, so it need not be read by the rules for a soft hyphen's sake.
        """
        counters = self._counters
        document = int(counters[kernel.DOCUMENT])
        shown = visible(text, [(start, end) for start, end, _ in line_ends(text)]).text
        data = np.frombuffer(shown.encode("utf-8", "surrogatepass"), np.uint8)
        piece, bounds = padded(data), np.array([0, len(data)])
        counters[kernel.PLACE] = -1
        status = kernel.FULL
        while status == kernel.FULL:
            status = self._cut(piece, bounds, document)
        if status == kernel.UNSEEN:
            super()._read_by_rule(text)

    def number_words(self, words: Words, kinds: UInt8) -> Int32:
        """Return the numbers of words, new ones in the order they come, as if they were surfaces."""
        self._reserve(len(words), 0)
        lengths = np.diff(words.bounds).astype(np.int32)
        self._number(padded(words.data), Strings(words.bounds[:-1], lengths, kinds), 0)
        return self._surface[: len(words)].copy()


@compiled()
def count_types(
    surface: Int32, of_surface: Int32, document_tokens: Int64, first_document: Number, counts: Int32
) -> None:
    """Add the tokens of documents to `counts`: of each type its tokens, its documents, the number of the last one."""
    for document in range(document_tokens.size - 1):
        number = first_document + document
        for token in range(document_tokens[document], document_tokens[document + 1]):
            row = np.int64(of_surface[surface[token]])
            counts[row, 0] += 1
            counts[row, 1] += counts[row, 2] != number  # no branch: it could not be foreseen
            counts[row, 2] = number
