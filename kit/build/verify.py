"""The target ``verify``: make everything anew in a fresh folder and compare it with the figures papers cite."""

from __future__ import annotations

import shutil
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from kit.build.batch import Batch, counted, say_failures
from kit.build.bundling import unpacked
from kit.build.differences import compare, inputs, report
from kit.build.faults import plainly
from kit.build.figures import alone, load_once, visible, write_page
from kit.build.git import contents, entries, git
from kit.build.inputs import Survey
from kit.build.kernel import Kernels
from kit.build.process import cores
from kit.build.project import read_project
from kit.build.runner import failure_of, told_path
from kit.build.workplace import workplace
from kit.errors import BuildError
from kit.settings import Settings


def verify(settings: Settings, wanted: Sequence[str] = (), *, workers: int | None = None) -> int:
    """Run notebooks into a fresh folder and compare what they make byte by byte with the committed figures."""
    begun = time.monotonic()
    archived = unpacked(settings)
    if archived is not None:
        return archived
    with plainly(), alone(settings, "verify"), Kernels().stopped_by_signals() as kernels:
        before, source = committed(settings)
        if not before:
            raise BuildError("no figures to compare with", place=source, remedy="python3 make.py figures makes them")
        project = read_project(settings, wanted)
        if wanted:  # the page shows what the others make too
            theirs = {name for notebook in project.notebooks for name in notebook.products}
            before = {name: raw for name, raw in before.items() if name in theirs}
        failures = [failure_of(name, error) for name, error in project.broken.items()]
        fresh = workplace(settings) / "verify"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir()
        batch = Batch(settings, fresh, kernels, len(project.notebooks))
        load_once(kernels, Survey(settings), project.notebooks)
        with ThreadPoolExecutor(min(workers or cores(), len(project.notebooks) or 1)) as pool:
            for notebook in project.notebooks:
                pool.submit(batch.run, notebook)  # which notes what goes wrong
        if kernels.stopped:
            raise KeyboardInterrupt
        failures += batch.failures
        if failures:
            say_failures(failures)
            print("Nothing was compared, since not everything could be made")
            return 1
        if any(fresh.glob("*.json")) and not wanted:
            write_page(settings, fresh)
        now = on_disk(fresh)
        found = compare(before, now)
        makers = {exhibit.id: notebook.name for notebook in project.notebooks for exhibit in notebook.exhibits}
        seconds = time.monotonic() - begun
        if not found:
            shutil.rmtree(fresh)
            print(f"Verified: {counted(len(now), 'file')}, the same bytes as in {source} ({seconds:.1f} s)")
            _say_uncommitted(settings, before, some=bool(wanted))
            return 0
    print("\n".join(report(found, makers)))
    other = inputs(before, now)
    if other:
        print("", "Made from other inputs:", *(f"  {line}" for line in other), sep="\n")
    differ = "differs" if len(found) == 1 else "differ"
    anew = f"{counted(len(found), 'exhibit')} made anew in {told_path(settings, fresh)}"
    print(f"\n{anew} {differ} from {source} ({seconds:.1f} s)")
    _say_uncommitted(settings, before, some=bool(wanted))
    return 1


def committed(settings: Settings) -> tuple[dict[str, bytes], str]:
    """Read the figures to compare with: those of the last commit, or of the disk where git has none."""
    figures, root = settings.figures, settings.root
    name = figures.relative_to(root).as_posix() if figures.is_relative_to(root) else None
    files = {} if name is None else at_revision(root, "HEAD", name)
    if files:
        commit = (git(root, "rev-parse", "--short", "HEAD") or b"").decode().strip()
        return files, f"{name}/ of git commit {commit}"
    return on_disk(figures), f"{name or figures}/ on this disk"


def at_revision(root: Path, revision: str, folder: str) -> dict[str, bytes]:
    """Read the files of a folder of figures as they were committed, hidden ones left out."""
    found = {entry.name.removeprefix(f"{folder}/"): entry for entry in entries(root, revision, folder)}
    shown = [entry for name, entry in found.items() if not any(part.startswith(".") for part in name.split("/"))]
    return {entry.name.removeprefix(f"{folder}/"): raw for entry, raw in contents(root, shown)}


def on_disk(folder: Path) -> dict[str, bytes]:
    """Read the files under a folder."""
    return {name: (folder / name).read_bytes() for name in visible(folder)}


def _say_uncommitted(settings: Settings, before: dict[str, bytes], *, some: bool) -> None:
    """Say so where the figures on the disk are not those that were compared."""
    disk = on_disk(settings.figures)
    apart = sum(disk.get(name) != before.get(name) for name in ({*before} if some else {*disk, *before}))
    if apart:
        files = f"{counted(apart, 'file')} of {told_path(settings, settings.figures)}/"
        print(f"On this disk {files} differ{'s' * (apart == 1)} from that commit")
