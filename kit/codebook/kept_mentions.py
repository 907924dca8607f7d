"""The mentions that a codebook has in a part of a saved corpus, kept in the project's ``.kit``.

Their name is a hash of the part's files, of the codebook and of all code that finds mentions, so that what is found is
never out of date; they are read only if every byte is as it was written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.codebook.asked import Asked
from kit.index.token_index import Int32, Int64
from kit.sealed import kept, rules_of

#: Where they are kept, in .kit.
MENTIONS = "mentions"
_STATES = 512  # parts by codebook of which they are kept
_ROOMS = ("lexicon", "language", "index", "corpus", "parts", "storage", "codebook")


class Places(NamedTuple):
    """Hits as numbers, in the order of a table of mentions: int32 arrays, pattern a row of what was asked, and bool."""

    doc: Int32
    start: Int32
    end: Int32
    sentence: Int32
    pattern: Int32
    gloss: npt.NDArray[np.bool_]

    def take(self, rows: Int64) -> Places:
        """Return some of the hits."""
        doc, start, end, sentence, pattern = (column[rows] for column in self[:5])
        return Places(doc, start, end, sentence, pattern, self.gloss[rows])


def kept_mentions(seal: str | None, name: str, look: Callable[[], Places]) -> Places:
    """Return what was found before in a part with this seal, or look and keep what is found; without a seal look."""
    if not seal:
        return look()

    def file() -> str:
        return f"{hashlib.sha256(f'{rules_of(*_ROOMS)} {seal} {name}'.encode()).hexdigest()[:24]}.bin"

    return kept(MENTIONS, file, look, read=_read, written=_written, states=_STATES)


def mentions_table(asked: Asked, found: Places) -> pd.DataFrame:
    """Write hits as a table, with the names of what was asked."""
    names = asked.table[["concept", "pattern", "polarity", "is_name"]].iloc[found.pattern].reset_index(drop=True)
    return pd.DataFrame(
        {
            "doc": found.doc,
            "concept": names["concept"],
            "pattern": names["pattern"],
            "start": found.start,
            "end": found.end,
            "sentence": found.sentence,
            "gloss": found.gloss,
            "polarity": names["polarity"],
            "is_name": names["is_name"] == "yes",
        }
    )


def _written(found: Places) -> bytes:
    """Return hits as bytes: each column of numbers in 32 bits, then the glosses."""
    return b"".join([*(column.astype("<i4").tobytes() for column in found[:5]), found.gloss.astype("u1").tobytes()])


def _read(content: bytes) -> Places:
    """Return hits of what `_written` made of them."""
    number = len(content) // 21
    doc, start, end, sentence, pattern = np.frombuffer(content, "<i4", 5 * number).reshape(5, number).astype(np.int32)
    return Places(doc, start, end, sentence, pattern, np.frombuffer(content, "u1", offset=20 * number).astype(bool))
