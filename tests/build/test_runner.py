"""One notebook in a kernel of its own, and what becomes of its products."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kit.build import kernel, runner
from kit.build.kernel import Kernels, KernelStartError
from kit.build.notebooks import read_notebook
from kit.build.runner import NotebookError, publish, run

posix = pytest.mark.skipif(os.name != "posix", reason="process groups are POSIX's")


@pytest.fixture
def go(project):
    """Run a notebook of these cells; return its failure, None if there is none."""

    def go(*sources, name="01_x", kernels=None):
        notebook = read_notebook(project.notebook(name, *sources))
        try:
            run(notebook, project.settings, project.figures, kernels or Kernels())
        except NotebookError as error:
            return error.failure
        return None

    return go


def log(project, name="01_x"):
    return (project.root / ".kit" / "log" / f"{name}.log").read_text(encoding="utf-8")


def test_products_are_moved_and_nothing_is_left_behind(project, go, make_table):
    assert go("# Title", make_table("tbl-a")) is None
    names = {
        "tables/tbl-a." + ending for ending in ["csv", "xlsx", "tex", "float.tex", "compact.tex", "docx", "md", "html"]
    } | {"tbl-a.json"}
    assert set(project.products()) == names
    assert project.products()["tables/tbl-a.csv"] == b"n\n1\n"
    assert json.loads(project.products()["tbl-a.json"])["notebook"] == "01_x"
    assert list((project.root / ".kit" / "stage").iterdir()) == []
    executed = json.loads((project.root / ".kit" / "executed" / "01_x.ipynb").read_text("utf-8"))
    assert executed["cells"][1]["outputs"]
    assert log(project).splitlines()[0] == "01_x.ipynb: done"
    assert (
        ".kit"
        not in subprocess.run(
            ["git", "init", "-q", "."], cwd=project.root, check=True, capture_output=True, text=True
        ).stdout
    )
    status = subprocess.run(
        ["git", "status", "--porcelain"], cwd=project.root, check=True, capture_output=True, text=True
    ).stdout
    assert ".kit" not in status


def test_a_file_with_the_same_bytes_is_not_touched(project, go, make_light):
    go(make_light("tbl-a"))
    file = project.figures / "tables" / "tbl-a.csv"
    os.utime(file, ns=(1, 1))
    # what a cell shows goes with the next one: of a large corpus all would be gigabytes
    shown = "import gc, weakref\nclass Large: pass\nheld = weakref.ref(one := Large())\none"
    gone = "del one; gc.collect()\nassert held() is None, held()"
    assert go(make_light("tbl-a"), shown, "1 + 1", gone) is None
    assert file.stat().st_mtime_ns == 1
    assert go(make_light("tbl-a", "2")) is None
    assert file.read_bytes() == b"2"


def test_a_failing_cell_leaves_the_old_products_and_is_described(project, go, make_light):
    go(make_light("tbl-a"))
    before = project.products()
    failure = go(
        "# Title", make_light("tbl-a", "2"), "import sys", "#why\n\n#so\nfirst = 1\nraise ValueError('no\\ngood')"
    )
    assert project.products() == before
    assert failure.notebook == "01_x"
    assert failure.cell == "cell 4 (In [3]): first = 1"
    assert failure.error == "ValueError: no good"
    assert failure.log == ".kit/log/01_x.log"
    written = log(project)
    assert "Traceback (most recent call last)" in written
    assert "raise ValueError" in written
    assert "\x1b" not in written
    assert written.splitlines()[0] == "01_x.ipynb: failed"


def test_an_error_of_the_kit_comes_with_its_remedy(go):
    failure = go("from kit.errors import CorpusError\nraise CorpusError('empty', place='a.txt', remedy='fill it')")
    assert failure.error == "CorpusError: a.txt: empty"
    assert failure.remedy == "fill it"
    assert failure.lines[1:3] == ["  CorpusError: a.txt: empty", "  -> fill it"]


def test_tags_change_nothing(project, go):
    notebook = project.notebook("01_x", "raise ValueError", tags=["raises-exception", "skip-execution"])
    with pytest.raises(NotebookError, match="ValueError"):
        run(read_notebook(notebook), project.settings, project.figures, Kernels())


def test_what_is_promised_must_be_written(project, go, make_light):
    failure = go("import kit", "if False:\n    kit.Table(None, id='tbl-a')")
    assert failure.lines[0] == "01_x, cell 2"
    assert failure.error.startswith("tbl-a was not written (no tables/tbl-a.csv, ")
    assert project.products() == {}


def test_what_is_written_must_be_promised(project, go, make_light):
    failure = go(make_light("tbl-a"), "import os, pathlib\npathlib.Path(os.environ['KIT_STAGE'], 'x.csv').touch()")
    assert failure.error.startswith("it wrote x.csv, which no kit.Table")
    assert project.products() == {}


def test_an_edit_made_after_reading_does_not_count(project, make_light):
    file = project.notebook("01_x", make_light("tbl-a"))
    notebook = read_notebook(file)
    file.write_text("{}", encoding="utf-8")
    run(notebook, project.settings, project.figures, Kernels())
    assert "tbl-a.json" in project.products()


def test_the_kernel_is_this_python_with_surroundings_of_its_own(project, go, tmp_path, monkeypatch):
    home = tmp_path / "home"
    for place in (home / ".ipython", home / "ipython"):
        startup = place / "profile_default" / "startup"
        startup.mkdir(parents=True)
        (startup / "00.py").write_text("raise SystemExit('the user\\'s own start-up')")
        (place / "profile_default" / "ipython_config.py").write_text(
            "get_config().InteractiveShellApp.exec_lines=['q=1']"
        )
    spec = home / ".local" / "share" / "jupyter" / "kernels" / "python3"
    spec.mkdir(parents=True)
    (spec / "kernel.json").write_text(json.dumps({"argv": ["/no/such/python"], "display_name": "x", "language": "x"}))
    for name, value in {
        "HOME": home,
        "IPYTHONDIR": home / "ipython",
        "JUPYTER_DATA_DIR": home / ".local" / "share" / "jupyter",
        "JUPYTER_CONFIG_DIR": home,
        "PYTHONSTARTUP": "/no/such/file",
        "PYTHONOPTIMIZE": "2",
        "PYTHONWARNINGS": "error",
        "PYTHONHASHSEED": "7",
        "OPENBLAS_NUM_THREADS": "8",
        "MPLBACKEND": "module://nothing",
        "KIT_STAGE": "/elsewhere",
        "TZ": "Asia/Jakarta",
        "LC_ALL": "C",
    }.items():
        monkeypatch.setenv(name, str(value))
    script = """
