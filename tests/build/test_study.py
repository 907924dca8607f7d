"""A study of one's own: what ``init`` lays out, from a clone and from an installed kit."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

import kit
from kit.build.__main__ import main
from kit.build.lock import lock_flaws, read_lock
from kit.errors import KitError

ROOT = Path(__file__).resolve().parents[2]
WHEEL = f"governance_discourse_kit-{kit.__version__}-py3-none-any.whl"


def files(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture
def study(wheel: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    folder = tmp_path / "Kajian é, dua"
    assert main(["init", str(folder)]) == 0
    assert WHEEL in capsys.readouterr().out
    return folder


def test_everything_is_there_and_nothing_else(study: Path) -> None:
    notebooks = {f"notebooks/{file.name}" for file in (ROOT / "notebooks").glob("*.ipynb")}
    assert files(study).keys() == notebooks | {
        *("README.md", "pyproject.toml", "make.py", "requirements.lock", ".gitignore", ".gitattributes", WHEEL),
        *("corpus/README.md", "corpus/articles.csv", "corpus/datapackage.json", "corpus/articles/.gitkeep"),
    }
    assert list((study / "figures").iterdir()) == []
    for name in ("make.py", ".gitignore", ".gitattributes", *notebooks):
        assert (study / name).read_bytes() == (ROOT / name).read_bytes()
    assert os.name != "posix" or os.access(study / "make.py", os.X_OK)


def test_its_settings_are_those_of_a_clone(study: Path) -> None:
    settings = kit.load_settings(study / "notebooks")
    assert settings.root == study
    mine, theirs = settings, kit.load_settings(ROOT)
    assert (mine.labels, mine.evidence, mine.codebook) == (theirs.labels, theirs.evidence, theirs.codebook)
    assert (mine.corpus, mine.figures) == (study / "corpus", study / "figures")
    assert 'name = "kajian-dua"' in (study / "pyproject.toml").read_text(encoding="utf-8")


def test_its_lock_is_the_kits_and_the_wheel_with_its_hash(study: Path) -> None:
    text = (study / "requirements.lock").read_text(encoding="utf-8")
    assert lock_flaws(text) == []
    *others, last = read_lock(text)
    assert others == read_lock((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    assert last.requirement == f"governance-discourse-kit=={kit.__version__}"
    assert last.hashes == (f"--hash=sha256:{hashlib.sha256((study / WHEEL).read_bytes()).hexdigest()}",)


def test_its_corpus_is_empty_and_says_what_to_do(study: Path) -> None:
    table = (study / "corpus" / "articles.csv").read_text(encoding="utf-8").splitlines()
    assert len(table) == 1
    assert table[0].startswith("file,doc_id,")
    readme = (study / "corpus" / "README.md").read_text(encoding="utf-8")
    assert "## Add an article" in readme
    assert "seed" not in readme.casefold()
    with pytest.raises(KitError, match="articles"):
        kit.load_corpus(study / "corpus")
    (study / "corpus" / "articles" / "a.txt").write_text("ASN melayani warga.\n", encoding="utf-8")
    assert len(kit.load_corpus(study / "corpus").documents) == 1


def test_make_runs_from_the_wheel_without_any_package(study: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-S", "-E", str(study / "make.py"), "--help"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "new-notebook" in done.stdout
    assert not (study / ".venv").exists()


def test_an_installed_kit_lays_out_the_same(installed: Path, study: Path, tmp_path: Path) -> None:
    for arguments in ([], ["--seed"]):
        folder = tmp_path / "lain" / study.name
        command = [sys.executable, "-m", "kit", "init", str(folder), *arguments]
        env = {**os.environ, "PYTHONPATH": str(installed)}
        done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        theirs, mine = files(folder), files(study)
        assert theirs.keys() - {"corpus/articles/seed-article.txt"} == mine.keys() - {"corpus/articles/.gitkeep"} | (
            set() if arguments else {"corpus/articles/.gitkeep"}
        )
        own = {WHEEL, "requirements.lock"}  # a wheel's hash depends on how it was packed
        if arguments:
            seed = {name: content for name, content in theirs.items() if name.startswith("corpus/")}
            assert seed == {f"corpus/{name}": content for name, content in files(ROOT / "corpus").items()}
        else:
            assert [name for name in mine if name not in own and mine[name] != theirs[name]] == []
            folder.rename(folder.with_name("satu"))


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    assert main(["init", str(tmp_path)]) == 1
    assert "something is in this folder" in capsys.readouterr().err
    assert files(tmp_path) == {"mine.txt": b"mine"}
