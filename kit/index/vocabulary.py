"""From distinct tokens as they were found to surfaces and types in code-point order."""

from __future__ import annotations

from typing import NamedTuple, get_args

import numpy as np
import numpy.typing as npt

from kit.index.words import Int32, UInt8, Words
from kit.language.tokens import Kind, fold, kind_of

#: The kinds of types, as they are numbered.
KINDS: tuple[str, ...] = get_args(Kind)

_LOWER = np.arange(256, dtype=np.uint8)
_LOWER[ord("A") : ord("Z") + 1] += ord("a") - ord("A")


class Vocabulary(NamedTuple):
    """The surfaces and types of an index.

    Attributes
    ----------
    words : Words
        Distinct tokens as written, in code-point order.
    surface_type : int32 array, one per surface
        Row of its folded form in `terms`.
    terms : Words
        Distinct folded forms, in code-point order.
    term_kind : uint8 array, one per type
        Row in `KINDS`.

    """

    words: Words
    surface_type: Int32
    terms: Words
    term_kind: UInt8


def in_order(found: Words, kinds: UInt8 | None = None) -> tuple[Vocabulary, Int32]:
    """Sort distinct tokens, and fold them."""
    order, rank = found.ranks()
    words = found.take(order)
    forms = folded(words)
    first, surface_type = forms.ranks()
    terms = forms.take(first)
    term_kind = np.zeros(len(terms), np.uint8)
    unknown = np.ones(len(terms), bool)
    if kinds is not None:
        term_kind[:] = kinds[order][first]
        unknown[:] = ~terms.ascii
    rows = np.flatnonzero(unknown)
    term_kind[rows] = [KINDS.index(kind_of(form)) for form in terms.take(rows)]
    return Vocabulary(words, surface_type, terms, term_kind), rank


def folded(words: Words) -> Words:
    """Return the folded form of each word."""
    wide = np.flatnonzero(~words.ascii | _typed_otherwise(words))
    spelled = Words.of(fold(word) for word in words.take(wide))
    pool = Words(
        np.concatenate([_LOWER[words.data], spelled.data]),
        np.concatenate([words.bounds, words.bounds[-1] + spelled.bounds[1:]]),
    )
    rows = np.arange(len(words))
    rows[wide] = len(words) + np.arange(len(wide))
    return pool.take(rows)


def _typed_otherwise(words: Words) -> npt.NDArray[np.bool_]:
    """Tell which words of ASCII may have another form than the small letters: with a backquote, or a last stop."""
    found = np.zeros(len(words), bool)
    found[np.searchsorted(words.bounds, np.flatnonzero(words.data == ord("`")), side="right") - 1] = True
    found |= words.data[words.bounds[1:] - 1] == ord(".")
    return found
