"""Whether a text is Indonesian: by its function words, and only where these leave a doubt by a model.

A text in Indonesian, or in Malay, which has the same, is at least a fifth function words; one in another language, or a
table of names, is not. What is left is asked of py3langid 0.4.0. It calls Sundanese, Balinese and Madurese Javanese, so
no more is said than "Javanese or a language near it". Malay is told from Indonesian by words that Malaysia writes
otherwise (*kerana*, *bahawa*, *Ogos*) and by the model, which have to agree: a text about Malaysia has some of them.
"""

from __future__ import annotations

from functools import cache

from kit.language.model import identifier
from kit.lexicon.wordlists import function_words, malay_words

#: Words that a text needs before its language is looked at.
FEWEST = 20
#: Share of function words from which on a text is Indonesian or Malay.
FUNCTION_SHARE = 0.2
#: Different words as Malaysia writes them that make a text doubtful.
FEWEST_MALAY = 3
#: What the words of a text are looked at for.
OTHER, FUNCTION, MALAY, STANDARD = range(4)
#: How many of these there are.
SIGNS = 4

_KINDS = {"en": "english", "jv": "javanese"}
_READ = 4000  # characters of a text that the model reads


@cache
def signs() -> dict[str, int]:
    """Return what words are looked at for; Indonesian words for those of Malaysia may be function words too."""
    function, standard = dict.fromkeys(function_words(), FUNCTION), dict.fromkeys(malay_words().values(), STANDARD)
    return function | standard | dict.fromkeys(malay_words(), MALAY)


def other_language(text: str) -> str:
    """Return the kind of language of a text with few function words, empty if it may be Indonesian."""
    language, likely = identifier().classify(text[:_READ])
    sure = likely >= 0.5 and language not in ("id", "ms")
    return _KINDS.get(language, "other_language") if sure else ""


def is_malay(text: str) -> bool:
    """Tell whether a text with words as Malaysia writes them is Malay."""
    return bool(identifier().classify(text[:_READ])[0] == "ms")
