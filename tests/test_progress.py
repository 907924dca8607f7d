"""Where the progress of a long computation is shown, and where not."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kit import progress
from kit.progress import counted


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No waiting, and no notebook."""
    monkeypatch.setattr(progress, "_SOON", 0)
    monkeypatch.setattr(progress, "_SELDOM", 0)
    monkeypatch.delenv(progress.FILE, raising=False)
    monkeypatch.delitem(sys.modules, "ipykernel", raising=False)


def run(**options: bool) -> None:
    with counted(3, "topics", **options) as steps:
        for _ in range(3):
            steps.update()


def test_where_lines_cannot_be_rewritten_each_is_one_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    run()
    out, err = capsys.readouterr()
    assert out == ""
    assert "\r" not in err
    lines = err.splitlines()
    assert [line.split(" [")[0] for line in lines[-3:]] == ["topics: 1/3", "topics: 2/3", "topics: 3/3"]
    assert lines[-1].endswith("<00:00]")


def test_what_is_quick_says_nothing(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_SELDOM", 30)
    run()
    run(shown=False)
    assert capsys.readouterr() == ("", "")


def test_a_notebook_is_not_told_by_standard_error(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ipykernel", None)
    run()
    out, err = capsys.readouterr()
    assert err == ""
    assert "\rtopics: 3/3 [" in out


def test_a_build_reads_it_from_a_file(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(progress.FILE, str(tmp_path / "note.txt"))
    run()
    assert capsys.readouterr() == ("", "")
    assert (tmp_path / "note.txt").read_text(encoding="utf-8") == "topics 3/3|0"
