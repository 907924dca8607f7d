"""Time and memory against the size of the corpus: the index of a column, and from Parquet through a store to answers.

    python benchmarks/run.py --growth

Each measurement is a process of its own, on articles made of sentences (`corpus.py --of sentence`): those made of
paragraphs share more with each other the larger the corpus is, which news do not. It runs outside a project, where
nothing is kept from one run to the next. Memory is the most that is the process's own, Python, libraries and texts
included, looked at every 20 milliseconds; files that are mapped are not in it. End to end is `kit.add_articles` (one thread, texts as
they are), `kit.open_corpus`, and questions asked for the first time, in the order of `QUESTIONS`. A job's exponent is
the slope of the logarithm of its CPU seconds on that of the size.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path[0] = str(ROOT)

HERE = ROOT / "benchmarks"
SIZES = (10.0, 25.0, 50.0, 100.0, 1000.0)
MEASURED = ("index", "store", "clean store")
TITLES = {
    "index": "index of a column in memory",
    "store": "Parquet, store, all questions",
    "clean store": "the same, articles cleaned",
}
CLEANED = 100.0  # MB: cleaning takes each article by itself
QUESTIONS = ("copies", "count", "concepts", "first page", "collocations", "dispersion, DP")
LIMIT = 1500.0  # MB, for 1,000 MB end to end


def index(path: Path) -> dict[str, Any]:
    """Index all texts at once."""
    import pyarrow.parquet as pq

    from benchmarks.indexing import index as run

    column = pq.read_table(path, columns=["text"])["text"].combine_chunks()
    run(column.slice(0, 1))  # loads what it needs
    begin = time.process_time()
    facts = run(column)
    return {"cpu": {"index": time.process_time() - begin}, "tokens": facts["tokens"], "types": facts["types"]}


def store(path: Path, *, clean: bool = False) -> dict[str, Any]:
    """Put articles into a store part by part, open it, and ask it what users ask."""
    import pandas as pd

    import kit

    book = kit.load_codebook()
    asked: dict[str, Callable[[Any], Any]] = {
        "copies": lambda corpus: corpus.metadata["copy_of"],
        "count": kit.term_frequencies,
        "concepts": lambda corpus: kit.concept_frequencies(corpus, book),
        "first page": lambda corpus: kit.concordance(corpus, "pelayanan", limit=25),
        "collocations": lambda corpus: kit.collocations(corpus, "pelayanan"),
        "dispersion, DP": lambda corpus: kit.dispersion(corpus, measures=["dp"]),
    }
    folder = Path(tempfile.mkdtemp(dir=path.parent))
    try:
        kit.add_articles(pd.DataFrame({"doc_id": ["a"], "text": ["Warga."]}), folder / "first", clean=clean)
        for name in QUESTIONS:
            asked[name](kit.open_corpus(folder / "first"))  # loads what it needs
        cpu, clock = {}, time.process_time()
        kit.add_articles(path, folder / "store", clean=clean)
        cpu["add"], clock = time.process_time() - clock, time.process_time()
        corpus = kit.open_corpus(folder / "store")
        cpu["open"], clock = time.process_time() - clock, time.process_time()
        for name in QUESTIONS:
            table = asked[name](corpus)
            cpu[name], clock = time.process_time() - clock, time.process_time()
            if name == "count":
                facts = {"types": len(table), "tokens": int(table["count"].sum())}
        size = sum(file.stat().st_size for file in (folder / "store").rglob("*") if file.is_file())
    finally:
        shutil.rmtree(folder)
    return {"cpu": cpu, "documents": len(corpus), **facts, "store MB": size / 1e6}


def clean_store(path: Path) -> dict[str, Any]:
    """The same with the furniture of articles taken out."""
    return store(path, clean=True)


def main(corpora: dict[float, Path]) -> None:
    """Measure every size, print a table, and write the results and their figure."""
    rows = []
    for size, path in corpora.items():
        for what in MEASURED:
            if what == "clean store" and size > CLEANED:
                continue
            found = run(what, path)
            rows.append({"MB": size, "what": what, **found, "seconds": sum(found["cpu"].values())})
            print(f"{size:6g} MB  {what:12} {rows[-1]['seconds']:8.2f} s  {found['peak MB']:7.0f} MB", flush=True)
    (HERE / "growth.json").write_text(json.dumps({"rows": rows, "fit": fits(rows)}, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(fits(rows), indent=1))
    draw(rows)


class OwnMemory:
    """The most memory of the process's own, mapped files apart; Linux."""

    def __init__(self) -> None:
        self._most, self._done = 0.0, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> float:
        """Return it in MB."""
        self._done.set()
        self._thread.join()
        return self._most

    def _look(self) -> None:
        while True:
            lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
            now = next(float(line.split()[1]) for line in lines if line.startswith("RssAnon:"))
            self._most = max(self._most, now / 1e3)
            if self._done.wait(0.02):
                return


