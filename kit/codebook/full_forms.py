"""The full forms of abbreviations: whether words spell one, and whether two full forms have one sense."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from kit.lexicon.wordlists import function_words

#: Share of the words of two full forms that have to be the same for them to have one sense.
ALIKE = 0.5


def spells(words: Sequence[str], letters: str) -> bool:
    """Tell whether the first letters of words spell an abbreviation; function words may add none."""
    if not letters or not words:
        return not letters and not words
    if words[0][0].lower() == letters[0].lower() and spells(words[1:], letters[1:]):
        return True
    return words[0].lower() in _function_words() and spells(words[1:], letters)


def initials(words: Sequence[str]) -> set[str]:
    """Return the first letters of words, in lower case: of all, and of all but the function words."""
    plain = [word for word in words if word not in _function_words()]
    return {"".join(word[0].lower() for word in some) for some in (words, plain)}


def alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether two full forms share enough words, function words aside, to have one sense."""
    here, there = (set(words) - _function_words() for words in (one, other))
    return len(here & there) >= ALIKE * max(len(here), len(there), 1)


@cache
def _function_words() -> frozenset[str]:
    """Return the function words."""
    return frozenset(function_words())
