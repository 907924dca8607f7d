"""New parts of a saved corpus: made, made to belong to it, or forgotten."""

from __future__ import annotations

import shutil
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from kit.corpus.corpus import Corpus
from kit.errors import CorpusError
from kit.index.words import UInt8
from kit.parts.engine import Engine
from kit.storage import catalogue
from kit.storage.files import UNFINISHED, sha256_of, sweep, unfinished, writing
from kit.storage.manifest import CONTENT, PARTS, Manifest, Part, is_saved, read_manifest
from kit.storage.save import write_part
from kit.wording.words import remark

if TYPE_CHECKING:
    import pyarrow as pa

_LOCK = ".lock"
#: How the names begin of what a writer that was stopped leaves behind.
LEFT_BEHIND = (PARTS, "catalogue-", "vocabulary-", UNFINISHED, _LOCK)

_SHOWN = 3  # problems that the report spells out
_IN_FLIGHT = 4  # parts that wait for a thread or a worker; each is a batch of text


class Made(NamedTuple):
    """A new part: what the manifest and the catalogue say of it, its distinct tokens, and what was set aside."""

    part: Part
    rows: pa.Table
    words: UInt8
    set_aside: pd.DataFrame


def made_of(corpus: Corpus, folder: Path, number: int) -> Made:
    """Write a corpus as a part that nothing knows of yet."""
    part = write_part(corpus, folder, number)
    return Made(part, catalogue.rows_of(corpus, number), corpus.digests.words, corpus.set_aside)


def make_all(calls: Iterable[tuple[Any, ...]], made: list[Made], runs: Engine) -> None:
    """Make parts, a few at a time; those that are made are appended even if another fails."""
    waiting: deque[Any] = deque()
    try:
        for call in calls:
            waiting.append(runs.run(*call))
            if len(waiting) == _IN_FLIGHT:
                made.append(_seen(runs.result(waiting.popleft())))
        while waiting:
            made.append(_seen(runs.result(waiting.popleft())))
    finally:
        for task in waiting:  # only after an error: their folders are to be known
            with suppress(Exception):
                made.append(runs.result(task))


def _seen(one: Made) -> Made:
    """Return a new part if its list of files is there: the folder of a worker may be another of the same name."""
    file = Path(one.part.path) / CONTENT
    if not file.is_file() or sha256_of(file) != one.part.seal:
        folder = file.parents[3]
        raise CorpusError(
            f"does not hold {file.parent.name}, which a worker has written",
            place=folder.name,
            remedy="use a folder that every worker sees under the same path",
        )
    return one


@contextmanager
def staging(folder: Path) -> Iterator[Path]:
    """Give a hidden folder of the corpus to make new parts in; it is gone afterwards, whatever happens."""
    new = not folder.exists()
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        sweep(folder)
        place = folder.absolute() / unfinished()
        place.mkdir()
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)
        if new and not is_saved(folder):
            with suppress(OSError):  # what others have put there stays
                folder.rmdir()


@contextmanager
def commit(folder: Path, before: Manifest | None, made: Sequence[Made]) -> Iterator[list[Part]]:
    """Let no other process change what is saved while new parts are put in place and the manifest is written."""
    from filelock import FileLock  # noqa: PLC0415 - only who writes waits for others

    with writing(folder), FileLock(folder / _LOCK):
        if (read_manifest(folder, any_rules=True) if is_saved(folder) else None) != before:
            raise CorpusError("was changed by somebody else meanwhile", place=folder.name, remedy="do it again")
        _forget_parts(folder, before)
        parts: list[Part] = []
        try:
            home = folder.absolute() / PARTS
            for one in made:
                place = _settle(Path(one.part.path), home)
                parts.append(replace(one.part, path=str(place)))
            yield parts
        except BaseException:
            kept = {part.path for part in read_manifest(folder, any_rules=True).parts} if is_saved(folder) else set()
            for part in parts:
                if part.path not in kept:
                    shutil.rmtree(part.path, ignore_errors=True)
            raise
        after = read_manifest(folder)
        _forget_parts(folder, before, after)
        _tidy(folder, before, after)


def _settle(part: Path, home: Path) -> Path:
    """Move a new part to its place; one that is read anew has the name of the old one."""
    home.mkdir(exist_ok=True)
    place = home / part.name
    while place.exists():
        place = place.with_name(f"{place.name}x")
    part.rename(place)
    return place


def report_of(made: Sequence[Made], fingerprint: str) -> pd.DataFrame:
    """Return one row per new part."""
    table = pd.DataFrame(
        {
            "part": pd.Series([Path(one.part.path).name for one in made], dtype="str"),
            "documents": np.array([one.part.documents for one in made], np.int64),
            "set_aside": np.array([len(one.set_aside) for one in made], np.int64),
            "sentences": np.array([one.part.sentences for one in made], np.int64),
            "words": np.array([one.part.words for one in made], np.int64),
        }
    )
    problems = [f"{row.source}: {row.problem}" for one in made for row in one.set_aside.itertuples()]
    remarks = []
    if problems:
        remarks.append(remark("storage.set_aside", n=len(problems), shown=problems[:_SHOWN]))
    table.attrs = {"unit": "part", "documents": int(table["documents"].sum()), "fingerprint": fingerprint}
    table.attrs["remarks"] = remarks
    return table


def _forget_parts(folder: Path, *needed: Manifest | None) -> None:
    """Delete the parts that no manifest names, while nobody else writes: a writer was stopped in between."""
    kept = {Path(part.path).name for one in needed if one for part in one.parts}
    for place in (folder / PARTS).glob("part-*"):
        if place.name not in kept:
            shutil.rmtree(place, ignore_errors=True)


def _tidy(folder: Path, before: Manifest | None, after: Manifest) -> None:
    """Delete what nobody needs: not the last catalogue, which a corpus that is open may be using."""
    kept = {name for one in (before, after) if one for name in (one.catalogue, one.vocabulary)}
    for pattern in ("catalogue-*.parquet", "vocabulary-*.npy"):
        for file in folder.glob(pattern):
            if file.name not in kept:
                with suppress(OSError):
                    file.unlink()
    sweep(folder)
    sweep(folder / PARTS)
