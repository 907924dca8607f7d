"""Who cites whom."""

from __future__ import annotations

import pandas as pd

import kit
from tests.conftest import ORACLES


def test_the_seed_cites_the_governor_and_the_president() -> None:
    text = (ORACLES / "seed_article_body.txt").read_text(encoding="utf-8")
    corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": [text]}), clean=False)
    found = kit.list_citations(corpus, kit.find_quotations(corpus))
    assert found[["citing", "speaker"]].to_numpy().tolist() == [
        ["Moh Ali Kuncoro", "Gubernur Jawa Timur"],
        ["Moh Ali Kuncoro", "Presiden"],
    ]


def test_a_corpus_without_nested_quotations_gives_the_same_columns() -> None:
    texts = ["Hujan turun.", '"Presiden menyampaikan bahwa daerah harus siap," kata Bupati Sari Dewi.']
    some, none = (
        kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": [text]}), clean=False) for text in reversed(texts)
    )
    empty = kit.list_citations(none, kit.find_quotations(none))
    assert empty.empty
    assert empty.dtypes.to_dict() == kit.list_citations(some, kit.find_quotations(some)).dtypes.to_dict()
