"""What is out of date, why, and what is remembered: with jobs that write a file, no kernel."""

from __future__ import annotations

import hashlib
import os
import threading
from functools import partial

import pytest

from kit.build import engine
from kit.build.engine import Job
from kit.build.inputs import Inputs
from kit.errors import BuildError


def states(files):
    """What the engine asks of products: the state of each file."""
    return {name: partial(engine.state, file) for name, file in files.items()}


class Workshop:
    """Jobs that copy the entries of their input into a file."""

    def __init__(self, folder):
        self.folder, self.state, self.entries, self.runs = folder, folder / "engine", {}, []
        self.fails = set()

    def job(self, name, *products):
        entries = dict(self.entries)
        files = {f"figures/{file}": self.folder / file for file in products or (f"{name}.txt",)}

        def make():
            self.runs.append(name)
            if name in self.fails:
                raise ValueError(name)
            for file in files.values():
                file.write_text(repr(sorted(entries.items())))

        return Job(name, (Inputs("corpus", entries), Inputs("empty", {})), states(files), make)

    def stale(self, *names):
        return engine.stale([self.job(name) for name in names], self.state)

    def make(self, *names):
        self.runs.clear()
        self.errors = {}
        jobs = [self.job(name) for name in names]
        stale = engine.stale(jobs, self.state)
        self.errors = engine.make([job for job in jobs if job.name in stale], self.state, workers=2)
        return sorted(self.runs)


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture
def shop(tmp_path):
    shop = Workshop(tmp_path)
    shop.entries = {"corpus/a.txt": digest("a"), "corpus/b.txt": digest("b"), "[tool.kit] labels": "en"}
    return shop


def test_first_all_then_none(shop):
    assert shop.stale("01", "02") == {name: ["not made in this folder yet"] for name in ("01", "02")}
    assert shop.make("01", "02") == ["01", "02"]
    assert shop.stale("01", "02") == {}
    assert shop.make("01", "02") == []


def test_nothing_is_made_by_asking(shop):
    shop.stale("01")
    assert shop.runs == []
    assert not (shop.folder / "01.txt").exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"corpus/b.txt": digest("B")}, ["corpus/b.txt: changed"]),
        ({"corpus/c.txt": digest("c")}, ["corpus/c.txt: new"]),
        ({"corpus/b.txt": None}, ["corpus/b.txt: removed"]),
        ({"corpus/b.txt": None, "corpus/c.txt": digest("b")}, ["corpus/b.txt: removed", "corpus/c.txt: new"]),
        ({"[tool.kit] labels": "id"}, ["[tool.kit] labels: changed from 'en' to 'id'"]),
    ],
)
def test_the_very_file_is_named(shop, change, said):
    shop.make("01", "02")
    shop.entries = {name: value for name, value in {**shop.entries, **change}.items() if value is not None}
    assert shop.stale("01", "02") == {"01": said, "02": said}
    assert shop.make("01", "02") == ["01", "02"]
    assert shop.stale("01", "02") == {}


def test_a_product_edited_by_hand_is_seen_though_size_and_time_are_as_before(shop):
    shop.make("01", "02")
    file = shop.folder / "01.txt"
    before, stat = file.read_text(), file.stat()
    file.write_text(before.replace("labels", "LABELS"))
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert shop.stale("01", "02") == {"01": ["figures/01.txt: not as it was made"]}
    assert shop.make("01", "02") == ["01"]
    assert file.read_text() == before


def test_a_product_that_is_gone_or_cut_short_is_made_again(shop):
    shop.make("01", "02")
    (shop.folder / "01.txt").unlink()
    (shop.folder / "02.txt").write_text("[")
    assert shop.stale("01", "02") == {
        "01": ["figures/01.txt: missing"],
        "02": ["figures/02.txt: not as it was made"],
    }
    assert shop.make("01", "02") == ["01", "02"]


