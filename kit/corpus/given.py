"""What is known of a corpus before it is asked: read from where it is saved, or handed down by a larger corpus."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.corpus.fingerprint import Digests
from kit.corpus.stories.sketches import Sketches
from kit.index.token_index import Int32, Int64, TokenIndex, ranges

Rows = npt.NDArray[np.integer]
Flags: TypeAlias = Callable[[pd.DataFrame, pd.DataFrame, pd.DataFrame, TokenIndex], tuple[pd.DataFrame, pd.DataFrame]]


class Given(NamedTuple):
    """Functions that return what a corpus would otherwise have to work out.

    Attributes
    ----------
    flags : function, optional
        Returns its documents and flags with those that are found in texts, of documents, segments, flags and index.
    types : function, optional
        Returns its table of types.
    paragraph : function, optional
        Returns the paragraph of each sentence.
    digests : function, optional
        Returns what its fingerprint is made of.
    sketches : function, optional
        Returns the sketches of its documents.
    copies : function, optional
        Returns what each document is a copy of (str), as the larger corpus has decided it.
    apart : bool
        Whether it is a part at work: what its documents are copies of, the corpus in parts alone knows.
    words : int, optional
        How many words and numbers it has.
    fingerprint : str, optional
        Its fingerprint.
    seal : str, optional
        Hash of all files that it was opened from.

    """

    flags: Flags | None = None
    types: Callable[[], pd.DataFrame] | None = None
    paragraph: Callable[[], Int32] | None = None
    digests: Callable[[], Digests] | None = None
    sketches: Callable[[], Sketches] | None = None
    copies: Callable[[], pd.Series] | None = None
    apart: bool = False
    words: int | None = None
    fingerprint: str | None = None
    seal: str | None = None


def given_to(
    types: tuple[pd.DataFrame, Rows] | None = None,
    paragraph: tuple[Int32, TokenIndex, Rows] | None = None,
    digests: tuple[Digests, Rows, Rows] | None = None,
    copies: Callable[[], pd.Series] | None = None,
    apart: bool = False,
    flags: Flags | None = None,
) -> Given:
    """Return what a corpus knows of some of its documents."""
    return Given(
        flags=flags,
        types=None if types is None else partial(_some_types, *types),
        paragraph=None if paragraph is None else partial(_some, paragraph[0], _sentences_of(*paragraph[1:])),
        digests=None if digests is None else partial(_some_digests, *digests),
        copies=copies,
        apart=apart,
    )


def _sentences_of(index: TokenIndex, rows: Rows) -> Int64:
    """Return the rows of the sentences of documents."""
    bounds = np.searchsorted(index.sentence_tokens[:-1], index.document_tokens)
    return ranges(bounds[:-1][rows], bounds[1:][rows])


def _some(values: Int32, rows: Rows) -> Int32:
    """Return some of the values."""
    return values[rows]


def _some_types(types: pd.DataFrame, rows: Rows) -> pd.DataFrame:
    """Return some of the types, numbered anew."""
    return types.take(rows).reset_index(drop=True)


def _some_digests(digests: Digests, documents: Rows, words: Rows) -> Digests:
    """Return the digests of some documents, and of the surfaces they use."""
    return Digests(digests.documents[documents], digests.bodies[documents], digests.words[words])
