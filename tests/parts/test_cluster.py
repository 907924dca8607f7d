"""The same bytes on a real Dask cluster: a scheduler and two workers, started from the command line, on loopback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import kit
from kit.errors import QueryError
from kit.parts.part import _OPEN as OPENED
from kit.parts.part import Part
from kit.parts.parted import PartedCorpus
from kit.storage.add import add_articles
from kit.storage.open import open_corpus

distributed = pytest.importorskip("distributed")
cloudpickle = pytest.importorskip("cloudpickle")

CODEBOOK = kit.load_codebook()
WORDS = [
    "warga",
    "kota",
    "asn",
    "melayani",
    "pelayanan",
    "publik",
    "akuntabel",
    "transparan",
    "daerah",
    "layanan-layanannya",
    "cepat",
    "2024",
]
ENVIRONMENT = os.environ | {"DASK_DISTRIBUTED__ADMIN__TICK__LIMIT": "1h", "OPENBLAS_NUM_THREADS": "1"}


def articles(number: int) -> pd.DataFrame:
    """Articles of words drawn by chance."""
    draw = np.random.Generator(np.random.PCG64(5))
    texts = [". ".join(" ".join(draw.choice(WORDS, 9)).capitalize() for _ in range(4)) + "." for _ in range(number)]
    years = [f"{2020 + row % 3}-01-02" for row in range(number)]
    return pd.DataFrame({"doc_id": [f"a{row:04}" for row in range(number)], "text": texts, "date": years})


MEASURES: list[Callable[[Any], pd.DataFrame]] = [
    lambda corpus: kit.term_frequencies(corpus, by="year"),
    lambda corpus: kit.concept_frequencies(corpus, CODEBOOK, by="year"),
    lambda corpus: kit.dispersion(corpus, measures=["dp", "juilland_d", "kld"]),
    lambda corpus: kit.keyness(corpus.where(year="2020"), corpus.where(year=["2021", "2022"])),
    lambda corpus: kit.collocations(corpus, "warga"),
    lambda corpus: kit.frequency_intervals(corpus, unit="lexeme", method="percentile", resamples=200),
    lambda corpus: kit.describe_corpus(corpus, by="year"),
    lambda corpus: kit.concordance(corpus, "*layani warga", sort="right", limit=20),
    lambda corpus: kit.cluster_terms(corpus, CODEBOOK, resamples=20).terms,
]


def same(one: list[pd.DataFrame], two: list[pd.DataFrame]) -> None:
    for left, right in zip(one, two, strict=True):
        pd.testing.assert_frame_equal(left, right, check_exact=True)
        assert left.attrs | {"call": None} == right.attrs | {"call": None}


def start(*arguments: str, folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "dask", *arguments]
    with (folder / "dask.log").open("ab") as log:
        return subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stdout=log, stderr=log)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[Any, list[subprocess.Popen[bytes]]]]:
    """A client, and its two workers."""
    file = tmp_path / "scheduler.json"
    quiet = ("--dashboard-address", "127.0.0.1:0")
    place = ("--scheduler-file", str(file))
    scheduler = start(
        "scheduler", "--host", "127.0.0.1", "--port", "0", *place, *quiet, "--no-dashboard", folder=tmp_path
    )
    local = ("--host", "127.0.0.1", "--no-nanny", "--no-dashboard", "--nthreads", "1")
    workers = [start("worker", *place, *local, *quiet, folder=tmp_path) for _ in range(2)]
    client = None
    try:
        deadline = time.monotonic() + 60
        while not file.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        client = distributed.Client(scheduler_file=str(file), timeout=60, set_as_default=False)
        client.wait_for_workers(2, timeout=60)
        yield client, workers
    finally:
        if client is not None:
            client.close()
        for process in (*workers, scheduler):
            process.kill()
            process.wait()


@pytest.fixture
def saved(tmp_path: Path) -> tuple[kit.Corpus, Path]:
    """A corpus, and the same saved in six parts."""
    frame = articles(120)
    folder = tmp_path / "saved"
    for part in range(6):
        add_articles(frame.iloc[part::6], folder, clean=False)
    return kit.Corpus.from_frame(frame, clean=False), folder


def pids(part: Part) -> list[int]:
    """In which process a part was looked at."""
    time.sleep(0.05)
    return [os.getpid()] * len(part.corpus)


def joined(found: Any) -> list[int]:
    return [pid for part in found for pid in part]


def test_two_workers_give_the_bytes_of_one_process(cluster: Any, saved: tuple[kit.Corpus, Path]) -> None:
    client, workers = cluster
    whole, folder = saved
    corpus = open_corpus(folder, engine=client)
    assert isinstance(corpus, PartedCorpus)
    assert corpus.parts == 6
    OPENED.clear()
    with distributed.get_task_stream(client) as stream:
        found = [measure(corpus) for measure in MEASURES]
    assert not OPENED, "the driver opens no part"
    same([measure(whole) for measure in MEASURES], found)
    at_parts = [record for record in stream.data if str(record["key"]).startswith("at_part")]
    assert len(at_parts) >= 6 * len(found)
    assert {record["worker"] for record in at_parts} == set(client.scheduler_info()["workers"])
    cloudpickle.register_pickle_by_value(sys.modules[__name__])
    assert set(corpus.reduce(pids, joined)) <= {worker.pid for worker in workers}  # one may take all of few tasks
    with pytest.raises(QueryError, match="not one word"):
        kit.collocations(corpus, "a,b")


def test_a_worker_killed_in_mid_run_changes_nothing(cluster: Any, saved: tuple[kit.Corpus, Path]) -> None:
    client, workers = cluster
    whole, folder = saved
    corpus = open_corpus(folder, engine=client)
    found: list[pd.DataFrame] = []
    run = threading.Thread(target=lambda: found.extend(measure(corpus) for measure in MEASURES[:5]))
    run.start()
    while run.is_alive() and not all(holds(client)):
        time.sleep(0.01)
    assert run.is_alive()
    workers[0].send_signal(signal.SIGKILL)
    workers[0].wait()
    run.join(timeout=120)
    same([measure(whole) for measure in MEASURES[:5]], found)
    assert len(client.scheduler_info()["workers"]) == 1


def holds(client: Any) -> list[bool]:
    """Whether each worker holds a result."""
    return [bool(keys) for keys in client.has_what().values()]
