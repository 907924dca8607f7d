"""Measure the kit against its peers: ratios of one run, on a corpus that the same seed always gives.

    python benchmarks/run.py                       # 100 MB; some minutes
    python benchmarks/run.py --megabytes 10 --rounds 3

Every job runs in a process of its own; jobs alternate round by round, and medians are compared. One thread; CPU
seconds, since other programs may be running. The peers are installed into `.kit/benchmarks`, where the corpus and
`results.json` lie too.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time
import unicodedata
import venv
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
WORK = ROOT / ".kit" / "benchmarks"

#: Jobs of the kit (the rest are peers), and the share of the corpus that the slow ones get.
OURS = ("index", "index by rule", "Vectorizer")
SLOW = {"index by rule": 0.25, "NLTK": 0.1, "spaCy": 0.05}

#: (what, job, peer, at least): the promises.
PROMISES = (
    ("full index from an Arrow column", "index", "CountVectorizer", 6.0),
    ("full index from an Arrow column", "index", "index by rule", 25.0),
    ("document x type matrix from a list of str", "Vectorizer", "CountVectorizer", 5.0),
    ("full index; the peer counts", "index", "NLTK", 40.0),
    ("full index; the peer counts", "index", "spaCy", 65.0),
    ("full index; the peer counts words, no more", "index", "wc -w", None),
)
MEMORY = 1.1


def main() -> None:
    """Prepare, measure, print, and write the results."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--megabytes", type=float, default=100)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", nargs="*", help="only these")
    options = parser.parse_args()
    corpus = WORK / f"corpus-{options.megabytes:g}-seed{options.seed}.parquet"
    if not corpus.exists():
        say(f"growing {corpus.name}")
        grow = [sys.executable, str(HERE / "corpus.py"), str(options.megabytes), str(corpus), "--seed"]
        subprocess.run([*grow, str(options.seed)], check=True)
    peers = peers_python()
    jobs = list(dict.fromkeys(name for _, job, peer, _ in PROMISES for name in (job, peer)))
    jobs = [job for job in jobs if not options.jobs or job in options.jobs]
    runs: dict[str, list[dict[str, Any]]] = {job: [] for job in jobs}
    for number in range(options.rounds):
        for job in jobs:
            if job in SLOW and number >= 3:
                continue
            say(f"round {number + 1}: {job}")
            runs[job].append(measure(sys.executable if job in OURS else peers, job, corpus))
    results = {job: summary(job, found) for job, found in runs.items()}
    report = {"machine": machine(), "corpus": corpus.name, "jobs": results, "ratios": ratios(results)}
    (WORK / "results.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    show(report)


def say(line: str) -> None:
    """Tell what is going on."""
    print(f"[{time.strftime('%H:%M:%S')}] {line}", file=sys.stderr, flush=True)


def peers_python() -> str:
    """Return the Python of the peers' environment, which is made if it is not there or out of date."""
    folder, wanted = WORK / "peers", (HERE / "peers.txt").read_text(encoding="utf-8")
    python, stamp = folder / "bin" / "python", folder / "peers.txt"
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        say("installing the peers")
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "-r", HERE / "peers.txt"], check=True)
        stamp.write_text(wanted, encoding="utf-8")
    return str(python)


def measure(python: str, job: str, corpus: Path) -> dict[str, Any]:
    """Run one job in a process of its own."""
    one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "POLARS_MAX_THREADS", "NUMBA_NUM_THREADS"), "1")
    command = [python, str(HERE / "jobs.py"), job, str(corpus), str(SLOW.get(job, 1))]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ, **one})
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def summary(job: str, runs: list[dict[str, Any]]) -> dict[str, Any]:
    """Return medians, per 100 MB where a job got only a share."""
    scale = 1 / SLOW.get(job, 1)
    extras = [run["extra"] for run in runs if run["extra"] is not None]
    return {
        "cpu": statistics.median(run["cpu"] for run in runs) * scale,
        "wall": statistics.median(run["wall"] for run in runs) * scale,
        "extra": statistics.median(extras) if extras and job not in SLOW else None,
        "all_cpu": [round(run["cpu"] * scale, 3) for run in runs],
        "share": SLOW.get(job, 1),
        "facts": runs[-1]["facts"],
        "versions": runs[-1]["versions"],
    }


def ratios(results: dict[str, Any]) -> list[dict[str, Any]]:
    """Return peer / job for every promise that was measured."""
    rows = []
    for what, job, peer, least in PROMISES:
        if job in results and peer in results:
            ratio = results[peer]["cpu"] / results[job]["cpu"]
            rows.append({"what": what, "job": job, "peer": peer, "ratio": round(ratio, 2), "at least": least})
    if "index" in results and "CountVectorizer" in results:
        ours, theirs = results["index"]["extra"], results["CountVectorizer"]["extra"]
        if ours and theirs:
            rows.append(
                {
                    "what": "peak extra memory",
                    "job": "index",
                    "peer": "CountVectorizer",
                    "ratio": round(ours / theirs, 2),
                }
            )
            rows[-1]["at most"] = MEMORY
    return rows


def machine() -> dict[str, Any]:
    """Return what the numbers depend on."""
    return {
        "python": platform.python_version(),
        "unicode": unicodedata.unidata_version,
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        "load": [round(value, 1) for value in os.getloadavg()],
    }


def show(report: dict[str, Any]) -> None:
    """Print the results as tables."""
    print(f"\n{report['corpus']}, {report['machine']}\n")
    print(f"{'job':18}{'CPU s':>9}{'wall s':>9}{'extra MB':>10}  versions")
    for job, row in report["jobs"].items():
        extra = f"{row['extra']:.0f}" if row["extra"] else "-"
        note = "" if row["share"] == 1 else f"  (on {row['share']:.0%}, scaled)"
        versions = ", ".join(f"{name} {number}" for name, number in row["versions"].items())
        print(f"{job:18}{row['cpu']:9.2f}{row['wall']:9.2f}{extra:>10}  {versions}{note}")
    print(f"\n{'promise':46}{'peer':18}{'ratio':>8}")
    for row in report["ratios"]:
        bound = f"at least {row['at least']:g}" if row.get("at least") else ""
        bound = f"at most {row['at most']:g}" if row.get("at most") else bound
        print(f"{row['what']:46}{row['peer']:18}{row['ratio']:8.2f}  {bound}")


if __name__ == "__main__":
    main()
