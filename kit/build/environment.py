"""The project's .venv: made from requirements.lock, complete or not stamped, the same for everyone."""

from __future__ import annotations

import importlib.util
import inspect
import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kit.build import packages
from kit.build.faults import LOG, explain, plainly
from kit.build.filelock import hold
from kit.build.installer import Installer
from kit.build.lock import LOCK, UV, Entry, lock_flaws, read_lock
from kit.build.process import Workshop
from kit.build.progress import Progress
from kit.build.stamp import (
    STAMP,
    identity,
    lock_bytes,
    made_here,
    python_version,
    read_stamp,
    same_but_lock,
    venv_python,
    why_not_ready,
    write_stamp,
    written,
)
from kit.build.wheel import NAME, check_locked, is_installed, kit_wheel
from kit.errors import BuildError


def prepare(root: Path, wheels: Path | None = None, echo: Callable[[str], object] = print) -> Path:
    """Make the project's .venv ready, if it is not, and return its python.

    It is ready when its stamp names this lock file (by its hash), this Python, this system and this folder. Otherwise
    the set-up runs, one process at a time: packages are fetched and checked by hash before anything is changed, what
    the lock no longer names is removed, and the stamp is written last. A set-up that was stopped anywhere is completed
    by the next.
    """
    python = venv_python(root)
    check_locked(root)
    if not why_not_ready(root):
        return python
    with plainly():
        require_venv_module()
        if wheels is not None and not wheels.is_dir():
            raise BuildError(f"there is no folder {wheels}", remedy="give --wheels the folder that holds the wheels")
        state = root / ".kit"
        state.mkdir(exist_ok=True)
        progress = Progress(echo)
        with hold(state / "setup.lock", _Queue(progress)) as descriptor:
            reason = why_not_ready(root)
            if reason:  # not so where the process waited for has done the work
                begun = time.monotonic()
                progress.say(f"Setting up .venv with Python {python_version()}: {reason}")
                scratch = state / "tmp"
                shutil.rmtree(scratch, ignore_errors=True)  # a killed pip leaves its files
                try:
                    with (root / LOG).open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as log:
                        _SetUp(root, Workshop(root, log, scratch, (descriptor,)), progress, wheels).run()
                finally:
                    shutil.rmtree(scratch, ignore_errors=True)
                progress.say(f"  ready in {time.monotonic() - begun:.0f} s")
    return python


def require_venv_module() -> None:
    """Refuse a Python that cannot make virtual environments, as Debian's is without python3-venv."""
    if all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        return
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    raise BuildError(
        f"this Python {version} has no venv module with pip, which the set-up needs",
        remedy=f"on Debian or Ubuntu: sudo apt install python{version}-venv; "
        f"elsewhere: install your system's full Python {version}",
    )


