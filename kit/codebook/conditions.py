"""Conditions of a pattern: what has to stand near a hit, or must not, before it counts.

A cell holds conditions, separated by ``;``. Each begins with a scope, and lists what is looked for in it, separated by
``|``: ``sentence: @aktor | petugas; 3 in document: @core``. An entry is words, or ``@`` and a concept or group.
``docs/codebook.md`` has the rules with worked examples.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import lru_cache

from kit.codebook.notation import Row, rows_of_phrase, split
from kit.errors import CodebookError

#: Stretches of text that are searched, from small to large; besides them so many words on either side.
SCOPES = ("phrase", "sentence", "paragraph", "document")
#: A cell that takes the condition of the concept away from a pattern.
NO_CONDITION = "-"
#: Cells of patterns that stand by themselves: they ask for nothing near them, at most for what the document is about.
STANDING = rf"|{NO_CONDITION}|\s*per\s[^;]*(;\s*per\s[^;]*)*"
#: Stands for every core concept.
CORE = "@core"
_CONDITION = ";"
_SCOPED = re.compile(
    rf"\s*(?:(\d{{1,3}})\s+in\s+|(per)\s+)?({'|'.join(SCOPES)}|(\d{{1,3}})\s+words?)\s*:(.*)", re.DOTALL | re.IGNORECASE
)
_HOW = "write it as in sentence: @aktor | petugas"


@dataclass(frozen=True)
class Condition:
    """What has to stand near a hit: one entry is enough, so many times.

    Parameters
    ----------
    text : str
        As the codebook writes it.
    scope : str
        One of `SCOPES`, or ``words``: so many on either side, in the same sentence; or ``per``: one for every so many
        words of the document, none in a shorter one.
    reach : int
        How many words; 0 for the other scopes.
    times : int
        So many places that share no word have to be there; mostly 1.
    concepts : tuple of tuples of str
        For each entry with ``@``, the concepts it stands for.
    phrases : tuple of tuples of rows
        For each other entry, the rows of words that it stands for.

    """

    text: str
    scope: str
    reach: int
    times: int
    concepts: tuple[tuple[str, ...], ...]
    phrases: tuple[tuple[Row, ...], ...]

    @property
    def asked(self) -> tuple[str, tuple[tuple[str, ...], ...]]:
        """What is looked for: two conditions that look for the same have the same."""
        return self.text.partition(":")[2].strip(), self.concepts


def conditions_of(cell: str, concept: str, tree: Tree) -> tuple[Condition, ...]:
    """Read the cell of a pattern that belongs to a concept."""
    if cell == NO_CONDITION:
        return ()
    return tuple(_condition(text.strip(), concept, tree) for text in cell.split(_CONDITION) if text.strip())


def _condition(text: str, concept: str, tree: Tree) -> Condition:
    """Read one condition of a concept's pattern."""
    read, named = _read(text)
    return replace(read, concepts=tuple(tree.named(entry, concept) for entry in named)) if named else read


@lru_cache(maxsize=4096)  # many patterns have the same conditions
def _read(text: str) -> tuple[Condition, tuple[str, ...]]:
    """Read one condition but for the concepts it names, which are told by the codebook."""
    scoped = _SCOPED.fullmatch(text)
    if scoped is None:
        scopes = ", ".join(SCOPES)
        problem = f"condition {text!r} does not begin with a scope"
        raise CodebookError(problem, remedy=f"{_HOW}; the scopes are {scopes}, or a number of words (5 words:)")
    times, per, scope, reach, listed = scoped.groups()
    entries = split(listed)
    if not entries:
        raise CodebookError(f"condition {text!r} looks for nothing", remedy=_HOW)
    if reach is not None and int(reach) < 1:
        raise CodebookError(f"condition {text!r} looks at no word", remedy="begin with 1 word or more")
    if per is not None and reach is None:
        raise CodebookError(f"condition {text!r} does not say per how many words", remedy="write per 150 words:")
    if times is not None and int(times) < 1:
        raise CodebookError(f"condition {text!r} asks for nothing", remedy="ask for 1 or more")
    named = tuple(entry for entry in entries if entry.startswith("@"))
    read = Condition(
        text=text,
        scope="per" if per else "words" if reach else scope.lower(),
        reach=int(reach or 0),
        times=int(times or 1),
        concepts=(),
        phrases=tuple(rows_of_phrase(entry, what="phrase") for entry in entries if not entry.startswith("@")),
    )
    return read, named


class Tree:
    """The concepts of a codebook and the groups above them.

    Parameters
    ----------
    parents : mapping of str to str
        Of each concept, in the codebook's order.
    core : set of str
        The core concepts.
    standing : set of str
        The concepts with a pattern that requires nothing near it.

    """

    def __init__(self, parents: Mapping[str, str], core: set[str], standing: set[str]) -> None:
        self._parents = parents
        self._core = core
        self._standing = standing
        self._found: dict[str, list[str]] = {}

    def named(self, entry: str, own: str) -> tuple[str, ...]:
        """Return the concepts that an entry of a concept's own pattern stands for."""
        name = entry[1:].strip()
        if entry not in self._found:
            self._found[entry] = [
                concept
                for concept in self._parents
                if (concept in self._core if entry == CORE else name in self._above(concept))
            ]
        found = self._found[entry]
        if not found:
            near = get_close_matches(name, sorted({*self._parents, *self._parents.values()}))
            remedy = f"did you mean @{near[0]}?" if near else "name a concept, or what stands as a parent"
            if entry == CORE:
                remedy = "write yes in the column core of some, or name a concept or a parent of some"
            raise CodebookError(f"no concept or group {entry!r}", remedy=remedy)
        others = tuple(concept for concept in found if concept != own or name == own)
        if not others:
            remedy = f"name another concept or group, or {own} itself, as @{own}"
            raise CodebookError(f"{entry!r} has no concept but {own!r} itself", remedy=remedy)
        if self._standing.isdisjoint(others):
            remedy = "name words, or take the condition away from one of its patterns (requires -)"
            raise CodebookError(f"{entry!r} can never be there: all its patterns require something", remedy=remedy)
        return others

    def _above(self, concept: str) -> list[str]:
        """Return a concept and all that is above it."""
        line = [concept]
        while line[-1] in self._parents and self._parents[line[-1]] not in line:
            line.append(self._parents[line[-1]])
        return line
