"""Kernels forked of a process that has loaded what they need: like others, and ended whatever happens."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import kit
from kit.build.forking import alone
from kit.build.kernel import Kernels
from kit.build.notebooks import read_notebook
from kit.build.nursery import Nursery, shared
from kit.build.runner import Failure, NotebookError, run

KIT = Path(kit.__file__).resolve().parent
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux alone")


@pytest.fixture
def go(project: Any) -> Callable[..., Failure | None]:
    def go(kernels: Kernels, *sources: str, name: str = "01_x") -> Failure | None:
        try:
            run(read_notebook(project.notebook(name, *sources)), project.settings, project.figures, kernels)
        except NotebookError as error:
            return error.failure
        return None

    return go


def forking() -> Kernels:
    return Kernels(nursery=Nursery(["kit.errors", "no.such.module", "kit.settings"]))


def gone(number: int) -> bool:
    for _ in range(200):
        if not Path("/proc", str(number)).exists():
            return True
        time.sleep(0.05)
    return False


SEEN = """
import json, os, pathlib, signal, sys, threading
before = "kit.settings" in sys.modules
import kit, kit.settings
seen = {
    "environment": {name: value for name, value in os.environ.items() if not name.startswith("JPY_")},
    "path": sys.path, "argv": sys.argv[:4], "cwd": os.getcwd(), "flags": repr(sys.flags), "main": sorted(globals()),
    "leads": os.getpid() == os.getpgid(0) == os.getsid(0), "input": os.fstat(0).st_size,
    "signals": [repr(signal.getsignal(number)) for number in (signal.SIGCHLD, signal.SIGINT, signal.SIGTERM)],
    "file": kit.__file__, "history": [get_ipython().history_manager.enabled, get_ipython().history_manager.hist_file],
    "threads": sorted(one.name for one in threading.enumerate()),
}
pathlib.Path(OUT).write_text(json.dumps([before, seen]))
"""


def test_a_forked_kernel_sees_what_a_started_one_sees(
    project: Any, go: Callable[..., Failure | None], tmp_path: Path
) -> None:
    stages = project.root / ".kit" / "stage"
    found = {}
    with forking().stopped_by_signals() as kernels:
        for name, these in (("started", Kernels()), ("first", kernels), ("second", kernels)):
            out = tmp_path / f"{name}.json"
            assert go(these, SEEN.replace("OUT", repr(str(out))), name="01_x") is None
            before, seen = json.loads(out.read_text(encoding="utf-8"))
            assert before == (name != "started")
            stage = Path(seen["environment"]["KIT_STAGE"]).parent
            assert stage.parent == stages
            text = json.dumps(seen).replace(stage.name, "STAGE").replace(str(seen["argv"][2]), "-f")
            found[name] = json.loads(text)
    assert found["started"] == found["first"] == found["second"]


def test_a_forked_kernel_that_dies_is_a_failure_with_its_cell(go: Callable[..., Failure | None]) -> None:
    with forking().stopped_by_signals() as kernels:
        for cell, end in (
            ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "was ended by SIGKILL"),
            ("import os\nos._exit(3)", "ended with exit code 3"),
        ):
            failure = go(kernels, "x = 1", cell)
            assert failure is not None
            assert failure.error == f"the kernel {end}", cell
            assert failure.cell.startswith("cell 2 (In [2]): import os"), cell
        assert go(kernels, "1") is None  # the others of the build are as they were


def test_children_of_a_forked_kernel_end_with_it(go: Callable[..., Failure | None], tmp_path: Path) -> None:
    numbers = tmp_path / "numbers"
    cell = (
        "import os, pathlib, subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        f"pathlib.Path({str(numbers)!r}).write_text(f'{{os.getpid()}} {{child.pid}} {{os.getppid()}}')"
    )
    with forking().stopped_by_signals() as kernels:
        assert go(kernels, cell) is None
        kernel, child, parent = map(int, numbers.read_text().split())
        assert gone(kernel)
        assert gone(child)
        assert Path("/proc", str(parent)).exists()
    assert gone(parent)


def test_without_the_process_kernels_are_started_each_for_itself(
    go: Callable[..., Failure | None], tmp_path: Path
) -> None:
    mark = tmp_path / "mark"
    cell = f"import os, pathlib\npathlib.Path({str(mark)!r}).write_text(str(os.getppid()))"
    with forking().stopped_by_signals() as kernels:
        assert go(kernels, cell) is None
        parent = int(mark.read_text())
        assert parent != os.getpid()
        os.kill(parent, signal.SIGKILL)
        assert go(kernels, cell) is None
        assert int(mark.read_text()) == os.getpid()
    kernels = Kernels(nursery=Nursery())
    assert go(kernels, cell) is None
    assert int(mark.read_text()) == os.getpid()


def test_kernels_end_when_the_build_is_gone(tmp_path: Path) -> None:
    nursery, arguments = Nursery(["kit.errors"]), ["-f", str(tmp_path / "k.json")]
    environment = {**os.environ, "PYTHONPATH": str(KIT.parent)}
    with (tmp_path / "out.txt").open("wb") as output:
        kernel = nursery.fork(arguments, tmp_path, environment, output.fileno())
    assert kernel is not None
    assert kernel.poll() is None
    assert nursery._line is not None
    nursery._line.close()  # as a build that was killed leaves it
    assert kernel.wait(timeout=20) == -signal.SIGKILL
    assert gone(kernel.pid)
    nursery.stop()


def test_what_several_notebooks_reach_is_loaded() -> None:
    one = [KIT / "__init__.py", KIT / "errors.py", KIT / "index" / "kernel.py", KIT / "codebook" / "lists.csv"]
    two = [KIT / "__init__.py", KIT / "index" / "kernel.py", KIT / "codebook" / "lists.csv", KIT.parent / "make.py"]
    assert shared([one, two]) == ["kit", "kit.index.kernel"]
    assert shared([one]) == shared([one, []]) == []


def test_a_process_with_threads_is_not_forked(tmp_path: Path) -> None:
    for number, name in ((os.getpid(), "python"), (1, "jemalloc_bg_thd")):
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / "comm").write_text(f"{name}\n")
    assert alone(tmp_path)
    (tmp_path / "2").mkdir()
    (tmp_path / "2" / "comm").write_text("python\n")
    assert not alone(tmp_path)
