"""Whether the arrays of a part fit each other, looked at before anything is counted by them."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from kit.index.token_index import TokenIndex
from kit.index.vocabulary import KINDS

Array = npt.NDArray[Any]


def misfit(index: TokenIndex, documents: int) -> str:
    """Return the name of the first array of an index that cannot be of it; empty if all fit.

    Bounds rise from zero to what they cut; whatever names a row names one that is there.
    """
    tokens = len(index.surface)
    checks = (
        ("word_bounds", _cuts(index.words.bounds, len(index.words.data))),
        ("term_bounds", _cuts(index.terms.bounds, len(index.terms.data))),
        ("surface_type", _rows(index.surface_type, len(index.words), len(index.terms))),
        ("term_kind", _rows(index.term_kind, len(index.terms), len(KINDS))),
        ("surface", _rows(index.surface, tokens, len(index.words))),
        ("start", len(index.start) == tokens and (not tokens or int(index.start.min()) >= 0)),
        ("document_tokens", len(index.document_tokens) == documents + 1 and _cuts(index.document_tokens, tokens)),
        ("sentence_tokens", _cuts(index.sentence_tokens, tokens)),
        ("stretched", _rows(index.stretched, len(index.stretched_end), tokens) and _rises(index.stretched)),
    )
    return next((name for name, fits in checks if not fits), "")


def _cuts(bounds: Array, end: int) -> bool:
    """Tell whether bounds rise from 0 to an end."""
    return bool(bounds.ndim == 1 and len(bounds) and bounds[0] == 0 and bounds[-1] == end and _rises(bounds))


def _rises(array: Array) -> bool:
    """Tell whether no number is smaller than the one before."""
    return bool((np.diff(array) >= 0).all())


def _rows(array: Array, length: int, rows: int) -> bool:
    """Tell whether there are so many numbers, each that of a row."""
    return bool(
        array.ndim == 1
        and len(array) == length
        and array.dtype.kind in "iu"
        and (not length or (int(array.min()) >= 0 and int(array.max()) < rows))
    )
