"""What a build says of a cell that takes long."""

from __future__ import annotations

import itertools

import pytest

from kit.build import course
from kit.build.course import Course
from kit.build.notebooks import read_notebook


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands until it is moved."""
    now = [0.0]
    monkeypatch.setattr(course.time, "monotonic", lambda: now[0])
    return lambda seconds: now.__setitem__(0, now[0] + seconds)


@pytest.fixture
def running(project, tmp_path, clock):
    """A notebook of four cells, one of them text, of which the first took long the last time."""
    notebook = read_notebook(project.notebook("01", "a = 1", "b = 2", "", "c = 3"))

    def make(log: str = "") -> Course:
        (tmp_path / "x.log").write_text(log, encoding="utf-8")
        return Course(notebook, tmp_path / "x.log", tmp_path / "note.txt")

    return make


LOG = "01.ipynb: done\ncell 1: 30.00 s\ncell 2: 100.00 s\ncell 4: 5.00 s\n"


def test_nothing_is_said_of_what_is_quick(running, clock):
    one = running(LOG)
    clock(19)
    assert one.told() == ""
    one.ended(0, 19)
    clock(19)
    assert one.told() == ""


def test_the_last_run_tells_how_long_it_may_take(running, clock):
    one = running(LOG)
    clock(25)
    assert one.told() == "cell 1 of 3, 25 s so far, about 1 min 50 s left"  # 5 + 100 + 5
    one.ended(0, 25)
    clock(40)
    assert one.told() == "cell 2 of 3, 40 s so far, about 1 min 5 s left"
    clock(100)
    assert one.told() == "cell 2 of 3, 140 s so far, about 5 s left"
    for cell in (1, 3):
        one.ended(cell, 1)
    clock(100)
    assert one.told() == ""


@pytest.mark.parametrize("log", ["", LOG.replace("done", "failed"), "01.ipynb: done\ncell 1: 30.00 s\n"])
def test_without_a_whole_run_before_it_only_the_cell_is_named(running, clock, log):
    one = running(log)
    one.ended(0, 1)
    clock(30)
    assert one.told() == "cell 2 of 3, 30 s so far"


def test_what_a_cell_has_counted_stands_beside(running, clock, tmp_path):
    one = running()
    clock(30)
    (tmp_path / "note.txt").write_text("compare_topics 12/40|70", encoding="utf-8")
    assert one.told() == "cell 1 of 3, 30 s so far, compare_topics 12/40, about 1 min 10 s of this cell left"
    assert running(LOG).told() == ""
    two = running(LOG)
    clock(30)
    assert two.told().endswith("compare_topics 12/40, about 2 min 55 s left")
    (tmp_path / "note.txt").write_text("compare", encoding="utf-8")  # being written
    assert one.told() == "cell 1 of 3, 60 s so far, compare"


def test_it_is_said_while_the_block_runs_and_not_after(running, monkeypatch):
    monkeypatch.setattr(course, "_LONG", 0.01)
    said = []
    one = running()
    texts = map("text {}".format, itertools.count())
    monkeypatch.setattr(one, "told", lambda: next(texts))
    with one.said(said.append):
        while len(said) < 3:
            pass
    number = len(said)
    assert said == [f"text {place}" for place in range(number)]
