"""The model that tells languages, unpacked here: as the library loads it, kept by a project, and never if damaged."""

from __future__ import annotations

from pathlib import Path

import pytest
from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier

from kit.language import model

TEXTS = ("The mayor opened an office for all.", "Bupati membuka kantor layanan.", "Para lurah padha teka.", "", "12 é")


def test_it_tells_what_the_library_tells() -> None:
    theirs, ours = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True), model.identifier()
    assert [ours.classify(text) for text in TEXTS] == [theirs.classify(text) for text in TEXTS]


def test_a_project_keeps_it_and_reads_it_only_as_it_was_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed, times = (MODEL_DIR / MODEL_FILE).read_bytes(), []
    unpack = model.lzma.decompress
    whole = unpack(packed)
    monkeypatch.setattr(model.lzma, "decompress", lambda packed: times.append(1) or whole)
    monkeypatch.chdir(tmp_path)
    assert model._unpacked(packed) == whole
    assert (len(times), list(tmp_path.iterdir())) == (1, [])  # no project keeps nothing
    (tmp_path / "pyproject.toml").write_text("[tool.kit]\n", encoding="utf-8")
    assert [model._unpacked(packed) == whole for _ in range(2)] == [True, True]
    assert len(times) == 2
    (file,) = (tmp_path / ".kit" / model.UNPACKED).iterdir()
    damaged = bytearray(file.read_bytes())
    damaged[-1] ^= 1
    file.write_bytes(damaged)
    assert model._unpacked(packed) == whole
    assert len(times) == 3
