"""One job on one corpus in one process: what `run.py` starts, in the kit's environment or in the peers'.

Prints a line of JSON: CPU and wall seconds of the job alone (imports, reading the corpus, compiling and what the job
says it needs come before the clock), peak memory beyond what was there then, and counts that show what was done. All
that a job promises is read inside the clock.

    python benchmarks/jobs.py index corpus.parquet
"""

from __future__ import annotations

import gc
import json
import os
import re
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path[0] = str(ROOT)  # not this folder, whose files may be called as packages are

from benchmarks import indexing, parquet, peers_asked, questions  # noqa: E402

Facts = dict[str, Any]


class Job(NamedTuple):
    """What is measured.

    Attributes
    ----------
    run : function
        What stands inside the clock.
    ours : bool
        Whether it is the kit's.
    source : {"arrow", "list", "path"}
        What it is given.
    packages : tuple of str
        Whose versions count.
    prepare : function, optional
        What is made of the source before the clock.
    share : float
        Of the corpus, where all of it would take too long.
    again : int
        How often it runs in one process, since preparing takes long. The others run in a process of their own each time.
    threads : int

    """

    run: Callable[[Any], Facts]
    ours: bool
    source: str
    packages: tuple[str, ...]
    prepare: Callable[[Any], Any] | None = None
    share: float = 1.0
    again: int = 1
    threads: int = 1


def indexed(column: Any) -> Any:
    """Return the index of the texts."""
    from kit.index.indexing import index_texts

    return index_texts(column)


_KIT = ("numba", "numpy", "pandas", "pyarrow", "scipy")
_ASKED: dict[str, Any] = {"ours": True, "source": "arrow", "packages": _KIT, "again": 5}

JOBS: dict[str, Job] = {
    "index": Job(indexing.index, ours=True, source="arrow", packages=_KIT),
    "index by rule": Job(indexing.index_by_rule, ours=True, source="list", packages=("numpy",), share=0.25),
    "Vectorizer": Job(indexing.vectorizer, ours=True, source="list", packages=(*_KIT, "scikit-learn")),
    "from_frame, cleaned": Job(indexing.cleaned, ours=True, source="list", packages=_KIT),
    "from_frame, as given": Job(indexing.as_given, ours=True, source="list", packages=_KIT),
    "from_frame, flagged": Job(indexing.as_given_flagged, ours=True, source="list", packages=_KIT),
    "CountVectorizer": Job(indexing.count_vectorizer, ours=False, source="list", packages=("scikit-learn", "numpy")),
    "NLTK": Job(indexing.nltk_words, ours=False, source="list", packages=("nltk",), share=0.1),
    "spaCy": Job(indexing.spacy_blank, ours=False, source="list", packages=("spacy",), share=0.05),
    "wc -w": Job(indexing.wc, ours=False, source="list", packages=()),
    "frequencies": Job(parquet.frequencies, ours=True, source="path", packages=_KIT, threads=2),
    "Polars": Job(parquet.polars, ours=False, source="path", packages=("polars",), threads=2),
    "DuckDB": Job(parquet.duckdb, ours=False, source="path", packages=("duckdb",), threads=2),
    "mentions": Job(questions.mentions, prepare=questions.with_codebook, **_ASKED),
    "re alternation": Job(peers_asked.alternation, ours=False, source="list", packages=(), share=0.04),
    "pyahocorasick": Job(peers_asked.automaton, ours=False, source="list", packages=("pyahocorasick",)),
    "lexemes and roots": Job(questions.annotation, prepare=indexed, **_ASKED),
    "the same per token": Job(questions.annotation_by_token, prepare=indexed, **{**_ASKED, "again": 1}, share=0.25),
    "per token, unremembered": Job(
        questions.annotation_unremembered, prepare=indexed, **{**_ASKED, "again": 1}, share=0.05
    ),
    "simplemma per token": Job(
        peers_asked.simplemma_by_token, ours=False, source="list", packages=("simplemma",), share=0.1
    ),
    "PySastrawi per token": Job(
        peers_asked.sastrawi_by_token, ours=False, source="list", packages=("PySastrawi",), share=0.005
    ),
    "first pages": Job(questions.first_pages, prepare=questions.with_codebook, **_ASKED),
    "SQLite FTS5": Job(
        peers_asked.fts5_pages, ours=False, source="list", packages=(), prepare=peers_asked.fts5_table, again=5
    ),
    "NLTK concordance": Job(
        peers_asked.nltk_pages, ours=False, source="list", packages=("nltk",), prepare=peers_asked.nltk_text, share=0.1
    ),
    "collocates": Job(questions.collocates, prepare=questions.corpus, **_ASKED),
    "dispersion": Job(questions.dispersion, prepare=questions.annotated, **_ASKED),
    "dispersion, DP alone": Job(questions.dispersion_dp, prepare=questions.annotated, **_ASKED),
    "keyness": Job(questions.keyness, prepare=questions.halves, **{**_ASKED, "again": 1}),
} | {
    name: Job(run, ours=False, source="list", packages=("pandas", "nltk"), prepare=peers_asked.token_table, share=share)
    for name, run, share in (
        ("pandas collocates", peers_asked.pandas_collocates, 0.5),
        ("NLTK collocates", peers_asked.nltk_collocates, 0.02),
        ("pandas dispersion", peers_asked.pandas_dispersion, 0.5),
        ("pandas keyness", peers_asked.pandas_keyness, 0.25),
    )
}


