"""The Vectorizer stands in for scikit-learn's CountVectorizer."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.pipeline import make_pipeline

from kit.errors import CorpusError, QueryError
from kit.index.vectorizer import Vectorizer

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
