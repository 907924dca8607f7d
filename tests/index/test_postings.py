"""The word stream and its postings, against loops over tokens."""

from __future__ import annotations

import gc
from unittest.mock import patch

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kit.index import postings as module
from kit.index.indexing import index_texts
from kit.index.postings import postings, rows_of
from kit.language.tokens import COUNTED

WORDS = ["a", "b", "c", "12", "a-b"]
PIECES = st.sampled_from([*WORDS, "A", " ", " ", " ", "/", " - ", "-", ", ", ". B", "\n", "(", "//"])
TEXTS = st.lists(st.lists(PIECES, max_size=20).map("".join), max_size=4)


def stream_by_loop(index):
    """(token row, form, joined) of every word, told token by token."""
    words = [row for row, kind in enumerate(index.type) if index.kinds[kind] in COUNTED]
    sentence = index.token_sentence
    for here, after in zip(words, [*words[1:], None], strict=False):
        joined = False
        if after is not None and sentence[here] == sentence[after]:
            between = [index.forms[index.type[row]] for row in range(here + 1, after)]
            joined = between in ([], ["/"], ["-"])
        yield here, index.forms[index.type[here]], joined


@given(TEXTS)
def test_few_and_many_words_are_sorted_alike(texts):
    few = postings(index_texts(texts))
    with patch.object(module, "_SMALL", 0):
        many = postings(index_texts(texts))
    for one, other in ((few.places, many.places), (few.bounds, many.bounds)):
        assert one.dtype == other.dtype
        assert one.tolist() == other.tolist()


@given(TEXTS)
def test_stream_and_places_agree_with_a_loop(texts):
    index = index_texts(texts)
    found = postings(index)
    expected = list(stream_by_loop(index))
    assert found.token.tolist() == [row for row, _, _ in expected]
    assert [index.forms[row] for row in found.type] == [form for _, form, _ in expected]
    assert found.joined.tolist() == [joined for _, _, joined in expected]
    for row, form in enumerate(index.forms):
        assert found.of([row]).tolist() == [place for place, word in enumerate(expected) if word[1] == form]


@given(TEXTS, st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=2, unique=True), min_size=1, max_size=3))
def test_phrases_agree_with_a_loop(texts, phrase):
    index = index_texts(texts)
    stream = list(stream_by_loop(index))
    expected = [
        start
        for start in range(len(stream) - len(phrase) + 1)
        if all(stream[start + offset][1] in words for offset, words in enumerate(phrase))
        and all(stream[start + offset][2] for offset in range(len(phrase) - 1))
    ]
    found = postings(index).phrase([rows_of(index.forms, words) for words in phrase])
    assert found.tolist() == expected
    assert found.dtype == np.int32


def test_rows_of_unknown_names_are_left_out():
    assert rows_of(("a", "c"), ["b", "c", "d", ""]) == [1]


def test_postings_live_as_long_as_their_index():
    index = index_texts(["satu dua"])
    kept = len(module._KEPT)
    assert postings(index) is postings(index)
    assert len(module._KEPT) == kept + 1
    del index
    gc.collect()
    assert len(module._KEPT) == kept


@given(TEXTS, st.lists(st.lists(st.sampled_from(WORDS), min_size=1, unique=True), min_size=1, max_size=2))
def test_few_types_and_many_are_looked_up_alike(texts, phrase):
    index = index_texts(texts)
    found = postings(index)
    words = [rows_of(index.forms, spellings) for spellings in phrase]
    few = found.phrase(words).tolist(), sorted(found.of(words[0]).tolist()), found.frequency(words[0])
    with patch.object(module, "_FEW", 0):
        assert found.phrase([np.array(rows, np.int64) for rows in words]).tolist() == few[0]
        assert sorted(found.of(words[0]).tolist()) == few[1]
        assert found.frequency(words[0]) == few[2] == len(few[1])
    for number in (0, 1, 3):
        assert found.first_of(words[0], number).tolist() == few[1][:number]


MORE = st.lists(
    st.lists(PIECES | st.sampled_from(["No. ", "Drs. ", " . ", ". b"]), max_size=20).map("".join), max_size=4
)


@given(MORE)
def test_the_kernel_builds_what_the_steps_build(texts):
    index = index_texts(texts)
    steps, kernel = module._by_steps(index), module._compiled(index)
    for name in ("token", "type", "joined", "listed", "places", "bounds"):
        one, other = getattr(steps, name), getattr(kernel, name)
        assert one.dtype == other.dtype
        assert one.tolist() == other.tolist(), name


@given(MORE, st.lists(st.tuples(*[st.sampled_from([*WORDS, "no", "drs", None])] * 2), min_size=1, max_size=4))
def test_the_kernel_finds_the_rows_of_words_that_the_steps_find(texts, asked):
    index = index_texts(texts)
    known = {form: row for row, form in enumerate(index.forms)} | {None: module.ANY}
    rows = [row for row in asked if any(row) and all(word in known for word in row)]
    words = np.array([[known[word] for word in row] for row in rows], np.int64).reshape(-1, 2)
    steps = postings(index).phrases(words)
    with patch.object(module, "ENOUGH", 0), patch.object(module, "compiler_is_loaded", lambda: True):
        kernel = postings(index).phrases(words)
    for one, other in zip(steps, kernel, strict=True):
        assert one.tolist() == other.tolist()
        assert one.dtype == other.dtype
