"""What a codebook has to obey: every row that breaks a rule, with its place and remedy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

import numpy as np
import pandas as pd

from kit.codebook.codebook import CONCEPTS, PATTERNS
from kit.codebook.conditions import STANDING, Condition, Tree, conditions_of
from kit.codebook.full_forms import initials
from kit.codebook.matching import Matcher, Source, find_hits
from kit.codebook.notation import Slot, rows_of_phrase, split
from kit.codebook.prepared import Ready
from kit.codebook.rules import KINDS, Rule, always_blocks, can_block, rule_of
from kit.errors import CodebookError
from kit.index.indexing import index_texts
from kit.index.postings import postings

YES_NO = ("yes", "no")
#: Columns of both tables that hold conditions.
CONDITIONS = ("requires", "refuses")
POLARITIES = ("", "negative")
_WORDS = ("form", "spelled")  # how plain words are compared
_LANGUAGE = re.compile(r"[a-z]{2,3}")


def check(concepts: pd.DataFrame, patterns: pd.DataFrame) -> tuple[list[CodebookError], tuple[Rule, ...]]:
    """Make the patterns of a codebook ready to be looked up, and find every problem on the way."""
    rules: dict[int, Rule] = {}
    found = [(CONCEPTS, row, error) for row, error in _concept_problems(concepts, patterns)]
    found += [(PATTERNS, row, error) for row, error in _pattern_problems(concepts, patterns, rules)]
    found += [(PATTERNS, row, error) for row, error in _full_form_problems(patterns, rules)]
    found += [(file, row, error) for file, (row, error) in _condition_problems(concepts, patterns, rules)]
    found.sort(key=lambda problem: problem[:2])
    problems = [
        CodebookError(error.problem, place=f"{file}, row {row}", remedy=error.remedy) for file, row, error in found
    ]
    return problems, tuple(rules.values())


Problem = tuple[int, CodebookError]


def _concept_problems(concepts: pd.DataFrame, patterns: pd.DataFrame) -> Iterator[Problem]:
    """Yield what is wrong with the concepts."""
    yield from _empty(concepts, ("concept", "parent", "label_id", "label_en", "definition"))
    yield from _other(concepts, "core", YES_NO)
    yield from _repeated_concepts(concepts)
    yield from _cycles(concepts)
    named = set(patterns["concept"]) | set(concepts["parent"])
    for row, concept in _cells(concepts, "concept"):
        if concept and concept not in named:
            yield (
                int(row),
                CodebookError(
                    f"{concept!r} has no pattern, so a count of zero would mean nothing",
                    remedy=f"add a pattern to {PATTERNS}, or delete the row",
                ),
            )


def _pattern_problems(concepts: pd.DataFrame, patterns: pd.DataFrame, rules: dict[int, Rule]) -> Iterator[Problem]:
    """Yield what is wrong with the patterns; put the rules of those that can fire into `rules`."""
    yield from _empty(patterns, ("concept", "pattern", "kind", "language"))
    known = concepts["concept"].tolist()
    names = set(known)
    for row, concept in _cells(patterns, "concept"):
        if concept and concept not in names:
            near = get_close_matches(concept, known)
            remedy = f"did you mean {near[0]}?" if near else f"add it to {CONCEPTS}, or correct the name"
            yield int(row), CodebookError(f"unknown concept {concept!r}", remedy=remedy)
    for row, kind in _cells(patterns, "kind"):
        if kind and kind not in KINDS:
            hint = " (prefixes match too much in Indonesian: list the forms)" if kind == "prefix" else ""
            yield int(row), CodebookError(f"unknown kind {kind!r}", remedy=f"use one of {', '.join(KINDS)}{hint}")
    yield from _other(patterns, "enabled", YES_NO)
    yield from _other(patterns, "is_name", YES_NO)
    yield from _other(patterns, "polarity", POLARITIES)
    for row, language in _cells(patterns, "language"):
        if language and not _LANGUAGE.fullmatch(language):
            yield (
                int(row),
                CodebookError(f"language {language!r} is not a language code", remedy="use id, en, jv, ar, …"),
            )
    for row, pattern, kind, blocks in _rows(patterns, ["pattern", "kind", "blocks"]):
        if pattern and kind in KINDS:
            yield from ((row, error) for error in _rule_problems(pattern, kind, blocks, row, rules))
    yield from _repeated_patterns(patterns, rules)
    yield from _examples(patterns, rules)


def _condition_problems(
    concepts: pd.DataFrame, patterns: pd.DataFrame, rules: dict[int, Rule]
) -> Iterator[tuple[str, Problem]]:
    """Yield what is wrong with conditions, and the file it stands in; put those that can be met into `rules`."""
    usual = concepts.drop_duplicates("concept").set_index("concept")
    default = {name: patterns["concept"].map(usual[name]).fillna("") for name in CONDITIONS}
    requires = patterns["requires"].where(patterns["requires"] != "", default["requires"])
    free = requires.str.fullmatch(STANDING, case=False) & (patterns["enabled"] == "yes")
    core = set(concepts.loc[concepts["core"] == "yes", "concept"])
    tree = Tree(
        dict(zip(concepts["concept"], concepts["parent"], strict=True)), core, set(patterns.loc[free, "concept"])
    )
    for name in CONDITIONS:
        inherited: dict[str, tuple[Condition, ...]] = {}
        for row, concept, cell in _rows(concepts, ["concept", name]):
            try:
                inherited[concept] = conditions_of(cell, concept, tree)
            except CodebookError as error:
                yield CONCEPTS, (int(row), CodebookError(f"{name}: {error.problem}", remedy=error.remedy))
        for row, concept, cell in _rows(patterns, ["concept", name]):
            try:
                read = conditions_of(cell, concept, tree) if cell else inherited.get(concept, ())
            except CodebookError as error:
                yield PATTERNS, (int(row), CodebookError(f"{name}: {error.problem}", remedy=error.remedy))
                continue
            if row in rules and read:
                rules[int(row)] = rules[int(row)].under(name, read)


def _rule_problems(pattern: str, kind: str, blocks: str, row: int, rules: dict[int, Rule]) -> Iterator[CodebookError]:
    """Yield why a pattern or its blocks can never fire; put its rule into `rules` if it can."""
    try:
        bare = rule_of(pattern, kind)
    except CodebookError as error:
        yield error
        return
    sound = []
    for block in split(blocks):
        try:
            words = rows_of_phrase(block, what="block")
        except CodebookError as error:
            yield CodebookError(f"block {error.problem}", remedy=error.remedy)
            continue
        if always_blocks(bare, words):
            yield CodebookError(f"{pattern!r} can never fire: it is its own block", remedy="delete the block")
        elif not can_block(bare, words):
            yield CodebookError(
                f"block {block!r} can never fire: no hit of {pattern!r} lies inside it",
                remedy="write a phrase that holds the pattern, or delete the block",
            )
        else:
            sound.append(words)
    rules[row] = replace(bare, blocks=tuple(sound))


def _full_form_problems(patterns: pd.DataFrame, rules: dict[int, Rule]) -> Iterator[Problem]:
    """Yield what is wrong with full forms; put what each abbreviation stands for into `rules`."""
    phrases: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for row, concept, kind in _rows(patterns, ["concept", "kind"]):
        if kind == "phrase" and row in rules and len(rules[int(row)].rows) == 1:
            words = tuple(slot.text for slot in rules[int(row)].rows[0])
            for letters in initials(words):
                phrases.setdefault((concept, letters), []).append(words)
    for row, concept, pattern, kind, cell in _rows(patterns, ["concept", "pattern", "kind", "stands_for"]):
        if cell and kind != "abbreviation":
            problem = f"stands_for is filled for a pattern of kind {kind}"
            yield int(row), CodebookError(problem, remedy="empty the cell, or make the kind abbreviation")
        elif kind == "abbreviation" and row in rules:
            written = tuple(tuple(full.lower().split()) for full in split(cell))
            known = (*written, *phrases.get((concept, pattern.lower()), ()))
            if known:
                rules[int(row)] = replace(rules[int(row)], stands_for=known)


def _repeated_concepts(concepts: pd.DataFrame) -> Iterator[Problem]:
    """Yield concepts that stand twice, however they are capitalised."""
    first: dict[str, int] = {}
    for row, concept in _cells(concepts, "concept"):
        earlier = first.setdefault(concept.casefold(), int(row))
        if concept and earlier != row:
            problem = f"{concept!r} is already in row {earlier}"
            yield int(row), CodebookError(problem, remedy="rename or delete one of them")


def _repeated_patterns(patterns: pd.DataFrame, rules: dict[int, Rule]) -> Iterator[Problem]:
    """Yield patterns that can only fire where an earlier one of the concept does.

    Two abbreviations may differ in case alone.
    """
    seen: dict[tuple[str, object], list[int]] = {}
    concept, pattern, kind = (patterns[name].to_dict() for name in ("concept", "pattern", "kind"))
    for row, rule in rules.items():
        key = rule.bearers, *(tuple(map(_compared, words)) for words in rule.rows)
        same = seen.setdefault((concept[row], key), [])
        for earlier in same:
            both = {kind[row], kind[earlier]}
            if not (both == {"abbreviation"} and pattern[row] != pattern[earlier]):
                problem = f"{pattern[row]!r} matches the same words as row {earlier}"
                yield row, CodebookError(problem, remedy="delete one of them")
                break
        same.append(row)


def _compared(slot: Slot) -> tuple[str, str, int]:
    """Return what tells one word of a pattern from another, whatever its case."""
    return slot.text.lower(), "" if slot.how in _WORDS else slot.how, slot.link


def _cycles(concepts: pd.DataFrame) -> Iterator[Problem]:
    """Yield the circles of concepts each of which is the parent of the next, once each."""
    parent = dict(zip(concepts["concept"], concepts["parent"], strict=True))
    row_of = {concept: int(row) for row, concept in reversed(list(concepts["concept"].items()))}
    done: set[str] = set()
    for start in row_of:
        path = [start]
        while path[-1] in parent and path[-1] not in done:
            done.add(path[-1])
            path.append(parent[path[-1]])
        circle = path[path.index(path[-1]) :]
        if len(circle) > 1:
            first = min(circle, key=lambda concept: row_of[concept])
            turn = circle.index(first)
            names = [*circle[turn:-1], *circle[:turn], first]
            yield (
                row_of[first],
                CodebookError(
                    f"the parents form a circle: {' → '.join(names)}", remedy="give one of them a group as parent"
                ),
            )


def _examples(patterns: pd.DataFrame, rules: dict[int, Rule]) -> Iterator[Problem]:
    """Yield examples in which their own pattern does not fire."""
    examples, names = dict(_cells(patterns, "example")), dict(_cells(patterns, "pattern"))
    rows = [row for row in rules if examples[row]]
    index = index_texts([examples[row] for row in rows])
    hits = find_hits(Matcher(Source(index)), Ready([rules[row] for row in rows]))
    documents = np.searchsorted(index.document_tokens, postings(index).token[hits.first], side="right") - 1
    fired = set(hits.rule[(hits.rule == documents) & (hits.block < 0)].tolist())
    for number, row in enumerate(rows):
        if number not in fired:
            problem = f"{names[row]!r} does not fire in its example {examples[row]!r}"
            yield row, CodebookError(problem, remedy="give an example that holds it, or empty the cell")


def _cells(table: pd.DataFrame, column: str) -> Iterator[tuple[int, str]]:
    """Yield the cells of a column with their rows, as plain numbers and text: there may be many."""
    return zip(table.index.tolist(), table[column].tolist(), strict=True)


def _rows(table: pd.DataFrame, columns: list[str]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of some columns, each behind its number."""
    return zip(table.index.tolist(), *(table[name].tolist() for name in columns), strict=True)


def _empty(table: pd.DataFrame, columns: Sequence[str]) -> Iterator[Problem]:
    """Yield cells that must not be empty."""
    for column in columns:
        for row, value in _cells(table, column):
            if not value:
                yield int(row), CodebookError(f"{column} is empty", remedy="fill it, or delete the row")


def _other(table: pd.DataFrame, column: str, choices: Sequence[str]) -> Iterator[Problem]:
    """Yield cells that hold none of the choices."""
    listed = ("leave it empty, or use " if "" in choices else "use one of: ") + ", ".join(filter(None, choices))
    for row, value in _cells(table, column):
        if value not in choices:
            yield int(row), CodebookError(f"{column} is {value!r}", remedy=listed)
