"""Kernels that share what they load: forked of one process that has loaded it, where the system can fork safely."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent.parent


class Forked:
    """A kernel that is no child of this process, with what of `subprocess.Popen` Jupyter asks for.

    Parameters
    ----------
    pid : int
        Its number.
    status : int
        Descriptor from which its exit code is read once it has ended.

    """

    stdin = stdout = stderr = None

    def __init__(self, pid: int, status: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._status = status

    def poll(self) -> int | None:
        """Return its exit code, None while it runs."""
        return self._ended(0)

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end."""
        code = self._ended(timeout)
        if code is None:
            raise subprocess.TimeoutExpired("kernel", timeout or 0)
        return code

    def send_signal(self, number: int) -> None:
        """Send it a signal, while it runs."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def _ended(self, timeout: float | None) -> int | None:
        """Wait so many seconds for its exit code; who forked it may have been killed with it."""
        if self.returncode is None and select.select([self._status], [], [], timeout)[0]:
            self.returncode = _read(self._status)
            self.returncode = -signal.SIGKILL if self.returncode is None else self.returncode
            os.close(self._status)
        return self.returncode


@dataclass
class Nursery:
    """One process that has loaded modules, and forks kernels.

    Parameters
    ----------
    modules : sequence of str
        What it loads. Without any it forks nothing: each kernel is then a process that loads for itself.

    """

    modules: Sequence[str] = ()
    _guard: threading.Lock = field(default_factory=threading.Lock)
    _process: subprocess.Popen[bytes] | None = None
    _line: socket.socket | None = None
    _environment: dict[str, str] = field(default_factory=dict)

    def fork(self, arguments: Sequence[str], folder: Path, environment: dict[str, str], output: int) -> Forked | None:
        """Fork a kernel with its command's arguments; None where it has to be started otherwise."""
        if not self.modules or sys.platform != "linux":
            return None
        with self._guard, suppress(OSError):
            if self._process is None:
                self._begin(environment)
            assert self._line is not None
            own = {name: value for name, value in environment.items() if self._environment.get(name) != value}
            order = json.dumps({"arguments": list(arguments), "folder": str(folder), "environment": own})
            status, told = os.pipe()
            with suppress(OSError):  # it may have been ended
                socket.send_fds(self._line, [order.encode()], [output, told])
            os.close(told)
            pid = _read(status)
            if pid is not None:
                return Forked(pid, status)
            os.close(status)
        return None

    def stop(self) -> None:
        """End the process, and with it the kernels that still run."""
        process, self.modules = self._process, ()
        if process is not None:
            process.kill()
            process.wait()
        if self._line is not None:
            self._line.close()

    def _begin(self, environment: dict[str, str]) -> None:
        """Start the process, which loads the modules while the first order waits for it."""
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._environment = environment
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "kit.build.forking", str(theirs.fileno())],
                cwd=_ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        self._line.send(json.dumps(list(self.modules)).encode())


def shared(reached: Iterable[Iterable[Path]]) -> list[str]:
    """List the modules of the kit that more than one of several notebooks can reach, given the files of each."""
    counts = Counter(file for files in reached for file in set(files))
    several = (file for file, number in counts.items() if number > 1 and file.suffix == ".py")
    names = (file.relative_to(_ROOT).with_suffix("").parts for file in several if file.is_relative_to(_ROOT / "kit"))
    return sorted(".".join(parts).removesuffix(".__init__") for parts in names)


def _read(status: int) -> int | None:
    """Read a number that ends in a line feed, byte by byte; None where there is none any more."""
    text = b""
    while not text.endswith(b"\n"):
        byte = os.read(status, 1)
        if not byte:
            return None
        text += byte
    return int(text)
