"""CPU seconds of the calls on topics that users wait for, beside the same calls of an earlier state of the kit.

    python benchmarks/topics.py                                  # this clone alone
    python benchmarks/topics.py --base ../earlier --rounds 3     # beside a worktree of an earlier commit

600 articles of Kompas and Tempo, evenly spread; 3,000 for 20 topics, which scikit-learn's NMF, weights by its own
TfidfVectorizer with the kit's limits of terms, is measured beside: both from texts whose words the kit has counted, so
the kit's time has the matrix, topics, tables and passages, that of NMF counting, weights and factors. Each call runs in a process of its own, one thread, the kits in turn;
medians are compared. The recommendation and a digest of the tables stand beside, since a faster call has to give the same.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
NEWS = HERE.parents[1] / "shared" / "data" / "clickid_news"
EACH = 300

CALLS = (
    "compare_topics [5, 10]",
    "compare_topics 2 to 12",
    "fit_topics 10",
    "fit_topics 20",
    "NMF 20",
    "cluster_terms",
)
MANY = ("fit_topics 20", "NMF 20")


def articles(each: int = EACH) -> list[dict[str, str]]:
    """Return the articles, evenly spread over each outlet."""
    rows: list[dict[str, str]] = []
    for name in ("kompas", "tempo"):
        with gzip.open(NEWS / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            every = [json.loads(line) for line in lines]
        rows += [{"doc_id": row["id"], "text": row["text"]} for row in every[:: len(every) // each][:each]]
    return rows


def measured(call: str) -> dict[str, Any]:
    """Run a call of the kit that is imported first, and return its CPU seconds and what it gave."""
    import pandas as pd

    import kit

    frame = pd.DataFrame(articles(1500 if call in MANY else EACH))
    if call == "NMF 20":
        return {"cpu": peer(frame["text"].tolist()), "digest": "", "recommended": None}
    corpus = kit.Corpus.from_frame(frame)
    codebook = kit.load_codebook()
    mentions = kit.find_mentions(corpus, codebook)
    kit.fit_topics(corpus, 2)
    start = time.process_time()
    if call == "cluster_terms":
        found: Any = kit.cluster_terms(corpus, codebook, mentions=mentions)
        tables = [found.terms, found.clusters, found.association]
    elif call.startswith("fit_topics"):
        found = kit.fit_topics(corpus, int(call.split()[1]))
        tables = [found.terms, found.documents, found.topics]
    else:
        found = kit.compare_topics(corpus, [5, 10] if call.endswith("[5, 10]") else range(2, 13), progress=False)
        tables = [found.table, found.topics, found.runs]
    seconds = time.process_time() - start
    digest = hashlib.sha256("".join(table.to_csv() for table in tables).encode()).hexdigest()[:12]
    return {"cpu": seconds, "digest": digest, "recommended": getattr(found, "recommended", None)}


def peer(texts: list[str]) -> float:
    """Return the CPU seconds of scikit-learn's NMF with 20 topics, from texts on."""
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfVectorizer

    NMF(2).fit(TfidfVectorizer().fit_transform(texts[:300]))  # what is loaded at the first call is not counted
    start = time.process_time()
    weights = TfidfVectorizer(min_df=5, max_df=0.5, max_features=10_000).fit_transform(texts)
    NMF(20, init="nndsvda", random_state=0).fit(weights)
    return time.process_time() - start


def asked(kit: Path, call: str) -> dict[str, Any]:
    """Run a call in a process of its own, with the kit of a folder."""
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")
    environment = {**os.environ, **dict.fromkeys(names, "1"), "PYTHONPATH": str(kit)}
    command = [sys.executable, str(HERE / "topics.py"), "--call", call]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=kit, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Measure, and print a row for each call."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--base", type=Path, help="a worktree of an earlier commit")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--calls", nargs="*", default=list(CALLS), help="only these")
    parser.add_argument("--call", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.call:
        print(json.dumps(measured(options.call)))
        return
    kits = [HERE.parent, *([options.base.resolve()] if options.base else [])]
    print("| call | CPU s | earlier, CPU s | ratio | same tables | recommended |\n|---|---|---|---|---|---|")
    for call in options.calls:
        runs = [[asked(kit, call) for kit in kits] for _ in range(options.rounds)]
        own, *earlier = (statistics.median(run[place]["cpu"] for run in runs) for place in range(len(kits)))
        same = len({run[place]["digest"] for run in runs for place in range(len(kits))}) == 1
        told = ", ".join(str(run["recommended"]) for run in runs[0])
        beside = f"{earlier[0]:.1f} | {earlier[0] / own:.1f}" if earlier else " | "
        print(f"| {call} | {own:.1f} | {beside} | {'yes' if same else 'no'} | {told} |", flush=True)


if __name__ == "__main__":
    if str(HERE) in sys.path:
        sys.path.remove(str(HERE))
    main()
