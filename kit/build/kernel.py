"""One Jupyter kernel for one notebook: this very Python, no settings of the user's, ended whatever happens."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from kit.build.nursery import Forked, Nursery
from kit.parts.kept import MEMORY
from kit.progress import FILE

#: Variables a kernel gets with these values whatever the caller's are: one thread each, one hash seed, no window, and
#: little memory for parts of a corpus at hand, since many notebooks may run at once.
FIXED = {
    MEMORY: "250",
    "MPLBACKEND": "agg",
    "MKL_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONNOUSERSITE": "1",
}
_LEAKS = re.compile(
    r"JUPYTER|IPYTHON|JPY_|KIT_|MPLCONFIGDIR$|MATPLOTLIBRC$"
    r"|PYTHON(PATH|HOME|STARTUP|OPTIMIZE|WARNINGS|INSPECT|DEBUG|PLATLIBDIR|SAFEPATH|USERBASE|BREAKPOINT|DEVMODE)$"
)
_SOCKET_PATH = 90  # bytes; a Unix socket's path may have some ten more, and a project's folder may lie deeper
SOCKETS = "sockets.txt"  # in a stage: the folder of its kernel's sockets, for the build after one that was killed
SOCKETS_PREFIX = "kit-"  # of that folder's name
_LAUNCH = (sys.executable, "-m", "ipykernel_launcher")
_STARTING = 120  # seconds a kernel has to answer


class KernelStartError(Exception):
    """A kernel died, or did not answer, before its first cell."""


class KernelDiedError(Exception):
    """A kernel died while it ran a cell."""


@dataclass
class Kernels:
    """The kernels that run now, so that all of them can be ended at once.

    Parameters
    ----------
    stopped : bool
        Whether all have been ended and none may start any more.
    nursery : Nursery
        Of which they are forked, if it is told what to load.

    Examples
    --------
    >>> kernels = Kernels()
    >>> with kernels.stopped_by_signals():
    ...     kernels.stopped
    False
    >>> kernels.stopped
    True

    """

    stopped: bool = False
    nursery: Nursery = field(default_factory=Nursery)
    _live: set[int] = field(default_factory=set)
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def add(self, number: int) -> None:
        """Note a kernel's process; end it right away where everything has been stopped."""
        with self._guard:
            self._live.add(number)
        if self.stopped:
            _end_group(number)

    def remove(self, number: int) -> None:
        """Forget a kernel's process."""
        with self._guard:
            self._live.discard(number)

    def stop(self) -> None:
        """End every kernel with its children, and let none start."""
        self.stopped = True
        self.nursery.stop()
        for number in tuple(self._live):
            _end_group(number)

    @contextmanager
    def stopped_by_signals(self) -> Iterator[Kernels]:
        """Let Ctrl-C and SIGTERM end all kernels before they end this process."""

        def stop(number: int, _frame: FrameType | None) -> None:
            self.stop()
            raise KeyboardInterrupt(signal.Signals(number).name)

        before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield self
        finally:
            self.stop()
            for number, handler in before.items():
                signal.signal(number, handler)


@dataclass(frozen=True)
class Surroundings:
    """Where a kernel runs and what it may write to.

    Parameters
    ----------
    folder : Path
        Its working directory.
    stage : Path
        A folder of its own for everything that Jupyter and IPython keep.
    products : Path
        Where its exhibits go (``KIT_STAGE``).
    cache : Path
        Where matplotlib keeps its list of fonts.
    notebook : str
        The notebook's name (``KIT_NOTEBOOK``).
    settings : dict of str to str
        Variables by which it reads the settings of another corpus; empty for the project's own.

    """

    folder: Path
    stage: Path
    products: Path
    cache: Path
    notebook: str
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def note(self) -> Path:
        """Where a long computation says how far it has got (``KIT_PROGRESS``)."""
        return self.stage / "progress.txt"

    @property
    def environment(self) -> dict[str, str]:
        """The kernel's environment: the caller's, without what would make it another kernel."""
        home = self.stage / "jupyter"
        kept = {name: value for name, value in os.environ.items() if not _LEAKS.match(name.upper())}
        return {
            **kept,
            **FIXED,
            **self.settings,
            "PYTHONPATH": str(Path(__file__).resolve().parent.parent.parent),
            "IPYTHONDIR": str(home / "ipython"),
            "JUPYTER_CONFIG_DIR": str(home / "config"),
            "JUPYTER_DATA_DIR": str(home / "data"),
            "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
            "MPLCONFIGDIR": str(self.cache),
            "KIT_STAGE": str(self.products),
            "KIT_NOTEBOOK": self.notebook,
            FILE: str(self.note),
        }


