"""Child processes of the set-up and of make.py: their environment, their output, their end."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import IO, TextIO

# What would lead a child to other packages than the lock's, or have each of a hundred children compile the kit anew.
# Index, proxy and certificate settings stay.
_LEAKS = (
    "PYTHONDONTWRITEBYTECODE",
    *("PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "PYTHONPLATLIBDIR", "PYTHONEXECUTABLE", "__PYVENV_LAUNCHER__"),
    *("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_PYTHON", "PIP_REQUIRE_VIRTUALENV", "PIP_DRY_RUN"),
    *("PIP_REQUIREMENT", "PIP_EDITABLE", "PIP_NO_BINARY", "PIP_ONLY_BINARY", "PIP_NO_DEPS", "PIP_IGNORE_INSTALLED"),
    *("PIP_CONSTRAINT", "PIP_BUILD_CONSTRAINT", "PIP_FORCE_REINSTALL", "PIP_QUIET", "PIP_VERBOSE", "PIP_REPORT"),
    *("PIP_LOG", "PIP_PROGRESS_BAR", "PIP_REQUIRE_HASHES", "PIP_UPLOADED_PRIOR_TO", "PIP_PRE"),
)
_GRACE = 5.0  # seconds a child has to end by itself when its parent was stopped


def clean_environment(venv: Path | None = None) -> dict[str, str]:
    """Return this process's environment without what would lead a child to other packages, or keep it slow."""
    names = {name.upper(): name for name in os.environ}
    env = {name: os.environ[name] for upper, name in names.items() if upper not in _LEAKS}
    if venv is not None:
        folder = venv / ("Scripts" if os.name == "nt" else "bin")
        env["VIRTUAL_ENV"] = str(venv)
        env["PATH"] = os.pathsep.join([str(folder), *filter(None, [env.get("PATH")])])
    return env


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True)
class Workshop:
    """Where the set-up's children work and what they may write to.

    Parameters
    ----------
    root : Path
        The project's folder; every child runs there.
    log : TextIO
        Gets the whole output of every child.
    scratch : Path
        The children's folder for temporary files.
    keep : tuple of int
        Descriptors the children inherit: the lock they work under.

    """

    root: Path
    log: TextIO
    scratch: Path
    keep: tuple[int, ...] = ()

    def run(
        self,
        command: Sequence[str],
        *,
        given: str = "",
        env: dict[str, str] | None = None,
        line: Callable[[str], None] | None = None,
        tick: Callable[[], None] | None = None,
    ) -> tuple[int, str]:
        """Run a child to its end."""
        self.scratch.mkdir(parents=True, exist_ok=True)
        shown = ("(a script)" if "\n" in word else word for word in command)
        self.log.write(f"$ {' '.join(shown)}\n")
        self.log.flush()
        child = subprocess.Popen(
            command,
            cwd=self.root,
            env={**(env or clean_environment()), **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(self.scratch))},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            pass_fds=self.keep if os.name == "posix" else (),
        )
        assert child.stdin is not None
        assert child.stdout is not None
        lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        reader = threading.Thread(target=_read, args=(child.stdout, lines), daemon=True)
        reader.start()
        whole: list[str] = []
        try:
            with contextlib.suppress(BrokenPipeError), child.stdin as stdin:  # a child that died tells by its exit code
                stdin.write(given)
            while True:
                try:
                    text = lines.get(timeout=0.5)
                except queue.Empty:
                    text = None
                if text == "":
                    break
                if text is not None:
                    self.log.write(text)
                    whole.append(text)
                    if line is not None:
                        line(text.rstrip())
                if tick is not None:
                    tick()
            code = child.wait()
        except BaseException:
            _end(child)
            raise
        finally:
            reader.join(_GRACE)
            child.stdout.close()
        self.log.flush()
        return code, "".join(whole)


def run_to_end(command: Sequence[str], *, root: Path, env: dict[str, str], output: TextIO | None = None) -> int:
    """Run a target in the foreground, or with what it prints in a file, and return its exit code.

    Ctrl-C reaches the child from the terminal itself, and it may need time to tidy up: this process waits for it. A
    signal that was sent to this process alone is handed on.
    """
    sys.stdout.flush()
    child = subprocess.Popen(command, cwd=root, env=env, stdout=output, stderr=output)
    interrupted = False

    def hand_on(number: int, _frame: FrameType | None) -> None:
        nonlocal interrupted
        interrupted = interrupted or number == signal.SIGINT
        if child.poll() is None and not (number == signal.SIGINT and _terminal_is_ours()):
            child.send_signal(number)

    numbers = [signal.SIGINT, signal.SIGTERM] if os.name == "posix" else []
    before = {number: signal.signal(number, hand_on) for number in numbers}
    try:
        while True:
            try:
                code = child.wait()
            except KeyboardInterrupt:  # Windows: the console has told the child too
                interrupted = True
                continue
            if interrupted and code != 0:
                raise KeyboardInterrupt
            return 128 - code if code < 0 else code
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _terminal_is_ours() -> bool:
    """Tell whether Ctrl-C on the terminal goes to this process and its children alike."""
    try:
        return os.tcgetpgrp(0) == os.getpgrp()
    except OSError:  # standard input is no terminal
        return False


def _read(stream: IO[str], lines: queue.SimpleQueue[str]) -> None:
    """Hand on a stream's lines, then one empty text."""
    for text in stream:
        lines.put(text)
    lines.put("")


def _end(child: subprocess.Popen[str]) -> None:
    """End a child that is no longer wanted, first politely."""
    child.terminate()
    try:
        child.wait(_GRACE)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
