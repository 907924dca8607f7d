"""Builds that are stopped, killed or run twice at once: every product stays whole, and the next build puts it right."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import kit

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and /proc are POSIX's")
KIT = Path(kit.__file__).resolve().parent.parent
NAMES = [
    f"tables/tbl-NB.{ending}" for ending in ["csv", "xlsx", "tex", "float.tex", "compact.tex", "docx", "md", "html"]
] + ["tbl-NB.json"]
SIZE = 200_000  # letters in a product: enough that a write is no single step

# Writes its products in small pieces, then waits
CELL = """
import os, pathlib, time
stage = pathlib.Path(os.environ["KIT_STAGE"])
(stage / "tables").mkdir(exist_ok=True)
pathlib.Path(MARK).write_text(str(os.getpid()))
for name in NAMES:
    with (stage / name).open("w") as stream:
        for _ in range(20):
            stream.write(VALUE * (SIZE // 20))
            stream.flush()
            time.sleep(PAUSE)
time.sleep(WAIT)
if False:
    import kit
    kit.Table(None, id="tbl-NB")
"""


class Folder:
    def __init__(self, root, run):
        self.root = root
        self.run = run
        (root / "notebooks").mkdir(parents=True)
        (root / "corpus").mkdir()
        (root / "pyproject.toml").write_text("[tool.kit]\n", encoding="utf-8")

    def notebook(self, name, value, *, pause=0.0, wait=0.0):
        replaced = {"NAMES": repr(NAMES), "MARK": repr(str(self.mark(name))), "VALUE": repr(value), "SIZE": str(SIZE)}
        source = CELL
        for old, new in {**replaced, "PAUSE": str(pause), "WAIT": str(wait), "NB": name}.items():
            source = source.replace(old, new)
        cell = {"cell_type": "code", "id": "a", "metadata": {}, "outputs": [], "execution_count": None}
        document = {"cells": [{**cell, "source": source}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        self.mark(name).unlink(missing_ok=True)
        (self.root / "notebooks" / f"{name}.ipynb").write_text(json.dumps(document), encoding="utf-8")

    def mark(self, name):
        return self.root / f"{name}.started"

    def start(self, *arguments):
        return subprocess.Popen(
            [sys.executable, "-m", "kit.build", *arguments],
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": str(KIT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def build(self, *arguments):
        """Run a build that nothing stops, in this process."""
        ended = self.run(self.root, "figures", *arguments)
        return ended.returncode, ended.stdout + ended.stderr

    def kernel(self, name, process):
        """Wait until a notebook's cell has begun, and return its kernel's process number."""
        for _ in range(1200):
            text = self.mark(name).read_text() if self.mark(name).exists() else ""
            if text:
                return int(text)
            assert process.poll() is None, process.stdout.read()
            time.sleep(0.05)
        raise AssertionError("the notebook did not start")

    def contents(self, name):
        """What each product consists of: one letter where it is whole, None where there is none."""
        found = set()
        for product in NAMES:
            file = self.root / "figures" / product.replace("NB", name)
            raw = file.read_text() if file.exists() else None
            assert raw is None or (len(raw) == SIZE and len(set(raw)) == 1), f"{product} is not whole"
            found.add(raw[0] if raw else None)
        return found

    def whole(self):
        """No passing file is left among the products."""
        return all(not file.name.startswith(".") for file in (self.root / "figures").rglob("*"))


def gone(number, seconds=15.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            state = Path("/proc", str(number), "stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def folder(tmp_path, build_here):
    return Folder(tmp_path / "proyék saya", build_here)


@pytest.mark.parametrize("number", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.slow)])
def test_a_build_that_is_stopped_ends_its_kernels_and_keeps_the_old(folder, number):
    folder.notebook("a", "1")
    assert folder.build()[0] == 0
    folder.notebook("a", "2", wait=600)
    folder.notebook("b", "1", wait=600)
    process = folder.start("figures", "-n", "2")
    kernels = [folder.kernel(name, process) for name in ("a", "b")]
    process.send_signal(number)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Stopped; what was finished stays" in out
    assert "Traceback" not in out
    assert all(gone(kernel) for kernel in kernels)
    assert (folder.contents("a"), folder.contents("b")) == ({"1"}, {None})
    assert list((folder.root / ".kit" / "stage").iterdir()) == []
    folder.notebook("a", "2")
    folder.notebook("b", "3")
    assert folder.build()[0] == 0
    assert (folder.contents("a"), folder.contents("b")) == ({"2"}, {"3"})


@pytest.mark.slow
def test_stopping_keeps_what_was_finished(folder):
    folder.notebook("a", "1")
    folder.notebook("b", "1", wait=600)
    process = folder.start("figures", "-n", "1")
    folder.kernel("b", process)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)
    folder.mark("a").unlink()
    folder.notebook("b", "2")
    code, out = folder.build()
    assert (code, folder.mark("a").exists()) == (0, False)
    assert "1 notebook of 2 to run" in out


def test_the_kernel_of_a_killed_build_ends_and_the_next_build_does_not_wait(folder):
    folder.notebook("a", "1")
    assert folder.build()[0] == 0
    folder.notebook("a", "2", wait=600)
    process = folder.start("figures")
    kernel = folder.kernel("a", process)
    process.kill()
    process.communicate(timeout=30)
    assert folder.contents("a") == {"1"}
    (note,) = (folder.root / ".kit" / "stage").glob("*/sockets.txt")
    sockets = Path(note.read_text(encoding="utf-8"))
    assert sockets.is_dir()
    folder.notebook("a", "3")
    code, out = folder.build()
    assert code == 0
    assert "Waiting" not in out
    assert gone(kernel)
    assert not sockets.exists()
    assert folder.contents("a") == {"3"}
    assert list((folder.root / ".kit" / "stage").iterdir()) == []


def test_the_second_of_two_builds_says_whom_it_waits_for_and_runs_nothing_twice(folder):
    folder.notebook("a", "1", wait=3)
    first = folder.start("figures")
    folder.kernel("a", first)
    second = folder.start("figures")
    out, _ = second.communicate(timeout=60)
    first_out, _ = first.communicate(timeout=60)
    assert (first.returncode, second.returncode) == (0, 0)
    assert "done" in first_out
    lines = out.splitlines()
    assert lines[0].startswith("Waiting for figures, begun at ")
    assert lines[0].endswith(f" (process {first.pid}) to end")
    assert lines[1].startswith("Nothing to do")
    assert folder.contents("a") == {"1"}


def rounds(folder, number, seed):
    """Kill builds at random moments; whatever the moment, every product is absent, old or new."""
    chance = random.Random(seed)
    folder.notebook("a", "0")
    folder.notebook("b", "0")
    begun = time.monotonic()
    assert folder.build()[0] == 0
    whole_build = time.monotonic() - begun
    last, seen = "0", set()
    for turn in range(number):
        value = "123456789"[turn % 9]
        folder.notebook("a", value, pause=0.001)
        folder.notebook("b", value)
        process = folder.start("figures")
        try:
            process.communicate(timeout=chance.uniform(0.3, 1.2) * whole_build)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate(timeout=30)
        for name in ("a", "b"):
            assert folder.contents(name) <= {last, value}
            seen |= {content == value for content in folder.contents(name)}
        assert folder.whole()
        code, out = folder.build()
        assert code == 0, out
        assert (folder.contents("a"), folder.contents("b")) == ({value}, {value})
        assert "Nothing to do" in folder.build()[1]
        last = value
    return seen


def test_products_are_whole_after_a_kill_at_a_random_moment(folder):
    rounds(folder, 1, seed=1)


@pytest.mark.slow
def test_products_are_whole_after_many_kills(folder):
    assert rounds(folder, 12, seed=2) == {True, False}  # kills came before and after products had been moved


@pytest.mark.slow
def test_products_are_whole_when_killed_while_they_are_moved(folder):
    chance = random.Random(3)
    folder.notebook("a", "0")
    assert folder.build()[0] == 0
    last, mixed = "0", 0
    for value in "123456":
        folder.notebook("a", value)
        process = folder.start("figures")
        first = folder.root / "figures" / "tables" / "tbl-a.csv"
        while process.poll() is None and first.read_text()[0] != value:
            time.sleep(0.0005)
        time.sleep(chance.uniform(0, 0.004))
        process.kill()
        process.communicate(timeout=30)
        found = folder.contents("a")
        assert found <= {last, value}
        mixed += len(found) == 2
        assert folder.build()[0] == 0
        assert folder.contents("a") == {value}
        last = value
    assert mixed  # otherwise no kill hit the moment meant


@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_of_figures_that_may_not_be_written_keeps_the_old(folder):
    folder.notebook("a", "1")
    assert folder.build()[0] == 0
    folder.notebook("a", "2")
    tables = folder.root / "figures" / "tables"
    tables.chmod(0o555)
    try:
        code, out = folder.build()
    finally:
        tables.chmod(0o755)
    assert code == 1
    assert "cannot be written" in out
    assert "1" in folder.contents("a")
