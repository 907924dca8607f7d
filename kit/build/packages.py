"""What the lock asks of this machine and what .venv has: a script that runs under .venv's own python."""

from __future__ import annotations

import csv
import importlib.metadata
import json
import os
import shutil
import sys
import sysconfig
from pathlib import Path
from typing import Any

NO_PIP = 3  # exit code: this python has no pip, or only a part of it
UNREADABLE = 4  # exit code: the last line of output is a requirement that cannot be read


def survey(requirements: list[str], *, mend: bool) -> dict[str, Any]:
    """Compare requirements with the packages of the python that runs this."""
    try:  # pip carries this library and is the only package that should be here from the start
        from pip._vendor.packaging.requirements import InvalidRequirement, Requirement  # noqa: PLC0415
        from pip._vendor.packaging.utils import canonicalize_name  # noqa: PLC0415
    except ImportError:
        sys.exit(NO_PIP)

    wanted = {}
    for text in requirements:
        try:
            entry = Requirement(text)
        except InvalidRequirement:  # whose own message has several lines, other ones in each version of pip
            print(text)
            sys.exit(UNREADABLE)
        if entry.marker is None or entry.marker.evaluate():
            wanted[canonicalize_name(entry.name)] = next(iter(entry.specifier)).version
    site = Path(sysconfig.get_path("purelib"))
    if mend:
        _mend(site)
    found = (importlib.metadata.PathDistribution(folder) for folder in sorted(site.glob("*.dist-info")))
    installed = {canonicalize_name(package.name): package.version for package in found}
    return {"site": site.relative_to(sys.prefix).as_posix(), "wanted": wanted, "installed": installed}


def _mend(site: Path) -> None:
    """Delete the metadata of packages that are there in part, and what pip was about to remove when it was killed."""
    for folder in sorted(site.glob("*.dist-info")):
        if not _whole(folder):
            shutil.rmtree(folder)
    for left_over in sorted(site.glob("~*")):
        shutil.rmtree(left_over) if left_over.is_dir() else left_over.unlink()


def _whole(folder: Path) -> bool:
    """Tell whether every file that a package's RECORD lists is there at its size."""
    if not all((folder / name).is_file() for name in ("METADATA", "INSTALLER", "RECORD")):
        return False
    with (folder / "RECORD").open(encoding="utf-8", newline="") as lines:
        for path, _, size, *_ in csv.reader(lines):
            if size:
                try:
                    if os.stat(folder.parent / path).st_size != int(size):  # noqa: PTH116 - 50,000 files: the quick way
                        return False
                except FileNotFoundError:
                    return False
    return True


if __name__ == "__main__":
    print(json.dumps(survey(json.load(sys.stdin), mend="--mend" in sys.argv[1:])))
