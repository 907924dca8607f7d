"""The index says the same as the token and sentence rules, text by text."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kit.index.indexing import index_texts
from kit.index.token_index import ranges, selection
from kit.language.tokens import fold, tokenize

PIECES = [
    "ASN",
    "asn",
    "pelayan",
    "masyarakat",
    "Warga",
    "4/2/2024",
    ",",
    ". ",
    "! ",
    " ",
    "\n",
    "\r\n",
    '"',
    "(",
    "é",
    "½",
]
TEXTS = st.lists(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), max_size=6)


@given(TEXTS)
def test_rows_are_the_tokens(texts: list[str]) -> None:
    index = index_texts(texts)
    for row, text in enumerate(texts):
        first, last = index.document_tokens[row : row + 2]
        tokens = tokenize(text)
        assert [index.surfaces[number] for number in index.surface[first:last]] == [token.text for token in tokens]
        assert index.start[first:last].tolist() == [token.start for token in tokens]
        assert index.end[first:last].tolist() == [token.end for token in tokens]
        assert [index.forms[number] for number in index.type[first:last]] == [fold(token.text) for token in tokens]


@given(TEXTS)
def test_sentences_lie_inside_documents(texts: list[str]) -> None:
    index = index_texts(texts)
    assert index.sentence_tokens[-1] == len(index.surface)
    assert (np.diff(index.sentence_tokens) > 0).all()
    filled = [bound for bound in index.document_tokens.tolist() if bound < len(index.surface)]
    assert set(filled) <= set(index.sentence_tokens.tolist())


@given(TEXTS, st.randoms(use_true_random=False))
def test_selecting_is_indexing_the_selection(texts: list[str], random: object) -> None:
    rows = [row for row in range(len(texts)) if random.random() < 0.5]  # type: ignore[attr-defined]
    random.shuffle(rows)  # type: ignore[attr-defined]
    chosen = selection(index_texts(texts), np.array(rows, np.intp))[0]
    fresh = index_texts([texts[row] for row in rows])
    for name in chosen.__dataclass_fields__:
        assert np.array_equal(getattr(chosen, name), getattr(fresh, name)), name


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 5)), max_size=8))
def test_ranges(pairs: list[tuple[int, int]]) -> None:
    begin = np.array([start for start, _ in pairs], np.int64)
    stop = begin + np.array([length for _, length in pairs], np.int64)
    assert ranges(begin, stop).tolist() == [n for a, b in zip(begin, stop, strict=True) for n in range(a, b)]


def test_forms_and_surfaces_are_sorted_and_used() -> None:
    index = index_texts(["Pemkot pemkot PEMKOT di Pemkot"])
    assert index.surfaces == ("PEMKOT", "Pemkot", "di", "pemkot")
    assert index.forms == ("di", "pemkot")
    assert index.surface_type.tolist() == [1, 1, 0, 1]
