"""What every exhibit has in common: its id, its files, its sidecar, and how they are written."""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import re
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any

from kit.errors import ExhibitError
from kit.exhibits.formats.registry import FORMATS, PICTURES
from kit.parts.freed import give_back
from kit.settings import EXCEL, Settings, __version__
from kit.wording import escape

_ROOM = "make room, or make the folder writable"
SCHEMA = 1  # version of the sidecar's form
_ID = re.compile(r"(tbl|fig)-[a-z0-9]+(-[a-z0-9]+)*")
_KINDS = {"tbl": "table", "fig": "figure"}
_TABLE = tuple(f"tables/{{}}.{made.ending}" for made in FORMATS)
_FIGURE = (*(f"{{}}.{ending}" for ending in PICTURES), "{}.csv")
_EVIDENCE = ("evidence/{}.csv", "evidence/{}.html")
_SIDECAR = "{}.json"
_LONG = 1 << 20  # bytes from which on a file is mapped and not read
#: What a file holds: bytes, or those of a file that is mapped.
Content = bytes | mmap.mmap


def is_id(id: Any) -> bool:  # noqa: A002
    """Tell whether something may be an id: ``tbl-`` or ``fig-``, then a-z and 0-9 in groups with single hyphens."""
    return isinstance(id, str) and _ID.fullmatch(id) is not None


def kind_of(id: str) -> str:  # noqa: A002
    """Tell what an id names, and check that it may be one."""
    if not is_id(id):
        raise ExhibitError(
            f"id = {id!r}", remedy="use tbl- or fig-, then a-z and 0-9 in groups joined by single hyphens: tbl-concepts"
        )
    return _KINDS[id[:3]]


def products(id: str, *, evidence: bool, csv: str = "plain") -> tuple[str, ...]:  # noqa: A002
    """List the files of an exhibit; the one for Excel only where the settings ask for it."""
    kind = kind_of(id)
    if kind == "figure" and evidence:
        raise ExhibitError("a figure has no evidence of its own", place=id, remedy="give it to the table of its data")
    names = (_FIGURE if kind == "figure" else _TABLE) + (_EVIDENCE if evidence else ())
    names += (f"{EXCEL}/{{}}.csv", _SIDECAR) if csv == "excel" else (_SIDECAR,)
    return tuple(name.format(id) for name in names)


def target(settings: Settings) -> Path:
    """Find the folder that exhibits are written to: that of a build (KIT_STAGE), else the one in the settings."""
    stage = os.environ.get("KIT_STAGE")
    return Path(stage).absolute() if stage else settings.figures


def mapped(folder: Path, fill: Callable[[IO[bytes]], None]) -> Content:
    """Write what is too long to be held in memory into a file without a name, and return it as it lies there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            fill(file)
            file.flush()
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except OSError as error:
        problem = f"cannot be written: {error.strerror or error}"
        raise ExhibitError(problem, place=str(folder), remedy=_ROOM) from error


def save(id: str, facts: Mapping[str, Any], files: Mapping[str, Content], settings: Settings) -> None:  # noqa: A002
    """Write an exhibit's files and its sidecar, all of them or none."""
    written: dict[str, Content] = {**files, _SIDECAR.format(id): sidecar(id, facts, files, settings)}
    write(target(settings), written)
    give_back()  # a notebook saves in each cell, and the next begins with what the last one left


def save_missing(
    id: str,  # noqa: A002
    title: Mapping[str, str],
    reason: Mapping[str, str],
    attrs: Mapping[str, Any],
    settings: Settings,
) -> None:
    """Write the sidecar of an exhibit that has nothing to show, and remove the files of an earlier run."""
    folder = target(settings)
    facts = {"title": dict(title), "missing": dict(reason), "attrs": dict(attrs)}
    write(folder, {_SIDECAR.format(id): sidecar(id, facts, {}, settings)})
    for name in products(id, evidence=kind_of(id) == "table", csv="excel")[:-1]:
        remove(folder / name)


def missing(sidecar: Any) -> bool:
    """Tell whether a sidecar says that its exhibit has nothing to show."""
    return isinstance(sidecar, Mapping) and isinstance(sidecar.get("missing"), Mapping)


def remove(file: Path) -> None:
    """Remove a file that may be there."""
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        remedy = "close the programs that have it open, and make the folder writable"
        raise ExhibitError(f"cannot be removed: {error.strerror}", place=str(file), remedy=remedy) from error


