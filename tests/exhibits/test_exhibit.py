from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import kit
from kit.errors import ExhibitError
from kit.exhibits import exhibit

ROOT = Path(kit.__file__).resolve().parent.parent


@pytest.mark.parametrize("good", ["tbl-x", "fig-2024", "tbl-concepts-by-year", "fig-a1-b2"])
def test_ids(good):
    assert exhibit.is_id(good)


@pytest.mark.parametrize(
    "bad",
    ["", "tbl", "tbl-", "tbl--x", "tbl-x-", "Tbl-x", "tbl-X", "tbl_x", "tbl-x_y", "fig-é", "tab-x", "tbl-x\n", " tbl-x",
     "tbl-../x", "tbl-x/y", "tbl-x.csv", None, 3, b"tbl-x"],
)  # fmt: skip
def test_what_is_no_id(bad):
    assert not exhibit.is_id(bad)
    with pytest.raises(ExhibitError, match="id = "):
        exhibit.products(bad, evidence=False)


def test_products_are_the_contract():
    table = [
        f"tables/tbl-x.{ending}" for ending in ["csv", "xlsx", "tex", "float.tex", "compact.tex", "docx", "md", "html"]
    ]
    evidence = ["evidence/tbl-x.csv", "evidence/tbl-x.html"]
    assert list(exhibit.products("tbl-x", evidence=False)) == [*table, "tbl-x.json"]
    assert list(exhibit.products("tbl-x", evidence=True)) == [*table, *evidence, "tbl-x.json"]
    assert list(exhibit.products("fig-x", evidence=False)) == [
        "fig-x.svg",
        "fig-x.pdf",
        "fig-x.png",
        "fig-x.csv",
        "fig-x.json",
    ]
    with pytest.raises(ExhibitError, match="no evidence"):
        exhibit.products("fig-x", evidence=True)


def test_exhibits_go_to_the_stage_when_a_build_runs(project, tmp_path, monkeypatch):
    figures = project()
    assert exhibit.target(kit.load_settings()) == figures
    monkeypatch.setenv("KIT_STAGE", str(tmp_path / "stage"))
    assert exhibit.target(kit.load_settings()) == tmp_path / "stage"


def test_sidecar_names_the_notebook_that_jupyterlab_runs(project, monkeypatch):
    project()
    names = []
    for variable, value in (
        ("", ""),
        ("JPY_SESSION_NAME", "/home/x é/notebooks/02_frequencies.ipynb"),
        ("KIT_NOTEBOOK", "03"),
    ):
        if variable:
            monkeypatch.setenv(variable, value)
        names.append(json.loads(exhibit.sidecar("tbl-x", {}, {}, kit.load_settings()))["notebook"])
    assert names == ["", "02_frequencies", "03"]  # as the build writes it: running a cell leaves the sidecar as it was


CELL = """\
import pandas as pd
import kit
corpus = kit.Corpus.from_frame(pd.DataFrame({"doc_id": ["a"], "text": ["ASN melayani."]}), clean=False)
kit.Table(kit.term_frequencies(corpus), id="tbl-x", title={"en": "X", "id": "X"}).save()
"""


def written_notebook(folder: Path, name: str, source: str) -> Path:
    """A notebook of one cell, as Jupyter writes it."""
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "source": source.splitlines(keepends=True),
            "execution_count": None, "outputs": []}  # fmt: skip
    file = folder / f"{name}.ipynb"
    file.write_text(json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), "utf-8")
    return file


def test_sidecar_names_the_notebook_with_its_id_where_the_kernel_says_nothing(project, monkeypatch):
    folder = project().parent

    def said(id_):
        return json.loads(exhibit.sidecar(id_, {}, {}, kit.load_settings()))["notebook"]

    written_notebook(folder, "02_x", CELL)
    written_notebook(folder, "03_y", "kit.Table(frame, id='tbl-y')\nkit.Table(frame, id=\"tbl-x-y\")\n")
    monkeypatch.setitem(sys.modules, "ipykernel", None)
    assert [said(id_) for id_ in ("tbl-x", "tbl-y", "tbl-x-y", "tbl-z")] == ["02_x", "03_y", "03_y", ""]
    written_notebook(folder, "02_x copy", CELL)
    assert said("tbl-x") == ""  # nobody knows which
    monkeypatch.delitem(sys.modules, "ipykernel")
    assert said("tbl-y") == ""  # a script


