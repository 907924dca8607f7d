"""A project of one's own in a temporary folder."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import kit
from kit.build.wheel import put_wheel

KIT = Path(kit.__file__).resolve().parent.parent


def table(id_, values="[1]", more=""):
    """A cell that makes a table of one column."""
    return (
        f"import kit, pandas\nkit.Table(pandas.DataFrame({{'n': {values}}}), id='{id_}', "
        f"title={{'id': 'Tabel', 'en': 'Table'}}, about=kit.load_codebook(){more}).save()"
    )


def light(id_, value="1"):
    """A cell that promises a table and writes its files itself: it loads neither kit nor pandas."""
    tables = [
        f"tables/{{}}.{ending}" for ending in ["csv", "xlsx", "tex", "float.tex", "compact.tex", "docx", "md", "html"]
    ]
    names = [*tables, "{}.json"]
    return (
        "import os, pathlib\nstage = pathlib.Path(os.environ['KIT_STAGE'])\n(stage / 'tables').mkdir(exist_ok=True)\n"
        f"for name in {[name.format(id_) for name in names]}:\n    (stage / name).write_text(str({value}))\n"
        f"if False:\n    import kit\n    kit.Table(None, id='{id_}')"
    )


@dataclass
class Folder:
    root: Path
    run: Callable[..., subprocess.CompletedProcess[str]]

    @property
    def settings(self):
        return kit.load_settings(self.root)

    @property
    def figures(self):
        return self.root / "figures"

    def notebook(self, name, *sources, **metadata):
        """Write a notebook of code cells; a source that begins with # and a blank is text."""
        cells = []
        for number, source in enumerate(sources):
            kind = "markdown" if source.startswith("# ") else "code"
            cell = {"cell_type": kind, "id": f"c{number}", "metadata": metadata, "source": source}
            cells.append(cell | ({"execution_count": None, "outputs": []} if kind == "code" else {}))
        file = self.root / "notebooks" / f"{name}.ipynb"
        file.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), "utf-8")
        return file

    def build(self, *arguments):
        """Run a target in this process."""
        return self.run(self.root, *arguments)

    def process(self, *arguments, **env):
        """Run a target as make.py does."""
        return subprocess.run(
            [sys.executable, "-m", "kit.build", *arguments],
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": str(KIT), **env},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=300,
        )

    def products(self):
        """All files of figures/ with their bytes."""
        return {
            file.relative_to(self.figures).as_posix(): file.read_bytes()
            for file in self.figures.rglob("*")
            if file.is_file()
        }


@pytest.fixture
def project(tmp_path, monkeypatch, build_here):
    """A project with one article and no notebook; a blank and a letter beyond ASCII in its path."""
    monkeypatch.delenv("KIT_CORPUS", raising=False)
    monkeypatch.delenv("KIT_FIGURES", raising=False)
    return Folder(laid_out(tmp_path / "proyék saya"), build_here)


@pytest.fixture
def built_once(project, made_once):
    """Give the project notebooks and what a build makes of them; tests that ask by one name share the build."""

    def build(name, write):
        def make(root):
            made = Folder(laid_out(root), project.run)
            write(made)
            assert made.build("figures").returncode == 0

        shutil.copytree(made_once(name, make), project.root, dirs_exist_ok=True)
        return project

    return build


def laid_out(root):
    """Write the files that every project has."""
    (root / "notebooks").mkdir(parents=True)
    (root / "corpus" / "articles").mkdir(parents=True)
    (root / "corpus" / "articles" / "a.txt").write_text("ASN melayani warga.\n", encoding="utf-8")
    (root / "pyproject.toml").write_text('[tool.kit]\ncorpus = "corpus"\n', encoding="utf-8")
    (root / "requirements.lock").write_text("pandas==3\n", encoding="utf-8")
    return root


@pytest.fixture
def make_table():
    return table


@pytest.fixture
def make_light():
    return light


@pytest.fixture(scope="session")
def wheel(made_once):
    """The kit's wheel, built from the clone."""
    pytest.importorskip("hatchling", reason="the wheel's build backend is not installed")
    return next(made_once("wheel", lambda folder: (folder.mkdir(), put_wheel(folder))).iterdir())


@pytest.fixture
def installed(wheel, tmp_path):
    """A folder of packages with the kit as pip unpacks it, and nothing else."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "packages")
    return tmp_path / "packages"
