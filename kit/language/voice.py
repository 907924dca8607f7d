"""The voice a verb form carries in its prefix.

========= ===================================================== ==============================
voice     form                                                  example
========= ===================================================== ==============================
active    meN- (the subject acts)                               melayani, mengingatkan
passive   di- (the subject is acted on); ku- and kau- before a  dilayani, kubaca
          verb (passive type two: the agent is a clitic)
ter       ter- (result, ability or accident; no agent)          terlayani, tersedia
ber       ber- (the subject has, uses or does; no object)       bekerja, berkembang
========= ===================================================== ==============================

Everything else has no voice: bare roots (*minta*), nouns and names that only begin alike (*dinas*, *menteri*, *berita*,
*terapi*), prepositions written on (*diatas*), superlatives (*terbaik*) and verb forms frozen into function words
(*menurut*, *terhadap*, *tersebut*, *berdasarkan*). A prefix counts where a known base is under it, loan
verbs included (*diupdate*, *mereview*); *di-…-kan* and *meN-…-kan* count over unknown loans too
(*diimplementasikan*), and so does *di-* with a hyphen (*di-PHK*) and before what ends as loan verbs do (*dipolitisir*,
*diprivatisasi*). *Merupakan*, the one copula that is a verb, is active as its form says.
Terms after Sneddon, Adelaar, Djenar and Ewing (2010), *Indonesian: A Comprehensive Grammar*.
"""

from __future__ import annotations

import re

from kit.language.lexemes import lexeme
from kit.lexicon.affixes import analysis, is_word
from kit.lexicon.wordlists import bases, expansions, function_words, voiceless, whole_words

_VOICES = {"meN": "active", "di": "passive", "ter": "ter", "ber": "ber"}
_VERBAL = ("copula", "modal")  # classes of function words that are verbs still: merupakan, diharapkan
_STARTS = ("me", "di", "ter", "be", "ku", "kau")
_LOAN_PASSIVE = re.compile(r"di(?:-[^\W\d_].*|[a-z]{4,}kan|[a-z]{3,}(?:[ei]r|[ai]n|is)ir|[a-z]{3,}(?:is|fik)asi)")
_LOAN_ACTIVE = re.compile(r"me(?:[mn]|ng|ny)?-[^\W\d_].*|me(?:m[bfpv]|n[cdjstz]|ng[aeioughk]|[lrwy])[a-z]{3,}kan")


def voice(form: str) -> str:
    """Return the voice of a verb form."""
    return voice_of(form, lexeme(form)) if form.startswith(_STARTS) else ""


def voice_of(form: str, word: str) -> str:
    """Return the voice of a verb form whose lexeme is known."""
    if not form.startswith(_STARTS):
        return ""
    if form.startswith(("ku", "kau")):
        return "passive" if word in (form[2:], form[3:]) else ""
    if _is_no_verb(word):
        return ""
    if "-" in word and not word.startswith(("di-", "me-", "mem-", "men-", "meng-", "meny-")):
        word = word.partition("-")[0]  # bertanya-tanya
        if _is_no_verb(word):
            return ""
    found = analysis(word)
    if found is None:
        if _LOAN_PASSIVE.fullmatch(word) and not (word.startswith("dis") and is_word(word[3:])):  # disharmonisasi
            return "passive"
        return "active" if _LOAN_ACTIVE.fullmatch(word) else ""
    if found.prefix == "ter" and not found.suffix and _graded(found.base):
        return ""
    return _VOICES.get(found.prefix, "")


def _is_no_verb(word: str) -> bool:
    """Tell whether the lists know a word as something else: a base, a function word, a name, two words."""
    if word in function_words():
        return function_words()[word]["class"] not in _VERBAL
    listed = (bases(), voiceless(), whole_words(), expansions())
    return " " in word or any(word in words for words in listed)


def _graded(base: str) -> bool:
    """Tell whether ter- makes a superlative: of an adjective (terbaik), or a word of place or time (terdepan)."""
    classes = bases().get(base, "")
    return classes in ("a", "an") or (base in function_words() and "v" not in classes)
