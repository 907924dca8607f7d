"""How long a codebook of 100,000 patterns takes to load and to match, as ratios to the shipped one.

Texts and patterns are made up: Zipf-distributed words of syllables, into which patterns of the shipped codebook are
strewn; the patterns added are words and phrases of two and three such words: once of common ones, which find several
times the hits, so that the writing of hits is timed too; once of rare ones, which is the cost of so many patterns alone.
Then codebooks without conditions: 350 of the rare patterns alone, and all of them.

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
from kit.codebook import loading
from kit.codebook.looked_up import mentions_of, source_of
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


def made_up(rng: np.random.Generator, vocabulary: np.ndarray, patterns: int, beyond: int = COMMON) -> pd.DataFrame:
    """Patterns of one concept."""
    rare = vocabulary[beyond:]
    rows: dict[str, str] = {}
    while len(rows) < patterns:
        phrase = " ".join(rng.choice(rare, rng.integers(1, 4)))
        rows[phrase] = "phrase" if " " in phrase else "form"
    return pd.DataFrame(
        {"concept": "partisipasi", "pattern": list(rows), "kind": list(rows.values()), "language": "id"}
    )


def loaded(concepts: pd.DataFrame, patterns: pd.DataFrame) -> tuple[kit.Codebook, float, float]:
    """A codebook written and read, how long that took, and how long it takes where a project has kept its rules."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        concepts.to_csv(folder / "concepts.csv", index=False)
        patterns.to_csv(folder / "patterns.csv", index=False)
        first = best(lambda: kit.load_codebook(folder), 1)
        loading._read.cache_clear()  # noqa: SLF001 - as in a new session
        again = best(lambda: kit.load_codebook(folder), 1)
        return kit.load_codebook(folder), first, again


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
    core = small.concepts[small.concepts["concept"] == "partisipasi"].assign(requires="", refuses="")
    rare = made_up(rng, vocabulary, patterns, RARE)
    few, _, _ = loaded(core, rare[:350])
    alone, found_alone = best(lambda: mentions_of(source, few)), len(mentions_of(source, few))
    print(f"350 patterns without conditions: {alone:.3f} s, {found_alone:,} hits")
    added = patterns - len(small.patterns)
    for name, concepts, rows, least, fewest in (
        ("common words", small.concepts, made_up(rng, vocabulary, added), one, hits),
        ("rare words", small.concepts, rare[:added], one, hits),
        ("rare words, none else", core, rare, alone, found_alone),
    ):
        together = rows if concepts is core else pd.concat([small.patterns, rows])
        book, first, again = loaded(concepts, together)
        many, found = best(lambda book=book: mentions_of(source, book)), len(mentions_of(source, book))
        print(
            f"{len(book.patterns):,} of {name} (loaded in {first:.1f} s, again in {again:.1f}): {many:.2f} s, {found:,}",
            f"hits; ratio {many / least:.1f} for {found / fewest:.1f} times the hits,",
            f"{(reading + many) / (reading + least):.2f} with reading and indexing",
        )


if __name__ == "__main__":
    main(*(kind(value) for kind, value in zip((float, int), sys.argv[1:], strict=False)))
