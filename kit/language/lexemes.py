"""The lexeme of a word form: inflection undone, voice and derivation kept.

Undone, in this order, each only where what is left is a word:

1. Particles: *-lah*, *-kah*, *-pun* (*berikanlah* is *berikan*, *iapun* is *ia*), *-tah* after an interrogative
   (*apatah*). Of three letters or fewer, function words, verbs and adjectives alone are left.
2. Enclitics: *-nya*, *-ku*, *-mu* (*tugasnya* is *tugas*). *-nya* is taken from any word of four letters or more, known
   or not (*Jokowinya*), of every verb of saying (*ujarnya*, *jelasnya*) and whatever else may have an owner; the others
   only where a known word is left, since many names and bases end so (*Maluku*).
3. Proclitics *ku-* and *kau-* before a verb (*kubaca* is *baca*).
4. Plural reduplication (*harapan-harapan* is *harapan*, informal *harapan2* too), unless it is lexicalised
   (*undang-undang*) or its halves differ (*sayur-mayur*).
5. Spelling: *di* or *ke* written together with a word of place (*kedepan* is *ke depan*), *di* with the short name of a
   body or place (*didprd* is *di dprd*) and with a noun that no passive is made of (*dikegiatan* is *di kegiatan*; but
   *didata*), compounds written solid (*walikota* is *wali kota*), and variants of the standard spelling (*efektifitas*
   is *efektivitas*).

Whole stay: known bases (*tanya*, *masalah*, *langkah*), function words (*adalah*), adverbs in *-nya*, whose *-nya* is
nobody's, and a list of names and programmes (*Kotaku*). Adverbs are those listed (*biasanya*, *artinya*) and *se-…-nya*
about an adjective or function word (*sebaiknya*, *selebihnya*), unless *se-…* is a word itself (*seluruhnya*). What is
wrongly left whole costs less than what is wrongly cut. The word lists are described in ``kit/lexicon/data/README.md``;
the grammar followed is Sneddon, Adelaar, Djenar and Ewing (2010), *Indonesian: A Comprehensive Grammar*, chapters 1
and 2.
"""

from __future__ import annotations

import re

from kit.lexicon.affixes import analysis, is_word
from kit.lexicon.wordlists import (
    bases,
    expansions,
    function_words,
    initialisms,
    reduplications,
    spellings,
    whole_words,
)

_PARTICLES = ("lah", "kah", "pun", "tah")
_ENCLITICS = ("nya", "ku", "mu")
#: What is taken off the end of a word, and off its beginning.
CLITICS = (*_PARTICLES, *_ENCLITICS)
PROCLITICS = ("kau", "ku")
_INTERROGATIVES = frozenset({"apa", "siapa", "mana", "bila"})
_PLURAL_BY_FIGURE = re.compile(r"([^\W\d_]{3,})2")
_INITIALISM = re.compile("[^aeiouy]{2,3}|[a-z][^aeiouyghm]{2}")  # of letters that no short word has: dprnya, asnnya
_NOUNS = ("ke", "ketidak", "peN", "penge", "pe", "per")
_PLACED = ("body", "office")
_SHORTEST_UNKNOWN = 4
_SHORTEST_KNOWN = 3
_SHORTEST_VERB = 4


def lexeme(form: str) -> str:
    """Return the lexeme of a word form.

    The form without clitics, particles, plural reduplication and spelling errors; the form itself where nothing
    is to be undone. A word wrongly written together comes out as two, with a blank.
    """
    word = form
    if word.endswith(CLITICS):
        word = _strip_enclitic(_strip_particle(word))
    if word.startswith(PROCLITICS):
        word = _strip_proclitic(word)
    if "-" in word or word.endswith("2"):
        word = _singular(word)
    return spellings().get(word) or (_apart(word) if word.startswith("di") else word)


