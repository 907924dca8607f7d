"""A pattern made ready to be looked up: its words, the phrases that make it void, and the conditions it is under.

The matching rules, with worked examples, are in ``docs/codebook.md``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

from kit.codebook.conditions import Condition
from kit.codebook.expressions import check_expression
from kit.codebook.notation import Row, Slot, rows_of_phrase, with_enclitics, with_hyphened_enclitics
from kit.errors import CodebookError
from kit.language.lexemes import lexeme
from kit.lexicon.characters import plain

#: The kinds of pattern.
KINDS = ("form", "phrase", "abbreviation", "lexeme", "glob", "regex", "bearer")
_ONE_WORD = ("form", "abbreviation")
_OPEN = ("lexeme", "glob", "regex", "any", "and")  # how words are compared that may be one of many


@dataclass(frozen=True)
class Rule:
    """A pattern made ready to be looked up.

    Parameters
    ----------
    rows : tuple of rows
        The rows of words that it stands for.
    blocks : tuple of tuples of rows
        For each block phrase, inside which a hit is void, the rows of words that it stands for.
    requires, refuses : tuples of Condition
        What has to be near a hit, each of them; and what must not, none of them.
    stands_for : tuple of tuples of str
        The full forms of an abbreviation, as far as they are known.
    bearers : bool
        Whether it stands for the bare names of those who bear the office that its rows name, and not for these words.

    """

    rows: tuple[Row, ...]
    blocks: tuple[tuple[Row, ...], ...] = ()
    requires: tuple[Condition, ...] = ()
    refuses: tuple[Condition, ...] = ()
    stands_for: tuple[tuple[str, ...], ...] = ()
    bearers: bool = False

    def under(self, column: str, conditions: tuple[Condition, ...]) -> Rule:
        """Return the rule under what one of the columns `requires` and `refuses` says."""
        return replace(self, requires=conditions) if column == "requires" else replace(self, refuses=conditions)

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Those required, then those refused."""
        return (*self.requires, *self.refuses)

    @property
    def stands_alone(self) -> bool:
        """Whether nothing has to stand beside a hit: all that is required is what the document is about."""
        return all(need.scope == "per" for need in self.requires)


def rule_of(pattern: str, kind: str) -> Rule:
    """Make a pattern without blocks and conditions ready to be looked up."""
    if kind == "regex":
        return Rule((tuple(Slot(check_expression(plain(word)), "regex") for word in pattern.split()),))
    if kind == "lexeme":
        return Rule(_lexemes(pattern))
    rows = rows_of_phrase(pattern, "spelled" if kind == "abbreviation" else "form", wild=kind == "glob")
    if kind in _ONE_WORD and (len(rows) > 1 or len(rows[0]) > 1):
        words = " + ".join(slot.text or "…" for slot in rows[0])
        number = f"{len(rows[0])} words ({words})" if len(rows) == 1 else "several phrases"
        problem = f"{pattern!r} can never fire as {kind}: it is {number}"
        raise CodebookError(problem, remedy="make its kind phrase")
    return Rule(rows, bearers=kind == "bearer")


def _lexemes(pattern: str) -> tuple[Row, ...]:
    """Return the rows of words of a pattern of lexemes."""
    rows = rows_of_phrase(pattern, "lexeme", wild=False)
    for slot in (slot for row in rows for slot in row if slot.how == "lexeme"):
        own = lexeme(slot.text)
        if own != slot.text:
            raise CodebookError(f"{slot.text!r} is no lexeme, but a form of {own!r}", remedy=f"write {own!r}")
    together = [(Slot(" ".join(slot.text for slot in row), "lexeme"),) for row in rows if len(row) > 1]
    return tuple(dict.fromkeys([*rows, *together]))


def can_block(rule: Rule, block: tuple[Row, ...]) -> bool:
    """Tell whether a hit of a rule can lie inside a block."""
    return any(_holds(outer, row) for outer in block for row in rule.rows)


def _holds(outer: Row, row: Row) -> bool:
    """Tell whether a hit of a row of words can lie inside one of a block."""
    return any(
        all(
            _meet(slot, outer[start + place], ends=place == len(row) - 1, closes=start + place == len(outer) - 1)
            for place, slot in enumerate(row)
        )
        for start in range(len(outer) - len(row) + 1)
    )


def _meet(slot: Slot, other: Slot, *, ends: bool, closes: bool) -> bool:
    """Tell whether one word can be both: of a hit, perhaps its last, and of a block, perhaps its last."""
    if slot.how in _OPEN or other.how in _OPEN:
        plain, glob = (slot, other) if other.how == "glob" else (other, slot)
        if glob.how != "glob" or plain.how in _OPEN:
            return True
        return any(fnmatchcase(form, glob.text.replace("[", "[[]")) for form in _forms(plain, last=True))
    return not set(_forms(slot, last=ends)).isdisjoint(_forms(other, last=closes))


def _forms(slot: Slot, *, last: bool) -> tuple[str, ...]:
    """Return the forms of a plain word, with enclitics if it is the last."""
    if slot.how == "spelled":
        return tuple(form.lower() for form in with_hyphened_enclitics(slot.text))
    return with_enclitics(slot.text) if last else (slot.text,)


def always_blocks(rule: Rule, block: tuple[Row, ...]) -> bool:
    """Tell whether a block makes even the bare pattern void, so that it never fires."""
    bare = {tuple((slot.text.lower(), slot.link) for slot in row) for row in block}
    return all(tuple((slot.text.lower(), slot.link) for slot in row) in bare for row in rule.rows)
