"""A pattern made ready to be looked up: its words, and the phrases that make it void.

The matching rules, with worked examples, are in ``docs/codebook.md``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kit.errors import CodebookError
from kit.index.postings import JOINTS
from kit.language.tokens import COUNTED, Token, fold, tokenize

#: What may be glued to the last word of a pattern, or follow it after a hyphen.
ENCLITICS = ("nya", "lah", "kah", "ku", "mu")
#: The kinds of pattern.
KINDS = ("form", "phrase", "abbreviation")
_WILD = ("*", "?")  # what patterns of other programs hold
#: Between two blocks in a cell.
BLOCK_SEPARATOR = "|"


@dataclass(frozen=True)
class Rule:
    """A pattern made ready to be looked up.

    Parameters
    ----------
    words : tuple of str
        Its words, case-folded.
    abbreviation : str
        The spelling that case has to follow, or empty.
    blocks : tuple of tuples of str
        Words of the phrases inside which a hit is void, case-folded.

    """

    words: tuple[str, ...]
    abbreviation: str
    blocks: tuple[tuple[str, ...], ...]


def rule_of(pattern: str, kind: str) -> Rule:
    """Make a pattern without blocks ready to be looked up."""
    words = words_of(pattern)
    if kind != "phrase" and len(words) > 1:
        raise CodebookError(
            f"{pattern!r} can never fire as {kind}: it is {len(words)} words ({' + '.join(words)})",
            remedy="make its kind phrase",
        )
    return Rule(words, pattern if kind == "abbreviation" else "", ())


def split(blocks: str) -> list[str]:
    """Return the phrases of a blocks cell."""
    return [block.strip() for block in blocks.split(BLOCK_SEPARATOR) if block.strip()]


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


def can_block(rule: Rule, block: Sequence[str]) -> bool:
    """Tell whether a hit of a rule can lie inside a block."""
    width = len(rule.words)
    for start in range(len(block) - width + 1):
        inside = tuple(block[start : start + width])
        if inside[:-1] == rule.words[:-1] and _meet(rule, inside[-1], last=start + width == len(block)):
            return True
    return False


def _meet(rule: Rule, word: str, *, last: bool) -> bool:
    """Tell whether the last word of a hit can stand where a block has `word`, its last word or not."""
    own = with_hyphened_enclitics(rule.words[-1]) if rule.abbreviation else with_enclitics(rule.words[-1])
    return not set(own).isdisjoint(with_enclitics(word) if last else [word])


def always_blocks(rule: Rule, block: Sequence[str]) -> bool:
    """Tell whether a block makes even the bare pattern void, so that it never fires."""
    return tuple(block) == rule.words
