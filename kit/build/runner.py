"""Running one notebook: in a folder of its own, its products moved into place only when all of it has succeeded."""

from __future__ import annotations

import errno
import os
import re
import shutil
import sys
import tempfile
import textwrap
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import kit.errors
from kit.build.course import Course
from kit.build.faults import plainly
from kit.build.kernel import KernelDiedError, Kernels, KernelStartError, Surroundings, execute
from kit.build.notebooks import METADATA, Notebook, folder_of
from kit.build.products import sidecar_of
from kit.build.workplace import workplace
from kit.errors import BuildError, KitError
from kit.exhibits.exhibit import missing, remove
from kit.settings import Settings

_COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
MOVING = threading.Lock()  # held while exhibits take their places, so that the page shows none half
_LONG = 300  # characters of an error message that a summary shows


@dataclass(frozen=True)
class Failure:
    """What a summary says of a notebook that failed.

    Parameters
    ----------
    notebook : str
        Its name.
    error : str
        Name and message of the error, one line.
    cell : str
        Which cell, and its first line; empty where no cell is to blame.
    remedy : str
        What to do, where the error says so.
    log : str
        Path of the log with the whole traceback; empty if there is none.

    """

    notebook: str
    error: str
    cell: str = ""
    remedy: str = ""
    log: str = ""

    @property
    def fault(self) -> tuple[str, str]:
        """What went wrong, whichever notebook met it."""
        return self.error, self.remedy

    @property
    def lines(self) -> list[str]:
        """The summary, line by line."""
        head = f"{self.notebook}, {self.cell}" if self.cell else self.notebook
        told = [self.error, f"-> {self.remedy}" if self.remedy else "", f"log: {self.log}" if self.log else ""]
        return [head, *(f"  {line}" for line in told if line)]


class NotebookError(Exception):
    """A notebook failed; its `failure` says how."""

    def __init__(self, failure: Failure) -> None:
        self.failure = failure
        super().__init__("\n".join(failure.lines))


def claim_figures(settings: Settings) -> None:
    """Note which corpus a folder of figures belongs to, unless it is the project's own."""
    owner, name = workplace(settings) / "corpus.txt", str(settings.corpus)
    before = owner.read_text(encoding="utf-8", errors="surrogateescape") if owner.exists() else name
    if settings.apart and before != name and settings.figures.exists():
        raise BuildError(
            f"holds the exhibits of {before}, not of {name}",
            place=told_path(settings, settings.figures),
            remedy="give these a folder of their own, --figures results/NAME; or delete the folder to use it anew",
        )
    if settings.apart:
        owner.write_text(name, encoding="utf-8", errors="surrogateescape", newline="\n")


def told_path(settings: Settings, path: Path) -> str:
    """Write a path as a person sees it from the project's folder."""
    return (path.relative_to(settings.root) if path.is_relative_to(settings.root) else path).as_posix()


def failure_of(name: str, error: KitError) -> Failure:
    """Make a summary of an error that is no cell's."""
    cell = error.place.removeprefix(f"{name}, ") if error.place.startswith(f"{name}, ") else ""
    problem = error.problem if cell or error.place in ("", name) else f"{error.place}: {error.problem}"
    return Failure(name, problem, cell, error.remedy)


def run(
    notebook: Notebook,
    settings: Settings,
    destination: Path,
    kernels: Kernels,
    say: Callable[[str], None] = lambda _: None,
) -> None:
    """Run a notebook and move what it made into place; `say` is told at times how far a long cell has got.

    The executed notebook is kept as ``executed/<name>.ipynb`` in the build's `workplace`, what it printed besides and
    how long its cells took as ``log/<name>.log``.
    """
    place = workplace(settings)
    for name in ("stage", "log", "executed"):
        (place / name).mkdir(exist_ok=True)
    log = place / "log" / f"{notebook.name}.log"
    stage = Path(tempfile.mkdtemp(prefix=f"{notebook.name}-{os.getpid()}-", dir=place / "stage"))
    try:
        products = stage / "products"
        products.mkdir()
        around = Surroundings(
            folder_of(settings), stage, products, place / "cache" / "matplotlib", notebook.name, settings.environment
        )
        course = Course(notebook, log, around.note)
        executed = place / "executed" / notebook.path.name
        with course.said(say):
            _execute(notebook, around, kernels, course, log, executed, told_path(settings, log))
        try:
            made = _as_promised(notebook, products)
            with plainly(), MOVING:
                publish(products, destination, made)
                for name in set(notebook.products) - made:
                    remove(destination / name)
        except BuildError as error:
            raise NotebookError(failure_of(notebook.name, error)) from error
        except OSError as error:
            raise NotebookError(Failure(notebook.name, f"its products cannot be moved into place: {error}")) from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)  # a child of the kernel may still write into it


def publish(source: Path, destination: Path, names: Iterable[str]) -> None:
    """Move files into place, each whole or not at all.

    A file that is there already with the same bytes is left alone. Sidecars come last, so that one never speaks of
    a product that is not there yet.
    """
    folders: set[Path] = set()
    for name in sorted(names, key=lambda name: (name.endswith(".json"), name)):
        new, old = source / name, destination / name
        if old.is_file() and old.read_bytes() == new.read_bytes():
            continue
        old.parent.mkdir(parents=True, exist_ok=True)
        _flush(new)
        _replace(new, old)
        folders.add(old.parent)
    if os.name == "posix":
        for folder in sorted(folders):
            _flush(folder)


