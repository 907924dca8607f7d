"""The inputs of a project by kind, and checkouts of it in which one kind is put back to an older revision."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tomllib
import zipfile
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from kit.build.git import contents, entries, git, names, write
from kit.build.inputs import Survey
from kit.build.lock import LOCK, read_lock
from kit.build.notebooks import folder_of
from kit.build.process import run_to_end
from kit.build.project import read_project
from kit.build.verify import on_disk
from kit.build.wheel import NAME, kit_wheel
from kit.build.workplace import inside
from kit.errors import KitError
from kit.settings import Settings, load_settings

#: The kinds that can be put back; versions cannot, since other packages need another environment.
INPUTS = ("texts", "codebook", "parameters", "files", "code")
_SETTINGS = "pyproject.toml"
_CODE = ("kit", "notebooks")
_SHIPPED = "kit/codebook"  # whose CSV files are the codebook, where a project has none of its own
_IN_A_CHECKOUT = "results/diff"  # figures of a checkout whose corpus lies outside of the project


@dataclass(frozen=True)
class Run:
    """What came of making exhibits anew.

    Parameters
    ----------
    files : dict of str to bytes
        The figures made.
    failed : set of str
        Exhibits that their notebooks could not make.
    reason : str
        Why, if any.
    notebooks : tuple of str
        The notebooks that failed.

    """

    files: dict[str, bytes]
    failed: set[str]
    reason: str = ""
    notebooks: tuple[str, ...] = ()


def kinds(settings: Settings, revision: str) -> dict[str, list[str]]:
    """Sort what differs between a revision and the last commit by kind of input; ``versions`` among them."""
    root = settings.root
    listed = names(git(root, "diff", "--name-only", "--no-renames", "--relative", "-z", revision, "HEAD"))
    found = by_kind(listed, settings, table_at(root, revision))
    if table_at(root, revision) == table_at(root, "HEAD"):
        found.pop("parameters", None)
    if _packages(root, revision) == _packages(root, "HEAD"):
        found.pop("versions", None)
    return found


def by_kind(listed: Iterable[str], settings: Settings, before: Mapping[str, Any]) -> dict[str, list[str]]:
    """Sort files by the kind of input they are, the settings of both revisions in mind; others are left out."""
    places = _places(settings, before)
    named = {os.path.relpath(path, settings.root).replace(os.sep, "/") for path in _named(settings)}
    found: dict[str, list[str]] = {}
    for name in listed:
        path = PurePosixPath(name)
        kind = next((kind for kind, under in places.items() if any(path.is_relative_to(one) for one in under)), "")
        if name == _SETTINGS:
            kind = "parameters"
        elif name == LOCK:
            kind = "versions"
        elif not kind and path.parent.as_posix() == _SHIPPED and path.suffix == ".csv":
            kind = "codebook"
        elif not kind and (path.parts[0] in _CODE or (len(path.parts) == 1 and path.suffix == ".whl")):
            kind = "code"
        elif not kind and any(path.is_relative_to(one) for one in named):
            kind = "files"
        if kind:
            found.setdefault(kind, []).append(name)
    return found


def table_at(root: Path, revision: str) -> dict[str, Any]:
    """Read ``[tool.kit]`` as it was at a revision; empty where it cannot be read."""
    try:
        parsed = tomllib.loads((git(root, "show", f"{revision}:./{_SETTINGS}") or b"").decode("utf-8-sig"))
    except ValueError:
        return {}
    table = parsed.get("tool", {}).get("kit", {})
    return table if isinstance(table, dict) else {}


def apart_from_git(settings: Settings) -> list[Path]:
    """List the files of corpus and codebook that git does not have."""
    given = [settings.corpus, *filter(None, (settings.codebook, settings.validity))]
    asked = [place.relative_to(settings.root).as_posix() for place in given if inside(settings, place)]
    return [settings.root / name for name in names(git(settings.root, "ls-files", "-z", "--others", "--", *asked))]


def fingerprints(files: Mapping[str, bytes]) -> dict[str, str]:
    """Read off the sidecars of which corpus each exhibit is."""
    found = {}
    for name, raw in files.items():
        if name.endswith(".json"):
            with suppress(ValueError, TypeError, KeyError):
                found[name] = str(json.loads(raw)["attrs"]["fingerprint"])
    return found


def lay_out(settings: Settings, folder: Path, revision: str, back: Collection[str]) -> None:
    """Lay the last commit out in a folder, some files as they were at a revision, without what no notebook reads."""
    root, changed = settings.root, set(back)
    figures = PurePosixPath(settings.figures.relative_to(root).as_posix())
    kit_too = any(PurePosixPath(name).parts[0] == "kit" for name in changed)
    now = [entry for entry in entries(root, "HEAD") if entry.name not in changed]
    wanted = [*now, *(entry for entry in entries(root, revision) if entry.name in changed)]
    left = ("tests", "docs", "benchmarks", "findings", *(() if kit_too else ("kit",)))
    chosen = [
        entry
        for entry in wanted
        if PurePosixPath(entry.name).parts[0] not in left and not PurePosixPath(entry.name).is_relative_to(figures)
    ]
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    write(folder, contents(root, chosen))
    for file in apart_from_git(settings):
        copy = folder / file.relative_to(root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)
    wheel = kit_wheel(folder)
    if wheel is not None and wheel.name in changed:
        with zipfile.ZipFile(wheel) as archive:  # as pip unpacks it
            archive.extractall(folder)


def run(settings: Settings, folder: Path, moved: Collection[str], *, workers: int | None) -> Run:
    """Make the exhibits that have moved in a checkout, with the kit that lies in it or else the one that runs."""
    outside = not inside(settings, settings.corpus)
    env = {**os.environ, "KIT_CORPUS": os.path.normpath(settings.corpus) if outside else ""}
    env["KIT_FIGURES"] = _IN_A_CHECKOUT if outside else ""
    running = Path(__file__).resolve().parents[2]
    env["PYTHONPATH"] = str(folder if (folder / "kit").is_dir() else running)
    log = folder.with_suffix(".log")
    try:
        theirs = load_settings(folder)
        project = read_project(theirs)
        promised = {one.id: notebook.name for notebook in project.notebooks for one in notebook.exhibits}
        asked = sorted({promised[id_] for id_ in moved if id_ in promised})
        command = [sys.executable, "-m", "kit.build", "figures", *asked]
        command += ["--workers", str(workers)] if workers else []
        with log.open("w", encoding="utf-8", newline="\n") as output:
            code = run_to_end(command, root=folder, env=env, output=output) if asked else 0
    except KitError as error:
        return Run({}, set(moved), error.problem)
    figures = folder / _IN_A_CHECKOUT if outside else theirs.figures
    files = on_disk(figures) if figures.is_dir() else {}
    failed = {id_ for id_ in moved if id_ in promised and f"{id_}.json" not in files}
    reason = _last_words(log) if code and failed else ""
    return Run(files, failed, reason, tuple(sorted({promised[id_] for id_ in failed})))


def _places(settings: Settings, before: Mapping[str, Any]) -> dict[str, set[str]]:
    """List where texts and codebook lie in the project, as the settings say now and as they said before."""
    root = settings.root
    now = {"texts": [settings.corpus], "codebook": [*filter(None, (settings.codebook, settings.validity))]}
    keys = {"texts": ("corpus",), "codebook": ("codebook", "validity")}
    found: dict[str, set[str]] = {}
    for kind, paths in now.items():
        old = [root / str(before[key]) for key in keys[kind] if before.get(key)]
        own = {Path(os.path.normpath(path)) for path in (*paths, *old) if inside(settings, path)}
        found[kind] = {path.relative_to(root).as_posix() for path in own}
    return found


def _named(settings: Settings) -> set[Path]:
    """List the places that notebooks name."""
    if not any(folder_of(settings).glob("*.ipynb")):
        return set()
    survey = Survey(settings)
    return {place for notebook in read_project(settings).notebooks for place in survey.places(notebook.tree)}


def _packages(root: Path, revision: str) -> set[tuple[str, tuple[str, ...]]]:
    """List the packages of a lock but the kit's own wheel, which is code."""
    text = (git(root, "show", f"{revision}:./{LOCK}") or b"").decode("utf-8", "replace")
    return {(one.requirement, one.hashes) for one in read_lock(text) if not one.requirement.startswith(f"{NAME}==")}


def _last_words(log: Path) -> str:
    """Return the line of a build's output that says what failed."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    said = [line for line in lines if " FAILED after " in line]
    return said[0].partition(": ")[2] if said else next((line.strip() for line in reversed(lines) if line.strip()), "")
