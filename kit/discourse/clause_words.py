"""What a form does in a clause: its role, its voice, whether it is a verb, whom it names. Decided once per form."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from kit.discourse.actor_list import bearers
from kit.discourse.modality_rules import clause_words, starts_of_markers
from kit.language.lexemes import lexeme
from kit.language.voice import voice
from kit.lexicon.affixes import analysis
from kit.lexicon.wordlists import bases, function_words

_VERBAL_ENDINGS = ("kan", "i")


class Word(NamedTuple):
    """What a form does in a clause."""

    form: str
    role: str
    voice: str
    verb: bool
    group: str


@lru_cache(maxsize=1 << 15)
def word(form: str) -> Word:
    """Tell what a case-folded form does in a clause."""
    if not any(letter.isalnum() for letter in form):
        return Word(form, "punctuation", "", verb=False, group="")
    plain = without_particle(form)
    listed = function_words().get(plain) or function_words().get(lexeme(plain))
    role = clause_words().get(plain, "") or (listed["class"] if listed else "")
    if (plain,) in starts_of_markers().get(plain, ()) and role != "negation":
        role = "modal"
    said = voice(form) if role in ("", "adverb", "modal") else ""
    group = bearers().get(plain, "") or bearers().get(lexeme(plain), "")
    return Word(plain, role, said, bool(said) or (role == "" and _is_bare_verb(lexeme(plain))), group)


def without_particle(form: str) -> str:
    """Take the particles -lah, -kah and -pun off a function word or a marker."""
    if form in function_words() or form in starts_of_markers():
        return form
    for particle in ("lah", "kah", "pun"):
        stem = form.removesuffix(particle)
        if stem != form and (stem in function_words() or (stem,) in starts_of_markers().get(stem, ())):
            return stem
    return form


def _is_bare_verb(form: str) -> bool:
    """Tell whether a form without a prefix of voice is a verb: a verbal base, or one in -kan or -i."""
    classes = bases().get(form)
    if classes is not None:
        return "v" in classes and "n" not in classes
    found = analysis(form)
    return found is not None and not found.prefix and found.suffix in _VERBAL_ENDINGS
