"""Counts per document are those of a Counter over the tokens, compiled or not."""

from __future__ import annotations

from collections import Counter
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.index import counting
from kit.index.counting import class_counts, document_frequencies, document_types, type_documents
from kit.index.indexing import read_texts
from kit.language.tokens import fold, tokenize

WORD = st.sampled_from(["ASN", "asn", "warga", "Warga", ",", "2024", "pelayanan", "é", "É"])
TEXTS = st.lists(st.lists(WORD, max_size=12).map(" ".join), max_size=6)


@given(TEXTS, st.sampled_from([0, 10**9]), st.sampled_from([0, 10**9]))
def test_counts_are_those_of_a_counter(texts: list[str], enough: int, few: int) -> None:
    index = read_texts(texts)
    with patch.object(counting, "ENOUGH", enough), patch.object(counting, "FEW", few):
        matrix = document_types(index)
    assert matrix.shape == (len(texts), len(index.forms))
    for row, text in enumerate(texts):
        wanted = Counter(fold(token.text) for token in tokenize(text))
        first, last = matrix.indptr[row : row + 2]
        names = [index.forms[column] for column in matrix.indices[first:last].tolist()]
        assert names == sorted(wanted)
        assert matrix.data[first:last].tolist() == [wanted[name] for name in names]
    in_documents = [sum(form in {fold(t.text) for t in tokenize(text)} for text in texts) for form in index.forms]
    assert document_frequencies(matrix).tolist() == in_documents


@given(TEXTS, st.sampled_from([0, 10**9]), st.lists(st.integers(-1, 3), min_size=9, max_size=9))
def test_the_documents_of_a_type_are_the_count_turned(texts: list[str], enough: int, column: list[int]) -> None:
    index = read_texts(texts)
    with patch.object(counting, "ENOUGH", enough):
        matrix, turned = (
            count(index, np.array(column[: len(index.forms)]), 4) for count in (document_types, type_documents)
        )
    assert turned.toarray().tolist() == matrix.toarray().T.tolist()
    assert turned.has_sorted_indices
    assert turned.nnz == matrix.nnz


@given(TEXTS, st.sampled_from([0, 10**9]), st.lists(st.integers(0, 2), min_size=9, max_size=9))
def test_classes_are_counted_in_every_document(texts: list[str], enough: int, classes: list[int]) -> None:
    index = read_texts(texts)
    with patch.object(counting, "ENOUGH", enough):
        found = class_counts(index, np.array(classes[: len(index.forms)], np.uint8), 3)
    of = dict(zip(index.forms, classes, strict=False))
    for row, text in enumerate(texts):
        wanted = Counter(of[fold(token.text)] for token in tokenize(text))
        assert found[row].tolist() == [wanted[number] for number in range(3)]


@pytest.mark.parametrize("enough", [0, 10**9])
def test_types_may_share_a_column_or_have_none(enough: int) -> None:
    index = read_texts(["a b c c", "b d"])
    with patch.object(counting, "ENOUGH", enough):
        matrix = document_types(index, column=[2, 0, -1, 2], columns=4)
        nothing = document_types(index, column=[-1] * 4)
    assert matrix.toarray().tolist() == [[1, 0, 1, 0], [1, 0, 1, 0]]
    assert nothing.shape == (2, 0)
    assert nothing.nnz == 0


@pytest.mark.parametrize("types", [63, 64, 65, 4095, 4096, 4097, 9000])
def test_rows_are_sorted_whatever_the_number_of_types(types: int) -> None:
    names = [f"k{number:05d}" for number in range(types)]
    index = read_texts([" ".join(names[::-1]), names[-1], "", " ".join(names[::2] * 2)])
    with patch.object(counting, "ENOUGH", 0):
        found = document_types(index)
    assert found.indices.tolist() == [*range(types), types - 1, *range(0, types, 2)]
    assert found.data.tolist() == [1] * (types + 1) + [2] * len(names[::2])
    assert found.indptr.tolist() == [0, types, types + 1, types + 1, types + 1 + len(names[::2])]


def test_a_mapped_index_is_counted_without_a_copy(tmp_path) -> None:
    index = read_texts(["warga asn warga"])
    np.save(tmp_path / "surface.npy", index.surface)
    object.__setattr__(index, "surface", np.load(tmp_path / "surface.npy", mmap_mode="r"))
    with patch.object(counting, "ENOUGH", 0):
        assert document_types(index).toarray().tolist() == [[1, 2]]
