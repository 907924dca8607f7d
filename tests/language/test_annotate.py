"""The table of types."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.errors import CorpusError
from kit.language.annotate import annotate
from kit.language.lexemes import lexeme
from kit.language.roots import root
from kit.language.voice import voice
from kit.lexicon.known import listed


def test_rows_keep_their_order_and_only_words_are_looked_into() -> None:
    forms = ["untuknya", "pelayanan", "4/2/2024", ",", "dinas", "harus"]
    kinds = ["word", "word", "number", "punctuation", "word", "word"]
    table = annotate(forms, kinds)
    assert table["form"].tolist() == forms
    assert table["kind"].tolist() == kinds
    assert table["lexeme"].tolist() == ["untuk", "pelayanan", "4/2/2024", ",", "dinas", "harus"]
    assert table["root"].tolist() == ["untuk", "layan", "4/2/2024", ",", "dinas", "harus"]
    assert table["voice"].tolist() == ["", "", "", "", "", ""]
    assert table["stopword"].tolist() == [True, False, False, False, False, False]


def test_columns_and_types_even_when_empty() -> None:
    for table in (annotate([], []), annotate(["dilayani"], ["word"])):
        assert table.columns.tolist() == ["form", "lexeme", "root", "kind", "voice", "stopword"]
        assert all(isinstance(table[name].dtype, pd.StringDtype) for name in table.columns[:-1])
        assert table["stopword"].dtype == bool


def test_lengths_must_agree() -> None:
    with pytest.raises(CorpusError, match="2 forms, 1 kinds"):
        annotate(["a", "b"], ["word"])


PIECES = ["se", "te", "meng", "di", "ku", "kau", "antar", "ada", "baik", "warga", "lembut", "kan", "i", "nya", "-", "2"]


@given(st.lists(st.sampled_from([*PIECES, *"adegknrt"]), min_size=1, max_size=5).map("".join))
def test_a_word_that_no_rule_looks_into_is_what_the_rules_say(form: str) -> None:
    row = annotate([form], ["word"]).iloc[0]
    assert (row["lexeme"], row["root"], row["voice"]) == (lexeme(form), root(form), voice(form))


def test_every_listed_word_and_what_looks_like_none_is_what_the_rules_say() -> None:
    forms = sorted(listed() | {form[::-1] for form in listed()} | {form[:-1] for form in listed()} - {""})
    table = annotate(forms, ["word"] * len(forms))
    assert table["lexeme"].tolist() == [lexeme(form) for form in forms]
    assert table["root"].tolist() == [root(form) for form in forms]
    assert table["voice"].tolist() == [voice(form) for form in forms]
