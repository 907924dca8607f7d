"""Clusters of a corpus in parts are those of the whole."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import kit
from kit.parts.parted import PartedCorpus

CODEBOOK = kit.load_codebook()
SENTENCES = [
    "Layanan harus cepat dan warga dilayani.",
    "Tata kelola akuntabel dan transparan.",
    "Akuntabilitas serta transparansi layanan publik.",
    "Partisipasi warga dan kolaborasi.",
    "Reformasi birokrasi dengan inovasi; pelayanan publik prima.",
    "Hujan turun.",
]


def cut(number: int, parts: int) -> tuple[kit.Corpus, PartedCorpus]:
    draw = np.random.Generator(np.random.PCG64(number))
    texts = ["\n".join(SENTENCES[one] for one in draw.integers(0, 6, draw.integers(1, 5))) for _ in range(number)]
    frame = pd.DataFrame({"doc_id": [f"{draw.integers(0, 999):03}-{row}" for row in range(number)], "text": texts})
    whole = kit.Corpus.from_frame(frame, clean=False)
    part = draw.integers(0, parts, number)
    return whole, PartedCorpus.of([whole._take(np.flatnonzero(part == one)) for one in range(parts)])


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"within": "paragraph", "include_actors": True},
        {"within": "sentence", "unit": "term"},
        {"within": "document", "items": ["layanan*", "transparan", "akuntabel", "concept:partisipasi"]},
        {"mentions": True},
    ],
)
@pytest.mark.parametrize(("number", "parts"), [(0, 1), (7, 3), (60, 5)])
def test_clusters_of_parts_are_those_of_the_whole(options: dict[str, Any], number: int, parts: int) -> None:
    found = []
    for corpus in cut(number, parts):
        given = {"mentions": kit.find_mentions(corpus, CODEBOOK)} if "mentions" in options else {}
        found.append(kit.cluster_terms(corpus, CODEBOOK, resamples=20, min_count=2, **(options | given)))
    one, two = found
    for name in ("terms", "clusters", "linkage", "matrix", "units", "association"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(two, name), check_exact=True)
        assert getattr(one, name).attrs | {"call": None} == getattr(two, name).attrs | {"call": None}
    assert one.attrs | {"call": None} == two.attrs | {"call": None}
