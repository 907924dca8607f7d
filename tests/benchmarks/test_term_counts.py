"""Frequencies without an index, against counters of tokens."""

from __future__ import annotations

from collections import Counter
from unittest.mock import patch

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import term_counts
from benchmarks.term_counts import count_texts
from kit.errors import CorpusError
from kit.index.vocabulary import KINDS
from kit.language.reference import read_text
from kit.language.tokens import fold, kind_of

TEXTS = st.lists(st.text(st.sampled_from(list("aAbB. é,-12İßΣ\u00ad€e\u0301")), max_size=30), max_size=6)


def counted(batches):
    """Tokens and documents of each form, told text by text."""
    tokens, documents = Counter(), Counter()
    for text in (text for batch in batches for text in batch):
        forms = [fold(surface) for surface in read_text(text).surfaces]
        tokens.update(forms)
        documents.update(set(forms))
    return [(form, KINDS.index(kind_of(form)), tokens[form], documents[form]) for form in sorted(tokens)]


def listed(found):
    columns = (found.kind.tolist(), found.tokens.tolist(), found.documents.tolist())
    return list(zip(found.terms, *columns, strict=True))


@given(st.lists(TEXTS, max_size=4), st.integers(1, 3))
def test_batches_and_threads_change_nothing(batches, threads):
    expected = counted(batches)
    assert listed(count_texts(batches, threads)) == expected
    columns = [lambda batch=batch: [pa.array(batch, pa.string())] for batch in batches]
    assert listed(count_texts(columns, threads)) == expected


@given(st.lists(TEXTS, max_size=3))
def test_without_a_compiler_the_rules_count(batches):
    with patch.object(term_counts, "can_compile", return_value=False):
        assert listed(count_texts(batches, 2)) == counted(batches)


def test_a_document_that_is_no_text():
    for threads in (1, 2):
        with pytest.raises(CorpusError, match="no text"):
            count_texts([["a"], [None]], threads)