def run(what: str, path: Path) -> dict[str, Any]:
    """Measure in a process of its own."""
    one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")
    command = [sys.executable, str(Path(__file__).resolve()), what, str(path)]
    outside = tempfile.gettempdir()  # in a project, what one run finds would be kept for the next
    done = subprocess.run(command, check=False, capture_output=True, text=True, env={**os.environ, **one}, cwd=outside)
    if done.returncode:
        raise SystemExit(f"{what} of {path.name} failed:\n{done.stderr}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def fits(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the exponent of each job, from 10 MB and from 100 MB on, and Heaps' law of the types."""
    import numpy as np

    found: dict[str, Any] = {}
    for what in MEASURED:
        mine = [row for row in rows if row["what"] == what]
        for job in mine[0]["cpu"] if len(mine) > 1 else ():
            sizes = np.log([row["MB"] for row in mine])
            seconds = np.log([max(row["cpu"][job], 1e-6) for row in mine])
            ends = (seconds[-1] - seconds[-2]) / (sizes[-1] - sizes[-2])
            found[f"{what}: {job}"] = {
                "exponent": round(float(np.polyfit(sizes, seconds, 1)[0]), 3),
                "between the two largest": round(float(ends), 3),
                "seconds at the largest": round(mine[-1]["cpu"][job], 3),
            }
    tokens, types = (
        np.array([row[name] for row in rows if row["what"] == "store"], float) for name in ("tokens", "types")
    )
    if len(tokens) > 1:
        power, factor = np.polyfit(np.log(tokens), np.log(types), 1)
        found["types = k tokens^b"] = {"k": round(float(np.exp(factor)), 2), "b": round(float(power), 4)}
    return found


def draw(rows: list[dict[str, Any]]) -> None:
    """Draw time and memory on logarithmic scales."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "kit"
    from matplotlib import pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(7.2, 3.8), layout="constrained")
    colours = dict(zip(MEASURED, ("#0072B2", "#D55E00", "#009E73"), strict=True))
    for what, mark in zip(MEASURED, "os^", strict=True):
        mine = [row for row in rows if row["what"] == what]
        sizes = [row["MB"] for row in mine]
        left.plot(sizes, [row["seconds"] for row in mine], mark + "-", color=colours[what], label=TITLES[what])
        right.plot(sizes, [row["peak MB"] for row in mine], mark + "-", color=colours[what])
    stores = [row for row in rows if row["what"] == "store"]
    for job, style in zip(QUESTIONS, ("-", "--", ":", "-.", (0, (1, 3)), (0, (5, 1))), strict=True):
        seconds = [row["cpu"][job] for row in stores]
        left.plot([row["MB"] for row in stores], seconds, ls=style, color="0.4", lw=0.9, label=job)
    right.axhline(LIMIT, color="black", lw=0.8, ls="--")
    left.set(xscale="log", yscale="log", xlabel="MB of text", ylabel="CPU seconds, one thread")
    right.set(xscale="log", yscale="log", xlabel="MB of text", ylabel="most memory of its own, MB")
    figure.legend(loc="outside lower center", ncols=5, fontsize=6, frameon=False)
    figure.savefig(HERE / "growth.svg", metadata={"Date": None})
    plt.close(figure)


if __name__ == "__main__":
    from benchmarks.indexing import warm_up

    warm_up()
    watch = OwnMemory()
    result = {"index": index, "store": store, "clean store": clean_store}[sys.argv[1]](Path(sys.argv[2]))
    print(json.dumps({**result, "peak MB": watch.stop()}))
