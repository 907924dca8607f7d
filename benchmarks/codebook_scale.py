"""How long a codebook of 100,000 patterns takes to load and to match, as ratios to the shipped one.

Texts and patterns are made up: Zipf-distributed words of syllables, into which patterns of the shipped codebook are
strewn; the patterns added are words and phrases of two and three such words: once of common ones, which find several
times the hits, so that the writing of hits is timed too; once of rare ones, which is the cost of so many patterns alone.

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


COMMON, RARE = 200, 20_000  # words more frequent than these make no pattern


def large(rng: np.random.Generator, vocabulary: np.ndarray, patterns: int, folder: Path, beyond: int = COMMON) -> Path:
    """The shipped codebook with many more patterns of one concept."""
    book = kit.load_codebook()
    rare = vocabulary[beyond:]
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
    small = kit.load_codebook()
    source = source_of(texts)
    written = texts.documents["text"]
    reading = best(lambda: postings(index_texts(written)))
    one, hits = best(lambda: mentions_of(source, small)), len(mentions_of(source, small))
    print(f"{megabytes} MB, {texts!r}; read and indexed in {reading:.1f} s")
    print(f"{len(small.patterns):,} patterns: {one:.2f} s, {hits:,} hits")
    for name, beyond in (("common", COMMON), ("rare", RARE)):
        with tempfile.TemporaryDirectory() as place:
            folder = large(rng, vocabulary, patterns, Path(place), beyond)
            loading = best(lambda folder=folder: kit.load_codebook(folder), 1)
            book = kit.load_codebook(folder)
        many, found = best(lambda book=book: mentions_of(source, book)), len(mentions_of(source, book))
        print(
            f"{len(book.patterns):,} of {name} words (loaded in {loading:.1f} s): {many:.2f} s, {found:,} hits;",
            end=" ",
        )
        print(f"ratio {many / one:.1f} for {found / hits:.1f} times the hits,", end=" ")
        print(f"{(reading + many) / (reading + one):.2f} with reading and indexing")


if __name__ == "__main__":
    main(*(kind(value) for kind, value in zip((float, int), sys.argv[1:], strict=False)))
