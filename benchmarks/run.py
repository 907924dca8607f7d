"""Measure the kit against its peers: ratios of one run, on a corpus that the same seed always gives.

    python benchmarks/run.py                       # 100 MB; some minutes
    python benchmarks/run.py --megabytes 10 --rounds 3
    python benchmarks/run.py --growth              # time and memory at 10 to 1,000 MB

Every job runs in a process of its own; jobs alternate round by round, and medians are compared. What asks a question of
an index runs five times in one process, since the index has to be made first. One thread where nothing else is said;
CPU seconds, since other programs may be running. The peers are installed into `.kit/benchmarks`, where the corpus and
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
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
WORK = ROOT / ".kit" / "benchmarks"
if __name__ == "__main__":
    sys.path[0] = str(ROOT)

from benchmarks.jobs import JOBS  # noqa: E402


class Promise(NamedTuple):
    """What is promised: a job, a peer, how many times the peer's CPU seconds it takes at most, and its limit."""

    what: str
    job: str
    peer: str
    least: float | None
    seconds: float | None = None


PROMISES = (
    Promise("full index from an Arrow column", "index", "CountVectorizer", 6.0),
    Promise("full index from an Arrow column", "index", "index by rule", 25.0),
    Promise("document x type matrix from a list of str", "Vectorizer", "CountVectorizer", 5.0),
    Promise("Corpus.from_frame, cleaned; the peer counts", "from_frame, cleaned", "CountVectorizer", 1.0),
    Promise("Corpus.from_frame, as given; the peer counts", "from_frame, as given", "CountVectorizer", 6.0),
    Promise("Corpus.from_frame, as given and flagged; the peer counts", "from_frame, flagged", "CountVectorizer", None),
    Promise("full index; the peer counts", "index", "NLTK", 40.0),
    Promise("full index; the peer counts", "index", "spaCy", 65.0),
    Promise("full index; the peer counts words, no more", "index", "wc -w", None),
    Promise("frequencies from Parquet, 2 threads", "frequencies", "Polars", 3.0),
    Promise("frequencies from Parquet, 2 threads", "frequencies", "DuckDB", 3.0),
    Promise("mentions, all rules; the peer knows no rules", "mentions", "re alternation", 50.0),
    Promise("mentions, all rules; the peer knows no rules", "mentions", "pyahocorasick", 3.0),
    Promise("lexemes and roots, once per type", "lexemes and roots", "per token, unremembered", 40.0),
    Promise("lexemes and roots, once per type", "lexemes and roots", "the same per token", None),
    Promise("lexemes and roots; the peer gives lemmas", "lexemes and roots", "simplemma per token", None),
    Promise("lexemes and roots; the peer gives stems", "lexemes and roots", "PySastrawi per token", 40.0),
    Promise("all collocates of a node", "collocates", "pandas collocates", 10.0, 0.1),
    Promise("all collocates of a node", "collocates", "NLTK collocates", 10.0, 0.1),
    Promise("dispersion of all types, DP", "dispersion, DP alone", "pandas dispersion", 10.0, 1.0),
    Promise("dispersion of all types; the peer DP alone", "dispersion", "pandas dispersion", None, 1.0),
    Promise("keyness of all types, 2,000 resamples", "keyness", "pandas keyness", 10.0, 20.0),
)
#: Kinds of first pages, and the most milliseconds that they may take; None: no peer.
PAGES = (
    ("word", 1.0),
    ("phrase", 1.0),
    ("prefix", 1.0),
    ("concept", 1.0),
    ("concept anew", None),
    ("other globs", 50.0),
)
#: (job, peer, at most): peak memory beyond what stood there before.
MEMORY = (("index", "CountVectorizer", 1.1), ("frequencies", "Polars", 1 / 3), ("frequencies", "DuckDB", 1 / 3))


