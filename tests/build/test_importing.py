"""The target import: what it says on the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

import kit
from kit.build.importing import run_import
from kit.errors import BuildError, ReadingError


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> kit.Settings:
    (tmp_path / "pyproject.toml").write_text('[tool.kit]\ncolumns = "text=Uraian"\n', encoding="utf-8")
    (tmp_path / "a.csv").write_text(
        f"Uraian,Catatan,tgl\nWarga {'ada ' * 20}.,x,2/3/2024\n-,y,2/13/2024\n\x1b[31m{'loket ' * 20}.,z,3/3/2024\n",
        encoding="utf-8",
    )
    monkeypatch.chdir(tmp_path)
    return kit.load_settings()


def test_what_is_said_of_an_import(project: kit.Settings, capsys: pytest.CaptureFixture[str]) -> None:
    paths = [project.root / "a.csv"]
    assert run_import(project, paths, dry_run=True) == 0
    said = capsys.readouterr().out
    assert "found 3: read 2, set aside 1\nwould be added to corpus: 2\n" in said
    assert "column 'tgl' is read month first" in said
    assert "\x1b" not in said
    assert not project.corpus.exists()
    assert run_import(project, paths) == 0
    assert "found 3: read 2, set aside 1\nadded to corpus: 2\n" in capsys.readouterr().out
    assert run_import(project, paths) == 0
    assert "added to corpus: 0; there already: 2\n" in capsys.readouterr().out
    assert kit.load_corpus(project.corpus).documents["date"].tolist() == ["2024-02-03", "2024-03-03"]


def test_columns_and_kinds_that_are_not_there(project: kit.Settings) -> None:
    paths = [project.root / "a.csv"]
    with pytest.raises(ReadingError, match=r"no column 'Catatn'; the columns are: .* -> did you mean text=Catatan\?"):
        run_import(project, paths, columns="text=Catatn")
    with pytest.raises(ReadingError, match=r"there is no kind 'cvs' of file -> did you mean csv\?"):
        run_import(project, paths, kind="cvs")
    with pytest.raises(ReadingError, match="'teks' is no column of the kit -> the kit's are text, "):
        run_import(project, paths, columns="teks=Uraian")
    (project.root / "pyproject.toml").write_text('[tool.kit]\ncorpus = "a.csv"\n', encoding="utf-8")
    with pytest.raises(BuildError, match="the corpus of this project is one file"):
        run_import(kit.load_settings(), paths)
