"""Flags of documents that are not Indonesian, decided by the types of the index and, in doubt, by the text."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.index.token_index import Int64, TokenIndex
from kit.language.identify import (
    FEWEST,
    FEWEST_MALAY,
    FUNCTION,
    FUNCTION_SHARE,
    MALAY,
    STANDARD,
    is_malay,
    other_language,
    sign_of,
)

#: Name of the flag.
NOT_INDONESIAN = "not_indonesian"
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
    signs = np.array([sign_of(form) for form in index.forms], np.int64)
    is_word = np.array([kind == "word" for kind in index.kinds], bool)
    words, function, malay, standard = (
        _counts(index, mask) for mask in (is_word, signs == FUNCTION, signs == MALAY, signs == STANDARD)
    )
    long = words >= FEWEST
    few = long & (function + standard < FUNCTION_SHARE * words)
    found = {row: other_language(texts.iloc[row]) for row in np.flatnonzero(few).tolist()}
    for row in np.flatnonzero(long & (malay >= FEWEST_MALAY) & (malay > 2 * standard)).tolist():
        types = np.unique(index.type_of(slice(*index.document_tokens[row : row + 2].tolist())))
        if np.count_nonzero(signs[types] == MALAY) >= FEWEST_MALAY and is_malay(texts.iloc[row]):
            found[row] = "malay"
    return {row: kind for row, kind in sorted(found.items()) if kind}


def _counts(index: TokenIndex, of: npt.NDArray[np.bool_]) -> Int64:
    """Count the tokens of some types in each document."""
    before = np.zeros(len(index.surface) + 1, np.int64)
    if len(of):
        np.cumsum(of[index.type], out=before[1:])
    return np.diff(before[index.document_tokens])
