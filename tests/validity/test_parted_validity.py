"""Whatever way a corpus is cut into parts, what is made to judge its counts is that of the whole, to the byte."""

from __future__ import annotations

from typing import Any

import pytest

import kit
from tests.measures.test_parted_measures import corpus_of, cut, same

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
        for cuts in CUTS:
            parted = cut(whole, *cuts).where(**years)
            all_same(one, kit.compare_specifications(parted, codebook, **options), "summary", "table")
