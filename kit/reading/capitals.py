"""Words with capitals: whether they are names, of people or outlets, or words of the article."""

from __future__ import annotations

import re

from kit.lexicon.known import is_known
from kit.lexicon.wordlists import foreign_words, names
from kit.reading.rules import Rules

_SMALL = frozenset(("dan", "dari", "oleh", "dok", "dok.", "via", "di"))
_MOST = 14  # words of names and offices
_ROMAN = re.compile("(?=[ivxlc]{2})(?:x{0,3}|x?l|l?x{0,3}|c)(?:i{0,3}|i?v|vi{0,3}|ix)")
_WORD = re.compile(r"[^\W\d_][\w'’]*(?:-[\w'’]+)*")


def are_names(text: str, rules: Rules, *, foreign: bool = True) -> bool:
    """Tell whether words with capitals can only be names: none is a word of the language, and one is no word at all.

    Many names are words too (Dewi, Fajar, Pribadi): beside another name they are names. Words of other languages may
    stand beside it (THE KARTANUSA TIMES) unless `foreign` forbids it.
    """
    words = [word.casefold() for word in _WORD.findall(text)]
    own = [word for word in words if word not in foreign_words() or word in rules.names]
    if not foreign and len(own) < len(words):
        return False
    strangers = [word for word in own if word not in rules.names and word not in names()]
    return any(_is_readable(word) for word in strangers) and not any(_is_word(word, rules) for word in strangers)


def are_capitalised(text: str) -> bool:
    """Tell whether a text behind a label can be names, no sentence: longer words have a capital, or are addresses."""
    words = [word.strip("(\"'“") for word in text.replace("/", " ").split()]
    return len(words) <= _MOST and all(
        len(word) < 3 or word.casefold() in _SMALL or word != word.lower() or "." in word[1:-1]
        for word in words
        if word[:1].isalpha()
    )


def _is_word(word: str, rules: Rules) -> bool:
    """Tell whether a form is a word or abbreviation known here, a place or a Roman number."""
    return word in rules.places or word in rules.countries or is_known(word) or bool(_ROMAN.fullmatch(word))


def _is_readable(word: str) -> bool:
    """Tell whether a form can be read out, as names can and most abbreviations (PSSI, RAPBD) cannot."""
    return len(word) > 3 and len(re.findall("[aiueo]", word)) > 1
