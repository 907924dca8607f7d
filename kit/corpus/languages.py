"""Flags of documents that are not Indonesian, decided by the types of the index and, in doubt, by the text."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kit.index.counting import class_counts
from kit.index.token_index import TokenIndex
from kit.index.vocabulary import KINDS
from kit.language.identify import (
    FEWEST,
    FEWEST_MALAY,
    FUNCTION_SHARE,
    MALAY,
    OTHER,
    SIGNS,
    is_malay,
    other_language,
    signs,
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
    before = documents["flags"].tolist()
    if (
        not kinds
        and len(kept) == len(flagged)
        and not any(NOT_INDONESIAN in names.split() for names in before if names)
    ):
        return documents, flagged
    names = [_with(names, is_other=row in kinds) for row, names in enumerate(before)]
    documents = documents.assign(flags=pd.array(names, dtype="str"))
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


def _with(names: str, *, is_other: bool) -> str:
    """Return names of flags, each once, with that of language only if it holds."""
    if not names:
        return NOT_INDONESIAN if is_other else names
    return " ".join(sorted({*names.split()} - {NOT_INDONESIAN} | ({NOT_INDONESIAN} if is_other else set())))


def _languages(texts: pd.Series, index: TokenIndex) -> dict[int, str]:
    """Return the language, by row, of each document that is not Indonesian."""
    wanted = signs()
    known = index.terms.places(wanted)
    sign = np.full(len(index.terms), OTHER, np.uint8)
    sign[list(known.values())] = [wanted[word] for word in known]
    is_word = index.term_kind == KINDS.index("word")
    counts = class_counts(index, sign + np.uint8(SIGNS) * is_word, 2 * SIGNS).reshape(-1, 2, SIGNS)
    words = counts[:, 1].sum(axis=1)
    _, function, malay, standard = counts.sum(axis=1).T
    plain = function + standard
    long = words >= FEWEST
    few = long & (plain < FUNCTION_SHARE * words)
    found = {row: other_language(texts.iloc[row]) for row in np.flatnonzero(few).tolist()}
    for row in np.flatnonzero(long & (malay >= FEWEST_MALAY) & (malay > 2 * standard)).tolist():
        types = np.unique(index.type_of(slice(*index.document_tokens[row : row + 2].tolist())))
        if np.count_nonzero(sign[types] == MALAY) >= FEWEST_MALAY and is_malay(texts.iloc[row]):
            found[row] = "malay"
    return {row: kind for row, kind in sorted(found.items()) if kind}
