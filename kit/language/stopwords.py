"""Stop words: function words written from the grammar, and a guard against losing what a study is about.

Public lists delete *harus*, *tidak*, *kita*, *jawab*, *umum*; some delete *masyarakat* and *pemerintah*. This one holds
closed classes only (``function_words.csv`` of `kit.lexicon`, with the class of each word): prepositions, conjunctions,
pronouns, demonstratives, determiners, particles, interrogatives, adverbs of degree and aspect, the copula. Words of
modality and negation, *kita*, *kami* and *oleh* are in the same file and marked as never to be removed: who must do
what, and by whom, would vanish with them.
"""

from __future__ import annotations

from kit.errors import CorpusError
from kit.lexicon.wordlists import function_words

#: The lists there are: closed classes; the same with fixed words of discourse (*artinya*, *misalnya*).
VARIANTS: dict[str, tuple[str, ...]] = {"core": ("core",), "core+discourse": ("core", "discourse")}

_NEVER = "never"


def stopwords(variant: str = "core") -> frozenset[str]:
    """Return a list of stop words."""
    if variant not in VARIANTS:
        raise CorpusError(f"stop word list {variant!r}", remedy="use one of " + ", ".join(VARIANTS))
    return frozenset(form for form, row in function_words().items() if row["stop"] in VARIANTS[variant])


def protected_words() -> frozenset[str]:
    """Return the words of modality, negation and agency that no stop word list may hold."""
    return frozenset(form for form, row in function_words().items() if row["stop"] == _NEVER)
