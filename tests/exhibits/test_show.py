"""A first look: what an exhibit would print, and nothing is written."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import kit
from kit.errors import ExhibitError

FRAME = pd.DataFrame({"doc_id": ["a"], "text": ["ASN melayani warga, warga menunggu."]})
TERMS = kit.term_frequencies(kit.Corpus.from_frame(FRAME, clean=False))


def test_a_look_has_headings_rows_and_the_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text("[tool.kit]\nlabels = 'en'\n", encoding="utf-8")
    look = kit.show(TERMS, rows=2)
    page, text = look._repr_html_(), repr(look)
    assert "A look at term_frequencies" in page
    for shown in (page, text):
        assert "warga" in shown
        assert "menunggu" not in shown
        assert "Counted: word forms." in shown
        assert "Corpus fingerprint" in shown
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pyproject.toml"]


def test_what_is_no_table_of_the_kit_is_refused() -> None:
    with pytest.raises(ExhibitError):
        kit.show(pd.DataFrame({"term": ["asn"]}))
    with pytest.raises(ExhibitError, match="rows = 0"):
        kit.show(TERMS, rows=0)