def _execute(
    notebook: Notebook,
    around: Surroundings,
    kernels: Kernels,
    course: Course,
    log: Path,
    executed: Path,
    log_name: str,
) -> None:
    """Run the cells; write the log and the executed notebook whatever happens."""
    nbformat = _nbformat()
    from nbclient.exceptions import CellExecutionError  # noqa: PLC0415

    document = _document(notebook)
    timings = course.seconds
    failure: Failure | None = None
    try:
        execute(document, around, kernels, course.ended)
    except (KernelStartError, KernelDiedError) as error:
        at = max(timings, default=-1)
        after = [index for index, (kind, source) in enumerate(notebook.cells) if kind == "code" and source.strip()]
        cell = next((index for index in after if index > at), None) if isinstance(error, KernelDiedError) else None
        raise_as = "stopped" if kernels.stopped else str(error)
        failure = _failure(notebook, cell, raise_as, log_name)
        raise NotebookError(failure) from error
    except CellExecutionError as error:
        failure = _failure(notebook, max(timings), f"{error.ename}: {error.evalue}", log_name)
        raise NotebookError(failure) from error
    finally:
        executed.write_text(nbformat.writes(document), encoding="utf-8", newline="\n")
        _write_log(log, notebook, document, timings, failure, around.stage / "kernel.txt")


def _document(notebook: Notebook) -> Any:
    """Make a fresh notebook of the cells: no tag or setting of the file changes how it runs."""
    cells: list[dict[str, Any]] = [
        {"cell_type": kind, "id": f"cell-{number}", "metadata": {}, "source": source}
        | ({"execution_count": None, "outputs": []} if kind == "code" else {})
        for number, (kind, source) in enumerate(notebook.cells, start=1)
    ]
    document = {"cells": cells, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}
    return _nbformat().from_dict(document)


def _nbformat() -> Any:
    """Load nbformat, which most builds need not, without the grammar that jsonschema would compile for a second."""
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # of web addresses, which no notebook has
    import nbformat  # noqa: PLC0415

    return nbformat


def _failure(notebook: Notebook, index: int | None, error: str, log: str) -> Failure:
    """Make the summary of a failure in a cell."""
    problem, remedy = _COLOUR.sub("", error).strip(), ""
    if problem.partition(":")[0] in vars(kit.errors):
        problem, _, remedy = problem.partition(" -> ")
    problem = textwrap.shorten(problem, _LONG, placeholder=" …")
    where = ""
    if index is not None:
        lines = [line.strip() for line in notebook.cells[index][1].splitlines() if line.strip()]
        first = next((line for line in lines if not line.startswith("#")), lines[0])
        where = f"cell {index + 1} (In [{notebook.execution_count(index + 1)}]): {first}"
    return Failure(notebook.name, problem, where, remedy, log)


def _write_log(
    log: Path, notebook: Notebook, document: Any, timings: dict[int, float], failure: Failure | None, raw: Path
) -> None:
    """Write down how a run went: cells with their seconds, the traceback, what the kernel printed past Jupyter."""
    lines = [f"{notebook.path.name}: {'failed' if failure else 'done'}"]
    lines += [f"cell {index + 1}: {seconds:.2f} s" for index, seconds in timings.items()]
    if failure:
        lines += ["", *failure.lines[:-1]]
    for cell in document.cells:
        for output in cell.get("outputs", ()):
            if output.output_type == "error":
                lines += ["", *(_COLOUR.sub("", line) for line in output.traceback)]
            elif output.output_type == "stream" and output.name == "stderr":
                lines += ["", _COLOUR.sub("", output.text)]
    printed = raw.read_text(encoding="utf-8", errors="replace").strip() if raw.is_file() else ""
    if printed:
        lines += ["", "The kernel's own output:", _COLOUR.sub("", printed)]
    log.write_text("\n".join(lines) + "\n", encoding="utf-8", errors="backslashreplace", newline="\n")


def _as_promised(notebook: Notebook, products: Path) -> set[str]:
    """Return what was written; refuse a run that wrote less, or other, than the notebook's source promises."""
    made = {file.relative_to(products).as_posix() for file in products.rglob("*") if file.is_file()}
    for exhibit in notebook.exhibits:
        promised = exhibit.products[-1:] if missing(sidecar_of(products, exhibit.id)) else exhibit.products
        lacking = [name for name in promised if name not in made]
        if lacking:
            raise BuildError(
                f"{exhibit.id} was not written (no {', '.join(lacking)})",
                place=f"{notebook.name}, cell {exhibit.cell}",
                remedy="let the cell end in .save(), whatever the corpus holds",
            )
    extra = sorted(made - set(notebook.products))
    if extra:
        raise BuildError(
            f"it wrote {', '.join(extra)}, which no kit.Table or kit.Figure in its cells promises",
            place=notebook.name,
            remedy="call kit.Table or kit.Figure in the notebook, with the id in quotes",
        )
    return made


def _flush(path: Path) -> None:
    """Wait until a file or folder is on the disk."""
    descriptor = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _replace(new: Path, old: Path) -> None:
    """Put a file in another's place at one stroke, by way of a copy where they lie on two disks."""
    try:
        os.replace(new, old)  # noqa: PTH105 - the name under which it is known to be atomic
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        part = old.with_name(f".{old.name}.{os.getpid()}.part")
        shutil.copyfile(new, part)
        _flush(part)
        os.replace(part, old)  # noqa: PTH105