import json, os, sys, pathlib
seen = {name: os.environ.get(name) for name in WANTED}
seen |= {"python": sys.executable, "cwd": os.getcwd(), "q": "q" in globals(), "optimize": sys.flags.optimize}
import kit
seen["kit"] = kit.__file__
pathlib.Path(OUT).write_text(json.dumps(seen))
"""
    wanted = ["PYTHONHASHSEED", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"]
    wanted += [
        "MPLBACKEND",
        "PYTHONNOUSERSITE",
        "TZ",
        "LC_ALL",
        "IPYTHONDIR",
        "MPLCONFIGDIR",
        "KIT_STAGE",
        "KIT_NOTEBOOK",
    ]
    out = tmp_path / "seen.json"
    assert go(script.replace("WANTED", repr(wanted)).replace("OUT", repr(str(out)))) is None
    seen = json.loads(out.read_text())
    assert seen["python"] == sys.executable
    assert Path(seen["cwd"]) == project.root / "notebooks"
    assert Path(seen["kit"]) == Path(runner.__file__).parent.parent / "__init__.py"
    assert (seen["q"], seen["optimize"]) == (False, 0)
    one = ["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS", "PYTHONNOUSERSITE"]
    assert {name: seen[name] for name in one} == dict.fromkeys(one, "1")
    assert (seen["PYTHONHASHSEED"], seen["MPLBACKEND"]) == ("0", "agg")
    assert (seen["TZ"], seen["LC_ALL"], seen["KIT_NOTEBOOK"]) == ("Asia/Jakarta", "C", "01_x")
    own = project.root / ".kit"
    assert all(own in Path(seen[name]).parents for name in ("IPYTHONDIR", "MPLCONFIGDIR", "KIT_STAGE"))


def gone(number):
    for _ in range(100):
        if not Path("/proc", str(number)).exists():
            return True
        time.sleep(0.05)
    return False


@posix
def test_a_kernel_that_dies_is_a_failure_with_its_cell(project, go, make_light):
    go(make_light("tbl-a"))
    before = project.products()
    failure = go("x = 1", make_light("tbl-a", "2"), "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")
    assert failure.cell == "cell 3 (In [3]): import os, signal"
    assert failure.error == "the kernel was ended by SIGKILL"
    assert project.products() == before


@posix
def test_the_kernels_children_end_with_it(go, tmp_path):
    numbers = tmp_path / "numbers"
    cell = (
        "import os, pathlib, subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        f"pathlib.Path({str(numbers)!r}).write_text(f'{{os.getpid()}} {{child.pid}}')"
    )
    assert go(cell) is None
    assert all(gone(number) for number in numbers.read_text().split())


@posix
def test_stopping_ends_the_kernel_and_keeps_the_old(project, go, make_light, tmp_path):
    import threading

    go(make_light("tbl-a"))
    before, kernels, mark = project.products(), Kernels(), tmp_path / "mark"

    def stop():
        while not mark.exists():
            time.sleep(0.02)
        kernels.stop()

    stopper = threading.Thread(target=stop)
    stopper.start()
    failure = go(
        make_light("tbl-a", "2"), f"import time\nopen({str(mark)!r}, 'w').close()\ntime.sleep(600)", kernels=kernels
    )
    stopper.join()
    assert failure.error == "stopped"
    assert project.products() == before
    assert go("1", kernels=kernels).error == "stopped"


def test_a_kernel_that_does_not_come_up_is_started_once_more(go, monkeypatch):
    real, tries = kernel._run, []

    async def once(*arguments):
        tries.append(1)
        if len(tries) == 1:
            raise KernelStartError("Address already in use")
        await real(*arguments)

    async def never(*_):
        tries.append(1)
        raise KernelStartError("Address already in use")

    monkeypatch.setattr(kernel, "_run", once)
    assert go("1") is None
    assert len(tries) == 2
    tries.clear()
    monkeypatch.setattr(kernel, "_run", never)
    failure = go("1")
    assert (failure.error, failure.cell) == ("Address already in use", "")
    assert len(tries) == 2


def test_a_kernel_that_cannot_start_shows_why_in_the_log(project, go, monkeypatch):
    monkeypatch.setattr(kernel, "FIXED", {**kernel.FIXED, "PYTHONHOME": "/no/such/place"})
    failure = go("1")
    assert "died" in failure.error
    assert "/no/such/place" in log(project)


def test_a_deep_folder_and_a_long_temporary_path_do_not_matter(project, go, monkeypatch, tmp_path):
    import tempfile

    deep = tmp_path / ("d" * 100)
    deep.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    assert go("1 + 1") is None


def test_sidecars_are_published_last(tmp_path, monkeypatch):
    names = ["tbl-a.json", "tables/tbl-a.csv", "fig-b.json", "fig-b.svg"]
    for name in names:
        (tmp_path / "stage" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "stage" / name).write_text(name)
    order = []
    real = os.replace
    monkeypatch.setattr(os, "replace", lambda new, old: (order.append(Path(old).name), real(new, old)))
    publish(tmp_path / "stage", tmp_path / "figures", names)
    assert order == ["fig-b.svg", "tbl-a.csv", "fig-b.json", "tbl-a.json"]
    assert (tmp_path / "figures" / "tables" / "tbl-a.csv").read_text() == "tables/tbl-a.csv"


def test_products_reach_another_disk_whole(tmp_path, monkeypatch):
    (tmp_path / "stage").mkdir()
    (tmp_path / "stage" / "a.csv").write_text("new")
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "a.csv").write_text("old")
    real = os.replace

    def replace(new, old):
        if Path(new).parent != Path(old).parent:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        real(new, old)

    monkeypatch.setattr(os, "replace", replace)
    publish(tmp_path / "stage", tmp_path / "figures", ["a.csv"])
    assert [(file.name, file.read_text()) for file in (tmp_path / "figures").iterdir()] == [("a.csv", "new")]


def test_a_disk_that_fills_up_leaves_every_file_whole(project, go, make_light, monkeypatch):
    go(make_light("tbl-a"))
    real, moved = os.replace, []

    def replace(new, old):
        if len(moved) == 3:
            raise OSError(errno.ENOSPC, "No space left on device", str(old))
        moved.append(old)
        real(new, old)

    monkeypatch.setattr(os, "replace", replace)
    failure = go(make_light("tbl-a", "2"))
    assert "no space left on the disk" in failure.error
    assert failure.remedy
    made = sorted(project.products().values())
    assert made == [b"1"] * (len(made) - 3) + [b"2"] * 3
    assert project.products()["tbl-a.json"] == b"1"


def test_a_folder_that_cannot_be_written_is_named(project, go, make_light):
    project.figures.write_text("a file where the folder should be")
    failure = go(make_light("tbl-a"))
    assert failure.error.startswith("its products cannot be moved into place: ")
    assert "figures" in failure.error


def test_signals_end_kernels_first(monkeypatch):
    kernels = Kernels()
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt), kernels.stopped_by_signals():
        signal.raise_signal(signal.SIGTERM)
    assert kernels.stopped
    assert signal.getsignal(signal.SIGINT) is before
