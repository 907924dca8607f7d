"""What each document of a saved corpus is a copy of, kept in the project's ``.kit`` once it was decided.

Who copies whom follows from the documents of all parts, so that it cannot be saved with any of them. Its name is a
hash of the corpus's fingerprint and of everything that decides, so that what is found is never out of date.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress

import numpy as np
import pandas as pd

from kit.sealed import place_of, read_sealed, write_sealed
from kit.storage.keeping import rules_of

#: Where it is kept, in .kit.
COPIES = "copies"
_LEAST = 1_000  # documents; of fewer it is decided in no time
_STATES = 8  # corpora of which it is kept
_ROOMS = ("lexicon", "language", "index", "corpus", "parts", "storage")


def kept_copies(fingerprint: str, decide: Callable[[], pd.Series]) -> pd.Series:
    """Return what was decided of a corpus before, or decide it and keep it.

    Where nothing can be kept (no project, a disk that cannot be written), it is decided and that is all.
    """
    home = place_of(COPIES)
    if home is None:
        return decide()
    file = home / f"{hashlib.sha256(f'{rules_of(*_ROOMS)} {fingerprint}'.encode()).hexdigest()[:24]}.json"
    content = read_sealed(file)
    if content is not None:
        number, rows, originals = json.loads(content)
        whole = np.full(number, "", object)
        whole[rows] = originals
        return pd.Series(whole, dtype="str", name="copy_of")
    copies = decide()
    if len(copies) >= _LEAST:
        rows = np.flatnonzero(copies.to_numpy(object) != "").tolist()
        with suppress(OSError):
            listed = [len(copies), rows, copies.iloc[rows].tolist()]
            write_sealed(file, json.dumps(listed, separators=(",", ":")).encode(), states=_STATES)
    return copies
