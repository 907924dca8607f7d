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

    Parameters
    ----------
    file : Path
        The lock file; it is made if need be and stays. It holds the process number of its last holder.
    waiting : callable
        Called again and again while another process holds the lock, with that process's number (a text, empty if not
        known) and the seconds waited so far.

    Yields
    ------
    int
        The open file's descriptor. On POSIX systems a child that inherits it (``pass_fds``) keeps the lock until it
        ends too, so that nobody begins while the child of a killed holder is still at work.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, hold(Path(folder, "lock"), print):
    ...     Path(folder, "lock").read_text() == f"{os.getpid()}\n"
    True

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
