"""What the rules say of words is kept by a project as they say it, and decided anew where it is not as written."""

from __future__ import annotations

from pathlib import Path

import pytest

from kit.language import kept_words as module
from kit.language.annotate import _said
from kit.language.kept_words import KeptWords, Said

WORDS = ("pelayanannya", "didprd", "melayani", "kedepan", "tugas-tugasnya", "é-é", "\ud800nya", "di")


def test_words_are_decided_once_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ENOUGH", len(WORDS))
    monkeypatch.chdir(tmp_path)
    asked: list[str] = []

    def decide(word: str) -> Said:
        asked.append(word)
        return _said(word)

    def told(words: KeptWords) -> list[Said]:
        known = words.known()
        found = [known.get(word) or words.say(word) for word in WORDS]
        words.keep()
        return found

    expected = [_said(word) for word in WORDS]
    session = KeptWords(decide)
    assert [told(session), told(session)] == [expected, expected]
    assert len(asked) == len(WORDS)
    assert list(tmp_path.iterdir()) == []  # no project keeps nothing
    (tmp_path / "pyproject.toml").write_text("[tool.kit]\n", encoding="utf-8")
    assert told(KeptWords(decide)) == expected
    assert len(asked) == 2 * len(WORDS)
    assert told(KeptWords(decide)) == expected
    assert len(asked) == 2 * len(WORDS)
    (file,) = (tmp_path / ".kit" / module.WORDS).iterdir()
    file.write_bytes(file.read_bytes()[:-1])
    assert told(KeptWords(decide)) == expected
    assert len(asked) == 3 * len(WORDS)
    monkeypatch.setattr(module, "rules_of", lambda *rooms: "other rules")
    assert told(KeptWords(decide)) == expected
    assert len(asked) == 4 * len(WORDS)


def test_few_new_words_are_not_written_and_many_are_not_all_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text("[tool.kit]\n", encoding="utf-8")
    words = KeptWords(_said)
    words.say("melayani")
    words.keep()
    assert not (tmp_path / ".kit" / module.WORDS).exists()
    monkeypatch.setattr(module, "MOST", 1)
    assert words.say("dilayani") == _said("dilayani")
    assert list(words.known()) == ["melayani"]
