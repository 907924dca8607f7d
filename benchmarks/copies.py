"""Find the copies planted among many articles: seconds and recall, against datasketch as its documentation uses it.

    python benchmarks/copies.py                      # 100,000 articles, one in twenty a changed copy; some minutes
    python benchmarks/copies.py --articles 10000

The articles are those of `corpus.py`: real paragraphs resampled among neighbours, so that each article shares one with
hundreds of others. The peer cuts the same paragraphs into runs of five words, hashes each as a string (SHA-1, its
default) into a MinHash of 128 values, and asks a MinHashLSH for those with a Jaccard index of one half; it does not
compare what it finds. It gets a share of the articles, and its seconds are scaled. CPU seconds of one thread.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from datasketch import MinHash, MinHashLSH

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from benchmarks.corpus import grow
from kit.corpus.corpus import Corpus

SHARE = 20  # one in so many is a copy
PEER = 2_000  # articles that the peer gets

Paragraphs = list[str]
CHANGES: dict[str, Callable[[Paragraphs, Paragraphs], Paragraphs]] = {
    "the lead is cut": lambda text, _: text[1:],
    "a sentence is added": lambda text, other: [*text[:2], f"{text[2]} {other[0]}", *text[3:]],
    "paragraphs are swapped": lambda text, _: [text[-1], *text[1:-1], text[0]],
    "a new title": lambda text, other: [" ".join(other[0].split()[:8]), *text],
}


def articles(number: int, seed: int) -> pd.DataFrame:
    """Return articles with the copies among them: `doc_id`, `text`, `date`, `kind` and `source` of a copy."""
    copies = number // SHARE
    found = [text.split("\n") for text in islice(grow(2**60, seed), number - copies)]
    long = [row for row, text in enumerate(found) if len(text) >= 6]
    chosen = np.random.default_rng(seed).choice(long, copies, replace=False).tolist()
    rows = [(f"{row:07}", "\n".join(text), "2024-01-01", "", "") for row, text in enumerate(found)]
    for place, row in enumerate(chosen):
        kind = list(CHANGES)[place % len(CHANGES)]
        text = CHANGES[kind](found[row], found[chosen[place - 1]])
        rows.append((f"x{place:07}", "\n".join(text), "2024-01-02", kind, f"{row:07}"))
    return pd.DataFrame(rows, columns=["doc_id", "text", "date", "kind", "source"])


def timed(call: Callable[[], Any]) -> tuple[Any, float]:
    """Return what a call gives, and its CPU seconds."""
    before = time.process_time()
    return call(), time.process_time() - before


def peer(texts: list[str]) -> int:
    """Look for near-duplicates as datasketch documents it, and return how many texts have one before them."""
    index, found = MinHashLSH(threshold=0.5, num_perm=128), 0
    for row, text in enumerate(texts):
        sketch = MinHash(num_perm=128)
        words = [line.casefold().split() for line in text.split("\n")]
        sketch.update_batch({" ".join(line[at : at + 5]).encode() for line in words for at in range(len(line) - 4)})
        found += bool(index.query(sketch))
        index.insert(row, sketch)
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    frame = articles(options.articles, options.seed)
    corpus, index_seconds = timed(lambda: Corpus.from_frame(frame, clean=False))
    _, sketch_seconds = timed(lambda: corpus.sketches)
    copy_of, decide_seconds = timed(lambda: corpus.copy_of)
    share = frame["text"].sample(min(PEER, len(frame)), random_state=options.seed).tolist()
    _, peer_seconds = timed(lambda: peer(share))
    peer_seconds *= len(frame) / len(share)
    table = corpus.documents.set_index("doc_id")
    first = table["copy_of"].mask(table["copy_of"] == "", table.index.to_series())
    planted = table[table["source"] != ""]
    right = pd.Series(first[planted.index].to_numpy() == first[planted["source"]].to_numpy(), index=planted["kind"])
    print(f"{len(frame):,} articles, {corpus.words:,} words and numbers")
    print(f"index {index_seconds:.1f} s, sketches {sketch_seconds:.1f} s, decided {decide_seconds:.1f} s")
    print(
        f"datasketch (scaled from {len(share):,}) {peer_seconds:.1f} s: {peer_seconds / (sketch_seconds + decide_seconds):.1f} times"
    )
    print(f"copies found {(copy_of != '').sum():,}, planted {len(planted):,}, of these right {right.sum():,}")
    print(right.groupby(level=0).mean().round(4).to_string())


if __name__ == "__main__":
    main()
