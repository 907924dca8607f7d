"""Which hits of a codebook count, and what makes the others void: decided in one order, by rules told one by one."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.codebook.asked import Asked, Overlap, ranks_of
from kit.codebook.codebook import Codebook
from kit.codebook.context import Surroundings
from kit.codebook.matching import Hits, Matcher, Source, find_hits
from kit.codebook.notation import split
from kit.codebook.rules import Rule
from kit.codebook.senses import other_senses
from kit.index.order import Integers, leftmost_longest
from kit.index.postings import postings, rows_of
from kit.index.token_index import Int32, Int64, TokenIndex

#: Why a hit does not count, in the order in which it is decided; empty: it counts.
VOIDS = ("", "block", "sense", "context", "overlap")
_COUNTS, _BLOCK, _SENSE, _CONTEXT, _OVERLAP = range(len(VOIDS))
_ABSENT = -1  # not asked for


class Judged(NamedTuple):
    """What patterns hit, and what is decided so far; overlaps are not.

    Attributes
    ----------
    asked : Asked
        The enabled patterns that were looked up: all, or those that a concept needs.
    found : Hits
    reason : int8 array
        Place in `VOIDS`; below 0 if not asked for.
    by : int32 array
        Number of the block or condition that decided.
    senses : dict of int to str
        For a row of another sense, how it is written out.

    """

    asked: Asked
    found: Hits
    reason: npt.NDArray[np.int8]
    by: Int32
    senses: dict[int, str]


class Decided(NamedTuple):
    """What patterns hit, one row per hit.

    Attributes
    ----------
    asked : Asked
        The enabled patterns that were looked up: all, or those that a concept needs.
    pattern : int32 array
        Row of `asked.table`.
    concept : int array
        Number of the concept, in the order of names.
    first, last, first_token, last_token : int32 arrays
        First and last word in the word stream and among the tokens.
    sentence : int32 array
    gloss : bool array
    void : int8 array
        Place in `VOIDS`.
    by : int32 array
        Number of the block, condition or pattern that decided.
    senses : dict of int to str
        For a row of another sense, how it is written out.

    """

    asked: Asked
    pattern: Int32
    concept: npt.NDArray[np.intp]
    first: Int32
    last: Int32
    first_token: Int32
    last_token: Int32
    sentence: Int32
    gloss: npt.NDArray[np.bool_]
    void: npt.NDArray[np.int8]
    by: Int32
    senses: dict[int, str]


def decide(
    source: Source,
    codebook: Codebook,
    *,
    concept: str | None = None,
    among: Collection[str] | None = None,
    overlap: Overlap = "concept",
    void: bool = False,
) -> Decided:
    """Find what a codebook's patterns hit, or those of one concept, and decide which hits count.

    Those that do not are returned only if asked for. All patterns are looked up, but only hits of concepts `among` some
    are decided, which takes less time; their overlaps are looked at within each concept.
    """
    asked = codebook.asked if concept is None else codebook.those(_needed(codebook, concept))
    matcher = Matcher(source)
    # The hits of the other concepts are looked up for conditions alone.
    wanted = among if concept is None else {concept}
    judged = under_conditions(source, matcher, look_up(source, matcher, asked), among=wanted)
    return choose(source, codebook, judged, overlap=overlap, void=void)


def look_up(source: Source, matcher: Matcher, asked: Asked) -> Judged:
    """Find what patterns hit, and decide what blocks and other senses make void."""
    found = find_hits(matcher, asked.ready)
    reason = np.where(found.block >= 0, _BLOCK, _COUNTS).astype(np.int8)
    senses = other_senses(source, asked.ready, found)
    others = np.array(list(senses), np.int64)
    reason[others[reason[others] == _COUNTS]] = _SENSE
    return Judged(asked, found, reason, found.block, senses)


def under_conditions(
    source: Source, matcher: Matcher, judged: Judged, *, among: Collection[str] | None = None
) -> Judged:
    """Decide which hits, of some concepts or all, fail the conditions of their patterns."""
    asked, found, names = judged.asked, judged.found, judged.asked.table["concept"]
    reason, by = judged.reason.copy(), judged.by.copy()
    around = Surroundings(source, matcher, found.some(reason == _COUNTS), names, asked.ready)
    if among is not None:
        reason[~names.isin(among).to_numpy(bool)[found.rule]] = _ABSENT
    live = np.flatnonzero(reason == _COUNTS)
    failed = around.fails(found.some(live))
    reason[live[failed >= 0]] = _CONTEXT
    by[live] = failed
    return judged._replace(reason=reason, by=by)


def choose(source: Source, codebook: Codebook, judged: Judged, *, overlap: Overlap, void: bool = False) -> Decided:
    """Choose among hits that overlap; those that do not count are returned only if asked for."""
    asked, found, senses = judged.asked, judged.found, judged.senses
    reason, by = judged.reason.copy(), judged.by.copy()
    live = np.flatnonzero(reason == _COUNTS)
    group = _groups(codebook, asked, overlap)[found.rule]
    rank = asked.weight[found.rule[live]]
    kept = live[leftmost_longest(group[live], found.first[live], found.last[live], rank)]
    if void:
        lost = np.setdiff1d(live, kept)
        reason[lost], by[lost] = _OVERLAP, found.rule[_winners(group, found.first, lost, kept)]
        kept = np.flatnonzero(reason != _ABSENT)
    pattern, first, last = found.rule[kept], found.first[kept], found.last[kept]
    token, concepts = postings(source.index).token, asked.concept[pattern]
    first_token, last_token = token[first], token[last]
    sentence = stretch_of(source.index.sentence_tokens, first_token)
    gloss = np.zeros(len(kept), bool)
    counts = np.flatnonzero(reason[kept] == _COUNTS)
    gloss[counts] = _glosses(source.index, first_token[counts], last_token[counts], sentence[counts], concepts[counts])
    written = {row: senses[number] for row, number in enumerate(kept.tolist()) if number in senses} if senses else {}
    return Decided(
        *(asked, pattern, concepts, first, last, first_token, last_token),
        *(sentence, gloss, reason[kept], by[kept], written),
    )


def causes(codebook: Codebook, decided: Decided) -> list[str]:
    """Write what made each hit void: a block, another sense, a condition or another pattern."""
    patterns = decided.asked.table
    names = patterns["pattern"].tolist()
    blocks = [split(cell) for cell in patterns["blocks"]]
    conditions = [_conditions(codebook.rules[row]) for row in patterns.index]
    told: list[str] = []
    columns = zip(decided.pattern.tolist(), decided.void.tolist(), decided.by.tolist(), strict=True)
    for row, (pattern, void, by) in enumerate(columns):
        told.append(
            blocks[pattern][by]
            if void == _BLOCK
            else decided.senses[row]
            if void == _SENSE
            else conditions[pattern][by]
            if void == _CONTEXT
            else names[by]
            if void == _OVERLAP
            else ""
        )
    return told


def _needed(codebook: Codebook, concept: str) -> pd.DataFrame:
    """Return the enabled patterns of a concept, and those of the concepts that their conditions ask for."""
    patterns = codebook.enabled
    own = [codebook.rules[row] for row in patterns.index[patterns["concept"] == concept]]
    asked = {name for rule in own for condition in rule.conditions for names in condition.concepts for name in names}
    return patterns[patterns["concept"].isin({concept, *asked})]


def _conditions(rule: Rule) -> list[str]:
    """Return the conditions of a rule as they are written."""
    required = [f"requires {condition.text}" for condition in rule.requires]
    return [*required, *(f"refuses {condition.text}" for condition in rule.refuses)]


def _groups(codebook: Codebook, asked: Asked, overlap: Overlap) -> npt.NDArray[np.intp]:
    """Return, for each pattern, the number of the concepts among whose overlapping hits one is chosen."""
    if overlap == "concept":
        return asked.concept
    if overlap == "codebook":
        return np.zeros(len(asked.table), np.intp)
    parents = dict(zip(codebook.concepts["concept"], codebook.concepts["parent"], strict=True))
    tops = {}
    for name in parents:
        top = name
        while top in parents:
            top = parents[top]
        tops[name] = top
    return ranks_of(asked.table["concept"].map(tops))


def _winners(concept: Integers, first: Int32, lost: Integers, kept: Integers) -> Integers:
    """Return, for each hit that lost its place, the one of its concept that took it: the last to begin before it."""
    width = np.int64(2**32)
    begins = concept[kept].astype(np.int64) * width + first[kept]
    order = np.argsort(begins)
    row = np.searchsorted(begins[order], concept[lost].astype(np.int64) * width + first[lost], side="right") - 1
    winners: Integers = kept[order][row]
    return winners


def stretch_of(bounds: Int64, token: Int32) -> Int32:
    """Return the number of the stretch between bounds in which each token lies."""
    return (np.searchsorted(bounds, token, side="right") - 1).astype(np.int32)


def _glosses(index: TokenIndex, first: Int32, last: Int32, sentence: Int32, concept: Integers) -> npt.NDArray[np.bool_]:
    """Tell which hits stand in parentheses right after a hit of their concept, in one sentence."""
    is_gloss = np.zeros(len(first), bool)
    rows = np.flatnonzero(first >= 2)
    rows = rows[_is(index, first[rows] - 1, "(")]
    rows = rows[last[rows] + 1 < index.sentence_tokens[sentence[rows] + 1]]
    rows = rows[(first[rows] - 2 >= index.sentence_tokens[sentence[rows]]) & _is(index, last[rows] + 1, ")")]
    if len(rows):
        width = len(index.surface) + 1
        ends = np.sort(concept.astype(np.int64) * width + last)
        before = concept[rows].astype(np.int64) * width + first[rows] - 2
        is_gloss[rows] = ends[np.minimum(np.searchsorted(ends, before), len(ends) - 1)] == before
    return is_gloss


def _is(index: TokenIndex, tokens: Integers, sign: str) -> npt.NDArray[np.bool_]:
    """Tell which tokens are a sign."""
    row = rows_of(index.forms, [sign])
    return index.type_of(tokens) == row[0] if row else np.zeros(len(tokens), bool)
