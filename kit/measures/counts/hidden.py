"""Which items a list of stop words leaves out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.errors import QueryError
from kit.language.stopwords import VARIANTS, protected_words, stopwords


def check_stopwords(asked: str) -> str:
    """Return which list of stop words is asked for; ``keep``: none."""
    variant = "core" if asked == "drop" else asked
    if variant != "keep" and variant not in VARIANTS:
        raise QueryError(f"stopwords = {asked!r}", remedy="use one of keep, drop, " + ", ".join(VARIANTS))
    return variant


def hidden_items(
    types: pd.DataFrame, codes: npt.NDArray[np.intp], names: pd.Index, variant: str
) -> npt.NDArray[np.bool_]:
    """Tell which items a list leaves out: a form with its lexeme, a lexeme with any of its forms.

    Parameters
    ----------
    types : DataFrame
        With `form` and `lexeme`.
    codes : int array, one per type
        Number of its item.
    names : Index of str
        The items. Words of modality, negation and agency are never left out.
    variant : str
        A list of stop words, or ``keep`` for none.

    Returns
    -------
    bool array, one per item

    """
    hidden = np.zeros(len(names), bool)
    if variant != "keep":
        hidden[codes[types[["form", "lexeme"]].isin(stopwords(variant)).any(axis=1).to_numpy(bool)]] = True
        hidden &= ~names.isin(list(protected_words()))
    return hidden
