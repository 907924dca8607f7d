"""Stop words: function words written from the grammar, and a guard against losing what a study is about.

Public lists delete *harus*, *tidak*, *kita*, *jawab*, *umum*; some delete *masyarakat* and *pemerintah*. This one holds
closed classes only (``data/function_words.csv``, with the class of each word): prepositions, conjunctions, pronouns,
demonstratives, determiners, particles, interrogatives, adverbs of degree and aspect, the copula. Words of modality and
negation, *kita*, *kami* and *oleh* are in the same file and marked as never to be removed: who must do what, and by
whom, would vanish with them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from kit.errors import CorpusError
from kit.language.lexemes import lexeme
from kit.language.wordlists import function_words

#: The lists there are: closed classes; the same with fixed words of discourse (*artinya*, *misalnya*).
VARIANTS: dict[str, tuple[str, ...]] = {"core": ("core",), "core+discourse": ("core", "discourse")}

_NEVER = "never"


def stopwords(variant: str = "core") -> frozenset[str]:
    """Return a list of stop words.

    Parameters
    ----------
    variant : {"core", "core+discourse"}
        Function words only, or with the fixed words of discourse.

    Returns
    -------
    frozenset of str
        Case-folded forms.

    Raises
    ------
    CorpusError
        There is no such variant.

    Examples
    --------
    >>> "yang" in stopwords(), "harus" in stopwords(), "artinya" in stopwords()
    (True, False, False)
    >>> "artinya" in stopwords("core+discourse")
    True

    """
    if variant not in VARIANTS:
        raise CorpusError(f"stop word list {variant!r}", remedy="use one of " + ", ".join(VARIANTS))
    return frozenset(form for form, row in function_words().items() if row["stop"] in VARIANTS[variant])


def protected_words() -> frozenset[str]:
    """Return the words of modality, negation and agency that no stop word list may hold.

    Examples
    --------
    >>> {"harus", "tidak", "kita", "oleh"} <= protected_words()
    True

    """
    return frozenset(form for form, row in function_words().items() if row["stop"] == _NEVER)


def check_stopwords(words: Iterable[str], protected: Iterable[str] = ()) -> frozenset[str]:
    """Check a stop word list of one's own.

    Parameters
    ----------
    words : iterable of str
        The list, in any case.
    protected : iterable of str, optional
        Words it may not hold besides :func:`protected_words`, such as the words of a codebook's patterns.

    Returns
    -------
    frozenset of str
        The list, folded.

    Raises
    ------
    CorpusError
        The list holds protected words, as they are or with a clitic; all of them are named.

    Examples
    --------
    >>> sorted(check_stopwords(["Yang", "dan"]))
    ['dan', 'yang']

    """
    folded = frozenset(_fold(word) for word in words)
    kept = protected_words() | {_fold(word) for word in protected}
    lost = sorted(word for word in folded if word in kept or lexeme(word) in kept)
    if lost:
        raise CorpusError(
            "the stop words hold protected words: " + ", ".join(lost),
            place="stop words",
            remedy="take these words out of the list; modality, agency and the codebook are counted on them",
        )
    return folded


def _fold(word: str) -> str:
    """Fold a word as types are folded."""
    return unicodedata.normalize("NFC", word).lower()
