"""Many texts as integers: every running token as the number of its surface, every surface as the number of its type.

A *surface* is a distinct token as written (*Pemkot*, *PEMKOT*); a *type* is a distinct form after folding (*pemkot*).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kit.language.sentences import breaks
from kit.language.tokens import fold, kind_of, spans
from kit.reading.text import Visible, visible

Int32 = npt.NDArray[np.int32]
Int64 = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class TokenIndex:
    """The tokens and sentences of many texts.

    Parameters
    ----------
    surfaces : tuple of str
        Distinct tokens as written, in code-point order.
    surface_type : int32 array, one per surface
        Row of its folded form in `forms`.
    forms : tuple of str
        Distinct folded forms, in code-point order.
    kinds : tuple of str, one per form
        word, number, punctuation or symbol.
    surface, start, end : int32 arrays, one per token
        Row in `surfaces`; code points in the token's own text.
    document_tokens : int64 array, one more than documents
        Token rows where each document begins, and the end.
    sentence_tokens : int64 array, one more than sentences
        Token rows where each sentence begins, and the end. A sentence has at least one token.

    """

    surfaces: tuple[str, ...]
    surface_type: Int32
    forms: tuple[str, ...]
    kinds: tuple[str, ...]
    surface: Int32
    start: Int32
    end: Int32
    document_tokens: Int64
    sentence_tokens: Int64

    @property
    def type(self) -> Int32:
        """Row in `forms`, one per token."""
        return self.surface_type[self.surface]

    @property
    def token_document(self) -> Int32:
        """Row of the document, one per token."""
        return _expand(self.document_tokens)

    @property
    def token_sentence(self) -> Int32:
        """Row of the sentence, one per token."""
        return _expand(self.sentence_tokens)


def index_texts(texts: Iterable[str]) -> TokenIndex:
    """Tokenise texts and cut them into sentences.

    The rules read a text as it is seen (accents composed, invisible characters left out); offsets are into the text
    as given.

    Parameters
    ----------
    texts : iterable of str
        One text per document, in order.

    Returns
    -------
    TokenIndex

    Examples
    --------
    >>> index = index_texts(["ASN melayani. Warga dilayani.", "asn"])
    >>> index.forms
    ('.', 'asn', 'dilayani', 'melayani', 'warga')
    >>> index.type.tolist(), index.document_tokens.tolist(), index.sentence_tokens.tolist()
    ([1, 3, 0, 4, 2, 0, 1], [0, 6, 7], [0, 3, 6, 7])

    """
    seen: dict[str, int] = {}
    surface: list[int] = []
    start: list[int] = []
    end: list[int] = []
    document_tokens = [0]
    sentence_tokens: list[int] = []
    for given in texts:
        shown = visible(given)
        text, first = shown.text, len(surface)
        cuts = breaks(text)
        cuts.append(len(text) + 1)
        due = 0
        for left, right in spans(text):
            if left >= cuts[due]:
                sentence_tokens.append(len(surface))
                while left >= cuts[due]:
                    due += 1
            surface.append(seen.setdefault(text[left:right], len(seen)))
            start.append(left)
            end.append(right)
        if text != given and len(surface) > first:
            begins, ends = _way_back(shown)
            start[first:] = [begins[place] for place in start[first:]]
            end[first:] = [ends[place - 1] for place in end[first:]]
        document_tokens.append(len(surface))
    sentence_tokens.append(len(surface))
    return _in_order(
        list(seen),
        np.array(surface, np.int32),
        np.array(start, np.int32),
        np.array(end, np.int32),
        np.array(document_tokens, np.int64),
        np.array(sentence_tokens, np.int64),
    )


def select_documents(index: TokenIndex, rows: npt.NDArray[np.intp]) -> TokenIndex:
    """Return the index of some of the documents, in the order given, with the surfaces and types they use."""
    begin, stop = index.document_tokens[:-1][rows], index.document_tokens[1:][rows]
    tokens = ranges(begin, stop)
    first = np.zeros(len(index.surface) + 1, bool)
    first[index.sentence_tokens[:-1]] = True
    sentence_starts = np.flatnonzero(first[tokens])
    return _in_order(
        list(index.surfaces),
        index.surface[tokens],
        index.start[tokens],
        index.end[tokens],
        np.concatenate([[0], np.cumsum(stop - begin)]).astype(np.int64),
        np.concatenate([sentence_starts, [len(tokens)]]).astype(np.int64),
    )


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


def _way_back(shown: Visible) -> tuple[list[int], list[int]]:
    """Return, for each visible character, where it begins and ends in the text as given."""
    begins: list[int] = []
    ends: list[int] = []
    stops = [*(start for _, _, start in shown.stretches[1:]), len(shown.text)]
    for (raw_start, raw_end, start), stop in zip(shown.stretches, stops, strict=True):
        if raw_end - raw_start == stop - start:
            begins.extend(range(raw_start, raw_end))
            ends.extend(range(raw_start + 1, raw_end + 1))
        else:
            begins.extend([raw_start] * (stop - start))
            ends.extend([raw_end] * (stop - start))
    return begins, ends


def _in_order(
    surfaces: list[str], surface: Int32, start: Int32, end: Int32, document_tokens: Int64, sentence_tokens: Int64
) -> TokenIndex:
    """Give the surfaces that occur, and their folded forms, numbers in code-point order."""
    used = np.flatnonzero(np.bincount(surface, minlength=len(surfaces))) if len(surface) else np.array([], np.int64)
    order = sorted(used.tolist(), key=surfaces.__getitem__)
    rank = np.zeros(max(len(surfaces), 1), np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    names = tuple(surfaces[row] for row in order)
    folded = [fold(name) for name in names]
    forms = tuple(sorted(set(folded)))
    row_of = {form: row for row, form in enumerate(forms)}
    return TokenIndex(
        surfaces=names,
        surface_type=np.array([row_of[form] for form in folded], np.int32),
        forms=forms,
        kinds=tuple(kind_of(form) for form in forms),
        surface=rank[surface] if len(surface) else surface,
        start=start,
        end=end,
        document_tokens=document_tokens,
        sentence_tokens=sentence_tokens,
    )


def _expand(bounds: Int64) -> Int32:
    """Return, for each token, the number of the stretch that `bounds` puts it in."""
    return np.repeat(np.arange(len(bounds) - 1, dtype=np.int32), np.diff(bounds))
