"""The build engine, pytask, kept behind two functions; no other module knows it."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import tomllib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytask

from kit.build.inputs import Inputs, changes
from kit.errors import BuildError

_STATE = "1"  # of every task: what a task depends on is in its inputs, not in how it is called
_CONFIGURATION = "[tool.pytask.ini_options]\n"


@dataclass(frozen=True)
class Job:
    """Something to be made.

    Parameters
    ----------
    name : str
        What a person calls it.
    inputs : tuple of Inputs
        What it depends on.
    products : mapping of str to callable
        The files it makes, by the names a person knows them by: each gives the state of a file, None if it is missing.
    make : callable
        Makes them; raises if it cannot.

    """

    name: str
    inputs: tuple[Inputs, ...]
    products: Mapping[str, Callable[[], str | None]]
    make: Callable[[], None]


@dataclass(kw_only=True)
class _Dependency:
    """A group of inputs as a node: its state was taken before anything ran."""

    name: str
    inputs: Inputs
    attributes: dict[Any, Any] = field(default_factory=dict)

    @property
    def signature(self) -> str:
        """What tells it from other nodes."""
        return hashlib.sha256(f"{self.name}\0{self.inputs.state}".encode()).hexdigest()

    def state(self) -> str:
        """Return the hash of the entries."""
        return self.inputs.state

    def load(self, is_product: bool = False) -> None:
        """Hand nothing to the task."""

    def save(self, value: Any) -> None:
        """Take nothing from the task."""


@dataclass(kw_only=True)
class _Product:
    """A file as a node: its state is its bytes, whatever its time stamp says."""

    name: str
    of: Callable[[], str | None]
    attributes: dict[Any, Any] = field(default_factory=dict)

    @property
    def signature(self) -> str:
        """What tells it from other nodes."""
        return hashlib.sha256(f"product\0{self.name}".encode()).hexdigest()

    def state(self) -> str | None:
        """Return the state of the file."""
        return self.of()

    def load(self, is_product: bool = False) -> None:
        """Hand nothing to the task."""

    def save(self, value: Any) -> None:
        """Take nothing from the task."""


class _Task(pytask.TaskWithoutPath):
    """A job as a task."""

    def state(self) -> str:
        """Return a constant."""
        return _STATE


def state(file: Path) -> str | None:
    """Return the state of a file: what is in it, whatever its time stamp says."""
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError:
        return None
    except OSError:
        return "unreadable"


def stale(jobs: Sequence[Job], folder: Path) -> dict[str, list[str]]:
    """Find what is out of date and because of what, without making anything."""
    session = _build(jobs, folder, verbose=False, explain=True)
    for report in session.execution_reports:
        if report.outcome == pytask.TaskOutcome.FAIL and report.exc_info is not None:
            raise BuildError(f"cannot tell whether {report.task.name} is up to date") from report.exc_info[1]
    causes: dict[str, list[str]] = {}
    by_name = {job.name: job for job in jobs}
    for task in session.tasks:
        reasons = task.attributes["explanation"].reasons
        if reasons:
            causes[task.name] = _lines(reasons, by_name[task.name], folder)
    return causes


def make(
    jobs: Sequence[Job],
    folder: Path,
    *,
    workers: int,
    verbose: bool = False,
    made: Callable[[str], None] = lambda _: None,
) -> dict[str, BaseException]:
    """Make what is out of date, several jobs at a time; one that fails does not stop the others.

    `made` is called with the name of each job that has succeeded, as it ends.

    The jobs run in threads of ours, and pytask is told of each as it ends: its state is then on the disk, whatever
    happens to the others. (pytask-parallel looks for ended tasks at intervals of up to a second.)
    """
    for job in jobs:
        for group in job.inputs:
            _keep(group, folder)
    errors: dict[str, BaseException] = {}
    with ThreadPoolExecutor(workers) as pool:
        running = {pool.submit(job.make): job for job in jobs}
        try:
            for future in as_completed(running):
                ended = replace(running[future], make=future.result)
                error = future.exception()
                if error is not None:
                    errors[ended.name] = error
                _build([ended], folder, verbose=verbose, show_traceback=verbose)
                if error is None:
                    made(ended.name)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    _sweep(folder)
    return errors


def _build(jobs: Sequence[Job], folder: Path, *, verbose: bool, **options: Any) -> pytask.Session:
    """Run pytask; begin afresh where its state cannot be read."""
    for _ in range(2):
        folder.mkdir(parents=True, exist_ok=True)
        configuration = folder / "pyproject.toml"  # marks the folder as pytask's root, so that its state stays there
        if not configuration.exists():
            configuration.write_text(_CONFIGURATION, encoding="utf-8", newline="\n")
        heard = io.StringIO()
        screen = pytask.console.file
        if not verbose:
            pytask.console.file = heard
        try:
            session = pytask.build(
                tasks=[_task(job) for job in jobs],
                config=configuration,
                paths=[folder],
                capture="no",
                check_casing_of_paths=False,
                **options,
            )
        finally:
            pytask.console.file = screen
        if session.exit_code in (pytask.ExitCode.OK, pytask.ExitCode.FAILED):
            return session
        if session.exit_code != pytask.ExitCode.CONFIGURATION_FAILED:
            break
        shutil.rmtree(folder)  # a state that cannot be read: everything counts as out of date
    raise BuildError(f"the build engine failed:\n{heard.getvalue()}", remedy="python3 make.py clean, then try again")


def _task(job: Job) -> _Task:
    """Make a task of a job."""
    return _Task(
        name=job.name,
        function=lambda inputs: job.make(),  # noqa: ARG005 - pytask hands over the dependencies by this name
        depends_on={"inputs": [_Dependency(name=group.name, inputs=group) for group in job.inputs]},
        produces={"products": [_Product(name=name, of=of) for name, of in job.products.items()]},
    )


def _lines(reasons: Sequence[Any], job: Job, folder: Path) -> list[str]:
    """Put pytask's reasons into a person's words."""
    if any(reason.node_type == "source" for reason in reasons):
        return ["not made in this folder yet"]
    groups = {group.name: group for group in job.inputs}
    lines = []
    for reason in reasons:
        name = reason.node_name
        if reason.node_type == "product":
            said = "missing" if reason.reason == "missing" else "not as it was made"
            lines.append(f"{name}: {said}")
            continue
        before = _kept(reason.details.get("old_hash", ""), folder)
        lines += [f"{name}: changed"] if before is None else changes(before, groups[name].entries)
    return sorted(lines)


def _keep(group: Inputs, folder: Path) -> None:
    """Write a group's entries down under their hash, so that a later state can be compared with them."""
    file = folder / "inputs" / f"{group.state}.json"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        new = file.with_suffix(".new")
        new.write_text(group.text, encoding="utf-8", newline="\n")
        new.replace(file)


def _kept(state: str, folder: Path) -> dict[str, str] | None:
    """Read entries by their hash; None if they were not kept."""
    file = folder / "inputs" / f"{state}.json"
    if not file.is_file():
        return None
    entries: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return entries


def _sweep(folder: Path) -> None:
    """Remove entries that no finished job refers to any more."""
    lock = folder / "pytask.lock"
    tasks = tomllib.loads(lock.read_text(encoding="utf-8")).get("task", []) if lock.is_file() else []
    used = {state for task in tasks for state in task["depends_on"].values()}
    for file in (folder / "inputs").glob("*.json"):
        if file.stem not in used:
            file.unlink()
