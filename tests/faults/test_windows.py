"""What can be held of Windows without one: names, line ends, code pages, files that are open, no need of POSIX."""

from __future__ import annotations

import ast
import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import kit
from kit.build.faults import plainly
from kit.build.project import read_project
from kit.build.runner import publish
from kit.errors import BuildError, ExhibitError, SettingsError
from kit.exhibits import exhibit

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [ROOT / "make.py", *sorted((ROOT / "kit").rglob("*.py"))]
CELL = '{"cell_type": "code", "id": "a", "metadata": {}, "outputs": [], "execution_count": null, "source": %s}'


def project(folder: Path, *notebooks: str, source: str = '"1"', settings: str = "") -> Path:
    """A project whose notebooks all have one cell."""
    for name in ("notebooks", "corpus"):
        (folder / name).mkdir(parents=True)
    (folder / "pyproject.toml").write_text(f"[tool.kit]\n{settings}", encoding="utf-8")
    text = '{"cells": [%s], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}' % (CELL % source)
    for name in notebooks:
        (folder / "notebooks" / f"{name}.ipynb").write_text(text, encoding="utf-8")
    return folder


# ---- names


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
@pytest.mark.parametrize(
    "name", ["aux", "CON", "nul.old", "com1", "LPT9", "a?", "a:b", "a*", 'a"', "a|b", r"a\b", "a.", "a "]
)
def test_a_notebook_that_windows_cannot_hold_is_told(tmp_path: Path, name: str) -> None:
    read = read_project(kit.load_settings(project(tmp_path / "p", name, "01_corpus")))
    assert [notebook.name for notebook in read.notebooks] == ["01_corpus"]
    assert str(read.broken[name]) == f"{name}.ipynb: Windows has no such name -> give it another name"


def test_two_notebooks_of_one_name_on_windows_are_told(tmp_path: Path) -> None:
    made = project(tmp_path / "p", "01_corpus", "02_Suara", "02_suara")
    if len(list((made / "notebooks").iterdir())) < 3:
        pytest.skip("this disk has one of the two already")
    read = read_project(kit.load_settings(made))
    assert [notebook.name for notebook in read.notebooks] == ["01_corpus"]
    assert sorted(read.broken) == ["02_Suara", "02_suara"]
    assert "capitals alone" in str(read.broken["02_suara"])


@pytest.mark.parametrize("name", ["01_corpus", "auxiliary", "console", "com", "lpt10x", "02_nul", "a.b", "é ü"])
def test_other_names_are_good(tmp_path: Path, name: str) -> None:
    assert read_project(kit.load_settings(project(tmp_path / "p", name))).broken == {}


def test_ids_of_exhibits_are_file_names_anywhere() -> None:
    for id_ in ("tbl-con", "fig-aux", "tbl-nul-1"):  # a device's name counts only where it is the whole name
        assert exhibit.is_id(id_)
    for id_ in ("tbl-Con", "tbl-a ", "tbl-a.", "fig-a:b", "con", "tbl-"):
        assert not exhibit.is_id(id_)


# ---- paths in the settings


@pytest.mark.parametrize(
    "written", [r"corpus = 'data\teks baru'", r'corpus = "data\\teks baru"', 'corpus = "data/teks baru"']
)
def test_a_path_with_backslashes_is_a_path_on_every_system(tmp_path: Path, written: str) -> None:
    made = project(tmp_path / "p", settings=f"{written}\nfigures = 'hasil\\gambar'\ncodebook = 'buku\\kode'\n")
    settings = kit.load_settings(made)
    assert settings.corpus == made / "data" / "teks baru"
    assert settings.figures == made / "hasil" / "gambar"
    assert settings.codebook == made / "buku" / "kode"


@pytest.mark.parametrize(
    "written", [r'corpus = "data\teks"', r'corpus = "C:\Users\ratri\korpus"', r'corpus = "data\korpus"']
)
def test_a_backslash_that_toml_reads_otherwise_is_told(tmp_path: Path, written: str) -> None:
    made = project(tmp_path / "p", settings=written)
    with pytest.raises(SettingsError, match="write paths with /"):
        kit.load_settings(made)
    (made / "pyproject.toml").write_text("[tool.kit]\n" + written.replace("\\", "/"), encoding="utf-8")
    assert kit.load_settings(made).corpus.name in ("teks", "korpus")


def test_settings_may_begin_with_the_mark_that_editors_on_windows_write(tmp_path: Path) -> None:
    made = project(tmp_path / "p")
    (made / "pyproject.toml").write_bytes(b"\xef\xbb\xbf[tool.kit]\r\nlabels = 'id'\r\n")
    assert kit.load_settings(made).labels == "id"


# ---- files that a program has open


def held(target: Path):
    """What Windows says of replacing a file that is open: access is denied, source and target are named."""

    def replace(source: str | Path, to: str | Path) -> None:
        if Path(to) == target:
            raise PermissionError(errno.EACCES, "Access is denied", str(source), 5, str(to))
        os.rename(source, to)  # noqa: PTH104

    return replace


def test_an_exhibit_that_excel_has_open_is_told_and_everything_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exhibit.write(tmp_path, {"tables/tbl-a.csv": b"old", "tbl-a.json": b"old"})
    monkeypatch.setattr(os, "replace", held(tmp_path / "tbl-a.json"))
    with pytest.raises(ExhibitError) as caught:
        exhibit.write(tmp_path, {"tables/tbl-a.csv": b"new", "tbl-a.json": b"new"})
    assert caught.value.place == str(tmp_path / "tbl-a.json")
    assert "close what shows it (Excel" in caught.value.remedy
    assert {file.name: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()} == {
        "tbl-a.csv": b"old",
        "tbl-a.json": b"old",
    }


