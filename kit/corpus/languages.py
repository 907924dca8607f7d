"""Flags of documents that are not Indonesian, decided by the types of the index and, in doubt, by the text."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.index.token_index import Int64, TokenIndex
from kit.index.vocabulary import KINDS
from kit.language.identify import (
    FEWEST,
    FEWEST_MALAY,
    FUNCTION,
    FUNCTION_SHARE,
    MALAY,
    STANDARD,
    is_malay,
    other_language,
    signs_of,
)

#: Name of the flag.
NOT_INDONESIAN = "not_indonesian"
_HALF = 32  # bits of a count; no document has as many tokens
_SHOWN = 60  # characters of a body that are shown


def flag_languages(
    documents: pd.DataFrame, segments: pd.DataFrame, flagged: pd.DataFrame, index: TokenIndex
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return documents and flags with those of language as the texts are now."""
    kept = flagged[flagged["flag"] != NOT_INDONESIAN]
    kinds = _languages(documents["text"], index)
    before = documents["flags"].str.split().map(set)
    if not kinds and len(kept) == len(flagged) and not any(NOT_INDONESIAN in names for names in before):
        return documents, flagged
    names = [{*of} - {NOT_INDONESIAN} | ({NOT_INDONESIAN} if row in kinds else set()) for row, of in enumerate(before)]
    documents = documents.assign(flags=pd.array([" ".join(sorted(of)) for of in names], dtype="str"))
    bounds = np.searchsorted(segments["doc"].to_numpy(), [[row, row + 1] for row in kinds]).reshape(-1, 2)
    fresh = pd.DataFrame(
        {
            "doc": np.array(list(kinds), np.int32),
            "raw_start": segments["raw_start"].to_numpy()[bounds[:, 0]],
            "raw_end": segments["raw_end"].to_numpy()[bounds[:, 1] - 1],
            "flag": NOT_INDONESIAN,
            "kind": list(kinds.values()),
            "text": [documents["text"].iloc[row][:_SHOWN] for row in kinds],
            "places": np.int32(1),
        }
    ).astype(flagged.dtypes.to_dict())
    table = pd.concat([kept, fresh]).sort_values(["doc", "raw_start", "raw_end", "flag", "kind"], ignore_index=True)
    return documents, table


def _languages(texts: pd.Series, index: TokenIndex) -> dict[int, str]:
    """Return the language, by row, of each document that is not Indonesian."""
    signs = signs_of(index.forms)
    words, plain = _counts(index, index.term_kind == KINDS.index("word"), (signs == FUNCTION) | (signs == STANDARD))
    malay, standard = _counts(index, signs == MALAY, signs == STANDARD)
    long = words >= FEWEST
    few = long & (plain < FUNCTION_SHARE * words)
    found = {row: other_language(texts.iloc[row]) for row in np.flatnonzero(few).tolist()}
    for row in np.flatnonzero(long & (malay >= FEWEST_MALAY) & (malay > 2 * standard)).tolist():
        types = np.unique(index.type_of(slice(*index.document_tokens[row : row + 2].tolist())))
        if np.count_nonzero(signs[types] == MALAY) >= FEWEST_MALAY and is_malay(texts.iloc[row]):
            found[row] = "malay"
    return {row: kind for row, kind in sorted(found.items()) if kind}


def _counts(index: TokenIndex, *of: npt.NDArray[np.bool_]) -> tuple[Int64, Int64]:
    """Count the tokens of two sets of types in each document, in one pass, the second above the bits of the first."""
    first, second = (chosen[index.surface_type].astype(np.int64) if len(chosen) else chosen for chosen in of)
    if not (first.any() or second.any()):
        return (np.zeros(len(index.document_tokens) - 1, np.int64),) * 2
    before = np.zeros(len(index.surface) + 1, np.int64)
    np.cumsum((first | second << _HALF)[index.surface], out=before[1:])
    both = np.diff(before[index.document_tokens])
    return both & ((1 << _HALF) - 1), both >> _HALF
