"""A codebook read in another way: without its conditions, or by lexeme, to see how much a result rests on that."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kit.codebook.codebook import Codebook
from kit.codebook.rules import rule_of
from kit.language.lexemes import lexeme
from kit.lexicon.characters import plain


def without_context(codebook: Codebook) -> Codebook:
    """Return the codebook without what its patterns and concepts require or refuse near a hit."""
    bare = {"requires": "", "refuses": ""}
    return replace(
        codebook,
        _concepts=codebook.concepts.assign(**bare),
        _patterns=codebook.patterns.assign(**bare),
        rules=tuple(replace(rule, requires=(), refuses=()) for rule in codebook.rules),
    )


def by_lexeme(codebook: Codebook) -> Codebook:
    """Return the codebook with every pattern of one form read as its lexeme: plurals and other spellings count too."""
    words = [lexeme(plain(pattern)) for pattern in codebook.patterns["pattern"]]
    forms = [kind == "form" and " " not in word for kind, word in zip(codebook.patterns["kind"], words, strict=True)]
    read = zip(codebook.rules, words, forms, strict=True)
    return replace(
        codebook,
        _patterns=codebook.patterns.assign(kind=codebook.patterns["kind"].mask(np.array(forms, bool), "lexeme")),
        rules=tuple(replace(rule, rows=rule_of(word, "lexeme").rows) if form else rule for rule, word, form in read),
    )