def _strip_particle(word: str) -> str:
    """Take -lah, -kah, -pun or -tah off."""
    ending = word[-3:]
    if ending not in _PARTICLES:
        return word
    rest = word[:-3]
    if rest.endswith("-") and len(rest) > 1:
        return rest[:-1]
    if _stays(word):
        return word
    if ending == "tah":
        return rest if rest in _INTERROGATIVES else word
    if len(rest) <= _SHORTEST_KNOWN:
        return rest if _says_little(rest) or {"a", "v"} & {*bases().get(rest, "")} else word
    return rest if _known(rest) or _strip_enclitic(rest) != rest else word


def _strip_enclitic(word: str) -> str:
    """Take -nya, -ku or -mu off."""
    ending = next((ending for ending in _ENCLITICS if word.endswith(ending)), "")
    if not ending:
        return word
    rest = word[: -len(ending)]
    if rest.endswith("-") and len(rest) > 1:
        return rest[:-1]
    if _stays(word):
        return word
    if ending == "nya" and len(rest) >= _SHORTEST_UNKNOWN:
        # tujuanya: the n of -an and the n of -nya written as one
        return rest + "n" if rest.endswith("a") and not _known(rest) and _known(rest + "n") else rest
    return rest if _known(rest) or (ending == "nya" and _INITIALISM.fullmatch(rest)) else word


def _strip_proclitic(word: str) -> str:
    """Take ku- or kau- off a verb."""
    if _stays(word):
        return word
    for proclitic in PROCLITICS:
        rest = word.removeprefix(proclitic)
        if rest != word and len(rest) >= _SHORTEST_VERB and _is_verb(rest):
            return rest
    return word


def _singular(word: str) -> str:
    """Undo plural reduplication."""
    if word in reduplications() or word in whole_words():
        return word
    figure = _PLURAL_BY_FIGURE.fullmatch(word)
    if figure:
        half = figure[1]
        return _singular(f"{half}-{half}") if _known(half) else word
    first, hyphen, second = word.partition("-")
    return first if hyphen and first == second and len(first) > 1 and not first.isdigit() else word


def _apart(word: str) -> str:
    """Take *di* off what no passive is made of: short names of offices and bodies, nouns with prefix and *-an*."""
    rest = word[2:]
    if len(rest) < _SHORTEST_KNOWN or word in bases() or word in function_words():
        return word
    if is_word(word):
        found, noun = analysis(word), analysis(rest)
        if found is None or found.suffix or noun is None or noun.prefix not in _NOUNS or noun.suffix != "an":
            return word
        return word if noun.base.endswith("k") else f"di {rest}"  # diperuntukan: -kan spelt with one k
    return f"di {rest}" if rest in initialisms() or expansions().get(rest, ("", ""))[1] in _PLACED else word


def _says_little(word: str) -> bool:
    """Tell whether a word is a function word; clitics and particles are none here."""
    return word in function_words() and word not in CLITICS and word not in PROCLITICS


def _stays(word: str) -> bool:
    """Tell whether a word is not to be cut: it is known as it stands, the superlative se-X-Xnya, or an adverb."""
    if word in function_words() or word in whole_words() or word in reduplications() or word in spellings():
        return True
    if word.startswith("se") and word.endswith("nya"):
        core, plain = word[2:-3], word[:-3]
        if plain not in bases() and plain not in function_words() and (_says_little(core) or _is_quality(core)):
            return True
    if "-" in word:
        first, _, second = word.partition("-")
        if first.startswith("se") and second == first[2:] + "nya":
            return True
        return first == second or (is_word(second) and not second.startswith(first))
    return is_word(word)


def _known(word: str) -> bool:
    """Tell whether what a clitic leaves behind is a word."""
    if "-" in word:
        return all(_known(half) for half in word.split("-"))
    if len(word) < _SHORTEST_KNOWN:
        return False
    return is_word(word) or word in spellings() or word in expansions() or word in whole_words()


def _is_quality(word: str) -> bool:
    """Tell whether a word is an adjective."""
    return "a" in bases().get(word, "")


def _is_verb(word: str) -> bool:
    """Tell whether a word can follow ku- or kau-: a verb root, or one with -kan, -i or per-."""
    if word in bases():
        return "v" in bases()[word]
    return word.startswith("per") or (word.endswith(("kan", "i")) and is_word(word))
