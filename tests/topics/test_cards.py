"""The examples on the cards of topics and clusters are true: each is read from its card, and the kit computes it."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

import kit
from kit.topics.clusters.agglomeration import linkage
from kit.topics.clusters.association import expected_units
from kit.topics.clusters.result import edges_of
from kit.topics.clusters.scaling import distances_of
from kit.topics.clusters.stability import _jaccards
from kit.topics.coherence.coherence import npmi_of_pair, umass
from kit.topics.coherence.cooccurrence import by_document
from kit.topics.groups.intervals import logit_t, mean_share
from kit.topics.groups.sources import _largest
from kit.topics.groups.variance import explained
from kit.topics.models.passages import _weights
from kit.topics.models.ranking import frex_of, telling, term_table
from kit.topics.models.solution import Anchors, Solution, probabilities
from kit.topics.quality.choice_tables import error, mean
from kit.topics.quality.distinctness import diversity, exclusivity, overlap
from kit.topics.quality.matching import likeness
from kit.topics.quality.rule import bound
from kit.wording.measures import families

FAMILIES = [name for name in families() if name.startswith(("topic", "cluster"))]
FREE = Anchors((), sparse.csr_matrix((4, 0)), np.zeros((0, 2), bool))


def column(values: list[float]) -> np.ndarray:
    return np.array(values, np.float64)[:, None]


def letters(text: str) -> list[list[int]]:
    """Return lists of terms written as letters: ``a b c and a d e``."""
    found = [re.findall(r"\b[a-z]\b", part) for part in text.rsplit("terms", maxsplit=1)[-1].split(" and ")]
    return [[ord(letter) - ord("a") for letter in part] for part in found]


def matrix_of(rows: list[list[float]]) -> Any:
    counts = sparse.csr_matrix(np.array(rows, np.int64))
    return SimpleNamespace(counts=counts, unit_frequency=np.bincount(counts.indices), terms=["a", "b"])


def solution_of(documents: list[list[float]], terms: list[list[float]]) -> Solution:
    size = len(documents[0])
    found = np.array(documents, np.float64), np.array(terms, np.float64)
    return Solution(*found, found[1], np.full(size, -1), 1, converged=True)


def telling_of(text: str, weights: list[float]) -> float:
    documents = [[weight, 1 - weight] for weight in weights]
    return telling(matrix_of([[1, 0], [1, 0], [0, 1], [0, 1]]), solution_of(documents, [[1, 0], [0, 1]]))[0, 0]


def lift_of(probability: float, count: float, running: float) -> float:
    assert (count, running) == (3, 6)
    terms = [[probability, 1 - probability], [0, 1]]
    return term_table(matrix_of([[3, 1], [0, 2]]), solution_of([[1, 0], [0.5, 0.5]], terms), FREE)["lift"][0]


def passage_of(words: float, *ranks: float) -> float:
    text = ["satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]
    assert len(text) == words
    index = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": [" ".join(text)]}), clean=False).index
    values = {word: 1 / rank for word, rank in zip(text, ranks, strict=False)}
    terms = np.array([list(values).index(form) if form in values else -1 for form in index.forms])
    return _weights(index, terms, np.array(list(values.values())), np.array([0]))[0][0]


def largest_of(name: str) -> float:
    weights, group = column([1, 1, 0.5, 0.5]), np.array([0, 0, 1, 1])
    return _largest(weights, group, ["one", "other"])[name][0]


def shares_of(text: str) -> np.ndarray:
    stories, one, named = re.match(r"(\d+) stories, w = (\d) in (\d+) and 0 in the others", text).groups()
    return column([float(one)] * int(named) + [0.0] * (int(stories) - int(named)))


def epsilon_of(text: str) -> float:
    groups = [[float(value) for value in part.split()] for part in text.removeprefix("groups ").split(" and ")]
    group = np.repeat(np.arange(len(groups)), [len(part) for part in groups])
    return explained(column([value for part in groups for value in part]), group, 1, seed=0).epsilon2[0]


PAIR = pd.DataFrame({"concept_a": ["a"], "concept_b": ["b"], "both": [3], "expected": [0.5], "distance": [0.4444]})

#: What a card's example says, computed from its text and the numbers in it.
COMPUTED: dict[str, Callable[..., float]] = {
    "topic_terms weight": lambda text, *n: telling_of(text, list(n)),
    "topic_terms probability": lambda _, *n: probabilities(
        sparse.csr_matrix([n[:2], n[2:4]]), np.array([[n[4], 1 - n[4]], [n[5], 1 - n[5]]])
    )[0, 0],
    "topic_terms lift": lambda _, *n: lift_of(*n),
    "topic_terms exclusivity": lambda _, *n: exclusivity([[n[0]], [n[1]]], [[0], [0]])[0],
    "topic_terms frex": lambda _, *n: frex_of(np.array([n[:3]]), np.array([n[3:]]))[0, 0],
    "topic_passages weight": lambda _, *n: passage_of(*n),
    "topics share": lambda _, *n: mean_share(column(list(n)))[0],
    "topics npmi": lambda _, one, units, other, both: npmi_of_pair(int(one), int(other), int(both), int(units)),
    "topics exclusivity": lambda text, *n: exclusivity([n[:3], n[3:]], letters(text)).mean(),
    "topics diversity": lambda text: diversity(letters(text)),
    "topic_quality stability": lambda _, *n: mean(n),
    "topic_quality least": lambda _, *n: min(n),
    "topic_quality stability_error": lambda _, *n: error(n),
    "topic_quality likeness": lambda _, *n: likeness(np.array([n[:2]]), np.array([n[2:]]))[0, 0],
    "topic_quality null_bound": lambda _, *n: bound(n[:-1], n[-1] / 100),
    "topic_quality excess": lambda _, stability, null: (stability - null) / (1 - null),
    "topic_quality umass": lambda _, *n: umass(
        by_document(sparse.csr_array(np.array([[1, 1], [1, 0], [1, 0], [1, 0]])), [0, 1]), [[0, 1]]
    )[0],
    "topic_quality overlap": lambda text: overlap(letters(text)),
    "topic_groups share": lambda _, *n: mean_share(column(list(n)))[0],
    "topic_groups low": lambda text, *_: logit_t(shares_of(text), 0.95)[0][0],
    "topic_groups high": lambda text, *_: logit_t(shares_of(text), 0.95)[1][0],
    "topic_groups epsilon2": lambda text, *_: epsilon_of(text),
    "topic_groups p": lambda _, reached, permutations: (1 + reached) / (1 + permutations),
    "topic_groups largest_share": lambda *_: largest_of("largest_share"),
    "topic_groups stories_share": lambda *_: largest_of("stories_share"),
    "clusters association": lambda _, o, e: (o - e) / (o + e + 1),
    "clusters distance": lambda _, o, e: 1 - (o - e) / (o + e + 1),
    "clusters weight": lambda _, o, e: edges_of(PAIR.assign(association=(o - e) / (o + e + 1)), 0)["weight"][0],
    "clusters log_ratio": lambda _, o, e: edges_of(PAIR.assign(both=o, expected=e, association=0.5), 0)["log_ratio"][0],
    "clusters expected": lambda _: expected_units(np.array([[1, 1, 0], [1, 1, 0], [0, 0, 1]]))[0, 1],
    "clusters height": lambda _, *n: linkage(np.array([[0, *n[:2]], [n[0], 0, n[2]], [*n[1:], 0]]).astype(int), 1)[
        "height"
    ][1],
    "clusters stability": lambda _: _jaccards(np.array([[0, 0, 0], [0, 0, 2]]), [np.arange(3)]).mean(),
    "cluster_map map_distance": lambda _, *n: distances_of(np.array([[n[:2], n[2:4]]]))[0, 0, 1],
    "cluster_map error": lambda _, *n: distances_of(np.array([[n[:2], n[2:4]]]))[0, 0, 1] - n[4],
}


@pytest.mark.parametrize("family", FAMILIES)
def test_the_example_of_each_card_is_true(family: str) -> None:
    told = {f"{family} {name}": card.example for name, card in families()[family].cards.items() if card.example}
    assert set(told) == {name for name in COMPUTED if name.startswith(f"{family} ")}
    for name, example in told.items():
        text, said = example.split(" → ")
        numbers = [float(number) for number in re.findall(r"(?<![A-Za-z])-?\d+(?:\.\d+)?", text)]
        digits = len(said.partition(".")[2])
        got = float(COMPUTED[name](text, *numbers))
        assert got == pytest.approx(float(said), abs=0.5 * 10**-digits if digits else 1e-9), name
