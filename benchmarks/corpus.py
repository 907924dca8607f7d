"""Grow a corpus of any size out of real news: realistic words, paragraphs and vocabulary.

Each article takes the shape (category, number of paragraphs) of a real one and draws its paragraphs from neighbours of
that one: articles of the same category, near each other in a fixed order. One word in 25 is replaced by an invented one
from a Zipf law, which keeps new words coming as names do. Running text is therefore not prose; counts, lengths and the
growth of the vocabulary (Heaps' law) are what it imitates.

At 1 GB each paragraph stands in 77 articles, which news are not made of: with `--of sentence` articles draw sentences,
as many to a paragraph as a real one has, so that what two of them share is little at any size.

    python benchmarks/corpus.py 100 corpus.parquet          # 100 MB; the same bytes for the same seed
    python benchmarks/corpus.py 100 fairer.parquet --of sentence
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

SOURCES = Path(__file__).resolve().parents[2] / "shared" / "data" / "clickid_news"
PART = 16_000_000  # bytes of text in a row group

_WORD = re.compile(r"[A-Za-z]{3,}")
_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“])")
_REPLACED = 0.04
_ZIPF = 1.18
_NEIGHBOURS = 60
_LONGER = 1.4  # than the short articles of the source, for 39,000 articles in 100 MB
_ONSETS = ["b", "c", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "w", "y", "ng", "ny"]
_VOWELS = ["a", "i", "u", "e", "o"]
_CODAS = ["", "", "", "n", "ng", "r", "s", "k", "t"]


def articles(folder: Path) -> list[list[str]]:
    """Return the paragraphs of every real article, articles of one category side by side."""
    rows = []
    for name in ("kompas", "tempo"):
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            rows += [json.loads(line) for line in lines]
    rows.sort(key=lambda row: (row["category"], row["id"]))
    return [shape for row in rows if (shape := [part for part in row["text"].split("\n") if part.strip()])]


def invented(number: int) -> str:
    """Return the invented word of a rank: Indonesian syllables, one word per number."""
    number = int(number) + 400
    word = ""
    while number:
        number, onset = divmod(number, len(_ONSETS))
        number, vowel = divmod(number, len(_VOWELS))
        word += _ONSETS[onset] + _VOWELS[vowel]
    return word + _CODAS[len(word) * 7 % len(_CODAS)]


def grow(size: int, seed: int, folder: Path = SOURCES, of: str = "paragraph") -> Iterator[str]:
    """Yield articles, made of real paragraphs or sentences, until their UTF-8 is `size` bytes long."""
    shapes = [[_BETWEEN_SENTENCES.split(part) if of == "sentence" else [part] for part in shape]
              for shape in articles(folder)]  # fmt: skip
    pieces = [[_cut(piece) for paragraph in shape for piece in paragraph] for shape in shapes]
    random = np.random.default_rng(seed)
    written = 0
    while written < size:
        model = int(random.integers(len(shapes)))
        length = round(_LONGER * len(shapes[model]))
        sizes = np.resize([len(paragraph) for paragraph in shapes[model]], length)
        near = np.clip(model + random.integers(-_NEIGHBOURS, _NEIGHBOURS + 1, sizes.sum()), 0, len(shapes) - 1)
        place = random.random(len(near))
        drawn = [pieces[row][int(share * len(pieces[row]))] for row, share in zip(near, place, strict=True)]
        renamed = iter([_renamed(piece, random) for piece in drawn])
        text = "\n".join(" ".join(itertools.islice(renamed, size)) for size in sizes.tolist())
        written += len(text.encode())
        yield text


def _cut(paragraph: str) -> list[str]:
    """Return a paragraph as what lies between its words (even rows) and its words (odd rows)."""
    parts, last = [], 0
    for match in _WORD.finditer(paragraph):
        parts += [paragraph[last : match.start()], match[0]]
        last = match.end()
    return [*parts, paragraph[last:]]


def _renamed(parts: list[str], random: np.random.Generator) -> str:
    """Return the text of a paragraph, some words replaced."""
    words = len(parts) // 2
    chosen = np.flatnonzero(random.random(words) < _REPLACED)
    if not len(chosen):
        return "".join(parts)
    fresh = list(parts)
    for row, rank in zip(chosen.tolist(), random.zipf(_ZIPF, len(chosen)).tolist(), strict=True):
        word = invented(rank % 10**9)
        fresh[2 * row + 1] = word.capitalize() if fresh[2 * row + 1][0].isupper() else word
    return "".join(fresh)


def write(path: Path, size: int, seed: int, of: str = "paragraph") -> None:
    """Write a corpus as one Parquet file, whole or not at all."""
    schema = pa.schema([("doc_id", pa.large_string()), ("text", pa.large_string())])
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with pq.ParquetWriter(part, schema, compression="zstd") as writer:
        names: list[str] = []
        texts: list[str] = []
        filled = 0
        for number, text in enumerate(grow(size, seed, of=of)):
            names.append(f"{number:08d}")
            texts.append(text)
            filled += len(text)
            if filled >= PART:
                writer.write_table(pa.table([names, texts], schema=schema))
                names, texts, filled = [], [], 0
        writer.write_table(pa.table([names, texts], schema=schema))
    part.replace(path)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("megabytes", type=float)
    parser.add_argument("path", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--of", choices=["paragraph", "sentence"], default="paragraph")
    options = parser.parse_args()
    write(options.path, int(options.megabytes * 1_000_000), options.seed, options.of)
