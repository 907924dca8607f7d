"""Tables that are made by slices, and the numbers of paragraphs."""

from __future__ import annotations

import re
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

import kit
from kit.corpus import tables
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
    with patch.object(tables, "_BYTES", 7):
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


def test_texts_are_cleaned_of_the_titles_of_their_own_rows(tmp_path: Path) -> None:
    texts = ["Loket Pagi\nSOLO, KABAR.com - Warga datang.", "Loket Pagi\nPetugas datang.", "Warga pulang."]
    frame = pd.DataFrame({"doc_id": ["b", "a", "c"], "text": texts, "title": ["LOKET PAGI", None, "Warga pulang"]})
    (tmp_path / "a.csv").write_text(frame.to_csv(index=False), encoding="utf-8")
    for corpus in (kit.Corpus.from_frame(frame), kit.load_corpus(tmp_path / "a.csv")):
        assert corpus.documents["text"].tolist() == ["Loket Pagi\nPetugas datang.", "Warga datang.", "Warga pulang."]
        assert corpus.documents["place"].tolist() == ["", "Solo", ""]
        assert corpus.removed.loc[corpus.removed["rule"] == "repeated_title", ["doc", "text"]].to_numpy().tolist() == [
            [1, "Loket Pagi"]
        ]
    assert kit.Corpus.from_frame(frame, clean=False).documents["text"].tolist() == [texts[1], texts[0], texts[2]]


@given(TEXTS)
def test_words_are_the_tokens_that_count(texts: list[str]) -> None:
    corpus = corpus_of(texts)
    kinds = corpus.types["kind"].to_numpy(object)[corpus.tokens["type"]]
    assert corpus.counted.tolist() == [kind in COUNTED for kind in kinds]
    assert corpus.words == int(corpus.counted.sum()) == corpus.about()["tokens"]
