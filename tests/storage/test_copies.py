"""Copies that were decided before: the same as decided anew, and never any that are out of date or damaged."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import kit
from kit.parts.parted import PartedCorpus
from kit.storage import copies

TEXT = "Warga {} menilai pelayanan di kantor kelurahan makin baik karena petugas mau mendengar keluhan mereka."


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where copies are kept in a project of its own, from two documents on."""
    (tmp_path / "pyproject.toml").write_text("[tool.kit]\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(copies, "_LEAST", 2)
    return tmp_path / ".kit" / copies.COPIES


def add(**texts: str) -> None:
    """Add a part to the saved corpus."""
    kit.add_articles(pd.DataFrame({"doc_id": list(texts), "text": list(texts.values())}), "saved", clean=False)


def opened(monkeypatch: pytest.MonkeyPatch, *, may_decide: bool) -> list[str]:
    """Return what each document is a copy of; an error if it has to be decided and may not."""
    corpus = kit.open_corpus("saved")
    assert isinstance(corpus, PartedCorpus)
    with monkeypatch.context() as patch:
        if not may_decide:
            patch.setattr(PartedCorpus, "_decided", None)
        return corpus.copy_of.tolist()


def test_it_is_decided_once_and_anew_when_articles_come(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(a=TEXT.format("Kaligunting"), c="Lain sama sekali.")
    add(b=TEXT.format("Kaligunting"))
    assert opened(monkeypatch, may_decide=True) == ["", "a", ""]
    assert opened(monkeypatch, may_decide=False) == ["", "a", ""]
    assert len(list(home.iterdir())) == 1
    add(d="Lain sama sekali.")
    assert opened(monkeypatch, may_decide=True) == ["", "a", "", "c"]
    assert opened(monkeypatch, may_decide=False) == ["", "a", "", "c"]


def test_what_is_damaged_is_decided_anew(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(a=TEXT.format("Kaligunting"))
    add(b=TEXT.format("Kaligunting"))
    assert opened(monkeypatch, may_decide=True) == ["", "a"]
    (file,) = home.iterdir()
    file.write_bytes(file.read_bytes().replace(b'"a"', b'"b"'))
    assert opened(monkeypatch, may_decide=True) == ["", "a"]
    assert opened(monkeypatch, may_decide=False) == ["", "a"]


def test_a_selection_and_a_part_have_what_the_whole_has(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(a=TEXT.format("Kaligunting"))
    add(b=TEXT.format("Kaligunting"))
    assert opened(monkeypatch, may_decide=True) == ["", "a"]
    corpus = kit.open_corpus("saved")
    assert isinstance(corpus, PartedCorpus)
    monkeypatch.setattr(PartedCorpus, "_decided", None)
    assert corpus.part(1).documents["copy_of"].tolist() == ["a"]
    assert corpus.where(doc_id="b").catalogue["copy_of"].tolist() == ["a"]
