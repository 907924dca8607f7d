"""Make requirements.lock anew from pyproject.toml."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

from kit.build.faults import explain, plainly
from kit.build.lock import LOCK, UV, lock_flaws, read_lock
from kit.build.process import Workshop
from kit.build.progress import Progress
from kit.build.registry import pip_settings, uv_environment
from kit.build.wheel import kit_wheel, lock_entry, requirements
from kit.errors import BuildError

_LOG = ".kit/lock.log"
# One set of versions for every Python from the oldest on and for every system; no index, host or path in the file.
_COMPILE = (
    *("pip", "compile", "pyproject.toml", "--all-extras", "--universal", "--python-version", "3.11"),
    *("--fork-strategy", "fewest", "--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url"),
    *("--no-emit-find-links", "--no-sources", "--only-binary", ":all:"),
)
_OTHER_INDEXES = ("extra-index-url", "find-links")


def regenerate(root: Path, *, upgrade: bool = False, echo: Callable[[str], object] = print) -> None:
    """Write requirements.lock anew from pyproject.toml (its dependencies with all extras, and the group dev).

    A study's lock also names the wheel of the kit in its folder, and what that needs. uv does it in a throw-away venv.
    Versions that the old lock names stay where pyproject.toml still allows them. The file is replaced whole, or not at
    all.
    """
    scratch = root / ".kit" / f"lock-{os.getpid()}"
    progress = Progress(echo)
    with plainly():
        scratch.mkdir(parents=True)
        try:
            with (root / _LOG).open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as log:
                text = _resolve(root, Workshop(root, log, scratch), progress, upgrade=upgrade)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
        flaws = lock_flaws(text) if text else ["it is empty"]
        if flaws:
            raise BuildError(f"uv wrote a lock with a flaw ({flaws[0]}); {LOCK} is as it was", remedy=f"see {_LOG}")
        count = len(read_lock(text))
        if (root / LOCK).is_file() and (root / LOCK).read_text(encoding="utf-8") == text:
            progress.say(f"{LOCK} is up to date: {count} packages")
            return
        _replace(root / LOCK, text)
    progress.say(f"{LOCK} written: {count} packages; the next run installs them")


def _replace(file: Path, text: str) -> None:
    """Write a file whole or not at all."""
    new = file.with_name(f"{file.name}.new")
    try:
        with new.open("w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        new.replace(file)
    finally:
        new.unlink(missing_ok=True)


def _resolve(root: Path, workshop: Workshop, progress: Progress, *, upgrade: bool) -> str:
    """Let uv write the lock into the scratch folder, and return its text."""
    venv, new = workshop.scratch / "venv", workshop.scratch / LOCK
    python = venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    with progress.step("throw-away environment for uv"):
        base: str = getattr(sys, "_base_executable", None) or sys.executable
        _must(workshop.run([base, "-I", "-m", "venv", str(venv)]), "no throw-away environment")
        install = [str(python), "-I", "-m", "pip", "install", "--no-input", "--disable-pip-version-check", "uv"]
        code, text = workshop.run(install)
        if code != 0:
            raise BuildError(f"uv cannot be installed: {explain(text)[0]}; {LOCK} is as it was", remedy=f"see {_LOG}")
    if not upgrade and (root / LOCK).is_file():
        shutil.copyfile(root / LOCK, new)
    tool = workshop.scratch / "set-up.txt"
    tool.write_text(f"{UV}\n", encoding="utf-8", newline="\n")  # whatever a project asks for: it installs the rest
    wanted, wheel = [*_group(root), str(tool)], kit_wheel(root)
    if wheel is not None:
        needs = workshop.scratch / "kit.txt"
        needs.write_text(requirements(wheel), encoding="utf-8", newline="\n")
        wanted.append(str(needs))
    with progress.step("versions and hashes"):
        run = [str(python), "-I", "-m", "uv", *_COMPILE, *wanted, "-o", str(new)]
        # One index alone: with several, whoever publishes a newer version under the same name on another is taken
        settings = {name: value for name, value in pip_settings(python).items() if name not in _OTHER_INDEXES}
        env = {**uv_environment(settings, workshop.scratch / "uv"), "VIRTUAL_ENV": str(venv)}
        _must(workshop.run(run, env=env), "uv failed")
    return new.read_text(encoding="utf-8") + (lock_entry(wheel) if wheel else "")


def _group(root: Path) -> list[str]:
    """Name the group dev to uv, where pyproject.toml has it."""
    file = root / "pyproject.toml"
    if not file.is_file():
        return []  # uv says so
    try:
        groups = tomllib.loads(file.read_text(encoding="utf-8")).get("dependency-groups", {})
    except tomllib.TOMLDecodeError as error:
        raise BuildError(str(error), place=file.name, remedy="mend the line, or restore the file from git") from error
    return ["--group", "dev"] if "dev" in groups else []


def _must(outcome: tuple[int, str], problem: str) -> None:
    """Refuse a failed child, with the last line of what it said that reads as an error."""
    code, text = outcome
    if code == 0:
        return
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    told = [line for line in lines if re.match(r"error|ERROR|cause|×", line)] or lines or [f"exit code {code}"]
    raise BuildError(f"{problem}: {told[-1]}; {LOCK} is as it was", remedy=f"see {_LOG}")
