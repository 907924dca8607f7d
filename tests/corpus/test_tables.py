"""Tables that are made by slices, and the numbers of paragraphs."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

import kit
from kit.corpus.tables import paragraphs
from kit.index.indexing import index_texts
from kit.language.tokens import COUNTED
from kit.reading.text import LINE_BREAKS

LETTERS = st.sampled_from([*"aB .,!\n\r\u2028\x85\x1c\x0b", "\r\n", "\u00ad", "e\u0301", "Warga. "])
TEXTS = st.lists(st.lists(LETTERS, max_size=25).map("".join), max_size=4)


def corpus_of(texts: list[str]) -> kit.Corpus:
    frame = pd.DataFrame({"doc_id": [f"d{row}" for row in range(len(texts))], "text": pd.Series(texts, dtype="str")})
    return kit.Corpus.from_frame(frame, clean=False)


def test_lines_end_where_python_ends_them() -> None:
    ends = {chr(code) for code in range(0x110000) if len(f"a{chr(code)}b".splitlines()) == 2}
    assert ends == set(LINE_BREAKS)


@given(TEXTS)
def test_a_paragraph_is_a_line_in_which_a_sentence_begins(texts: list[str]) -> None:
    corpus = corpus_of(texts)
    numbers = paragraphs(corpus.index, texts)
    assert numbers.dtype == np.int32
    pd.testing.assert_series_equal(corpus.sentences["paragraph"], pd.Series(numbers, name="paragraph"))
    for doc, text in enumerate(texts):
        sentences = corpus.sentences[corpus.sentences["doc"] == doc]
        lines = [len(re.findall(f"[{LINE_BREAKS}]", text[:start])) for start in sentences["start"]]
        assert sentences["paragraph"].tolist() == [sorted(set(lines)).index(line) for line in lines]


def test_no_text_has_no_paragraph() -> None:
    assert paragraphs(index_texts([]), []).tolist() == []
    assert paragraphs(index_texts(["", "\n"]), ["", "\n"]).tolist() == []


@given(TEXTS, st.integers(-3, 60), st.integers(-3, 60))
def test_slices_of_tokens_are_rows_of_all(texts: list[str], begin: int, stop: int) -> None:
    corpus = corpus_of(texts)
    whole, rows = corpus.tokens, corpus.token_rows(begin, stop)
    pd.testing.assert_frame_equal(rows, whole.iloc[begin:stop])
    assert set(rows.dtypes) == {np.dtype("int32")}


@given(TEXTS)
def test_words_are_the_tokens_that_count(texts: list[str]) -> None:
    corpus = corpus_of(texts)
    kinds = corpus.types["kind"].to_numpy(object)[corpus.tokens["type"]]
    assert corpus.counted.tolist() == [kind in COUNTED for kind in kinds]
    assert corpus.words == int(corpus.counted.sum()) == corpus.about()["tokens"]
