"""One job on one corpus in one process: what `run.py` starts, in the kit's environment or in the peers'.

Prints a line of JSON: CPU and wall seconds of the job alone (imports, reading the corpus and compiling come before the
clock), peak memory beyond the loaded texts, and counts that show what was done. All that a job promises is read inside
the clock.

    python benchmarks/jobs.py index corpus.parquet
"""

from __future__ import annotations

import gc
import json
import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

ROOT = Path(__file__).resolve().parents[1]
BLOCK = 1 << 16

Facts = dict[str, Any]


def index(column: Any) -> Facts:
    """The full index: tokens, sentences, offsets, types, document x type matrix, document frequencies."""
    from kit.language.counting import document_frequencies, document_types
    from kit.language.index import index_texts

    found = index_texts(column)
    matrix = document_types(found)
    frequencies = document_frequencies(matrix)
    ends = types = 0
    for begin in range(0, len(found.surface), BLOCK):
        rows = slice(begin, begin + BLOCK)
        ends += int(found.end_of(rows).sum())
        types += int(found.type_of(rows).sum())
    return {
        "tokens": len(found.surface),
        "types": len(found.terms),
        "sentences": len(found.sentence_tokens) - 1,
        "nnz": matrix.nnz,
        "check": [ends, types, int(found.start.sum()), int(found.sentence_tokens.sum()), int(frequencies.sum())],
    }


def index_by_rule(texts: list[str]) -> Facts:
    """The same index by the rules as written, `re` and dictionaries."""
    from kit.language.counting import document_frequencies, document_types
    from kit.language.index import read_texts

    found = read_texts(texts)
    matrix = document_types(found)
    return {
        "tokens": len(found.surface),
        "types": len(found.terms),
        "sentences": len(found.sentence_tokens) - 1,
        "nnz": matrix.nnz,
        "check": [int(found.end.sum()), int(found.type.sum()), int(document_frequencies(matrix).sum())],
    }


def vectorizer(texts: list[str]) -> Facts:
    """`kit.Vectorizer` on a list of str."""
    from kit.language.vectorizer import Vectorizer

    matrix = Vectorizer().fit_transform(texts)
    return {"types": matrix.shape[1], "nnz": matrix.nnz}


def count_vectorizer(texts: list[str]) -> Facts:
    """scikit-learn's CountVectorizer as it comes."""
    from sklearn.feature_extraction.text import CountVectorizer

    matrix = CountVectorizer().fit_transform(texts)
    return {"types": matrix.shape[1], "nnz": matrix.nnz}


def nltk_words(texts: list[str]) -> Facts:
    """NLTK's word tokenizer and FreqDist, and document frequencies."""
    from nltk import FreqDist
    from nltk.tokenize import NLTKWordTokenizer

    tokenize = NLTKWordTokenizer().tokenize
    terms, documents = FreqDist(), Counter()
    for text in texts:
        words = tokenize(text.lower())
        terms.update(words)
        documents.update(set(words))
    return {"tokens": terms.N(), "types": len(documents)}


def spacy_blank(texts: list[str]) -> Facts:
    """spaCy's blank Indonesian pipeline and Counters."""
    import spacy

    terms: Counter[str] = Counter()
    documents: Counter[str] = Counter()
    for document in spacy.blank("id").pipe(texts):
        words = [token.lower_ for token in document]
        terms.update(words)
        documents.update(set(words))
    return {"tokens": sum(terms.values()), "types": len(documents)}


def wc(texts: list[str]) -> Facts:
    """`wc -w`, which only counts words: near what the machine can do."""
    counted = subprocess.run(
        ["wc", "-w"], input="\n".join(texts).encode(), capture_output=True, check=True, env={"LC_ALL": "C"}
    )
    return {"tokens": int(counted.stdout)}


#: job -> (function, whether it takes the Arrow column itself, packages whose versions count)
JOBS: dict[str, tuple[Callable[[Any], Facts], bool, tuple[str, ...]]] = {
    "index": (index, True, ("numba", "numpy", "pyarrow", "scipy")),
    "index by rule": (index_by_rule, False, ("numpy",)),
    "Vectorizer": (vectorizer, False, ("numba", "numpy", "scipy", "scikit-learn")),
    "CountVectorizer": (count_vectorizer, False, ("scikit-learn", "numpy", "scipy")),
    "NLTK": (nltk_words, False, ("nltk",)),
    "spaCy": (spacy_blank, False, ("spacy",)),
    "wc -w": (wc, False, ()),
}


def memory(what: str) -> float | None:
    """Return VmRSS or VmHWM of this process in MB, where the system tells."""
    status = Path("/proc/self/status")
    if not status.exists():
        return None
    return int(re.findall(rf"{what}:\s+(\d+)", status.read_text())[0]) * 1024 / 1e6


def main(name: str, path: str, share: float) -> None:
    """Run a job on the first part of a corpus and print what it took."""
    sys.path[0] = str(ROOT)  # not this folder, whose files may be called as packages are
    job, takes_arrow, packages = JOBS[name]
    column = pq.read_table(path, columns=["text"])["text"].combine_chunks()
    column = column.slice(0, max(1, int(len(column) * share)))
    column = column.take(list(range(len(column)))) if share < 1 else column
    texts = column if takes_arrow else column.to_pylist()
    few = texts[:1000]  # enough to load every table and all machine code
    size = column.nbytes
    if not takes_arrow:
        del column
    if name in ("index", "Vectorizer"):
        from kit.language import counting
        from kit.language import index as indexing

        enough = indexing.ENOUGH, counting.ENOUGH
        indexing.ENOUGH = counting.ENOUGH = 0  # so that the few texts load the machine code
        job(few)
        indexing.ENOUGH, counting.ENOUGH = enough
    job(few)
    gc.collect()
    before = memory("VmRSS")
    if before is not None:
        Path("/proc/self/clear_refs").write_text("5")
    children = sum(time_of_children())
    wall, cpu = time.perf_counter(), time.process_time()
    facts = job(texts)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    cpu += sum(time_of_children()) - children
    peak = memory("VmHWM")
    extra = None if before is None or peak is None else peak - before
    versions = {package: version(package) for package in packages}
    print(json.dumps({"cpu": cpu, "wall": wall, "extra": extra, "bytes": size, "facts": facts, "versions": versions}))


def time_of_children() -> tuple[float, float]:
    """Return the CPU seconds of processes that the job started."""
    times = os.times()
    return times.children_user, times.children_system


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]) if len(sys.argv) > 3 else 1.0)
