"""The notation of patterns: the words of a phrase, and the enclitics that may follow its last word."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from kit.errors import CodebookError
from kit.index.postings import JOINTS
from kit.language.tokens import COUNTED, Token, fold, tokenize

#: What may be glued to the last word of a pattern, or follow it after a hyphen.
ENCLITICS = ("nya", "lah", "kah", "ku", "mu")
#: Between two phrases in a cell.
SEPARATOR = "|"
_WILD = ("*", "?")  # what patterns of other programs hold


def split(cell: str) -> list[str]:
    """Return the phrases of a cell."""
    return [phrase.strip() for phrase in cell.split(SEPARATOR) if phrase.strip()]


def words_of(phrase: str, what: str = "pattern") -> tuple[str, ...]:
    """Return the case-folded words of a phrase."""
    tokens = tokenize(phrase)
    is_word = [token.kind in COUNTED for token in tokens]
    if not any(is_word):
        raise CodebookError(f"{phrase!r} can never fire: it has no word", remedy="write the word or words to look for")
    for place, token in enumerate(tokens):
        inside = 0 < place < len(tokens) - 1 and is_word[place - 1] and is_word[place + 1]
        if not is_word[place] and not (token.text in JOINTS and inside):
            problem = f"{token.text!r} is neither a word nor a slash or hyphen between two words"
            raise CodebookError(f"{phrase!r} can never fire: {problem}", remedy=_mended(tokens, is_word, what))
    return tuple(fold(token.text) for token, word in zip(tokens, is_word, strict=True) if word)


def _mended(tokens: Sequence[Token], is_word: Sequence[bool], what: str) -> str:
    """Say how to write what a phrase with marks in it means."""
    if any(token.text in _WILD for token in tokens):
        return f"only whole words are looked for: write each form that it stands for as a {what} of its own"
    first, last = is_word.index(True), len(tokens) - is_word[::-1].index(True)
    marks = [token.text for token, word in zip(tokens[first:last], is_word[first:last], strict=True) if not word]
    barred = [mark for mark in marks if mark not in JOINTS]
    if barred:
        return f"no hit goes across {barred[0]!r}: write what stands before and after it as a {what} of its own each"
    return f"write {' '.join(token.text for token, word in zip(tokens, is_word, strict=True) if word)!r}"


@lru_cache(maxsize=4096)
def with_enclitics(word: str) -> tuple[str, ...]:
    """Return a word and its forms with one enclitic, glued or after a hyphen."""
    return (word, *(word + joint + enclitic for enclitic in ENCLITICS for joint in ("", "-")))


def with_hyphened_enclitics(word: str) -> tuple[str, ...]:
    """Return an abbreviation and its forms with one enclitic after a hyphen."""
    return (word, *(f"{word}-{enclitic}" for enclitic in ENCLITICS))
