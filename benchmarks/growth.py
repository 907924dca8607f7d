"""Time and memory against the size of the corpus: the index of a column, and from Parquet through a store to counts.

    python benchmarks/run.py --growth

Each measurement is a process of its own. Memory is the most that the process ever held, Python, libraries and texts
included. End to end is `kit.add_articles` (one thread, texts as they are), `kit.open_corpus` and
`kit.term_frequencies`.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path[0] = str(ROOT)

HERE = ROOT / "benchmarks"
SIZES = (1.0, 10.0, 100.0, 1000.0)
MEASURED = ("index", "store", "clean store")
TITLES = {
    "index": "index of a column in memory",
    "store": "Parquet, store, frequencies",
    "clean store": "the same, articles cleaned",
}
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
    """Put articles into a store part by part, open it, and count all forms."""
    import pandas as pd

    from kit.measures.frequency.terms import term_frequencies
    from kit.storage.add import add_articles
    from kit.storage.open import open_corpus

    folder = Path(tempfile.mkdtemp(dir=path.parent))
    try:
        add_articles(pd.DataFrame({"doc_id": ["a"], "text": ["Warga."]}), folder / "first", clean=clean)
        term_frequencies(open_corpus(folder / "first"))  # loads what it needs
        begin = time.process_time()
        add_articles(path, folder / "store", clean=clean)
        added = time.process_time()
        corpus = open_corpus(folder / "store")
        opened = time.process_time()
        table = term_frequencies(corpus)
        counted = time.process_time()
        size = sum(file.stat().st_size for file in (folder / "store").rglob("*") if file.is_file())
    finally:
        shutil.rmtree(folder)
    return {
        "cpu": {"add": added - begin, "open": opened - added, "count": counted - opened},
        "documents": len(corpus),
        "types": len(table),
        "tokens": int(table["count"].sum()),
        "store MB": size / 1e6,
    }


def clean_store(path: Path) -> dict[str, Any]:
    """The same with the furniture of articles taken out."""
    return store(path, clean=True)


def main(corpora: dict[float, Path]) -> None:
    """Measure every size, print a table, and write the results and their figure."""
    rows = []
    for size, path in corpora.items():
        for what in MEASURED:
            if what == "clean store" and size > SIZES[1]:
                continue  # minutes of rules in Python; its memory is that of the store
            found = run(what, path)
            rows.append({"MB": size, "what": what, **found, "seconds": sum(found["cpu"].values())})
            print(f"{size:6g} MB  {what:12} {rows[-1]['seconds']:8.2f} s  {found['peak MB']:7.0f} MB", flush=True)
    (HERE / "growth.json").write_text(json.dumps({"rows": rows, "fit": fits(rows)}, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(fits(rows), indent=1))
    draw(rows)


def run(what: str, path: Path) -> dict[str, Any]:
    """Measure in a process of its own."""
    one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")
    command = [sys.executable, str(Path(__file__).resolve()), what, str(path)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env={**os.environ, **one})
    if done.returncode:
        raise SystemExit(f"{what} of {path.name} failed:\n{done.stderr}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def fits(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return seconds per 100 MB at each size, how far they lie from those at 100 MB, and Heaps' law of the types."""
    import numpy as np

    found: dict[str, Any] = {}
    for what in MEASURED:
        rates = {row["MB"]: 100 * row["seconds"] / row["MB"] for row in rows if row["what"] == what}
        base = rates.get(SIZES[2])
        found[what] = {f"{size:g}": round(rate, 3) for size, rate in rates.items()}
        if base and SIZES[3] in rates:
            found[what]["1,000 MB against 100 MB"] = round(rates[SIZES[3]] / base - 1, 3)
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

    figure, (left, right) = plt.subplots(1, 2, figsize=(7.2, 3), layout="constrained")
    colours = dict(zip(MEASURED, ("#0072B2", "#D55E00", "#009E73"), strict=True))
    for what, mark in zip(MEASURED, "os^", strict=True):
        mine = [row for row in rows if row["what"] == what]
        sizes = [row["MB"] for row in mine]
        left.plot(sizes, [row["seconds"] for row in mine], mark + "-", color=colours[what], label=TITLES[what])
        right.plot(sizes, [row["peak MB"] for row in mine], mark + "-", color=colours[what])
    right.axhline(LIMIT, color="black", lw=0.8, ls="--")
    left.set(xscale="log", yscale="log", xlabel="MB of text", ylabel="CPU seconds, one thread")
    right.set(xscale="log", yscale="log", xlabel="MB of text", ylabel="most memory of the process, MB")
    left.legend(fontsize=7, frameon=False)
    figure.savefig(HERE / "growth.svg", metadata={"Date": None})
    plt.close(figure)


if __name__ == "__main__":
    from benchmarks.indexing import warm_up

    warm_up()
    result = {"index": index, "store": store, "clean store": clean_store}[sys.argv[1]](Path(sys.argv[2]))
    result["peak MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3  # Linux counts in kB
    print(json.dumps(result))