@pytest.mark.slow
def test_sidecar_names_the_notebook_that_nbconvert_runs(project):
    figures = project()
    place = figures.parent / "catatan"
    place.mkdir()
    file = written_notebook(place, "02_x", CELL)
    command = [sys.executable, "-m", "nbconvert", "--execute", "--to=notebook", "--inplace", str(file)]
    env = {name: value for name, value in os.environ.items() if not name.startswith(("JPY", "KIT", "JUPYTER"))}
    env["PYTHONPATH"] = str(ROOT)
    run = subprocess.run(command, cwd=figures.parent.parent, env=env, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert json.loads((figures / "tbl-x.json").read_text("utf-8"))["notebook"] == "02_x"


def test_sidecar(project, monkeypatch):
    figures = project(labels="id", evidence="ids")
    (figures.parent / "requirements.lock").write_bytes(b"abc")
    monkeypatch.setenv("KIT_NOTEBOOK", "02_frequencies")
    data = exhibit.sidecar("tbl-x", {"title": {"en": "“é”", "id": "x"}}, {"tables/tbl-x.csv": b""}, kit.load_settings())
    text = data.decode("utf-8")
    assert text.endswith("\n}\n")
    assert "“é”" in text
    assert json.loads(text) == {
        "schema": 1,
        "id": "tbl-x",
        "kind": "table",
        "title": {"en": "“é”", "id": "x"},
        "labels": "id",
        "evidence": "ids",
        "kit": kit.__version__,
        "lock": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",  # SHA-256 of abc, FIPS 180-4
        "notebook": "02_frequencies",
        "products": {"tables/tbl-x.csv": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    }
    assert list(json.loads(text)) == sorted(json.loads(text))
    for secret in (str(figures), "3.11", sys.platform, os.uname().nodename if hasattr(os, "uname") else "x"):
        assert secret not in text


def test_sidecar_without_a_lock_file(project):
    project()
    assert json.loads(exhibit.sidecar("fig-x", {}, {}, kit.load_settings()))["lock"] == ""


def test_sidecar_can_hold_any_text(project):
    project()
    data = exhibit.sidecar("fig-x", {"title": {"en": 'a"\\\ud800\x00', "id": "x"}}, {}, kit.load_settings())
    assert json.loads(data)["title"]["en"] == 'a"\\[U+D800]\x00'


NEW = {"tables/a.csv": b"new a", "b.png": b"new b", "c.json": b"new c"}


def old(folder: Path) -> dict[str, bytes]:
    contents = {"tables/a.csv": b"old a", "b.png": b"old b"}
    for name, data in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return contents


def found(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_write(tmp_path):
    old(tmp_path)
    exhibit.write(tmp_path, NEW)
    assert found(tmp_path) == NEW
    assert (tmp_path / "b.png").stat().st_mode & 0o777 == 0o666 & ~umask()


def umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@pytest.mark.parametrize("failing", [0, 1, 2])
@pytest.mark.parametrize("step", ["replace", "fsync"])
@pytest.mark.parametrize("long", [1, 1 << 20])  # bytes from which on what was there is mapped
def test_a_failing_file_leaves_all_as_it_was(tmp_path, monkeypatch, long, step, failing):
    monkeypatch.setattr(exhibit, "_LONG", long)
    before = old(tmp_path)
    real, calls = getattr(os, step), []

    def broken(*arguments):
        calls.append(arguments)
        if len(calls) == failing + 1:
            raise OSError(28, "No space left on device", str(arguments[-1]))
        return real(*arguments)

    monkeypatch.setattr(os, step, broken)
    with pytest.raises(ExhibitError, match="cannot be written: No space left on device"):
        exhibit.write(tmp_path, NEW)
    monkeypatch.undo()
    assert found(tmp_path) == before


def test_a_folder_in_the_place_of_a_file_is_an_error_and_changes_nothing(tmp_path):
    before = old(tmp_path)
    (tmp_path / "c.json").mkdir()
    with pytest.raises(ExhibitError, match="cannot be written"):
        exhibit.write(tmp_path, NEW)
    assert found(tmp_path) == before


KILLED = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, {root!r})
from kit.exhibits import exhibit

real, calls = getattr(os, {step!r}), []
def fatal(*arguments):
    calls.append(1)
    if len(calls) == {failing} + 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*arguments)
setattr(os, {step!r}, fatal)
exhibit.write(Path({folder!r}), {new!r})
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
@pytest.mark.parametrize("failing", [0, 1, 2])
@pytest.mark.parametrize("step", ["replace", "fsync"])
def test_a_killed_process_leaves_each_file_old_or_new(tmp_path, step, failing):
    before = old(tmp_path)
    script = KILLED.format(root=str(ROOT), step=step, failing=failing, folder=str(tmp_path), new=NEW)
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == -signal.SIGKILL
    after = {name: data for name, data in found(tmp_path).items() if not name.endswith(".part")}
    assert set(before) <= set(after)
    for name, data in after.items():
        assert data in (before.get(name), NEW[name])
    if step == "fsync":
        assert after == before
    exhibit.write(tmp_path, NEW)  # the next save puts it right
    assert {name: data for name, data in found(tmp_path).items() if not name.endswith(".part")} == NEW