def sidecar(id: str, facts: Mapping[str, Any], files: Mapping[str, Content], settings: Settings) -> bytes:  # noqa: A002
    """Write down where an exhibit comes from: no date, no machine, no version of Python.

    JSON: `facts` and ``schema``, ``id``, ``kind``, ``labels`` (language), ``evidence`` ("full" or "ids"), ``kit``
    (version), ``lock`` (SHA-256 of requirements.lock, empty if there is none), ``notebook`` (the one that runs;
    empty where none does) and ``products`` (path to SHA-256); where settings of the project are not those that this
    version of the kit has by itself, ``settings``.
    """
    lock = settings.root / "requirements.lock"
    content = {
        **facts,
        "schema": SCHEMA,
        "id": id,
        "kind": kind_of(id),
        "labels": settings.labels,
        "evidence": settings.evidence,
        "kit": __version__,
        "lock": digest(lock.read_bytes()) if lock.is_file() else "",
        "notebook": _notebook(id),
        "products": {path: digest(data) for path, data in files.items()},
    }
    if settings.stated:
        content["settings"] = settings.stated
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, indent=1, allow_nan=False)
    return escape.storable(text).encode("utf-8") + b"\n"


def _notebook(id: str) -> str:  # noqa: A002
    """Name the notebook that is running: as the build says, or as JupyterLab does, else the one that has this id in it.

    Programs that run a notebook by themselves, as nbconvert, start its kernel in its folder and tell nothing more.
    Empty outside a kernel, and where no notebook of the folder, or more than one, has the id.
    """
    said = os.environ.get("KIT_NOTEBOOK") or Path(os.environ.get("JPY_SESSION_NAME", "")).stem
    if said or "ipykernel" not in sys.modules:
        return said
    quoted = (f'\\"{id}\\"', f"'{id}'")  # in JSON
    texts = {file.stem: file.read_text(encoding="utf-8", errors="replace") for file in Path.cwd().glob("*.ipynb")}
    found = [name for name, text in texts.items() if any(one in text for one in quoted)]
    return found[0] if len(found) == 1 else ""


def digest(data: Content) -> str:
    """Hash bytes."""
    return hashlib.sha256(data).hexdigest()


def write(folder: Path, files: Mapping[str, Content]) -> None:
    """Write files into a folder, all of them or none.

    Each file is first written in full, and flushed to the disk, under a passing name beside its place; only when all
    are there do they take their places, in the order given. A process killed in between leaves every single file
    whole, old or new; a sidecar written last then names hashes that do not fit, and the index says so.
    """
    parts: dict[Path, Path] = {}
    before: dict[Path, Content | None] = {}
    try:
        for name, data in files.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            parts[file] = file.with_name(f".{file.name}.{os.getpid()}.part")
            _flushed(parts[file], data)
        for file, part in parts.items():
            before[file] = _as_it_is(file)
            os.replace(part, file)  # noqa: PTH105 - the name under which it is known to be atomic
    except OSError as error:
        _restore(before, parts)
        held = isinstance(error, PermissionError) and error.filename2  # Windows replaces no file that is open
        remedy = "close what shows it (Excel, a PDF viewer), or make it writable" if held else _ROOM
        raise ExhibitError(
            f"cannot be written: {error.strerror or error}",
            place=str(error.filename2 or error.filename or folder),
            remedy=f"{remedy}; the files there are as they were",
        ) from error
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)


def _flushed(file: Path, data: Content) -> None:
    """Write a file and wait until it is on the disk."""
    with file.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _as_it_is(file: Path) -> Content | None:
    """Return what a file holds, a long one mapped where a file that is mapped can be replaced; None if it is absent."""
    if not file.exists():
        return None
    if os.name != "posix" or file.stat().st_size < _LONG:
        return file.read_bytes()
    with file.open("rb") as stream:
        return mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)


def _restore(before: Mapping[Path, Content | None], parts: Mapping[Path, Path]) -> None:
    """Put files back that had already been replaced when a later one failed."""
    for file, data in before.items():
        if data is None:
            file.unlink(missing_ok=True)
        elif file.read_bytes() != memoryview(data):
            _flushed(parts[file], data)
            os.replace(parts[file], file)  # noqa: PTH105 - as above
