"""The root under a word form: clitics and affixes gone, as far as a known base.

The root is for comparison with other tools and for looking words up. It is never counted by default: *pelayan*,
*pelayanan*, *melayani*, *dilayani* all have the root *layan*, and their difference is the research question.

Order of decision:

1. The form gives way to its lexeme (:mod:`kit.language.lexemes`); *di* and *ke* fall away (*kedepan* is *depan*).
2. A clipping stands for its expansion (*pj* is *penjabat*, *pemkot* is *pemerintah kota*), unless it is a place.
3. Function words are their own root unless the list names one (*artinya* is *arti*, *setelah* is *setelah*). The
   clitics *ku*, *mu*, *nya*, where a treebank writes them as words, stand for their pronouns (*aku*, *kamu*, *dia*).
4. Affixes come off down to a known base (:mod:`kit.lexicon.affixes`). Lexicalised reduplication is a base
   (*perundang-undangan* is *undang-undang*); of halves that differ the known one counts (*sayur-mayur* is *sayur*).
5. Where no known base is found and the form begins like a derived word, simplemma's dictionary (MIT) is asked.
6. What is left is its own root: names, loans, numbers, abbreviations.

Agreement with the lemmas of UD_Indonesian-GSD (dev and test, 20,924 words, folded): this module .957, simplemma .949,
the form itself .814. Without pronouns (*nya*, *ia* are *dia* there) .954 and .966: that treebank's lemmas, made
automatically with corrections, leave many derived words whole (*penduduk*, *terjadi*), and simplemma does so too. Where
the lemma is a base word the two agree with it in .997 and .983.
"""

from __future__ import annotations

from functools import lru_cache

from kit.language.lexemes import lexeme
from kit.lexicon.affixes import analysis, is_base, is_word
from kit.lexicon.wordlists import (
    combining_forms,
    compounds,
    expansions,
    function_words,
    reduplications,
    roots,
    solid_forms,
    whole_words,
)

_HYPHENED_PREFIXES = ("be", "ber", "di", "me", "mem", "men", "meng", "meny", "pe", "pem", "pen", "peng", "per", "ter")
_HYPHENED_SUFFIXES = ("an", "i", "kan")
_LIKE_DERIVED = ("ber", "di", "ke", "me", "pe", "ter")
_ARTICLE = "al"
_SHORTEST_SOLID = 4
_SHORTEST_DERIVED = 7


def root(form: str) -> str:
    """Return the root of a word form."""
    return root_of_lexeme(lexeme(form))


@lru_cache(maxsize=1 << 16)
def root_of_lexeme(word: str) -> str:
    """Return the root of a lexeme."""
    if " " in word:
        words = word.split(" ")
        return " ".join(root_of_lexeme(part) for part in (words[1:] if words[0] in ("di", "ke") else words))
    if word in expansions():
        expansion, kind = expansions()[word]
        return word if kind == "place" else expansion
    listed = _listed(word)
    if listed:
        return listed
    if "-" in word:
        return _hyphened(word)
    found = analysis(word)
    if found:
        return compounds().get(found.base, found.base)
    if word.startswith(solid_forms()):
        rest = next(word[len(form) :] for form in solid_forms() if word.startswith(form))
        if len(rest) >= _SHORTEST_SOLID and is_word(rest):
            return root_of_lexeme(rest)
    return _looked_up(word) if word.startswith(_LIKE_DERIVED) and len(word) >= _SHORTEST_DERIVED else word


def _looked_up(word: str) -> str:
    """Return the lemma of a word that simplemma knows, else the word."""
    import simplemma  # noqa: PLC0415 - most words are known without it

    return simplemma.lemmatize(word, lang="id").lower() if simplemma.is_known(word, lang="id") else word


def _listed(word: str) -> str:
    """Return the root a word list gives, or nothing."""
    function = function_words().get(word)
    if function:
        return function["root"] or word
    given = reduplications().get(word) or roots().get(word)
    return given or (word if is_base(word) or word in whole_words() else "")


def _hyphened(word: str) -> str:
    """Return the root of a word with a hyphen: affixed abbreviations, combining forms, reduplication with affixes."""
    first, *middle, last = word.split("-")
    if last.isdigit() or first == _ARTICLE or not (first and last):
        return word
    if first in combining_forms() or first in _HYPHENED_PREFIXES:
        return root_of_lexeme("-".join([*middle, last] if last not in _HYPHENED_SUFFIXES else middle or [last]))
    if middle:
        return word
    if last in _HYPHENED_SUFFIXES:
        return word if first.isdigit() else root_of_lexeme(first)
    base = _base(first)
    doubled = f"{base}-{base}"
    if base and last.startswith(base) and doubled in reduplications():
        return reduplications()[doubled]
    return base or _base(last) or word


def _base(word: str) -> str:
    """Return the known base of half a reduplication, or nothing."""
    if is_base(word):
        return word
    found = analysis(word)
    return found.base if found else ""
