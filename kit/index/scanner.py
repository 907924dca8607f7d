"""Many texts through the compiled kernel to an index; texts that are not in their visible form go by the rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from kit.index import kernel
from kit.index.characters import characters
from kit.index.lexicon import AT_ONCE, Lexicon, Strings, fill_slots, number_all
from kit.index.token_index import TokenIndex
from kit.index.vocabulary import KINDS, in_order
from kit.index.words import Int32, Int64, UInt8, Words
from kit.language.reference import read_text
from kit.language.sentences import ends_at, listed
from kit.language.tokens import kind_of
from kit.lexicon.characters import APOSTROPHES
from kit.lexicon.wordlists import domains, months, weekdays
from kit.machine.compiled import room, widened
from kit.machine.texts import Piece, Texts, padded, pieces, size_of

_BLOCK = 1 << 16  # tokens


def scan_texts(texts: Texts) -> TokenIndex:
    """Tokenise texts and cut them into sentences; what `kit.index.indexing.index_texts` does with many texts."""
    scanner = Scanner(size_of(texts))
    for piece in pieces(texts):
        scanner.read(piece)
    return scanner.finish()


class Scanner:
    """The tables that the kernel fills; they grow as texts come in.

    Parameters
    ----------
    size : int
        About how many bytes of text will come, to guess the room that their tokens take.
    sentences : bool
        Whether sentences are wanted; without them, those that `finish` gives are not all as the rule has them.

    """

    def __init__(self, size: int, *, sentences: bool = True) -> None:
        self._with_sentences = sentences
        tokens, room_for = size // 5 + _BLOCK, size // 60 + _BLOCK  # of Indonesian news: 6 and 120 bytes
        self._surface, self._start = room(tokens, np.int32), room(tokens, np.int32)
        self._sentence, self._document = room(room_for, np.int64), np.zeros(1, np.int64)
        self._strings = Strings(np.empty(_BLOCK, np.int64), np.empty(_BLOCK, np.int32), np.empty(_BLOCK, np.uint8))
        self._doubts = np.empty((_BLOCK, 4), np.int64)
        self._joined: list[int] = []  # sentences that are none
        self._counters = np.zeros(kernel.COUNTERS, np.int64)
        self._lexicon, self._known = _empty_lexicon(_BLOCK), 0
        self._scratch = np.empty((AT_ONCE, 3), np.uint64)
        self._stretched: list[int] = []
        self._stretched_end: list[int] = []
        self._given_up = False

    def read(self, piece: Piece) -> None:
        """Read the documents of a piece, behind those that came before."""
        counters = self._counters
        first = int(counters[kernel.DOCUMENT])
        self._document = np.resize(self._document, first + len(piece.bounds))
        counters[kernel.PLACE] = -1
        status = kernel.FULL
        while status != kernel.DONE:
            status = self._cut(piece.data, piece.bounds, first)
            if self._with_sentences:
                self._settle(piece.data, given_up=status == kernel.UNSEEN)
            if status == kernel.UNSEEN:
                document = int(counters[kernel.DOCUMENT])
                self._read_by_rule(piece.text(document - first))
                self._document[document + 1] = counters[kernel.TOKENS]
                counters[kernel.DOCUMENT], counters[kernel.PLACE] = document + 1, -1

    def _cut(self, text: UInt8, bounds: Int64, first: int) -> int:
        """Cut documents from where the counters say into tokens, and number these; return how the kernel came back."""
        counters, strings = self._counters, self._strings
        self._reserve(_BLOCK, _BLOCK)
        tokens = int(counters[kernel.TOKENS])
        rows = kernel.Rows(self._start, self._sentence, self._document)
        status: int = kernel.cut(text, bounds, first, characters(), _known(), rows, strings, self._doubts, counters)
        fresh = int(counters[kernel.TOKENS]) - tokens
        if fresh < 0:  # a document was given up whose first tokens have their numbers
            self._given_up, fresh = True, 0
        place, length, kind = strings
        self._number(text, Strings(place[:fresh], length[:fresh], kind[:fresh]), tokens)
        return status

    def _settle(self, text: UInt8, *, given_up: bool) -> None:
        """Ask the rule about the sentences that may be none, save those of a document that was given up."""
        sentences = int(self._counters[kernel.SENTENCES])
        while given_up and self._joined and self._joined[-1] >= sentences:
            self._joined.pop()
        content = text.data
        for sentence, start, place, stop in self._doubts[: self._counters[kernel.DOUBTS]].tolist():
            if sentence < sentences or not given_up:
                before = str(content[start:place], "utf-8", "surrogatepass")
                behind = str(content[place:stop], "utf-8", "surrogatepass")
                if not ends_at(before + behind, len(before)):
                    self._joined.append(sentence)

    def finish(self) -> TokenIndex:
        """Return the index of all that was read; the scanner is of no use after it."""
        tokens, sentences = int(self._counters[kernel.TOKENS]), int(self._counters[kernel.SENTENCES])
        self._reserve(0, 1)
        surface, start, sentence = self._surface[:tokens], self._start[:tokens], self._sentence[: sentences + 1]
        sentence[sentences] = tokens
        if self._joined:
            sentence = np.delete(sentence, self._joined)
        words, kinds, number = self._used(surface)
        self._lexicon = _empty_lexicon(1)  # the memory is needed
        vocabulary, rank = in_order(words, told_apart(words, kinds))
        number = rank if number is None else rank[number]
        for begin in range(0, tokens, _BLOCK):
            surface[begin : begin + _BLOCK] = number[surface[begin : begin + _BLOCK]]
        return TokenIndex(
            *vocabulary,
            surface=surface,
            start=start,
            document_tokens=self._document,
            sentence_tokens=sentence,
            stretched=np.array(self._stretched, np.int64),
            stretched_end=np.array(self._stretched_end, np.int32),
        )

    def found(self, begin: int = 0) -> tuple[Words, UInt8]:
        """Return the surfaces from a number on, as they were found, and their kinds as the kernel has them."""
        lexicon, known = self._lexicon, self._known
        bounds = lexicon.bounds[begin : known + 1] - lexicon.bounds[begin]
        data = lexicon.data[lexicon.bounds[begin] : lexicon.bounds[known]].copy()
        return Words(data, bounds), lexicon.kinds[begin:known].copy()

    def _used(self, surface: Int32) -> tuple[Words, UInt8, Int32 | None]:
        """Return the surfaces in the order they were found, their kinds, and their new numbers if some are not used."""
        words, kinds = self.found()
        if not self._given_up:
            return words, kinds, None
        used = np.zeros(len(words), bool)
        for begin in range(0, len(surface), _BLOCK):
            used[surface[begin : begin + _BLOCK]] = True
        return words.take(np.flatnonzero(used)), kinds[used], (np.cumsum(used) - 1).astype(np.int32)

    def _read_by_rule(self, text: str) -> None:
        """Append a text that is not in its visible form."""
        reading = read_text(text)
        words = Words.of(reading.surfaces)
        lengths = np.diff(words.bounds).astype(np.int32)
        kind = {word: min(KINDS.index(kind_of(word)), kernel.OTHER) for word in set(words)}
        kinds = np.array([kind[word] for word in words], np.uint8)
        tokens, sentences = int(self._counters[kernel.TOKENS]), int(self._counters[kernel.SENTENCES])
        stop, last = tokens + len(words), sentences + len(reading.openings)
        self._reserve(len(words), len(reading.openings))
        self._number(padded(words.data), Strings(words.bounds[:-1], lengths, kinds), tokens)
        self._start[tokens:stop] = reading.starts
        self._sentence[sentences:last] = [tokens + opening for opening in reading.openings]
        odd = np.flatnonzero(self._start[tokens:stop] + words.lengths != reading.ends)
        self._stretched.extend((tokens + odd).tolist())
        self._stretched_end.extend(reading.ends[row] for row in odd.tolist())
        self._counters[kernel.TOKENS], self._counters[kernel.SENTENCES] = stop, last

    def _number(self, text: UInt8, strings: Strings, tokens: int) -> None:
        """Give strings, which are the tokens from `tokens` on, the numbers of their surfaces."""
        count = len(strings.place)
        lexicon, known = self._lexicon, self._known
        _widen(lexicon.keys, known + count)
        _widen(lexicon.kinds, known + count)
        _widen(lexicon.bounds, known + count + 1)
        _widen(lexicon.data, int(lexicon.bounds[known]) + int(strings.length.sum()))
        if 2 * (known + count) > len(lexicon.slots):
            self._lexicon = lexicon = lexicon._replace(slots=_slots(known + count))
            fill_slots(lexicon.slots, lexicon.keys, known)
        numbers = self._surface[tokens : tokens + count]
        self._known = number_all(text, strings, lexicon, known, numbers, self._scratch)

    def _reserve(self, tokens: int, sentences: int) -> None:
        """Make room for so many more tokens and sentences."""
        used, filled = int(self._counters[kernel.TOKENS]), int(self._counters[kernel.SENTENCES])
        self._surface = widened(self._surface, used, used + tokens)
        self._start = widened(self._start, used, used + tokens)
        self._sentence = widened(self._sentence, filled, filled + sentences)


def told_apart(words: Words, kinds: UInt8) -> UInt8:
    """Return kinds as the kernel has them with the ASCII signs told apart: punctuation, or symbols."""
    signs = np.flatnonzero((kinds == kernel.OTHER) & words.ascii)
    kinds = kinds.copy()
    kinds[signs] = [KINDS.index(kind_of(sign)) for sign in words.take(signs)]
    return kinds


def _widen(array: npt.NDArray[Any], needed: int) -> None:
    """Make an array longer in its place, by half or more, if it is shorter than needed."""
    if needed > len(array):
        array.resize((max(needed, len(array) * 3 // 2), *array.shape[1:]), refcheck=False)


def _empty_lexicon(strings: int) -> Lexicon:
    """Return a lexicon with room for some strings of ordinary length."""
    return Lexicon(
        _slots(strings),
        np.empty((strings, 2), np.uint64),
        np.zeros(strings + 1, np.int64),
        np.empty(8 * strings, np.uint8),
        np.empty(strings, np.uint8),
    )


def _slots(strings: int) -> npt.NDArray[np.uint64]:
    """Return an empty hash table that stays half empty with so many strings."""
    return np.zeros(1 << (2 * strings).bit_length(), np.uint64)


@cache
def _known() -> kernel.Known:
    """Return the words that the rules know."""
    calendar = {*months(), *weekdays()}
    spelled = {name.replace("'", apostrophe) for name in calendar for apostrophe in APOSTROPHES}
    alone, pathed = ([domain for domain, path in domains().items() if path is kind] for kind in (False, True))
    names = [word for word in listed() if len(word) > 1 and "." not in word and not any(_may_end_behind(word))]
    return kernel.Known(*map(_listed, (listed(), names, spelled, alone, pathed)))


def _may_end_behind(abbreviation: str) -> Iterator[bool]:
    """Yield whether a sentence ends behind an abbreviation before a function word, another word, and a figure."""
    for word in ("Karena", "Warga", "5"):
        yield ends_at(f"di {abbreviation}. {word} itu", len(f"di {abbreviation}"))


def _listed(names: Iterable[str]) -> kernel.Listed:
    """Return words as the kernel looks them up."""
    words = Words.of(sorted(names))
    heads = np.searchsorted(words.data[words.bounds[:-1]], np.arange(257))
    return kernel.Listed(heads.astype(np.int64), words.bounds, words.data)
