"""The sentences that the demonstration corpus is written with, each tried against the codebook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from kit.codebook.codebook import Codebook
from kit.simulation.plan import Integers, Plan
from kit.simulation.sentences import phrases, sentences_for, tried

_OF_THEME = 160  # different sentences of a theme
_LINKS = 12  # different headlines of a theme
_Row = tuple[str, int, tuple[str, ...], str]  # theme or group, its number, the concepts it names, the sentence


@dataclass(frozen=True)
class Stock:
    """Sentences, and what each names.

    Parameters
    ----------
    concepts : list of str
        The codebook's, in its order.
    texts : list of str
        The sentences.
    words : int64 array, one per sentence
        Words and numbers.
    counts : int64 array, sentences × concepts
        How often each names a concept.
    of_concept : list of int64 array, one per concept
        Numbers of the sentences that name it alone.
    of_theme : list of int64 array, one per theme
        Numbers of the sentences that speak of it and name no concept.
    together : list of int64 array, one per group of concepts of the plan
        Numbers of the sentences that name them all.
    fillers : int64 array
        Numbers of the sentences that name nothing and speak of no theme.
    links : list of list of str, one per theme
        Headlines of other articles.

    """

    concepts: list[str]
    texts: list[str]
    words: Integers
    counts: Integers
    of_concept: list[Integers]
    of_theme: list[Integers]
    together: list[Integers]
    fillers: Integers
    links: list[list[str]]


def stock_of(codebook: Codebook, plan: Plan, generator: np.random.Generator) -> Stock:
    """Write the sentences."""
    single = sentences_for(codebook)
    concepts = list(single.named)
    rows: list[_Row] = [("theme", place, (), text) for place, text in _themed(plan, generator)]
    rows += [("together", place, names, text) for place, names, text in _together(plan)]
    exact, words = tried(codebook, [row[2] for row in rows], [row[3] for row in rows])
    good = [row for row, usable in zip(rows, exact.tolist(), strict=True) if usable]

    def those(kind: str, place: int) -> Integers:
        """Return the numbers of the sentences of a theme or a group."""
        found = [number for number, row in enumerate(good, start=len(single.texts)) if row[:2] == (kind, place)]
        return np.array(found, np.int64)

    of_concept = [single.named[concept] for concept in concepts]
    counts = np.zeros((len(single.texts) + len(good), len(concepts)), np.int64)
    for place, numbers in enumerate(of_concept):
        counts[numbers, place] = 1
    together = [those("together", place) for place in range(len(plan.together))]
    for numbers, group in zip(together, plan.together, strict=True):
        for concept in group["concepts"]:
            counts[numbers, concepts.index(concept)] += 1
    return Stock(
        concepts,
        [*single.texts, *(row[3] for row in good)],
        np.concatenate([single.words, words[exact]]),
        counts,
        of_concept,
        [those("theme", place) for place in range(len(plan.themes))],
        together,
        single.fillers,
        [_drawn(plan.table["frames"]["links"], theme, _LINKS, generator, title=True) for theme in plan.themes],
    )


def _themed(plan: Plan, generator: np.random.Generator) -> Iterator[tuple[int, str]]:
    """Yield different sentences of every theme."""
    for place, theme in enumerate(plan.themes):
        for text in _drawn(plan.table["frames"]["texts"], theme, _OF_THEME, generator):
            yield place, text


def _drawn(
    frames: list[str], theme: dict[str, Any], number: int, generator: np.random.Generator, *, title: bool = False
) -> list[str]:
    """Fill frames with words of a theme until there are so many different ones."""
    found: dict[str, None] = {}
    while len(found) < number:
        words: dict[str, str] = {}
        for slot in ("who", "where", "what", "act"):
            first, second = generator.permutation(len(theme[slot]))[:2].tolist()
            words |= {slot: theme[slot][first], f"{slot}2": theme[slot][second]}
        for name, word in tuple(words.items()):
            words[name.capitalize()] = word.title() if title else word[0].upper() + word[1:]
        found[frames[int(generator.integers(0, len(frames)))].format(**words)] = None
    return list(found)


def _together(plan: Plan) -> Iterator[tuple[int, tuple[str, ...], str]]:
    """Yield the sentences that name several concepts."""
    templates, known = plan.table["together_sentences"], phrases()
    for place, group in enumerate(plan.together):
        names = tuple(group["concepts"])
        if len(names) == 2:
            for one, two in product(*(known[name, "noun"] for name in names)):
                for text in templates["two"]:
                    yield place, names, text.format(x=one, y=two)
            continue
        qualities = [known[name, "quality"][0] for name in names]
        for turn in range(len(qualities)):
            *some, last = qualities[turn:] + qualities[:turn]
            for text in templates["list"]:
                yield place, names, text.format(x=f"{', '.join(some)} dan {last}")
