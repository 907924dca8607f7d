"""Memory that was freed and goes back to the system: glibc keeps most of it for itself.

What one part needs for a while is freed in pieces between what lasts. The C library of Linux holds on to such pieces,
and a process that goes over a hundred parts grows by some megabytes with each, though all it made is gone.

Dask sees to that in another way: it starts workers with a setting by which every array of 128 KB and more is asked of
the system anew, page by page, and given back at once. Work on parts, which is all made of such arrays, took half as
much again. Where the kit gives back itself, it sets these thresholds to what they are in any other process.
"""

from __future__ import annotations

import ctypes
import os
import sys
from functools import cache
from pathlib import Path
from typing import Any

#: Bytes by which a process may have grown since memory was given back: looking for what is free takes time, too.
GROWN = 64 << 20
#: The setting of Dask's workers, and glibc's numbers and values of what it changes, as they are without it.
_DASK = ("MALLOC_TRIM_THRESHOLD_", "65536")
_THRESHOLDS = {-3: 32 << 20, -1: 64 << 20}  # arrays mapped one by one; what is free at the end and stays
_STATM = Path("/proc/self/statm")
_left = 0


def give_back(*, at_once: bool = False) -> None:
    """Give back what was freed, where the process has grown since it last did; nothing but on Linux with glibc."""
    global _left  # noqa: PLW0603 - what a process holds is told of the process
    trim = _trim()
    if trim is None:
        return
    own = _own()
    if at_once or own - _left > GROWN:
        trim(0)
        own = _own()
        _left = own
    _left = min(_left, own)


def _own() -> int:
    """Return the bytes that are the process's own, mapped files apart."""
    _, resident, shared, *_ = _STATM.read_bytes().split()
    return (int(resident) - int(shared)) * os.sysconf("SC_PAGESIZE")


@cache
def _trim() -> Any:
    """Return glibc's ``malloc_trim``, None where there is none; in a worker of Dask, undo its setting first."""
    if sys.platform != "linux" or not _STATM.exists():
        return None
    library = ctypes.CDLL(None)
    trim = getattr(library, "malloc_trim", None)
    if trim is not None and "distributed" in sys.modules and os.environ.get(_DASK[0]) == _DASK[1]:
        for threshold, value in _THRESHOLDS.items():
            library.mallopt(threshold, value)
    return trim
