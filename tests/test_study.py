"""The whole way of a study: laid out, set up from its wheel and its lock, its figures those of the clone, upgraded."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kit.build.process import clean_environment
from kit.build.stamp import venv_python

ROOT = Path(__file__).resolve().parent.parent
PYTHON = getattr(sys, "_base_executable", None) or sys.executable  # without the packages of .venv


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(
        command, cwd=cwd, env=clean_environment(), capture_output=True, encoding="utf-8", errors="replace", check=False
    )
    said = done.stdout + done.stderr
    if "no network" in said:
        pytest.skip("the package index cannot be reached")
    assert done.returncode == 0, said
    return said


def tables(figures: Path) -> dict[str, bytes]:
    return {file.relative_to(figures).as_posix(): file.read_bytes() for file in figures.rglob("*.csv")}


@pytest.mark.slow
def test_a_study_has_the_clones_numbers_and_keeps_them_under_another_kit(tmp_path: Path) -> None:
    pytest.importorskip("hatchling", reason="the wheel's build backend is not installed")
    study = tmp_path / "kajian é"
    run(sys.executable, "-m", "kit", "init", study, "--seed", cwd=ROOT)
    run(PYTHON, study / "make.py", cwd=tmp_path)
    assert tables(ROOT / "figures")
    assert tables(study / "figures") == tables(ROOT / "figures")
    see = [venv_python(study), "-I", "-c", "import kit; print(kit.__file__)"]
    assert Path(run(*see, cwd=tmp_path).strip()).is_relative_to(study / ".venv")

    # another version of the kit, in place of the first
    other = tmp_path / "clone"
    left = shutil.ignore_patterns(".*", "figures", "tests", "benchmarks", "__pycache__")
    shutil.copytree(ROOT, other, ignore=left)
    for name in (".gitignore", ".gitattributes"):
        shutil.copy(ROOT / name, other)
    settings = other / "kit" / "settings.py"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('__version__ = "', '__version__ = "9.'), encoding="utf-8")
    for wheel in study.glob("*.whl"):
        wheel.unlink()
    code = "import pathlib, sys; from kit.build.wheel import put_wheel; put_wheel(pathlib.Path(sys.argv[1]))"
    run(sys.executable, "-c", code, study, cwd=other)
    run(PYTHON, study / "make.py", "lock", cwd=tmp_path)
    assert f"{len(list((study / 'notebooks').iterdir()))} to run" in run(PYTHON, study / "make.py", cwd=tmp_path)
    assert "governance-discourse-kit==9." in (study / "requirements.lock").read_text(encoding="utf-8")
    assert json.loads((study / "figures" / "tbl-concepts.json").read_text(encoding="utf-8"))["kit"].startswith("9.")
    assert tables(study / "figures") == tables(ROOT / "figures")