def test_a_build_names_the_product_that_is_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stage, figures = tmp_path / "stage", tmp_path / "figures"
    for folder, text in ((stage, "new"), (figures, "old")):
        folder.mkdir()
        (folder / "a.csv").write_text(text, encoding="utf-8")
    monkeypatch.setattr(os, "replace", held(figures / "a.csv"))
    with pytest.raises(BuildError) as caught, plainly():
        publish(stage, figures, ["a.csv"])
    assert caught.value.place == str(figures / "a.csv")
    assert "a program has it open" in caught.value.problem
    assert "close what shows it (Excel" in caught.value.remedy
    assert (figures / "a.csv").read_text(encoding="utf-8") == "old"


# ---- line ends


def calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str, str]]:
    """Calls that open, read or write a text file, with the method's name and the mode."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, (ast.Attribute, ast.Name))):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
        if name in ("read_text", "write_text") and isinstance(node.func, ast.Attribute):
            yield node, name, name[0]
        elif name == "open":
            place = 0 if isinstance(node.func, ast.Attribute) else 1  # what has no mode may be a file of an archive
            mode = node.args[place] if len(node.args) > place else ast.Constant("r") if place else None
            text = mode.value if isinstance(mode, ast.Constant) else ""
            if isinstance(text, str) and text in ("r", "w", "a", "x", "r+", "w+"):
                yield node, name, text


def test_texts_are_written_as_utf8_with_line_feeds() -> None:
    for file in SOURCES:
        for call, name, mode in calls(ast.parse(file.read_text(encoding="utf-8"))):
            given = {
                keyword.arg: ast.literal_eval(keyword.value)
                for keyword in call.keywords
                if keyword.arg in ("encoding", "newline")
            }
            place = f"{file}:{call.lineno}: {name}"
            assert given.get("encoding") in ("utf-8", "utf-8-sig", "ascii"), f"{place} without encoding"
            if mode != "r":
                assert given.get("newline") in ("\n", ""), f"{place} lets Windows change line ends"


# ---- consoles whose code page lacks letters


@pytest.mark.parametrize(
    "encoding", ["ascii", *(pytest.param(name, marks=pytest.mark.slow) for name in ("cp1252", "cp437"))]
)
def test_what_a_console_cannot_show_is_spelled_and_nothing_breaks(tmp_path: Path, encoding: str) -> None:
    made = project(tmp_path / "kajian ẞ 1", "01_→", source='["raise ValueError(\\"ẞ “pelayanan” ẞ\\")"]')
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}

    def run(*arguments: str) -> tuple[int, bytes]:
        command = [sys.executable, "-m", "kit", *arguments]
        done = subprocess.run(command, cwd=made, env=env, capture_output=True, check=False)
        return done.returncode, done.stdout + done.stderr

    for arguments, code, letters in (
        (["list"], 0, rb"01_\u2192"),
        (["figures"], 1, rb"ValueError: \u1e9e "),
        (["why", "ẞ"], 1, rb"no notebook '\u1e9e'"),
    ):
        ended, said = run(*arguments)
        assert (ended, b"Traceback" in said) == (code, False), said
        assert letters in said


def test_make_speaks_on_any_console(tmp_path: Path) -> None:
    env = {**os.environ, "PYTHONIOENCODING": "cp437", "PYTHONUTF8": "0"}
    for arguments in (["--help"], ["figurés ẞ"]):
        done = subprocess.run(
            [sys.executable, ROOT / "make.py", *arguments], cwd=tmp_path, env=env, capture_output=True, check=False
        )
        assert b"Traceback" not in done.stderr
    assert rb"\u1e9e" in done.stderr


# ---- what only POSIX has

BARE = """
import os, sys, signal, subprocess, zipfile, tempfile, threading, types  # of this system, before it is taken away

locked = []
sys.modules["msvcrt"] = types.SimpleNamespace(LK_NBLCK=2, locking=lambda *arguments: locked.append(arguments))
for name in ("fcntl", "pwd", "grp", "resource", "termios", "tty", "pty", "syslog", "posix"):
    sys.modules[name] = None
for name in ("killpg", "getpgrp", "setsid", "tcgetpgrp", "sched_getaffinity", "getuid", "geteuid", "fork"):
    if hasattr(os, name):
        delattr(os, name)
for name in ("SIGKILL", "SIGHUP", "SIGQUIT", "SIGUSR1"):
    if hasattr(signal, name):
        delattr(signal, name)
sys.platform = "win32"
import kit.build.environment, kit.build.resolution, kit.build.process, kit.build.testing, kit.build.study
import pathlib
with tempfile.TemporaryDirectory() as folder:
    with kit.build.filelock.hold(pathlib.Path(folder, "lock"), print) as descriptor:
        pass
sys.platform = "linux"
assert locked == [(descriptor, 2, 1)], locked
assert kit.build.process.cores() >= 1
import kit.build.kernel, kit.build.runner, kit.build.figures, kit.build.verify, kit.build.strip, kit.build.clean
for name in kit.__all__:
    getattr(kit, name)
print("loaded")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="takes away what Linux has")
def test_nothing_needs_what_only_posix_has_to_be_loaded() -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", BARE], env=env, capture_output=True, text=True, check=False)
    assert done.stdout == "loaded\n", done.stderr
