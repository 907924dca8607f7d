"""Questions of a saved corpus in one process and on two workers of a Dask cluster of this machine.

    python benchmarks/cluster.py SAVED                      # a folder written by kit.add_articles
    python benchmarks/cluster.py SAVED frequencies keyness  # some of the questions

Each question is asked three times; the first, which opens parts and finds what is kept with them since, is named apart.
Run it outside a project, which keeps what one run finds for the next. What decides is the busiest process: the
time of an idle machine is at least that of the busiest worker and of the process that asks, one after the other. CPU
seconds, since a laptop is seldom idle; what processes take that wait (some hundredths a second, for heartbeats) is taken
off, since a busy machine makes them wait longer. The tables are compared.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path[0] = str(ROOT)

TIMES = 3
WORDS = ["pelayanan", "publik", "warga", "pemerintah", "daerah", "anggaran", "layanan", "masyarakat", "kota", "desa"]


def questions() -> dict[str, Callable[[Any], Any]]:
    """Return the questions, by name."""
    import kit

    book = kit.load_codebook()
    return {
        "copies": lambda corpus: corpus.catalogue[["doc_id", "copy_of"]],
        "frequencies": kit.term_frequencies,
        "concepts": lambda corpus: kit.concept_frequencies(corpus, book),
        "mentions": lambda corpus: kit.find_mentions(corpus, book),
        "collocations": lambda corpus: kit.collocations(corpus, "pelayanan"),
        "dispersion": lambda corpus: kit.dispersion(corpus, measures=["dp"]),
        "dispersion, all": lambda corpus: kit.dispersion(corpus, min_count=20),
        "keyness": lambda corpus: kit.keyness(corpus, kit.general_indonesian(), min_count=20),
        "bootstrap": lambda corpus: kit.frequency_intervals(corpus, items=WORDS, method="percentile", resamples=500),
    }


def main(folder: Path, wanted: list[str]) -> None:
    """Ask in one process, then on a cluster, and print both."""
    import pandas as pd
    from distributed import Client, LocalCluster

    from kit.storage.open import open_corpus

    corpus, alone = open_corpus(folder), {}
    asked_for = {name: ask for name, ask in questions().items() if not wanted or name in wanted}
    for name, ask in asked_for.items():
        alone[name] = [measured(lambda ask=ask: ask(corpus)) for _ in range(TIMES)]
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:
        corpus = open_corpus(folder, engine=client)
        waiting = taken(client, lambda: time.sleep(3))[0] / 3
        print(
            "question          one process: first, later    here and busiest worker: first, later    ratio: first, later"
        )
        for name, ask in asked_for.items():
            found = []
            for _ in range(TIMES):
                seconds, wall, table = taken(client, lambda ask=ask: ask(corpus))
                found.append((max(seconds - waiting * wall, 0), table))
            pd.testing.assert_frame_equal(alone[name][0][1], found[0][1])
            one, two = ([round(seconds, 2) for seconds, _ in asked] for asked in (alone[name], found))
            later = [min(asked[1:]) for asked in (one, two)]
            times = [of_one / max(of_two, 0.01) for of_one, of_two in ((one[0], two[0]), later)]
            print(
                f"{name:16} {one[0]:8} {later[0]:8} {two[0]:16} {later[1]:8} {times[0]:16.2f} {times[1]:8.2f}",
                flush=True,
            )


def taken(client: Any, ask: Callable[[], Any]) -> tuple[float, float, Any]:
    """Return the CPU seconds of this process and the busiest worker, the seconds that passed, and the answer."""
    before, begin = client.run(time.process_time), time.perf_counter()
    here, answer = measured(ask)
    wall, after = time.perf_counter() - begin, client.run(time.process_time)
    return here + max(after[one] - before[one] for one in after), wall, answer


def measured(ask: Callable[[], Any]) -> tuple[float, Any]:
    """Return the CPU seconds that an answer took here, and the answer."""
    begin = time.process_time()
    answer = ask()
    return time.process_time() - begin, answer


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("questions", nargs="*", help="names of the questions; all if left out")
    given = parser.parse_args()
    main(given.folder, given.questions)
