"""The kit as one wheel: what a study of one's own carries in place of a clone."""

from __future__ import annotations

import base64
import csv
import email
import hashlib
import importlib.metadata
import importlib.util
import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

from kit.build.lock import LOCK
from kit.build.stamp import lock_bytes
from kit.errors import BuildError

NAME = "governance-discourse-kit"
_FILES = "governance_discourse_kit-*.whl"
_CLONE = Path(__file__).resolve().parents[2]
_INSTALLED = (Path(__file__).resolve().parent / "template" / "make.py").is_file()  # which only the wheel has there
_EXTRA = re.compile(r"\s*(?:;|and)\s*extra == ['\"][\w-]+['\"]")
_KEPT = ("METADATA", "WHEEL", "licenses")  # of a wheel's own facts; the rest says how it was installed


def kit_wheel(root: Path) -> Path | None:
    """Return the wheel of the kit that lies in a project's folder."""
    found = sorted(root.glob(_FILES))
    if len(found) > 1:
        names = " and ".join(file.name for file in found)
        raise BuildError(f"there are {names}", remedy="keep the one you mean, then python3 make.py lock")
    return found[0] if found else None


def lock_entry(wheel: Path) -> str:
    """Write what requirements.lock says of a wheel of the kit."""
    version = wheel.name.split("-")[1]
    return f"{NAME}=={version} \\\n    --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


def check_locked(root: Path) -> None:
    """Refuse a wheel of the kit that requirements.lock does not name."""
    wheel = kit_wheel(root)
    if wheel and lock_entry(wheel) not in lock_bytes(root).decode("utf-8", "replace"):
        raise BuildError(
            f"{wheel.name} is not the kit that {LOCK} names",
            remedy="if you have put it there as an upgrade: python3 make.py lock; else restore it from git",
        )


def requirements(wheel: Path) -> str:
    """List what a wheel of the kit needs, its extras included, as a requirements file does."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        facts = email.message_from_bytes(archive.read(name))
    return "".join(f"{_EXTRA.sub('', line)}\n" for line in facts.get_all("Requires-Dist", []))


def is_installed(wheel: Path, site: Path) -> bool:
    """Tell whether what is installed is this very wheel: to pip, another one of the same version is the same."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/RECORD"))
        files = {line for line in archive.read(name).decode("utf-8").splitlines() if "sha256=" in line}
    record = site / name
    return record.is_file() and files <= set(record.read_text(encoding="utf-8").splitlines())


def put_wheel(folder: Path) -> Path:
    """Write a wheel of the kit that is running."""
    return _collected(folder) if _INSTALLED else _built(folder)


def _built(folder: Path) -> Path:
    """Let the build backend make the wheel from the clone."""
    if importlib.util.find_spec("hatchling") is None:
        raise BuildError("this Python has no hatchling, which builds the wheel", remedy="python3 make.py init FOLDER")
    command = [sys.executable, "-P", "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder.absolute())]
    done = subprocess.run(command, cwd=_CLONE, capture_output=True, encoding="utf-8", errors="replace", check=False)
    wheel = kit_wheel(folder)
    if done.returncode != 0 or wheel is None:
        lines = (done.stderr.strip() or done.stdout.strip() or "it said nothing").splitlines()
        raise BuildError(
            f"the wheel cannot be built: {lines[-1]}", remedy="mend pyproject.toml, or restore it from git"
        )
    return wheel


def _collected(folder: Path) -> Path:
    """Make the wheel of the files that pip installed from one like it."""
    package = importlib.metadata.distribution(NAME)
    wheel = folder / f"{NAME.replace('-', '_')}-{package.version}-py3-none-any.whl"
    record, whole = io.StringIO(), io.BytesIO()
    rows = csv.writer(record, lineterminator="\n")
    with zipfile.ZipFile(whole, "w") as archive:

        def add(name: str, raw: bytes) -> None:
            entry = zipfile.ZipInfo(name, (2020, 2, 2, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, raw)

        for file in package.files or ():
            info = file.parts[0].endswith(".dist-info")
            if file.hash is None or (info and file.parts[1] not in _KEPT):
                continue
            raw = Path(str(file.locate())).read_bytes()
            found = base64.urlsafe_b64encode(hashlib.sha256(raw).digest()).rstrip(b"=").decode("ascii")
            if found != file.hash.value:
                raise BuildError(
                    "is not as it was installed", place=str(file), remedy=f"pip install --force-reinstall {NAME}"
                )
            add(file.as_posix(), raw)
            rows.writerow([file.as_posix(), f"sha256={found}", len(raw)])
        name = next(file.parts[0] for file in package.files or () if file.name == "METADATA") + "/RECORD"
        rows.writerow([name, "", ""])
        add(name, record.getvalue().encode("utf-8"))
    wheel.write_bytes(whole.getvalue())
    return wheel