class _SetUp:
    """One run of the set-up, under the lock."""

    def __init__(self, root: Path, workshop: Workshop, progress: Progress, wheels: Path | None) -> None:
        self._root, self._workshop, self._progress = root, workshop, progress
        self._venv, self._python, self._stamp = root / ".venv", venv_python(root), root / ".venv" / STAMP
        self._aside = root / ".kit" / "venv-before"
        self._installer = Installer(self._python, workshop, progress, wheels)

    def run(self) -> None:
        """Bring .venv to what the lock says."""
        text = lock_bytes(self._root).decode("utf-8", "replace")
        flaws = lock_flaws(text)
        if flaws:
            raise BuildError(flaws[0], place=LOCK, remedy="restore it from git, or python3 make.py lock")
        entries = read_lock(text)
        requirements = [entry.requirement for entry in entries]
        before = read_stamp(self._stamp)
        done = False
        try:
            self._environment(before)
            survey = self._survey(requirements, mend=not before)
            if survey is None or "pip" not in survey["installed"]:
                self._create()  # a set-up was killed before its pip was whole
                survey = self._survey(requirements)
            if survey is None:
                raise BuildError("the new .venv has no pip", remedy=f"see {LOG}")
            self._stamp.unlink(missing_ok=True)
            self._packages(survey, entries)
            done = True
        finally:
            self._settle(before, done=done)

    def _environment(self, before: dict[str, str]) -> None:
        """Keep a .venv of this Python and folder, or make a new one."""
        if self._python.exists() and made_here(self._venv) and same_but_lock(before, self._root):
            return
        if before and before.get("root") == written(self._root) and self._python.exists() and not self._aside.exists():
            self._venv.rename(self._aside)  # whole, for another Python: it comes back if the new one fails
        self._create()

    def _create(self) -> None:
        """Make an empty .venv with pip."""
        self._installer.begun = True
        with self._progress.step("new environment"):
            if self._venv.is_dir() and not self._venv.is_symlink():
                shutil.rmtree(self._venv)
            else:
                self._venv.unlink(missing_ok=True)
            # The base interpreter: a venv made by conda's or another venv's python would lean on that one
            base: str = getattr(sys, "_base_executable", None) or sys.executable
            code, text = self._workshop.run([base, "-I", "-X", "utf8", "-m", "venv", str(self._venv)])
            if code != 0:
                problem, remedy = explain(text)
                raise BuildError(f"python -m venv: {problem} (log: {LOG})", remedy=remedy)

    def _survey(self, requirements: list[str], *, mend: bool = False) -> dict[str, Any] | None:
        """Ask .venv's python what the lock wants of it and what it has; None where it has no pip to ask with."""
        script = inspect.getsource(packages)  # which may lie in a wheel, where no other python can run it
        command = [str(self._python), "-I", "-X", "utf8", "-c", script, *(["--mend"] if mend else [])]
        code, text = self._workshop.run(command, given=json.dumps(requirements))
        if code == packages.NO_PIP:
            return None
        told = (text.strip().splitlines() or [f"exit code {code}"])[-1]
        if code == packages.UNREADABLE:
            raise BuildError(f"{told!r} cannot be read", place="requirements.lock", remedy="restore it from git")
        if code != 0:
            raise BuildError(f".venv cannot be looked at: {told}", remedy=f"see {LOG}; delete .venv if it is broken")
        found: dict[str, Any] = json.loads(told)
        return found

    def _packages(self, survey: dict[str, Any], entries: list[Entry]) -> None:
        """Install, remove, check, stamp."""
        requirements = [entry.requirement for entry in entries]
        wanted, site = survey["wanted"], self._venv / survey["site"]
        wheel = kit_wheel(self._root)
        if wheel is not None and NAME in survey["installed"] and not is_installed(wheel, site):
            self._installer.uninstall([NAME])
        with self._progress.step(f"{len(wanted)} packages"):
            self._install(entries, wanted, survey["installed"], site)
        orphans = sorted(set(survey["installed"]) - set(wanted) - {"pip"})
        if orphans:
            with self._progress.step(f"removed {', '.join(orphans)}"):
                self._installer.uninstall(orphans)
        with self._progress.step("check"):
            after = self._survey(requirements)
            if after is None or any(after["installed"].get(name) != wanted[name] for name in wanted):
                raise BuildError(f".venv is not what {LOCK} says", remedy=f"delete .venv and run again; see {LOG}")
            self._installer.check(by_uv=UV in wanted)
            if wheel is None:  # else the kit is one of the packages
                # A relative line is plain ASCII and right in any locale, whatever letters the project's path has
                line = os.path.relpath(self._root, site).replace(os.sep, "/")
                (site / "kit.pth").write_text(f"{line}\n", encoding="ascii", newline="\n")
        self._installer.tidy()
        write_stamp(self._stamp, identity(self._root))

    def _install(self, entries: list[Entry], wanted: dict[str, str], installed: dict[str, str], site: Path) -> None:
        """Let uv install what is wanted, or else pip; where there is no uv for this machine, it is not wanted."""
        if UV in wanted:
            if self._installer.install_by_uv(entries, wanted, site, there=installed.get(UV) == wanted[UV]):
                return
            found = self._survey([entry.requirement for entry in entries], mend=True)  # uv may have stopped half-way
            if found is None or found["installed"].get(UV) != wanted[UV]:
                entries = [entry for entry in entries if entry.name != UV]
                del wanted[UV]
        self._installer.install_by_pip(entries, wanted, site)

    def _settle(self, before: dict[str, str], *, done: bool) -> None:
        """Drop the environment set aside; or bring the old one back where the set-up failed before it was touched."""
        if done:
            if self._aside.exists():
                with self._progress.step("old environment removed"):
                    shutil.rmtree(self._aside, ignore_errors=True)
        elif self._aside.exists():
            shutil.rmtree(self._venv, ignore_errors=True)
            self._aside.rename(self._venv)
            self._progress.say(f"  the .venv of Python {read_stamp(self._stamp).get('python')} is back in its place")
        elif before and not self._installer.begun:
            write_stamp(self._stamp, before)
            self._progress.say("  .venv is as it was, and works again with the lock it was made from")


class _Queue:
    """What to say while another set-up runs."""

    def __init__(self, progress: Progress) -> None:
        self._progress, self._said = progress, False

    def __call__(self, holder: str, seconds: float) -> None:
        who = f"process {holder}" if holder else "another process"
        if not self._said:
            self._said = True
            self._progress.say(f"Another make.py ({who}, or a pip it started) is setting up .venv: waiting for it")
        self._progress.count(f"waiting for {who}, {seconds:.0f} s")
