"""The table of many types, against what is said of each."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.corpus import annotated
from kit.corpus.annotated import annotate_many
from kit.language import annotate as annotating
from kit.language.annotate import annotate
from kit.language.kept_words import KeptWords
from kit.lexicon.known import listed

PIECES = ["se", "te", "meng", "di", "ku", "kau", "antar", "ada", "baik", "warga", "lembut", "kan", "i", "nya", "-", "2"]


def in_columns(forms: list[str], kinds: list[str]) -> pd.DataFrame:
    return annotate_many(*(pa.array(column, pa.large_string()) for column in (forms, kinds)))


@given(st.lists(st.lists(st.sampled_from([*PIECES, *"adegknrt'é1"]), max_size=5).map("".join), max_size=6))
def test_columns_say_what_is_said_of_each(forms: list[str]) -> None:
    kinds = (["word", "number", "word", "symbol", "word", "address"] * len(forms))[: len(forms)]
    pd.testing.assert_frame_equal(in_columns(forms, kinds), annotate(forms, kinds))


def test_columns_say_the_same_of_words_of_which_nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    forms = sorted(listed() | {form[::-1] for form in listed()} | {"untuknya", "'e'an", "éeé", "9e9"} - {""})
    expected = annotate(forms, ["word"] * len(forms))
    words = KeptWords(annotating._said)
    monkeypatch.setattr(words, "known", lambda: words._known)
    known = annotated._Known(words)
    monkeypatch.setattr(annotated, "_known", lambda: known)
    pd.testing.assert_frame_equal(in_columns(forms, ["word"] * len(forms)), expected)
    pd.testing.assert_frame_equal(in_columns(forms, ["word"] * len(forms)), expected)
    assert known.columns().words.to_pylist() == list(words.known())
