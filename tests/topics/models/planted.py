"""Corpora with planted topics: artificial words, so that what belongs together is known."""

from __future__ import annotations

import numpy as np
import pandas as pd

_SYLLABLES = [first + vowel for first in "bcdfghjklmnprstw" for vowel in "aiueo"]
COMMON, WORDS, LENGTH = 60, 30, 40


def word(number: int) -> str:
    """Return an invented word of three syllables, a different one for each number."""
    parts = []
    for _ in range(3):
        number, part = divmod(number, len(_SYLLABLES))
        parts.append(_SYLLABLES[part])
    return "".join(parts) + "q"  # no word of any language, so that no list knows it


def theme(topic: int) -> list[str]:
    """Return the words of a planted topic, most frequent first."""
    return [word(1000 + topic * WORDS + place) for place in range(WORDS)]


def planted(topics: int, documents: int, seed: int, own: float = 0.5) -> tuple[pd.DataFrame, np.ndarray]:
    """Return documents of `LENGTH` words, `own` of them from the document's topic, and the topics."""
    random = np.random.default_rng(seed)
    zipf = 1 / np.arange(1, WORDS + 1)
    labels = np.sort(random.integers(topics, size=documents))
    texts = []
    for label in labels:
        mine = random.random(LENGTH) < own
        special = random.choice(theme(int(label)), LENGTH, p=zipf / zipf.sum())
        common = [word(int(number)) for number in random.integers(COMMON, size=LENGTH)]
        texts.append(" ".join(np.where(mine, special, common)) + ".")
    order = random.permutation(documents)
    names = [f"d{number:05}" for number in range(documents)]
    frame = pd.DataFrame({"doc_id": names, "text": [texts[row] for row in order]})
    return frame, labels[order]
