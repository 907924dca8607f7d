"""A build with nothing to do is known by hashes alone, and by nothing that can be out of date."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kit.build import batch, engine, untouched
from kit.build.imports import Code
from kit.build.notebooks import Notebook

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def still(project: Any, make_light: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """A project in which all is up to date; no kernel is needed to see what is run."""

    def run(notebook: Notebook, settings: object, figures: Path, *_: object) -> None:
        if any("no good" in source for _, source in notebook.cells):
            raise ValueError("no good")
        for name in notebook.products:
            (figures / name).parent.mkdir(parents=True, exist_ok=True)
            (figures / name).write_text("1", encoding="utf-8")

    monkeypatch.setattr(batch, "run", run)
    project.notebook("01_one", make_light("tbl-one"), 'open("../data/own.csv") if False else "../data/later.csv"')
    (project.root / "data").mkdir()
    (project.root / "data" / "own.csv").write_text("a\n", encoding="utf-8")
    assert "1 notebook up to date" in project.build("figures").stdout
    return project


def test_nothing_is_asked_of_the_engine_when_no_byte_has_changed(still: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    before = still.products()
    monkeypatch.setattr(engine, "stale", lambda *_: pytest.fail("the engine was asked"))
    assert still.build("figures").stdout.startswith("Nothing to do: 1 notebook is up to date (")
    assert still.products() == before


def test_neither_the_engine_nor_pandas_is_loaded(still: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    done = still.process("figures", PYTHONPROFILEIMPORTTIME="1")
    assert done.stdout.startswith("Nothing to do")
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "kit.build.untouched" in loaded
    assert not loaded & {"pytask", "pandas", "numpy", "matplotlib", "kit.build.engine"}


def _same_size_and_time(file: Path) -> None:
    stamp = file.stat()
    raw = file.read_bytes()
    file.write_bytes(raw[:-2] + b"x\n")
    os.utime(file, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))


STALE: dict[str, Callable[[Any], object]] = {
    "article": lambda one: _same_size_and_time(one.root / "corpus" / "articles" / "a.txt"),
    "new article": lambda one: (one.root / "corpus" / "articles" / "b.txt").write_text("Warga.\n", encoding="utf-8"),
    "named file": lambda one: _same_size_and_time(one.root / "data" / "own.csv"),
    "named file that was not there": lambda one: (one.root / "data" / "later.csv").write_text("b\n", encoding="utf-8"),
    "setting": lambda one: (one.root / "pyproject.toml").write_text('[tool.kit]\nlabels = "id"\n', encoding="utf-8"),
    "lock": lambda one: (one.root / "requirements.lock").write_text("pandas==4\n", encoding="utf-8"),
    "product": lambda one: (one.figures / "tables" / "tbl-one.csv").write_text("7", encoding="utf-8"),
    "product gone": lambda one: (one.figures / "tables" / "tbl-one.md").unlink(),
    "state of the engine": lambda one: shutil.rmtree(one.root / ".kit" / "engine"),
}


@pytest.mark.parametrize("change", STALE.values(), ids=STALE)
def test_whatever_changes_is_made_anew(still: Any, change: Callable[[Any], object]) -> None:
    before = still.products()["tables/tbl-one.csv"]
    change(still)
    assert "1 notebook of 1 to run" in still.build("figures").stdout
    assert still.products()["tables/tbl-one.csv"] == before
    assert still.build("figures").stdout.startswith("Nothing to do")


def test_a_page_edited_by_hand_is_written_anew(still: Any) -> None:
    page = still.figures / "index.html"
    before = page.read_bytes()
    page.write_bytes(before + b" ")
    assert "index.html written; nothing else to do" in still.build("figures").stdout
    assert page.read_bytes() == before


def test_nothing_is_noted_while_something_is_wrong(still: Any) -> None:
    still.notebook("02_two", "import kit\nraise ValueError('no good')")
    for _ in range(2):
        assert still.build("figures").returncode == 1


def test_what_no_notebook_makes_is_named_each_time(still: Any, make_light: Callable[..., str]) -> None:
    still.notebook("01_one", make_light("tbl-uno"))
    for _ in range(2):
        assert "No notebook makes tbl-one any more" in still.build("figures").stdout


def test_what_changes_while_it_is_looked_at_is_not_noted(still: Any) -> None:
    settings = still.settings
    inputs, products = untouched.state_of_inputs(settings, []), untouched.state_of_products(settings)
    _same_size_and_time(still.root / "corpus" / "articles" / "a.txt")
    untouched.forget(settings)
    untouched.note(settings, [], inputs, products, "1 notebook is up to date")
    assert not untouched.say_untouched(settings)


def test_a_record_that_cannot_be_read_is_none(still: Any) -> None:
    for text in ("", "[]", "{}", '{"places": 1}'):
        (still.root / ".kit" / "engine" / "untouched.json").write_text(text, encoding="utf-8")
        assert not untouched.say_untouched(still.settings)


def test_syntax_trees_are_walked_once_and_again_only_where_bytes_differ(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package, memory = tmp_path / "kit", tmp_path / "imports.json"
    package.mkdir()
    (package / "__init__.py").write_text("", encoding="utf-8")
    (package / "one.py").write_text("from kit import two\n", encoding="utf-8")
    (package / "two.py").write_text("", encoding="utf-8")
    (package / "three.py").write_text("", encoding="utf-8")
    imports = sys.modules[Code.__module__]

    def reached(name: str = "one") -> set[str]:
        imports._imported.cache_clear()  # as in another process
        return {file.name for file in Code(package, memory=memory).reached(ast.parse(f"from kit import {name}"))}

    assert reached() == {"__init__.py", "one.py", "two.py"}
    assert reached("three") == {"__init__.py", "three.py"}  # what others reach is kept beside it
    walked: list[bytes] = []
    parsed = imports._parsed
    monkeypatch.setattr(imports, "_parsed", lambda raw: (walked.append(raw), parsed(raw))[1])
    assert reached() == {"__init__.py", "one.py", "two.py"}
    assert walked == [b""]  # the table of names
    (package / "one.py").write_text("from kit import three\n", encoding="utf-8")
    assert reached() == {"__init__.py", "one.py", "three.py"}
    memory.write_text("no json", encoding="utf-8")
    assert reached() == {"__init__.py", "one.py", "three.py"}


def test_a_build_is_begun_without_what_it_may_not_need():
    """Pandas takes longer to load than a build that has nothing to do."""
    asked = "import sys, kit.build.figures; print(sorted({'matplotlib', 'pandas', 'sklearn'} & sys.modules.keys()))"
    run = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"
