"""Notebooks run one after another or side by side, with a line for each that starts and ends."""

from __future__ import annotations

import threading
import time
import traceback
from dataclasses import dataclass, field
from pathlib import Path

from kit.build.kernel import Kernels
from kit.build.notebooks import Notebook
from kit.build.runner import Failure, NotebookError, run
from kit.settings import Settings


@dataclass
class Batch:
    """A set of notebooks to be run, and how far it has got.

    Parameters
    ----------
    settings : Settings
        The project's settings.
    destination : Path
        The folder of figures.
    kernels : Kernels
        Is told of each kernel.
    total : int
        How many notebooks will run.

    """

    settings: Settings
    destination: Path
    kernels: Kernels
    total: int = 0
    failures: list[Failure] = field(default_factory=list)
    ended: int = 0
    _guard: threading.Lock = field(default_factory=threading.Lock)
    _begun: float = field(default_factory=time.monotonic)

    def run(self, notebook: Notebook) -> None:
        """Run a notebook, any number at a time from threads."""
        if self.kernels.stopped:
            raise NotebookError(Failure(notebook.name, "stopped"))
        begun = time.monotonic()
        self._say(f"{notebook.name} started")
        try:
            run(
                notebook,
                self.settings,
                self.destination,
                self.kernels,
                lambda text: self._say(f"{notebook.name}: {text}"),
            )
        except Exception as error:
            unforeseen = Failure(notebook.name, "".join(traceback.format_exception_only(error)).strip())
            failure = error.failure if isinstance(error, NotebookError) else unforeseen
            with self._guard:
                self.ended += 1
                alike = [f"as {one.notebook}" for one in self.failures if one.fault == failure.fault]
                self.failures.append(failure)
            told = alike[0] if alike else failure.error
            self._say(f"{notebook.name} FAILED after {time.monotonic() - begun:.1f} s: {told}")
            raise
        with self._guard:
            self.ended += 1
        made = counted(len(notebook.exhibits), "exhibit")
        self._say(f"{notebook.name} done in {time.monotonic() - begun:.1f} s: {made}")

    @property
    def seconds(self) -> float:
        """Seconds since the batch was made."""
        return time.monotonic() - self._begun

    def _say(self, text: str) -> None:
        """Print one line with the count of notebooks that have ended."""
        with self._guard:
            print(f"[{self.ended}/{self.total}] {text}", flush=True)


def say_failures(failures: list[Failure]) -> None:
    """Print the summary of what failed, a fault of several notebooks once."""
    whose = "its" if len(failures) == 1 else "their"
    print(f"\n{counted(len(failures), 'notebook')} failed; {whose} exhibits are as they were:")
    faults: dict[tuple[str, str], list[Failure]] = {}
    for failure in sorted(failures, key=lambda failure: failure.notebook):
        faults.setdefault(failure.fault, []).append(failure)
    for alike in faults.values():
        head, *told = alike[0].lines
        if len(alike) > 1:
            head = ", ".join(failure.notebook for failure in alike)
        print("\n".join(f"  {line}" for line in (head, *told)))


def counted(number: int, noun: str) -> str:
    """Write a number and what it counts."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