def execute(document: Any, place: Surroundings, kernels: Kernels, watch: Callable[[int, float], None]) -> None:
    """Run all cells of a notebook in a kernel of its own."""
    asyncio.run(_twice(document, place, kernels, watch))


async def _twice(document: Any, place: Surroundings, kernels: Kernels, watch: Callable[[int, float], None]) -> None:
    """Run a notebook; start once more where the kernel did not come up."""
    try:
        await _run(document, place, kernels, watch)
    except KernelStartError:
        if kernels.stopped:
            raise
        await _run(document, place, kernels, watch)


async def _run(document: Any, place: Surroundings, kernels: Kernels, watch: Callable[[int, float], None]) -> None:
    """Start a kernel, run the notebook, end the kernel with all its children."""
    from jupyter_client.kernelspec import KernelSpec  # noqa: PLC0415 - a build with nothing to do need not wait for it
    from jupyter_client.manager import AsyncKernelManager  # noqa: PLC0415
    from nbclient import NotebookClient  # noqa: PLC0415
    from nbclient.exceptions import DeadKernelError  # noqa: PLC0415

    class ThisPython(AsyncKernelManager):
        """A manager that asks no list of installed kernels."""

        @property
        def kernel_spec(self) -> KernelSpec:
            # Nobody asks a build for Out[3]: kept, it would be every table that a cell has shown.
            argv = [*_LAUNCH, "-f", "{connection_file}", "--InteractiveShell.cache_size=0"]
            return KernelSpec(argv=argv, display_name="Python 3", language="python")

        async def _async_launch_kernel(self, kernel_cmd: list[str], **kw: Any) -> None:
            """Fork the kernel of a process that has loaded what it needs, where there is one."""
            arguments = kernel_cmd[len(_LAUNCH) :]
            forked = kernels.nursery.fork(arguments, place.folder, kw["env"], raw.fileno())
            if forked is None:
                await super()._async_launch_kernel(kernel_cmd, **kw)
                return
            provisioner: Any = self.provisioner
            provisioner.process = forked
            provisioner.pid = provisioner.pgid = forked.pid
            self._reconcile_connection_info(provisioner.connection_info)

    begun: list[float] = []
    (place.stage / "jupyter" / "ipython").mkdir(parents=True, exist_ok=True)
    place.cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=SOCKETS_PREFIX) as sockets, (place.stage / "kernel.txt").open("ab") as raw:
        (place.stage / SOCKETS).write_text(sockets, encoding="utf-8", newline="\n")
        file = Path(sockets, "k.json")
        transport = "ipc" if os.name == "posix" and len(bytes(file)) < _SOCKET_PATH else "tcp"
        manager = ThisPython(connection_file=str(file), transport=transport)
        client = NotebookClient(
            document,
            km=manager,
            timeout=None,
            startup_timeout=_STARTING,
            record_timing=False,
            on_cell_execute=lambda **_: begun.append(time.monotonic()),
            on_cell_executed=lambda cell_index, **_: watch(cell_index, time.monotonic() - begun[-1]),
        )
        process: subprocess.Popen[bytes] | Forked | None = None
        try:
            await client.async_start_new_kernel(
                cwd=str(place.folder), env=place.environment, stdout=raw.fileno(), stderr=raw.fileno()
            )
            process = manager.provisioner.process  # type: ignore[union-attr]
            assert process is not None
            kernels.add(process.pid)
            await client.async_start_new_kernel_client()
            await client.async_execute()
        except DeadKernelError as error:
            raise (KernelDiedError if begun else KernelStartError)(_last_words(process)) from error
        except (RuntimeError, OSError) as error:
            if begun:
                raise
            raise KernelStartError(str(error)) from error
        finally:
            if client.kc is not None:
                client.kc.stop_channels()
            if process is not None:
                _end_group(process.pid)
                kernels.remove(process.pid)
                process.kill()
                process.wait()
            await manager.cleanup_resources()


def _last_words(process: subprocess.Popen[bytes] | Forked | None) -> str:
    """Say how a process ended."""
    code = process.poll() if process is not None else None
    if code is not None and code < 0:
        return f"the kernel was ended by {signal.Signals(-code).name}"
    return "the kernel ended" + (f" with exit code {code}" if code is not None else "")


def _end_group(number: int) -> None:
    """End a kernel and the processes it started; it leads a group of its own."""
    if os.name != "posix":
        return  # its children share the console's group; the kernel itself is ended by its handle
    try:
        os.killpg(number, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):  # it has ended; a system may then have given the number away
        return
