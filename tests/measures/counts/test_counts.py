"""The document × item matrix against the frequency tables and a slow count."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kit
from kit.errors import QueryError
from kit.language.tokens import COUNTED, fold, tokenize
from kit.measures.counts.counts import count_items


def corpus_of(texts: list[str]) -> kit.Corpus:
    ids = [f"d{row}" for row in range(len(texts))]
    return kit.Corpus.from_frame(pd.DataFrame({"doc_id": ids, "text": texts}), clean=False)


WORDS = st.lists(st.sampled_from(["asn", "ASN", "warga", "2024", ",", "."]), max_size=12).map(" ".join)


@given(st.lists(WORDS, max_size=5))
def test_forms_equal_a_slow_count(texts: list[str]) -> None:
    counts = count_items(corpus_of(texts))
    for row, text in enumerate(texts):
        expected = Counter(fold(token.text) for token in tokenize(text) if token.kind in COUNTED)
        got = dict(zip(counts.items, counts.matrix.toarray()[row].tolist(), strict=True))
        assert {name: number for name, number in got.items() if number} == dict(expected)
        assert counts.sizes[row] == sum(expected.values())


def test_lexemes_and_concepts_agree_with_the_tables() -> None:
    corpus = corpus_of(["Layanannya akuntabel. Aparatur Sipil Negara (ASN) melayani.", "Layanan layanan-layanan ASN"])
    codebook = kit.load_codebook()
    lexemes = count_items(corpus, "lexeme")
    table = kit.term_frequencies(corpus, unit="lexeme").set_index("term")
    assert dict(zip(lexemes.items, lexemes.totals.tolist(), strict=True)) == table["count"].to_dict()
    assert dict(zip(lexemes.items, lexemes.document_frequency.tolist(), strict=True)) == table["documents"].to_dict()
    concepts = count_items(corpus, "concept", codebook=codebook)
    frequencies = kit.concept_frequencies(corpus, codebook)
    assert concepts.items == tuple(frequencies.concept)
    assert concepts.totals.tolist() == frequencies.mentions.tolist()
    patterns = count_items(corpus, "pattern", codebook=codebook)
    assert patterns.totals.tolist() == kit.pattern_frequencies(corpus, codebook).mentions.tolist()


def test_copies_are_one_story() -> None:
    assert count_items(corpus_of(["a", "b", "a", "a"])).story.tolist() == [0, 1, 0, 0]


def test_rows_are_sorted() -> None:
    matrix = count_items(corpus_of(["c b a c", "b a"])).matrix
    assert matrix.has_sorted_indices
    assert matrix.dtype == np.int64


def test_units_without_meaning() -> None:
    with pytest.raises(QueryError, match="root"):
        count_items(corpus_of(["a"]), "root")
    with pytest.raises(QueryError, match="codebook"):
        count_items(corpus_of(["a"]), "concept")
