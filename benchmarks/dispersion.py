"""How overdispersed concepts are over documents: the numbers that the coverage study simulates.

Reads the development data beside the repository (``../shared/data``), counts the shipped codebook's concepts in news
and in speeches, and fits a negative binomial to each: x ~ NB(mean = rate · words of the document, size = k), k by
moments as `kit.plan_study` fits it. Writes ``dispersion.csv``; no text is kept.

Run: ``python benchmarks/dispersion.py [folder of the data]``
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd

import kit
from benchmarks.negative_binomial import size_by_moments
from kit.measures.counts.counts import count_items
from kit.measures.uncertainty.samples import story_sample

HERE = Path(__file__).resolve().parent
GENRES = {
    "news": ("clickid_news/kompas.jsonl.gz", "clickid_news/tempo.jsonl.gz"),
    "speeches": ("pidato_jokowi_2017/pidato.jsonl.gz",),
}
LEAST = 10  # documents with the concept: below, k is noise


def read(folder: Path, files: tuple[str, ...]) -> kit.Corpus:
    rows = []
    for file in files:
        with gzip.open(folder / file, "rt", encoding="utf-8") as lines:
            rows += [
                {"doc_id": f"{file}-{place}", "text": json.loads(line)["text"]} for place, line in enumerate(lines)
            ]
    return kit.Corpus.from_frame(pd.DataFrame(rows))


def measure(genre: str, corpus: kit.Corpus) -> pd.DataFrame:
    counts = count_items(corpus, "concept", codebook=kit.load_codebook())
    sample = story_sample(counts)
    logs = np.log(sample.sizes[sample.sizes > 0])
    table = pd.DataFrame(
        {
            "genre": genre,
            "concept": counts.items,
            "stories": len(sample),
            "words_median": round(float(np.exp(np.median(logs)))),
            "words_log_sd": round(float(logs.std()), 3),
            "count": sample.totals,
            "with": sample.stories,
            "per_1000": sample.totals / sample.words * 1000,
            "per_story_with": sample.totals / np.maximum(sample.stories, 1),
            "k": size_by_moments(sample),
        }
    )
    return table[table["with"] >= LEAST].round({"per_1000": 3, "per_story_with": 2, "k": 4})


if __name__ == "__main__":
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent.parent / "shared" / "data"
    found = pd.concat([measure(genre, read(data, files)) for genre, files in GENRES.items()], ignore_index=True)
    found.to_csv(HERE / "dispersion.csv", index=False, lineterminator="\n")
    print(found.to_string(index=False))