def memory(what: str) -> float | None:
    """Return VmRSS or VmHWM of this process in MB, where the system tells."""
    status = Path("/proc/self/status")
    if not status.exists():
        return None
    return int(re.findall(rf"{what}:\s+(\d+)", status.read_text())[0]) * 1024 / 1e6


def source_of(job: Job, path: Path) -> tuple[Any, int]:
    """Return what a job is given, and its bytes."""
    if job.ours:
        indexing.warm_up()
    if job.source == "path":
        if job.ours:
            __import__("pyarrow.parquet")
        import_of = {"Polars": "polars", "DuckDB": "duckdb"}
        for name, package in import_of.items():
            if JOBS[name] is job:
                __import__(package)
        return path, path.stat().st_size
    import pyarrow.parquet as pq

    column = pq.read_table(path, columns=["text"])["text"].combine_chunks()
    column = column.slice(0, max(1, int(len(column) * job.share)))
    column = column.take(list(range(len(column)))) if job.share < 1 else column
    return column if job.source == "arrow" else column.to_pylist(), column.nbytes


def main(name: str, path: Path) -> None:
    """Run a job and print what it took."""
    job = JOBS[name]
    given, size = source_of(job, path)
    if job.prepare is not None:
        given = job.prepare(given)
    elif job.source != "path":
        job.run(given[:1000])  # enough to load every table and all machine code
    gc.collect()
    before = memory("VmRSS")
    if before is not None:
        Path("/proc/self/clear_refs").write_text("5")
    cpus, walls = [], []
    for _ in range(job.again):
        children = sum(time_of_children())
        wall, cpu = time.perf_counter(), time.process_time()
        facts = job.run(given)
        cpus.append(time.process_time() - cpu + sum(time_of_children()) - children)
        walls.append(time.perf_counter() - wall)
    if "cpu" in facts:  # of a job that did a part and knows what the whole would take
        cpus = walls = [facts.pop("cpu")]
    peak = memory("VmHWM")
    extra = None if before is None or peak is None else peak - before
    versions = {package: version(package) for package in job.packages}
    found = {"cpu": cpus, "wall": walls, "extra": extra, "bytes": size, "facts": facts, "versions": versions}
    print(json.dumps(found))


def time_of_children() -> tuple[float, float]:
    """Return the CPU seconds of processes that the job started."""
    times = os.times()
    return times.children_user, times.children_system


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
