"""A pattern made ready to be looked up: its words, the phrases that make it void, and the conditions it is under.

The matching rules, with worked examples, are in ``docs/codebook.md``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kit.codebook.conditions import Condition
from kit.codebook.notation import with_enclitics, with_hyphened_enclitics, words_of
from kit.errors import CodebookError

#: The kinds of pattern.
KINDS = ("form", "phrase", "abbreviation")


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
    requires, refuses : tuples of Condition
        What has to be near a hit, each of them; and what must not, none of them.

    """

    words: tuple[str, ...]
    abbreviation: str
    blocks: tuple[tuple[str, ...], ...] = ()
    requires: tuple[Condition, ...] = ()
    refuses: tuple[Condition, ...] = ()

    def under(self, column: str, conditions: tuple[Condition, ...]) -> Rule:
        """Return the rule under what one of the columns `requires` and `refuses` says."""
        return replace(self, requires=conditions) if column == "requires" else replace(self, refuses=conditions)

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Those required, then those refused."""
        return (*self.requires, *self.refuses)


def rule_of(pattern: str, kind: str) -> Rule:
    """Make a pattern without blocks and conditions ready to be looked up."""
    words = words_of(pattern)
    if kind != "phrase" and len(words) > 1:
        raise CodebookError(
            f"{pattern!r} can never fire as {kind}: it is {len(words)} words ({' + '.join(words)})",
            remedy="make its kind phrase",
        )
    return Rule(words, pattern if kind == "abbreviation" else "")


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
