"""A corpus that was read before, kept in the project's ``.kit`` and opened as long as nothing it hangs on has changed.

Its name is a hash of everything that decides what reading gives, so that one that is found is never out of date.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path

from kit.corpus.corpus import Corpus
from kit.errors import CorpusError
from kit.reading.files import files_of
from kit.sealed import place_of, rules_of
from kit.storage.files import sha256_of
from kit.storage.manifest import is_saved
from kit.storage.open import open_corpus

#: Where they are kept, in .kit.
READ = "read"
_LEAST = 200_000  # bytes of files outside the project, which may be looked at once and never again
_STATES = 2  # of one source that are kept: as with and without repair
_A_DAY = 86_400  # seconds; before, another notebook may be opening it
_ROOMS = ("wording", "lexicon", "reading", "language", "index", "corpus", "parts", "storage")


def kept_corpus(source: Path, facts: Sequence[str], read: Callable[[], Corpus]) -> Corpus:
    """Return what was read of a source before, or read it and keep it.

    `facts` says how it is read. Where nothing can be kept (no project, a disk that cannot be written, a corpus that
    cannot be saved), it is read and that is all; what is kept and damaged is made anew.
    """
    home = place_of(READ)
    key = _key(source, facts, home) if home else ""
    if home is None or not key:
        return read()
    with ExitStack() as held:
        place = home / f"{hashlib.sha256(os.fsencode(source.absolute())).hexdigest()[:12]}-{key}"
        found = _opened(place)
        if found is not None:
            return found
        with suppress(OSError, NotImplementedError):  # a disk without locks: two may read at once, which harms nobody
            from filelock import FileLock  # noqa: PLC0415 - only who reads anew waits for others

            home.mkdir(parents=True, exist_ok=True)
            held.enter_context(FileLock(home / f"{place.name[:12]}.lock"))
        found = _opened(place)  # by the one who was waited for
        if found is not None:
            return found
        corpus = read()
        if _key(source, facts, home) == key:  # else a file was changed while it was read
            with suppress(CorpusError, OSError):
                shutil.rmtree(place, ignore_errors=True)
                from kit.storage.save import save_corpus  # noqa: PLC0415 - only who reads anew saves

                save_corpus(corpus, place)
                _forget(home, place)
        return corpus


def _opened(place: Path) -> Corpus | None:
    """Open what is kept and map all of it, for which every byte is compared with its seal; None if it is not whole."""
    if not is_saved(place):
        return None
    try:
        corpus = open_corpus(place)
        assert isinstance(corpus, Corpus)
        for part in ("_types", "_paragraph", "digests", "sketches"):
            getattr(corpus, part)  # later the folder may be gone
    except CorpusError:
        shutil.rmtree(place, ignore_errors=True)
        return None
    with suppress(OSError):
        os.utime(place)
    return corpus


def _forget(home: Path, place: Path) -> None:
    """Delete the older states of the same source, and what no one has opened for a month."""
    now = time.time()
    states = sorted(home.glob("*-*/"), key=lambda folder: folder.stat().st_mtime, reverse=True)
    same = [folder for folder in states if folder.name[:12] == place.name[:12]]
    old = [folder for folder in states if now - folder.stat().st_mtime > 30 * _A_DAY]
    for folder in {*same[_STATES:], *old} - {place}:
        shutil.rmtree(folder, ignore_errors=True)


def _key(source: Path, facts: Sequence[str], home: Path) -> str:
    """Return a hash of everything that decides what is read: files, rules, libraries; empty if it is not worth it."""
    try:
        files, aside = files_of(source, is_saved)
        sizes = [_size(file) for file, _ in files]
        if sum(sizes) < _LEAST and not source.absolute().is_relative_to(home.parents[1]):
            return ""
        whole = hashlib.sha256()
        for line in (
            rules_of(*_ROOMS),
            source.name,
            *facts,
            *aside,
            *(f"{name} {sha256_of(file)}" for file, name in files),
        ):
            whole.update(f"{len(line)} {line}\n".encode("utf-8", "surrogatepass"))
    except OSError:
        return ""  # who reads it says why
    return whole.hexdigest()[:24]


def _size(file: Path) -> int:
    """Return the size of a file; a pipe or a device, which would be waited for, is an error."""
    found = file.stat()
    if not stat.S_ISREG(found.st_mode):
        raise OSError(f"{file.name} is not a regular file")
    return found.st_size
