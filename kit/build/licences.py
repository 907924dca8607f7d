"""docs/licences.md: under which licence each package of the lock stands, as the package itself states it.

.venv/bin/python -m kit.build.licences > docs/licences.md
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, metadata, requires
from itertools import chain
from pathlib import Path

from packaging.requirements import Requirement

from kit.build.lock import LOCK, UV, read_lock
from kit.settings import project_root

_HEAD = """# Licences

Which packages `make.py` installs, and under which licence each states that it stands. The kit itself is under the MIT
licence. Packages that only the tests use are not part of what a study carries; none is copied into the kit. Written by
`.venv/bin/python -m kit.build.licences > docs/licences.md` after the lock has changed.
"""
_TESTS = """Two carry other programs inside: pypandoc-binary pandoc (GPL 2 or later), playwright Node.js (MIT).

"""
_NOT_HERE = "stated in the package, which is for other systems"
_EXTRA = re.compile(r"""extra == ["']([^"']+)""")
_CLASSIFIER = "License :: "


def page(root: Path) -> str:
    """Return the text of the page for the lock of a project."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    product = _closure([UV, *project["dependencies"], *chain.from_iterable(project["optional-dependencies"].values())])
    rows: dict[bool, list[str]] = {True: [], False: []}
    for entry in read_lock((root / LOCK).read_text(encoding="utf-8")):
        requirement = entry.requirement.partition(" ;")[0]
        name, _, version = requirement.partition("==")
        rows[_plain(name) in product].append(f"| {name} | {version} | {_licence(name)} |")
    table = "| package | version | licence |\n|---|---|---|\n"
    parts = [_HEAD, "\n## What the kit runs on\n\n", table, "\n".join(rows[True])]
    parts += ["\n\n## What the tests and checks need beside it\n\n", _TESTS, table, "\n".join(rows[False]), "\n"]
    return "".join(parts)


def _closure(wanted: Iterable[str]) -> set[str]:
    """Return the names of packages and of all that they require, on whatever system; extras only if asked for."""
    done: set[tuple[str, frozenset[str]]] = set()
    waiting = [Requirement(text) for text in wanted]
    while waiting:
        one = waiting.pop()
        key = (_plain(one.name), frozenset(one.extras))
        if key in done:
            continue
        done.add(key)
        try:
            needed = [Requirement(text) for text in requires(one.name) or []]
        except PackageNotFoundError:  # for another system
            continue
        asked = {_plain(extra) for extra in one.extras}
        for other in needed:
            extra = _EXTRA.search(str(other.marker or ""))
            if extra is None or _plain(extra.group(1)) in asked:
                waiting.append(other)
    return {name for name, _ in done}


def _licence(name: str) -> str:
    """Return the licence that a package states: as an expression, as a classifier, or in a word or two."""
    try:
        stated = metadata(name)
    except PackageNotFoundError:
        return _NOT_HERE
    classifiers = [line for line in stated.get_all("Classifier") or [] if line.startswith(_CLASSIFIER)]
    named = sorted({line.rpartition(" :: ")[2] for line in classifiers} - {"OSI Approved"})
    expression, free = (
        str((stated.get_all(key) or [""])[0]).strip().split("\n")[0] for key in ("License-Expression", "License")
    )
    found = expression or "; ".join(named) or free or "not stated"
    return found.replace("|", "/")


def _plain(name: str) -> str:
    """Return the name of a package as the index compares names."""
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    sys.stdout.write(page(project_root()))
