"""A lock between processes that the operating system frees when its holder dies, however it dies."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_POLL = 0.2  # seconds between two tries
_BYTE = 4096  # Windows hides a locked byte from readers, so the byte locked lies behind the holder's number


@contextmanager
def hold(file: Path, waiting: Callable[[str, float], None]) -> Iterator[int]:
    r"""Hold the lock on a file, waiting for whoever has it.

    A file that merely exists would outlive a killed holder; this lock is the system's (``flock``, or
    ``msvcrt.locking`` on Windows) and ends with the last process that has the file open.
    """
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        begun = time.monotonic()
        while not _taken(descriptor):
            os.lseek(descriptor, 0, os.SEEK_SET)
            waiting(os.read(descriptor, 20).decode("ascii", "replace").strip(), time.monotonic() - begun)
            time.sleep(_POLL)
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, f"{os.getpid()}\n".encode("ascii"))
        yield descriptor
    finally:
        os.close(descriptor)


def _taken(descriptor: int) -> bool:
    """Try once to take the lock."""
    try:
        if sys.platform == "win32":
            os.lseek(descriptor, _BYTE, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):  # held elsewhere: EAGAIN from flock, EACCES from msvcrt
        return False
    return True
