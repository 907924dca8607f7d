"""The key of the language rules: it hangs on rules and word lists, and on nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import kit.language
from kit.storage import manifest

HOME = Path(kit.language.__file__).parent


def key_of(home: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(kit.language, "__file__", str(home / "__init__.py"))
    return manifest.rules_key.__wrapped__()


def test_rules_and_word_lists_change_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "language"
    shutil.copytree(HOME, home, ignore=shutil.ignore_patterns("__pycache__"))
    key = key_of(home, monkeypatch)
    assert key == manifest.rules_key()
    for name in ("tokens.py", "lexemes.py", "data/bases.csv"):
        before = (home / name).read_bytes()
        (home / name).write_bytes(before + b"\n")
        assert key_of(home, monkeypatch) != key
        (home / name).write_bytes(before.replace(b"\n", b"\r\n"))
        assert key_of(home, monkeypatch) == key
        (home / name).write_bytes(before)
    (home / "data" / "README.md").write_bytes(b"")
    assert key_of(home, monkeypatch) == key
