"""The table of types."""

from __future__ import annotations

import pandas as pd
import pytest

from kit.errors import CorpusError
from kit.language.annotate import annotate


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