def test_a_failure_is_not_remembered_and_stops_no_other(shop):
    shop.fails = {"01"}
    assert shop.make("01", "02") == ["01", "02"]
    assert {name: repr(error) for name, error in shop.errors.items()} == {"01": "ValueError('01')"}
    assert list(shop.stale("01", "02")) == ["01"]
    shop.fails = set()
    assert shop.make("01", "02") == ["01"]
    assert shop.errors == {}


def test_going_back_to_what_was_made_needs_no_run(shop):
    shop.make("01")
    before, shop.entries, shop.fails = shop.entries, {"corpus/a.txt": digest("x")}, {"01"}
    shop.make("01")
    shop.entries = before
    assert shop.stale("01") == {}


def test_making_some_forgets_nothing_of_the_others(shop):
    shop.make("01", "02", "03")
    (shop.folder / "02.txt").unlink()
    assert shop.make("02") == ["02"]
    assert shop.stale("01", "02", "03") == {}


def test_a_job_is_remembered_as_soon_as_it_has_ended(shop):
    shop.make("01")  # so that the state is there
    release, looked = threading.Event(), []

    def slow():
        release.wait(30)
        (shop.folder / "slow.txt").write_text("x")

    def look():
        for _ in range(100):
            if "02" not in shop.stale("02"):
                looked.append(True)
                break
        release.set()

    quick = shop.job("02")
    long = Job("slow", (Inputs("corpus", {}),), states({"figures/slow.txt": shop.folder / "slow.txt"}), slow)
    watcher = threading.Thread(target=lambda: (release.wait(3), look()))
    watcher.start()
    engine.make([long, quick], shop.state, workers=2)
    watcher.join()
    assert looked == [True]


def test_more_workers_than_one_work_at_once(shop):
    both = threading.Barrier(2, timeout=30)

    def job(name):
        def make():
            both.wait()
            (shop.folder / name).write_text("x")

        return Job(name, (), states({name: shop.folder / name}), make)

    engine.make([job("01"), job("02")], shop.state, workers=2)
    assert engine.stale([job("01"), job("02")], shop.state) == {}


@pytest.mark.parametrize("file", ["pytask.lock", ".pytask/pytask.sqlite3", "pyproject.toml"])
def test_a_state_that_cannot_be_read_is_begun_afresh(shop, file):
    shop.make("01")
    (shop.state / file).write_bytes(b"\x00garbage")
    assert shop.make("01") == ["01"]
    assert shop.stale("01") == {}


def test_a_journal_cut_short_by_a_kill_loses_one_job_at_most(shop):
    shop.make("01", "02")
    lock = shop.state / "pytask.lock"
    journal = shop.state / "pytask.lock.journal"
    journal.write_text('{"lock-version": "1", "id": "03", "sta')
    assert shop.stale("01", "02") == {}
    assert shop.make("03") == ["03"]
    assert lock.exists()


def test_old_lists_of_inputs_are_swept_and_needed_ones_kept(shop):
    shop.make("01")
    for number in range(3):
        shop.entries = {**shop.entries, "corpus/a.txt": digest(str(number))}
        shop.make("01")
    kept = {file.stem for file in (shop.state / "inputs").iterdir()}
    assert kept == {group.state for group in shop.job("01").inputs}


def test_all_state_lies_in_its_folder(shop):
    shop.make("01")
    assert {path.name for path in shop.folder.iterdir()} == {"engine", "01.txt"}


def test_a_product_that_is_no_file_any_more_is_out_of_date(shop):
    shop.make("01")
    (shop.folder / "01.txt").unlink()
    (shop.folder / "01.txt").mkdir()
    assert shop.stale("01") == {"01": ["figures/01.txt: not as it was made"]}


def test_what_goes_wrong_while_looking_is_no_silence(shop, monkeypatch):
    shop.make("01")
    monkeypatch.setattr(engine._Dependency, "state", lambda _: 1 / 0)
    with pytest.raises(BuildError, match="cannot tell whether 01 is up to date"):
        shop.stale("01")
