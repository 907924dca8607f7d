"""From texts to their index: few by the rules as written, many through the compiled kernel."""

from __future__ import annotations

import sys

import numpy as np

from kit.index.token_index import TokenIndex
from kit.index.vocabulary import in_order
from kit.index.words import Words
from kit.language.reference import read_text
from kit.machine.loaded import can_compile
from kit.machine.texts import Texts, as_list, is_arrow, size_of

#: Characters of text from which on the compiled kernel is quicker than the rules, loading it included.
ENOUGH = 4_000_000
#: The same where the kernel is loaded already, as for the last and smaller part of a corpus.
ENOUGH_ONCE_LOADED = 100_000


def index_texts(texts: Texts) -> TokenIndex:
    """Tokenise texts and cut them into sentences.

    The rules read a text as it is seen (accents composed, invisible characters left out); offsets are into the text
    as given. Many texts go through the compiled kernel, few through the rules as written; the index is the same.

    Parameters
    ----------
    texts : iterable of str, or a pandas or Arrow column of them
        One text per document, in order.

    Returns
    -------
    TokenIndex

    Raises
    ------
    CorpusError
        A document is no text.

    Examples
    --------
    >>> index = index_texts(["ASN melayani. Warga dilayani.", "asn"])
    >>> index.forms
    ('.', 'asn', 'dilayani', 'melayani', 'warga')
    >>> index.type.tolist(), index.document_tokens.tolist(), index.sentence_tokens.tolist()
    ([1, 3, 0, 4, 2, 0, 1], [0, 6, 7], [0, 3, 6, 7])

    """
    if not is_arrow(texts):
        texts = as_list(texts)
    enough = ENOUGH_ONCE_LOADED if "kit.index.scanner" in sys.modules else ENOUGH
    if size_of(texts) >= min(enough, ENOUGH) and can_compile():
        from kit.index.scanner import scan_texts  # noqa: PLC0415 - loading the compiler is not for few texts

        return scan_texts(texts)
    return read_texts(texts)


def read_texts(texts: Texts) -> TokenIndex:
    """Return what `index_texts` does, by the rules as they are written down."""
    seen: dict[str, int] = {}
    surface: list[int] = []
    start: list[int] = []
    end: list[int] = []
    document_tokens = [0]
    sentence_tokens: list[int] = []
    for text in as_list(texts):
        reading = read_text(text)
        sentence_tokens.extend(len(surface) + opening for opening in reading.openings)
        surface.extend(seen.setdefault(token, len(seen)) for token in reading.surfaces)
        start.extend(reading.starts)
        end.extend(reading.ends)
        document_tokens.append(len(surface))
    sentence_tokens.append(len(surface))
    vocabulary, rank = in_order(Words.of(seen))
    rows = rank[np.array(surface, np.int64)]
    starts, ends = np.array(start, np.int32), np.array(end, np.int32)
    stretched = np.flatnonzero(starts + vocabulary.words.lengths[rows] != ends)
    return TokenIndex(
        *vocabulary,
        surface=rows,
        start=starts,
        document_tokens=np.array(document_tokens, np.int64),
        sentence_tokens=np.array(sentence_tokens, np.int64),
        stretched=stretched,
        stretched_end=ends[stretched],
    )
