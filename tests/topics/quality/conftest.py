"""Corpora with planted topics, and the same with every running word moved to a place drawn at random."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

import kit

Maker = Callable[..., kit.Corpus]


def made_up_words(number: int, random: np.random.Generator) -> list[str]:
    """Words of seven letters that no language has, none twice."""
    words: set[str] = set()
    while len(words) < number:
        letters = [
            random.choice(list(choice)) for choice in ("bdgjmpz", "aiu", "cfklrvz", "eou", "bdgkmn", "aiu", "qxz")
        ]
        words.add("".join(letters))
    return sorted(words)


def planted(
    topics: int, documents: int, seed: int, *, shuffled: bool = False, length: int = 60, share: float = 0.4
) -> kit.Corpus:
    """Documents of one topic each: `share` of the words from its own 30, the others from 400 in common."""
    random = np.random.default_rng(seed)
    words = np.array(made_up_words(400, random))[random.permutation(400)]
    common = 1 / np.arange(1, 401) ** 0.9
    common /= common.sum()
    texts = []
    own = [random.dirichlet(np.ones(30)) for _ in range(topics)]
    for _ in range(documents):
        topic = int(random.integers(topics))
        chance = (1 - share) * common
        chance[370 - 30 * topic : 400 - 30 * topic] += share * own[topic]
        texts.append(random.choice(words, size=max(5, random.poisson(length)), p=chance))
    if shuffled:
        running = random.permutation(np.concatenate(texts))
        texts = np.split(running, np.cumsum([len(text) for text in texts])[:-1])
    frame = {"doc_id": [f"d{row:05}" for row in range(documents)], "text": [" ".join(text) + "." for text in texts]}
    return kit.Corpus.from_frame(pd.DataFrame(frame), clean=False)


@pytest.fixture(scope="session")
def make() -> Maker:
    return planted
