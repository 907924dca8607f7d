"""The key of the language rules: it hangs on rules and word lists, and on nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import kit.language
import kit.lexicon
from kit.storage import manifest

ROOMS = {"language": kit.language, "lexicon": kit.lexicon}


def key_of(homes: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    for name, room in ROOMS.items():
        monkeypatch.setattr(room, "__file__", str(homes / name / "__init__.py"))
    return manifest.rules_key.__wrapped__()


def test_rules_and_word_lists_change_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, room in ROOMS.items():
        home = Path(room.__file__).parent
        shutil.copytree(home, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    key = key_of(tmp_path, monkeypatch)
    assert key == manifest.rules_key()
    for name in ("language/tokens.py", "language/lexemes.py", "lexicon/affixes.py", "lexicon/data/bases.csv"):
        file = tmp_path / name
        before = file.read_bytes()
        file.write_bytes(before + b"\n")
        assert key_of(tmp_path, monkeypatch) != key
        file.write_bytes(before.replace(b"\n", b"\r\n"))
        assert key_of(tmp_path, monkeypatch) == key
        file.write_bytes(before)
    (tmp_path / "lexicon" / "data" / "README.md").write_bytes(b"")
    assert key_of(tmp_path, monkeypatch) == key
