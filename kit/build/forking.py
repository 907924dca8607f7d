"""The process that kernels are forked of: ``python -m kit.build.forking DESCRIPTOR``, started by `kit.build.nursery`.

It loads modules once, forks a kernel for each order, and tells how each has ended. It starts no thread, and ends, with
its kernels, when the build does.
"""

from __future__ import annotations

import gc
import importlib.util
import json
import os
import select
import signal
import socket
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

MOST = 1 << 16  # bytes of a message
_HARMLESS = frozenset({"jemalloc_bg_thd"})  # threads that their library starts anew in a forked process
#: What is loaded late, of packages that are loaded: drawing the first figure would load it.
_LATE = {"matplotlib": tuple(f"matplotlib.backends.backend_{kind}" for kind in ("agg", "pdf", "svg"))}


def main(descriptor: int) -> None:
    """Load what the first message names, then fork kernels until the build has ended."""
    if Path(sys.path[0]).resolve() == Path.cwd():
        del sys.path[0]  # as ipykernel_launcher does
    line = socket.socket(fileno=descriptor)
    load(json.loads(line.recv(MOST)))
    if alone(Path("/proc/self/task")):
        _serve(line)


def load(modules: Iterable[str]) -> None:
    """Load modules, and IPython's kernel; one that cannot be loaded is left to the notebook that wants it."""
    for name in ("ipykernel.kernelapp", "ipykernel.ipkernel", *modules):
        with suppress(Exception):
            importlib.import_module(name)
    for package, late in _LATE.items():
        for name in late if package in sys.modules else ():
            importlib.import_module(name)
    gc.collect()
    gc.freeze()  # or the first collection of each kernel would copy all of it


def alone(tasks: Path) -> bool:
    """Tell whether a process has no thread that would be missed in a fork of it."""
    names = [
        task.joinpath("comm").read_text(encoding="utf-8").strip()
        for task in tasks.iterdir()
        if task.name != str(os.getpid())
    ]
    return set(names) <= _HARMLESS


def _serve(line: socket.socket) -> None:
    """Fork a kernel for each message, and write its number and, later, how it ended where the message says."""
    heard, told = socket.socketpair()
    for end in (heard, told):
        end.setblocking(False)
    signal.set_wakeup_fd(told.fileno(), warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    kernels: dict[int, int] = {}
    while True:
        ready = select.select([line, heard], [], [])[0]
        if heard in ready:
            with suppress(BlockingIOError):
                heard.recv(MOST)
        _reap(kernels)
        if line not in ready:
            continue
        raw, files, *_ = socket.recv_fds(line, MOST, 2)
        if not raw:  # the build has ended
            break
        output, status = files
        number = os.fork()
        if not number:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            for end in (line, heard, told):
                end.close()
            for file in (*kernels.values(), status):
                os.close(file)
            _become(json.loads(raw), output)
        kernels[number] = status
        os.close(output)
        _write(status, number)
    for number in kernels:
        with suppress(ProcessLookupError):
            os.killpg(number, signal.SIGKILL)


def _reap(kernels: dict[int, int]) -> None:
    """Tell of each kernel that has ended with which code."""
    for number in list(kernels):
        ended, state = os.waitpid(number, os.WNOHANG)
        if ended:
            status = kernels.pop(number)
            _write(status, os.waitstatus_to_exitcode(state))
            os.close(status)


def _write(status: int, number: int) -> None:
    """Write a line, if anybody still listens."""
    with suppress(BrokenPipeError):
        os.write(status, f"{number}\n".encode())


def _become(order: dict[str, Any], output: int) -> None:
    """Be the kernel of an order: in a session of its own, with its surroundings; ends the process."""
    os.setsid()
    nothing = os.open(os.devnull, os.O_RDONLY)
    for old, new in ((nothing, 0), (output, 1), (output, 2)):
        os.dup2(old, new)
    os.environ.update(order["environment"])
    os.chdir(order["folder"])
    launcher = importlib.util.find_spec("ipykernel_launcher")
    assert launcher is not None
    sys.argv = [str(launcher.origin), *order["arguments"], f"--IPKernelApp.parent_handle={os.getppid()}"]
    app: Any = importlib.import_module("ipykernel.kernelapp")
    try:
        app.launch_new_instance()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
