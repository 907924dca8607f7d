"""The files that a corpus is saved in: written whole or not at all, mapped into memory when read."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import secrets
import shutil
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from kit.errors import CorpusError

#: What is being written has a name that begins so; whoever finds one may delete it.
UNFINISHED = ".unfinished-"

_BLOCK = 1 << 20
_SEEN: set[tuple[str, int, int, str]] = set()  # files that this process found as they were written
_A_DAY = 86_400  # seconds
_REPAIR = "restore it from a copy, or delete the folder and save the corpus anew"


class Files:
    """The files of a folder, that may not be what was written.

    Parameters
    ----------
    folder : Path
        Where they are.
    sizes : mapping of str to (int, str)
        Bytes of each file, and their SHA-256.

    """

    def __init__(self, folder: Path, sizes: Mapping[str, Any]) -> None:
        self.folder = folder
        self.sizes = sizes

    def check(self, *, every_byte: bool = False) -> None:
        """Compare the sizes of the files, or all that is in them, with what was written."""
        for name, (size, digest) in self.sizes.items():
            file = self.folder / name
            with reading(file):
                found = file.stat().st_size
                if found != size:
                    raise damaged(file, f"has {found:,} bytes; {size:,} were written")
                if every_byte and sha256_of(file) != digest:
                    raise damaged(file, "is not what was written")

    def _trusted(self, name: str) -> Path:
        """Return a file of the folder, every byte compared with what was written when this process first reads it."""
        file = self.folder / name
        with reading(file):
            size, digest = self.sizes[name]
            check_bytes(file, size, digest)
        return file

    def array(self, name: str) -> npt.NDArray[Any]:
        """Return an array that is mapped into memory; what is written to it stays in this process."""
        file = self._trusted(f"{name}.npy")
        with reading(file):
            return np.asarray(np.load(file, mmap_mode="c", allow_pickle=False))

    def table(self, name: str) -> pd.DataFrame:
        """Return a table whose texts and numbers lie in the file, mapped into memory."""
        import pyarrow as pa  # noqa: PLC0415 - a bare import of the kit does without

        file = self._trusted(f"{name}.arrow")
        with reading(file):
            table: pd.DataFrame = pa.ipc.open_file(pa.memory_map(str(file))).read_all().to_pandas(split_blocks=True)
        return table


def write_array(folder: Path, name: str, array: npt.NDArray[Any]) -> None:
    """Write an array."""
    np.save(folder / f"{name}.npy", np.ascontiguousarray(array), allow_pickle=False)


def write_table(folder: Path, name: str, table: pd.DataFrame) -> None:
    """Write a table, not compressed."""
    import pyarrow as pa  # noqa: PLC0415

    for column in table.columns[[pd.api.types.is_object_dtype(dtype) for dtype in table.dtypes]]:
        try:
            back = pa.Table.from_pandas(table[[column]], preserve_index=False).to_pandas()[column]
            same = all(map(_alike, back.tolist(), table[column].tolist()))
        except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, ValueError, OverflowError):
            same = False
        if not same:
            raise CorpusError(
                f"column {column!r} holds values that cannot be written to a file",
                remedy="make them all texts or all numbers",
            )
    content = pa.Table.from_pandas(table, preserve_index=False).combine_chunks()
    with pa.OSFile(str(folder / f"{name}.arrow"), "wb") as file, pa.ipc.new_file(file, content.schema) as writer:
        writer.write_table(content)


def write_json(file: Path, value: Any) -> None:
    """Write a file of facts, whole or not at all."""
    content = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)
    fresh = file.with_name(f"{unfinished()}-{file.name}")
    with fresh.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(content + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(file)


def read_json(file: Path) -> dict[str, Any]:
    """Read a file of facts."""
    with reading(file):
        found = json.loads(file.read_text(encoding="utf-8"))
        if not isinstance(found, dict):
            raise damaged(file, "holds no facts")
    return found


def unfinished() -> str:
    """Return a new name for what is being written, which tells the machine and the process that write it."""
    return f"{UNFINISHED}{_machine()}-{os.getpid()}-{secrets.token_hex(6)}"


def _machine() -> str:
    """Return a short name of this machine."""
    return hashlib.sha256(platform.node().encode("utf-8", "surrogateescape")).hexdigest()[:8]


def check_empty(folder: Path) -> None:
    """Refuse a folder that holds something already."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CorpusError("holds something else", place=folder.name, remedy="give a folder that is not there yet")


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """Give a folder to write in, which becomes `target` when all is written and is deleted if not."""
    with writing(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        sweep(target.parent)
        fresh = target.parent / unfinished()
        fresh.mkdir()
    try:
        with writing(target):
            yield fresh
            if target.is_dir():
                target.rmdir()  # not every system renames to a folder that is there, though it is empty
            fresh.rename(target)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


@contextmanager
def writing(place: Path) -> Iterator[None]:
    """Turn what the system says when it refuses to write into an error of the kit."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise CorpusError(
            f"cannot be written ({reason})",
            place=place.name,
            remedy="check the permissions and the room on the disk; close what has it open, such as a notebook",
        ) from error


@contextmanager
def reading(file: Path) -> Iterator[None]:
    """Turn what goes wrong when a file is read into an error that names it."""
    try:
        yield
    except FileNotFoundError as error:
        raise damaged(file, "is missing") from error
    except (OSError, ValueError, KeyError, TypeError, EOFError) as error:  # Arrow's own are among these
        raise damaged(file, f"cannot be read ({type(error).__name__})") from error


def damaged(file: Path, problem: str) -> CorpusError:
    """Return the error for a file that is not as it was written."""
    return CorpusError(problem, place="/".join(file.parts[-2:]), remedy=_REPAIR)


def sizes_of(folder: Path) -> dict[str, tuple[int, str]]:
    """Return the size and the hash of every file of a folder, written through to the disk."""
    found = {}
    for file in sorted(folder.iterdir()):
        with file.open("rb+") as stream:
            os.fsync(stream.fileno())
        found[file.name] = (file.stat().st_size, sha256_of(file))
    return found


def check_bytes(file: Path, size: int, digest: str) -> None:
    """Refuse a file that is not what was written; each is read for it once in a process, while nobody touches it."""
    found = file.stat()
    key = (str(file.absolute()), found.st_size, found.st_mtime_ns, digest)
    if key not in _SEEN:
        if found.st_size != size:
            raise damaged(file, f"has {found.st_size:,} bytes; {size:,} were written")
        if sha256_of(file) != digest:
            raise damaged(file, "is not what was written")
        _SEEN.add(key)


def sha256_of(file: Path) -> str:
    """Return the hash of a file."""
    whole = hashlib.sha256()
    with file.open("rb") as stream:
        while block := stream.read(_BLOCK):
            whole.update(block)
    return whole.hexdigest()


def sweep(folder: Path, pattern: str = f"{UNFINISHED}*", kept: Collection[str] = ()) -> None:
    """Delete what writers that were stopped left behind: at once where it is known, or else after a day."""
    for file in folder.glob(pattern):
        with suppress(OSError):
            if file.name not in kept and (_is_orphan(file.name) or time.time() - file.stat().st_mtime > _A_DAY):
                if file.is_dir():
                    shutil.rmtree(file)
                else:
                    file.unlink()


def _is_orphan(name: str) -> bool:
    """Tell whether the name of something unfinished is that of a process of this machine that is no more."""
    import psutil  # noqa: PLC0415 - only who writes asks for processes

    machine, _, rest = name.removeprefix(UNFINISHED).partition("-")
    number = rest.partition("-")[0]
    ours = name.startswith(UNFINISHED) and machine == _machine() and number.isdigit()
    return ours and not psutil.pid_exists(int(number))


def _alike(one: Any, other: Any) -> bool:
    """Tell whether two cells are the same, missing ones all being alike."""
    if pd.api.types.is_scalar(one) and pd.isna(one):
        return bool(pd.api.types.is_scalar(other) and pd.isna(other))
    return type(one) is type(other) and bool(one == other)
