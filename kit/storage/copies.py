"""What each document of a saved corpus is a copy of, kept in the project's ``.kit`` once it was decided.

Who copies whom follows from the documents of all parts, so that it cannot be saved with any of them. Its name is a
hash of the corpus's fingerprint and of everything that decides, so that what is found is never out of date.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable

import numpy as np
import pandas as pd

from kit.sealed import kept, rules_of

#: Where it is kept, in .kit.
COPIES = "copies"
_LEAST = 1_000  # documents; of fewer it is decided in no time
_STATES = 8  # corpora of which it is kept
_ROOMS = ("lexicon", "language", "index", "corpus", "parts", "storage")


def kept_copies(fingerprint: str, decide: Callable[[], pd.Series]) -> pd.Series:
    """Return what was decided of a corpus before, or decide it and keep it."""

    def name() -> str:
        return f"{hashlib.sha256(f'{rules_of(*_ROOMS)} {fingerprint}'.encode()).hexdigest()[:24]}.json"

    return kept(COPIES, name, decide, read=_read, written=_written, states=_STATES)


def _written(copies: pd.Series) -> bytes | None:
    """Return what is a copy of what as bytes."""
    if len(copies) < _LEAST:
        return None
    rows = np.flatnonzero(copies.to_numpy(object) != "").tolist()
    listed = [len(copies), rows, copies.iloc[rows].tolist()]
    return json.dumps(listed, separators=(",", ":")).encode()


def _read(content: bytes) -> pd.Series:
    """Return what `_written` made bytes of."""
    number, rows, originals = json.loads(content)
    whole = np.full(number, "", object)
    whole[rows] = originals
    return pd.Series(whole, dtype="str", name="copy_of")
