"""Whatever way a corpus is cut into parts, what is made to judge its counts is that of the whole, to the byte."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import kit
from kit.parts.parted import PartedCorpus
from tests.measures.test_parted_measures import corpus_of, cut, same
from tests.validity.intrusion.test_intrusion import THEMES

CONCEPTS = (
    "concept,parent,label_id,label_en,definition,source,core\n"
    "layanan,mutu,layanan,service,d,s,yes\n"
    "warga,mutu,warga,citizens,d,s,no\n"
    "cepat,mutu,cepat,quick,d,s,no\n"
)
PATTERNS = (
    "concept,pattern,kind,language,enabled,polarity,is_name,requires\n"
    "layanan,layanan,form,id,yes,,,\n"
    "layanan,layanan cepat,phrase,id,yes,,,\n"
    "layanan,melayani,form,id,yes,,yes,\n"
    "warga,warga,form,id,yes,,,document: @layanan\n"
    "warga,warga kota,phrase,id,yes,,,\n"
    "cepat,cepat,form,id,yes,,,sentence: @layanan\n"
    "cepat,lama,form,id,yes,negative,,\n"
)
CUTS = [(1, 0, None), (2, 1, 2), (3, 2, None)]  # parts, seed, threads


@pytest.fixture(scope="module")
def whole() -> kit.Corpus:
    """Articles with furniture, copies, texts without words, and a column of two values."""
    return corpus_of(16, 4)


@pytest.fixture(scope="module")
def codebook(tmp_path_factory: pytest.TempPathFactory) -> kit.Codebook:
    folder = tmp_path_factory.mktemp("codebook")
    (folder / "concepts.csv").write_text(CONCEPTS, encoding="utf-8")
    (folder / "patterns.csv").write_text(PATTERNS, encoding="utf-8")
    return kit.load_codebook(folder)


def all_same(one: Any, two: Any, *tables: str) -> None:
    for name in tables:
        same(getattr(one, name), getattr(two, name))


def test_specifications(whole: kit.Corpus, codebook: kit.Codebook) -> None:
    asked: list[dict[str, Any]] = [
        {},
        {"choices": {"furniture": ["kept"], "unit": ["lexeme"], "copies": ["once", "all"]}, "concepts": ["warga"]},
        {"by": "year", "resamples": 99, "choices": {"overlap": ["group"], "unit": ["form"]}},
    ]
    for options in asked:
        years = {"year": ["2023", "2024"]} if "by" in options else {}
        one = kit.compare_specifications(whole.where(**years), codebook, **options)
        assert one.summary["highest"].ne(0).any(), options
        for cuts in CUTS if options else CUTS[-1:]:
            parted = cut(whole, *cuts).where(**years)
            all_same(one, kit.compare_specifications(parted, codebook, **options), "summary", "table")


@pytest.fixture(scope="module")
def parted(whole: kit.Corpus) -> list[PartedCorpus]:
    return [cut(whole, *cuts) for cuts in CUTS]


def test_sheets_and_their_scores(whole: kit.Corpus, parted: list[PartedCorpus], codebook: kit.Codebook) -> None:
    for options in ({"n": 3}, {"n": {"hit": 0, "near": 9, "rest": 60}, "seed": 5}, {"n": 2, "concepts": ["cepat"]}):
        one = kit.coding_sheet(whole, codebook, **options)  # type: ignore[arg-type]
        assert len(one.items)
        for corpus in parted:
            two = kit.coding_sheet(corpus, codebook, mentions=kit.find_mentions(corpus, codebook), **options)  # type: ignore[arg-type]
            all_same(one, two, "items", "key")
            assert (one.hash, one.labels) == (two.hash, two.labels)
    answers = one.key.assign(value=["yes", "no"] * (len(one.key) // 2), time="")
    codings = pd.concat([answers.assign(coder="ani"), answers.assign(coder="budi", value="no")])
    scores = [kit.score_coding(corpus, codings, one.key) for corpus in (whole, *parted)]
    for again in scores[1:]:
        all_same(scores[0], again, "agreement", "overall", "validity", "disputed")


def test_the_rest_is_drawn_from_all_that_is_neither_hit_nor_near(whole: kit.Corpus, codebook: kit.Codebook) -> None:
    sheet = kit.coding_sheet(whole, codebook, n={"hit": 999, "near": 999, "rest": 999}, concepts=["layanan"])
    places = whole.sentences.assign(doc_id=whole.documents["doc_id"].to_numpy()[whole.sentences["doc"]])
    assert set(zip(sheet.key["doc_id"], sheet.key["start"], strict=True)) == set(
        zip(places["doc_id"], places["start"], strict=True)
    )
    assert len(sheet.key) == len(places) == sheet.key.groupby("stratum")["population"].first().sum()


def test_marks_become_answers(whole: kit.Corpus, parted: list[PartedCorpus]) -> None:
    ids = whole.documents["doc_id"].tolist()
    marks = [(ids[5], 3, 9, "ani", "x"), (ids[0], 0, 4, "ani", "y"), (ids[5], 0, 200, "budi", "x")]
    marked = pd.DataFrame(marks, columns=["doc_id", "start", "end", "coder", "concept"])
    one = kit.sentence_codings(whole, marked)
    assert set(one["value"]) == {"yes", "no"}
    for corpus in parted:
        same(one, kit.sentence_codings(corpus, marked))


def test_a_printed_codebook(whole: kit.Corpus, parted: list[PartedCorpus], codebook: kit.Codebook) -> None:
    one = kit.describe_codebook(codebook, whole, examples=3)
    assert one["examples"].str.count("\n").max() == 2
    for corpus in parted:
        same(one, kit.describe_codebook(codebook, corpus, examples=3))


def test_intrusion() -> None:
    draw = np.random.default_rng(0)
    texts = [" ".join(draw.choice(THEMES[row % 5].split(), 12)) + f" {row}" for row in range(60)]
    frame = pd.DataFrame({"doc_id": [f"d{row:03}" for row in range(60)], "text": texts})
    whole = kit.Corpus.from_frame(frame, clean=False)
    parted = cut(whole, 3, 2)
    topics = [kit.fit_topics(corpus, 5) for corpus in (whole, parted)]
    for kind in ("word", "topic"):
        one, two = (kit.intrusion_sheet(*of, kind=kind) for of in zip((whole, parted), topics, strict=True))  # type: ignore[call-overload]
        all_same(one, two, "items", "key")
        right = one.key.assign(coder="ani", value=one.key["intruder"].astype(str), time="")
        same(*(kit.score_intrusion(corpus, right, one.key, permutations=99) for corpus in (whole, parted)))
