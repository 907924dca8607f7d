"""Evidence without passages: what the setting ``evidence = "ids"`` writes, of files that have the passages."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import kit
from kit.publish.report.hashes import without_passages


@pytest.mark.parametrize("language", ["en", "id"])
def test_it_is_what_the_setting_writes(project: Callable[..., Path], hostile: list[str], language: str) -> None:
    hostile = [text for text in hostile if not re.search("[\x00-\x08\ud800\uffff]", text)]
    texts = [f"{text} ASN akuntabel. ASN: {text}." for text in hostile] + ["ASN " * 250]
    frame = pd.DataFrame({"doc_id": [f"d{row}" for row in range(len(texts))], "text": texts})
    frame["title"] = frame["outlet"] = [*hostile, None]
    corpus = kit.Corpus.from_frame(frame, clean=False)
    terms = kit.term_frequencies(corpus, unit="form").head(5)
    made = []
    for evidence in ("full", "ids"):
        figures = project(evidence=evidence, labels=language)
        found = kit.evidence(corpus, kit.find_passages(corpus, terms))
        kit.Table(terms, id="tbl-terms", title={"en": "Terms", "id": "Kata"}, evidence=found).save()
        made.append([(figures / "evidence" / f"tbl-terms.{ending}").read_bytes() for ending in ("html", "csv")])
    (page, data), expected = made
    assert list(without_passages(page, data, "tbl-terms", language)) == expected
