"""The Vectorizer stands in for scikit-learn's CountVectorizer."""

from __future__ import annotations

import pickle
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.pipeline import make_pipeline
from sklearn.utils.estimator_checks import (
    check_estimator_cloneable,
    check_estimator_repr,
    check_estimator_tags_renamed,
    check_get_params_invariance,
    check_no_attributes_set_in_init,
    check_parameters_default_constructible,
    check_set_params,
    check_valid_tag_types,
)

import kit
from kit.errors import CorpusError, QueryError
from kit.measures.counts.vectorizer import Vectorizer

WORD = st.sampled_from(["ASN", "asn", "warga", "Warga", "2024", "pelayanan", "P3K", "é"])
TEXTS = st.lists(st.lists(WORD, min_size=1, max_size=8).map(" ".join), min_size=2, max_size=6)


@given(TEXTS, st.sampled_from([1, 2, 0.5]), st.sampled_from([1.0, 0.9, 3]))
def test_plain_words_count_as_scikit_learn_counts_them(texts: list[str], least: float, most: float) -> None:
    theirs = CountVectorizer(token_pattern=r"\w+", min_df=least, max_df=most)
    ours = Vectorizer(min_df=least, max_df=most)
    try:
        wanted = theirs.fit_transform(texts)
    except ValueError:  # no terms remain, or max_df is below min_df
        with pytest.raises(QueryError):
            ours.fit_transform(texts)
        return
    found = ours.fit_transform(texts)
    assert ours.get_feature_names_out().tolist() == theirs.get_feature_names_out().tolist()
    assert found.toarray().tolist() == wanted.toarray().tolist()
    assert ours.transform([*texts, "lain"]).toarray().tolist() == theirs.transform([*texts, "lain"]).toarray().tolist()
    assert ours.vocabulary_ == theirs.vocabulary_


def test_punctuation_is_counted_if_asked_for() -> None:
    vectorizer = Vectorizer(kinds=("punctuation", "symbol"))
    assert vectorizer.fit_transform(["ASN, warga + desa.", ". . ."]).toarray().tolist() == [[1, 1, 1], [0, 0, 3]]
    assert vectorizer.get_feature_names_out().tolist() == ["+", ",", "."]


def test_it_is_an_estimator() -> None:
    pipeline = make_pipeline(Vectorizer(min_df=2), TfidfTransformer())
    weights = clone(pipeline).fit_transform(pd.Series(["warga asn", "warga"]))
    assert weights.toarray().tolist() == [[1.0], [1.0]]
    assert np.array_equal(Vectorizer().fit(["a b"]).transform(["b b"]).toarray(), [[0, 2]])


def test_misuse_is_named() -> None:
    with pytest.raises(NotFittedError):
        Vectorizer().transform(["a"])
    with pytest.raises(QueryError, match="unknown kind 'noun'"):
        Vectorizer(kinds=("noun",)).fit(["a"])
    with pytest.raises(QueryError, match="no type is left"):
        Vectorizer(min_df=2).fit(["a", "b"])
    with pytest.raises(CorpusError, match="not a list of texts"):
        Vectorizer().fit("satu teks")
    with pytest.raises(QueryError, match="without a codebook"):
        Vectorizer(unit="concept").fit(["a"])
    with pytest.raises(QueryError, match="unit = 'root'"):
        Vectorizer(unit="root").fit(["a"])  # type: ignore[arg-type]
    with pytest.raises(QueryError, match="stopwords = 'all'"):
        Vectorizer(stopwords="all").fit(["a"])  # type: ignore[arg-type]


def test_lexemes_and_stop_words_are_those_of_the_tables() -> None:
    texts = ["Tugas ASN dan tugas-tugasnya, tidak dan tidaklah.", "Pelayan melayani; dilayani pelayan-pelayan itu."]
    corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a", "b"], "text": texts}), clean=False)
    for unit in ("form", "lexeme"):
        for stopwords in ("keep", "drop", "core+discourse"):
            table = kit.term_frequencies(corpus, unit=unit, stopwords=stopwords)
            ours = Vectorizer(unit=unit, stopwords=stopwords)
            counts = ours.fit_transform(texts)
            found = dict(zip(ours.get_feature_names_out(), counts.sum(axis=0).tolist()[0], strict=True))
            assert found == dict(zip(table["term"], table["count"], strict=True))
            assert list(ours.vocabulary_) == sorted(found)
            assert ours.transform(texts).toarray().tolist() == counts.toarray().tolist()
    lexemes = Vectorizer(unit="lexeme").fit(texts).vocabulary_
    assert {"melayani", "dilayani", "pelayan"} <= set(lexemes)
    assert "layan" not in lexemes


def test_concepts_are_the_mentions_of_the_tables() -> None:
    texts = ["ASN harus melayani warga.", "Hujan turun.", "ASN bekerja, ASN melayani."]
    codebook = kit.load_codebook()
    vectorizer = Vectorizer(unit="concept", codebook=codebook)
    counts = vectorizer.fit_transform(texts)
    columns = vectorizer.vocabulary_
    assert list(columns) == codebook.concepts["concept"].tolist()
    assert counts[:, [columns["aktor-asn"], columns["melayani"], columns["aktor-warga"]]].toarray().tolist() == [
        [1, 1, 1],
        [0, 0, 0],
        [2, 1, 0],
    ]
    assert (vectorizer.transform(texts) != counts).nnz == 0
    patterns = Vectorizer(unit="pattern", codebook=codebook).fit(texts)
    assert "melayani: melayani" in patterns.vocabulary_


# What scikit-learn's own checks ask of an estimator, without data. Its generator passes by an estimator that takes
# texts, as it does CountVectorizer; what the others are about is asked below with texts.
@pytest.mark.parametrize(
    "check",
    [check_parameters_default_constructible, check_get_params_invariance, check_set_params, check_estimator_repr,
     check_no_attributes_set_in_init, check_estimator_tags_renamed, check_valid_tag_types, check_estimator_cloneable],
)  # fmt: skip
def test_checks_of_scikit_learn_without_data_pass(check: Callable[[str, Vectorizer], None]) -> None:
    check("Vectorizer", Vectorizer())


CODEBOOK = kit.load_codebook()


@pytest.mark.parametrize(
    "made",
    [
        Vectorizer(),
        Vectorizer(unit="lexeme", stopwords="drop", min_df=2),
        Vectorizer(unit="concept", codebook=CODEBOOK),
    ],
)
def test_what_scikit_learn_asks_of_transformers_holds_with_texts(made: Vectorizer) -> None:
    texts = ["ASN melayani warga.", "Warga dilayani ASN.", "Warga, ASN dan pejabat melayani warga."]
    before = dict(made.get_params())
    counts = made.fit_transform(texts)
    assert made.get_params() == before  # fitting sets nothing that was given
    whole = counts.toarray()
    assert counts.dtype == np.int32
    assert np.array_equal(made.fit(texts).transform(texts).toarray(), whole)  # fitting twice changes nothing
    assert np.array_equal(pickle.loads(pickle.dumps(made)).transform(texts).toarray(), whole)
    assert np.array_equal(np.vstack([made.transform([text]).toarray() for text in texts]), whole)  # each by itself
    assert np.array_equal(made.transform(texts[::-1]).toarray(), whole[::-1])
    assert np.array_equal(made.transform(np.array(texts, dtype=object)).toarray(), whole)
    assert len(made.get_feature_names_out()) == whole.shape[1]
    assert made.fit(texts, [0, 1, 0]) is made
