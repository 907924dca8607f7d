"""Whether a form is a word known here: listed, built on a listed word, or one of these with clitics."""

from __future__ import annotations

from functools import cache, lru_cache

from kit.lexicon.affixes import is_word
from kit.lexicon.wordlists import (
    bases,
    combining_forms,
    expansions,
    foreign_words,
    function_words,
    initialisms,
    locatives,
    reduplications,
    roots,
    solid_forms,
    spellings,
    whole_words,
)

#: Particles and pronouns that are written on a word.
CLITICS = ("nya", "ku", "mu", "lah", "kah", "pun")
_PROCLITICS = ("kau", "ku")
_SHORTEST_BEFORE, _SHORTEST_BEHIND = 3, 4  # letters that are left; with fewer, many names would be words


@lru_cache(maxsize=1 << 16)
def is_known(form: str) -> bool:
    """Tell whether a form, case-folded, is a word known here; with hyphens, whether all its parts are.

    Known are Indonesian words with affixes and clitics, and what else the lists have: names, clippings, initialisms,
    words of other languages. It decides how a word is written, and whether capitals spell words.
    """
    if form in listed():
        return True
    first, hyphen, rest = form.partition("-")
    if hyphen:
        return (first in combining_forms() or is_known(first)) and (rest in CLITICS or is_known(rest))
    without = [form.removesuffix(clitic) for clitic in CLITICS if form.endswith(clitic)]
    behind = [form.removeprefix(first) for first in (*_PROCLITICS, *solid_forms()) if form.startswith(first)]
    return (
        is_word(form)
        or any(len(rest) >= _SHORTEST_BEFORE and is_known(rest) for rest in without)
        or any(len(rest) >= _SHORTEST_BEHIND and is_known(rest) for rest in behind)
    )


@cache
def listed() -> frozenset[str]:
    """Return all words that a list has as they stand."""
    lists = (
        bases(),
        combining_forms(),
        expansions(),
        foreign_words(),
        function_words(),
        initialisms(),
        locatives(),
        reduplications(),
        roots(),
        spellings(),
        whole_words(),
    )
    return frozenset().union(*lists)
