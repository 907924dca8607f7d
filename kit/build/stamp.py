"""What a ready .venv is known by: its stamp, and what an unstamped one says of itself."""

from __future__ import annotations

import hashlib
import json
import os
import sys
import sysconfig
from pathlib import Path

from kit.build.lock import LOCK
from kit.errors import BuildError

STAMP = "kit-stamp.json"  # in .venv: written last, so that a stamped environment is a whole one


def venv_python(root: Path) -> Path:
    """Return where the python of the project's .venv is."""
    return root / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def identity(root: Path) -> dict[str, str]:
    """Say what a ready .venv was made from, by and for."""
    return {
        "lock": hashlib.sha256(lock_bytes(root)).hexdigest(),
        "python": python_version(),
        "platform": sysconfig.get_platform(),
        "root": written(root),
    }


def python_version() -> str:
    """Return this Python's version to the last digit, with what tells its variants apart."""
    variant = "" if sys.implementation.name == "cpython" else f" {sys.implementation.name}"
    return sys.version.split()[0] + variant + getattr(sys, "abiflags", "")


def lock_bytes(root: Path) -> bytes:
    """Read the lock, line ends as in git."""
    try:
        return (root / LOCK).read_bytes().replace(b"\r\n", b"\n")
    except FileNotFoundError as error:
        raise BuildError(f"{LOCK} is missing", remedy="restore it from git, or python3 make.py lock") from error


def why_not_ready(root: Path) -> str:
    """Say why the set-up has to run."""
    if not (root / ".venv").exists():
        return "there is none yet"
    stamp, now = read_stamp(root / ".venv" / STAMP), identity(root)
    if not stamp:
        return "the last set-up did not finish"
    if stamp.get("root") != now["root"]:
        return "the project has moved"
    if not venv_python(root).exists():
        return "the Python it was made by is gone"
    if stamp.get("python") != now["python"] or stamp.get("platform") != now["platform"]:
        return f"the one here was made by Python {stamp.get('python')} on {stamp.get('platform')}"
    return "" if stamp == now else f"{LOCK} has changed"


def same_but_lock(stamp: dict[str, str], root: Path) -> bool:
    """Tell whether a stamp, if there is one, names this Python, system and folder."""
    return not stamp or {**stamp, "lock": ""} == {**identity(root), "lock": ""}


def made_here(venv: Path) -> bool:
    """Tell whether a .venv, stamped or not, was made for this folder by this Python."""
    try:
        lines = (venv / "pyvenv.cfg").read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return False
    said = {key.strip(): value.strip() for key, _, value in (line.partition("=") for line in lines)}
    version = ".".join(map(str, sys.version_info[:3]))
    return said.get("version") == version and said.get("command", "").endswith(f" {written(venv)}")


def written(path: Path) -> str:
    """Write a path the same way under every locale."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def read_stamp(file: Path) -> dict[str, str]:
    """Read a stamp."""
    try:
        stamp = json.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def write_stamp(file: Path, stamp: dict[str, str]) -> None:
    """Write a stamp whole or not at all."""
    new = file.with_name(f"{file.name}.new")
    with new.open("w", encoding="utf-8", newline="\n") as stream:
        json.dump(stamp, stream, indent=1, sort_keys=True)
        stream.flush()
        os.fsync(stream.fileno())
    new.replace(file)
