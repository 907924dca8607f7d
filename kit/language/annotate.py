"""What is known of each type, as one table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import pandas as pd

from kit.errors import CorpusError
from kit.language.kept_words import KeptWords, Said
from kit.language.lexemes import CLITICS, PROCLITICS, lexeme
from kit.language.roots import root_of_lexeme
from kit.language.stopwords import stopwords
from kit.language.voice import voice_of
from kit.lexicon.affixes import BEGINNINGS, ENDINGS
from kit.lexicon.known import listed
from kit.lexicon.wordlists import solid_forms


def annotate(forms: Sequence[str], kinds: Sequence[str]) -> pd.DataFrame:
    """Tabulate what is known of each type.

    One row per form, in the order given: form, lexeme, root, kind, voice (str), stopword (bool). Only words are
    looked into; other kinds are their own lexeme and root. A word is a stop word when it or its lexeme is in the
    core list (*untuknya* with *untuk*).
    """
    if len(forms) != len(kinds):
        raise CorpusError(f"{len(forms)} forms, {len(kinds)} kinds", remedy="give one kind for each form")
    stop = stopwords()
    plain, roots, voices = list(forms), list(forms), [""] * len(forms)
    in_lists, shaped = listed(), _shaped().search
    words = kept_words()
    known = words.known()
    for row, (form, kind) in enumerate(zip(forms, kinds, strict=True)):
        if kind == "word":
            said = known.get(form)
            if said is None and (
                form in in_lists or shaped(form)
            ):  # others are most names: no rule can say more of them
                said = words.say(form)
            if said is not None:
                plain[row], roots[row], voices[row] = said
    words.keep()
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


@cache
def kept_words() -> KeptWords:
    """Return what is known of words in this session."""
    return KeptWords(_said)


def _said(form: str) -> Said:
    """Return what the rules say of a word: its lexeme, root and voice, which share the analysis of one word."""
    plain = lexeme(form)
    return plain, root_of_lexeme(plain), voice_of(form, plain)


@cache
def _shaped() -> re.Pattern[str]:
    """Return what a word that no list has must have for a rule to say anything of it: two parts, or an affix or clitic.

    A search from the end of a word is a lookbehind: it is tried at one place, not at each.
    """
    begins = "|".join((BEGINNINGS, *PROCLITICS, *solid_forms()))
    ends = "|".join(f"(?<={ending})" for ending in (*ENDINGS.split("|"), *CLITICS, "2"))
    return re.compile(rf"\A(?:{begins})|-|(?:{ends})\Z")
