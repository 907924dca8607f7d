"""Coherence against numbers printed by gensim and Palmetto, against hand counts, and against slow definitions."""

from __future__ import annotations

import json
import math
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from kit.errors import QueryError
from kit.measures.association import formulas as association_formulas
from kit.topics.coherence.coherence import (
    by_document,
    by_window,
    npmi,
    npmi_of_pair,
    pmi,
    pmi_of_pair,
    umass,
)
from kit.topics.coherence.cooccurrence import Together
from kit.topics.quality.distinctness import diversity

ORACLES = Path(__file__).parents[2] / "oracles"
PUBLISHED = {
    row["id"]: row
    for row in json.loads((ORACLES / "oracles.json").read_text(encoding="utf-8"))
    if row["family"] == "coherence"
}
GENSIM = json.loads((ORACLES / "coherence_gensim.json").read_text(encoding="utf-8"))


def numbered(texts: list[list[str]]) -> tuple[dict[str, int], list[int], list[int]]:
    """Words by number, running words, and where each text begins."""
    words = {word: place for place, word in enumerate(sorted({word for text in texts for word in text}))}
    running = [words[word] for text in texts for word in text]
    return words, running, [0, *np.cumsum([len(text) for text in texts]).tolist()]


def documents_of(texts: list[list[str]]) -> tuple[dict[str, int], sparse.csr_array]:
    words, running, bounds = numbered(texts)
    row = np.repeat(np.arange(len(texts)), np.diff(bounds))
    return words, sparse.coo_array((np.ones(len(running), int), (row, running)), (len(texts), len(words))).tocsr()


def test_gensim_of_one_pair() -> None:
    counts = PUBLISHED["gensim_npmi"]["inputs"]
    pair = (counts["n1"], counts["n2"], counts["n12"], counts["D"])
    assert npmi_of_pair(*pair, "gensim") == pytest.approx(PUBLISHED["gensim_npmi"]["expected"], abs=1e-7)
    assert pmi_of_pair(*pair, "gensim") == pytest.approx(PUBLISHED["gensim_pmi"]["expected"], abs=1e-7)
    # W* is the second: ln((1/5) / (2/5))
    together = Together(5, np.arange(2), np.array([[counts["n2"], counts["n12"]], [counts["n12"], counts["n1"]]]))
    expected = PUBLISHED["gensim_logcond"]["expected"]
    assert umass(together, [[0, 1]], "gensim")[0] == pytest.approx(expected, abs=1e-7)


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("treatment", ["palmetto", "limit"])
def test_palmetto_on_its_own_matrices(number: int, treatment: Any) -> None:
    row = PUBLISHED[f"palmetto_npmi_{number}"]
    matrix = sparse.csr_array(np.array(row["inputs"]["doc_word_matrix"]))
    together = by_document(matrix, [0, 1, 2])
    assert npmi(together, [[0, 1, 2]], treatment)[0] == pytest.approx(row["expected"], abs=row["abs_tol"])
    row = PUBLISHED[f"palmetto_pmi_{number}"]
    assert pmi(together, [[0, 1, 2]], treatment)[0] == pytest.approx(row["expected"], abs=row["abs_tol"])


def test_gensim_on_whole_topics_with_and_without_texts_that_have_no_topic_word() -> None:
    """gensim issue 3181: before 4.1 the text without any topic word was not counted."""
    for row in (PUBLISHED["gensim_3181_npmi_n8"], PUBLISHED["gensim_3181_npmi_n9"]):
        topics = row["inputs"]["topics"]
        relevant = {word for topic in topics for word in topic}
        texts = [
            text for text in row["inputs"]["texts"] if not row["inputs"]["drop_irrelevant_docs"] or relevant & {*text}
        ]
        words, running, bounds = numbered(texts)
        top = [[words[word] for word in topic] for topic in topics]
        for together in (by_document(documents_of(texts)[1], top), by_window(running, bounds, top, 10)):
            assert npmi(together, top, "gensim") == pytest.approx(row["expected"], abs=1e-9)


def test_the_limit_is_minus_one_where_gensim_smooths() -> None:
    """The same texts with -1 for pairs that never meet; computed by hand from the counts (oracles.json, note)."""
    row = PUBLISHED["gensim_3181_npmi_n9"]
    words, matrix = documents_of(row["inputs"]["texts"])
    top = [[words[word] for word in topic] for topic in row["inputs"]["topics"]]
    values = npmi(by_document(matrix, top), top)
    assert values[0] == pytest.approx(row["expected"][0], abs=1e-9)
    assert values[1] == pytest.approx(-0.27069945764062897, abs=1e-9)


def test_windows_as_gensim_counts_them() -> None:
    row = PUBLISHED["gensim_sliding"]
    words, running, bounds = numbered(row["inputs"]["texts"])
    found = by_window(running, bounds, list(words.values()), row["inputs"]["window"])
    counts = {word: int(found.counts[place, place]) for word, place in words.items()}
    assert {word: counts[word] for word in row["expected"]} == row["expected"]


@pytest.mark.parametrize("name", list(GENSIM["expected"]))
def test_what_gensim_prints(name: str) -> None:
    row = GENSIM["expected"][name]
    words, running, bounds = numbered(GENSIM["texts"])
    top = [[words[word] for word in topic] for topic in GENSIM["topics"]]
    if name == "u_mass":
        values = umass(by_document(documents_of(GENSIM["texts"])[1], top), top, "gensim")
    else:
        together = by_window(running, bounds, top, row["window"], "gensim")
        values = (pmi if name.startswith("c_uci") else npmi)(together, top, "gensim")
    assert values == pytest.approx(row["values"], abs=1e-9)


