"""Who says what, over the parts of a corpus: in turn, in threads and on a Dask scheduler the rows of the whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import kit

pytestmark = pytest.mark.slow

CODEBOOK = kit.load_codebook()
FOUND: list[Callable[[Any], pd.DataFrame]] = [
    kit.find_quotations,
    lambda corpus: kit.find_quotations(corpus, mode="lenient"),
    lambda corpus: kit.find_modality(corpus, quotations=kit.find_quotations(corpus)),
    kit.service_voice,
    lambda corpus: kit.statements(corpus, CODEBOOK),
    lambda corpus: kit.list_speakers(corpus, kit.find_quotations(corpus)),
    lambda corpus: kit.join_speakers(corpus, kit.find_quotations(corpus)).joined,
]


@pytest.fixture(scope="module")
def saved(sample: kit.Corpus, tmp_path_factory: pytest.TempPathFactory) -> tuple[kit.Corpus, Path]:
    """Articles with known speakers, and the same saved in four parts whose documents alternate."""
    months = ["2024-03", "2024-04"]
    frame = sample.where(month=months).documents[["doc_id", "title", "date", "outlet", "text"]]
    folder = tmp_path_factory.mktemp("parts") / "saved"
    for part in range(4):
        kit.add_articles(frame.iloc[part::4], folder, clean=False)
    return kit.Corpus.from_frame(frame.reset_index(drop=True), clean=False), folder


def same(whole: kit.Corpus, corpus: Any) -> None:
    assert corpus.parts == 4
    for find in FOUND:
        one, two = find(whole), find(corpus)
        assert len(one)
        pd.testing.assert_frame_equal(one, two, check_exact=True)


@pytest.mark.parametrize("engine", [None, 3])
def test_parts_and_threads_give_the_rows_of_the_whole(saved: tuple[kit.Corpus, Path], engine: int | None) -> None:
    same(saved[0], kit.open_corpus(saved[1], engine=engine))


def test_a_scheduler_with_two_workers_gives_the_rows_of_the_whole(saved: tuple[kit.Corpus, Path]) -> None:
    distributed = pytest.importorskip("distributed")
    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None, "host": "127.0.0.1"}
    with distributed.LocalCluster(**options) as cluster, distributed.Client(cluster, set_as_default=False) as client:
        same(saved[0], kit.open_corpus(saved[1], engine=client))
