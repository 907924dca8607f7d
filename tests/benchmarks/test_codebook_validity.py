"""The figures of the shipped codebook's validity, made again from the coded sheets and the texts they were coded in."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from benchmarks import codebook_validity as study
from kit.codebook.loading import load_codebook

pytestmark = pytest.mark.data


@pytest.fixture(scope="module")
def measured(shared_data):
    return study.measure(shared_data)


def test_figures_of_each_concept_are_what_the_coded_sheets_give(measured):
    figures, _ = measured
    kept = pd.read_csv(study.FIGURES)
    pd.testing.assert_frame_equal(figures.reset_index(drop=True), kept, check_dtype=False, rtol=0, atol=1e-9)


def test_documentation_shows_the_figures(measured):
    _, tables = measured
    assert study.documented(tables) == study.DOCS.read_text(encoding="utf-8")


def test_coded_passages_are_passages_of_the_texts(shared_data):
    texts = study.read_texts(shared_data)
    study.check_hashes(texts, study.read_coded("spans"))
    with pytest.raises(SystemExit, match="is not the text that was coded"):
        study.check_hashes(texts.assign(text=texts["text"] + "."), study.read_coded("spans"))


def test_coded_sheets_hold_no_text():
    for name in ("spans", "sentences", "marked", "strata", "governance"):
        table = study.read_coded(name)
        for column in table.select_dtypes(exclude="number"):
            assert table[column].map(lambda cell: bool(re.fullmatch(r"[\w.-]*", cell))).all(), (name, column)


def test_every_concept_was_read():
    concepts = set(load_codebook().concepts["concept"])
    spans = study.read_coded("spans")
    assert set(spans["concept"]) == concepts
    assert (spans[["a", "b"]] != "").to_numpy().all(), "each passage was read by both"