def test_octis_diversity() -> None:
    row = PUBLISHED["octis_diversity"]
    words = {word: place for place, word in enumerate("abcde")}
    assert diversity([[words[word] for word in topic] for topic in row["inputs"]["topics"]]) == row["expected"]


def test_umass_of_mimno_by_hand() -> None:
    """Ranks a, b, c; D(a) = 3, D(b) = 2; a and b meet twice, a and c once, b and c never."""
    matrix = sparse.csr_array(np.array([[1, 1, 0], [1, 1, 0], [1, 0, 1], [0, 0, 1]]))
    expected = (math.log(3 / 3) + math.log(2 / 3) + math.log(1 / 2)) / 3
    assert umass(by_document(matrix, [0, 1, 2]), [[0, 1, 2]])[0] == pytest.approx(expected, abs=1e-9)


def test_the_order_of_terms_matters_to_umass_alone() -> None:
    matrix = sparse.csr_array(np.array([[1, 1, 0], [1, 0, 1], [1, 0, 0]]))
    together = by_document(matrix, [0, 1, 2])
    assert umass(together, [[0, 1, 2]]) != umass(together, [[2, 1, 0]])
    assert npmi(together, [[0, 1, 2]]) == npmi(together, [[2, 1, 0]])


def test_terms_the_texts_do_not_have() -> None:
    together = by_document(sparse.csr_array(np.array([[1, 1, 0], [0, 1, 0], [1, 0, 0]])), [0, 1, 2])
    seen = npmi(together, [[0, 1]])[0]
    assert npmi(together, [[0, 1, 2]])[0] == seen
    assert npmi(together, [[0, 1, 2]], "palmetto")[0] == pytest.approx(npmi(together, [[0, 1]], "palmetto")[0] / 3)
    nothing = by_document(sparse.csr_array(np.zeros((2, 2), int)), [0, 1])
    assert np.isnan(npmi(nothing, [[0, 1]])).all()
    assert np.isnan(umass(nothing, [[0, 1]])).all()


def test_the_kits_npmi_is_that_of_collocations() -> None:
    for one, other, both, contexts in ((10, 10, 10, 100), (7, 5, 3, 40), (4, 4, 0, 9), (6, 6, 6, 6)):
        expected = association_formulas.npmi(both, one, other, contexts)
        assert npmi_of_pair(one, other, both, contexts) == pytest.approx(float(expected), abs=1e-12)


@given(st.integers(1, 60), st.data())
def test_npmi_has_its_bounds(contexts: int, data: st.DataObject) -> None:
    both = data.draw(st.integers(0, contexts))
    one = data.draw(st.integers(max(both, 1), contexts))
    other = (
        data.draw(st.integers(max(both, 1), max(both, 1) + contexts - one))
        if both
        else data.draw(st.integers(1, contexts))
    )
    assert -1 <= npmi_of_pair(one, other, both, contexts) <= 1
    if both * contexts == one * other and 0 < both < contexts:
        assert npmi_of_pair(one, other, both, contexts) == 0


@given(st.lists(st.lists(st.integers(0, 4), max_size=9), max_size=6), st.integers(1, 6))
def test_windows_by_the_slow_definition(texts: list[list[int]], window: int) -> None:
    windows = [
        {*text[begin : begin + window]} for text in texts if text for begin in range(max(len(text) - window + 1, 1))
    ]
    bounds = [0, *np.cumsum([len(text) for text in texts]).astype(int).tolist()]
    found = by_window([word for text in texts for word in text], bounds, [0, 1, 2, 3], window)
    assert found.contexts == len(windows)
    for one, other in combinations(range(4), 2):
        assert found.counts[one, other] == sum({one, other} <= held for held in windows)
        assert found.counts[one, one] == sum(one in held for held in windows)


def test_gensim_loses_a_word_that_comes_twice_in_a_window() -> None:
    """By hand: windows aab, abc and bcd of a a b c d; gensim takes a out of the second."""
    text, bounds = [0, 0, 1, 2, 3], [0, 5]
    assert np.diag(by_window(text, bounds, [0, 1, 2, 3], 3).counts).tolist() == [2, 3, 2, 1]
    assert np.diag(by_window(text, bounds, [0, 1, 2, 3], 3, "gensim").counts).tolist() == [1, 3, 2, 1]


def test_a_window_as_long_as_every_text_is_the_text() -> None:
    words, running, bounds = numbered(GENSIM["texts"])
    every = list(words.values())
    by_text = by_document(documents_of(GENSIM["texts"])[1], every)
    windows = by_window(running, bounds, every, 100)
    assert windows.contexts == by_text.contexts
    assert np.array_equal(windows.counts, by_text.counts)


def test_what_has_no_meaning_is_refused() -> None:
    together = by_document(sparse.csr_array(np.eye(3, dtype=int)), [0, 1])
    with pytest.raises(QueryError, match="term 2 was not counted"):
        npmi(together, [[0, 2]])
    with pytest.raises(QueryError, match="treatment"):
        npmi(together, [[0, 1]], "c_v")  # type: ignore[arg-type]
    with pytest.raises(QueryError, match="treatment"):
        umass(together, [[0, 1]], "limit")  # type: ignore[arg-type]
    with pytest.raises(QueryError, match="window"):
        by_window([0], [0, 1], [0], 0)
    with pytest.raises(QueryError, match="repeats"):
        by_window([0], [0, 1], [0], 2, "lost")  # type: ignore[arg-type]
    with pytest.raises(QueryError, match="was not counted"):
        by_document(sparse.csr_array(np.eye(3, dtype=int)), []).of([1])