def main() -> None:
    """Prepare, measure, print, and write the results."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--megabytes", type=float, default=100)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", nargs="*", help="only these")
    parser.add_argument("--growth", action="store_true", help="time and memory at 10, 25, 50, 100 and 1,000 MB instead")
    options = parser.parse_args()
    if options.growth:
        from benchmarks import growth

        growth.main({size: corpus_of(size, options.seed, "sentence") for size in growth.SIZES})
        return
    corpus = corpus_of(options.megabytes, options.seed)
    peers = peers_python()
    wanted = [name for promise in PROMISES for name in (promise.job, promise.peer)]
    jobs = list(dict.fromkeys([*wanted, "first pages", "SQLite FTS5", "NLTK concordance"]))
    jobs = [job for job in jobs if not options.jobs or job in options.jobs]
    runs: dict[str, list[dict[str, Any]]] = {job: [] for job in jobs}
    for number in range(options.rounds):
        for job in jobs:
            if number >= rounds_of(job, options.rounds):
                continue
            say(f"round {number + 1}: {job}")
            runs[job].append(measure(sys.executable if JOBS[job].ours else peers, job, corpus))
    results = {job: summary(job, found) for job, found in runs.items()}
    report = {
        "machine": machine(),
        "corpus": corpus.name,
        "jobs": results,
        "ratios": ratios(results),
        "memory": memory(results),
        "pages": pages(results),
    }
    (WORK / "results.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    show(report)
    draw(report, HERE / "ratios.svg")


def rounds_of(job: str, rounds: int) -> int:
    """Return how often a job is started: once if it runs again and again in its process, seldom if it is slow."""
    if JOBS[job].again > 1 or JOBS[job].prepare is not None:
        return 1
    return min(rounds, 3) if JOBS[job].share < 1 else rounds


def corpus_of(megabytes: float, seed: int, of: str = "paragraph") -> Path:
    """Return the corpus of a size, made of paragraphs or of sentences, grown if it is not there."""
    corpus = WORK / f"corpus-{megabytes:g}-seed{seed}{'-sentences' if of == 'sentence' else ''}.parquet"
    if not corpus.exists():
        say(f"growing {corpus.name}")
        grow = [sys.executable, str(HERE / "corpus.py"), str(megabytes), str(corpus), "--seed"]
        subprocess.run([*grow, str(seed), "--of", of], check=True)
    return corpus


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
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "POLARS_MAX_THREADS", "NUMBA_NUM_THREADS")
    environment = {**os.environ, **dict.fromkeys(names, "1"), "POLARS_MAX_THREADS": str(JOBS[job].threads)}
    command = [python, str(HERE / "jobs.py"), job, str(corpus)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)
    if done.returncode:
        raise SystemExit(f"{job} failed:\n{done.stderr}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def summary(job: str, runs: list[dict[str, Any]]) -> dict[str, Any]:
    """Return medians, of the whole corpus where a job got only a share."""
    scale = 1 / JOBS[job].share
    cpus, walls = ([second for run in runs for second in run[name]] for name in ("cpu", "wall"))
    extras = [run["extra"] for run in runs if run["extra"] is not None]
    return {
        "cpu": statistics.median(cpus) * scale,
        "wall": statistics.median(walls) * scale,
        "extra": statistics.median(extras) if extras and scale == 1 else None,
        "all_cpu": [round(second * scale, 4) for second in cpus],
        "share": JOBS[job].share,
        "facts": runs[-1]["facts"],
        "versions": runs[-1]["versions"],
    }


def ratios(results: dict[str, Any]) -> list[dict[str, Any]]:
    """Return peer / job for every promise that was measured."""
    return [
        {
            **promise._asdict(),
            "ratio": round(results[promise.peer]["cpu"] / results[promise.job]["cpu"], 2),
            "took": round(results[promise.job]["cpu"], 4),
        }
        for promise in PROMISES
        if promise.job in results and promise.peer in results
    ]


def memory(results: dict[str, Any]) -> list[dict[str, Any]]:
    """Return job / peer of the peak memory beyond what stood there before."""
    rows = []
    for job, peer, most in MEMORY:
        ours, theirs = (results.get(name, {}).get("extra") for name in (job, peer))
        if ours and theirs:
            rows.append({"job": job, "peer": peer, "ratio": round(ours / theirs, 2), "at most": round(most, 2)})
    return rows


def pages(results: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the milliseconds of first pages, beside SQLite's, and NLTK's as if the corpus were whole."""
    if "first pages" not in results:
        return []
    ours = results["first pages"]["facts"]
    fts5 = results.get("SQLite FTS5", {}).get("facts", {"ms": {}})["ms"]
    nltk = results.get("NLTK concordance", {}).get("facts", {"ms": {}, "slowest": {}})
    return [
        {
            "pages": kind,
            "ms": ours["ms"][kind],
            "slowest": ours["slowest"][kind],
            "at most": most,
            "SQLite FTS5": fts5.get(kind),
            "NLTK": nltk["ms"].get(kind, 0) / JOBS["NLTK concordance"].share or None,
        }
        for kind, most in PAGES
    ]


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
    print(f"{'job':24}{'CPU s':>9}{'wall s':>9}{'extra MB':>10}  versions")
    for job, row in report["jobs"].items():
        extra = f"{row['extra']:.0f}" if row["extra"] else "-"
        note = "" if row["share"] == 1 else f"  (on {row['share']:.1%}, scaled)"
        versions = ", ".join(f"{name} {number}" for name, number in row["versions"].items())
        print(f"{job:24}{row['cpu']:9.3f}{row['wall']:9.3f}{extra:>10}  {versions}{note}")
    print(f"\n{'promise':46}{'peer':24}{'ratio':>8}{'at least':>10}{'CPU s':>9}{'at most':>9}")
    for row in report["ratios"]:
        least, most = (f"{row[name]:g}" if row[name] else "" for name in ("least", "seconds"))
        print(f"{row['what']:46}{row['peer']:24}{row['ratio']:8.1f}{least:>10}{row['took']:9.3f}{most:>9}")
    print(f"\n{'peak extra memory':46}{'peer':24}{'ratio':>8}{'at most':>10}")
    for row in report["memory"]:
        print(f"{row['job']:46}{row['peer']:24}{row['ratio']:8.2f}{row['at most']:>10}")
    print(f"\n{'first page of 25 lines, CPU ms':46}{'median':>9}{'slowest':>9}{'at most':>9}{'FTS5':>9}{'NLTK':>9}")
    for row in report["pages"]:
        peers = "".join(f"{row[name]:9.3f}" if row[name] else f"{'-':>9}" for name in ("SQLite FTS5", "NLTK"))
        print(f"{row['pages']:46}{row['ms']:9.3f}{row['slowest']:9.3f}{row['at most'] or '':>9}{peers}")


def draw(report: dict[str, Any], path: Path) -> None:
    """Draw the ratios on a logarithmic scale, beside what is promised."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "kit"
    from matplotlib import pyplot as plt

    rows = report["ratios"][::-1]
    if not rows:
        return
    figure, axes = plt.subplots(figsize=(7.2, 0.3 * len(rows) + 1), layout="constrained")
    places = range(len(rows))
    axes.barh(places, [row["ratio"] for row in rows], color="#0072B2")
    promised = [(place, row["least"]) for place, row in zip(places, rows, strict=True) if row["least"]]
    axes.plot([least for _, least in promised], [place for place, _ in promised], "|", color="#D55E00", ms=14, mew=2)
    axes.set(xscale="log", xlabel="CPU time of the peer / CPU time of the kit (mark: promised)")
    axes.set_yticks(places, [f"{row['job']} : {row['peer']}" for row in rows], fontsize=8)
    axes.axvline(1, color="black", lw=0.8)
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


if __name__ == "__main__":
    main()
