"""Levels of a codebook counted without counting words twice, and counts inside passages, both by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import kit
from kit.codebook.validation import check
from kit.errors import QueryError
from kit.parts.parted import PartedCorpus

TEXTS = {
    "a": "Clean and good governance. Good governance dan tata kelola. Warga dilayani ASN.",
    "b": "Bangga melayani bangsa (ASN). Clean government.",
    "c": "Hujan.",
}


def corpus_of(texts: dict[str, str]) -> kit.Corpus:
    return kit.Corpus.from_frame(pd.DataFrame({"doc_id": list(texts), "text": list(texts.values())}), clean=False)


CORPUS = corpus_of(TEXTS)


@pytest.fixture(scope="module")
def book() -> kit.Codebook:
    """The shipped codebook, with melayani and dilayani below pelayanan-publik, so that there are three levels."""
    codebook = kit.load_codebook()
    concepts = codebook.concepts
    below = concepts["concept"].isin(["melayani", "dilayani"])
    concepts["parent"] = concepts["parent"].mask(below, "pelayanan-publik")
    problems, rules = check(concepts, codebook.patterns)
    assert not problems
    return replace(codebook, _concepts=concepts, rules=rules)


def test_groups_count_what_is_below_them_and_a_stretch_once(book: kit.Codebook) -> None:
    table = kit.concept_frequencies(CORPUS, book, levels=True).set_index("concept")
    columns = ["level", "documents", "sentences", "hits", "mentions"]
    assert table.loc["good-governance", columns].tolist() == [1, 1, 2, 3, 3]
    assert table.loc["clean-government", columns].tolist() == [1, 2, 2, 2, 2]
    # "clean and good governance" is one stretch of the group: it is a hit of both, and good governance lies inside it
    assert table.loc["tata-kelola", columns].tolist() == [0, 2, 3, 4, 4]
    assert table.loc["pelayanan-publik", columns].tolist() == [1, 2, 2, 2, 2]
    assert table.loc["melayani", columns].tolist() == [2, 1, 1, 1, 1]
    assert table.loc["pelayanan", columns].tolist() == [0, 2, 2, 2, 2]
    assert table.loc["melayani", "parent"] == "pelayanan-publik"
    assert table.loc["pelayanan", "parent"] == ""
    names = table.index.tolist()
    assert names.index("pelayanan") < names.index("pelayanan-publik") < names.index("melayani")
    assert set(names) == set(book.concepts["concept"]) | set(book.concepts["parent"])


def test_concepts_of_the_lowest_level_count_as_without_levels(book: kit.Codebook) -> None:
    lowest = ~book.concepts["concept"].isin(book.concepts["parent"])
    names = book.concepts.loc[lowest, "concept"]
    with_levels = kit.concept_frequencies(CORPUS, book, levels=True).set_index("concept").loc[names]
    without = kit.concept_frequencies(CORPUS, book).set_index("concept").loc[names]
    pd.testing.assert_frame_equal(with_levels[without.columns], without)


def test_levels_of_a_corpus_in_parts_and_by_groups(book: kit.Codebook) -> None:
    parted = PartedCorpus.of([CORPUS._take(np.array(some)) for some in ([0, 2], [1])])
    pd.testing.assert_frame_equal(
        kit.concept_frequencies(parted, book, levels=True), kit.concept_frequencies(CORPUS, book, levels=True)
    )
    table = kit.concept_frequencies(CORPUS, book, levels=True, by="doc_id").set_index(["doc_id", "concept"])
    assert table["mentions"][:, "tata-kelola"].tolist() == [3, 1, 0]


def test_the_passages_behind_levels_agree_with_them(book: kit.Codebook) -> None:
    table = kit.concept_frequencies(CORPUS, book, levels=True)
    shown = kit.evidence(CORPUS, kit.find_passages(CORPUS, table, codebook=book))
    kit.Table(table, id="tbl-x", title={"en": "x", "id": "x"}, evidence=shown).files()


def test_counts_inside_passages_are_of_their_words(book: kit.Codebook) -> None:
    within = pd.DataFrame({"doc": [0, 1], "start": [0, 0], "end": [26, 22]})  # the first sentence; bangga … bangsa
    table = kit.concept_frequencies(CORPUS, book, within=within).set_index("concept")
    assert table.loc["good-governance", "mentions"] == 1
    assert table.loc["clean-government", "documents"] == 1
    assert table.loc["melayani", "mentions"] == 1
    assert table.loc["aktor-asn", "mentions"] == 0
    assert table.loc["melayani", "per_1000"] == pytest.approx(1000 / 7)  # 4 words and 3 words
    parted = PartedCorpus.of([CORPUS._take(np.array(some)) for some in ([1, 2], [0])])
    pd.testing.assert_frame_equal(
        kit.concept_frequencies(parted, book, within=within), kit.concept_frequencies(CORPUS, book, within=within)
    )
    patterns = kit.pattern_frequencies(CORPUS, book, within=within).set_index("pattern")
    assert patterns.loc["bangga melayani bangsa", "mentions"] == 1
    with pytest.raises(QueryError, match="within passages"):
        kit.find_passages(CORPUS, kit.concept_frequencies(CORPUS, book, within=within), codebook=book)
