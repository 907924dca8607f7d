"""Topics of a corpus in parts are those of one corpus, to the bit."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import kit
from kit.errors import QueryError
from kit.parts.parted import PartedCorpus
from kit.topics.models.gathered import gathered_matrix

TABLES = ("terms", "documents", "topics", "seeds", "passages", "units", "quality")
THEMES = {
    "air": [
        "banjir",
        "merendam",
        "sawah",
        "sungai",
        "meluap",
        "hujan",
        "deras",
        "tanggul",
        "jebol",
        "pelayanan",
        "publik",
        "warga",
    ],
    "pasar": ["harga", "beras", "pasar", "pedagang", "naik", "pasokan", "cabai", "gudang", "transparansi", "stok"],
    "laga": ["tim", "menang", "laga", "stadion", "gol", "pelatih", "pemain", "liga", "penonton", "wasit"],
}


def articles(number: int, seed: int) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    rows = []
    for row in range(number):
        words = list(THEMES.values())[row % 3]
        sentences = [" ".join(random.choice(words, 9)).capitalize() + "." for _ in range(3)]
        rows.append({"doc_id": f"d{row:03}", "text": " ".join(sentences), "outlet": "AB"[row % 2]})
    rows += [{"doc_id": f"b{row}", "text": rows[row]["text"], "outlet": "C"} for row in range(3)]  # copies, before
    rows += [{"doc_id": "empty", "text": "...", "outlet": "C"}]
    return pd.DataFrame(rows)


def in_parts(frame: pd.DataFrame, folder: Path, engine: int | None = None) -> PartedCorpus:
    order = np.random.default_rng(3).permutation(len(frame))
    for rows in np.array_split(order, 4):
        kit.add_articles(frame.iloc[rows], folder, clean=False)
    corpus = kit.open_corpus(folder, engine=engine)
    assert isinstance(corpus, PartedCorpus)
    return corpus


@pytest.mark.parametrize("count", ["form", "lexeme"])
@pytest.mark.parametrize("seeds", [None, {"air": ["banjir", "sungai"], "emas": ["emas"]}])
def test_parts_give_the_topics_of_one_corpus(tmp_path: Path, count: str, seeds: object) -> None:
    frame = articles(90, 1)
    whole = kit.Corpus.from_frame(frame, clean=False)
    expected = kit.fit_topics(whole, 3, seeds=seeds, unit=count)
    found = kit.fit_topics(in_parts(frame, tmp_path / "saved", 2), 3, seeds=seeds, unit=count)
    assert len(found.topics) == 3
    for name in TABLES:
        assert_frame_equal(getattr(found, name), getattr(expected, name), check_exact=True)
    assert found.attrs | {"call": None} == expected.attrs | {"call": None}
    assert len(found.passages) == 9


@pytest.mark.parametrize("model", ["nmf", "lda"])
def test_other_models_are_the_same_in_parts(tmp_path: Path, model: str) -> None:
    frame = articles(60, 4)
    parts = in_parts(frame, tmp_path / "saved")
    counts = gathered_matrix(parts).counts
    assert counts.indices.itemsize + counts.data.itemsize == 3
    expected = kit.fit_topics(kit.Corpus.from_frame(frame, clean=False), 3, model=model)
    found = kit.fit_topics(parts, 3, model=model)
    for name in TABLES:
        assert_frame_equal(getattr(found, name), getattr(expected, name), check_exact=True)


def test_a_selection_whose_originals_are_elsewhere(tmp_path: Path) -> None:
    frame = articles(90, 2)
    whole = kit.Corpus.from_frame(frame, clean=False)
    parts = in_parts(frame, tmp_path / "saved")
    assert (whole.documents["copy_of"] != "").sum() == 3
    expected, found = (kit.fit_topics(corpus.where(outlet=["A", "B"]), 3) for corpus in (whole, parts))
    assert expected.units["status"].eq("fitted").all()
    for name in TABLES:
        assert_frame_equal(getattr(found, name), getattr(expected, name), check_exact=True)


def test_too_few_articles_are_too_few_in_parts(tmp_path: Path) -> None:
    frame = articles(8, 1)
    expected = kit.fit_topics(kit.Corpus.from_frame(frame, clean=False), 3)
    found = kit.fit_topics(in_parts(frame, tmp_path / "saved"), 3)
    assert found.topics.empty
    for name in TABLES:
        assert_frame_equal(getattr(found, name), getattr(expected, name))


def test_topics_of_paragraphs_are_refused_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match=r"over a corpus in parts .*corpus.part"):
        kit.fit_topics(in_parts(articles(12, 1), tmp_path / "saved"), 2, within="paragraph")


def test_numbers_of_topics_and_stability_of_parts_are_those_of_one_corpus(tmp_path: Path) -> None:
    frame = articles(90, 3)
    whole, parts = kit.Corpus.from_frame(frame, clean=False), in_parts(frame, tmp_path / "saved")
    asked = {"seeds": {"air": ["banjir", "sungai"]}, "resamples": 2, "nulls": 5, "progress": False}
    expected, found = (kit.compare_topics(corpus, [2, 3], **asked) for corpus in (whole, parts))
    assert found.recommended == expected.recommended
    assert set(expected.table["status"]) == {"examined"}
    for name in ("table", "topics", "runs"):
        assert_frame_equal(getattr(found, name), getattr(expected, name), check_exact=True)
    topics = kit.fit_topics(parts, 3, seeds=asked["seeds"])
    stable = [kit.topic_stability(corpus, topics, **asked) for corpus in (whole, parts)]
    assert_frame_equal(stable[0], stable[1], check_exact=True)
