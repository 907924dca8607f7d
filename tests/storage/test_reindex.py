"""A corpus that was saved under other rules is read anew, text and metadata as they were."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import kit
from kit.errors import CorpusError
from kit.storage import manifest, reindex, save
from kit.storage.add import add_articles
from kit.storage.open import open_corpus, parts_of
from kit.storage.reindex import reindex_corpus

FRAME = pd.DataFrame(
    {
        "doc_id": ["a", "b", "c"],
        "text": ["CONTOH.com - Warga, dilayani.\nBaca Juga: Harga Beras\nSatu. Dua.", "ASN pela\u00adyanan.", "Warga."],
        "views": [1, 2, 3],
    }
)


def save_under_other_rules(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        for module in (manifest, save):
            patch.setattr(module, "rules_key", lambda: "0" * 16)
        add_articles(FRAME[:1], folder)
        add_articles(FRAME[1:], folder)


@pytest.mark.parametrize("engine", [None, 2])
def test_what_is_read_anew_is_the_corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: int | None) -> None:
    folder = tmp_path / "saved"
    save_under_other_rules(folder, monkeypatch)
    for act in (open_corpus, parts_of, lambda where: add_articles(FRAME, where)):
        with pytest.raises(CorpusError, match="was saved under other rules of language"):
            act(folder)
    with pytest.raises(CorpusError, match="was saved under other rules of language"):
        kit.save_corpus(kit.Corpus.from_frame(FRAME), folder)
    old = set((folder / "parts").iterdir())
    report = reindex_corpus(folder, engine=engine)
    assert report["documents"].tolist() == [1, 2]
    assert open_corpus(folder, engine=1, verify=True).fingerprint == kit.Corpus.from_frame(FRAME).fingerprint
    assert not old & set((folder / "parts").iterdir())
    first = open_corpus(folder, engine=1).part(0)
    for name in ("documents", "segments", "removed", "flagged", "repaired", "sentences", "tokens", "types"):
        pd.testing.assert_frame_equal(getattr(first, name), getattr(kit.Corpus.from_frame(FRAME[:1]), name))


def test_a_failure_leaves_the_old_corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "saved"
    save_under_other_rules(folder, monkeypatch)
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}

    def failing(*_arguments: object) -> None:
        raise CorpusError("no more room")

    monkeypatch.setattr(reindex, "write_manifest", failing)
    with pytest.raises(CorpusError, match="no more room"):
        reindex_corpus(folder)
    assert before == {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
