"""How long a codebook of 100,000 patterns takes to load and to match, as ratios to the shipped one.

Texts and patterns are made up: Zipf-distributed words of syllables, into which patterns of the shipped codebook are
strewn; the patterns added are words and phrases of two and three such words, half of which occur.

    .venv/bin/python benchmarks/codebook_scale.py [megabytes] [patterns]
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

import kit
from kit.codebook.mentions import mentions_of, source_of
from kit.index.indexing import index_texts
from kit.index.postings import postings

SYLLABLES = [a + b for a in "bcdghjklmnprstwy" for b in "aeiou"]
WORDS = 60_000


def words(rng: np.random.Generator) -> np.ndarray:
    """Made-up words, most frequent first."""
    made: dict[str, None] = {}
    while len(made) < WORDS:
        made["".join(rng.choice(SYLLABLES, rng.integers(2, 5)))] = None
    return np.array(list(made), object)


def corpus(rng: np.random.Generator, vocabulary: np.ndarray, megabytes: float) -> kit.Corpus:
    """Documents of some 2,500 letters."""
    patterns = kit.load_codebook().patterns["pattern"].to_numpy(object)
    texts: list[str] = []
    size = 0
    weights = 1 / np.arange(1, WORDS + 1)
    cumulated = np.cumsum(weights / weights.sum())
    while size < megabytes * 1_000_000:
        drawn = vocabulary[np.minimum(np.searchsorted(cumulated, rng.random(300)), WORDS - 1)]
        named = rng.choice(patterns, 12)
        drawn[rng.integers(0, 300, 12)] = named
        drawn[19::20] = [f"{word}." for word in drawn[19::20]]
        texts.append(" ".join(drawn))
        size += len(texts[-1])
    return kit.Corpus.from_frame(
        pd.DataFrame({"doc_id": [f"d{n:07}" for n in range(len(texts))], "text": texts}), clean=False
    )


def large(rng: np.random.Generator, vocabulary: np.ndarray, patterns: int, folder: Path) -> Path:
    """The shipped codebook with many more patterns of one concept."""
    book = kit.load_codebook()
    rare = vocabulary[200:]
    rows: dict[str, str] = {}
    while len(rows) < patterns - len(book.patterns):
        phrase = " ".join(rng.choice(rare, rng.integers(1, 4)))
        rows[phrase] = "phrase" if " " in phrase else "form"
    more = pd.DataFrame(
        {"concept": "partisipasi", "pattern": list(rows), "kind": list(rows.values()), "language": "id"}
    )
    book.concepts.to_csv(folder / "concepts.csv", index=False)
    pd.concat([book.patterns, more]).to_csv(folder / "patterns.csv", index=False)
    return folder


def best(call, times: int = 2) -> float:
    """The least of some times, in seconds."""
    found = []
    for _ in range(times):
        begin = time.process_time()
        call()
        found.append(time.process_time() - begin)
    return min(found)


def main(megabytes: float = 100, patterns: int = 100_000) -> None:
    """Print the ratios."""
    rng = np.random.default_rng(0)
    vocabulary = words(rng)
    texts = corpus(rng, vocabulary, megabytes)
    with tempfile.TemporaryDirectory() as place:
        folder = large(rng, vocabulary, patterns, Path(place))
        loading = best(lambda: kit.load_codebook(folder), 1)
        book = kit.load_codebook(folder)
    small = kit.load_codebook()
    source = source_of(texts)
    written = texts.documents["text"]
    reading = best(lambda: postings(index_texts(written)))
    one, many = (best(lambda book=book: mentions_of(source, book)) for book in (small, book))
    hits = [len(mentions_of(source, some)) for some in (small, book)]
    print(f"{megabytes} MB, {texts!r}")
    print(f"loading {len(book.patterns):,} patterns: {loading:.1f} s")
    print(f"matching: {one:.2f} s for {len(small.patterns)} ({hits[0]:,} hits), {many:.2f} s ({hits[1]:,} hits)")
    print(f"ratio {many / one:.1f} of matching alone; the texts read and indexed first ({reading:.1f} s):", end=" ")
    print(f"{(reading + many) / (reading + one):.2f}")


if __name__ == "__main__":
    main(*(kind(value) for kind, value in zip((float, int), sys.argv[1:], strict=False)))
