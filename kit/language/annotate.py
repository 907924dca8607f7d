"""What is known of each type, as one table."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from kit.errors import CorpusError
from kit.language.lexemes import lexeme
from kit.language.roots import root_of_lexeme
from kit.language.stopwords import stopwords
from kit.language.voice import voice


def annotate(forms: Sequence[str], kinds: Sequence[str]) -> pd.DataFrame:
    """Tabulate what is known of each type.

    One row per form, in the order given: form, lexeme, root, kind, voice (str), stopword (bool). Only words are
    looked into; other kinds are their own lexeme and root. A word is a stop word when it or its lexeme is in the
    core list (*untuknya* with *untuk*).
    """
    if len(forms) != len(kinds):
        raise CorpusError(f"{len(forms)} forms, {len(kinds)} kinds", remedy="give one kind for each form")
    stop = stopwords()
    plain: list[str] = []
    roots: list[str] = []
    voices: list[str] = []
    for form, kind in zip(forms, kinds, strict=True):  # one word after the other: root and voice share its analysis
        is_word = kind == "word"
        plain.append(lexeme(form) if is_word else form)
        roots.append(root_of_lexeme(plain[-1]) if is_word else form)
        voices.append(voice(form) if is_word else "")
    return pd.DataFrame(
        {
            "form": pd.Series(list(forms), dtype="str"),
            "lexeme": pd.Series(plain, dtype="str"),
            "root": pd.Series(roots, dtype="str"),
            "kind": pd.Series(list(kinds), dtype="str"),
            "voice": pd.Series(voices, dtype="str"),
            "stopword": pd.Series(
                [form in stop or word in stop for form, word in zip(forms, plain, strict=True)], dtype="bool"
            ),
        }
    )
